"""The trace of a restore, where other tills know this one: written with its first own entry.

What this till wrote after the backup may have travelled in a box. The trace would take the place
of the first of those entries, and the journal would go on in two ways; so it waits, and a box that
is taken before anything else is written brings them back.
"""

from typing import TYPE_CHECKING

import msgspec

from pos.events.stand import BookRestored
from pos.models.prepared import Plain
from pos.services.unit_of_work import Waiting

if TYPE_CHECKING:
    from pos.models.engine import Book
    from pos.models.prepared import Cursor

_NAME = "restored"
_others = Plain("SELECT 1 FROM tills WHERE till_no <> :till_no LIMIT 1")
_read = Plain("SELECT value FROM preferences WHERE name = :name")
_keep = Plain(
    "INSERT INTO preferences (name, value) VALUES (:name, :value) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_forget = Plain("DELETE FROM preferences WHERE name = :name")


class _Trace(msgspec.Struct, frozen=True):
    event: BookRestored
    by: int


def knows_others(cursor: "Cursor", till_no: int) -> bool:
    """Whether boxes were exchanged: a till's entries may then be with others as well."""
    return _others.one(cursor, till_no=till_no) is not None


def keep_trace(cursor: "Cursor", event: BookRestored, by: int) -> None:
    """Let it wait for the first own entry."""
    _keep.run(cursor, name=_NAME, value=msgspec.json.encode(_Trace(event, by)).decode())


def waiting_trace(book: "Book") -> Waiting | None:
    """What is to be written before this till's next entry, if anything."""
    row = _read.one(book.reader(), name=_NAME)
    if row is None:
        return None
    trace = msgspec.json.decode(row[0], type=_Trace)
    return Waiting(trace.event, trace.by, forget_trace)


def forget_trace(cursor: "Cursor") -> None:
    """It is written, or of a backup that was gone back to itself."""
    _forget.run(cursor, name=_NAME)
