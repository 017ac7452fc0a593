"""What moves a seller's account at one stand: a select a kind of document, all with the same columns."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    bindparam,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import ColumnElement

from pos.ids import COUNTER_BITS
from pos.models.catalog import items
from pos.models.consignment import (
    loss_lines,
    losses,
    payout_undos,
    payouts,
    stock_counts,
    unrecorded_lines,
)
from pos.models.orders import order_advances, order_cancellations, order_lines, orders
from pos.models.returns import return_lines, returns
from pos.models.sales import sale_lines, sales
from pos.models.stands import tills
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
SELLER: BindParameter[int] = bindparam("seller_id")
STAND: BindParameter[int] = bindparam("stand_id")
_tills_here = select(tills.c.till_no).where(tills.c.stand_id == STAND).scalar_subquery()


def till_of_id(id_: ColumnElement[int]) -> ColumnElement[int]:
    """pos.ids.till_of in SQL."""
    return id_.op(">>")(literal_column(str(COUNTER_BITS)))


def of_stand(id_: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a line was rung up at the stand: its id says which till gave it."""
    return till_of_id(id_).in_(_tills_here)


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
        .where(sale_lines.c.seller_id == SELLER, of_stand(sale_lines.c.id))
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
        .where(return_lines.c.seller_id == SELLER, of_stand(return_lines.c.id))
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
        .where(loss_lines.c.seller_id == SELLER, loss_lines.c.stand_id == STAND)
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
        .where(unrecorded_lines.c.seller_id == SELLER, unrecorded_lines.c.stand_id == STAND)
    )


def _kept() -> Select[Any]:
    """The maker's part of deposits that stayed when orders were cancelled."""
    ended = order_cancellations
    return (
        _line(
            ended.c.id,
            literal("kept"),
            ended.c.at,
            ended.c.business_date,
            literal(f"{LETTERS['order']}-") + tills.c.prefix,
            orders.c.number,
            ended.c.reason,
            _zero,
            ended.c.kept,
            ended.c.commission,
            ended.c.share,
        )
        .select_from(
            ended.join(orders, orders.c.id == ended.c.order_id).join(
                tills, tills.c.till_no == orders.c.till_no
            )
        )
        .where(ended.c.seller_id == SELLER, ended.c.stand_id == STAND, ended.c.share != 0)
    )


def _advanced() -> Select[Any]:
    """Money for material, lent before anything was earned."""
    lent = order_advances
    return (
        _line(
            lent.c.id,
            literal("advance"),
            lent.c.at,
            lent.c.business_date,
            literal(LETTERS["advance"]),
            lent.c.number,
            select(func.min(order_lines.c.name))
            .where(order_lines.c.order_id == lent.c.order_id)
            .scalar_subquery(),
            _zero,
            _zero,
            _zero,
            -lent.c.amount,
        )
        .select_from(lent)
        .where(lent.c.seller_id == SELLER, lent.c.stand_id == STAND)
    )


def sources() -> tuple[Select[Any], ...]:
    """Goods first (sold, back, lost, unrecorded, deposits kept), then advances, payouts, undos."""
    undone = payout_undos.join(payouts, payouts.c.id == payout_undos.c.payout_id)
    return (
        _sold(),
        _came_back(),
        _lost(),
        _unrecorded(),
        _kept(),
        _advanced(),
        _payout_line(payouts.c, literal("payout"), -payouts.c.amount).where(
            payouts.c.seller_id == SELLER, payouts.c.stand_id == STAND
        ),
        _payout_line(payout_undos.c, literal("undo"), payouts.c.amount)
        .select_from(undone)
        .where(payout_undos.c.seller_id == SELLER, payouts.c.stand_id == STAND),
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
