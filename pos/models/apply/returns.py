"""Returns: the sale's own figures, reversed."""

from collections.abc import Callable, Iterator
from typing import Any

from pos.events import Event, SaleReturned
from pos.models.apply import handover, sums
from pos.models.apply.numbers import take_number
from pos.models.apply.stock import Move, move_stock
from pos.models.entries import Entry
from pos.models.ledger import Leg, post
from pos.models.prepared import Cursor, insert_into
from pos.models.returns import refunds, return_lines, returns

_return = insert_into(returns)
_line = insert_into(return_lines)
_refund = insert_into(refunds)


def sale_returned(cursor: Cursor, entry: Entry, event: SaleReturned) -> None:
    """The return with its lines, stock back (or back and damaged), money and shares back."""
    take_number(cursor, entry.till_no, "return", event.number)
    paid = sum(line.paid for line in event.lines)
    cursor.execute(
        _return.sql,
        (
            event.return_id,
            entry.id,
            event.stand_id,
            entry.till_no,
            event.number,
            event.sale_id,
            event.void,
            entry.at,
            entry.business_date,
            entry.staff_id,
            entry.approver_id,
            event.reason,
            paid,
            event.rounding,
            sum(refund.amount for refund in event.refunds),
        ),
    )
    cursor.executemany(
        _line.sql,
        [
            (
                line.return_line_id,
                event.return_id,
                line.line_id,
                line.item_id,
                line.seller_id,
                line.qty,
                line.seller_discount,
                line.stand_discount,
                line.paid,
                line.share,
                line.commission,
                line.to_shelf,
            )
            for line in event.lines
        ],
    )
    cursor.executemany(
        _refund.sql,
        [(r.refund_id, event.return_id, None, r.method, r.amount) for r in event.refunds],
    )
    moves = list(_moves(event))
    if event.void:
        moves += handover.take_back(cursor, entry, event)
    move_stock(cursor, entry.id, event.return_id, moves)
    post(cursor, entry.id, _legs(entry, event))
    sums.returned(cursor, entry, event)


def _moves(event: SaleReturned) -> Iterator[Move]:
    for line in event.lines:
        if line.counted:
            yield Move(event.stand_id, line.item_id, "return", line.qty)
            if not line.to_shelf:
                yield Move(event.stand_id, line.item_id, "damage", -line.qty)


def _legs(entry: Entry, event: SaleReturned) -> Iterator[Leg]:
    stand = event.stand_id
    for refund in event.refunds:
        subject = entry.till_no if refund.method == "cash" else 0
        yield Leg(refund.method, stand, subject, -refund.amount)
    yield Leg("rounding", stand, 0, event.rounding)
    for line in event.lines:
        yield Leg("seller", stand, line.seller_id, line.share)
        yield Leg("commission", stand, 0, line.commission)
        yield Leg("stand_discounts", stand, 0, -line.stand_discount)


APPLY: dict[type[Event], Callable[[Cursor, Entry, Any], None]] = {SaleReturned: sale_returned}
