"""The shelf: what is on hand, how it came and went, and the slips of what the sellers took back."""

import datetime as dt
from typing import Literal

import msgspec
from sqlalchemy import BindParameter, ColumnElement, bindparam, case, func, select
from sqlalchemy import text as sql_text

from pos.cart import ItemKind
from pos.clock import local
from pos.events.consignment import Channel, LossKind, WithdrawalReason
from pos.events.goods import LossBasis
from pos.models.catalog import (
    categories,
    consignment_notes,
    contact_cards,
    items,
    sellers,
    stock,
    stock_moves,
)
from pos.models.consignment import (
    corrections,
    loss_lines,
    losses,
    stock_counts,
    withdrawal_lines,
    withdrawals,
)
from pos.models.engine import Book
from pos.models.journal import journal
from pos.models.prepared import Cursor, Prepared, Row
from pos.models.returns import returns
from pos.models.sales import sales
from pos.models.stands import staff, tills
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.notes import written
from pos.services.queries.statement import END
from pos.terms import Bearer

MoveKind = Literal[
    "intake", "sale", "return", "withdrawal", "transfer", "loss", "damage", "correction"
]


class ShelfRow(msgspec.Struct, frozen=True):
    """An item with pieces in the book; `on_hand` below zero: sold more than was taken in."""

    item_id: int
    code: str
    name: str
    kind: ItemKind
    price: int
    seller_id: int
    seller_code: str
    category: str
    on_hand: int
    picture: str


class StockMove(msgspec.Struct, frozen=True):
    """Pieces that came (positive) or went; `left` were on hand after it."""

    entry_id: int
    no: int
    kind: MoveKind
    qty: int
    at: dt.datetime
    business_date: dt.date
    paper: str
    staff: str
    reason: str
    left: int


class SlipLine(msgspec.Struct, frozen=True):
    """Pieces of one item that went back; `price` is today's at the stand, in rupiah."""

    item_id: int
    code: str
    name: str
    price: int
    qty: int
    online_price: int


class WithdrawalSlip(msgspec.Struct, frozen=True):
    """A withdrawal with all that its paper says."""

    withdrawal_id: int
    number: str
    at: dt.datetime
    staff: str
    seller_id: int
    seller_code: str
    workshop: str
    maker: str
    reason: WithdrawalReason
    channel: Channel
    note: str
    lines: tuple[SlipLine, ...]

    @property
    def pieces(self) -> int:
        """Pieces that went back."""
        return sum(line.qty for line in self.lines)


class WithdrawalRow(msgspec.Struct, frozen=True):
    """A withdrawal in the list."""

    withdrawal_id: int
    number: str
    at: dt.datetime
    seller_id: int
    seller_code: str
    workshop: str
    reason: WithdrawalReason
    channel: Channel
    pieces: int


class LossRow(msgspec.Struct, frozen=True):
    """Pieces lost or damaged; `owed` is what the stand owes the seller for them, in rupiah."""

    item_id: int
    code: str
    name: str
    seller_id: int
    seller_code: str
    kind: LossKind
    qty: int
    bearer: Bearer
    basis: LossBasis
    owed: int


class LossSlip(msgspec.Struct, frozen=True):
    """A loss with all that its paper says."""

    loss_id: int
    number: str
    at: dt.datetime
    staff: str
    reason: str
    lines: tuple[LossRow, ...]

    @property
    def owed(self) -> int:
        """What the stand owes for all of it, in rupiah."""
        return sum(line.owed for line in self.lines)


_here: BindParameter[int] = bindparam("stand_id")
_on_hand = Prepared(
    select(stock.c.on_hand).where(
        stock.c.stand_id == _here, stock.c.item_id == bindparam("item_id")
    )
)


def _shelf(*conditions: ColumnElement[bool]) -> Prepared:
    return Prepared(
        select(
            items.c.id,
            items.c.code,
            items.c.name,
            items.c.kind,
            items.c.price,
            items.c.seller_id,
            sellers.c.code,
            func.coalesce(categories.c.name, ""),
            stock.c.on_hand,
            items.c.picture,
        )
        .select_from(
            stock.join(items, items.c.id == stock.c.item_id)
            .join(sellers, sellers.c.id == items.c.seller_id)
            .outerjoin(categories, categories.c.id == items.c.category_id)
        )
        .where(stock.c.stand_id == _here, *conditions)
        .order_by(sellers.c.code, items.c.code)
    )


# Written out, so that the index of what is on the shelf is used.
_in_the_book: ColumnElement[bool] = sql_text("stock.on_hand > 0")  # type: ignore[assignment]  # a condition as text
_shelves = {
    False: _shelf(_in_the_book),
    True: _shelf(stock.c.on_hand != 0, items.c.seller_id == bindparam("seller_id")),
}
_papers = (
    (sales, "sale"),
    (returns, "return"),
    (consignment_notes, "consignment_note"),
    (withdrawals, "withdrawal"),
    (losses, "loss"),
    (stock_counts, "stock_count"),
)
_moves_from = (
    stock_moves.join(journal, journal.c.id == stock_moves.c.entry_id)
    .join(tills, tills.c.till_no == journal.c.till_no)
    .outerjoin(staff, staff.c.id == journal.c.staff_id)
    .outerjoin(contact_cards, contact_cards.c.id == staff.c.contact_id)
    .outerjoin(corrections, corrections.c.id == stock_moves.c.document_id)
)
for _table, _name in _papers:
    _moves_from = _moves_from.outerjoin(_table, _table.c.id == stock_moves.c.document_id)
_moves = Prepared(
    select(
        stock_moves.c.entry_id,
        stock_moves.c.no,
        stock_moves.c.kind,
        stock_moves.c.qty,
        journal.c.at,
        journal.c.business_date,
        case(
            (sales.c.id.is_not(None), tills.c.prefix),
            *((table.c.id.is_not(None), LETTERS[name]) for table, name in _papers[1:]),
            else_="",
        ),
        func.coalesce(*(table.c.number for table, _name in _papers), 0),
        func.coalesce(contact_cards.c.name, ""),
        func.coalesce(
            losses.c.reason, corrections.c.reason, returns.c.reason, withdrawals.c.reason, ""
        ),
    )
    .select_from(_moves_from)
    .where(
        stock_moves.c.item_id == bindparam("item_id"),
        stock_moves.c.stand_id == _here,
        stock_moves.c.entry_id < bindparam("before"),
    )
    .order_by(stock_moves.c.entry_id.desc(), stock_moves.c.no.desc())
    .limit(bindparam("limit"))
)
_newer = Prepared(
    select(func.coalesce(func.sum(stock_moves.c.qty), 0)).where(
        stock_moves.c.item_id == bindparam("item_id"),
        stock_moves.c.stand_id == _here,
        stock_moves.c.entry_id >= bindparam("before"),
    )
)
_withdrawn_from = withdrawals.join(sellers, sellers.c.id == withdrawals.c.seller_id)
_withdrawal = Prepared(
    select(
        withdrawals.c.entry_id,
        withdrawals.c.number,
        sellers.c.id,
        sellers.c.code,
        sellers.c.workshop,
        func.coalesce(contact_cards.c.name, ""),
        withdrawals.c.reason,
        withdrawals.c.channel,
        withdrawals.c.note,
    )
    .select_from(
        _withdrawn_from.outerjoin(contact_cards, contact_cards.c.id == sellers.c.contact_id)
    )
    .where(withdrawals.c.id == bindparam("withdrawal_id"))
)
_slip_lines = Prepared(
    select(
        items.c.id,
        items.c.code,
        items.c.name,
        items.c.price,
        withdrawal_lines.c.qty,
        withdrawal_lines.c.online_price,
    )
    .select_from(withdrawal_lines.join(items, items.c.id == withdrawal_lines.c.item_id))
    .where(withdrawal_lines.c.withdrawal_id == bindparam("withdrawal_id"))
    .order_by(withdrawal_lines.c.no)
)
_pieces = (
    select(func.coalesce(func.sum(withdrawal_lines.c.qty), 0))
    .where(withdrawal_lines.c.withdrawal_id == withdrawals.c.id)
    .scalar_subquery()
)


def _withdrawal_rows(*conditions: ColumnElement[bool]) -> Prepared:
    return Prepared(
        select(
            withdrawals.c.id,
            withdrawals.c.number,
            withdrawals.c.at,
            sellers.c.id,
            sellers.c.code,
            sellers.c.workshop,
            withdrawals.c.reason,
            withdrawals.c.channel,
            _pieces,
        )
        .select_from(_withdrawn_from)
        .where(withdrawals.c.id < bindparam("before"), *conditions)
        .order_by(withdrawals.c.id.desc())
        .limit(bindparam("limit"))
    )


_withdrawals = {
    False: _withdrawal_rows(),
    True: _withdrawal_rows(withdrawals.c.seller_id == bindparam("seller_id")),
}
_loss = Prepared(
    select(losses.c.entry_id, losses.c.number, losses.c.reason).where(
        losses.c.id == bindparam("loss_id")
    )
)
_loss_rows = Prepared(
    select(
        items.c.id,
        items.c.code,
        items.c.name,
        sellers.c.id,
        sellers.c.code,
        loss_lines.c.kind,
        loss_lines.c.qty,
        loss_lines.c.bearer,
        loss_lines.c.basis,
        loss_lines.c.owed,
    )
    .select_from(
        loss_lines.join(items, items.c.id == loss_lines.c.item_id).join(
            sellers, sellers.c.id == loss_lines.c.seller_id
        )
    )
    .where(loss_lines.c.entry_id == bindparam("entry_id"))
    .order_by(loss_lines.c.id)
)


class StockQueries:
    """Reads of one stand's shelf."""

    def __init__(self, book: Book, stand_id: int, zone: str) -> None:
        self._book = book
        self._stand_id = stand_id
        self._zone = zone

    def on_hand(self, item_id: int, cursor: Cursor | None = None) -> int:
        """Pieces in the book: one row read, always the sum of the item's moves."""
        row = _on_hand.one(cursor or self._book.reader(), stand_id=self._stand_id, item_id=item_id)
        return int(row[0]) if row else 0

    def on_shelf(self, *, seller_id: int = 0) -> tuple[ShelfRow, ...]:
        """What is on the shelf; of one seller also what was sold beyond the count."""
        rows = _shelves[bool(seller_id)].all(
            self._book.reader(), stand_id=self._stand_id, seller_id=seller_id
        )
        return tuple(ShelfRow(*row) for row in rows)

    def moves(self, item_id: int, *, limit: int = 50, before: int = END) -> tuple[StockMove, ...]:
        """How pieces came and went, the newest first; `before` is an entry's id.

        A page ends with a whole entry, so that the next can begin behind it.
        """
        cursor = self._book.reader()
        rows = _moves.all(
            cursor, item_id=item_id, stand_id=self._stand_id, before=before, limit=limit + 8
        )
        newer = _newer.one(cursor, item_id=item_id, stand_id=self._stand_id, before=before) or (0,)
        left = self.on_hand(item_id, cursor) - int(newer[0])
        found: list[StockMove] = []
        for row in rows:
            if len(found) >= limit and found[-1].entry_id != row[0]:
                break
            found.append(self._move(row, left))
            left -= row[3]
        return tuple(found)

    def withdrawal(self, withdrawal_id: int) -> WithdrawalSlip:
        """A withdrawal. Raises KeyError for an unknown id."""
        cursor = self._book.reader()
        row = _withdrawal.one(cursor, withdrawal_id=withdrawal_id)
        if row is None:
            raise KeyError(withdrawal_id)
        at, by = written(cursor, row[0])
        lines = _slip_lines.all(cursor, withdrawal_id=withdrawal_id)
        number = paper_number(LETTERS["withdrawal"], row[1])
        when = local(at, self._zone)
        slip = tuple(SlipLine(*line) for line in lines)
        return WithdrawalSlip(*(withdrawal_id, number, when, by, *row[2:], slip))

    def withdrawals(
        self, *, seller_id: int = 0, limit: int = 50, before: int = END
    ) -> tuple[WithdrawalRow, ...]:
        """Withdrawals, the newest first; `before` is the last id of the page before."""
        rows = _withdrawals[bool(seller_id)].all(
            self._book.reader(), seller_id=seller_id, limit=limit, before=before
        )
        letter = LETTERS["withdrawal"]
        return tuple(
            WithdrawalRow(
                *(row[0], paper_number(letter, row[1]), local(row[2], self._zone), *row[3:])
            )
            for row in rows
        )

    def loss(self, loss_id: int) -> LossSlip:
        """A loss. Raises KeyError for an unknown id."""
        cursor = self._book.reader()
        row = _loss.one(cursor, loss_id=loss_id)
        if row is None:
            raise KeyError(loss_id)
        entry_id, number, reason = row
        at, by = written(cursor, entry_id)
        lines = tuple(LossRow(*line) for line in _loss_rows.all(cursor, entry_id=entry_id))
        paper = paper_number(LETTERS["loss"], number)
        return LossSlip(loss_id, paper, local(at, self._zone), by, reason, lines)

    def _move(self, row: Row, left: int) -> StockMove:
        entry_id, no, kind, qty, at, date, letter, number, by, reason = row
        return StockMove(
            entry_id=entry_id,
            no=no,
            kind=kind,
            qty=qty,
            at=local(at, self._zone),
            business_date=dt.date.fromisoformat(date),
            paper=paper_number(letter, number) if number else "",
            staff=by,
            reason=reason,
            left=left,
        )
