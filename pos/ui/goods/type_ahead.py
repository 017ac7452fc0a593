"""A field that finds while one types: a seller, an item, a category."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent

from pos.ui.widgets.box import column, frame
from pos.ui.widgets.field import TextInput
from pos.ui.widgets.rows import Row, RowList

_ROW: Final = 52
_MOST_SHOWN: Final = 6
_MOST: Final = 60
_NEW: Final = -1


@dataclass(frozen=True)
class Found:
    """Something to choose. `text` is what the field then says, `keys` what it is found by."""

    id: int
    text: str
    detail: str = ""
    right: str = ""
    keys: str = ""


def _nothing(_typed: str) -> Sequence[Found]:
    return ()


def matching(choices: Sequence[Found], typed: str) -> list[Found]:
    """Those that begin with what was typed first, then those that have all its words."""
    words = typed.casefold().split()
    if not words:
        return list(choices[:_MOST])
    begins, has = [], []
    for choice in choices:
        keys = (choice.keys or choice.text).casefold()
        if keys.startswith(words[0]) and all(word in keys for word in words):
            begins.append(choice)
        elif all(word in keys for word in words):
            has.append(choice)
        if len(begins) >= _MOST:
            break
    return (begins + has)[:_MOST]


class TypeAhead(TextInput):
    """A line of text with a list below it while it is being typed.

    picked   id of what was chosen: by Enter, or by a finger
    typed    the text, where Enter was pressed and nothing was chosen
    offered  the text, where the last row of the list was chosen ("New: …")

    With `free`, text that is in no list is as good, so nothing is marked until Down is pressed.
    """

    picked = Signal(object)
    typed = Signal(str)
    offered = Signal(str)

    def __init__(
        self,
        placeholder: str = "",
        *,
        free: bool = False,
        offer: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__("", placeholder)
        self.search: Callable[[str], Sequence[Found]] = _nothing
        self._free = free
        self._offer = offer
        self.chosen = 0
        self._rows: list[Found] = []
        self.list = RowList(placeholder, height=_ROW)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _index: self._take(self.list.current_id))
        self.popup = frame("card", column(self.list, margins=(3, 3, 3, 3)))
        self.popup.setParent(self)
        self.popup.hide()
        # Once shown it hangs on the window, over the page; it goes with the field.
        self.destroyed.connect(self.popup.deleteLater)
        self.textEdited.connect(self._edited)

    # -- choosing ------------------------------------------------------------------------

    def choose(self, number: int, text: str) -> None:
        """Show this as chosen, without telling; 0 and "" for nothing."""
        self.chosen = number
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)
        self.close_list()

    def open_list(self) -> None:
        """Show what there is, whatever stands in the field."""
        self._show("" if self.chosen else self.text())

    def close_list(self) -> None:
        """Take the list away."""
        self.popup.hide()

    @property
    def is_open(self) -> bool:
        """Whether the list is in view."""
        return self.popup.isVisible()

    def _edited(self, text: str) -> None:
        self.chosen = 0
        self._show(text)

    def _show(self, text: str) -> None:
        self._rows = list(self.search(text))
        rows = [Row(n, found.text, found.detail, found.right) for n, found in self._numbered()]
        if self._offer is not None and text.strip():
            same = any(found.text.casefold() == text.strip().casefold() for found in self._rows)
            if not same:
                rows.append(Row(_NEW, self._offer(text.strip()), icon="plus"))
        if not rows or (self._free and not text.strip()):
            self.close_list()
            return
        self.list.set_rows(rows, 0 if self._free else rows[0].id)
        self._place(len(rows))

    def _numbered(self) -> list[tuple[int, Found]]:
        return list(enumerate(self._rows, 1))

    def _place(self, count: int) -> None:
        window = self.window()
        if self.popup.parentWidget() is not window:
            self.popup.setParent(window)
            window.installEventFilter(self)
        below = self.mapTo(window, QPoint(0, self.height() + 4))
        high = min(count, _MOST_SHOWN) * _ROW + 10
        if below.y() + high > window.height() and below.y() > window.height() // 2:
            below.setY(below.y() - self.height() - 8 - high)
        wide = max(self.width(), 320)
        left = min(below.x(), window.width() - wide - 12)
        self.popup.setGeometry(left, below.y(), wide, high)
        self.popup.show()
        self.popup.raise_()

    def _take(self, row_id: int) -> None:
        if row_id == _NEW:
            self.close_list()
            self.offered.emit(self.text().strip())
            return
        found = dict(self._numbered()).get(row_id)
        if found is None:
            return
        self.choose(found.id, found.text)
        self.picked.emit(found.id)

    # -- Qt's hooks ------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Up move in the list, Enter takes, Esc closes it."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            if self.is_open:
                self.list.step(1 if key == Qt.Key.Key_Down else -1)
            elif key == Qt.Key.Key_Down:
                self.open_list()
            return
        if key == Qt.Key.Key_Escape and self.is_open:
            self.close_list()
            return
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
            return
        super().keyPressEvent(event)

    def _enter(self) -> None:
        row_id = self.list.current_id if self.is_open else 0
        self.close_list()
        if row_id:
            self._take(row_id)
        elif self.chosen:
            self.picked.emit(self.chosen)
        else:
            self.typed.emit(self.text().strip())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the focus."""
        super().focusOutEvent(event)
        self.close_list()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing hangs in the air."""
        super().hideEvent(event)
        self.close_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window of another size has the list elsewhere."""
        if event.type() == QEvent.Type.Resize:
            self.close_list()
        return super().eventFilter(watched, event)
