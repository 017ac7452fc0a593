"""A seller's account: every line that moved it, the running balance, and what is open for payout.

The statement is read from the rows that the events left (sale lines, returns, losses, payouts)
at one stand; ids are given in order, so ordering by id is ordering by time within a till.
"""

import datetime as dt
from typing import Any, Literal

import msgspec
from sqlalchemy import BindParameter, Select, bindparam, or_, select, union_all

from pos.clock import local
from pos.models.consignment import payouts
from pos.models.engine import Book
from pos.models.ledger import balance
from pos.models.orders import order_advances, orders
from pos.models.prepared import Cursor, Prepared, Row
from pos.services.papers import paper_number
from pos.services.queries.open_lines import STANDING, more_sold_than, open_now
from pos.services.queries.statement_sources import SELLER, STAND, sources
from pos.services.queries.statement_sums import newer

LineKind = Literal[
    "sale", "return", "void", "loss", "damage", "unrecorded", "kept", "advance", "payout", "undo"
]


class StatementLine(msgspec.Struct, frozen=True):
    """One line of the account (rupiah). `amount` is what it adds to what the stand owes.

    `price` is what the buyer paid or got back, `commission` the stand's part, `balance` what the
    stand owed after this line.
    """

    line_id: int
    kind: LineKind
    at: dt.datetime
    business_date: dt.date
    paper: str
    name: str
    qty: int
    price: int
    commission: int
    amount: int
    balance: int = 0

    @property
    def stand_discount(self) -> int:
        """What the stand bore of a discount: seller's and stand's part come to so much more."""
        sold = self.kind in {"sale", "return", "void"}
        return self.amount + self.commission - self.price if sold else 0


class OpenAccount(msgspec.Struct, frozen=True):
    """What a payout can settle: open lines, and what earlier payouts left over (either sign).

    `pending` are advances for orders that are not handed over yet: they are set off when they are.
    """

    seller_id: int
    lines: tuple[StatementLine, ...]
    carried: int
    carried_from: str
    pending: tuple[StatementLine, ...] = ()

    @property
    def due(self) -> int:
        """What can be paid in all; negative when the seller owes the stand."""
        return self.carried + sum(line.amount for line in self.lines)


_before: BindParameter[int] = bindparam("before")


def _newest(source: Select[Any]) -> Select[Any]:
    """A source's newest rows: each is cut to a page, so that a long account sorts no more."""
    rows = source.subquery()
    asked = (
        select(rows)
        .where(rows.c.id < _before, rows.c.business_date >= bindparam("from_date"))
        .order_by(rows.c.id.desc())
        .limit(bindparam("limit"))
    )
    return select(asked.subquery())


_newest_rows = union_all(*(_newest(source) for source in sources())).subquery()
_page = Prepared(select(_newest_rows).order_by(_newest_rows.c.id.desc()).limit(bindparam("limit")))
newest_goods = union_all(*(_newest(source) for source in sources()[:5])).subquery()
"""What the pieces brought, the account without its payouts: of each source as many rows as a page
has, bound by `before`, `from_date`, `limit`."""
_waits = or_(*(orders.c.state == state for state in ("ordered", "confirmed", "making", "ready")))
_pending = Prepared(
    select(order_advances.c.id)
    .select_from(order_advances.join(orders, orders.c.id == order_advances.c.order_id))
    .where(order_advances.c.seller_id == SELLER, order_advances.c.stand_id == STAND, _waits)
)
_last_payout = Prepared(
    select(payouts.c.id, payouts.c.number, payouts.c.amount, payouts.c.business_date)
    .where(*STANDING)
    .order_by(payouts.c.at.desc(), payouts.c.id.desc())
    .limit(1)
)
END = (1 << 63) - 1


class LastPayout(msgspec.Struct, frozen=True):
    """The last payout that stands."""

    payout_id: int
    number: str
    amount: int
    business_date: dt.date


class StatementQueries:
    """Reads of one stand's seller accounts."""

    def __init__(self, book: Book, stand_id: int, zone: str) -> None:
        self._book = book
        self._stand_id = stand_id
        self._zone = zone

    def due(self, seller_id: int) -> int:
        """What the stand owes a seller: one row, whatever the book's age."""
        return due(self._book.reader(), self._stand_id, seller_id)

    def is_long(self, seller_id: int, lines: int) -> bool:
        """Whether more lines than that may be open: read such an account beside the screen."""
        whose = {"seller_id": seller_id, "stand_id": self._stand_id}
        return more_sold_than(self._book.reader(), whose, lines)

    def page(
        self, seller_id: int, *, limit: int = 50, before: int = END, since: dt.date | None = None
    ) -> tuple[StatementLine, ...]:
        """Lines newest first, with the running balance; `before` is the last id of the page before."""
        whose = {"seller_id": seller_id, "stand_id": self._stand_id}
        with self._book.snapshot() as cursor:
            newest = newer.one(cursor, **whose, before=before) or (0,)
            running = due(cursor, self._stand_id, seller_id) - int(newest[0])
            rows = _page.all(
                cursor,
                **whose,
                before=before,
                from_date=since.isoformat() if since else "",
                limit=limit,
            )
        found = []
        for row in rows:
            line = statement_line(row, self._zone, running)
            found.append(line)
            running -= line.amount
        return tuple(found)

    def last_payout(self, seller_id: int, *, stand_id: int = 0) -> LastPayout | None:
        """The last payout that was not taken back, here unless another stand is named."""
        stand = stand_id or self._stand_id
        row = _last_payout.one(self._book.reader(), seller_id=seller_id, stand_id=stand)
        if row is None:
            return None
        return LastPayout(row[0], paper_number("S", row[1]), row[2], dt.date.fromisoformat(row[3]))

    def open_account(
        self, seller_id: int, cursor: Cursor | None = None, *, stand_id: int = 0
    ) -> OpenAccount:
        """What a payout can settle now, at this stand unless another is named."""
        stand = stand_id or self._stand_id
        if cursor is not None:
            return self._open_account(cursor, seller_id, stand)
        with self._book.snapshot() as at:
            return self._open_account(at, seller_id, stand)

    def _open_account(self, at: Cursor, seller_id: int, stand: int) -> OpenAccount:
        whose = {"seller_id": seller_id, "stand_id": stand}
        last = _last_payout.one(at, **whose)
        payout_id, number = (last[0], last[1]) if last else (0, 0)
        found = [statement_line(row, self._zone) for row in open_now(at, whose, payout_id)]
        waiting = {row[0] for row in _pending.all(at, **whose)}
        carried = due(at, stand, seller_id) - sum(line.amount for line in found)
        return OpenAccount(
            seller_id,
            tuple(line for line in found if line.line_id not in waiting),
            carried,
            paper_number("S", number) if number else "",
            tuple(line for line in found if line.line_id in waiting),
        )


def statement_line(row: Row, zone: str, running: int = 0) -> StatementLine:
    """A row of a selection of `sources`, with the balance after it."""
    id_, kind, at, date, prefix, number, name, qty, price, commission, amount = row
    return StatementLine(
        line_id=id_,
        kind=kind,
        at=local(at, zone),
        business_date=dt.date.fromisoformat(date),
        paper=paper_number(prefix, number) if number else "",
        name=name,
        qty=qty,
        price=price,
        commission=commission,
        amount=amount,
        balance=running,
    )


def due(cursor: Cursor, stand_id: int, seller_id: int) -> int:
    """What the stand owes a seller, in rupiah; negative when the seller owes the stand."""
    return -balance(cursor, "seller", stand_id, seller_id)
