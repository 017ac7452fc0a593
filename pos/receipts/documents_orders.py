"""What the papers of an order say: its slip, what a maker has to make, money ahead and back.

Complete in themselves, as all documents: whole rupiah, ISO days and local times.
"""

from typing import Literal

import msgspec

from pos.deposits import DepositRule
from pos.receipts.documents_consignment import PaperHead, PaperSeller

OrderCopyFor = Literal["customer", "stand"]


class OrderedPiece(msgspec.Struct, frozen=True):
    """What is made (rupiah a piece); `ceiling` above 0: the price is an estimate up to it."""

    name: str
    qty: int
    price: int
    ceiling: int = 0
    fields: tuple[tuple[str, str], ...] = ()
    handed: int = 0


class OrderSlip(msgspec.Struct, frozen=True, tag="order"):
    """An order as it stands, in the `version` of its last agreement. One paper for each copy."""

    head: PaperHead
    version: int
    customer: str
    phone: str
    seller: PaperSeller
    promised: str
    pieces: tuple[OrderedPiece, ...]
    note: str
    total: int
    paid: tuple[tuple[str, int], ...]
    deposit: int
    if_customer: DepositRule
    if_maker: DepositRule
    agreement: str = ""
    copies: tuple[OrderCopyFor, ...] = ("customer", "stand")

    @property
    def rest(self) -> int:
        """What is to be paid when it is fetched."""
        left = sum((piece.qty - piece.handed) * piece.price for piece in self.pieces)
        return max(0, left - self.deposit)


class ToMake(msgspec.Struct, frozen=True):
    """An order in its maker's list; nothing about the customer but the name."""

    number: str
    promised: str
    late: int
    state: str
    customer: str
    pieces: tuple[OrderedPiece, ...]
    note: str
    advance: int


class MakerList(msgspec.Struct, frozen=True, tag="maker_list"):
    """What one maker has to make, the earliest day first."""

    head: PaperHead
    seller: PaperSeller
    orders: tuple[ToMake, ...]


class OrderMoneySlip(msgspec.Struct, frozen=True, tag="order_money"):
    """Money for an order: paid ahead, given back, or the end of a cancelled one (rupiah).

    `held` is what the stand holds for the customer afterwards, `kept` what stayed with maker and
    stand.
    """

    head: PaperHead
    kind: Literal["paid", "refunded", "cancelled"]
    customer: str
    seller: PaperSeller
    methods: tuple[tuple[str, int], ...]
    held: int
    kept: int = 0
    reason: str = ""

    @property
    def amount(self) -> int:
        """What changed hands."""
        return sum(amount for _method, amount in self.methods)


class AdvanceSlip(msgspec.Struct, frozen=True, tag="advance"):
    """Money for material that the maker got out of an order's deposit (rupiah)."""

    head: PaperHead
    order: str
    seller: PaperSeller
    method: str
    reference: str
    amount: int


OrderDocument = OrderSlip | MakerList | OrderMoneySlip | AdvanceSlip
