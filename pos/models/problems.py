"""What the machine can do to a database, as sentences."""

import contextlib
import errno
import importlib
from collections.abc import Callable
from pathlib import Path

from pos.errors import BookDamagedError, EnvironmentProblem
from pos.i18n import _


def _disk_full() -> str:
    return _("The disk is full: nothing was saved. Make space on it and try again.")


def _read_only() -> str:
    return _("The data folder can't be written to. Check the disk and its permissions.")


def _locked() -> str:
    return _("Another program is using the book. Close it and try again.")


def _io() -> str:
    return _("The disk reports an error: nothing was saved. Check the disk before going on.")


def _read_only_now() -> str:
    return _(
        "The disk can only be read now: nothing was saved. It may have a fault: close Titip, "
        "start the machine anew and try again."
    )


def _too_large(limit: int) -> str:
    return _(
        "The system lets no file grow beyond {size} MB: nothing was saved. "
        "Have this limit (ulimit -f) lifted, then try again."
    ).format(size=f"{limit / 1e6:.0f}")


def _cant_open() -> str:
    return _("The book can't be opened. Check that its folder exists and may be written to.")


_SENTENCES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("SQLITE_FULL", _disk_full),
    ("SQLITE_READONLY", _read_only),
    ("SQLITE_BUSY", _locked),
    ("SQLITE_LOCKED", _locked),
    ("SQLITE_IOERR", _io),
    ("SQLITE_CANTOPEN", _cant_open),
    ("SQLITE_PERM", _read_only),
)

_WORDS = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "database is locked": "SQLITE_BUSY",
    "file is not a database": "SQLITE_NOTADB",
    "database disk image is malformed": "SQLITE_CORRUPT",
}
"""The driver's backup tells no code, only SQLite's words."""


_NEAR_LIMIT = 64 * 1024
"""Bytes: a write of that size may be what a limit refused."""


def damaged_sentence() -> str:
    """What a person is told when the file is no book, or a broken one."""
    return _("The book's file is damaged. Nothing was changed; restore a backup or ask for help.")


def unreadable_sentence() -> str:
    """... when SQLite says so: it tells a disk that fails to read in the same words as damage."""
    return _(
        "The book can't be read: the disk reports an error, or the file is damaged. "
        "Nothing was changed. Try again first; if it stays so, restore a backup."
    )


def problem_of(error: BaseException | None, book: Path | None = None) -> EnvironmentProblem | None:
    """What a person is told of a driver's error; None when it is a bug.

    With the `book` that was written to, a write that the system refused is told by its reason.
    """
    name = getattr(error, "sqlite_errorname", "") or _WORDS.get(str(error), "")
    if book is not None and name.startswith("SQLITE_IOERR"):
        refused = _why_refused(book)
        if refused:
            return EnvironmentProblem(refused)
    for prefix, sentence in _SENTENCES:
        if name.startswith(prefix):
            return EnvironmentProblem(sentence())
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "Could not decode" in str(error):
        return BookDamagedError(unreadable_sentence())
    return None


def _why_refused(book: Path) -> str:
    """Why the system refuses to write where it is no fault of the device; "" if nothing tells."""
    with contextlib.suppress(ImportError, OSError):  # Windows has neither
        resource = importlib.import_module("resource")
        limit: int = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
        if limit != resource.RLIM_INFINITY and _longest(book) + _NEAR_LIMIT > limit:
            return _too_large(limit)
    return _read_only_now() if _can_only_be_read(book.parent) else ""


def _can_only_be_read(folder: Path) -> bool:
    """Whether the system has stopped writing to the disk, as it does after a fault of it.

    The mount's flags don't always say so; trying does.
    """
    probe = folder / "titip.probe"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return error.errno == errno.EROFS
    return False


def _longest(book: Path) -> int:
    """The size of the book's file or its log, whichever is longer."""
    log = book.with_name(book.name + "-wal")
    return max(part.stat().st_size for part in (book, log) if part.exists())
