"""A backup without a till: of a book that another program may have open, or that nobody has.

One step of SQLite's backup is one read of the book as it is at that moment, whoever goes on
writing; only many steps from another program would begin anew at each sale.
"""

import contextlib
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from pos.clock import Clock, local
from pos.config import book_path, make_private
from pos.errors import EnvironmentProblem, UserError
from pos.i18n import _
from pos.models.backup import check_copy, copy_book
from pos.models.engine import driver, translated_errors
from pos.services import backup_places as places
from pos.services.backup_names import Stamp

log = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]


def back_up_alone(
    folder: Path,
    clock: Clock,
    progress: Progress | None = None,
    *,
    times_room: int = 1,
    nobody_writes: bool = False,
) -> Path:
    """A checked backup of the book in a data folder; where it lies.

    There must be room for `times_room` such books. Where `nobody_writes` meanwhile it is copied in
    many steps, which are told. Raises EnvironmentProblem, BookDamagedError,
    and UserError for a book that was never set up.
    """
    book, shelf = book_path(folder), places.here(folder)
    make_private(shelf)
    if shutil.disk_usage(shelf).free < times_room * book.stat().st_size:
        raise EnvironmentProblem(
            _("There is too little space on the disk for a backup. Make space and try again.")
        )
    unfinished = shelf / f"alone-{os.getpid()}{places.PART}"
    try:
        _copy(book, unfinished, progress if nobody_writes else None)
        return _made(book, shelf, unfinished, clock, progress)
    except OSError as error:
        raise EnvironmentProblem(
            _("No backup could be made: {why}").format(why=error.strerror or error)
        ) from error
    finally:
        with contextlib.suppress(OSError):  # the disk that failed may fail at this, too
            unfinished.unlink(missing_ok=True)


def _copy(book: Path, unfinished: Path, progress: Progress | None) -> None:
    def step(done: int, total: int) -> None:
        if progress is not None:
            progress("copy", done, total)

    with translated_errors():
        # Not mode=ro: after a crash the log has to be read in, which writes its index.
        source = driver.connect(f"{book.resolve().as_uri()}?mode=rw", uri=True)
        try:
            source.execute("PRAGMA wal_autocheckpoint = 0")
            copy_book(source, unfinished, step if progress is not None else None)
        finally:
            source.close()


def _made(
    book: Path, shelf: Path, unfinished: Path, clock: Clock, progress: Progress | None
) -> Path:
    facts = check_copy(unfinished, progress)
    if not facts.till_no:
        raise UserError(_("This till was never set up: there is nothing to back up."))
    at = local(clock.now_ms(), facts.zone).replace(tzinfo=None, microsecond=0)
    stamp = Stamp(at, facts.seq, facts.till_code)
    target = shelf / stamp.file_name
    places.publish(unfinished, target)
    places.keep_pictures(book.parent, shelf)
    places.thin_out(shelf, stamp)
    try:
        places.bring_to_second(book.parent, target, facts.till_code, facts.till_no)
    except OSError:
        log.warning("the second place failed", exc_info=True)
    return target
