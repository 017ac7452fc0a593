"""A few choices side by side, of which exactly one holds."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from pos.ui.widgets.button import Button

Value = TypeVar("Value")


class _Told(QObject):
    changed = Signal()


class Choice(QWidget, Generic[Value]):
    """Segments. `value` is the chosen one's value; `changed` is told when a person chooses."""

    def __init__(self, choices: Sequence[tuple[Value, str]], value: Value) -> None:
        super().__init__()
        self._told = _Told(self)
        self.changed = self._told.changed
        self._values = [choice for choice, _text in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for at, (_choice, text) in enumerate(choices):
            button = Button(text, "soft")
            button.setCheckable(True)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._group.addButton(button, at)
            row.addWidget(button, 1)
        self.set_value(value)
        self._group.idClicked.connect(lambda _at: self._told.changed.emit())

    @property
    def value(self) -> Value:
        """What is chosen."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: Value) -> None:
        """Choose without telling."""
        self._group.button(self._values.index(value)).setChecked(True)

    def button(self, value: Value) -> Button:
        """The segment of a value."""
        found = self._group.button(self._values.index(value))
        if not isinstance(found, Button):
            raise TypeError(type(found))
        return found
