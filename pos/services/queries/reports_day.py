"""Everything that a day came to: the figures of the daily report."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, func, select

from pos.clock import local
from pos.models.catalog import contact_cards, items, sellers
from pos.models.prepared import Cursor, Prepared
from pos.models.returns import returns
from pos.models.sales import sales
from pos.models.shifts import drawer_openings, shifts
from pos.models.stands import staff, tills
from pos.models.sums import (
    DAY_SUMS,
    day_bearers,
    day_items,
    day_methods,
    day_quarters,
    day_sums,
)
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.periods import Period, total, within
from pos.services.queries.prepaid import Prepaid, prepaid_of
from pos.services.queries.reports_cash import CashDay, ZRow, cash_day
from pos.services.queries.shifts import MethodFigures
from pos.tender import METHODS
from pos.terms import Bearer

_QUARTER_MS = 900_000
"""Sales are counted by quarter hours: no time zone is offset by less."""
_TOP = 10


class HourFigures(msgspec.Struct, frozen=True):
    """What was paid between `hour`:00 and `hour`:59 by the stand's clock (rupiah)."""

    hour: int
    sales: int
    paid: int


class TopItem(msgspec.Struct, frozen=True):
    """An item and what it brought, returns taken off (rupiah paid)."""

    code: str
    name: str
    seller_code: str
    pieces: int
    paid: int


class BearerFigures(msgspec.Struct, frozen=True):
    """Discounts that one side bears: how many, how much, and how much of it was the seller's."""

    bearer: Bearer
    count: int
    amount: int
    seller_part: int


class BackRow(msgspec.Struct, frozen=True):
    """A return or a void (rupiah refunded)."""

    number: str
    sale: str
    at: dt.datetime
    staff: str
    reason: str
    void: bool
    refunded: int


class OpeningRow(msgspec.Struct, frozen=True):
    """The drawer, opened without a sale."""

    at: dt.datetime
    staff: str
    reason: str


class ToComplete(msgspec.Struct, frozen=True):
    """An item that was sold before anybody entered it."""

    code: str
    name: str
    seller_code: str
    price: int


class DayFigures(msgspec.Struct, frozen=True):
    """The sums of a period, usually a day (rupiah, counts). `gross` is before discounts."""

    sales: int
    pieces: int
    gross: int
    discounts: int
    rounding: int
    paid: int
    returns: int
    voids: int
    refunded: int
    commission: int
    hours: tuple[HourFigures, ...]
    methods: tuple[MethodFigures, ...]
    bearers: tuple[BearerFigures, ...]
    top: tuple[TopItem, ...]
    back: tuple[BackRow, ...]
    openings: tuple[OpeningRow, ...]
    closings: tuple[ZRow, ...]
    cash: CashDay
    to_complete: tuple[ToComplete, ...]
    prepaid: Prepaid = Prepaid()

    @property
    def net(self) -> int:
        """What was taken and stayed."""
        return self.paid - self.refunded


_sums = Prepared(
    select(*(total(day_sums.c[name]) for name in DAY_SUMS)).where(
        day_sums.c.stand_id == bindparam("stand_id"), within(day_sums.c.business_date)
    )
)
_quarters = Prepared(
    select(day_quarters.c.quarter, func.sum(day_quarters.c.sales), func.sum(day_quarters.c.paid))
    .where(day_quarters.c.stand_id == bindparam("stand_id"), within(day_quarters.c.business_date))
    .group_by(day_quarters.c.quarter)
)
_methods = Prepared(
    select(
        day_methods.c.method,
        func.sum(day_methods.c.taken),
        func.sum(day_methods.c.refunded),
        func.sum(day_methods.c.payments),
    )
    .where(day_methods.c.stand_id == bindparam("stand_id"), within(day_methods.c.business_date))
    .group_by(day_methods.c.method)
)
_bearers = Prepared(
    select(
        day_bearers.c.bearer,
        func.sum(day_bearers.c.discounts),
        func.sum(day_bearers.c.amount),
        func.sum(day_bearers.c.seller_part),
    )
    .where(day_bearers.c.stand_id == bindparam("stand_id"), within(day_bearers.c.business_date))
    .group_by(day_bearers.c.bearer)
)


def _best_of(*, one_day: bool) -> Prepared:
    """The items that brought most; of one day there is nothing to add up."""
    pieces, paid = day_items.c.pieces, day_items.c.paid
    sums = (pieces, paid) if one_day else (func.sum(pieces), func.sum(paid))
    found = select(
        day_items.c.item_id.label("item_id"), sums[0].label("pieces"), sums[1].label("paid")
    ).where(day_items.c.stand_id == bindparam("stand_id"))
    if one_day:
        found = found.where(day_items.c.business_date == bindparam("since"), pieces > 0)
    else:
        found = found.where(within(day_items.c.business_date)).group_by(day_items.c.item_id)
        found = found.having(sums[0] > 0)
    best = found.order_by(sums[1].desc(), day_items.c.item_id).limit(_TOP).subquery()
    return Prepared(
        select(items.c.code, items.c.name, sellers.c.code, best.c.pieces, best.c.paid)
        .select_from(
            best.join(items, items.c.id == best.c.item_id).join(
                sellers, sellers.c.id == items.c.seller_id
            )
        )
        .order_by(best.c.paid.desc(), best.c.item_id)
    )


_top_of_day = _best_of(one_day=True)
_top = _best_of(one_day=False)
_to_complete = Prepared(
    select(items.c.code, items.c.name, sellers.c.code, items.c.price)
    .select_from(items.join(sellers, sellers.c.id == items.c.seller_id))
    .where(items.c.to_complete == 1)
    .order_by(items.c.id)
)
_back_here = returns.c.stand_id == bindparam("stand_id")
_name = func.coalesce(contact_cards.c.name, "")
_back = Prepared(
    select(
        returns.c.number,
        tills.c.prefix,
        sales.c.number,
        returns.c.at,
        _name,
        returns.c.reason,
        returns.c.void,
        returns.c.refunded,
    )
    .select_from(
        returns.join(sales, sales.c.id == returns.c.sale_id)
        .join(tills, tills.c.till_no == sales.c.till_no)
        .join(staff, staff.c.id == returns.c.staff_id)
        .outerjoin(contact_cards, contact_cards.c.id == staff.c.contact_id)
    )
    .where(_back_here, within(returns.c.business_date))
    .order_by(returns.c.id)
)
_openings = Prepared(
    select(drawer_openings.c.at, _name, drawer_openings.c.reason)
    .select_from(
        drawer_openings.join(shifts, shifts.c.id == drawer_openings.c.shift_id)
        .join(staff, staff.c.id == drawer_openings.c.staff_id)
        .outerjoin(contact_cards, contact_cards.c.id == staff.c.contact_id)
    )
    .where(shifts.c.stand_id == bindparam("stand_id"), within(drawer_openings.c.business_date))
    .order_by(drawer_openings.c.id)
)


def day_figures(cursor: Cursor, stand_id: int, period: Period, zone: str) -> DayFigures:
    """All sums of the period; of lines only the sums by item are read, however many there are."""
    bounds = period.bounds(stand_id)
    row = _sums.one(cursor, **bounds) or (0,) * len(DAY_SUMS)
    sums = dict(zip(DAY_SUMS, row, strict=True))
    methods = _by_method(cursor, bounds)
    closings, cash = cash_day(
        cursor, stand_id, period, next(m for m in methods if m.method == "cash")
    )
    return DayFigures(
        sales=sums["sales"],
        pieces=sums["pieces"],
        gross=sums["gross"],
        discounts=sums["discounts"],
        rounding=sums["rounding"],
        paid=sums["paid"],
        returns=sums["returns"] - sums["voids"],
        voids=sums["voids"],
        refunded=sums["refunded"],
        commission=sums["commission"],
        hours=_hours(cursor, bounds, zone, in_order=period.is_day),
        methods=methods,
        bearers=tuple(BearerFigures(*row) for row in _bearers.all(cursor, **bounds)),
        top=tuple(
            TopItem(*row) for row in (_top_of_day if period.is_day else _top).all(cursor, **bounds)
        ),
        back=_came_back(cursor, bounds, zone),
        openings=tuple(
            OpeningRow(local(at, zone), name, reason)
            for at, name, reason in _openings.all(cursor, **bounds)
        ),
        closings=closings,
        cash=cash,
        to_complete=tuple(ToComplete(*row) for row in _to_complete.all(cursor)),
        prepaid=prepaid_of(cursor, bounds),
    )


def _came_back(cursor: Cursor, bounds: dict[str, object], zone: str) -> tuple[BackRow, ...]:
    return tuple(
        BackRow(
            number=paper_number(LETTERS["return"], number),
            sale=paper_number(prefix, sale),
            at=local(at, zone),
            staff=name,
            reason=reason,
            void=bool(void),
            refunded=refunded,
        )
        for number, prefix, sale, at, name, reason, void, refunded in _back.all(cursor, **bounds)
    )


def _hours(
    cursor: Cursor, bounds: dict[str, object], zone: str, *, in_order: bool
) -> tuple[HourFigures, ...]:
    """In the order of the business day, where it is one: an hour after midnight comes last."""
    sums: dict[int, tuple[int, int]] = {}
    for quarter, count, paid in _quarters.all(cursor, **bounds):
        hour = local(quarter * _QUARTER_MS, zone).hour
        before = sums.get(hour, (0, 0))
        sums[hour] = (before[0] + count, before[1] + paid)
    order = list(sums) if in_order else sorted(sums)
    return tuple(HourFigures(hour, *sums[hour]) for hour in order)


def _by_method(cursor: Cursor, bounds: dict[str, object]) -> tuple[MethodFigures, ...]:
    found = {method: figures for method, *figures in _methods.all(cursor, **bounds)}
    return tuple(MethodFigures(method, *found.get(method, (0, 0, 0))) for method in METHODS)
