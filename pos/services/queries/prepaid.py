"""Money of orders among a till's money: what was paid ahead, used, given back, and lent to makers.

What orders bring and take lies in payments and refunds beside that of sales and returns; this says
how much of it is no turnover (yet).
"""

import msgspec
from sqlalchemy import ColumnElement, FromClause, Table, and_, bindparam, func, select

from pos.models.orders import (
    order_advances,
    order_cancellations,
    order_deposits,
    order_handovers,
    order_refunds,
    orders,
)
from pos.models.prepared import Cursor, Prepared
from pos.models.sales import payments, sales
from pos.models.stands import tills
from pos.services.papers import LETTERS, paper_number

_order = orders.alias("paid_order")
_deposit = order_deposits.alias("paid_deposit")
PAID_FOR: FromClause = (
    payments.outerjoin(sales, sales.c.id == payments.c.sale_id)
    .outerjoin(_deposit, _deposit.c.id == payments.c.deposit_id)
    .outerjoin(_order, _order.c.id == _deposit.c.order_id)
    .join(tills, tills.c.till_no == func.coalesce(sales.c.till_no, _order.c.till_no))
)
"""Payments with what they were for: a sale, or an order."""
PAPER: tuple[ColumnElement[object], ...] = (
    tills.c.prefix,
    func.coalesce(sales.c.number, _order.c.number),
    _order.c.id,
)
"""What `paid_paper` needs to name that paper."""
PAID_AT: ColumnElement[int] = func.coalesce(sales.c.at, _order.c.at)


def paid_paper(prefix: str, number: int, order_id: int | None) -> str:
    """The number of the receipt, or of the order, that a payment was for."""
    shown = paper_number(prefix, number)
    return f"{LETTERS['order']}-{shown}" if order_id else shown


class Prepaid(msgspec.Struct, frozen=True):
    """Money of orders over some documents (rupiah).

    `taken` came ahead, `used` of it paid for what was handed over, `back` went back to customers,
    `kept` stayed when orders were cancelled.
    """

    taken: int = 0
    used: int = 0
    back: int = 0
    kept: int = 0


def _within(table: Table, column: str = "id") -> ColumnElement[bool]:
    own = table.c[column]
    return and_(own > bindparam("after"), own < bindparam("before"))


def _total(column: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)


_sums = Prepared(
    select(
        select(_total(order_deposits.c.amount)).where(_within(order_deposits)).scalar_subquery(),
        select(_total(order_handovers.c.deposit))
        .where(_within(order_handovers, "sale_id"))
        .scalar_subquery(),
        select(_total(order_refunds.c.amount)).where(_within(order_refunds)).scalar_subquery(),
        select(_total(order_cancellations.c.kept))
        .where(_within(order_cancellations))
        .scalar_subquery(),
    )
)


def _here(table: Table) -> ColumnElement[bool]:
    days = table.c.business_date.between(bindparam("since"), bindparam("until"))
    return and_(table.c.stand_id == bindparam("stand_id"), days)


_by_days = Prepared(
    select(
        select(_total(order_deposits.c.amount)).where(_here(order_deposits)).scalar_subquery(),
        select(_total(order_handovers.c.deposit))
        .select_from(order_handovers.join(sales, sales.c.id == order_handovers.c.sale_id))
        .where(_here(sales))
        .scalar_subquery(),
        select(_total(order_refunds.c.amount)).where(_here(order_refunds)).scalar_subquery(),
        select(_total(order_cancellations.c.kept))
        .where(_here(order_cancellations))
        .scalar_subquery(),
    )
)
_advances = Prepared(
    select(order_advances.c.method, func.sum(order_advances.c.amount))
    .where(_within(order_advances))
    .group_by(order_advances.c.method)
)


def prepaid(cursor: Cursor, *, after: int, before: int) -> Prepaid:
    """The money of orders whose documents have ids between the two."""
    row = _sums.one(cursor, after=after, before=before)
    return Prepaid(*row) if row else Prepaid()


def prepaid_of(cursor: Cursor, bounds: dict[str, object]) -> Prepaid:
    """The money of a stand's orders over the business days bound as `since` and `until`."""
    row = _by_days.one(cursor, **bounds)
    return Prepaid(*row) if row else Prepaid()


def advances(cursor: Cursor, *, after: int, before: int) -> list[tuple[str, int]]:
    """Money for material given to makers, by method."""
    return [(m, int(n)) for m, n in _advances.all(cursor, after=after, before=before)]
