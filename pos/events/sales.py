"""Selling."""

from typing import Literal

import msgspec

from pos.cart import ItemKind
from pos.events.base import Event
from pos.tender import Method
from pos.terms import Bearer, Terms


class DiscountGiven(msgspec.Struct, frozen=True):
    """A discount as it fell on one line (`amount`, of which `seller_part` is the seller's)."""

    scope: Literal["line", "cart"]
    percent_bp: int
    amount: int
    seller_part: int
    bearer: Bearer
    reason: str
    approved_by: int


class SaleLine(msgspec.Struct, frozen=True):
    """A line sold. Everything that decides who gets what is frozen here (rupiah, basis points)."""

    line_id: int
    item_id: int
    seller_id: int
    code: str
    name: str
    kind: ItemKind
    qty: int
    list_price: int
    price: int
    terms: Terms
    discounts: tuple[DiscountGiven, ...]
    share: int
    commission: int
    price_approved_by: int = 0
    price_reason: str = ""
    unlisted: bool = False
    over_stock: int = 0
    order_line_id: int = 0


class SalePayment(msgspec.Struct, frozen=True):
    """A payment of a sale; `checked` says that staff saw the money arrive."""

    payment_id: int
    method: Method
    amount: int
    tendered: int
    checked: bool
    reference: str


class SaleCompleted(Event, frozen=True, kw_only=True):
    """A sale: lines, payments, cash rounding (added to the total; negative in the buyer's favour).

    With `order_id` it hands pieces of an order over, for which `deposit` rupiah were paid ahead.
    """

    sale_id: int
    stand_id: int
    number: int
    lines: tuple[SaleLine, ...]
    payments: tuple[SalePayment, ...]
    rounding: int
    change: int
    order_id: int = 0
    deposit: int = 0


class PaymentChecked(Event, frozen=True, kw_only=True):
    """Staff saw the money of an unchecked payment arrive."""

    payment_id: int
