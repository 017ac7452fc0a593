"""A search field over a list: Up and Down move in the list while one types."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

from pos.ui import actions, icons, theme
from pos.ui.scanner import TRANSPARENT
from pos.ui.widgets import paint
from pos.ui.widgets.field import TextInput

_EDGE = 12
_ICON = 20
_CAP = 20
_BETWEEN = 8


class FindInput(TextInput):
    """`action` is the one that leads here: its key is shown. `step` tells Up and Down.

    Where it `takes_scans`, typing shows at once and what was a scanner's is cut out again
    (`cut_scan`); elsewhere a scan never gets in.
    """

    step = Signal(int)

    def __init__(
        self, action: str, placeholder: str, name: str = "", *, takes_scans: bool = False
    ) -> None:
        super().__init__("", placeholder)
        self.setAccessibleName(name or placeholder)
        self._key = actions.key_text(action)
        right = _BETWEEN + paint.keycap_width(self._key)
        self.setTextMargins(_ICON + _BETWEEN, 0, right, 0)
        if takes_scans:
            self.setProperty(TRANSPARENT, "true")

    def cut_scan(self, characters: int) -> None:
        """The last characters were a scanner's: take them out again, and say so."""
        at, text = self.cursorPosition(), self.text()
        self.setText(text[: max(0, at - characters)] + text[at:])
        self.textEdited.emit(self.text())

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
        middle = self.height() // 2
        area = QRect(_EDGE, middle - _ICON // 2, _ICON, _ICON)
        icons.paint(painter, area, "magnifying-glass", theme.colour("muted"))
        wide = paint.keycap_width(self._key)
        cap = QRect(self.width() - wide - _EDGE, middle - _CAP // 2, wide, _CAP)
        ink, line = theme.colour("muted"), theme.colour("line")
        paint.keycap(painter, cap, self._key, ink, theme.colour("keycap"), line)
