"""One write transaction per command: events into the journal, rows beside them, then the news."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from pos.clock import Clock, business_date
from pos.events import KIND_OF, Event, write_event
from pos.events.base import Change
from pos.ids import IdMaker
from pos.models.apply import apply
from pos.models.apply.newest import next_stamp
from pos.models.apply.numbers import last_number
from pos.models.engine import Book
from pos.models.journal import Draft, Entry, Head, append, put_back, read_head
from pos.models.prepared import Cursor
from pos.services.changes import Changes

if TYPE_CHECKING:
    import datetime as dt


class Transaction:
    """What a command may do while its transaction is open.

    `at` is UTC milliseconds and `business_date` ISO; both hold for all entries of the command.
    """

    def __init__(self, cursor: Cursor, head: Head, ids: IdMaker, at: int, date: str) -> None:
        self.cursor = cursor
        self.at = at
        self.business_date = date
        self._head = head
        self._ids = ids
        self.topics: set[str] = set()

    def new_id(self) -> int:
        """An id for something that is being made."""
        return self._ids.next()

    def next_number(self, name: str) -> int:
        """The next number of a kind of paper; taken when the event that bears it is applied."""
        return last_number(self.cursor, self._ids.till_no, name) + 1

    def append(self, event: Event, *, staff_id: int, approver_id: int = 0) -> Entry:
        """Write an event and apply it. A change is stamped as later than all that it replaces."""
        if isinstance(event, Change):
            event = msgspec.structs.replace(event, stamp=next_stamp(self.cursor, event, self.at))
        draft = Draft(
            till_no=self._ids.till_no,
            at=self.at,
            business_date=self.business_date,
            staff_id=staff_id,
            approver_id=approver_id,
            kind=KIND_OF[type(event)],
            last_id=self._ids.last_counter,
            body=write_event(event).decode(),
        )
        entry = append(self.cursor, self._head, draft)
        self._head = Head(entry.seq, entry.last_id, entry.hash, entry.at)
        apply(self.cursor, entry, event)
        return entry

    def take(self, entry: Entry) -> None:
        """Add an entry that was written elsewhere, and apply it.

        One of this till's own (a book restored from a backup gets back what came after) is what
        its next entry follows.
        """
        put_back(self.cursor, entry)
        apply(self.cursor, entry, entry.event())
        if entry.till_no == self._ids.till_no:
            self._head = Head(entry.seq, entry.last_id, entry.hash, entry.at)
            self._ids.last_counter = max(self._ids.last_counter, entry.last_id)

    def changed(self, *topics: str) -> None:
        """Announce these topics when the transaction is through."""
        self.topics.update(topics)


class UnitOfWork:
    """Opens transactions for one till."""

    def __init__(self, book: Book, clock: Clock, changes: Changes, till_no: int) -> None:
        self.book = book
        self.clock = clock
        self.changes = changes
        self.till_no = till_no
        self.zone = "Asia/Jakarta"
        self.cutoff_minutes = 240
        self.shift_date: dt.date | None = None

    @contextlib.contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction that commits at the end of the block, or leaves no trace."""
        at = self.clock.now_ms()
        today = business_date(at, self.zone, self.cutoff_minutes)
        date = (self.shift_date or today).isoformat()
        with self.book.transaction() as cursor:
            head = read_head(cursor, self.till_no)
            transaction = Transaction(cursor, head, IdMaker(self.till_no, head.last_id), at, date)
            yield transaction
        if transaction.topics:
            self.changes.publish(frozenset(transaction.topics))
