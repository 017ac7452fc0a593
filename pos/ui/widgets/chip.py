"""Pills that filter: one of a row is on."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QScrollArea, QWidget

from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.widgets import paint

_PILL: Final = 36


class Chip(QAbstractButton):
    """A pill of 36 px in a target of 44."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """As wide as its text."""
        wide = QFontMetrics(font("label")).horizontalAdvance(self.text())
        return QSize(wide + 29, theme.TOUCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - _PILL) // 2
        pill = QRect(0, top, self.width(), _PILL)
        on = self.isChecked()
        fill = theme.colour("brand" if on else "surface")
        border = None if on else theme.colour("brand" if self.hasFocus() else "line")
        paint.box(painter, pill, fill, border, radius=_PILL / 2, width=2 if self.hasFocus() else 1)
        if on and self.hasFocus():
            ring = pill.adjusted(3, 3, -3, -3)
            paint.box(painter, ring, None, theme.colour("on_brand"), radius=_PILL / 2 - 3)
        ink = theme.colour("on_brand" if on else "muted")
        paint.text(painter, pill, self.text(), font("label"), ink, paint.Align.AlignCenter)


class ChipRow(QScrollArea):
    """Chips side by side, of which one is on; dragged or wheeled sideways where they do not fit."""

    def __init__(self, chosen: Callable[[int], object]) -> None:
        super().__init__()
        self.setFixedHeight(theme.TOUCH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._chosen = chosen
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._clicked)
        self._inner = QWidget()
        self._inner.setAutoFillBackground(False)
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self.setWidget(self._inner)
        self.viewport().setAutoFillBackground(False)
        # setWidget turns it on again.
        self._inner.setAutoFillBackground(False)
        self._drag_from: QPoint | None = None

    def set_chips(self, chips: Sequence[tuple[int, str]], on: int) -> None:
        """Show these (id, text), one of them on."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.deleteLater()
        for at, (number, text) in enumerate(chips):
            chip = Chip(text)
            chip.setChecked(number == on)
            # Ids of the book do not fit Qt's 32 bits: the group knows the place in the row.
            self._group.addButton(chip, at)
            self._row.insertWidget(at, chip)
        self._ids = tuple(number for number, _text in chips)

    def _clicked(self, at: int) -> None:
        self.ensureWidgetVisible(self._group.button(at), 40, 0)
        self._chosen(self._ids[at])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel moves sideways."""
        bar = self.horizontalScrollBar()
        delta = event.angleDelta()
        bar.setValue(bar.value() - (delta.y() or delta.x()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Dragging between the chips."""
        self._drag_from = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt's hook."""
        if self._drag_from is None:
            return
        now = event.position().toPoint()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (now.x() - self._drag_from.x()))
        self._drag_from = now
