"""Backups in the settings: the last one, a second place, one now."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos.formats import format_date_long, format_time
from pos.i18n import _
from pos.services import backup_places as places
from pos.ui.backups.wanted import RestoreWanted
from pos.ui.settings.section import Section

if TYPE_CHECKING:
    from pos.services.backups import BackupState
    from pos.services.till import Till
    from pos.ui.backups.wanted import RestoreOrder
    from pos.ui.bridge import Runner
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate, Word


@dataclass(frozen=True)
class BackupFields:
    """What the page shows. `second` is the path of the second place, "" where there is none."""

    last: str
    second: str
    second_there: bool


class BackupSection(Section):
    """Making one is anybody's; the second place and going back are a manager's."""

    def __init__(
        self, till: "Till", run: "Runner", gate: "Gate", run_aside: "Runner", desk: "Desk"
    ) -> None:
        super().__init__(till, run, gate)
        # Making one waits for the database worker, so it must not run on it.
        self._run = run_aside
        self._desk = desk

    def fields(self) -> BackupFields:
        """What holds now."""
        till = self._till
        place = places.second_place(till.folder)
        info = till.info
        there = place is not None and places.present(place, info.till_code, info.till_no)
        return BackupFields(
            last=self._last(),
            second=str(place) if place else "",
            second_there=bool(there),
        )

    def make(self) -> None:
        """Make one now."""
        self.do(self._till.backups.make, lambda _path: self.tell(note=_("The backup is made.")))

    def choose_second(self, place: Path | None) -> None:
        """Another second place, or none."""

        def keep(_word: "Word") -> None:
            self.do(
                lambda: self._till.backups.choose_second(place),
                lambda _done: self.tell(note=_("Saved.")),
            )

        self._gate.ask(_("A manager's PIN is needed to change the place of backups."), keep)

    def restore(self, order: "RestoreOrder") -> None:
        """Close the till and go back to this backup."""

        def go(word: "Word") -> None:
            self._desk.restore.emit(RestoreWanted(replace(order, by=word.manager)))

        self._gate.ask(_("A manager's PIN is needed to restore a backup."), go)

    def state_changed(self, state: "BackupState") -> None:
        """A backup was made elsewhere."""
        if not state.running and not self.busy:
            self.on_change()

    def _last(self) -> str:
        found = places.stamps_in(places.here(self._till.folder))
        if not found:
            return ""
        at = max(found).at
        return f"{format_date_long(at.date())} {format_time(at)}"
