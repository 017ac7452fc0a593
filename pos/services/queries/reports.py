"""Figures per seller, cluster and category for any period of business days.

What came back counts on the day of its return, not on the day of its sale. A join of lines with
their documents' business days is all that is read: no figure is kept beside the book for it.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, FromClause, Select, bindparam, func, select

from pos.models.catalog import categories, clusters, items, sellers
from pos.models.consignment import loss_lines, payout_undos, payouts, unrecorded_lines
from pos.models.ledger import balances
from pos.models.prepared import Cursor, Prepared, Row
from pos.models.returns import return_lines, returns
from pos.models.sales import sale_lines, sales
from pos.receipts.reports_sellers import SellerFigures

LAST_DAY = dt.date.max


class Period(msgspec.Struct, frozen=True):
    """Business days from `since` to `until`, both within."""

    since: dt.date
    until: dt.date

    @classmethod
    def of_day(cls, day: dt.date) -> "Period":
        """One day."""
        return cls(day, day)

    @classmethod
    def of_month(cls, day: dt.date) -> "Period":
        """The month that a day is in."""
        first = day.replace(day=1)
        return cls(first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1))

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """A calendar year."""
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.since == self.until

    @property
    def is_month(self) -> bool:
        """Whether it is a whole month."""
        return self == Period.of_month(self.since)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day of it."""
        count = (self.until - self.since).days + 1
        return tuple(self.since + dt.timedelta(days=n) for n in range(count))

    def bounds(self, stand_id: int) -> dict[str, object]:
        """The parameters of the statements that are bound to a stand and a period."""
        return {
            "stand_id": stand_id,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
        }


class Moved(msgspec.Struct, frozen=True):
    """What lines of one kind come to (rupiah, pieces)."""

    pieces: int = 0
    gross: int = 0
    seller_discount: int = 0
    stand_discount: int = 0
    commission: int = 0
    share: int = 0


class SellerName(msgspec.Struct, frozen=True):
    """Whose figures they are."""

    seller_id: int
    code: str
    workshop: str
    cluster: str


def within(column: ColumnElement[str]) -> ColumnElement[bool]:
    """A business day within the period that is bound as `since` and `until`."""
    return column.between(bindparam("since"), bindparam("until"))


def total(column: ColumnElement[int]) -> ColumnElement[int]:
    """A sum, 0 of nothing."""
    return func.coalesce(func.sum(column), 0)


def sold_by(key: ColumnElement[int], source: FromClause) -> Select[*tuple[Any, ...]]:
    """Lines sold, by a key; `source` has sale_lines and sales."""
    return (
        select(
            key,
            func.sum(sale_lines.c.qty),
            func.sum(sale_lines.c.qty * sale_lines.c.price),
            func.sum(sale_lines.c.seller_discount),
            func.sum(sale_lines.c.stand_discount),
            func.sum(sale_lines.c.commission),
            func.sum(sale_lines.c.share),
        )
        .select_from(source)
        .where(sales.c.stand_id == bindparam("stand_id"), within(sales.c.business_date))
        .group_by(key)
    )


def returned_by(key: ColumnElement[int], source: FromClause) -> Select[*tuple[Any, ...]]:
    """Lines that came back, by a key; `source` has return_lines and returns."""
    back = return_lines.c
    return (
        select(
            key,
            func.sum(back.qty),
            func.sum(back.paid + back.seller_discount + back.stand_discount),
            func.sum(back.seller_discount),
            func.sum(back.stand_discount),
            func.sum(back.commission),
            func.sum(back.share),
        )
        .select_from(source)
        .where(returns.c.stand_id == bindparam("stand_id"), within(returns.c.business_date))
        .group_by(key)
    )


def unrecorded_by(key: ColumnElement[int], source: FromClause) -> Select[*tuple[Any, ...]]:
    """Pieces that a count found sold without a receipt, by a key: at their price, no discount."""
    found = unrecorded_lines.c
    return (
        select(
            key,
            func.sum(found.qty),
            func.sum(found.share + found.commission),
            func.sum(0),
            func.sum(0),
            func.sum(found.commission),
            func.sum(found.share),
        )
        .select_from(source)
        .where(found.stand_id == bindparam("stand_id"), within(found.business_date))
        .group_by(key)
    )


SOLD = sales.join(sale_lines, sale_lines.c.sale_id == sales.c.id)
RETURNED = returns.join(return_lines, return_lines.c.return_id == returns.c.id)
_sold = Prepared(sold_by(sale_lines.c.seller_id, SOLD))
_returned = Prepared(returned_by(return_lines.c.seller_id, RETURNED))
_unrecorded = Prepared(unrecorded_by(unrecorded_lines.c.seller_id, unrecorded_lines))
_category = func.coalesce(items.c.category_id, 0)
_sold_categories = Prepared(
    sold_by(_category, SOLD.join(items, items.c.id == sale_lines.c.item_id))
)
_returned_categories = Prepared(
    returned_by(_category, RETURNED.join(items, items.c.id == return_lines.c.item_id))
)
_unrecorded_categories = Prepared(
    unrecorded_by(_category, unrecorded_lines.join(items, items.c.id == unrecorded_lines.c.item_id))
)
_losses = Prepared(
    select(loss_lines.c.seller_id, func.sum(loss_lines.c.owed))
    .where(loss_lines.c.stand_id == bindparam("stand_id"), within(loss_lines.c.business_date))
    .group_by(loss_lines.c.seller_id)
)
_paid = Prepared(
    select(payouts.c.seller_id, func.sum(payouts.c.amount))
    .where(payouts.c.stand_id == bindparam("stand_id"), within(payouts.c.business_date))
    .group_by(payouts.c.seller_id)
)
_taken_back = Prepared(
    select(payouts.c.seller_id, func.sum(payouts.c.amount))
    .select_from(payout_undos.join(payouts, payouts.c.id == payout_undos.c.payout_id))
    .where(payouts.c.stand_id == bindparam("stand_id"), within(payout_undos.c.business_date))
    .group_by(payouts.c.seller_id)
)
_dues = Prepared(
    select(balances.c.subject_id, -balances.c.amount).where(
        balances.c.account == "seller", balances.c.stand_id == bindparam("stand_id")
    )
)
_names = Prepared(
    select(sellers.c.id, sellers.c.code, sellers.c.workshop, clusters.c.name)
    .select_from(sellers.join(clusters, clusters.c.id == sellers.c.cluster_id))
    .order_by(sellers.c.workshop, sellers.c.code)
)
_category_names = Prepared(select(categories.c.id, categories.c.name))


def by_key(rows: Iterable[Row]) -> dict[int, Moved]:
    """What a grouped statement found."""
    return {int(key): Moved(*sums) for key, *sums in rows}


def names(cursor: Cursor) -> tuple[SellerName, ...]:
    """All sellers, by workshop."""
    return tuple(SellerName(*row) for row in _names.all(cursor))


def seller_figures(
    cursor: Cursor, stand_id: int, period: Period
) -> tuple[tuple[SellerName, SellerFigures], ...]:
    """Everybody who sold, got back, lost or was paid something, or to whom something was due."""
    found = _sellers(cursor, stand_id, period)
    after = _moved_after(cursor, stand_id, period)
    dues = {int(seller): int(amount) for seller, amount in _dues.all(cursor, stand_id=stand_id)}
    figures = []
    for name in names(cursor):
        due = dues.get(name.seller_id, 0) - after.get(name.seller_id, 0)
        one = found.get(name.seller_id)
        if one is None and not due:
            continue
        plain = one or SellerFigures("", "", 0, 0, 0, 0, 0, 0, 0, 0)
        shown = msgspec.structs.replace(plain, name=name.workshop, code=name.code, due=due)
        figures.append((name, shown))
    return tuple(figures)


def cluster_figures(
    sold: Iterable[tuple[SellerName, SellerFigures]],
) -> tuple[SellerFigures, ...]:
    """The same by cluster, the largest first."""
    sums: dict[str, SellerFigures] = {}
    for name, one in sold:
        before = sums.get(name.cluster)
        sums[name.cluster] = _add(before, one) if before else one
    named = [msgspec.structs.replace(one, name=cluster, code="") for cluster, one in sums.items()]
    return tuple(sorted(named, key=lambda one: (-one.gross, one.name)))


def category_figures(
    cursor: Cursor, stand_id: int, period: Period, nameless: str
) -> tuple[SellerFigures, ...]:
    """By the items' categories, the largest first; `nameless` is the name of those without one."""
    bounds = period.bounds(stand_id)
    sums = _combined(
        by_key(_sold_categories.all(cursor, **bounds)),
        by_key(_returned_categories.all(cursor, **bounds)),
        by_key(_unrecorded_categories.all(cursor, **bounds)),
    )
    known = {int(key): str(name) for key, name in _category_names.all(cursor)}
    named = [
        msgspec.structs.replace(one, name=known.get(key, nameless)) for key, one in sums.items()
    ]
    return tuple(sorted(named, key=lambda one: (-one.gross, one.name)))


def _sellers(cursor: Cursor, stand_id: int, period: Period) -> dict[int, SellerFigures]:
    bounds = period.bounds(stand_id)
    found = _combined(
        by_key(_sold.all(cursor, **bounds)),
        by_key(_returned.all(cursor, **bounds)),
        by_key(_unrecorded.all(cursor, **bounds)),
    )
    none = SellerFigures("", "", 0, 0, 0, 0, 0, 0, 0, 0)
    for statement, sign in ((_paid, 1), (_taken_back, -1)):
        for seller, amount in statement.all(cursor, **bounds):
            one = found.get(seller, none)
            found[seller] = msgspec.structs.replace(one, paid_out=one.paid_out + sign * amount)
    for seller, owed in _losses.all(cursor, **bounds):
        one = found.get(seller, none)
        found[seller] = msgspec.structs.replace(one, compensation=one.compensation + owed)
    return found


def _moved_after(cursor: Cursor, stand_id: int, period: Period) -> dict[int, int]:
    """What moved the sellers' accounts after the period: nothing to read when it ends today."""
    if period.until >= LAST_DAY:
        return {}
    later = Period(period.until + dt.timedelta(days=1), LAST_DAY)
    return {
        seller: one.share + one.compensation - one.paid_out
        for seller, one in _sellers(cursor, stand_id, later).items()
    }


def _combined(
    sold: dict[int, Moved], returned: dict[int, Moved], unrecorded: dict[int, Moved]
) -> dict[int, SellerFigures]:
    none = Moved()
    found = {}
    for key in {*sold, *returned, *unrecorded}:
        one, back, more = sold.get(key, none), returned.get(key, none), unrecorded.get(key, none)
        found[key] = SellerFigures(
            name="",
            code="",
            gross=one.gross - back.gross + more.gross,
            seller_discount=one.seller_discount - back.seller_discount,
            stand_discount=one.stand_discount - back.stand_discount,
            commission=one.commission - back.commission + more.commission,
            share=one.share - back.share + more.share,
            paid_out=0,
            pieces=one.pieces - back.pieces + more.pieces,
            returned=back.pieces,
        )
    return found


def _add(one: SellerFigures, other: SellerFigures) -> SellerFigures:
    return SellerFigures(
        name=one.name,
        code="",
        gross=one.gross + other.gross,
        seller_discount=one.seller_discount + other.seller_discount,
        stand_discount=one.stand_discount + other.stand_discount,
        commission=one.commission + other.commission,
        share=one.share + other.share,
        paid_out=one.paid_out + other.paid_out,
        pieces=one.pieces + other.pieces,
        returned=one.returned + other.returned,
        compensation=one.compensation + other.compensation,
        due=(one.due or 0) + (other.due or 0),
    )
