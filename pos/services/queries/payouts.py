"""Payouts as they were: the list, and everything that a slip says, at any time later."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, func, select

from pos.clock import local
from pos.models.catalog import contact_cards, sellers
from pos.models.consignment import payout_left_out, payout_undos, payouts
from pos.models.engine import Book
from pos.models.journal import journal
from pos.models.prepared import Cursor, Prepared
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.notes import written
from pos.services.queries.open_lines import settled_by
from pos.services.queries.statement import END, StatementLine, due, statement_line
from pos.services.queries.statement_sums import moved_since_payout


class PayoutRow(msgspec.Struct, frozen=True):
    """A payout in a list; `undone` was taken back on its day."""

    payout_id: int
    number: str
    business_date: dt.date
    method: str
    amount: int
    undone: bool


class PaidSlip(msgspec.Struct, frozen=True):
    """A payout with all that its slip says (rupiah); `left_out` lines stay open, as in dispute.

    `waiting` are advances for orders not handed over yet: set off when they are.
    """

    payout_id: int
    number: str
    at_ms: int
    staff: str
    entry_hash: str
    seller_id: int
    seller_code: str
    workshop: str
    maker: str
    bank: str
    method: str
    reference: str
    note: str
    amount: int
    advance: int
    lines: tuple[StatementLine, ...]
    left_out: int
    carried: int
    carried_from: str
    undone_at: dt.datetime | None
    waiting: int = 0


_list = Prepared(
    select(
        payouts.c.id,
        payouts.c.number,
        payouts.c.business_date,
        payouts.c.method,
        payouts.c.amount,
        payouts.c.undone,
    )
    .where(payouts.c.seller_id == bindparam("seller_id"), payouts.c.id < bindparam("before"))
    .order_by(payouts.c.id.desc())
    .limit(bindparam("limit"))
)
_of_day = Prepared(
    select(payouts.c.id)
    .where(
        payouts.c.stand_id == bindparam("stand_id"),
        payouts.c.business_date == bindparam("day"),
        payouts.c.undone == 0,
    )
    .order_by(payouts.c.id)
)
_one = Prepared(
    select(
        payouts.c.id,
        payouts.c.number,
        payouts.c.entry_id,
        payouts.c.seller_id,
        payouts.c.method,
        payouts.c.reference,
        payouts.c.note,
        payouts.c.amount,
        payouts.c.advance,
        sellers.c.code,
        sellers.c.workshop,
        func.coalesce(contact_cards.c.name, ""),
        func.coalesce(contact_cards.c.bank, ""),
        payout_undos.c.at,
        journal.c.hash,
        payouts.c.stand_id,
    )
    .select_from(
        payouts.join(sellers, sellers.c.id == payouts.c.seller_id)
        .join(journal, journal.c.id == payouts.c.entry_id)
        .outerjoin(contact_cards, contact_cards.c.id == sellers.c.contact_id)
        .outerjoin(payout_undos, payout_undos.c.payout_id == payouts.c.id)
    )
    .where(payouts.c.id == bindparam("payout_id"))
)
_taken_back_before = (
    select(payout_undos.c.id)
    .where(payout_undos.c.payout_id == payouts.c.id, payout_undos.c.id < bindparam("payout_id"))
    .exists()
)
_before = Prepared(
    select(payouts.c.id, payouts.c.number)
    .where(
        payouts.c.seller_id == bindparam("seller_id"),
        payouts.c.stand_id == bindparam("stand_id"),
        payouts.c.id < bindparam("payout_id"),
        ~_taken_back_before,
    )
    .order_by(payouts.c.id.desc())
    .limit(1)
)
_left_out = Prepared(
    select(payout_left_out.c.line_id).where(payout_left_out.c.payout_id == bindparam("payout_id"))
)


class PayoutQueries:
    """Reads of one stand's payouts."""

    def __init__(self, book: Book, stand_id: int, zone: str) -> None:
        self._book = book
        self._stand_id = stand_id
        self._zone = zone

    def list_of(
        self, seller_id: int, *, limit: int = 50, before: int = END
    ) -> tuple[PayoutRow, ...]:
        """A seller's payouts, newest first."""
        rows = _list.all(self._book.reader(), seller_id=seller_id, before=before, limit=limit)
        return tuple(
            PayoutRow(
                row[0],
                paper_number(LETTERS["payout"], row[1]),
                dt.date.fromisoformat(row[2]),
                row[3],
                row[4],
                bool(row[5]),
            )
            for row in rows
        )

    def of_day(self, day: dt.date) -> tuple[int, ...]:
        """The ids of a day's payouts that were not taken back, in their order."""
        rows = _of_day.all(self._book.reader(), stand_id=self._stand_id, day=day.isoformat())
        return tuple(row[0] for row in rows)

    def slip(self, payout_id: int, cursor: Cursor | None = None) -> PaidSlip:
        """A payout as it was on its day. Raises KeyError for an unknown id."""
        if cursor is not None:
            return self._slip(cursor, payout_id)
        with self._book.snapshot() as at:
            return self._slip(at, payout_id)

    def _slip(self, at: Cursor, payout_id: int) -> PaidSlip:
        row = _one.one(at, payout_id=payout_id)
        if row is None:
            raise KeyError(payout_id)
        _id, number, entry_id, seller_id, method, reference, note, amount, advance = row[:9]
        at_ms, staff = written(at, entry_id)
        whose = {"seller_id": seller_id, "stand_id": row[15]}
        last = _before.one(at, **whose, payout_id=payout_id) or (0, 0)
        rows = settled_by(at, whose, payout_id, last[0])
        there = tuple(statement_line(line, self._zone) for line in rows)
        passed_over = {line[0] for line in _left_out.all(at, payout_id=payout_id)}
        still_open = [line for line in there if line.line_id in passed_over]
        lent = [line for line in still_open if line.kind == "advance"]
        owed = due(at, row[15], seller_id) - moved_since_payout(at, **whose, payout_id=payout_id)
        return PaidSlip(
            payout_id=payout_id,
            number=paper_number(LETTERS["payout"], number),
            at_ms=at_ms,
            staff=staff,
            entry_hash=bytes(row[14]).hex(),
            seller_id=seller_id,
            seller_code=row[9],
            workshop=row[10],
            maker=row[11],
            bank=row[12],
            method=method,
            reference=reference,
            note=note,
            amount=amount,
            advance=advance,
            lines=tuple(line for line in there if line.line_id not in passed_over),
            left_out=len(still_open) - len(lent),
            carried=owed - sum(line.amount for line in there),
            carried_from=paper_number(LETTERS["payout"], last[1]) if last[1] else "",
            undone_at=local(row[13], self._zone) if row[13] is not None else None,
            waiting=-sum(line.amount for line in lent),
        )
