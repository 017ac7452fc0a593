"""Digits by touch for an amount: the keys go to the field as if they were typed."""

from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.i18n import _
from pos.ui.widgets.button import Button, IconButton

_KEYS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "000", "0")


class NumPad(QWidget):
    """For one field, which keeps the keyboard's focus."""

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self._field = field
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        buttons: list[Button] = []
        for digits in _KEYS:
            key = _Key(digits, "soft")
            key.clicked.connect(partial(self._type, digits))
            buttons.append(key)
        back = IconButton("backspace", _("Delete the last digit"), "soft")
        back.clicked.connect(partial(self._send, Qt.Key.Key_Backspace, ""))
        buttons.append(back)
        for at, button in enumerate(buttons):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, at // 3, at % 3)

    def _type(self, digits: str, _checked: bool = False) -> None:
        for digit in digits:
            self._send(Qt.Key(ord(digit)), digit)

    def _send(self, key: Qt.Key, text: str, _checked: bool = False) -> None:
        self._field.setFocus()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            QCoreApplication.sendEvent(self._field, event)


class _Key(Button):
    """A digit, large enough to be read at arm's length."""

    def _text_font(self) -> str:
        return "lead"


class PadToggle(IconButton):
    """Shows and hides a number pad; `others` make room for it."""

    def __init__(self, pad: NumPad, *others: QWidget) -> None:
        super().__init__("keyboard", _("Digits by touch"), "outline")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        pad.hide()
        self._pad = pad
        self._others = others
        self.toggled.connect(self._toggled)

    def _toggled(self, on: bool) -> None:
        self._pad.setVisible(on)
        for other in self._others:
            other.setVisible(not on)
