"""Everything that a day came to: the figures of the daily report."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, func, select, union_all

from pos.clock import local
from pos.models.catalog import contact_cards, items, sellers
from pos.models.consignment import payout_undos, payouts
from pos.models.prepared import Cursor, Prepared
from pos.models.returns import refunds, return_lines, returns
from pos.models.sales import line_discounts, payments, sale_lines, sales
from pos.models.shifts import cash_moves, drawer_openings, shift_closings, shifts
from pos.models.stands import staff, tills
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.reports import RETURNED, SOLD, Period, total, within
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


class ZRow(msgspec.Struct, frozen=True):
    """A closing of a shift that began on the day (rupiah)."""

    number: str
    expected: int
    counted: int
    over_short: int
    reason: str
    deposit: int
    kept: int


class CashDay(msgspec.Struct, frozen=True):
    """How the drawers came from the first float to what is in them (rupiah).

    `has_opening` is False for a day without a shift: then `end` is only what the day moved.
    """

    opening: int
    has_opening: bool
    taken: int
    refunded: int
    payouts: int
    cash_in: int
    cash_out: int
    deposits: int
    over_short: int

    @property
    def end(self) -> int:
        """What is in the drawers at the end."""
        return (
            self.opening
            + self.taken
            - self.refunded
            - self.payouts
            + self.cash_in
            - self.cash_out
            - self.deposits
            + self.over_short
        )


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
    hours: tuple[HourFigures, ...]
    methods: tuple[MethodFigures, ...]
    bearers: tuple[BearerFigures, ...]
    top: tuple[TopItem, ...]
    back: tuple[BackRow, ...]
    openings: tuple[OpeningRow, ...]
    closings: tuple[ZRow, ...]
    cash: CashDay

    @property
    def net(self) -> int:
        """What was taken and stayed."""
        return self.paid - self.refunded


_here = sales.c.stand_id == bindparam("stand_id")
_sales = Prepared(
    select(
        func.count(),
        total(sales.c.pieces),
        total(sales.c.subtotal),
        total(sales.c.line_discounts + sales.c.cart_discount),
        total(sales.c.rounding),
        total(sales.c.paid),
    ).where(_here, within(sales.c.business_date))
)
_quarter = sales.c.at // _QUARTER_MS
_quarters = Prepared(
    select(_quarter, func.count(), func.sum(sales.c.paid))
    .where(_here, within(sales.c.business_date))
    .group_by(_quarter)
)
_back_here = returns.c.stand_id == bindparam("stand_id")
_taken = Prepared(
    select(payments.c.method, func.sum(payments.c.amount), func.count())
    .select_from(sales.join(payments, payments.c.sale_id == sales.c.id))
    .where(_here, within(sales.c.business_date))
    .group_by(payments.c.method)
)
_refunded = Prepared(
    select(refunds.c.method, func.sum(refunds.c.amount))
    .select_from(returns.join(refunds, refunds.c.return_id == returns.c.id))
    .where(_back_here, within(returns.c.business_date))
    .group_by(refunds.c.method)
)
_bearers = Prepared(
    select(
        line_discounts.c.bearer,
        func.count(),
        func.sum(line_discounts.c.amount),
        func.sum(line_discounts.c.seller_part),
    )
    .select_from(SOLD.join(line_discounts, line_discounts.c.line_id == sale_lines.c.id))
    .where(_here, within(sales.c.business_date))
    .group_by(line_discounts.c.bearer)
)
_moved = union_all(
    select(sale_lines.c.item_id, sale_lines.c.qty, sale_lines.c.paid)
    .select_from(SOLD)
    .where(_here, within(sales.c.business_date)),
    select(return_lines.c.item_id, -return_lines.c.qty, -return_lines.c.paid)
    .select_from(RETURNED)
    .where(_back_here, within(returns.c.business_date)),
).subquery()
_paid_of = func.sum(_moved.c.paid)
_top = Prepared(
    select(items.c.code, items.c.name, sellers.c.code, func.sum(_moved.c.qty), _paid_of)
    .select_from(
        _moved.join(items, items.c.id == _moved.c.item_id).join(
            sellers, sellers.c.id == items.c.seller_id
        )
    )
    .group_by(items.c.id)
    .having(func.sum(_moved.c.qty) > 0)
    .order_by(_paid_of.desc(), items.c.code)
    .limit(_TOP)
)
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
_shifts = Prepared(
    select(
        shifts.c.till_no,
        shifts.c.opening,
        shifts.c.brought,
        shifts.c.over_short,
        shift_closings.c.number,
        shift_closings.c.over_short,
        shift_closings.c.reason,
        shift_closings.c.deposit,
        shift_closings.c.kept,
    )
    .select_from(shifts.outerjoin(shift_closings, shift_closings.c.shift_id == shifts.c.id))
    .where(shifts.c.stand_id == bindparam("stand_id"), within(shifts.c.business_date))
    .order_by(shifts.c.id)
)
_cash_moves = Prepared(
    select(cash_moves.c.kind, func.sum(cash_moves.c.amount))
    .where(cash_moves.c.stand_id == bindparam("stand_id"), within(cash_moves.c.business_date))
    .group_by(cash_moves.c.kind)
)
_payouts = Prepared(
    select(total(payouts.c.amount)).where(
        payouts.c.stand_id == bindparam("stand_id"),
        payouts.c.method == "cash",
        within(payouts.c.business_date),
    )
)
_undone = Prepared(
    select(total(payouts.c.amount))
    .select_from(payout_undos.join(payouts, payouts.c.id == payout_undos.c.payout_id))
    .where(
        payouts.c.stand_id == bindparam("stand_id"),
        payouts.c.method == "cash",
        within(payout_undos.c.business_date),
    )
)


def day_figures(cursor: Cursor, stand_id: int, period: Period, zone: str) -> DayFigures:
    """All sums of the period; a few statements, each over the documents of the period only."""
    bounds = period.bounds(stand_id)
    count, pieces, gross, discounts, rounding, paid = _sales.one(cursor, **bounds) or (0,) * 6
    back = tuple(
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
    methods = _methods(cursor, bounds)
    closings, cash = _cash(cursor, bounds, next(m for m in methods if m.method == "cash"))
    return DayFigures(
        sales=count,
        pieces=pieces,
        gross=gross,
        discounts=discounts,
        rounding=rounding,
        paid=paid,
        returns=sum(not one.void for one in back),
        voids=sum(one.void for one in back),
        refunded=sum(one.refunded for one in back),
        hours=_hours(cursor, bounds, zone),
        methods=methods,
        bearers=tuple(BearerFigures(*row) for row in _bearers.all(cursor, **bounds)),
        top=tuple(TopItem(*row) for row in _top.all(cursor, **bounds)),
        back=back,
        openings=tuple(
            OpeningRow(local(at, zone), name, reason)
            for at, name, reason in _openings.all(cursor, **bounds)
        ),
        closings=closings,
        cash=cash,
    )


def _hours(cursor: Cursor, bounds: dict[str, object], zone: str) -> tuple[HourFigures, ...]:
    """In the order of the business day: an hour after midnight comes last."""
    sums: dict[int, tuple[int, int]] = {}
    for quarter, count, paid in _quarters.all(cursor, **bounds):
        hour = local(quarter * _QUARTER_MS, zone).hour
        before = sums.get(hour, (0, 0))
        sums[hour] = (before[0] + count, before[1] + paid)
    order = sorted(sums, key=lambda hour: (hour < 4, hour))
    return tuple(HourFigures(hour, *sums[hour]) for hour in order)


def _methods(cursor: Cursor, bounds: dict[str, object]) -> tuple[MethodFigures, ...]:
    came = {method: (amount, count) for method, amount, count in _taken.all(cursor, **bounds)}
    went = {method: int(amount) for method, amount in _refunded.all(cursor, **bounds)}
    return tuple(
        MethodFigures(m, came.get(m, (0, 0))[0], went.get(m, 0), came.get(m, (0, 0))[1])
        for m in METHODS
    )


def _cash(
    cursor: Cursor, bounds: dict[str, object], cash: MethodFigures
) -> tuple[tuple[ZRow, ...], CashDay]:
    closings, opening, over_short, brought, deposited = [], 0, 0, 0, 0
    begun: set[int] = set()
    for row in _shifts.all(cursor, **bounds):
        till_no, first, more, difference, number, short, reason, deposit, kept = row
        if till_no in begun:
            brought += more
            over_short += difference
        else:
            begun.add(till_no)
            opening += first
        if number is not None:
            counted = deposit + kept
            paper = paper_number(LETTERS["z"], number)
            closings.append(ZRow(paper, counted - short, counted, short, reason, deposit, kept))
            over_short += short
            deposited += deposit
    moves = {kind: int(amount) for kind, amount in _cash_moves.all(cursor, **bounds)}
    out, undone = _payouts.one(cursor, **bounds) or (0,), _undone.one(cursor, **bounds) or (0,)
    return tuple(closings), CashDay(
        opening=opening,
        has_opening=bool(begun),
        taken=cash.taken,
        refunded=cash.refunded,
        payouts=out[0] - undone[0],
        cash_in=moves.get("in", 0) + brought,
        cash_out=moves.get("out", 0),
        deposits=moves.get("deposit", 0) + deposited,
        over_short=over_short,
    )
