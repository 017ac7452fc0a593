"""One write transaction per command: events into the journal, rows beside them, then the news."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pos.clock import DEFAULT_ZONE, Clock, business_date, local
from pos.errors import ClockSetBackError
from pos.events import KIND_OF, ClockAccepted, Event, write_event
from pos.events.base import Change
from pos.formats import format_datetime
from pos.i18n import _
from pos.ids import IdMaker
from pos.models.engine import Book
from pos.models.entries import Head, read_head
from pos.models.prepared import Cursor
from pos.services.changes import Changes
from pos.services.roles import check_roles

if TYPE_CHECKING:
    import datetime as dt

    from pos.models.entries import Entry

# What events mean is loaded with the first one that is written: the sign-in screen needs none.

NUDGE_MS = 120_000
"""By so much a time server may set the clock back without anybody being asked."""


class Waiting(NamedTuple):
    """An entry that is written before the next one of this till (see `services/trace.py`).

    `written` is what the transaction that writes it does as well.
    """

    event: Event
    staff_id: int
    written: Callable[[Cursor], None]


class Transaction:
    """What a command may do while its transaction is open.

    `at` is UTC milliseconds and `business_date` ISO; both hold for all entries of the command.
    """

    def __init__(
        self,
        cursor: Cursor,
        head: Head,
        ids: IdMaker,
        at: int,
        date: str,
        *,
        zone: str = DEFAULT_ZONE,
        waiting: Waiting | None = None,
    ) -> None:
        self.cursor = cursor
        self.waiting = waiting
        self.at = at
        self.business_date = date
        self._head = head
        self._ids = ids
        self._zone = zone
        self.topics: set[str] = set()

    def new_id(self) -> int:
        """An id for something that is being made."""
        return self._ids.next()

    def next_number(self, name: str) -> int:
        """The next number of a kind of paper; taken when the event that bears it is applied."""
        from pos.models.apply.numbers import last_number

        return last_number(self.cursor, self._ids.till_no, name) + 1

    def append(self, event: Event, *, staff_id: int, approver_id: int = 0) -> "Entry":
        """Write an event and apply it. A change is stamped as later than all that it replaces.

        Raises ClockSetBackError where the clock shows a time before the last entry, unless the
        event is a manager's word about just that.
        """
        from pos.models.apply import apply
        from pos.models.apply.newest import next_stamp
        from pos.models.journal import Draft, append

        if self.at < self._head.at and not isinstance(event, ClockAccepted):
            raise ClockSetBackError(set_back_sentence(self.at, self._head.at, self._zone))
        if self.waiting is not None and not isinstance(event, ClockAccepted):
            before, self.waiting = self.waiting, None
            self.append(before.event, staff_id=before.staff_id)
            before.written(self.cursor)
        check_roles(self.cursor, event, staff_id, approver_id)
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

    def enter(self, entries: "Iterable[Entry]") -> None:
        """Add entries that were written elsewhere to the journal; each is to be applied (`take`)."""
        from pos.models.journal import put_back

        put_back(self.cursor, entries)

    def take(self, entry: "Entry") -> None:
        """Apply an entry that was written elsewhere and is in the journal now.

        One of this till's own (a book restored from a backup gets back what came after) is what
        its next entry follows.
        """
        from pos.models.apply import apply

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
        self.waiting: Waiting | None = None

    def clock_behind(self) -> tuple[int, int] | None:
        """(now, last entry) in UTC milliseconds where the clock was set back, else None."""
        now, last = self.clock.now_ms(), read_head(self.book.reader(), self.till_no).at
        return (now, last) if _moment(now, last) < last else None

    @contextlib.contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Transaction]:
        """A transaction that commits at the end of the block, or leaves no trace.

        What a power cut may undo, nobody the worse, need not be `durable` (see `Book.transaction`).
        """
        try:
            with self.book.transaction(durable=durable) as cursor:
                head = read_head(cursor, self.till_no)
                at = _moment(self.clock.now_ms(), head.at)
                today = business_date(at, self.zone, self.cutoff_minutes)
                date = (self.shift_date or today).isoformat()
                ids = IdMaker(self.till_no, head.last_id)
                transaction = Transaction(
                    cursor, head, ids, at, date, zone=self.zone, waiting=self.waiting
                )
                yield transaction
        except ClockSetBackError:
            self.changes.publish(frozenset({"clock"}))
            raise
        self.waiting = transaction.waiting
        if transaction.topics:
            self.changes.publish(frozenset(transaction.topics))


def _moment(now: int, last: int) -> int:
    """The time that an entry gets: a clock that is set right by a little makes none older."""
    return last if 0 < last - now <= NUDGE_MS else now


def set_back_sentence(now: int, last: int, zone: str) -> str:
    """What is wrong with the clock, and what to do about it."""
    return _(
        "The clock of this computer says {now}, but the last entry is from {last}. "
        "Set the clock, or let a manager confirm it in the settings."
    ).format(now=format_datetime(local(now, zone)), last=format_datetime(local(last, zone)))
