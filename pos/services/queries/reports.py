"""Figures per seller, cluster and category for any period of business days.

What came back counts on the day of its return, not on the day of its sale. They are read from the
sums by day and by month that stand beside the documents (pos.models.sums).
"""

from collections.abc import Iterable
from operator import add

import msgspec
from msgspec.structs import replace
from sqlalchemy import Table, bindparam, func, select

from pos.models.catalog import categories, clusters, sellers
from pos.models.ledger import balances
from pos.models.orders import order_cancellations
from pos.models.prepared import Cursor, Prepared
from pos.models.stands import stands
from pos.models.sums import MOVED, SELLER_SUMS, category_sums, seller_sums
from pos.receipts.reports_sellers import SellerFigures, YearlyGross
from pos.services.queries.periods import LAST_DAY, Period, after, within


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
_kept = Prepared(
    select(order_cancellations.c.seller_id, func.sum(order_cancellations.c.share))
    .where(
        order_cancellations.c.stand_id == bindparam("stand_id"),
        within(order_cancellations.c.business_date),
    )
    .group_by(order_cancellations.c.seller_id)
)
_category_names = Prepared(select(categories.c.id, categories.c.name))
_stands = Prepared(select(stands.c.id))
_NOTHING = (0,) * len(SELLER_SUMS)
Sums = tuple[int, ...]


def names(cursor: Cursor) -> tuple[SellerName, ...]:
    """All sellers, by workshop."""
    return tuple(SellerName(*row) for row in _names.all(cursor))


def seller_figures(
    cursor: Cursor, stand_id: int, period: Period
) -> tuple[tuple[SellerName, SellerFigures], ...]:
    """Everybody who sold, got back, lost or was paid something, or to whom something was due."""
    found = _added(_sellers, cursor, stand_id, period)
    dues = dues_at(cursor, stand_id, period)
    kept: dict[int, int] = dict(_kept.all(cursor, **period.bounds(stand_id)))
    figures = []
    for name in names(cursor):
        due = dues.get(name.seller_id, 0)
        sums = found.get(name.seller_id, _NOTHING)
        if due or any(sums):
            one = _figures(sums, name.workshop, name.code, due)
            figures.append((name, replace(one, kept=kept.get(name.seller_id, 0))))
    return tuple(figures)


def dues_at(cursor: Cursor, stand_id: int, period: Period) -> dict[int, int]:
    """What was due to each seller at the end of a period: the balance, less what came later."""
    dues = {int(seller): int(amount) for seller, amount in _dues.all(cursor, stand_id=stand_id)}
    if period.until < LAST_DAY:
        for seller_id, (owed,) in _added(_owed, cursor, stand_id, after(period.until)).items():
            dues[seller_id] = dues.get(seller_id, 0) - owed
    return dues


def cluster_figures(
    sold: Iterable[tuple[SellerName, SellerFigures]],
) -> tuple[SellerFigures, ...]:
    """The same by cluster, the largest first."""
    members: dict[str, list[SellerFigures]] = {}
    for name, one in sold:
        members.setdefault(name.cluster, []).append(one)
    named = [_together(cluster, figures) for cluster, figures in members.items()]
    return tuple(sorted(named, key=lambda one: (-one.gross, one.name)))


def category_figures(
    cursor: Cursor, stand_id: int, period: Period, nameless: str
) -> tuple[SellerFigures, ...]:
    """By the items' categories, the largest first; `nameless` is the name of those without one."""
    sums = _added(_categories, cursor, stand_id, period)
    known = {int(key): str(name) for key, name in _category_names.all(cursor)}
    named = [_figures(one, known.get(key, nameless)) for key, one in sums.items() if any(one)]
    return tuple(sorted(named, key=lambda one: (-one.gross, one.name)))


def yearly_gross(cursor: Cursor, year: int) -> tuple[YearlyGross, ...]:
    """Each seller's gross of a calendar year, over all stands that this book knows of."""
    sums: dict[int, int] = {}
    for (stand_id,) in _stands.all(cursor):
        found = _added(_gross, cursor, stand_id, Period.of_year(year))
        for seller_id, (gross,) in found.items():
            sums[seller_id] = sums.get(seller_id, 0) + gross
    return tuple(
        YearlyGross(name.code, name.workshop, sums[name.seller_id])
        for name in names(cursor)
        if sums.get(name.seller_id)
    )


def _added(statement: Prepared, cursor: Cursor, stand_id: int, period: Period) -> dict[int, Sums]:
    """The sums of all spans of a period, by seller or category."""
    found: dict[int, Sums] = {}
    for span in period.spans:
        for key, *sums in statement.all(cursor, **span.bounds(stand_id)):
            before = found.get(key)
            found[key] = tuple(sums) if before is None else tuple(map(add, before, sums))
    return found


def _figures(sums: Sums, name: str, code: str = "", due: int | None = None) -> SellerFigures:
    """`sums` in the order of SELLER_SUMS, or of MOVED, with which that begins."""
    pieces, returned, gross, seller_part, stand_part, commission, share, *more = sums
    return SellerFigures(
        name=name,
        code=code,
        gross=gross,
        seller_discount=seller_part,
        stand_discount=stand_part,
        commission=commission,
        share=share,
        paid_out=more[0] if more else 0,
        pieces=pieces,
        returned=returned,
        compensation=more[1] if more else 0,
        due=due,
    )


def _together(name: str, figures: list[SellerFigures]) -> SellerFigures:
    return SellerFigures(
        name=name,
        code="",
        gross=sum(one.gross for one in figures),
        seller_discount=sum(one.seller_discount for one in figures),
        stand_discount=sum(one.stand_discount for one in figures),
        commission=sum(one.commission for one in figures),
        share=sum(one.share for one in figures),
        paid_out=sum(one.paid_out for one in figures),
        pieces=sum(one.pieces for one in figures),
        returned=sum(one.returned for one in figures),
        compensation=sum(one.compensation for one in figures),
        kept=sum(one.kept for one in figures),
        due=sum(one.due or 0 for one in figures),
    )
