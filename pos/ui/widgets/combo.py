"""A list to choose from, with an arrow in the colours of the theme."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from pos.ui import icons, theme
from pos.ui.fonts import font


class Combo(QComboBox):
    """A QComboBox; the style sheet leaves the arrow's place empty, since it could only show a file."""

    def __init__(self, role: str = "field", accessible_name: str = "") -> None:
        super().__init__()
        self.setFont(font(role))
        self.setMaxVisibleItems(12)
        self.setAccessibleName(accessible_name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        super().paintEvent(event)
        painter = QPainter(self)
        area = QRect(self.width() - 30, (self.height() - 16) // 2, 16, 16)
        icons.paint(painter, area, "caret-down", theme.colour("muted"))
