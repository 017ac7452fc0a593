"""A customer brings something back, or a sale is cancelled on its day."""

import msgspec

from pos.events.base import Event
from pos.tender import Method


class ReturnedLine(msgspec.Struct, frozen=True):
    """Pieces of a line sold, with that line's own figures reversed (all positive, rupiah)."""

    return_line_id: int
    line_id: int
    item_id: int
    seller_id: int
    qty: int
    seller_discount: int
    stand_discount: int
    paid: int
    share: int
    commission: int
    counted: bool
    to_shelf: bool


class Refund(msgspec.Struct, frozen=True):
    """Money given back by one method."""

    refund_id: int
    method: Method
    amount: int


class SaleReturned(Event, frozen=True, kw_only=True):
    """A return, or with `void` the whole sale cancelled on the same business day."""

    return_id: int
    stand_id: int
    number: int
    sale_id: int
    void: bool
    reason: str
    lines: tuple[ReturnedLine, ...]
    refunds: tuple[Refund, ...]
    rounding: int
