"""The large field for what the customer gives, and the box that shows the change."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.selling.totals import fitting_font
from pos.ui.widgets import paint
from pos.ui.widgets.field import MoneyInput

_HEIGHT = 58
_END = paint.Align.AlignRight | paint.Align.AlignVCenter


class _Input(MoneyInput):
    """The field inside the box; without a frame of its own."""

    focus_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bare", "true")
        self.setFont(font("amount"))
        self.setFrame(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A Backspace in the empty field is for the panel, which takes the last payment back."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit()


class AmountBox(QWidget):
    """Caption on the left, digits on the right; empty means all that is due."""

    edited = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEIGHT)
        self._caption = ""
        self.input = _Input()
        self.input.setParent(self)
        self.input.edited.connect(self.edited)
        self.input.focus_changed.connect(self.update)
        self.setFocusProxy(self.input)

    def show_state(self, caption: str, due: int, amount: int | None) -> None:
        """What is asked for; the amount due stands as a hint in the empty field."""
        self._caption = caption
        self.input.setAccessibleName(caption)
        self.input.setPlaceholderText(thousands(due))
        if self.input.amount != amount:
            self.input.set_amount(amount)
        self._place()
        self.update()

    def set_amount(self, amount: int | None) -> None:
        """Put an amount in, without telling."""
        self.input.set_amount(amount)
        self.input.selectAll()

    def _place(self) -> None:
        taken = QFontMetrics(font("lead")).horizontalAdvance(self._caption) + 36
        self.input.setGeometry(taken, 4, self.width() - taken - 18, self.height() - 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self._place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap anywhere in the box is one into the field."""
        event.accept()
        self.input.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.input.hasFocus()
        ring = theme.colour("brand" if focused else "line")
        paint.box(painter, self.rect(), theme.colour("surface"), ring, width=2 if focused else 1)
        area = self.rect().adjusted(18, 0, 0, 0)
        paint.text(painter, area, self._caption, font("field"), theme.colour("muted"))


class ChangeBox(QWidget):
    """The change, in ochre; or how much is still missing."""

    def __init__(self, pixels: int = 44, height: int = 84) -> None:
        super().__init__()
        self._pixels = pixels
        self._height = height
        self._change: int | None = None
        self._missing = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A wide box."""
        return QSize(200, self._height)

    def set_size(self, pixels: int, height: int) -> None:
        """Smaller, where the window is low."""
        self._pixels, self._height = pixels, height
        self.updateGeometry()

    def show_change(self, change: int | None, missing: int = 0) -> None:
        """The change; None while `missing` rupiah are still to be paid."""
        self._change, self._missing = change, missing
        self.setAccessibleName(f"{self._words} {self._amount}")
        self.update()

    @property
    def _words(self) -> str:
        return _("Still missing") if self._change is None else _("Change")

    @property
    def _amount(self) -> str:
        return rupiah(max(0, self._missing) if self._change is None else self._change)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        owing = self._change is None
        fill = theme.colour("field" if owing else "accent_soft")
        ink = theme.colour("muted" if owing else "accent")
        paint.box(painter, self.rect(), fill, radius=16)
        caption = font("body-strong")
        taken = QFontMetrics(caption).horizontalAdvance(self._words) + 34
        inner = self.rect().adjusted(18, 0, -18, 0)
        lower = QRect(inner.left(), inner.top() + 12, taken, inner.height() - 12)
        paint.text(painter, lower, self._words, caption, ink)
        big = fitting_font(self._amount, inner.width() - taken, self._pixels)
        paint.text(painter, inner.adjusted(taken, 0, 0, 0), self._amount, big, ink, _END)
