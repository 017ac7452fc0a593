"""Closed shifts: which there are, and their Z papers built anew from the book."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, func, select

from pos.clock import local
from pos.events import ShiftClosed, read_event
from pos.models.catalog import contact_cards
from pos.models.engine import Book
from pos.models.journal import journal
from pos.models.prepared import Cursor, Prepared
from pos.models.sales import payments
from pos.models.shifts import shift_closings, shift_left_open, shifts
from pos.models.stands import staff
from pos.receipts.documents_shift import ShiftPaper
from pos.services.paper_heads import paper_head
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.people import staff_name
from pos.services.queries.prepaid import PAID_FOR, PAPER, paid_paper
from pos.services.queries.shifts import OpenPayment, OpenShift, ShiftQueries
from pos.services.receipt_papers import Letterhead
from pos.services.shift_papers import closing_paper


class ClosingRow(msgspec.Struct, frozen=True):
    """A Z that is in the book (rupiah)."""

    closing_id: int
    number: str
    at: dt.datetime
    closed_by: str
    business_date: dt.date
    over_short: int
    entry_hash: str


_opener = staff.alias("opener")
_opener_card = contact_cards.alias("opener_card")
_closed = (
    select(
        shift_closings.c.id,
        shift_closings.c.number,
        shift_closings.c.at,
        func.coalesce(contact_cards.c.name, ""),
        shifts.c.business_date,
        shift_closings.c.over_short,
        journal.c.hash,
        journal.c.kind,
        journal.c.body,
        shifts.c.id,
        shifts.c.at,
        func.coalesce(_opener_card.c.name, ""),
        shifts.c.opening,
    )
    .select_from(
        shift_closings.join(shifts, shifts.c.id == shift_closings.c.shift_id)
        .join(journal, journal.c.id == shift_closings.c.entry_id)
        .join(staff, staff.c.id == shift_closings.c.staff_id)
        .outerjoin(contact_cards, contact_cards.c.id == staff.c.contact_id)
        .join(_opener, _opener.c.id == shifts.c.staff_id)
        .outerjoin(_opener_card, _opener_card.c.id == _opener.c.contact_id)
    )
    .where(shift_closings.c.till_no == bindparam("till_no"))
)
_newest = Prepared(_closed.order_by(shift_closings.c.id.desc()).limit(bindparam("limit")))
_one = Prepared(_closed.where(shift_closings.c.id == bindparam("closing_id")))
_left_open = Prepared(
    select(
        payments.c.id,
        *PAPER,
        payments.c.method,
        payments.c.amount,
        shift_left_open.c.staff_id,
    )
    .select_from(PAID_FOR.join(shift_left_open, payments.c.id == shift_left_open.c.payment_id))
    .where(shift_left_open.c.closing_id == bindparam("closing_id"))
    .order_by(payments.c.id)
)


class ClosingQueries:
    """Reads about this till's Z reports."""

    def __init__(self, book: Book, shift_queries: ShiftQueries, till_no: int, zone: str) -> None:
        self._book = book
        self._shifts = shift_queries
        self._till_no = till_no
        self._zone = zone

    def last(self) -> ClosingRow | None:
        """The newest Z."""
        return next(iter(self.recent(1)), None)

    def recent(self, limit: int = 60) -> tuple[ClosingRow, ...]:
        """The newest Zs, newest first."""
        rows = _newest.all(self._book.reader(), till_no=self._till_no, limit=limit)
        return tuple(
            ClosingRow(
                closing_id=closing_id,
                number=paper_number(LETTERS["z"], number),
                at=local(at, self._zone),
                closed_by=closed_by,
                business_date=dt.date.fromisoformat(date),
                over_short=over_short,
                entry_hash=bytes(digest).hex(),
            )
            for closing_id, number, at, closed_by, date, over_short, digest, *_rest in rows
        )

    def paper(
        self, closing_id: int, letterhead: Letterhead, copied_at: dt.datetime, cursor: Cursor
    ) -> ShiftPaper:
        """A Z as it was, marked as a copy. Raises KeyError for one that is not this till's."""
        row = _one.one(cursor, till_no=self._till_no, closing_id=closing_id)
        if row is None:
            raise KeyError(closing_id)
        _id, number, at, closed_by, date, _difference, digest, kind, body = row[:9]
        shift_id, opened_at, opened_by, opening = row[9:]
        event = read_event(kind, body)
        if not isinstance(event, ShiftClosed):
            raise TypeError(kind)
        shift = OpenShift(
            shift_id,
            local(opened_at, self._zone),
            dt.date.fromisoformat(date),
            opened_by,
            opening,
        )
        figures = self._shifts.figures(shift, before=closing_id, cursor=cursor)
        left_open = tuple(
            OpenPayment(
                payment_id,
                paid_paper(prefix, number, order_id),
                method,
                amount,
                staff_name(cursor, by),
            )
            for payment_id, prefix, number, order_id, method, amount, by in _left_open.all(
                cursor, closing_id=closing_id
            )
        )
        head = paper_head(
            letterhead,
            paper_number(LETTERS["z"], number),
            at,
            closed_by,
            entry_hash=bytes(digest).hex(),
            copied_at=copied_at,
        )
        return closing_paper(head, shift, figures, event, left_open)
