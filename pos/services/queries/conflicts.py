"""What two tills did without knowing of each other, and a manager has not settled yet.

A conflict is read from the rows that both tills' entries left; none is kept anywhere, so that it is
the same in every book. Settled is what a manager decided since: more of the same opens it again.
"""

import datetime as dt

from sqlalchemy import BindParameter, bindparam, func, select

from pos.clock import local
from pos.events.tills import ConflictKind
from pos.models.catalog import items, sellers, stock
from pos.models.engine import Book
from pos.models.prepared import Cursor, Prepared, Row
from pos.models.returns import return_lines, returns
from pos.models.sales import sale_lines, sales
from pos.models.stands import stands, tills
from pos.models.tills import settlements
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.conflict_rows import Conflict, Happening
from pos.services.queries.conflicts_orders import (
    HANDED_OF,
    MONEY_OF,
    OVER_HANDED,
    UNSETTLED,
    handed_too_often,
)
from pos.services.queries.orders import order_number

_subject: BindParameter[int] = bindparam("subject_id")
_settled = Prepared(
    select(func.count()).where(
        settlements.c.kind == bindparam("kind"), settlements.c.subject_id == _subject
    )
)
# A piece sold twice leaves some stand with fewer than none: few rows to look at in any book.
_short = Prepared(
    select(items.c.id, items.c.code, items.c.name)
    .where(
        items.c.kind == "unique", items.c.id.in_(select(stock.c.item_id).where(stock.c.on_hand < 0))
    )
    .order_by(items.c.id)
)
_sold = sale_lines.join(sales, sales.c.id == sale_lines.c.sale_id)
_sales_of = Prepared(
    select(
        stands.c.name,
        tills.c.prefix,
        sales.c.number,
        sales.c.at,
        sale_lines.c.paid,
        sale_lines.c.qty
        - select(func.coalesce(func.sum(return_lines.c.qty), 0))
        .where(return_lines.c.line_id == sale_lines.c.id)
        .scalar_subquery(),
        sales.c.stand_id,
    )
    .select_from(
        _sold.join(stands, stands.c.id == sales.c.stand_id).join(
            tills, tills.c.till_no == sales.c.till_no
        )
    )
    .where(sale_lines.c.item_id == _subject)
    .order_by(sales.c.at, sales.c.id)
)
_over_returned = Prepared(
    select(sale_lines.c.id, sale_lines.c.code, sale_lines.c.name)
    .select_from(return_lines.join(sale_lines, sale_lines.c.id == return_lines.c.line_id))
    .group_by(sale_lines.c.id)
    .having(func.sum(return_lines.c.qty) > sale_lines.c.qty)
    .order_by(sale_lines.c.id)
)
_returns_of = Prepared(
    select(stands.c.name, returns.c.number, returns.c.at, return_lines.c.paid)
    .select_from(
        return_lines.join(returns, returns.c.id == return_lines.c.return_id).join(
            stands, stands.c.id == returns.c.stand_id
        )
    )
    .where(return_lines.c.line_id == _subject)
    .order_by(returns.c.at, returns.c.id)
)
_item_codes = Prepared(
    select(func.min(items.c.id), items.c.code)
    .group_by(items.c.code)
    .having(func.count() > 1)
    .order_by(items.c.code)
)
_items_of = Prepared(
    select(items.c.name, items.c.price)
    .where(items.c.code == bindparam("code"))
    .order_by(items.c.id)
)
_seller_codes = Prepared(
    select(func.min(sellers.c.id), sellers.c.code)
    .group_by(sellers.c.code)
    .having(func.count() > 1)
    .order_by(sellers.c.code)
)
_sellers_of = Prepared(
    select(sellers.c.workshop).where(sellers.c.code == bindparam("code")).order_by(sellers.c.id)
)


class ConflictQueries:
    """Reads about what is to be settled; `stand_id` is the stand that asks."""

    def __init__(self, book: Book, zone: str, stand_id: int) -> None:
        self._book = book
        self._zone = zone
        self._stand_id = stand_id

    def open(self) -> tuple[Conflict, ...]:
        """Everything that no manager has settled yet."""
        cursor = self._book.reader()
        found = [
            *self._orders(cursor),
            *self._sold(cursor),
            *self._returned(cursor),
            *self._codes(cursor),
        ]
        return tuple(found)

    def _receipt(self, row: Row) -> Happening:
        stand, prefix, number, at, paid = row[:5]
        here = row[6] == self._stand_id
        return Happening(stand, paper_number(prefix, number), self._when(at), paid, here=here)

    def _orders(self, cursor: Cursor) -> list[Conflict]:
        found = []
        for order_id, prefix, number, name, amount in UNSETTLED.all(cursor):
            happened = tuple(
                Happening(stand, "", self._when(at), sum_, step)
                for stand, step, at, sum_ in MONEY_OF.all(cursor, subject_id=order_id)
            )
            code = order_number(prefix, number)
            found.append(Conflict("order_money", order_id, code, name or "", happened, amount))
        for order_id, prefix, number, name, _amount in OVER_HANDED.all(cursor):
            over = handed_too_often(cursor, order_id)
            if over > self._settled(cursor, "order_twice", order_id):
                rows = HANDED_OF.all(cursor, subject_id=order_id)
                happened = tuple(self._receipt(row) for row in rows if row[5] > 0)
                code = order_number(prefix, number)
                found.append(Conflict("order_twice", order_id, code, name or "", happened))
        return found

    def _sold(self, cursor: Cursor) -> list[Conflict]:
        found = []
        for item_id, code, name in _short.all(cursor):
            rows = [row for row in _sales_of.all(cursor, subject_id=item_id) if row[5] > 0]
            if len(rows) - 1 > self._settled(cursor, "sold_twice", item_id):
                happened = tuple(self._receipt(row) for row in rows)
                found.append(Conflict("sold_twice", item_id, code, name, happened))
        return found

    def _returned(self, cursor: Cursor) -> list[Conflict]:
        found = []
        for line_id, code, name in _over_returned.all(cursor):
            rows = _returns_of.all(cursor, subject_id=line_id)
            if len(rows) - 1 > self._settled(cursor, "returned_twice", line_id):
                letter = LETTERS["return"]
                happened = tuple(
                    Happening(row[0], paper_number(letter, row[1]), self._when(row[2]), row[3])
                    for row in rows
                )
                found.append(Conflict("returned_twice", line_id, code, name, happened))
        return found

    def _codes(self, cursor: Cursor) -> list[Conflict]:
        found = []
        for item_id, code in _item_codes.all(cursor):
            rows = _items_of.all(cursor, code=code)
            if len(rows) - 1 > self._settled(cursor, "code_twice", item_id):
                happened = tuple(Happening(row[0], code, None, row[1]) for row in rows)
                found.append(Conflict("code_twice", item_id, code, rows[0][0], happened))
        for seller_id, code in _seller_codes.all(cursor):
            rows = _sellers_of.all(cursor, code=code)
            if len(rows) - 1 > self._settled(cursor, "seller_code_twice", seller_id):
                happened = tuple(Happening(row[0], code, None, 0) for row in rows)
                found.append(Conflict("seller_code_twice", seller_id, code, rows[0][0], happened))
        return found

    def _settled(self, cursor: Cursor, kind: ConflictKind, subject_id: int) -> int:
        row = _settled.one(cursor, kind=kind, subject_id=subject_id)
        return int(row[0]) if row else 0

    def _when(self, at: int) -> dt.datetime:
        return local(at, self._zone)
