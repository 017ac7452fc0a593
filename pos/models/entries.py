"""What a journal entry is, what its hash covers, and where a till's journal ends.

The tables are in `journal`: what is here also works before SQLAlchemy is loaded.
"""

import hashlib
from typing import Any

import msgspec

from pos.events import Event, read_event
from pos.models.prepared import Cursor, Plain

GENESIS = bytes(32)
"""What the first entry follows."""
_canonical = msgspec.json.Encoder()
_head = Plain(
    "SELECT seq, last_id, hash, at FROM journal WHERE till_no = :till_no ORDER BY seq DESC LIMIT 1"
)


class Entry(msgspec.Struct, frozen=True):
    """One journal entry. `at` is UTC milliseconds; `last_id` the highest id counter given so far."""

    id: int
    till_no: int
    seq: int
    at: int
    business_date: str
    staff_id: int
    approver_id: int
    kind: str
    last_id: int
    body: str
    previous: bytes
    hash: bytes

    def event(self) -> Event:
        """The event in the body."""
        return read_event(self.kind, self.body)


class Head(msgspec.Struct, frozen=True):
    """The last entry's place, the highest id counter given so far, its hash, its time (UTC ms)."""

    seq: int = 0
    last_id: int = 0
    hash: bytes = GENESIS
    at: int = 0


def entry_hash(values: tuple[Any, ...], previous: bytes) -> bytes:
    """SHA-256 over everything in an entry but its own hash; `values` are its first ten columns."""
    return hashlib.sha256(_canonical.encode([*values, previous.hex()])).digest()


def expected_hash(entry: Entry) -> bytes:
    """What the entry's hash must be, computed anew."""
    values = msgspec.structs.astuple(entry)[:10]
    return entry_hash(values, entry.previous)


def read_head(cursor: Cursor, till_no: int) -> Head:
    """Where a till's journal ends; the beginning when there is no entry."""
    row = _head.one(cursor, till_no=till_no)
    return Head(*row) if row else Head()
