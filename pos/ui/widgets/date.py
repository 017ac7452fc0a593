"""A day, typed or taken from a calendar."""

import datetime as dt

from PySide6.QtCore import QDate, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QDateEdit

from pos.ui import icons, theme
from pos.ui.fonts import font

_WIDE = 160


class DateInput(QDateEdit):
    """Day, month and year as people here write them; arrows change the part that is marked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFont(font("field"))
        self.setDisplayFormat("dd/MM/yyyy")
        self.setCalendarPopup(True)
        self.setAccessibleName(name)
        self.setMinimumWidth(_WIDE)

    @property
    def day(self) -> dt.date:
        """The day in the field."""
        day = self.date()
        return dt.date(day.year(), day.month(), day.day())

    def set_day(self, day: dt.date) -> None:
        """Put a day in."""
        self.setDate(QDate(day.year, day.month, day.day))

    def not_before(self, day: dt.date) -> None:
        """Earlier days can't be chosen."""
        self.setMinimumDate(QDate(day.year, day.month, day.day))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes a day by the way."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook: a calendar at the right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(self.width() - 30, (self.height() - 18) // 2, 18, 18)
        icons.paint(painter, area, "calendar-blank", theme.colour("muted"))
