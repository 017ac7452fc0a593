"""A quick look over a book at the start: is it one, and can its tables and last entries be read?

It costs a few milliseconds at any size. What only a full check finds, the next backup's check or
`titip verify` finds.
"""

from pathlib import Path
from typing import Any

import msgspec

from pos.errors import BookDamagedError
from pos.models.engine import translated_errors
from pos.models.entries import Entry, expected_hash
from pos.models.problems import damaged_sentence

_LAST = 20
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
"""Ours are STRICT, those of the search index are not."""
_READ = (
    "SELECT id, till_no, seq, at, business_date, staff_id, approver_id, kind, last_id, body, "
    "previous, hash FROM journal ORDER BY id DESC LIMIT ?"
)


def look_over(path: Path, cursor: Any) -> None:
    """Raises BookDamagedError when something is plainly wrong."""
    with translated_errors():
        _check_length(path, cursor)
        for (name,) in cursor.execute(_TABLES).fetchall():
            cursor.execute(f'SELECT * FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 (names from the schema)
        _check_last_entries(cursor)


def _check_length(path: Path, cursor: Any) -> None:
    """A file shorter than it says has lost its end; with a log beside it, that may lie there."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size > 0:
        return
    pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    size = cursor.execute("PRAGMA page_size").fetchone()[0]
    if path.stat().st_size < pages * size:
        raise BookDamagedError(damaged_sentence())


def _check_last_entries(cursor: Any) -> None:
    try:
        entries = [Entry(*row) for row in cursor.execute(_READ, (_LAST,))]
        after: Entry | None = None
        for entry in entries:
            if expected_hash(entry) != entry.hash or not _follows(after, entry):
                raise BookDamagedError(damaged_sentence())
            after = entry
    except (msgspec.MsgspecError, TypeError, ValueError) as error:
        raise BookDamagedError(damaged_sentence()) from error


def _follows(after: Entry | None, entry: Entry) -> bool:
    if after is None or after.till_no != entry.till_no:
        return True
    return after.seq == entry.seq + 1 and after.previous == entry.hash
