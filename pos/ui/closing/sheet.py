"""Counting by denomination: a row a note or coin, Enter goes to the next."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from pos.i18n import _
from pos.money import thousands
from pos.services.shifts import DENOMINATIONS
from pos.ui import theme
from pos.ui.closing.state import MOST_PIECES, Pieces
from pos.ui.fonts import font
from pos.ui.widgets.box import column, row, scroll
from pos.ui.widgets.label import ElidedLabel, Label

_ROW: Final = 51
_ROW_LOW: Final = 44
_INPUT: Final = 74
_AMOUNT: Final = 145
_AMOUNT_NARROW: Final = 104
_NARROW: Final = 420
_VERY_NARROW: Final = 340
_LOW: Final = 590
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CountInput(QLineEdit):
    """Digits only; Up, Down and Enter belong to the sheet."""

    step = Signal(int)
    entered = Signal()
    reached = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("count", "true")
        self.setFont(font("body-strong"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(len(str(MOST_PIECES)))
        self.setFixedWidth(_INPUT)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setAccessibleName(name)

    @property
    def pieces(self) -> int | None:
        """None while the field is empty."""
        return int(self.text()) if self.text().isdecimal() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters never get in, so that the screen's own keys reach it."""
        key, text = event.key(), event.text()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.entered.emit()
            return
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.step.emit(1 if key == Qt.Key.Key_Down else -1)
            return
        if text and text.isprintable() and not (text.isascii() and text.isdigit()):
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """All of it is chosen, so that typing begins anew."""
        super().focusInEvent(event)
        self.selectAll()
        self.reached.emit()


class _Row(QWidget):
    """The whole row leads to its field; a line below it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.input = CountInput(name)
        self.amount = Label("", "body", align=Qt.AlignmentFlag.AlignRight)
        line = row(ElidedLabel(name, "body-strong"), self.input, self.amount, gap=0)
        line.setStretch(0, 1)
        line.setContentsMargins(10, 0, 10, 0)
        line.setAlignment(self.amount, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's hook."""
        event.accept()
        self.input.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


class CountSheet(QWidget):
    """`edited` carries row and pieces (None: empty); `finished` comes with Enter on the last row."""

    edited = Signal(int, object)
    finished = Signal()
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows = [_Row(name_of(value, coin=coin)) for value, coin in DENOMINATIONS]
        self._heads = (
            ElidedLabel(_("Denomination"), "label", "muted"),
            Label(_("Notes / coins"), "label", "muted", align=_RIGHT),
            Label(_("Amount"), "label", "muted", align=_RIGHT),
        )
        self._head = _Head(self._heads)
        inner = QWidget()
        box = column(*self.rows, None, gap=0)
        inner.setLayout(box)
        self._area: QScrollArea = scroll(inner)
        self.setLayout(column(self._head, self._area, gap=0))
        for at, line in enumerate(self.rows):
            line.input.textEdited.connect(lambda _text, at=at: self._edited(at))
            line.input.entered.connect(lambda at=at: self._entered(at))
            line.input.step.connect(lambda by, at=at: self.focus_row(at + by))
            line.input.reached.connect(self.moved)
        for before, after in zip(self.rows, self.rows[1:], strict=False):
            QWidget.setTabOrder(before.input, after.input)

    @property
    def current(self) -> int:
        """The row that has the focus, or -1."""
        return next((at for at, line in enumerate(self.rows) if line.input.hasFocus()), -1)

    @property
    def at_end(self) -> bool:
        """Whether Enter would finish the count."""
        return self.current == len(self.rows) - 1

    def focus_row(self, at: int) -> None:
        """Put the focus into a row; beyond the ends nothing happens."""
        if 0 <= at < len(self.rows):
            self.rows[at].input.setFocus()
            self._area.ensureWidgetVisible(self.rows[at], 0, 0)

    def show_pieces(self, pieces: Pieces) -> None:
        """Show the sheet; a field that says so already is left alone."""
        for (value, _coin), line, count in zip(DENOMINATIONS, self.rows, pieces, strict=True):
            if line.input.pieces != count:
                line.input.setText("" if count is None else str(count))
            line.amount.setText(thousands(value * count) if count else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lower rows in a low window, narrower columns in a narrow one."""
        super().resizeEvent(event)
        low, narrow = self.height() < _LOW, self.width() < _NARROW
        for line in self.rows:
            line.setFixedHeight(_ROW_LOW if low else _ROW)
            line.amount.setFixedWidth(_AMOUNT_NARROW if narrow else _AMOUNT)
        self._heads[1].setVisible(self.width() >= _VERY_NARROW)
        self._heads[2].setFixedWidth(_AMOUNT_NARROW if narrow else _AMOUNT)

    def _edited(self, at: int) -> None:
        self.edited.emit(at, self.rows[at].input.pieces)

    def _entered(self, at: int) -> None:
        if at == len(self.rows) - 1:
            self.finished.emit()
        else:
            self.focus_row(at + 1)


class _Head(QWidget):
    def __init__(self, heads: tuple[Label, ...]) -> None:
        super().__init__()
        line = row(*heads, gap=0, margins=(10, 0, 10, 0))
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setFixedHeight(43)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def name_of(value: int, *, coin: bool) -> str:
    """What a note or coin is called: "2.000", "Coin 500"."""
    return _("Coin {value}").format(value=thousands(value)) if coin else thousands(value)
