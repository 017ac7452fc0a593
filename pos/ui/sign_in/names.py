"""The tiles of the people who may sign in; moved through by arrows, letters, touch."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.i18n import _
from pos.ui.settings.staff import role_label
from pos.ui.sign_in.tile import NameTile
from pos.ui.widgets.box import column, scroll
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.services.staff import StaffTile

_TILE: Final = 260
_GAP: Final = 12


class Names(QWidget):
    """`chosen` carries the id of a person. `by_letter` finds the next name with a letter."""

    chosen = Signal(object)

    def __init__(self, by_letter: Callable[[str, int], int]) -> None:
        super().__init__()
        self._by_letter = by_letter
        self._tiles: dict[int, NameTile] = {}
        self._columns = 2
        self._inner = QWidget()
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(2, 2, 2, 2)
        self._grid.setSpacing(_GAP)
        title = Label(_("Who is at the till?"), "heading")
        hint = Label(_("Touch your name, or type its first letter."), "body", "muted", wrap=True)
        self._area = scroll(self._inner)
        self.setLayout(column(title, hint, 10, self._area, gap=6))

    def show_people(self, people: "Sequence[StaffTile]", pins: dict[str, str]) -> None:
        """A tile for each; `pins` by name are shown on the sample stand alone."""
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = {}
        for person in people:
            pin = pins.get(person.name, "")
            note = _("PIN {pin}").format(pin=pin) if pin else ""
            tile = NameTile(person.name, role_label(person.role), self.take_key, note)
            tile.clicked.connect(partial(self.chosen.emit, person.staff_id))
            self._tiles[person.staff_id] = tile
        self._arrange()

    def focus_on(self, staff_id: int) -> None:
        """Put the focus on a person, or on the first."""
        tile = self._tiles.get(staff_id) or next(iter(self._tiles.values()), None)
        if tile is not None:
            tile.setFocus()
            self._area.ensureWidgetVisible(tile, 0, 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit, two at most for few people."""
        super().resizeEvent(event)
        most = 2 if len(self._tiles) <= 12 else 3
        columns = max(1, min(most, self.width() // _TILE))
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def take_key(self, event: QKeyEvent) -> None:
        """Arrows move over the grid; a letter goes to the next name, and in if it is the only one."""
        ids = list(self._tiles)
        at = next((n for n, i in enumerate(ids) if self._tiles[i].hasFocus()), -1)
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None and ids:
            to = at + step if at >= 0 else 0
            if 0 <= to < len(ids):
                self.focus_on(ids[to])
        elif event.text().isalpha():
            self._letter(event.text(), ids[at] if at >= 0 else 0)
        else:
            event.ignore()

    def _letter(self, letter: str, after: int) -> None:
        found = self._by_letter(letter, after)
        if found and self._by_letter(letter, found) == found:
            self.chosen.emit(found)
        elif found:
            self.focus_on(found)

    def _arrange(self) -> None:
        for at, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, at // self._columns, at % self._columns)
            # Now, not with the next event: only what is shown can take the focus.
            tile.show()
        for at in range(3):
            self._grid.setColumnStretch(at, 1 if at < self._columns else 0)
        self._grid.setRowStretch(len(self._tiles) + 1, 1)
