"""What the papers between stand and seller say: one frozen type a paper, complete in itself.

Figures are whole rupiah; moments are ISO local times and days ISO dates ("" for none), so that a
reprint years later needs nothing from the book. Words are set when a paper is laid out.
"""

from typing import Literal

import msgspec

from pos.terms import Bearer, Terms

STAMP_DUTY_ABOVE = 5_000_000
"""Rupiah; papers about more than this bear a stamp of Rp 10.000 (UU 10/2020 on bea meterai)."""

CopyFor = Literal["seller", "stand"]


class PaperHead(msgspec.Struct, frozen=True):
    """What each paper begins with. `number` is "" for papers that have none."""

    stand_name: str
    stand_code: str
    address: tuple[str, ...]
    number: str
    at_local: str
    staff: str
    entry_hash: str = ""
    copy: bool = False
    copy_at_local: str = ""
    sample: bool = False


class PaperSeller(msgspec.Struct, frozen=True):
    """The seller whom a paper is about."""

    code: str
    workshop: str
    maker: str = ""


class NotedLine(msgspec.Struct, frozen=True):
    """Pieces taken in, at a price each, and on which terms."""

    code: str
    name: str
    kind: str
    price: int
    qty: int
    terms: Terms
    return_by: str = ""

    @property
    def value(self) -> int:
        """What the pieces come to at their price."""
        return self.price * self.qty


class ConsignmentNote(msgspec.Struct, frozen=True, tag="consignment_note"):
    """Tanda terima titipan: what was taken in. One paper for each of `copies`."""

    head: PaperHead
    seller: PaperSeller
    lines: tuple[NotedLine, ...]
    copies: tuple[CopyFor, ...] = ("seller", "stand")


class TakenBackLine(msgspec.Struct, frozen=True):
    """Pieces that went back; `online_price` a piece, 0 when it was not told."""

    code: str
    name: str
    price: int
    qty: int
    online_price: int = 0


class WithdrawalSlip(msgspec.Struct, frozen=True, tag="withdrawal"):
    """What went back to the seller, or was sold by them online."""

    head: PaperHead
    seller: PaperSeller
    reason: str
    channel: str
    note: str
    lines: tuple[TakenBackLine, ...]


class AgedLine(msgspec.Struct, frozen=True):
    """Pieces that have been on the shelf for `days`."""

    code: str
    name: str
    price: int
    qty: int
    days: int
    return_by: str = ""
    overdue: bool = False


class PickupSlip(msgspec.Struct, frozen=True, tag="pickup"):
    """What a seller is asked to come for."""

    head: PaperHead
    seller: PaperSeller
    lines: tuple[AgedLine, ...]


class PaidLine(msgspec.Struct, frozen=True):
    """A line that a payout settled. `amount` is what it adds to what the seller gets."""

    day: str
    paper: str
    kind: str
    name: str
    qty: int
    price: int
    commission: int
    amount: int

    @property
    def stand_discount(self) -> int:
        """What the stand bore of a discount: seller's and stand's part come to so much more."""
        sold = self.kind in {"sale", "return", "void"}
        return self.amount + self.commission - self.price if sold else 0


class PayoutSlip(msgspec.Struct, frozen=True, tag="payout"):
    """Setoran: what a seller was paid and for what.

    `carried` is what the slip `carried_from` left over (negative: owed to the stand). `account` is
    where a transfer went; of a number in it, all but the last four digits are hidden on paper.
    `left_out` lines stay open, and so does what was lent for orders (`waiting`, in rupiah).
    `undone_at_local` is when the payout was taken back.
    """

    head: PaperHead
    seller: PaperSeller
    method: str
    reference: str
    account: str
    lines: tuple[PaidLine, ...]
    carried: int
    carried_from: str
    paid: int
    advance: int = 0
    left_out: int = 0
    note: str = ""
    undone_at_local: str = ""
    waiting: int = 0

    @property
    def total(self) -> int:
        """What the lines come to."""
        return sum(line.amount for line in self.lines)

    @property
    def owed(self) -> int:
        """What was owed before this payout: the lines and what was carried over."""
        return self.carried + self.total

    @property
    def rest(self) -> int:
        """What is carried over to the next payout; negative when the seller owes the stand."""
        return self.owed - self.paid

    @property
    def needs_stamp(self) -> bool:
        """Whether the amount is one that stamp duty is due on."""
        return self.paid > STAMP_DUTY_ABOVE


class AccountLine(msgspec.Struct, frozen=True):
    """One movement of a seller's account and what the stand owed after it.

    Of pieces sold `commission` is what the stand kept of the price, `stand_discount` what it bore
    of a discount: the seller's amount is the price and that, less the commission.
    """

    day: str
    paper: str
    kind: str
    name: str
    qty: int
    price: int
    amount: int
    balance: int
    commission: int = 0
    stand_discount: int = 0


class SellerStatement(msgspec.Struct, frozen=True, tag="statement"):
    """A seller's account over a period, oldest line first."""

    head: PaperHead
    seller: PaperSeller
    since: str
    until: str
    opening: int
    lines: tuple[AccountLine, ...]

    @property
    def closing(self) -> int:
        """What the stand owes at the end of the period."""
        return self.opening + sum(line.amount for line in self.lines)


class LostPiece(msgspec.Struct, frozen=True):
    """Pieces lost or damaged, who bears them, and what the stand owes the seller for them."""

    seller_code: str
    code: str
    name: str
    kind: str
    qty: int
    bearer: Bearer
    basis: str
    owed: int


class LossSlip(msgspec.Struct, frozen=True, tag="loss"):
    """Pieces that were lost or damaged."""

    head: PaperHead
    reason: str
    lines: tuple[LostPiece, ...]


class CountedLine(msgspec.Struct, frozen=True):
    """What the book had, what was scanned, and what became of the difference, in pieces."""

    code: str
    seller_code: str
    name: str
    on_hand: int
    scanned: int
    found: int = 0
    lost: int = 0
    damaged: int = 0
    sold: int = 0
    added: int = 0
    missing: int = 0


class CountSheet(msgspec.Struct, frozen=True, tag="count"):
    """The result of a stock count. `workshop` is "" when the whole shelf was counted."""

    head: PaperHead
    started_local: str
    workshop: str
    lines: tuple[CountedLine, ...]
    owed: int = 0


ConsignmentPaper = (
    ConsignmentNote
    | WithdrawalSlip
    | PickupSlip
    | PayoutSlip
    | SellerStatement
    | LossSlip
    | CountSheet
)
"""The papers between stand and seller."""
