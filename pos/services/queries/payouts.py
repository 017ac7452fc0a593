"""Payouts as they were: the list, and everything that a slip says, at any time later."""

import datetime as dt

import msgspec
from sqlalchemy import ColumnElement, Subquery, and_, bindparam, func, or_, select

from pos.clock import local
from pos.models.catalog import contact_cards, sellers
from pos.models.consignment import payout_left_out, payout_undos, payouts
from pos.models.engine import Book
from pos.models.journal import journal
from pos.models.prepared import Cursor, Prepared
from pos.models.tills import payout_reach
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.notes import written
from pos.services.queries.statement import (
    END,
    StatementLine,
    account_rows,
    due,
    goods_rows,
    statement_line,
)
from pos.services.queries.statement_sources import till_of_id


class PayoutRow(msgspec.Struct, frozen=True):
    """A payout in a list; `undone` was taken back on its day."""

    payout_id: int
    number: str
    business_date: dt.date
    method: str
    amount: int
    undone: bool


class PaidSlip(msgspec.Struct, frozen=True):
    """A payout with all that its slip says (rupiah); `left_out` lines were in dispute."""

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
_left_out_then = (
    select(payout_left_out.c.line_id)
    .where(payout_left_out.c.payout_id == bindparam("payout_before"))
    .scalar_subquery()
)


def _reach_of(payout_id: str, rows: Subquery) -> ColumnElement[int]:
    """Up to which id of the till of a line a payout settled; 0 for nothing."""
    found = (
        select(payout_reach.c.upto_id)
        .where(
            payout_reach.c.payout_id == bindparam(payout_id),
            payout_reach.c.till_no == till_of_id(rows.c.id),
        )
        .correlate(rows)
        .scalar_subquery()
    )
    return func.coalesce(found, 0)


_open_then = Prepared(
    select(goods_rows)
    .where(
        goods_rows.c.id <= _reach_of("payout_id", goods_rows),
        (goods_rows.c.id > _reach_of("payout_before", goods_rows))
        | goods_rows.c.id.in_(_left_out_then),
    )
    .order_by(goods_rows.c.id)
)
_disputed = Prepared(
    select(payout_left_out.c.line_id).where(payout_left_out.c.payout_id == bindparam("payout_id"))
)
_paying = (account_rows.c.kind == "payout") | (account_rows.c.kind == "undo")
_since = Prepared(
    select(func.coalesce(func.sum(account_rows.c.amount), 0)).where(
        or_(
            and_(_paying, account_rows.c.id >= bindparam("payout_id")),
            and_(~_paying, account_rows.c.id > _reach_of("payout_id", account_rows)),
        )
    )
)
"""What moved the account since a payout: lines that it did not know, payouts from it on."""


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
        at = cursor or self._book.reader()
        row = _one.one(at, payout_id=payout_id)
        if row is None:
            raise KeyError(payout_id)
        _id, number, entry_id, seller_id, method, reference, note, amount, advance = row[:9]
        at_ms, staff = written(at, entry_id)
        whose = {"seller_id": seller_id, "stand_id": row[15], "payout_id": payout_id}
        last = _before.one(at, **whose) or (0, 0)
        there = tuple(
            statement_line(line, self._zone)
            for line in _open_then.all(at, **whose, payout_before=last[0])
        )
        disputed = {line[0] for line in _disputed.all(at, payout_id=payout_id)}
        later = _since.one(at, **whose) or (0,)
        owed = due(at, row[15], seller_id) - int(later[0])
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
            lines=tuple(line for line in there if line.line_id not in disputed),
            left_out=len(disputed),
            carried=owed - sum(line.amount for line in there),
            carried_from=paper_number(LETTERS["payout"], last[1]) if last[1] else "",
            undone_at=local(row[13], self._zone) if row[13] is not None else None,
        )
