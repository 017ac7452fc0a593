"""The pages of one seller, as words in a line of which one is underlined."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.widgets import paint
from pos.ui.widgets.box import row

_LINE: Final = 3


class _Tab(QAbstractButton):
    def __init__(self, text: str, tip: str) -> None:
        super().__init__()
        self.setText(text)
        self.setToolTip(tip)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        wide = QFontMetrics(font("body-strong")).horizontalAdvance(self.text())
        return QSize(wide + 26, theme.TOUCH)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, theme.TOUCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        ink = theme.colour("brand" if on else "muted")
        typeface = font("body-strong")
        paint.text(painter, self.rect(), self.text(), typeface, ink, paint.Align.AlignCenter)
        if on:
            foot = self.rect().adjusted(8, self.height() - _LINE, -8, 0)
            paint.box(painter, foot, theme.colour("brand"), radius=1.5)
        if self.hasFocus():
            ring = self.rect().adjusted(2, 4, -2, -6)
            paint.box(painter, ring, None, theme.colour("brand"), radius=9, width=2)


class Tabs(QWidget):
    """chosen: the number of the tab that was touched."""

    chosen = Signal(int)

    def __init__(self, tabs: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.buttons = tuple(_Tab(text, tip) for text, tip in tabs)
        line = row(*self.buttons, None, gap=2)
        self.setLayout(line)
        for at, button in enumerate(self.buttons):
            button.clicked.connect(partial(self._clicked, at))

    def mark(self, tab: int) -> None:
        """Underline a tab."""
        for at, button in enumerate(self.buttons):
            button.setChecked(at == tab)

    def _clicked(self, at: int, _checked: bool = False) -> None:
        self.mark(at)
        self.chosen.emit(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook: the line on which they stand."""
        del event
        painter = QPainter(self)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
