"""A seller's account: every line that moved it, the running balance, and what is open for payout.

The statement is read from the rows that the events left (sale lines, returns, losses, payouts)
at one stand; ids are given in order, so ordering by id is ordering by time within a till.
"""

import datetime as dt
from typing import Literal

import msgspec

from pos.clock import local
from pos.models.engine import Book
from pos.models.ledger import balance
from pos.models.prepared import Cursor, Row
from pos.services.papers import paper_number
from pos.services.queries.account_rows import last_payout, newer_sum, open_lines, page_rows

LineKind = Literal["sale", "return", "void", "loss", "damage", "unrecorded", "payout", "undo"]


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


class OpenAccount(msgspec.Struct, frozen=True):
    """What a payout can settle: open lines, and what earlier payouts left over (either sign)."""

    seller_id: int
    lines: tuple[StatementLine, ...]
    carried: int
    carried_from: str

    @property
    def due(self) -> int:
        """What the stand owes in all; negative when the seller owes the stand."""
        return self.carried + sum(line.amount for line in self.lines)


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

    def page(
        self, seller_id: int, *, limit: int = 50, before: int = END, since: dt.date | None = None
    ) -> tuple[StatementLine, ...]:
        """Lines newest first, with the running balance; `before` is the last id of the page before."""
        cursor = self._book.reader()
        stand = self._stand_id
        newer = newer_sum.one(cursor, seller_id=seller_id, stand_id=stand, before=before) or (0,)
        running = due(cursor, self._stand_id, seller_id) - int(newer[0])
        rows = page_rows.all(
            cursor,
            seller_id=seller_id,
            stand_id=stand,
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
        row = last_payout.one(self._book.reader(), seller_id=seller_id, stand_id=stand)
        if row is None:
            return None
        return LastPayout(row[0], paper_number("S", row[1]), row[2], dt.date.fromisoformat(row[3]))

    def open_account(
        self, seller_id: int, cursor: Cursor | None = None, *, stand_id: int = 0
    ) -> OpenAccount:
        """What a payout can settle now, at this stand unless another is named."""
        at = cursor or self._book.reader()
        stand = stand_id or self._stand_id
        last = last_payout.one(at, seller_id=seller_id, stand_id=stand)
        payout_id, number = (last[0], last[1]) if last else (0, 0)
        rows = open_lines.all(at, seller_id=seller_id, stand_id=stand, payout_id=payout_id)
        lines = tuple(statement_line(row, self._zone) for row in rows)
        carried = due(at, stand, seller_id) - sum(line.amount for line in lines)
        return OpenAccount(seller_id, lines, carried, paper_number("S", number) if number else "")


def statement_line(row: Row, zone: str, running: int = 0) -> StatementLine:
    """A row of `account_rows` or `goods_rows`, with the balance after it."""
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
