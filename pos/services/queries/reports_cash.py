"""How the drawers came from the morning to the evening of a period, by the ledger."""

import msgspec
from sqlalchemy import bindparam, func, select

from pos.models.consignment import payout_undos, payouts
from pos.models.ledger import balances
from pos.models.orders import order_advances
from pos.models.prepared import Cursor, Prepared
from pos.models.shifts import cash_moves, shift_closings, shifts
from pos.models.sums import day_methods
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.periods import Period, total, within
from pos.services.queries.shifts import MethodFigures


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
    """From the cash that the book had before a period to what it has after it (rupiah).

    `over_short` is that of openings and closings together; `other` whatever else moved cash.
    """

    opening: int
    brought: int
    taken: int
    refunded: int
    payouts: int
    cash_in: int
    cash_out: int
    deposits: int
    over_short: int
    moved: int

    @property
    def other(self) -> int:
        """What moved the account beside the kinds named here."""
        return self.moved - (
            self.brought
            + self.taken
            - self.refunded
            - self.payouts
            + self.cash_in
            - self.cash_out
            - self.deposits
            + self.over_short
        )

    @property
    def end(self) -> int:
        """What the book has in the drawers at the end."""
        return self.opening + self.moved


_shifts = Prepared(
    select(
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
_advances = Prepared(
    select(total(order_advances.c.amount)).where(
        order_advances.c.stand_id == bindparam("stand_id"),
        order_advances.c.method == "cash",
        within(order_advances.c.business_date),
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
_moved = Prepared(
    select(total(day_methods.c.moved)).where(
        day_methods.c.stand_id == bindparam("stand_id"),
        within(day_methods.c.business_date),
        day_methods.c.method == "cash",
    )
)
_since = Prepared(
    select(total(day_methods.c.moved)).where(
        day_methods.c.stand_id == bindparam("stand_id"),
        day_methods.c.business_date >= bindparam("since"),
        day_methods.c.method == "cash",
    )
)
_balance = Prepared(
    select(total(balances.c.amount)).where(
        balances.c.account == "cash", balances.c.stand_id == bindparam("stand_id")
    )
)


def cash_day(
    cursor: Cursor, stand_id: int, period: Period, cash: MethodFigures
) -> tuple[tuple[ZRow, ...], CashDay]:
    """The closings of the period's shifts, and the drawers' way; `cash` is the sales' part of it."""
    bounds = period.bounds(stand_id)
    closings, over_short, brought, deposited = [], 0, 0, 0
    for more, difference, number, short, reason, deposit, kept in _shifts.all(cursor, **bounds):
        brought += more
        over_short += difference
        if number is not None:
            counted = deposit + kept
            paper = paper_number(LETTERS["z"], number)
            closings.append(ZRow(paper, counted - short, counted, short, reason, deposit, kept))
            over_short += short
            deposited += deposit
    moves = {kind: int(amount) for kind, amount in _cash_moves.all(cursor, **bounds)}
    return tuple(closings), CashDay(
        opening=_one(_balance, cursor, bounds) - _one(_since, cursor, bounds),
        brought=brought,
        taken=cash.taken,
        refunded=cash.refunded,
        payouts=_one(_payouts, cursor, bounds)
        + _one(_advances, cursor, bounds)
        - _one(_undone, cursor, bounds),
        cash_in=moves.get("in", 0),
        cash_out=moves.get("out", 0),
        deposits=moves.get("deposit", 0) + deposited,
        over_short=over_short,
        moved=_one(_moved, cursor, bounds),
    )


def _one(statement: Prepared, cursor: Cursor, bounds: dict[str, object]) -> int:
    row = statement.one(cursor, **bounds)
    return int(row[0]) if row else 0
