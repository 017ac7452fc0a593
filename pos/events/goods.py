"""Sellers and goods."""

from typing import Literal

import msgspec

from pos.cart import ItemKind
from pos.events.base import Change, Event, Register
from pos.terms import Bearer, Terms

LossBasis = Literal["price", "share"]


class ClusterAdded(Event, frozen=True, kw_only=True):
    """A sellers' group: Fashion, Craft & Aksesoris, ..."""

    cluster_id: int
    name: str


class CategoryAdded(Event, frozen=True, kw_only=True):
    """A shelf of the catalogue."""

    category_id: int
    name: str


class SellerAdded(Event, frozen=True, kw_only=True):
    """A seller (penitip); the maker's name and number stand on the contact card."""

    seller_id: int
    code: str
    workshop: str
    cluster_id: int
    contact_id: int
    loss_bearer: Bearer = "stand"
    loss_basis: LossBasis = "share"


class TermsAgreed(Event, frozen=True, kw_only=True):
    """What the stand keeps of a seller's goods, or of one item (`item_id`), from a date on."""

    terms_id: int
    seller_id: int
    item_id: int | None
    valid_from: str
    terms: Terms


class ItemAdded(Event, frozen=True, kw_only=True):
    """Something for sale enters the catalogue (its pieces come with GoodsReceived)."""

    item_id: int
    code: str
    name: str
    kind: ItemKind
    price: int
    category_id: int | None
    seller_id: int
    picture: str = ""
    barcode: str = ""
    number: int = 0
    """The running number in a code that the till gave; 0 for a code that a person chose."""


class ItemChanged(Change, frozen=True, kw_only=True):
    """An item's card as it reads from now on; completes an item that was sold unlisted."""

    item_id: int
    name: str
    kind: ItemKind
    price: int
    category_id: int | None
    seller_id: int
    picture: str = ""
    barcode: str = ""

    def registers(self) -> tuple[Register, ...]:
        """The item's card."""
        return (("item", self.item_id),)


class ReturnByChanged(Change, frozen=True, kw_only=True):
    """Until when an item may stay: an ISO date, or "" for no end."""

    item_id: int
    return_by: str

    def registers(self) -> tuple[Register, ...]:
        """Until when it may stay."""
        return (("return_by", self.item_id),)


class GoodsLine(msgspec.Struct, frozen=True):
    """Pieces of one item; `return_by` is an ISO date, or "" for none.

    Name and price (rupiah) are as they stand on the paper that the seller takes home.
    """

    item_id: int
    qty: int
    return_by: str = ""
    name: str = ""
    price: int = 0


class GoodsReceived(Change, frozen=True, kw_only=True):
    """A consignment note: goods taken in from one seller."""

    note_id: int
    stand_id: int
    seller_id: int
    number: int
    lines: tuple[GoodsLine, ...]

    def registers(self) -> tuple[Register, ...]:
        """Until when its items may stay, where the note says so."""
        return tuple(("return_by", line.item_id) for line in self.lines if line.return_by)
