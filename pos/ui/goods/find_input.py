"""A search field over a list: Up and Down move in the list while one types."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

from pos.ui import actions, icons, theme
from pos.ui.widgets import paint
from pos.ui.widgets.field import TextInput


class FindInput(TextInput):
    """`step` tells Up and Down."""

    step = Signal(int)

    def __init__(self, placeholder: str) -> None:
        super().__init__("", placeholder)
        self.setAccessibleName(placeholder)
        self.setTextMargins(30, 0, 40, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down belong to the list; Esc empties the field."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.step.emit(step)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Icon and key over Qt's own painting."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(12, (self.height() - 20) // 2, 20, 20)
        icons.paint(painter, area, "magnifying-glass", theme.colour("muted"))
        key = actions.key_text("goods-find")
        wide = paint.keycap_width(key)
        cap = QRect(self.width() - wide - 12, (self.height() - 20) // 2, wide, 20)
        ink, line = theme.colour("muted"), theme.colour("line")
        paint.keycap(painter, cap, key, ink, theme.colour("keycap"), line)
