"""Made to order: an order from the day it is taken to the day its last piece is handed over.

The hand-over itself is a sale (SaleCompleted with `order_id`): commission and share arise there.
"""

from typing import Literal

import msgspec

from pos.deposits import DepositRule
from pos.events.base import Change, Event, Register
from pos.events.returns import Refund
from pos.events.sales import SalePayment
from pos.terms import Terms

OrderStep = Literal["ordered", "confirmed", "making", "ready", "cancelled"]
"""What people say of an order. That all its pieces are handed over follows from the sales."""
CancelledBy = Literal["customer", "maker", "stand"]
ORDER_STEP = "order_step"
"""The register of an order's step."""


class OrderField(msgspec.Struct, frozen=True):
    """A detail such as size or colour, under the name that its category gives it."""

    name: str
    value: str


class OrderPiece(msgspec.Struct, frozen=True):
    """What is to be made (rupiah a piece). `ceiling` above 0 says that `price` is an estimate.

    `item_id` is the item that the pieces become when they are handed over, `model_id` the item that
    the customer pointed at (0 for none). The terms are those of the day the order was taken.
    """

    line_id: int
    item_id: int
    model_id: int
    category_id: int
    name: str
    qty: int
    price: int
    ceiling: int
    terms: Terms
    fields: tuple[OrderField, ...]
    picture: str


class OrderTaken(Event, frozen=True, kw_only=True):
    """A customer ordered something; `payments` is the deposit, `deposit_id` 0 where there is none.

    `promised` is an ISO date. The rules say what becomes of the deposit if the customer or the
    maker withdraws. The customer is named by a contact card only.
    """

    order_id: int
    stand_id: int
    number: int
    contact_id: int
    seller_id: int
    promised: str
    note: str
    if_customer: DepositRule
    if_maker: DepositRule
    pieces: tuple[OrderPiece, ...]
    deposit_id: int
    payments: tuple[SalePayment, ...]
    change: int


class OrderPaid(Event, frozen=True, kw_only=True):
    """More money ahead for an order."""

    deposit_id: int
    order_id: int
    stand_id: int
    payments: tuple[SalePayment, ...]
    change: int


class OrderMoved(Change, frozen=True, kw_only=True):
    """An order's next step (or, with a reason, an earlier one again)."""

    order_id: int
    step: OrderStep
    note: str

    def registers(self) -> tuple[Register, ...]:
        """See Change."""
        return ((ORDER_STEP, self.order_id),)


class PieceChanged(msgspec.Struct, frozen=True):
    """A piece of an order as it is from now on."""

    line_id: int
    name: str
    price: int
    ceiling: int
    fields: tuple[OrderField, ...]
    picture: str


class OrderChanged(Event, frozen=True, kw_only=True):
    """Price, description or promised day changed; the slip's `version` goes up.

    `agreement` says how the customer agreed ("" only where nothing needed it).
    """

    order_id: int
    version: int
    promised: str
    note: str
    pieces: tuple[PieceChanged, ...]
    agreement: str


class AdvancePaid(Event, frozen=True, kw_only=True):
    """Money for material to the maker, out of an order's deposit: an advance, nothing earned."""

    advance_id: int
    order_id: int
    stand_id: int
    seller_id: int
    number: int
    method: Literal["cash", "transfer"]
    reference: str
    amount: int


class OrderRefunded(Event, frozen=True, kw_only=True):
    """A part of the deposit went back to the customer, the order goes on or is done."""

    refund_id: int
    order_id: int
    stand_id: int
    refunds: tuple[Refund, ...]
    reason: str


class OrderCancelled(Change, frozen=True, kw_only=True):
    """An order ended before all of it was handed over.

    Of the deposit that was held, `refunds` went back; `kept` is shared between maker (`share`) and
    stand (`commission`). `refund_id` is 0 where nothing went back.
    """

    cancel_id: int
    order_id: int
    stand_id: int
    seller_id: int
    by: CancelledBy
    reason: str
    rule: DepositRule
    kept: int
    share: int
    commission: int
    refund_id: int
    refunds: tuple[Refund, ...]

    def registers(self) -> tuple[Register, ...]:
        """See Change."""
        return ((ORDER_STEP, self.order_id),)
