"""A month day by day, and what sellers told of their online sales."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, func, select

from pos.models.consignment import withdrawal_lines, withdrawals
from pos.models.prepared import Cursor, Prepared
from pos.models.sums import day_sums
from pos.services.queries.periods import Period, within

_SHOWN = (
    "sales",
    "pieces",
    "gross",
    "discounts",
    "rounding",
    "paid",
    "returns",
    "refunded",
    "commission",
)


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


_days = Prepared(
    select(day_sums.c.business_date, *(day_sums.c[name] for name in _SHOWN)).where(
        day_sums.c.stand_id == bindparam("stand_id"), within(day_sums.c.business_date)
    )
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
    found = {date: sums for date, *sums in _days.all(cursor, **period.bounds(stand_id))}
    return tuple(DaySums(day, *found.get(day.isoformat(), ())) for day in period.days)


def online_figures(cursor: Cursor, stand_id: int, period: Period) -> tuple[OnlineFigures, ...]:
    """By channel; the withdrawals whose reason is "sold online"."""
    rows = _online.all(cursor, **period.bounds(stand_id))
    return tuple(OnlineFigures(*row) for row in rows)
