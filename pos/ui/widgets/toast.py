"""A short word at the foot of the window, which goes by itself."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.ui import theme
from pos.ui.notices import Toast
from pos.ui.widgets import paint
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label

_SHOWN_MS: Final = 6_000
_MARGIN: Final = 20


class _ToastButton(Button):
    """On the dark ground of a toast."""

    def _look(self) -> tuple[QColor | None, QColor | None, QColor]:
        return theme.colour("text"), None, theme.colour("accent_soft")


class ToastBar(QWidget):
    """Laid over its parent at the bottom left; shows the newest word only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = Label("", "body", wrap=True)
        self._button = _ToastButton("", "ghost")
        self._button.clicked.connect(self._pressed)
        self._toast: Toast | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.setLayout(row(self._text, self._button, gap=8, margins=(18, 6, 8, 6)))
        self.hide()

    def show_toast(self, toast: Toast) -> None:
        """Show this word now."""
        self._toast = toast
        palette = self.palette()
        palette.setColor(self._text.foregroundRole(), theme.colour("surface"))
        self._text.setPalette(palette)
        self._text.setText(toast.text)
        self._button.setText(toast.action)
        self._button.setVisible(bool(toast.action))
        self.place()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS)

    def place(self) -> None:
        """Back to the foot of the parent, after it changed its size."""
        parent = self.parentWidget()
        if parent is None:
            return
        most = min(560, parent.width() - 2 * _MARGIN)
        self._text.setMinimumWidth(0)
        natural = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 6
        beside = self._button.sizeHint().width() + 8 if self._toast and self._toast.action else 0
        wide = min(most, natural + beside + 30)
        self._text.setMinimumWidth(min(natural, wide - beside - 30))
        lines = -(-natural // max(1, wide - beside - 30))
        self.resize(wide, max(56, 24 + 20 * lines))
        self.move(theme.RAIL_WIDTH + _MARGIN, parent.height() - self.height() - _MARGIN)

    def _pressed(self) -> None:
        toast = self._toast
        self.hide()
        if toast is not None and toast.call is not None:
            toast.call()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, self.rect(), theme.colour("text"))
