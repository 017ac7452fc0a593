"""An order as reads hand it out: a row of the board, and all of an order."""

import datetime as dt
from typing import Literal

import msgspec

from pos.deposits import DepositRule
from pos.events.orders import OrderField, OrderStep
from pos.services.contacts import ContactCard
from pos.terms import Terms

OrderState = Literal["ordered", "confirmed", "making", "ready", "cancelled", "handed"]
OPEN: tuple[OrderState, ...] = ("ordered", "confirmed", "making", "ready")
"""States in which an order waits for somebody."""


class OrderRow(msgspec.Struct, frozen=True):
    """An order on the board (rupiah). `deposit` is what is held; `late` counts days past the day."""

    order_id: int
    number: str
    state: OrderState
    customer: str
    phone: str
    seller_id: int
    seller_code: str
    workshop: str
    what: str
    pieces: int
    promised: dt.date
    taken: dt.date
    total: int
    deposit: int
    late: int

    @property
    def unsettled(self) -> bool:
        """Whether it is closed and yet not all of its money is settled."""
        return self.state not in OPEN and self.deposit != 0


class OrderLine(msgspec.Struct, frozen=True):
    """What is made (rupiah a piece); `ceiling` above 0: the price is an estimate up to it."""

    line_id: int
    item_id: int
    model_id: int
    category_id: int
    name: str
    qty: int
    price: int
    ceiling: int
    terms: Terms
    picture: str
    handed: int
    fields: tuple[OrderField, ...]

    @property
    def left(self) -> int:
        """Pieces that are not with the customer yet; none where two tills handed one over."""
        return max(0, self.qty - self.handed)


class OrderEvent(msgspec.Struct, frozen=True):
    """A line of the order's history; `amount` in rupiah (for "changed": the version)."""

    kind: str
    at: dt.datetime
    staff: str
    amount: int
    note: str


class Handover(msgspec.Struct, frozen=True):
    """A receipt by which pieces went to the customer, and the deposit that paid for it."""

    sale_id: int
    number: str
    deposit: int


class Advance(msgspec.Struct, frozen=True):
    """Money for material that the maker got (rupiah)."""

    number: str
    day: dt.date
    method: str
    reference: str
    amount: int


class Cancellation(msgspec.Struct, frozen=True):
    """What became of the deposit when an order ended early (rupiah); `share` of `kept` is the maker's.

    Two tills may have cancelled it, and a manager may have settled what was left: these are sums.
    """

    returned: int
    kept: int
    share: int


class Kept(msgspec.Struct, frozen=True):
    """What a stand kept of a cancelled order's deposit, and the maker's share of that (rupiah)."""

    stand_id: int
    kept: int
    share: int


class Order(msgspec.Struct, frozen=True):
    """All of an order (rupiah). `deposit` is what is held now, `advance` what the maker had of it."""

    order_id: int
    number: str
    stand_id: int
    state: OrderState
    step: OrderStep
    version: int
    at: dt.datetime
    business_date: dt.date
    staff: str
    contact_id: int
    customer: ContactCard
    seller_id: int
    seller_code: str
    workshop: str
    maker: str
    maker_phone: str
    promised: dt.date
    note: str
    if_customer: DepositRule
    if_maker: DepositRule
    total: int
    deposit: int
    advance: int
    lines: tuple[OrderLine, ...]
    history: tuple[OrderEvent, ...]
    handovers: tuple[Handover, ...]
    advances: tuple[Advance, ...]
    cancelled: Cancellation | None

    @property
    def is_open(self) -> bool:
        """Whether pieces are still to be handed over."""
        return self.state in OPEN

    @property
    def unsettled(self) -> int:
        """What is left of the deposit although the order is closed, or (negative) what went back too
        much: two tills took, used or gave back money without knowing of each other (rupiah).
        """
        return 0 if self.is_open else self.deposit

    @property
    def open_worth(self) -> int:
        """What the pieces not handed over cost."""
        return sum(line.left * line.price for line in self.lines)

    @property
    def rest(self) -> int:
        """What is still to be paid, as prices are now."""
        return max(0, self.open_worth - self.deposit)

    @property
    def estimated(self) -> bool:
        """Whether a price is an estimate."""
        return any(line.ceiling and line.left for line in self.lines)
