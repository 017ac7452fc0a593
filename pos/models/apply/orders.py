"""Orders: the deposit that the stand holds for a customer, and what became of the order.

Money and pieces add up, and of two steps (or two versions) the one with the greater stamp holds:
entries of two tills about one order give the same rows in whatever order they come. But an end is
an end: nobody goes on with an order that is known to be cancelled, so a step beside a cancellation
was made by somebody who knew nothing of it, and the cancellation holds, whatever the clocks say. `step_at` is
the stamp of the step that holds, which is not before any step that its till had seen, whatever the
clock said; what people are shown is the time in `order_steps`.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import and_, bindparam, or_, update

from pos.events import (
    AdvancePaid,
    Event,
    OrderCancelled,
    OrderChanged,
    OrderField,
    OrderMoved,
    OrderPaid,
    OrderPiece,
    OrderRefunded,
    OrderTaken,
)
from pos.models.apply import sums
from pos.models.apply.handover import show_picture
from pos.models.apply.numbers import take_number
from pos.models.apply.order_money import (
    advance_paid,
    deposit_leg,
    give_back,
    hold,
    order_refunded,
    refund_legs,
    take_deposit,
)
from pos.models.apply.order_steps import note_step, sum_up
from pos.models.entries import Entry
from pos.models.ledger import Leg, post
from pos.models.orders import (
    order_cancellations,
    order_fields,
    order_lines,
    orders,
)
from pos.models.prepared import Cursor, Prepared, insert_into

_order = insert_into(orders)
_line = insert_into(order_lines)
_field = insert_into(order_fields)
_cancellation = insert_into(order_cancellations)
_this = orders.c.id == bindparam("order_id")
_later = or_(
    orders.c.step_at < bindparam("stamp"),
    and_(orders.c.step_at == bindparam("stamp"), orders.c.step_entry < bindparam("entry_id")),
)
_ended = orders.c.step == "cancelled"
_ends = bindparam("new_step") == "cancelled"
_take_step = Prepared(
    update(orders)
    .where(_this, or_(and_(_ends, ~_ended), and_(_ends == _ended, _later)))
    .values(
        step=bindparam("new_step"),
        step_at=bindparam("stamp"),
        step_entry=bindparam("entry_id"),
    )
)
_newer = or_(
    orders.c.version < bindparam("new_version"),
    and_(
        orders.c.version == bindparam("new_version"),
        orders.c.version_entry < bindparam("entry_id"),
    ),
)
_take_version = Prepared(
    update(orders)
    .where(_this, _newer)
    .values(
        version=bindparam("new_version"),
        version_entry=bindparam("entry_id"),
        promised=bindparam("new_promised"),
        note=bindparam("new_note"),
    )
)
_change_line = Prepared(
    update(order_lines)
    .where(order_lines.c.id == bindparam("line_id"))
    .values(
        name=bindparam("new_name"),
        price=bindparam("new_price"),
        ceiling=bindparam("new_ceiling"),
        picture=bindparam("new_picture"),
    )
)
_forget_fields = Prepared(order_fields.delete().where(order_fields.c.line_id == bindparam("line")))


def order_taken(cursor: Cursor, entry: Entry, event: OrderTaken) -> None:
    """The order with its pieces, and its deposit."""
    take_number(cursor, entry.till_no, "order", event.number)
    cursor.execute(_order.sql, _order_row(entry, event))
    cursor.executemany(
        _line.sql,
        [_line_row(event.order_id, no, piece) for no, piece in enumerate(event.pieces, start=1)],
    )
    for piece in event.pieces:
        _write_fields(cursor, piece.line_id, piece.fields)
    note_step(cursor, entry, event.order_id, "ordered", sum(p.amount for p in event.payments))
    if event.deposit_id:
        take_deposit(cursor, entry, event)


def order_paid(cursor: Cursor, entry: Entry, event: OrderPaid) -> None:
    """More of a deposit."""
    amount = sum(p.amount for p in event.payments)
    note_step(cursor, entry, event.order_id, "paid", amount)
    take_deposit(cursor, entry, event)


def order_moved(cursor: Cursor, entry: Entry, event: OrderMoved) -> None:
    """The step that holds from now on."""
    note_step(cursor, entry, event.order_id, event.step, 0, event.note)
    _set_step(cursor, entry, event, event.step)


def order_changed(cursor: Cursor, entry: Entry, event: OrderChanged) -> None:
    """What was agreed anew, unless a later agreement is known already."""
    note_step(cursor, entry, event.order_id, "changed", event.version, event.agreement)
    taken = _take_version.run(
        cursor,
        order_id=event.order_id,
        entry_id=entry.id,
        new_version=event.version,
        new_promised=event.promised,
        new_note=event.note,
    )
    if not taken:
        return
    for piece in event.pieces:
        _change_line.run(
            cursor,
            line_id=piece.line_id,
            new_name=piece.name,
            new_price=piece.price,
            new_ceiling=piece.ceiling,
            new_picture=piece.picture,
        )
        show_picture(cursor, piece.line_id, piece.picture)
        _forget_fields.run(cursor, line=piece.line_id)
        _write_fields(cursor, piece.line_id, piece.fields)
    sum_up(cursor, event.order_id)


def order_cancelled(cursor: Cursor, entry: Entry, event: OrderCancelled) -> None:
    """The end: what was held goes back, or stays with maker and stand."""
    returned = sum(r.amount for r in event.refunds)
    cursor.execute(
        _cancellation.sql,
        (
            event.cancel_id,
            entry.id,
            event.order_id,
            event.stand_id,
            event.seller_id,
            entry.at,
            entry.business_date,
            event.by,
            event.reason,
            event.rule,
            returned,
            event.kept,
            event.share,
            event.commission,
        ),
    )
    note_step(cursor, entry, event.order_id, "cancelled", returned, event.reason)
    if event.refunds:
        give_back(cursor, entry, event)
    hold(cursor, event.order_id, -returned - event.kept)
    sums.deposit_kept(cursor, entry, event.stand_id, event.seller_id, event.share, event.commission)
    _set_step(cursor, entry, event, "cancelled")
    legs = [
        *refund_legs(entry, event.stand_id, event.refunds),
        deposit_leg(cursor, event.order_id, returned + event.kept),
        Leg("seller", event.stand_id, event.seller_id, -event.share),
        Leg("commission", event.stand_id, 0, -event.commission),
    ]
    post(cursor, entry.id, legs)


def _set_step(cursor: Cursor, entry: Entry, event: OrderMoved | OrderCancelled, step: str) -> None:
    stamp = event.stamp or entry.at
    _take_step.run(cursor, order_id=event.order_id, new_step=step, stamp=stamp, entry_id=entry.id)
    sum_up(cursor, event.order_id)


def _order_row(entry: Entry, event: OrderTaken) -> tuple[object, ...]:
    return (
        event.order_id,
        entry.id,
        event.stand_id,
        entry.till_no,
        event.number,
        entry.at,
        entry.business_date,
        entry.staff_id,
        event.contact_id,
        event.seller_id,
        event.promised,
        event.note,
        event.if_customer,
        event.if_maker,
        "ordered",
        entry.at,
        entry.id,
        "ordered",
        1,
        entry.id,
        sum(piece.qty * piece.price for piece in event.pieces),
        0,
        0,
    )


def _line_row(order_id: int, no: int, piece: OrderPiece) -> tuple[object, ...]:
    return (
        piece.line_id,
        order_id,
        no,
        piece.item_id,
        piece.model_id,
        piece.category_id,
        piece.name,
        piece.qty,
        piece.price,
        piece.ceiling,
        piece.terms.kind,
        piece.terms.rate_bp,
        piece.terms.base,
        piece.terms.net_price,
        piece.picture,
        0,
    )


def _write_fields(cursor: Cursor, line_id: int, fields: tuple[OrderField, ...]) -> None:
    rows = [(line_id, no, one.name, one.value) for no, one in enumerate(fields, start=1)]
    cursor.executemany(_field.sql, rows)


APPLY: dict[type[Event], Callable[[Cursor, Entry, Any], None]] = {
    OrderTaken: order_taken,
    OrderPaid: order_paid,
    OrderMoved: order_moved,
    OrderChanged: order_changed,
    AdvancePaid: advance_paid,
    OrderRefunded: order_refunded,
    OrderCancelled: order_cancelled,
}
