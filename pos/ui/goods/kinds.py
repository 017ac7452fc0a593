"""Choosing the kind of an item by keys: arrows change it, Enter goes on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.ui.widgets.box import column
from pos.ui.widgets.choice import Choice

if TYPE_CHECKING:
    from pos.cart import ItemKind

KINDS: "tuple[ItemKind, ...]" = ("unique", "stock", "made_to_order")


def kind_name(kind: "ItemKind") -> str:
    """The kind in a word or two."""
    names = {
        "unique": _("One of a kind"),
        "stock": _("Several alike"),
        "made_to_order": _("On order"),
    }
    return names[kind]


class KindPick(QWidget):
    """`changed` is told when a person chooses; `entered` when Enter was pressed."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice: Choice[ItemKind] = Choice(
            [(kind, kind_name(kind)) for kind in KINDS], "stock"
        )
        self._choice.changed.connect(self.changed)
        for kind in KINDS:
            self._choice.button(kind).installEventFilter(self)
        self.setLayout(column(self._choice))

    @property
    def value(self) -> "ItemKind":
        """What is chosen."""
        return self._choice.value

    def set_value(self, kind: "ItemKind") -> None:
        """Choose without telling."""
        if kind != self._choice.value:
            self._choice.set_value(kind)

    def take_focus(self) -> None:
        """Arrows choose from here."""
        self._choice.button(self._choice.value).setFocus()

    def has_focus(self) -> bool:
        """Whether a key would go here."""
        return any(self._choice.button(kind).hasFocus() for kind in KINDS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the three buttons."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
            return True
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key))
        if step is None:
            return super().eventFilter(watched, event)
        at = min(max(KINDS.index(self._choice.value) + step, 0), len(KINDS) - 1)
        self._choice.set_value(KINDS[at])
        self.take_focus()
        self.changed.emit()
        return True
