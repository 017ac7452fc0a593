"""What happened at a till, one frozen type per business document; the journal keeps nothing else.

A body is written as canonical JSON (sorted keys, version first in `v`). Reading upgrades an old
body in one place: `read_event`. Fields may be added with a default; a change of meaning raises
`v` of its type and adds an upgrade there.
"""

from typing import Literal

import msgspec

from pos.cart import ItemKind
from pos.tender import Method
from pos.terms import Bearer, Terms

Role = Literal["kasir", "manajer"]


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of all events; `v` is the version of the body."""

    v: int = 1


# -- the stand and its people ------------------------------------------------


class TillOpened(Event, frozen=True, kw_only=True):
    """The first entry of every journal: which stand, which till."""

    stand_id: int
    stand_code: str
    stand_name: str
    address: tuple[str, ...]
    zone: str
    till_no: int
    till_code: str
    prefix: str
    sample: bool = False


class SettingChanged(Event, frozen=True, kw_only=True):
    """A setting that changes results (rounding step, cut-off, QRIS code, discount limit, ...)."""

    stand_id: int
    name: str
    value: str


class StaffAdded(Event, frozen=True, kw_only=True):
    """A member of staff; the name stands on the contact card, not in the journal."""

    staff_id: int
    contact_id: int
    role: Role


class StaffChanged(Event, frozen=True, kw_only=True):
    """Another role, or no longer active."""

    staff_id: int
    role: Role
    active: bool


class PinChanged(Event, frozen=True, kw_only=True):
    """A PIN was set anew; neither it nor its hash is here."""

    staff_id: int


# -- sellers and goods -------------------------------------------------------


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


class ItemChanged(Event, frozen=True, kw_only=True):
    """An item's card as it reads from now on; completes an item that was sold unlisted."""

    item_id: int
    name: str
    kind: ItemKind
    price: int
    category_id: int | None
    seller_id: int
    picture: str = ""
    barcode: str = ""


class GoodsLine(msgspec.Struct, frozen=True):
    """Pieces of one item."""

    item_id: int
    qty: int


class GoodsReceived(Event, frozen=True, kw_only=True):
    """A consignment note: goods taken in from one seller."""

    note_id: int
    stand_id: int
    seller_id: int
    number: int
    lines: tuple[GoodsLine, ...]


# -- selling -----------------------------------------------------------------


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


class SalePayment(msgspec.Struct, frozen=True):
    """A payment of a sale; `checked` says that staff saw the money arrive."""

    payment_id: int
    method: Method
    amount: int
    tendered: int
    checked: bool
    reference: str


class SaleCompleted(Event, frozen=True, kw_only=True):
    """A sale: lines, payments, cash rounding (added to the total; negative in the buyer's favour)."""

    sale_id: int
    stand_id: int
    number: int
    lines: tuple[SaleLine, ...]
    payments: tuple[SalePayment, ...]
    rounding: int
    change: int


class PaymentChecked(Event, frozen=True, kw_only=True):
    """Staff saw the money of an unchecked payment arrive."""

    payment_id: int


KINDS: dict[str, type[Event]] = {
    "till_opened": TillOpened,
    "setting_changed": SettingChanged,
    "staff_added": StaffAdded,
    "staff_changed": StaffChanged,
    "pin_changed": PinChanged,
    "cluster_added": ClusterAdded,
    "category_added": CategoryAdded,
    "seller_added": SellerAdded,
    "terms_agreed": TermsAgreed,
    "item_added": ItemAdded,
    "item_changed": ItemChanged,
    "goods_received": GoodsReceived,
    "sale_completed": SaleCompleted,
    "payment_checked": PaymentChecked,
}
"""The names that the journal uses. A name once released is never used for anything else."""

KIND_OF: dict[type[Event], str] = {type_: kind for kind, type_ in KINDS.items()}

_encoder = msgspec.json.Encoder(order="sorted")
_decoders = {kind: msgspec.json.Decoder(type_) for kind, type_ in KINDS.items()}


class UnknownEventError(ValueError):
    """The journal holds a kind of entry, or a version of one, that this program does not know."""


def write_event(event: Event) -> bytes:
    """The canonical JSON body: keys sorted, no spaces, UTF-8."""
    return _encoder.encode(event)


def read_event(kind: str, body: bytes | str) -> Event:
    """Read a body back. Raises UnknownEventError, or msgspec's errors for a body that is damaged."""
    decoder = _decoders.get(kind)
    if decoder is None:
        raise UnknownEventError(kind)
    event = decoder.decode(body)
    if event.v != 1:
        raise UnknownEventError(f"{kind} v{event.v}")
    return event
