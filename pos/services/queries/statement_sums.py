"""What moved a seller's account between two ids: added up by index, without reading any paper.

Ids rise with time within a till, so "newer than" is a range of ids for each till.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, literal_column, select, true
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import ColumnElement

from pos.ids import COUNTER_BITS
from pos.models.consignment import loss_lines, payout_undos, payouts, unrecorded_lines
from pos.models.orders import order_advances, order_cancellations
from pos.models.prepared import Cursor, Prepared
from pos.models.returns import return_lines
from pos.models.sales import sale_lines
from pos.models.stands import tills
from pos.models.tills import payout_reach
from pos.services.queries.statement_sources import SELLER, STAND, of_stand

_Columns = ReadOnlyColumnCollection[str, Any]
_Within = Callable[[ColumnElement[int]], ColumnElement[bool]]


def _sum(
    amount: ColumnElement[int], own: _Columns, here: ColumnElement[bool], within: _Within
) -> Select[int]:
    summed = select(func.coalesce(func.sum(amount), 0))
    return summed.where(own.seller_id == SELLER, within(own.id), here)


def _by_goods(within: _Within) -> ColumnElement[int]:
    """What was sold, came back, was lost or found, deposits kept, and advances for orders."""
    sold, back, lost = sale_lines.c, return_lines.c, loss_lines.c
    found, ended, lent = unrecorded_lines.c, order_cancellations.c, order_advances.c
    return (
        _sum(sold.share, sold, of_stand(sold.id), within).scalar_subquery()
        - _sum(back.share, back, of_stand(back.id), within).scalar_subquery()
        + _sum(lost.owed, lost, lost.stand_id == STAND, within).scalar_subquery()
        + _sum(found.share, found, found.stand_id == STAND, within).scalar_subquery()
        + _sum(ended.share, ended, ended.stand_id == STAND, within).scalar_subquery()
        - _sum(lent.amount, lent, lent.stand_id == STAND, within).scalar_subquery()
    )


def _by_payouts(within: _Within) -> ColumnElement[int]:
    undone = (
        select(payouts.c.amount)
        .where(payouts.c.id == payout_undos.c.payout_id, payouts.c.stand_id == STAND)
        .scalar_subquery()
    )
    paid, back = payouts.c, payout_undos.c
    return (
        _sum(func.coalesce(undone, 0), back, true(), within).scalar_subquery()
        - _sum(paid.amount, paid, paid.stand_id == STAND, within).scalar_subquery()
    )


def _from(id_: ColumnElement[int]) -> ColumnElement[bool]:
    return id_ >= bindparam("before")


newer = Prepared(select(_by_goods(_from) + _by_payouts(_from)))
"""All that moved the account from the id `before` on."""

_each_till = tills.alias("each_till")
_first_of_till = _each_till.c.till_no.op("<<")(literal_column(str(COUNTER_BITS)))
_settled = func.coalesce(payout_reach.c.upto_id, _first_of_till)


def _unsettled(id_: ColumnElement[int]) -> ColumnElement[bool]:
    """What a payout did not reach, of the till in the outer row."""
    last = _first_of_till + literal_column(str((1 << COUNTER_BITS) - 1))
    return and_(id_ > _settled, id_ <= last)


_after_payout = Prepared(
    select(
        func.coalesce(func.sum(_by_goods(_unsettled)), 0),
        _by_payouts(lambda id_: id_ >= bindparam("payout_id")),
    ).select_from(
        _each_till.outerjoin(
            payout_reach,
            and_(
                payout_reach.c.till_no == _each_till.c.till_no,
                payout_reach.c.payout_id == bindparam("payout_id"),
            ),
        )
    )
)


def moved_since_payout(cursor: Cursor, *, seller_id: int, stand_id: int, payout_id: int) -> int:
    """What moved the account since a payout: lines that it did not know, payouts from it on."""
    goods, paid = _after_payout.one(
        cursor, seller_id=seller_id, stand_id=stand_id, payout_id=payout_id
    ) or (0, 0)
    return int(goods) + int(paid)
