"""Orders for reports: what was open at the end of a day, what was late, and the orders of a month."""

import datetime as dt

import msgspec
from sqlalchemy import BindParameter, ColumnElement, bindparam, func, or_, select

from pos.models.catalog import contact_cards, sellers
from pos.models.journal import journal
from pos.models.ledger import postings
from pos.models.orders import (
    STEPS,
    order_cancellations,
    order_deposits,
    order_handed,
    order_handovers,
    order_lines,
    order_refunds,
    order_steps,
    orders,
)
from pos.models.prepared import Cursor, Prepared
from pos.models.returns import return_lines, returns
from pos.models.sales import sale_lines, sales
from pos.models.stands import tills
from pos.services.queries.orders import order_number
from pos.services.queries.periods import Period, total, within


class OpenOrder(msgspec.Struct, frozen=True):
    """An order with pieces still to be handed over at the end of a day (rupiah).

    `left` is what these cost at today's prices, `held` the deposit, `late` days past the promise.
    """

    number: str
    customer: str
    seller_code: str
    workshop: str
    state: str
    taken: dt.date
    promised: dt.date
    left: int
    held: int
    late: int


class MonthOfOrders(msgspec.Struct, frozen=True):
    """The orders taken in a month (rupiah); what became of them counts whenever it happened."""

    month: dt.date
    taken: int
    worth: int
    open: int
    handed: int
    cancelled: int
    deposits: int
    used: int
    returned: int
    kept: int


_day: BindParameter[str] = bindparam("day", "")


def _until(column: ColumnElement[str]) -> ColumnElement[bool]:
    return column <= _day


def _sum(amount: ColumnElement[int], *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return select(total(amount)).where(*conditions).scalar_subquery()


_of = orders.c.id
_used = (
    select(total(order_handovers.c.deposit))
    .select_from(order_handovers.join(sales, sales.c.id == order_handovers.c.sale_id))
    .where(order_handovers.c.order_id == _of, _until(sales.c.business_date))
    .scalar_subquery()
)
_held = (
    _sum(
        order_deposits.c.amount,
        order_deposits.c.order_id == _of,
        _until(order_deposits.c.business_date),
    )
    - _sum(
        order_refunds.c.amount,
        order_refunds.c.order_id == _of,
        _until(order_refunds.c.business_date),
    )
    - _sum(
        order_cancellations.c.kept,
        order_cancellations.c.order_id == _of,
        _until(order_cancellations.c.business_date),
    )
    - _used
)
_handed = (
    select(total(order_handed.c.qty))
    .select_from(
        order_handed.join(sale_lines, sale_lines.c.id == order_handed.c.sale_line_id).join(
            sales, sales.c.id == sale_lines.c.sale_id
        )
    )
    .where(order_handed.c.line_id == order_lines.c.id, _until(sales.c.business_date))
    .scalar_subquery()
)
_voided = (
    select(total(return_lines.c.qty))
    .select_from(
        order_handed.join(return_lines, return_lines.c.line_id == order_handed.c.sale_line_id).join(
            returns, returns.c.id == return_lines.c.return_id
        )
    )
    .where(
        order_handed.c.line_id == order_lines.c.id,
        returns.c.void == 1,
        _until(returns.c.business_date),
    )
    .scalar_subquery()
)
# Where two tills handed a piece over, that makes no other one less.
_left = func.max(0, order_lines.c.qty - _handed + _voided)
_worth_left = (
    select(total(_left * order_lines.c.price))
    .where(order_lines.c.order_id == _of)
    .scalar_subquery()
)
_pieces_left = select(total(_left)).where(order_lines.c.order_id == _of).scalar_subquery()
_state = (
    select(order_steps.c.kind)
    .where(
        order_steps.c.order_id == _of,
        _until(order_steps.c.business_date),
        or_(*(order_steps.c.kind == step for step in STEPS)),
    )
    # The word that holds first: a clock that was set back gave it an earlier time than others.
    .order_by(
        (order_steps.c.entry_id == orders.c.step_entry).desc(),
        order_steps.c.at.desc(),
        order_steps.c.entry_id.desc(),
    )
    .limit(1)
    .scalar_subquery()
)
_open = Prepared(
    select(
        tills.c.prefix,
        orders.c.number,
        func.coalesce(contact_cards.c.name, ""),
        sellers.c.code,
        sellers.c.workshop,
        _state,
        orders.c.business_date,
        orders.c.promised,
        _worth_left,
        _held,
        _pieces_left,
    )
    .select_from(
        orders.join(tills, tills.c.till_no == orders.c.till_no)
        .join(sellers, sellers.c.id == orders.c.seller_id)
        .outerjoin(contact_cards, contact_cards.c.id == orders.c.contact_id)
    )
    .where(orders.c.stand_id == bindparam("stand_id"), _until(orders.c.business_date))
    .order_by(orders.c.promised, orders.c.id)
)
_ledger = Prepared(
    select(total(postings.c.amount))
    .select_from(postings.join(journal, journal.c.id == postings.c.entry_id))
    .where(
        postings.c.account == "deposits",
        postings.c.stand_id == bindparam("stand_id"),
        _until(journal.c.business_date),
    )
)
_month = func.substr(orders.c.business_date, 1, 7)
_is_open = or_(*(orders.c.state == state for state in STEPS if state != "cancelled"))
_months = Prepared(
    select(
        _month,
        func.count(),
        func.sum(orders.c.total),
        func.sum(func.iif(_is_open, 1, 0)),
        func.sum(func.iif(orders.c.state == "handed", 1, 0)),
        func.sum(func.iif(orders.c.state == "cancelled", 1, 0)),
        func.sum(_sum(order_deposits.c.amount, order_deposits.c.order_id == _of)),
        func.sum(_sum(order_handovers.c.deposit, order_handovers.c.order_id == _of)),
        func.sum(_sum(order_refunds.c.amount, order_refunds.c.order_id == _of)),
        func.sum(_sum(order_cancellations.c.kept, order_cancellations.c.order_id == _of)),
    )
    .where(orders.c.stand_id == bindparam("stand_id"), within(orders.c.business_date))
    .group_by(_month)
    .order_by(_month)
)


def open_orders(cursor: Cursor, stand_id: int, day: dt.date) -> tuple[OpenOrder, ...]:
    """What waited at the end of a day, or still held a deposit then; the earliest promise first."""
    found = []
    for row in _open.all(cursor, stand_id=stand_id, day=day.isoformat()):
        prefix, number, customer, code, workshop, state, taken, promised, left, held, pieces = row
        waits = pieces > 0 and state != "cancelled"
        if not waits and not held:
            continue
        due = dt.date.fromisoformat(promised)
        found.append(
            OpenOrder(
                number=order_number(prefix, number),
                customer=customer,
                seller_code=code,
                workshop=workshop,
                state=state,
                taken=dt.date.fromisoformat(taken),
                promised=due,
                left=left if waits else 0,
                held=held,
                late=max(0, (day - due).days) if waits and state != "ready" else 0,
            )
        )
    return tuple(found)


def deposits_by_ledger(cursor: Cursor, stand_id: int, day: dt.date) -> int:
    """What the ledger says is owed to customers at the end of a day (rupiah)."""
    row = _ledger.one(cursor, stand_id=stand_id, day=day.isoformat())
    return -int(row[0]) if row else 0


def orders_by_month(cursor: Cursor, stand_id: int, period: Period) -> tuple[MonthOfOrders, ...]:
    """The months of a period in which orders were taken."""
    rows = _months.all(cursor, **period.bounds(stand_id))
    return tuple(
        MonthOfOrders(dt.date.fromisoformat(f"{month}-01"), *figures) for month, *figures in rows
    )
