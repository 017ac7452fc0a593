"""The rows behind a seller's account at one stand, as SQL: what moved it, what is open, a page of it."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import ColumnElement

from pos.ids import COUNTER_BITS
from pos.models.catalog import items
from pos.models.consignment import (
    loss_lines,
    losses,
    payout_left_out,
    payout_undos,
    payouts,
    stock_counts,
    unrecorded_lines,
)
from pos.models.prepared import Prepared
from pos.models.returns import return_lines, returns
from pos.models.sales import sale_lines, sales
from pos.models.stands import tills
from pos.models.tills import payout_reach
from pos.services.papers import LETTERS

_NAMES = (
    "id",
    "kind",
    "at",
    "business_date",
    "prefix",
    "number",
    "name",
    "qty",
    "price",
    "commission",
    "amount",
)


def _line(*columns: ColumnElement[Any]) -> Select[Any]:
    """A source of the statement; its columns are those of _NAMES."""
    return select(*(column.label(name) for name, column in zip(_NAMES, columns, strict=True)))


_zero = literal(0)
_seller: BindParameter[int] = bindparam("seller_id")
_stand: BindParameter[int] = bindparam("stand_id")
_tills_here = select(tills.c.till_no).where(tills.c.stand_id == _stand).scalar_subquery()


def _of_stand(id_: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a line was rung up at the stand: its id says which till gave it."""
    return till_of_id(id_).in_(_tills_here)


def till_of_id(id_: ColumnElement[int]) -> ColumnElement[int]:
    """pos.ids.till_of in SQL."""
    return id_.op(">>")(literal_column(str(COUNTER_BITS)))


def _sold() -> Select[Any]:
    """Pieces sold."""
    sold = sale_lines.join(sales, sales.c.id == sale_lines.c.sale_id).join(
        tills, tills.c.till_no == sales.c.till_no
    )
    return (
        _line(
            sale_lines.c.id,
            literal("sale"),
            sales.c.at,
            sales.c.business_date,
            tills.c.prefix,
            sales.c.number,
            sale_lines.c.name,
            sale_lines.c.qty,
            sale_lines.c.paid,
            sale_lines.c.commission,
            sale_lines.c.share,
        )
        .select_from(sold)
        .where(sale_lines.c.seller_id == _seller, _of_stand(sale_lines.c.id))
    )


def _came_back() -> Select[Any]:
    """Pieces that came back, with the number of the receipt that sold them."""
    void = func.iif(returns.c.void == 1, "void", "return")
    back = (
        return_lines.join(returns, returns.c.id == return_lines.c.return_id)
        .join(sale_lines, sale_lines.c.id == return_lines.c.line_id)
        .join(sales, sales.c.id == returns.c.sale_id)
        .join(tills, tills.c.till_no == sales.c.till_no)
    )
    return (
        _line(
            return_lines.c.id,
            void,
            returns.c.at,
            returns.c.business_date,
            tills.c.prefix,
            sales.c.number,
            sale_lines.c.name,
            -return_lines.c.qty,
            -return_lines.c.paid,
            -return_lines.c.commission,
            -return_lines.c.share,
        )
        .select_from(back)
        .where(return_lines.c.seller_id == _seller, _of_stand(return_lines.c.id))
    )


def _lost() -> Select[Any]:
    """Pieces lost or damaged, by themselves or found missing in a count."""
    lost = (
        loss_lines.join(items, items.c.id == loss_lines.c.item_id)
        .outerjoin(losses, losses.c.id == loss_lines.c.document_id)
        .outerjoin(stock_counts, stock_counts.c.id == loss_lines.c.document_id)
    )
    return (
        _line(
            loss_lines.c.id,
            loss_lines.c.kind,
            loss_lines.c.at,
            loss_lines.c.business_date,
            func.iif(losses.c.id.is_(None), LETTERS["stock_count"], LETTERS["loss"]),
            func.coalesce(losses.c.number, stock_counts.c.number),
            items.c.name,
            loss_lines.c.qty,
            _zero,
            _zero,
            loss_lines.c.owed,
        )
        .select_from(lost)
        .where(loss_lines.c.seller_id == _seller, loss_lines.c.stand_id == _stand)
    )


def _unrecorded() -> Select[Any]:
    """Pieces that a count found sold without having been rung up."""
    return (
        _line(
            unrecorded_lines.c.id,
            literal("unrecorded"),
            unrecorded_lines.c.at,
            unrecorded_lines.c.business_date,
            literal(LETTERS["stock_count"]),
            stock_counts.c.number,
            items.c.name,
            unrecorded_lines.c.qty,
            unrecorded_lines.c.share + unrecorded_lines.c.commission,
            unrecorded_lines.c.commission,
            unrecorded_lines.c.share,
        )
        .select_from(
            unrecorded_lines.join(items, items.c.id == unrecorded_lines.c.item_id).join(
                stock_counts, stock_counts.c.id == unrecorded_lines.c.document_id
            )
        )
        .where(unrecorded_lines.c.seller_id == _seller, unrecorded_lines.c.stand_id == _stand)
    )


def _sources() -> tuple[Select[Any], ...]:
    undone = payout_undos.join(payouts, payouts.c.id == payout_undos.c.payout_id)
    return (
        _sold(),
        _came_back(),
        _lost(),
        _unrecorded(),
        _payout_line(payouts.c, literal("payout"), -payouts.c.amount).where(
            payouts.c.seller_id == _seller, payouts.c.stand_id == _stand
        ),
        _payout_line(payout_undos.c, literal("undo"), payouts.c.amount)
        .select_from(undone)
        .where(payout_undos.c.seller_id == _seller, payouts.c.stand_id == _stand),
    )


def _payout_line(
    own: ReadOnlyColumnCollection[str, Any], kind: ColumnElement[str], amount: ColumnElement[int]
) -> Select[Any]:
    number, method = payouts.c.number, payouts.c.method
    return _line(
        own.id,
        kind,
        own.at,
        own.business_date,
        literal("S"),
        number,
        method,
        _zero,
        _zero,
        _zero,
        amount,
    )


_account: CompoundSelect[Any] = union_all(*_sources())
account_rows = _account.subquery()
"""Everything that moved the account of the seller bound as `seller_id` at `stand_id`."""
_before: BindParameter[int] = bindparam("before")


def _newest(source: Select[Any]) -> Select[Any]:
    """A source's newest rows: each is cut to a page, so that a long account sorts no more."""
    rows = source.subquery()
    asked = (
        select(rows)
        .where(rows.c.id < _before, rows.c.business_date >= bindparam("from_date"))
        .order_by(rows.c.id.desc())
        .limit(bindparam("limit"))
    )
    return select(asked.subquery())


def _since(
    amount: ColumnElement[int], own: ReadOnlyColumnCollection[str, Any], here: ColumnElement[bool]
) -> Any:
    """What one source moved from `before` on, read without its papers."""
    summed = select(func.coalesce(func.sum(amount), 0))
    return summed.where(own.seller_id == _seller, own.id >= _before, here).scalar_subquery()


_newest_rows = union_all(*(_newest(source) for source in _sources())).subquery()
page_rows = Prepared(
    select(_newest_rows).order_by(_newest_rows.c.id.desc()).limit(bindparam("limit"))
)
_undone_amount = (
    select(payouts.c.amount)
    .where(payouts.c.id == payout_undos.c.payout_id, payouts.c.stand_id == _stand)
    .scalar_subquery()
)
newer_sum = Prepared(
    select(
        _since(sale_lines.c.share, sale_lines.c, _of_stand(sale_lines.c.id))
        - _since(return_lines.c.share, return_lines.c, _of_stand(return_lines.c.id))
        + _since(loss_lines.c.owed, loss_lines.c, loss_lines.c.stand_id == _stand)
        + _since(
            unrecorded_lines.c.share, unrecorded_lines.c, unrecorded_lines.c.stand_id == _stand
        )
        - _since(payouts.c.amount, payouts.c, payouts.c.stand_id == _stand)
        + _since(func.coalesce(_undone_amount, 0), payout_undos.c, true())
    )
)
goods_rows = union_all(*_sources()[:4]).subquery()
"""What the pieces of the seller bound as `seller_id` brought: the account without its payouts."""
_left_out = (
    select(payout_left_out.c.line_id)
    .where(payout_left_out.c.payout_id == bindparam("payout_id"))
    .scalar_subquery()
)
_standing = (payouts.c.seller_id == _seller, payouts.c.stand_id == _stand, payouts.c.undone == 0)
reach = Prepared(
    select(payout_reach.c.till_no, func.max(payout_reach.c.upto_id))
    .select_from(payout_reach.join(payouts, payouts.c.id == payout_reach.c.payout_id))
    .where(*_standing)
    .group_by(payout_reach.c.till_no)
)
"""Up to which id of each till the account is settled."""
_settled = (
    select(func.coalesce(func.max(payout_reach.c.upto_id), 0))
    .select_from(payout_reach.join(payouts, payouts.c.id == payout_reach.c.payout_id))
    .where(*_standing, payout_reach.c.till_no == till_of_id(goods_rows.c.id))
    .correlate(goods_rows)
    .scalar_subquery()
)
open_lines = Prepared(
    select(goods_rows)
    .where((goods_rows.c.id > _settled) | goods_rows.c.id.in_(_left_out))
    .order_by(goods_rows.c.id)
)
last_payout = Prepared(
    select(payouts.c.id, payouts.c.number, payouts.c.amount, payouts.c.business_date)
    .where(*_standing)
    .order_by(payouts.c.at.desc(), payouts.c.id.desc())
    .limit(1)
)
