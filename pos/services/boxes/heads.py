"""How far this book has each till's journal: read from the journal itself, never kept beside it."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, select

from pos.clock import local
from pos.events import Seen
from pos.models.engine import Book
from pos.models.entries import GENESIS, read_head
from pos.models.journal import journal
from pos.models.prepared import Cursor, Prepared
from pos.models.stands import stands, tills
from pos.models.tills import sightings

_tills = Prepared(
    select(
        tills.c.till_no,
        tills.c.code,
        tills.c.prefix,
        stands.c.id,
        stands.c.code,
        stands.c.name,
    )
    .select_from(tills.join(stands, stands.c.id == tills.c.stand_id))
    .order_by(tills.c.till_no)
)
_hash_at = Prepared(
    select(journal.c.hash).where(
        journal.c.till_no == bindparam("till_no"), journal.c.seq == bindparam("seq")
    )
)
_seen_by = Prepared(
    select(sightings.c.seen_till, sightings.c.seq).where(
        sightings.c.till_no == bindparam("till_no")
    )
)


class KnownTill(msgspec.Struct, frozen=True):
    """A till and how far its journal is here; `at` is when its last entry here was written."""

    till_no: int
    till_code: str
    prefix: str
    stand_id: int
    stand_code: str
    stand_name: str
    seq: int
    hash: bytes
    at: int

    def when(self, zone: str) -> dt.datetime:
        """Up to when this book knows of it, in local time."""
        return local(self.at, zone)


def known_tills(cursor: Cursor) -> tuple[KnownTill, ...]:
    """Every till of which there is a journal here."""
    found = []
    for row in _tills.all(cursor):
        head = read_head(cursor, row[0])
        found.append(KnownTill(*(*row, head.seq, head.hash, head.at)))
    return tuple(found)


def hash_at(cursor: Cursor, till_no: int, seq: int) -> bytes | None:
    """The hash of an entry here; the genesis hash for 0; None when the entry is not here."""
    if seq == 0:
        return GENESIS
    row = _hash_at.one(cursor, till_no=till_no, seq=seq)
    return bytes(row[0]) if row else None


def seen_by(cursor: Cursor, till_no: int) -> dict[int, int]:
    """How far another till has each journal, as far as this book can know."""
    seen = {row[0]: row[1] for row in _seen_by.all(cursor, till_no=till_no)}
    seen[till_no] = read_head(cursor, till_no).seq
    return seen


def seen_here(cursor: Cursor) -> tuple[Seen, ...]:
    """Everything in the book, for the first entry of a till that starts from a box."""
    return tuple(Seen(till.till_no, till.seq, till.hash.hex()) for till in known_tills(cursor))


class Heads:
    """The same for screens."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def known(self) -> tuple[KnownTill, ...]:
        """Every till here, this one included."""
        return known_tills(self._book.reader())
