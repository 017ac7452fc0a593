"""An on-off switch with its text beside it."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.widgets import paint

_TRACK: Final = QSize(44, 26)
_GAP: Final = 12
_DISABLED: Final = 0.45


class Switch(QAbstractButton):
    """Checkable; 44 px high, as wide as its text, which wraps never and is elided last."""

    def __init__(self, text: str, *, on: bool = False) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(on)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Track, gap, text."""
        wide = QFontMetrics(font("body")).horizontalAdvance(self.text())
        return QSize(_TRACK.width() + _GAP + wide + 6, theme.TOUCH)

    def minimumSizeHint(self) -> QSize:
        """A long text is elided."""
        return QSize(_TRACK.width() + _GAP + 60, theme.TOUCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(_DISABLED)
        on = self.isChecked()
        top = (self.height() - _TRACK.height()) // 2
        track = QRect(2, top, _TRACK.width(), _TRACK.height())
        fill = theme.colour("brand" if on else "field")
        edge = None if on else theme.colour("faint")
        paint.box(painter, track, fill, edge, radius=13, width=1.5)
        left = track.right() - 22 if on else track.left() + 4
        knob = QRect(left, top + 4, 18, 18)
        paint.box(painter, knob, theme.colour("on_brand" if on else "faint"), radius=9)
        if self.hasFocus():
            ring = track.adjusted(-2, -2, 2, 2)
            paint.box(painter, ring, None, theme.colour("brand_strong"), radius=15, width=2)
        area = QRect(track.right() + _GAP, 0, self.width() - track.right() - _GAP, self.height())
        paint.text(painter, area, self.text(), font("body"), theme.colour("text"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter switches, as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)
