"""A month day by day, and what sellers told of their online sales."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, func, select

from pos.models.consignment import unrecorded_lines, withdrawal_lines, withdrawals
from pos.models.prepared import Cursor, Prepared
from pos.models.returns import return_lines, returns
from pos.models.sales import sale_lines, sales
from pos.services.queries.reports import RETURNED, SOLD, Period, within


class DaySums(msgspec.Struct, frozen=True):
    """One business day (rupiah, counts). `gross` and `discounts` are the sales' own."""

    day: dt.date
    sales: int = 0
    pieces: int = 0
    gross: int = 0
    discounts: int = 0
    rounding: int = 0
    paid: int = 0
    returns: int = 0
    refunded: int = 0
    commission: int = 0

    @property
    def net(self) -> int:
        """What was taken and stayed."""
        return self.paid - self.refunded


class OnlineFigures(msgspec.Struct, frozen=True):
    """Pieces that sellers took back because they sold them online.

    `told` is the sum of the prices they told (rupiah), `untold` the pieces whose price is unknown.
    """

    channel: str
    pieces: int
    told: int
    untold: int


_sales = Prepared(
    select(
        sales.c.business_date,
        func.count(),
        func.sum(sales.c.pieces),
        func.sum(sales.c.subtotal),
        func.sum(sales.c.line_discounts + sales.c.cart_discount),
        func.sum(sales.c.rounding),
        func.sum(sales.c.paid),
    )
    .where(sales.c.stand_id == bindparam("stand_id"), within(sales.c.business_date))
    .group_by(sales.c.business_date)
)
_returns = Prepared(
    select(returns.c.business_date, func.count(), func.sum(returns.c.refunded))
    .where(returns.c.stand_id == bindparam("stand_id"), within(returns.c.business_date))
    .group_by(returns.c.business_date)
)
_earned = Prepared(
    select(sales.c.business_date, func.sum(sale_lines.c.commission))
    .select_from(SOLD)
    .where(sales.c.stand_id == bindparam("stand_id"), within(sales.c.business_date))
    .group_by(sales.c.business_date)
)
_given_back = Prepared(
    select(returns.c.business_date, -func.sum(return_lines.c.commission))
    .select_from(RETURNED)
    .where(returns.c.stand_id == bindparam("stand_id"), within(returns.c.business_date))
    .group_by(returns.c.business_date)
)
_unrecorded = Prepared(
    select(unrecorded_lines.c.business_date, func.sum(unrecorded_lines.c.commission))
    .where(
        unrecorded_lines.c.stand_id == bindparam("stand_id"),
        within(unrecorded_lines.c.business_date),
    )
    .group_by(unrecorded_lines.c.business_date)
)
_priced = withdrawal_lines.c.online_price > 0
_online = Prepared(
    select(
        withdrawals.c.channel,
        func.sum(withdrawal_lines.c.qty),
        func.sum(withdrawal_lines.c.qty * withdrawal_lines.c.online_price),
        func.sum(func.iif(_priced, 0, withdrawal_lines.c.qty)),
    )
    .select_from(
        withdrawals.join(withdrawal_lines, withdrawal_lines.c.withdrawal_id == withdrawals.c.id)
    )
    .where(
        withdrawals.c.stand_id == bindparam("stand_id"),
        withdrawals.c.reason == "online",
        within(withdrawals.c.business_date),
    )
    .group_by(withdrawals.c.channel)
    .order_by(withdrawals.c.channel)
)


def daily_sums(cursor: Cursor, stand_id: int, period: Period) -> tuple[DaySums, ...]:
    """Every day of the period, also those without a sale."""
    bounds = period.bounds(stand_id)
    sold = {row[0]: row[1:] for row in _sales.all(cursor, **bounds)}
    back = {row[0]: row[1:] for row in _returns.all(cursor, **bounds)}
    commission: dict[str, int] = {}
    for statement in (_earned, _given_back, _unrecorded):
        for day, amount in statement.all(cursor, **bounds):
            commission[day] = commission.get(day, 0) + int(amount)
    found = []
    for day in period.days:
        key = day.isoformat()
        count, pieces, gross, discounts, rounding, paid = sold.get(key, (0,) * 6)
        came_back, refunded = back.get(key, (0, 0))
        found.append(
            DaySums(
                day=day,
                sales=count,
                pieces=pieces,
                gross=gross,
                discounts=discounts,
                rounding=rounding,
                paid=paid,
                returns=came_back,
                refunded=refunded,
                commission=commission.get(key, 0),
            )
        )
    return tuple(found)


def online_figures(cursor: Cursor, stand_id: int, period: Period) -> tuple[OnlineFigures, ...]:
    """By channel; the withdrawals whose reason is "sold online"."""
    rows = _online.all(cursor, **period.bounds(stand_id))
    return tuple(OnlineFigures(*row) for row in rows)
