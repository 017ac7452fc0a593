"""The touch keypad beside the count: its keys go to the field that has the focus."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.i18n import _
from pos.ui import icons, theme
from pos.ui.fonts import font
from pos.ui.widgets import paint
from pos.ui.widgets.button import Button

_ROWS: Final = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"), ("0", "00", ""))
_HIGH: Final = 58
_GAP: Final = 8


class Keypad(QWidget):
    """`target` tells where the digits go now; None while nothing takes any."""

    def __init__(self, target: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._target = target
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_GAP)
        for line, keys in enumerate(_ROWS):
            for place, digits in enumerate(keys):
                key = _Key(digits)
                if digits:
                    key.clicked.connect(partial(self._type, digits))
                else:
                    key.setAccessibleName(_("Delete the last digit"))
                    key.clicked.connect(partial(self._send, Qt.Key.Key_Backspace, ""))
                grid.addWidget(key, line, place)

    def _type(self, digits: str, _checked: bool = False) -> None:
        for digit in digits:
            self._send(Qt.Key(ord(digit)), digit)

    def _send(self, key: Qt.Key, text: str, _checked: bool = False) -> None:
        field = self._target()
        if field is None:
            return
        field.setFocus()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QCoreApplication.sendEvent(field, event)


class _Key(Button):
    """Large; leaves the focus where it is; shrinks to what a finger needs."""

    def __init__(self, digits: str) -> None:
        super().__init__(digits, "soft")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(_HIGH)

    def sizeHint(self) -> QSize:
        """As in a calculator."""
        return QSize(80, _HIGH)

    def minimumSizeHint(self) -> QSize:
        """A finger's width."""
        return QSize(theme.TOUCH, theme.TOUCH)

    def _text_font(self) -> str:
        return "button-big"

    def _paint_content(self, painter: QPainter, ink: QColor, fill: QColor | None) -> None:
        del fill
        if self.text():
            area = self.rect()
            paint.text(painter, area, self.text(), font("button-big"), ink, paint.Align.AlignCenter)
            return
        side = 26
        spot = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        icons.paint(painter, spot, "backspace", ink)
