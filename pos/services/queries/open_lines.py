"""The lines of a seller's account that payouts settle: for each till a range of its ids.

A payout tells up to which id of each till it settled the account. Between two of them lie a few
lines that the index finds at once, however long the account is and however many tills rang it up.
"""

from typing import Any

from sqlalchemy import bindparam, func, select, union_all

from pos.ids import first_id
from pos.models.consignment import payout_left_out, payouts
from pos.models.prepared import Cursor, Prepared, Row
from pos.models.sales import sale_lines
from pos.models.stands import tills
from pos.models.tills import payout_reach
from pos.services.queries.statement_sources import SELLER, STAND, sources

STANDING = (payouts.c.seller_id == SELLER, payouts.c.stand_id == STAND, payouts.c.undone == 0)
_AFTER: Any = bindparam("after")
_UPTO: Any = bindparam("upto")

_payable = union_all(*sources()[:6]).subquery()
_between = Prepared(
    select(_payable).where(_payable.c.id > _AFTER, _payable.c.id <= _UPTO).order_by(_payable.c.id)
)
_passed_over = (
    select(payout_left_out.c.line_id)
    .where(payout_left_out.c.payout_id == bindparam("payout_id"))
    .scalar_subquery()
)
_left_out = Prepared(select(_payable).where(_payable.c.id.in_(_passed_over)))
_reached = Prepared(
    select(payout_reach.c.till_no, payout_reach.c.upto_id).where(
        payout_reach.c.payout_id == bindparam("payout_id")
    )
)
reach = Prepared(
    select(payout_reach.c.till_no, func.max(payout_reach.c.upto_id))
    .select_from(payout_reach.join(payouts, payouts.c.id == payout_reach.c.payout_id))
    .where(*STANDING)
    .group_by(payout_reach.c.till_no)
)
"""Up to which id of each till the account is settled."""
_tills = Prepared(select(tills.c.till_no))
_sold = (
    select(sale_lines.c.id)
    .where(sale_lines.c.seller_id == SELLER, sale_lines.c.id > _AFTER, sale_lines.c.id <= _UPTO)
    .limit(bindparam("limit"))
)
_how_many = Prepared(select(func.count()).select_from(_sold.subquery()))


def settled_by(at: Cursor, whose: dict[str, int], payout_id: int, before: int) -> list[Row]:
    """What could be settled by a payout, `before` is the payout before it (0 for none)."""
    known: dict[int, int] = dict(_reached.all(at, payout_id=before)) if before else {}
    ranges = [
        (known.get(till_no, first_id(till_no)), upto)
        for till_no, upto in _reached.all(at, payout_id=payout_id)
    ]
    return _rows(at, whose, before, ranges)


def open_now(at: Cursor, whose: dict[str, int], last_payout: int) -> list[Row]:
    """What no payout has settled, and what the last one (0 for none) left out."""
    return _rows(at, whose, last_payout, _unsettled(at, whose))


def more_sold_than(at: Cursor, whose: dict[str, int], count: int) -> bool:
    """Whether more lines than that were sold and not settled."""
    found = 0
    for after, upto in _unsettled(at, whose):
        row = _how_many.one(at, **whose, after=after, upto=upto, limit=count + 1 - found)
        found += int(row[0]) if row else 0
        if found > count:
            return True
    return False


def _unsettled(at: Cursor, whose: dict[str, int]) -> list[tuple[int, int]]:
    settled: dict[int, int] = dict(reach.all(at, **whose))
    return [
        (settled.get(till_no, first_id(till_no)), first_id(till_no + 1) - 1)
        for (till_no,) in _tills.all(at)
    ]


def _rows(
    at: Cursor, whose: dict[str, int], left_out_by: int, ranges: list[tuple[int, int]]
) -> list[Row]:
    """By id, each once: of old payouts taken back a line may be in both."""
    rows = _left_out.all(at, **whose, payout_id=left_out_by) if left_out_by else []
    for after, upto in ranges:
        if upto > after:
            rows += _between.all(at, **whose, after=after, upto=upto)
    return [row for _id, row in sorted({row[0]: row for row in rows}.items())]
