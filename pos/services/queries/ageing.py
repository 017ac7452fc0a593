"""What has stood on the shelf for long, and what should have gone back."""

import datetime as dt

import msgspec
from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy import text as sql_text

from pos.models.catalog import consignment_lines, consignment_notes, items, sellers, stock
from pos.models.engine import Book
from pos.models.prepared import Prepared
from pos.services.queries.notes import as_date

BUCKETS = (90, 60, 30)
"""Days since the last intake from which an item counts as old, older, oldest."""


class AgeRow(msgspec.Struct, frozen=True):
    """An item on the shelf: `days` since its last intake, `bucket` 0, 30, 60 or 90."""

    item_id: int
    code: str
    name: str
    seller_id: int
    seller_code: str
    workshop: str
    on_hand: int
    price: int
    last_intake: dt.date | None
    days: int
    bucket: int
    return_by: dt.date | None
    overdue: bool


# Ids are given in order: an item's latest note is the one with the highest id, one step in the
# index of its lines.
_latest = (
    select(func.max(consignment_lines.c.note_id))
    .where(consignment_lines.c.item_id == items.c.id)
    .scalar_subquery()
)


def _query(*conditions: ColumnElement[bool]) -> Prepared:
    return Prepared(
        select(
            items.c.id,
            items.c.code,
            items.c.name,
            items.c.seller_id,
            sellers.c.code,
            sellers.c.workshop,
            stock.c.on_hand,
            items.c.price,
            func.coalesce(consignment_notes.c.business_date, ""),
            items.c.return_by,
        )
        .select_from(
            stock.join(items, items.c.id == stock.c.item_id)
            .join(sellers, sellers.c.id == items.c.seller_id)
            .outerjoin(consignment_notes, consignment_notes.c.id == _latest)
        )
        .where(
            stock.c.stand_id == bindparam("stand_id"),
            sql_text("stock.on_hand > 0"),
            *conditions,
        )
        .order_by(consignment_notes.c.business_date, sellers.c.code, items.c.code)
    )


_rows = {False: _query(), True: _query(items.c.seller_id == bindparam("seller_id"))}


class AgeingQueries:
    """Reads for the ageing list and its slips for pick-up."""

    def __init__(self, book: Book, stand_id: int) -> None:
        self._book = book
        self._stand_id = stand_id

    def ageing(
        self, today: dt.date, *, seller_id: int = 0, least_days: int = 0
    ) -> tuple[AgeRow, ...]:
        """What is on the shelf for `least_days` or more, or past its day of return; oldest first.

        Goods that came without a note (sold unlisted and brought back) have no age: 0 days.
        """
        rows = _rows[bool(seller_id)].all(
            self._book.reader(), stand_id=self._stand_id, seller_id=seller_id
        )
        found = []
        for *item, taken_in, until in rows:
            came, return_by = as_date(taken_in), as_date(until)
            days = (today - came).days if came else 0
            bucket = next((bucket for bucket in BUCKETS if days >= bucket), 0)
            overdue = return_by is not None and return_by < today
            if days >= least_days or overdue:
                found.append(AgeRow(*(*item, came, days, bucket, return_by, overdue)))
        return tuple(found)
