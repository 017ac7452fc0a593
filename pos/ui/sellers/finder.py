"""The left side: search, groups, the list of sellers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.i18n import _
from pos.ui import actions, icons, theme
from pos.ui.fonts import font
from pos.ui.scanner import TRANSPARENT
from pos.ui.sellers.directory import ALL, OWED, empty_sentence
from pos.ui.sellers.words import seller_row
from pos.ui.widgets import paint
from pos.ui.widgets.box import column, frame
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from pos.ui.sellers.directory import DirectoryState


class SellerSearch(QLineEdit):
    """`step` tells Up and Down, so that the list moves meanwhile."""

    step = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFont(font("field"))
        self.setMaxLength(80)
        self.setTextMargins(30, 0, 34, 0)
        self.setPlaceholderText(_("Code, workshop, maker, cluster"))
        self.setAccessibleName(_("Search sellers"))
        self.setProperty(TRANSPARENT, "true")

    def cut_scan(self, characters: int) -> None:
        """A scanner's characters are taken out again."""
        at, text = self.cursorPosition(), self.text()
        self.setText(text[: max(0, at - characters)] + text[at:])
        self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down belong to the list; Esc empties the field."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self.step.emit(step)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon and key over Qt's own painting."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(14, (self.height() - 20) // 2, 20, 20)
        icons.paint(painter, area, "magnifying-glass", theme.colour("muted"))
        key = actions.key_text("sellers-find")
        wide = paint.keycap_width(key)
        cap = QRect(self.width() - wide - 12, (self.height() - 20) // 2, wide, 20)
        ink, line = theme.colour("muted"), theme.colour("line")
        paint.keycap(painter, cap, key, ink, theme.colour("keycap"), line)


class SellerFinder(QWidget):
    """text_changed, only (a filter of directory), chosen (a seller's id), best (Enter)."""

    text_changed = Signal(str)
    only = Signal(object)
    chosen = Signal(object)
    opened = Signal(object)
    best = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = SellerSearch()
        self.list = RowList(_("Sellers"))
        self.chips = ChipRow(self._chip)
        self._filters: tuple[tuple[int, str], ...] = ()
        self._on = -2
        self._empty = Label("", "body", "muted", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        self.search.textEdited.connect(self.text_changed)
        self.search.returnPressed.connect(self.best)
        self.search.step.connect(self.list.step)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        card = frame("card", column(self._empty, self.list, margins=(2, 4, 2, 4)))
        body = column(self.search, self.chips, card, gap=8)
        body.setStretch(2, 1)
        self.setLayout(body)

    def focus_search(self) -> None:
        """To where one types."""
        self.search.setFocus()
        self.search.selectAll()

    def show_state(self, state: "DirectoryState") -> None:
        """The sellers that fit."""
        filters = (
            (ALL, _("All")),
            (OWED, _("Due")),
            *((one.cluster_id, one.name) for one in state.clusters),
        )
        if (filters, state.only) != (self._filters, self._on):
            self._filters, self._on = filters, state.only
            on = next((at for at, one in enumerate(filters) if one[0] == state.only), 0)
            self.chips.set_chips([(at, name) for at, (_id, name) in enumerate(filters)], on)
        rows = [seller_row(one) for one in state.shown]
        self.list.set_rows(rows, state.chosen)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(empty_sentence(state))

    def _chip(self, at: int) -> None:
        self.only.emit(self._filters[at][0])
