"""Orders: the deposit that the stand holds for a customer, and what became of the order.

Money and pieces add up, and of two steps (or two versions) the later one holds: entries of two
tills about one order give the same rows in whatever order they come.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select, update

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
    Refund,
    SalePayment,
)
from pos.models.apply import sums
from pos.models.apply.numbers import take_number
from pos.models.journal import Entry
from pos.models.ledger import Leg, post
from pos.models.orders import (
    order_advances,
    order_cancellations,
    order_deposits,
    order_fields,
    order_lines,
    order_refunds,
    order_steps,
    orders,
)
from pos.models.prepared import Cursor, Prepared, insert_into
from pos.models.returns import refunds
from pos.models.sales import payments

_order = insert_into(orders)
_line = insert_into(order_lines)
_field = insert_into(order_fields)
_step = insert_into(order_steps)
_deposit = insert_into(order_deposits)
_refund_of = insert_into(order_refunds)
_advance = insert_into(order_advances)
_cancellation = insert_into(order_cancellations)
_payment = insert_into(payments)
_refund = insert_into(refunds)
_this = orders.c.id == bindparam("order_id")
_hold = Prepared(
    update(orders).where(_this).values(deposit=orders.c.deposit + bindparam("by_deposit"))
)
_lend = Prepared(
    update(orders).where(_this).values(advance=orders.c.advance + bindparam("by_advance"))
)
_later = or_(
    orders.c.step_at < bindparam("at"),
    and_(orders.c.step_at == bindparam("at"), orders.c.step_entry < bindparam("entry_id")),
)
_take_step = Prepared(
    update(orders)
    .where(_this, _later)
    .values(step=bindparam("new_step"), step_at=bindparam("at"), step_entry=bindparam("entry_id"))
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
_lines_of = order_lines.c.order_id == bindparam("order_id")
_left = select(order_lines.c.id).where(_lines_of, order_lines.c.handed < order_lines.c.qty).exists()
_sum_up = Prepared(
    update(orders)
    .where(_this)
    .values(
        state=case((_left, orders.c.step), else_="handed"),
        total=select(func.sum(order_lines.c.qty * order_lines.c.price))
        .where(_lines_of)
        .scalar_subquery(),
    )
)


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
        _take_deposit(cursor, entry, event)


def order_paid(cursor: Cursor, entry: Entry, event: OrderPaid) -> None:
    """More of a deposit."""
    amount = sum(p.amount for p in event.payments)
    note_step(cursor, entry, event.order_id, "paid", amount)
    _take_deposit(cursor, entry, event)


def order_moved(cursor: Cursor, entry: Entry, event: OrderMoved) -> None:
    """The step that holds from now on."""
    note_step(cursor, entry, event.order_id, event.step, 0, event.note)
    _set_step(cursor, entry, event.order_id, event.step)


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
        _forget_fields.run(cursor, line=piece.line_id)
        _write_fields(cursor, piece.line_id, piece.fields)
    sum_up(cursor, event.order_id)


def advance_paid(cursor: Cursor, entry: Entry, event: AdvancePaid) -> None:
    """Money to the maker; the customer's deposit is owed as before."""
    take_number(cursor, entry.till_no, "advance", event.number)
    cursor.execute(
        _advance.sql,
        (
            event.advance_id,
            entry.id,
            event.order_id,
            event.stand_id,
            event.seller_id,
            entry.till_no,
            event.number,
            entry.at,
            entry.business_date,
            event.method,
            event.reference,
            event.amount,
        ),
    )
    note_step(cursor, entry, event.order_id, "advance", event.amount, event.reference)
    _lend.run(cursor, order_id=event.order_id, by_advance=event.amount)
    sums.seller_paid(cursor, entry, event.stand_id, event.seller_id, event.amount)
    subject = entry.till_no if event.method == "cash" else 0
    legs = [
        Leg("seller", event.stand_id, event.seller_id, event.amount),
        Leg(event.method, event.stand_id, subject, -event.amount),
    ]
    post(cursor, entry.id, legs)


def order_refunded(cursor: Cursor, entry: Entry, event: OrderRefunded) -> None:
    """Money back to the customer out of the deposit."""
    amount = sum(r.amount for r in event.refunds)
    note_step(cursor, entry, event.order_id, "refunded", amount, event.reason)
    _give_back(cursor, entry, event)
    hold(cursor, event.order_id, -amount)
    legs = [*_refund_legs(entry, event.stand_id, event.refunds)]
    post(cursor, entry.id, [*legs, deposit_leg(cursor, event.order_id, amount)])


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
        _give_back(cursor, entry, event)
    hold(cursor, event.order_id, -returned - event.kept)
    sums.deposit_kept(cursor, entry, event.stand_id, event.seller_id, event.share, event.commission)
    _set_step(cursor, entry, event.order_id, "cancelled")
    legs = [
        *_refund_legs(entry, event.stand_id, event.refunds),
        deposit_leg(cursor, event.order_id, returned + event.kept),
        Leg("seller", event.stand_id, event.seller_id, -event.share),
        Leg("commission", event.stand_id, 0, -event.commission),
    ]
    post(cursor, entry.id, legs)


# -- shared with the hand-over ---------------------------------------------------------


def note_step(
    cursor: Cursor, entry: Entry, order_id: int, kind: str, amount: int, note: str = ""
) -> None:
    """A line of the order's history."""
    row = (entry.id, order_id, entry.at, entry.business_date, entry.staff_id, kind, amount, note)
    cursor.execute(_step.sql, row)


def hold(cursor: Cursor, order_id: int, amount: int) -> None:
    """So much more (or less) is held for the customer."""
    _hold.run(cursor, order_id=order_id, by_deposit=amount)


def deposit_leg(cursor: Cursor, order_id: int, amount: int) -> Leg:
    """The deposit's leg (rupiah; positive: less is owed), at the stand that took the order."""
    cursor.execute("SELECT stand_id FROM orders WHERE id = ?", (order_id,))
    return Leg("deposits", int(cursor.fetchone()[0]), order_id, amount)


def sum_up(cursor: Cursor, order_id: int) -> None:
    """State and total, from the order's lines."""
    _sum_up.run(cursor, order_id=order_id)


# -- inside ----------------------------------------------------------------------------


def _set_step(cursor: Cursor, entry: Entry, order_id: int, step: str) -> None:
    _take_step.run(cursor, order_id=order_id, new_step=step, at=entry.at, entry_id=entry.id)
    sum_up(cursor, order_id)


def _take_deposit(cursor: Cursor, entry: Entry, event: OrderTaken | OrderPaid) -> None:
    amount = sum(p.amount for p in event.payments)
    cursor.execute(
        _deposit.sql,
        (
            event.deposit_id,
            entry.id,
            event.order_id,
            event.stand_id,
            entry.till_no,
            entry.business_date,
            amount,
            event.change,
        ),
    )
    cursor.executemany(
        _payment.sql, [_payment_row(event.deposit_id, paid) for paid in event.payments]
    )
    hold(cursor, event.order_id, amount)
    sums.prepaid(cursor, entry, event.stand_id, event.payments)
    legs = [
        Leg(p.method, event.stand_id, entry.till_no if p.method == "cash" else 0, p.amount)
        for p in event.payments
    ]
    post(cursor, entry.id, [*legs, deposit_leg(cursor, event.order_id, -amount)])


def _payment_row(deposit_id: int, paid: SalePayment) -> tuple[object, ...]:
    return (
        paid.payment_id,
        None,
        deposit_id,
        paid.method,
        paid.amount,
        paid.tendered,
        paid.checked,
        paid.reference,
    )


def _give_back(cursor: Cursor, entry: Entry, event: OrderRefunded | OrderCancelled) -> None:
    cursor.execute(
        _refund_of.sql,
        (
            event.refund_id,
            entry.id,
            event.order_id,
            event.stand_id,
            entry.till_no,
            entry.business_date,
            sum(r.amount for r in event.refunds),
        ),
    )
    cursor.executemany(
        _refund.sql,
        [(r.refund_id, None, event.refund_id, r.method, r.amount) for r in event.refunds],
    )
    sums.prepaid_back(cursor, entry, event.stand_id, event.refunds)


def _refund_legs(entry: Entry, stand_id: int, given: Iterable[Refund]) -> Iterator[Leg]:
    for refund in given:
        subject = entry.till_no if refund.method == "cash" else 0
        yield Leg(refund.method, stand_id, subject, -refund.amount)


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
