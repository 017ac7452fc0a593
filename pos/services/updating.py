"""Opening a book of an earlier version: first a backup that was checked, then the migrations.

The migrations are one transaction, so a power cut in the middle leaves the earlier book, which
opens the same way again.
"""

import contextlib
from pathlib import Path

from pos.clock import Clock
from pos.errors import UserError
from pos.models.migrate import migrate, needs_migration, version_of
from pos.services.backups_alone import Progress, back_up_alone

_TIMES_ROOM = 3
"""A migration may write every table anew: log and file beside the backup."""


def bring_up_to_date(path: Path, clock: Clock, progress: Progress | None = None) -> None:
    """Migrate the book at `path` if it is of an earlier version.

    `progress` is told ("copy", "chain" or "migrate", done, total); a total of 0 says that there is
    no telling. Raises EnvironmentProblem when no backup could be made; the book is then as it was.
    """
    if not needs_migration(path):
        return
    if version_of(path):
        with contextlib.suppress(UserError):  # never set up: nothing to keep
            back_up_alone(path.parent, clock, progress, times_room=_TIMES_ROOM, nobody_writes=True)
    if progress is not None:
        progress("migrate", 0, 0)
    migrate(path)
