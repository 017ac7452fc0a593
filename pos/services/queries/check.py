"""What one seller sees of their own goods ("Cek titipan"). Every read is bound to a seller's id."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, func, or_, select

from pos.models.engine import Book
from pos.models.prepared import Prepared
from pos.services.queries.statement import (
    END,
    StatementLine,
    goods_rows,
    newest_goods,
    statement_line,
)


class SoldSums(msgspec.Struct, frozen=True):
    """What lines come to: pieces, what buyers paid, the stand's part, the seller's (rupiah).

    `stand_discount` is what the stand bore of discounts: it explains what they come to too much.
    """

    lines: int = 0
    pieces: int = 0
    price: int = 0
    commission: int = 0
    amount: int = 0
    stand_discount: int = 0


class SoldDay(msgspec.Struct, frozen=True):
    """One business day of the chart: what buyers paid, less what they got back (rupiah)."""

    day: dt.date
    price: int


_since = goods_rows.c.business_date >= bindparam("from_date")
_lines = Prepared(select(newest_goods).order_by(newest_goods.c.id.desc()).limit(bindparam("limit")))
_by_buyers = or_(*(goods_rows.c.kind == kind for kind in ("sale", "return", "void")))
_borne = goods_rows.c.commission + goods_rows.c.amount - goods_rows.c.price
_sums = Prepared(
    select(
        func.count(),
        func.coalesce(func.sum(goods_rows.c.qty), 0),
        func.coalesce(func.sum(goods_rows.c.price), 0),
        func.coalesce(func.sum(goods_rows.c.commission), 0),
        func.coalesce(func.sum(goods_rows.c.amount), 0),
        func.coalesce(func.sum(func.iif(_by_buyers, _borne, 0)), 0),
    ).where(_since)
)
_pieces = Prepared(
    select(func.coalesce(func.sum(goods_rows.c.qty), 0)).where(
        _since, goods_rows.c.kind != "loss", goods_rows.c.kind != "damage"
    )
)
_days = Prepared(
    select(goods_rows.c.business_date, func.sum(goods_rows.c.price))
    .where(_since)
    .group_by(goods_rows.c.business_date)
)


class CheckQueries:
    """Reads for the seller who has shown their PIN."""

    def __init__(self, book: Book, stand_id: int, zone: str) -> None:
        self._book = book
        self._stand_id = stand_id
        self._zone = zone

    def lines(
        self, seller_id: int, *, since: dt.date | None = None, limit: int = 50, before: int = END
    ) -> tuple[StatementLine, ...]:
        """Sold, returned and lost pieces, newest first; `before` is the last id of the page before."""
        rows = _lines.all(
            self._book.reader(),
            seller_id=seller_id,
            stand_id=self._stand_id,
            from_date=_iso(since),
            before=before,
            limit=limit,
        )
        return tuple(statement_line(row, self._zone) for row in rows)

    def sums(self, seller_id: int, *, since: dt.date | None = None) -> SoldSums:
        """The sums of all the lines that `lines` pages through."""
        row = _sums.one(
            self._book.reader(), seller_id=seller_id, stand_id=self._stand_id, from_date=_iso(since)
        )
        return SoldSums(*row) if row else SoldSums()

    def pieces_sold(self, seller_id: int, since: dt.date) -> int:
        """Pieces sold from a day on, less those brought back."""
        row = _pieces.one(
            self._book.reader(), seller_id=seller_id, stand_id=self._stand_id, from_date=_iso(since)
        )
        return int(row[0]) if row else 0

    def days(self, seller_id: int, since: dt.date, until: dt.date) -> tuple[SoldDay, ...]:
        """Every day from `since` to `until`, also those without a sale."""
        rows = _days.all(
            self._book.reader(), seller_id=seller_id, stand_id=self._stand_id, from_date=_iso(since)
        )
        sold = {dt.date.fromisoformat(day): int(price) for day, price in rows}
        count = (until - since).days + 1
        every = (since + dt.timedelta(days=n) for n in range(count))
        return tuple(SoldDay(day, sold.get(day, 0)) for day in every)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
