"""Figures per seller, cluster and category for any period of business days.

What came back counts on the day of its return, not on the day of its sale. They are read from the
sums by day and by month that stand beside the documents (pos.models.sums).
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import Table, bindparam, func, select

from pos.models.catalog import categories, clusters, sellers
from pos.models.ledger import balances
from pos.models.prepared import Cursor, Prepared
from pos.models.stands import stands
from pos.models.sums import MOVED, SELLER_SUMS, category_sums, seller_sums
from pos.receipts.reports_sellers import SellerFigures, YearlyGross
from pos.services.queries.periods import LAST_DAY, Period, after


class SellerName(msgspec.Struct, frozen=True):
    """Whose figures they are."""

    seller_id: int
    code: str
    workshop: str
    cluster: str


def _sums(table: Table, key: str, names: tuple[str, ...]) -> Prepared:
    """The sums of a span, by seller or category."""
    return Prepared(
        select(table.c[key], *(func.sum(table.c[name]) for name in names))
        .where(
            table.c.span == bindparam("span"),
            table.c.stand_id == bindparam("stand_id"),
            table.c.since.between(bindparam("since"), bindparam("until")),
        )
        .group_by(table.c[key])
    )


_sellers = _sums(seller_sums, "seller_id", SELLER_SUMS)
_owed = _sums(seller_sums, "seller_id", ("owed",))
_gross = _sums(seller_sums, "seller_id", ("gross",))
_categories = _sums(category_sums, "category_id", MOVED)
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
_stands = Prepared(select(stands.c.id))
_NOTHING = dict.fromkeys(SELLER_SUMS, 0)


def names(cursor: Cursor) -> tuple[SellerName, ...]:
    """All sellers, by workshop."""
    return tuple(SellerName(*row) for row in _names.all(cursor))


def seller_figures(
    cursor: Cursor, stand_id: int, period: Period
) -> tuple[tuple[SellerName, SellerFigures], ...]:
    """Everybody who sold, got back, lost or was paid something, or to whom something was due."""
    found = _added(_sellers, cursor, stand_id, period, SELLER_SUMS)
    dues = dues_at(cursor, stand_id, period)
    figures = []
    for name in names(cursor):
        due = dues.get(name.seller_id, 0)
        one = found.get(name.seller_id)
        if not due and not any((one or _NOTHING).values()):
            continue
        figures.append((name, _figures(one or _NOTHING, name.workshop, name.code, due)))
    return tuple(figures)


def dues_at(cursor: Cursor, stand_id: int, period: Period) -> dict[int, int]:
    """What was due to each seller at the end of a period: the balance, less what came later."""
    dues = {int(seller): int(amount) for seller, amount in _dues.all(cursor, stand_id=stand_id)}
    if period.until < LAST_DAY:
        later = _added(_owed, cursor, stand_id, after(period.until), ("owed",))
        for seller_id, sums in later.items():
            dues[seller_id] = dues.get(seller_id, 0) - sums["owed"]
    return dues


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
    sums = _added(_categories, cursor, stand_id, period, MOVED)
    known = {int(key): str(name) for key, name in _category_names.all(cursor)}
    named = [
        _figures({**_NOTHING, **one}, known.get(key, nameless))
        for key, one in sums.items()
        if any(one.values())
    ]
    return tuple(sorted(named, key=lambda one: (-one.gross, one.name)))


def yearly_gross(cursor: Cursor, year: int) -> tuple[YearlyGross, ...]:
    """Each seller's gross of a calendar year, over all stands that this book knows of."""
    sums: dict[int, int] = {}
    for (stand_id,) in _stands.all(cursor):
        found = _added(_gross, cursor, stand_id, Period.of_year(year), ("gross",))
        for seller_id, one in found.items():
            sums[seller_id] = sums.get(seller_id, 0) + one["gross"]
    return tuple(
        YearlyGross(name.code, name.workshop, sums[name.seller_id])
        for name in names(cursor)
        if sums.get(name.seller_id)
    )


def _added(
    statement: Prepared, cursor: Cursor, stand_id: int, period: Period, columns: tuple[str, ...]
) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for span in period.spans:
        for key, *values in statement.all(cursor, **span.bounds(stand_id)):
            sums = found.get(key)
            if sums is None:
                found[key] = dict(zip(columns, values, strict=True))
            else:
                for name, value in zip(columns, values, strict=True):
                    sums[name] += value
    return found


def _figures(
    sums: dict[str, int], name: str, code: str = "", due: int | None = None
) -> SellerFigures:
    return SellerFigures(
        name=name,
        code=code,
        gross=sums["gross"],
        seller_discount=sums["seller_discount"],
        stand_discount=sums["stand_discount"],
        commission=sums["commission"],
        share=sums["share"],
        paid_out=sums["paid_out"],
        pieces=sums["pieces"],
        returned=sums["returned"],
        compensation=sums["compensation"],
        due=due,
    )


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
