"""Money of orders: deposits that come, are used, go back; advances for material."""

from collections.abc import Iterable, Iterator

from sqlalchemy import bindparam, update

from pos.events import (
    AdvancePaid,
    OrderCancelled,
    OrderPaid,
    OrderRefunded,
    OrderTaken,
    Refund,
    SalePayment,
)
from pos.models.apply import sums
from pos.models.apply.numbers import take_number
from pos.models.apply.order_steps import note_step
from pos.models.entries import Entry
from pos.models.ledger import Leg, post
from pos.models.orders import order_advances, order_deposits, order_refunds, orders
from pos.models.prepared import Cursor, Prepared, insert_into
from pos.models.returns import refunds
from pos.models.sales import payments

_deposit = insert_into(order_deposits)
_refund_of = insert_into(order_refunds)
_advance = insert_into(order_advances)
_payment = insert_into(payments)
_refund = insert_into(refunds)
_this = orders.c.id == bindparam("order_id")
_hold = Prepared(
    update(orders).where(_this).values(deposit=orders.c.deposit + bindparam("by_deposit"))
)
_lend = Prepared(
    update(orders).where(_this).values(advance=orders.c.advance + bindparam("by_advance"))
)


def hold(cursor: Cursor, order_id: int, amount: int) -> None:
    """So much more (or less) is held for the customer."""
    _hold.run(cursor, order_id=order_id, by_deposit=amount)


def deposit_leg(cursor: Cursor, order_id: int, amount: int) -> Leg:
    """The deposit's leg (rupiah; positive: less is owed), at the stand that took the order."""
    cursor.execute("SELECT stand_id FROM orders WHERE id = ?", (order_id,))
    return Leg("deposits", int(cursor.fetchone()[0]), order_id, amount)


def take_deposit(cursor: Cursor, entry: Entry, event: OrderTaken | OrderPaid) -> None:
    """Money ahead: its payments, what is held, its legs."""
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


def give_back(cursor: Cursor, entry: Entry, event: OrderRefunded | OrderCancelled) -> None:
    """The rows of money that goes back; its legs are the caller's."""
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


def refund_legs(entry: Entry, stand_id: int, given: Iterable[Refund]) -> Iterator[Leg]:
    """Money out, by method."""
    for refund in given:
        subject = entry.till_no if refund.method == "cash" else 0
        yield Leg(refund.method, stand_id, subject, -refund.amount)


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
    give_back(cursor, entry, event)
    hold(cursor, event.order_id, -amount)
    legs = [*refund_legs(entry, event.stand_id, event.refunds)]
    post(cursor, entry.id, [*legs, deposit_leg(cursor, event.order_id, amount)])
