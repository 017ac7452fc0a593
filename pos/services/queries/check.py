"""What one seller sees of their own goods ("Cek titipan"). Every read is bound to a seller's id."""

import datetime as dt
import json
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from pos.models.engine import Book
from pos.models.orders import order_advances, order_cancellations, orders
from pos.models.prepared import Prepared
from pos.models.sums import seller_sums
from pos.services.queries.order_rows import OPEN
from pos.services.queries.periods import total
from pos.services.queries.statement import END, StatementLine, newest_goods, statement_line
from pos.services.queries.statement_sources import SELLER, STAND


class SoldSums(msgspec.Struct, frozen=True):
    """What lines come to: what buyers paid, the stand's part, the seller's (rupiah).

    `stand_discount` is what the stand bore of discounts: it explains what they come to too much.
    """

    price: int = 0
    commission: int = 0
    amount: int = 0
    stand_discount: int = 0


class SoldDay(msgspec.Struct, frozen=True):
    """One business day of the chart: what buyers paid, less what they got back (rupiah)."""

    day: dt.date
    price: int


_lines = Prepared(select(newest_goods).order_by(newest_goods.c.id.desc()).limit(bindparam("limit")))

# Sums are read where they are kept, by day or month: a row each by its key, at any age of the
# account. The deposits that stayed of cancelled orders are no turnover there, but lines here.
_days_asked = func.json_each(bindparam("days")).table_valued("value")
_kept_sums = seller_sums.c
_paid = _kept_sums.gross - _kept_sums.seller_discount - _kept_sums.stand_discount


def _summed(*columns: ColumnElement[Any]) -> Select[Any]:
    return select(*columns).where(
        _kept_sums.span == bindparam("span"),
        _kept_sums.stand_id == STAND,
        _kept_sums.since.in_(select(_days_asked.c.value)),
        _kept_sums.seller_id == SELLER,
    )


_sums = Prepared(
    _summed(
        total(_paid),
        total(_kept_sums.commission),
        total(_kept_sums.share + _kept_sums.compensation),
        total(_kept_sums.stand_discount),
    )
)
_pieces = Prepared(_summed(total(_kept_sums.pieces)))
_by_day = Prepared(_summed(_kept_sums.since, _paid))
_of_months = select(_kept_sums.since).where(
    _kept_sums.span == "month", _kept_sums.stand_id == STAND
)
_months = Prepared(
    select(
        _of_months.order_by(_kept_sums.since).limit(1).scalar_subquery(),
        _of_months.order_by(_kept_sums.since.desc()).limit(1).scalar_subquery(),
    )
)
"""The first and the last there are; together as min and max they would be looked for one by one."""
_ended = order_cancellations.c
_deposits = Prepared(
    select(_ended.business_date, _ended.kept).where(
        _ended.seller_id == SELLER,
        _ended.stand_id == STAND,
        _ended.share != 0,
        _ended.business_date >= bindparam("from_date"),
    )
)

_lent = Prepared(
    select(total(order_advances.c.amount))
    .select_from(order_advances.join(orders, orders.c.id == order_advances.c.order_id))
    .where(
        order_advances.c.seller_id == SELLER,
        order_advances.c.stand_id == STAND,
        or_(*(orders.c.state == state for state in OPEN)),
    )
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

    def of_day(self, seller_id: int, day: dt.date) -> SoldSums:
        """What a day's lines come to."""
        return self._sums_of(seller_id, "day", [day.isoformat()], day)

    def of_month(self, seller_id: int, day: dt.date) -> SoldSums:
        """What the lines of the month come to that a day is in."""
        first = day.replace(day=1)
        return self._sums_of(seller_id, "month", [first.isoformat()], first)

    def of_all(self, seller_id: int) -> SoldSums:
        """What all lines come to."""
        first, last = _months.one(self._book.reader(), stand_id=self._stand_id) or ("", "")
        if not first:
            return SoldSums()
        years = range(int(first[:4]), int(last[:4]) + 1)
        months = [f"{year:04d}-{month:02d}-01" for year in years for month in range(1, 13)]
        return self._sums_of(seller_id, "month", months, dt.date.min)

    def _sums_of(self, seller_id: int, span: str, days: list[str], since: dt.date) -> SoldSums:
        whose = {"seller_id": seller_id, "stand_id": self._stand_id}
        with self._book.snapshot() as cursor:
            row = _sums.one(cursor, **whose, span=span, days=json.dumps(days)) or (0, 0, 0, 0)
            ended = _deposits.all(cursor, **whose, from_date=since.isoformat())
        price = row[0] + sum(kept for day, kept in ended if span == "month" or day in days)
        return SoldSums(price, *row[1:])

    def lent(self, seller_id: int) -> int:
        """Money for material of orders that are not handed over yet (rupiah): lent, not earned."""
        whose = {"seller_id": seller_id, "stand_id": self._stand_id}
        row = _lent.one(self._book.reader(), **whose)
        return int(row[0]) if row else 0

    def pieces_sold(self, seller_id: int, day: dt.date) -> int:
        """Pieces sold on a day, less those brought back."""
        row = _pieces.one(
            self._book.reader(),
            seller_id=seller_id,
            stand_id=self._stand_id,
            span="day",
            days=json.dumps([day.isoformat()]),
        )
        return int(row[0]) if row else 0

    def days(self, seller_id: int, since: dt.date, until: dt.date) -> tuple[SoldDay, ...]:
        """Every day from `since` to `until`, also those without a sale."""
        count = (until - since).days + 1
        every = [since + dt.timedelta(days=n) for n in range(count)]
        whose = {"seller_id": seller_id, "stand_id": self._stand_id}
        asked = json.dumps([day.isoformat() for day in every])
        with self._book.snapshot() as cursor:
            sold: dict[str, int] = dict(_by_day.all(cursor, **whose, span="day", days=asked))
            for day, kept in _deposits.all(cursor, **whose, from_date=since.isoformat()):
                sold[day] = sold.get(day, 0) + kept
        return tuple(SoldDay(day, sold.get(day.isoformat(), 0)) for day in every)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
