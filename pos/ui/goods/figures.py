"""Figures in a row: a number above its word."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.money import thousands
from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.widgets import paint


class Figure(QWidget):
    """`tone` colours the number while it is not zero."""

    def __init__(self, word: str, tone: str = "text") -> None:
        super().__init__()
        self._word, self._tone = word, tone
        self._number = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(120, 66)

    def minimumSizeHint(self) -> QSize:
        """Words are elided."""
        return QSize(58, 66)

    def show_number(self, number: int) -> None:
        """Another number."""
        if number != self._number:
            self._number = number
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(0, 0, -1, -1)
        paint.box(painter, area, theme.colour("surface"), theme.colour("line"), radius=12)
        inner = self.rect().adjusted(14, 8, -8, -8)
        ink = theme.colour(self._tone if self._number else "text")
        number = inner.adjusted(0, 0, 0, -18)
        paint.text(painter, number, thousands(self._number), font("heading"), ink)
        word = inner.adjusted(0, inner.height() - 18, 0, 0)
        paint.text(painter, word, self._word, font("small"), theme.colour("muted"))
