"""How a restored book takes its place. The book that was there is put aside, never deleted.

When the new file is whole and on the disk, a note is written of what is to be moved, and the moves
are made; a start that finds the note makes the rest of them. So at any moment there is one book,
the old or the new one.
"""

import datetime as dt
import itertools
from pathlib import Path

import msgspec

from pos.config import book_path
from pos.errors import BookDamagedError, EnvironmentProblem
from pos.i18n import _
from pos.models.files import sync
from pos.services.backup_names import FOLDER as BACKUPS
from pos.services.backup_names import read_stamp

NOTE = "restoring.json"
NEW = "titip.restoring.db"
ASIDE = "set-aside"
_TAILS = ("-wal", "-shm", "")
"""The log first: the book's file without its log would be an older book."""


class _Note(msgspec.Struct):
    aside: str


def finish_interrupted(folder: Path) -> None:
    """Make the moves that a restore had not made when the power went; called before each start.

    Raises EnvironmentProblem when the disk refuses; the next start goes on with them.
    """
    try:
        _finish(folder)
    except OSError as error:
        raise EnvironmentProblem(
            _("The data folder {folder} can't be used: {why}").format(
                folder=folder, why=error.strerror
            )
        ) from error


def _finish(folder: Path) -> None:
    note = folder / NOTE
    try:
        told = msgspec.json.decode(note.read_bytes(), type=_Note)
    except FileNotFoundError:
        drop_unfinished(folder / NEW)
        return
    except msgspec.MsgspecError:
        # Written whole or not at all, so this is no note of ours: nothing was moved for it.
        note.unlink()
        return
    new, aside = folder / NEW, folder / ASIDE / told.aside
    if new.exists():
        aside.mkdir(parents=True, exist_ok=True)
        path = book_path(folder)
        for tail in _TAILS:
            part = path.with_name(path.name + tail)
            if part.exists():
                part.replace(aside / part.name)
        sync(aside)
        sync(folder)
        new.replace(path)
        sync(folder)
    note.unlink()
    sync(folder)


def put_in_place(folder: Path, now: dt.datetime) -> Path | None:
    """Put the finished new file in the book's place; where the book lies that was there, if any."""
    had_book = book_path(folder).exists()
    aside = _free_name(folder / ASIDE, now.strftime("%Y%m%d-%H%M%S"))
    note = folder / NOTE
    unfinished = note.with_name(note.name + ".part")
    unfinished.write_bytes(msgspec.json.encode(_Note(aside.name)))
    sync(unfinished)
    unfinished.replace(note)
    sync(folder)
    _finish(folder)
    return aside if had_book else None


def refuse_missing(path: Path) -> None:
    """Raises BookDamagedError where a book was and none is: a new one must not take its place.

    Backups of it, or a log without its book, tell that there was one.
    """
    log = path.with_name(path.name + "-wal")
    if path.exists() and path.stat().st_size > 0:
        return
    shelf = path.parent / BACKUPS
    had_one = log.exists() and log.stat().st_size > 0
    if had_one or (shelf.is_dir() and any(read_stamp(entry.name) for entry in shelf.iterdir())):
        raise BookDamagedError(
            _("The book's file is gone or empty, but there are backups of it. Restore one.")
        )


def drop_unfinished(new: Path) -> None:
    """Remove a new file that a restore did not finish; nothing of it was ever the book."""
    for tail in _TAILS:
        new.with_name(new.name + tail).unlink(missing_ok=True)


def _free_name(shelf: Path, stamp: str) -> Path:
    names = (stamp if count == 1 else f"{stamp}-{count}" for count in itertools.count(1))
    return next(shelf / name for name in names if not (shelf / name).exists())
