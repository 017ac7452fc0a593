"""The shelf: what is on hand, and how it came and went."""

import datetime as dt
from typing import Literal

import msgspec
from sqlalchemy import BindParameter, ColumnElement, bindparam, case, func, select
from sqlalchemy import text as sql_text

from pos.cart import ItemKind
from pos.clock import local
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
    losses,
    stock_counts,
    withdrawals,
)
from pos.models.engine import Book
from pos.models.journal import journal
from pos.models.prepared import Cursor, Prepared, Row
from pos.models.returns import returns
from pos.models.sales import sales
from pos.models.stands import staff, tills
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.statement import END

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
_own = items.alias("own")
_shelves = {
    False: _shelf(_in_the_book),
    # Item by item: compared as a column, it would go through the shelf of everybody.
    True: _shelf(
        stock.c.on_hand != 0,
        stock.c.item_id.in_(select(_own.c.id).where(_own.c.seller_id == bindparam("seller_id"))),
    ),
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
