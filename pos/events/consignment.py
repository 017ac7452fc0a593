"""What happens between the stand and the sellers: changes, withdrawals, losses, counts, payouts."""

from typing import Literal

import msgspec

from pos.events.base import Change, Event, Register
from pos.events.goods import ItemAdded, LossBasis, SellerAdded, TermsAgreed
from pos.terms import Bearer

WithdrawalReason = Literal["unsold", "online", "repair", "other"]
Channel = Literal["", "shopee", "tokopedia", "tiktok", "other"]
LossKind = Literal["loss", "damage"]
Outcome = Literal["found", "lost", "damaged", "sold"]


class SellerChanged(Change, frozen=True, kw_only=True):
    """A seller's card as it reads from now on, and who bears a lost piece, at what value."""

    seller_id: int
    workshop: str
    cluster_id: int
    active: bool
    loss_bearer: Bearer
    loss_basis: LossBasis

    def registers(self) -> tuple[Register, ...]:
        """The seller's card."""
        return (("seller", self.seller_id),)


class SellerPinChanged(Event, frozen=True, kw_only=True):
    """A seller's PIN was set anew; neither it nor its hash is here."""

    seller_id: int


class SellersImported(Event, frozen=True, kw_only=True):
    """Sellers taken over from a spreadsheet, with their agreements.

    `source` is the file's name in older entries; new ones leave it empty, for a file may be called
    after a person.
    """

    source: str = ""
    sellers: tuple[SellerAdded, ...]
    terms: tuple[TermsAgreed, ...]


class ItemsImported(Event, frozen=True, kw_only=True):
    """Items taken over from a spreadsheet; their pieces come with GoodsReceived. `source`: see above."""

    source: str = ""
    items: tuple[ItemAdded, ...]
    terms: tuple[TermsAgreed, ...] = ()


class WithdrawnLine(msgspec.Struct, frozen=True):
    """Pieces that went back; `online_price` in rupiah a piece if the seller told it, else 0."""

    item_id: int
    qty: int
    online_price: int = 0


class GoodsWithdrawn(Event, frozen=True, kw_only=True):
    """Unsold goods went back to the seller, or were sold by them online (`reason` "online")."""

    withdrawal_id: int
    stand_id: int
    seller_id: int
    number: int
    reason: WithdrawalReason
    channel: Channel
    note: str
    lines: tuple[WithdrawnLine, ...]


class LostLine(msgspec.Struct, frozen=True):
    """Pieces lost or damaged; `owed` is what the stand owes the seller for them, in rupiah."""

    line_id: int
    item_id: int
    seller_id: int
    kind: LossKind
    qty: int
    bearer: Bearer
    basis: LossBasis
    owed: int


class GoodsLost(Event, frozen=True, kw_only=True):
    """Pieces were lost or damaged; who bears it was decided by the seller's rule of that day."""

    loss_id: int
    stand_id: int
    number: int
    reason: str
    lines: tuple[LostLine, ...]


class CorrectedLine(msgspec.Struct, frozen=True):
    """More (positive) or fewer (negative) pieces than the book said."""

    item_id: int
    qty: int


class StockCorrected(Event, frozen=True, kw_only=True):
    """The book's count was wrong; nobody owes anybody anything for it."""

    correction_id: int
    stand_id: int
    reason: str
    lines: tuple[CorrectedLine, ...]


class MissingLine(msgspec.Struct, frozen=True):
    """Pieces that a count did not find and nobody has explained; the book still has them."""

    item_id: int
    qty: int


class UnrecordedLine(msgspec.Struct, frozen=True):
    """Pieces found to have been sold without being rung up (rupiah, at the terms of the day)."""

    line_id: int
    item_id: int
    seller_id: int
    qty: int
    share: int
    commission: int


class StockCounted(Event, frozen=True, kw_only=True):
    """A stock count ended. Pieces that were not found were resolved in one of these ways, or are
    still `missing` and stay in the book.
    """

    count_id: int
    stand_id: int
    number: int
    started_at: int
    seller_id: int | None
    counted: int
    lost: tuple[LostLine, ...]
    corrected: tuple[CorrectedLine, ...]
    unrecorded: tuple[UnrecordedLine, ...]
    missing: tuple[MissingLine, ...] = ()


class PaidOut(Event, frozen=True, kw_only=True):
    """A seller was paid.

    All lines of the seller's account at that stand up to `upto_id`, and up to those of `also_upto`
    among what other tills gave ids to, are settled by it but those `left_out` (in dispute). `amount` may be less than they come to (the rest is carried over), or more by
    `advance`, which a manager allowed.
    """

    payout_id: int
    stand_id: int
    seller_id: int
    number: int
    method: Literal["cash", "transfer"]
    reference: str
    amount: int
    advance: int
    upto_id: int
    left_out: tuple[int, ...]
    note: str
    also_upto: tuple[int, ...] = ()
    paid_by_stand: int = 0
    """The stand whose drawer or bank paid, where it is not the one that sold; else 0."""


class PayoutUndone(Event, frozen=True, kw_only=True):
    """A payout was taken back on the same day, by a counter-entry."""

    undo_id: int
    payout_id: int
    stand_id: int
    seller_id: int
    reason: str
