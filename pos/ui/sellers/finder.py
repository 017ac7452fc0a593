"""The left side: search, groups, the list of sellers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.ui.sellers.directory import ALL, OWED, empty_sentence
from pos.ui.sellers.words import seller_row
from pos.ui.widgets.box import column, frame
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.find_input import FindInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from pos.ui.sellers.directory import DirectoryState


class SellerFinder(QWidget):
    """text_changed, only (a filter of directory), chosen (a seller's id), best (Enter)."""

    text_changed = Signal(str)
    only = Signal(object)
    chosen = Signal(object)
    opened = Signal(object)
    best = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = FindInput(
            "sellers-find",
            _("Code, workshop, maker, cluster"),
            _("Search sellers"),
            takes_scans=True,
        )
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
