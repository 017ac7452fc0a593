"""Sales: rows, stock, money."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import bindparam, update

from pos.events import Event, PaymentChecked, SaleCompleted, SaleLine, SalePayment
from pos.models.apply import handover, search, sums
from pos.models.apply.numbers import take_number
from pos.models.apply.stock import Move, move_stock
from pos.models.catalog import items
from pos.models.entries import Entry
from pos.models.ledger import Leg, post
from pos.models.prepared import Cursor, Prepared, insert_into
from pos.models.sales import line_discounts, payments, sale_lines, sales

_sale = insert_into(sales)
_line = insert_into(sale_lines)
_discount = insert_into(line_discounts)
_payment = insert_into(payments)
_item = insert_into(items)
_check = Prepared(
    update(payments)
    .where(payments.c.id == bindparam("payment_id"), payments.c.checked == 0)
    .values(checked=1)
)


def sale_completed(cursor: Cursor, entry: Entry, event: SaleCompleted) -> None:
    """The sale in all its tables, in one go."""
    take_number(cursor, entry.till_no, "sale", event.number)
    for line in event.lines:
        if line.unlisted:
            _add_unlisted(cursor, line)
    if event.order_id:
        handover.make_items(cursor, entry, event)
    cursor.execute(_sale.sql, _sale_row(entry, event))
    cursor.executemany(
        _line.sql, [_line_row(event.sale_id, no, ln) for no, ln in enumerate(event.lines, start=1)]
    )
    discounts = [
        (
            ln.line_id,
            no,
            d.scope,
            d.percent_bp,
            d.amount,
            d.seller_part,
            d.bearer,
            d.reason,
            d.approved_by,
        )
        for ln in event.lines
        for no, d in enumerate(ln.discounts, start=1)
    ]
    if discounts:
        cursor.executemany(_discount.sql, discounts)
    cursor.executemany(
        _payment.sql,
        [_payment_row(event.sale_id, paid) for paid in event.payments],
    )
    moves = [
        Move(event.stand_id, ln.item_id, "sale", -ln.qty)
        for ln in event.lines
        if ln.kind != "made_to_order"
    ]
    legs = [*_legs(entry, event)]
    if event.order_id:
        handover.hand_over(cursor, entry, event)
        moves = [*handover.arrivals(event), *moves]
        legs.append(handover.used_deposit(cursor, event))
    move_stock(cursor, entry.id, event.sale_id, moves)
    post(cursor, entry.id, legs)
    sums.sold(cursor, entry, event)


def payment_checked(cursor: Cursor, _entry: Entry, event: PaymentChecked) -> None:
    """Staff saw the money."""
    _check.run(cursor, payment_id=event.payment_id)


def _sums(event: SaleCompleted) -> tuple[int, int, int]:
    """Subtotal, line discounts, cart discount, in rupiah."""
    subtotal = sum(ln.qty * ln.price for ln in event.lines)
    given = {"line": 0, "cart": 0}
    for ln in event.lines:
        for discount in ln.discounts:
            given[discount.scope] += discount.amount
    return subtotal, given["line"], given["cart"]


def _sale_row(entry: Entry, event: SaleCompleted) -> tuple[object, ...]:
    return (
        event.sale_id,
        entry.id,
        event.stand_id,
        entry.till_no,
        event.number,
        entry.at,
        entry.business_date,
        entry.staff_id,
        entry.approver_id,
        sum(ln.qty for ln in event.lines),
        *_sums(event),
        event.rounding,
        sum(p.amount for p in event.payments) + event.deposit,
        event.change,
    )


def _payment_row(sale_id: int, paid: SalePayment) -> tuple[object, ...]:
    return (
        paid.payment_id,
        sale_id,
        None,
        paid.method,
        paid.amount,
        paid.tendered,
        paid.checked,
        paid.reference,
    )


def _line_row(sale_id: int, no: int, ln: SaleLine) -> tuple[object, ...]:
    seller_part = sum(d.seller_part for d in ln.discounts)
    stand_part = sum(d.amount for d in ln.discounts) - seller_part
    agreed = ln.terms
    return (
        ln.line_id,
        sale_id,
        no,
        ln.item_id,
        ln.seller_id,
        ln.code,
        ln.name,
        ln.qty,
        ln.list_price,
        ln.price,
        seller_part,
        stand_part,
        ln.qty * ln.price - seller_part - stand_part,
        agreed.kind,
        agreed.rate_bp,
        agreed.base,
        agreed.net_price,
        ln.share,
        ln.commission,
        ln.price_approved_by,
        ln.price_reason,
        ln.unlisted,
        ln.over_stock,
    )


def _add_unlisted(cursor: Cursor, ln: SaleLine) -> None:
    """An item that was sold before anybody entered it: it waits in the list "to be completed"."""
    cursor.execute(
        _item.sql,
        (ln.item_id, ln.code, "", ln.name, ln.kind, ln.list_price, None, ln.seller_id, "", 1, ""),
    )
    search.index_item(cursor, ln.item_id)


def _legs(entry: Entry, event: SaleCompleted) -> Iterator[Leg]:
    """Money in, shares out. Cash belongs to the till, everything else to the stand."""
    stand = event.stand_id
    for paid in event.payments:
        subject = entry.till_no if paid.method == "cash" else 0
        yield Leg(paid.method, stand, subject, paid.amount)
    yield Leg("rounding", stand, 0, -event.rounding)
    for ln in event.lines:
        yield Leg("seller", stand, ln.seller_id, -ln.share)
        yield Leg("commission", stand, 0, -ln.commission)
        for discount in ln.discounts:
            yield Leg("stand_discounts", stand, 0, discount.amount - discount.seller_part)


APPLY: dict[type[Event], Callable[[Cursor, Entry, Any], None]] = {
    SaleCompleted: sale_completed,
    PaymentChecked: payment_checked,
}
