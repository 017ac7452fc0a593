"""What is said across the top about backups and the disk: little, and once."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from pos.i18n import _
from pos.services.disk import free_bytes, is_low

if TYPE_CHECKING:
    from pos.services.backups import BackupState
    from pos.ui.desk import Desk

KEY: Final = "backup"
SECOND: Final = "backup-second"
DISK: Final = "disk"
_EVERY_MS: Final = 60_000
_FIRST_MS: Final = 900
_MEGABYTE: Final = 1024 * 1024


class BackupWatch(QObject):
    """A failed backup is said until one succeeds; an absent second place once, until it was there
    again; a disk that fills up once, until there is room again.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._second = "none"
        self._low = False
        desk.backup.connect(self._changed)
        desk.language.connect(self._say_anew)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        desk.set_up.connect(desk.watch_backups)
        QTimer.singleShot(_FIRST_MS, self, self._begin)

    def look(self) -> None:
        """See how much room the disk has."""
        free = free_bytes(self._desk.till.folder)
        low = is_low(free)
        if low and not self._low and free is not None:
            self._desk.show_banner(
                DISK,
                _(
                    "The disk is almost full: {free} MB are left. Make space soon; without it no"
                    " sale can be recorded."
                ).format(free=free // _MEGABYTE),
            )
        elif self._low and not low:
            self._desk.hide_banner(DISK)
        self._low = low

    def _say_anew(self) -> None:
        self._low, self._second = False, "none"
        self.look()
        if self._desk.till.is_set_up:
            self._changed(self._desk.till.backups.state)

    def _begin(self) -> None:
        self._desk.watch_backups()
        self.look()

    def _changed(self, state: "BackupState") -> None:
        if state.problem:
            said = _("The last backup failed: {why}").format(why=state.problem)
            self._desk.show_banner(KEY, said, kind="warning")
        elif not state.running:
            self._desk.hide_banner(KEY)
        if state.second != self._second:
            self._second = state.second
            self._say_second(state)

    def _say_second(self, state: "BackupState") -> None:
        if state.second == "absent":
            self._desk.show_banner(
                SECOND,
                _(
                    "The second place for backups is not there. The backup lies on this machine;"
                    " the next one goes there again as soon as the stick is back."
                ),
                kind="info",
            )
        elif state.second == "failed":
            said = _("The second place did not take the backup: {why}").format(
                why=state.second_problem
            )
            self._desk.show_banner(SECOND, said)
        else:
            self._desk.hide_banner(SECOND)
