"""What the machine can do to a database, as sentences."""

from collections.abc import Callable

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


def damaged_sentence() -> str:
    """What a person is told when the file is no book, or a broken one."""
    return _("The book's file is damaged. Nothing was changed; restore a backup or ask for help.")


def problem_of(error: BaseException | None) -> EnvironmentProblem | None:
    """What a person is told of a driver's error; None when it is a bug."""
    name = getattr(error, "sqlite_errorname", "") or _WORDS.get(str(error), "")
    for prefix, sentence in _SENTENCES:
        if name.startswith(prefix):
            return EnvironmentProblem(sentence())
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "Could not decode" in str(error):
        return BookDamagedError(damaged_sentence())
    return None
