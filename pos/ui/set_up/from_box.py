"""A till that starts from a box: which stand of those in it, and which manager. No widgets."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import TitipError
from pos.formats import format_date_short
from pos.services.boxes.manifest import CancelledError

if TYPE_CHECKING:
    from pos.services.till import Till
    from pos.ui.bridge import Runner


@dataclass(frozen=True)
class BoxChoice:
    """A stand or a manager from the box; `code` suggests the till's code at that stand."""

    id: int
    text: str
    code: str = ""


class FromBox:
    """Takes the box beside the window. `done` and `total` are read by a timer meanwhile."""

    def __init__(self, till: "Till", aside: "Runner") -> None:
        self._till, self._aside = till, aside
        self.busy = False
        self.done, self.total = 0, 1
        self._stop = False

    @property
    def stands(self) -> tuple[BoxChoice, ...]:
        """The stands that came, bazaars to come first; none before a box was taken."""
        found = []
        for stand in self._till.boxes.joinable():
            days = [
                format_date_short(_day(day)) for day in (stand.first_day, stand.last_day) if day
            ]
            text = f"{stand.name} ({stand.code})" + (f" · {' – '.join(days)}" if days else "")
            found.append(BoxChoice(stand.stand_id, text, f"{stand.code[:5]}{stand.tills + 1}"))
        return tuple(found)

    @property
    def managers(self) -> tuple[BoxChoice, ...]:
        """The managers who came."""
        return tuple(BoxChoice(tile.staff_id, tile.name) for tile in self._till.staff.managers())

    def take(
        self, path: Path, taken: Callable[[], None], failed: Callable[[TitipError], None]
    ) -> None:
        """Take a box into the empty book."""
        if self.busy:
            return
        self.busy, self._stop, self.done, self.total = True, False, 0, 1

        def work() -> bool:
            try:
                self._till.boxes.take(path, by=0, tick=self._tick)
            except CancelledError:
                return False
            return True

        def ended(_whole: bool) -> None:
            self.busy = False
            taken()

        def refused(error: TitipError) -> None:
            self.busy = False
            failed(error)

        self._aside(work, ended, refused, refused)

    def cancel(self) -> None:
        """Stop between two steps; taking the box again goes on from there."""
        self._stop = True

    def _tick(self, _what: str, done: int, total: int) -> None:
        if self._stop:
            raise CancelledError
        self.done, self.total = done, max(1, total)


def _day(iso: str) -> dt.date:
    return dt.date.fromisoformat(iso)
