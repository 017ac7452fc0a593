"""The right card: one large amount, the keypad, and the button that goes on."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.ui.closing.keypad import Keypad
from pos.ui.selling.side import Message
from pos.ui.selling.totals_big import BigAmount
from pos.ui.widgets.box import column
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label

_LOW = 500


@dataclass(frozen=True)
class Foot:
    """What the right card says. `amount` None shows none; `other` is a second, quieter button."""

    caption: str
    amount: int | None
    button: str
    key: str
    digits: bool = True
    other: str = ""
    other_key: str = ""


class RightCard(QWidget):
    """go: the large button; other: the quieter one above it."""

    go = Signal()
    other = Signal()

    def __init__(self, target: Callable[[], QWidget | None]) -> None:
        super().__init__()
        self._caption = Label("", "label", "muted", wrap=True)
        self.amount = BigAmount(40)
        self.pad = Keypad(target)
        self.message = Message()
        self._second = Button("", "outline", icon="printer")
        self._second.clicked.connect(self.other)
        self.main = Button("", "primary", big=True)
        self.main.clicked.connect(self.go)
        box = column(
            self._caption,
            self.amount,
            6,
            self.pad,
            None,
            self.message,
            self._second,
            self.main,
            gap=8,
            margins=(18, 16, 18, 16),
        )
        self.setLayout(box)

    def show_foot(self, foot: Foot, message: str, *, enabled: bool) -> None:
        """Another step, or another amount."""
        self._caption.setText(foot.caption)
        self._caption.setVisible(bool(foot.caption))
        self.amount.setVisible(foot.amount is not None)
        if foot.amount is not None:
            self.amount.show_amount(foot.amount)
        self.pad.setVisible(foot.digits)
        self.message.say(message)
        for button, text, key in (
            (self.main, foot.button, foot.key),
            (self._second, foot.other, foot.other_key),
        ):
            button.setVisible(bool(text))
            if (button.text(), button.key) != (text, key):
                button.setText(text)
                button.key = key
                button.updateGeometry()
                button.update()
        self.main.setEnabled(enabled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Low windows get lower parts."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        self.main.set_low(low)
        self.amount.set_pixels(28 if low else 40)
