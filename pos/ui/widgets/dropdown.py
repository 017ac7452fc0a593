"""A list that opens: many choices, of which one holds."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from pos.ui import icons, theme
from pos.ui.fonts import font

_CARET: Final = 18


class DropDown(QComboBox):
    """Choices with ids of the book, which are wider than Qt's numbers."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFont(font("body"))
        self.setAccessibleName(name)
        self.setMaxVisibleItems(12)
        # A long name of a seller must not make the whole page wider.
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self._ids: tuple[int, ...] = ()

    def set_choices(self, choices: Sequence[tuple[int, str]], chosen: int = 0) -> None:
        """These (id, text), the one of id `chosen` shown; none where there is no such id."""
        self.clear()
        self._ids = tuple(number for number, _text in choices)
        self.addItems([text for _number, text in choices])
        self.choose(chosen)

    def choose(self, number: int) -> None:
        """Show the choice of this id, without telling."""
        at = self._ids.index(number) if number in self._ids else -1
        if at != self.currentIndex():
            self.setCurrentIndex(at)

    @property
    def chosen(self) -> int:
        """The id of what is shown, or 0."""
        at = self.currentIndex()
        return self._ids[at] if 0 <= at < len(self._ids) else 0

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes a choice by the way."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook: a caret at the right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self.width() - _CARET - 12
        area = QRect(left, (self.height() - _CARET) // 2, _CARET, _CARET)
        icons.paint(painter, area, "caret-down", theme.colour("muted"))
