"""The steps of the set-up on the left, as numbers that become ticks."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.ui import icons, theme
from pos.ui.fonts import font
from pos.ui.widgets import paint

_HEIGHT: Final = 48


class Steps(QWidget):
    """Shows how far one is; it can't be clicked."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self._at = 0
        self.setFixedHeight(_HEIGHT * len(self._names))

    def show_step(self, at: int) -> None:
        """The step that is under way."""
        self._at = at
        self.update()

    def sizeHint(self) -> QSize:
        """A narrow column."""
        return QSize(240, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, name in enumerate(self._names):
            self._paint_step(painter, at, name)

    def _paint_step(self, painter: QPainter, at: int, name: str) -> None:
        area = QRect(0, at * _HEIGHT, self.width(), _HEIGHT)
        now, done = at == self._at, at < self._at
        if now:
            paint.box(painter, area, theme.colour("brand_soft"), radius=theme.RADIUS_SMALL)
        spot = QRect(12, area.top() + 10, 28, 28)
        fill = "good" if done else "brand" if now else "line"
        paint.box(painter, spot, theme.colour(fill), radius=14)
        ink = theme.colour("muted" if not (now or done) else "on_brand")
        if done:
            icons.paint(painter, spot.adjusted(6, 6, -6, -6), "check", ink)
        else:
            align = paint.Align.AlignCenter
            paint.text(painter, spot, str(at + 1), font("body-strong"), ink, align)
        words = area.adjusted(52, 0, -8, 0)
        tone = "brand" if now else "muted"
        paint.text(painter, words, name, font("item"), theme.colour(tone))
