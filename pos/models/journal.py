"""The journal: append, chain, read. Insert-only; triggers refuse everything else.

The hash of an entry covers all of it and the hash before it (SHA-256 over a canonical JSON list),
so no entry can be changed, dropped or moved without breaking every hash after it.
"""

from collections.abc import Generator, Iterable, Iterator

import msgspec
from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    LargeBinary,
    UniqueConstraint,
    bindparam,
    select,
)

from pos.ids import COUNTER_BITS
from pos.models.base import JOURNAL, key, number, table, text
from pos.models.entries import Entry, Head, entry_hash
from pos.models.prepared import Cursor, Prepared, insert_into

journal = table(
    "journal",
    JOURNAL,
    key(),
    number("till_no"),
    number("seq"),
    number("at"),
    text("business_date"),
    number("staff_id"),
    number("approver_id"),
    text("kind"),
    number("last_id"),
    text("body"),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    CheckConstraint(f"id = till_no * {1 << COUNTER_BITS} + seq", name="id"),
    CheckConstraint("length(hash) = 32 AND length(previous) = 32", name="hash"),
    UniqueConstraint("till_no", "seq"),
    Index(None, "business_date"),
)

TRIGGERS = {
    f"journal_no_{verb.lower()}": (
        f"CREATE TRIGGER journal_no_{verb.lower()} BEFORE {verb} ON journal "
        "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    )
    for verb in ("UPDATE", "DELETE")
}
"""REPLACE is refused through the DELETE trigger, as recursive_triggers is on."""


_append = insert_into(journal)
_walk = Prepared(select(journal).where(journal.c.id > bindparam("after")).order_by(journal.c.id))
_of_till = Prepared(
    select(journal)
    .where(journal.c.till_no == bindparam("till_no"), journal.c.seq > bindparam("after"))
    .order_by(journal.c.seq)
)
_tills = Prepared(select(journal.c.till_no).distinct().order_by(journal.c.till_no))


class Draft(msgspec.Struct, frozen=True):
    """An entry before the journal gives it its place and its hash."""

    till_no: int
    at: int
    business_date: str
    staff_id: int
    approver_id: int
    kind: str
    last_id: int
    body: str


def append(cursor: Cursor, head: Head, draft: Draft) -> Entry:
    """Write the next entry after `head` and return it."""
    seq = head.seq + 1
    entry_id = (draft.till_no << COUNTER_BITS) + seq
    values = (
        entry_id,
        draft.till_no,
        seq,
        draft.at,
        draft.business_date,
        draft.staff_id,
        draft.approver_id,
        draft.kind,
        draft.last_id,
        draft.body,
    )
    digest = entry_hash(values, head.hash)
    cursor.execute(_append.sql, (*values, head.hash, digest))
    return Entry(*values, head.hash, digest)


def tills_in(cursor: Cursor) -> tuple[int, ...]:
    """The tills of which there are entries."""
    return tuple(row[0] for row in _tills.all(cursor))


def walk_till(cursor: Cursor, till_no: int, after: int = 0) -> Iterator[Entry]:
    """One till's entries behind a sequence number, in order."""
    return (Entry(*row) for row in _of_till.each(cursor, till_no=till_no, after=after))


def walk(cursor: Cursor, after: int = 0) -> Generator[Entry]:
    """All entries behind an id, till by till, in order."""
    return (Entry(*row) for row in _walk.each(cursor, after=after))


def put_back(cursor: Cursor, entries: Iterable[Entry]) -> None:
    """Write entries that already have their place and hash: they come from another file."""
    cursor.executemany(_append.sql, [msgspec.structs.astuple(entry) for entry in entries])
