"""What happened at a till, one frozen type per business document; the journal keeps nothing else.

A body is written as canonical JSON (sorted keys, no spaces, the version in `v`). Reading upgrades
an old body in one place: `read_event`. Fields may be added with a default; a change of meaning
raises `v` of its type and adds an upgrade there.
"""

import msgspec

from pos.events.base import Event
from pos.events.consignment import (
    CorrectedLine,
    GoodsLost,
    GoodsWithdrawn,
    ItemsImported,
    LostLine,
    MissingLine,
    PaidOut,
    PayoutUndone,
    SellerChanged,
    SellerPinChanged,
    SellersImported,
    StockCorrected,
    StockCounted,
    UnrecordedLine,
    WithdrawnLine,
)
from pos.events.goods import (
    CategoryAdded,
    ClusterAdded,
    GoodsLine,
    GoodsReceived,
    ItemAdded,
    ItemChanged,
    ReturnByChanged,
    SellerAdded,
    TermsAgreed,
)
from pos.events.orders import (
    AdvancePaid,
    OrderCancelled,
    OrderChanged,
    OrderField,
    OrderMoved,
    OrderPaid,
    OrderPiece,
    OrderRefunded,
    OrderTaken,
    PieceChanged,
)
from pos.events.returns import Refund, ReturnedLine, SaleReturned
from pos.events.sales import (
    DiscountGiven,
    PaymentChecked,
    SaleCompleted,
    SaleLine,
    SalePayment,
)
from pos.events.shifts import (
    CashMoved,
    Counted,
    DrawerOpened,
    LeftOpen,
    MethodCount,
    ShiftClosed,
    ShiftOpened,
)
from pos.events.stand import (
    BookRestored,
    ClockAccepted,
    PersonErased,
    PinChanged,
    Role,
    SettingChanged,
    StaffAdded,
    StaffChanged,
    TillOpened,
)
from pos.events.tills import (
    BoxTaken,
    ConflictSettled,
    GoodsTransferred,
    PayerChosen,
    Seen,
    StandPlanned,
    TransferChecked,
    TransferLine,
)

__all__ = [
    "KINDS",
    "KIND_OF",
    "AdvancePaid",
    "BookRestored",
    "BoxTaken",
    "CashMoved",
    "CategoryAdded",
    "ClockAccepted",
    "ClusterAdded",
    "ConflictSettled",
    "CorrectedLine",
    "Counted",
    "DiscountGiven",
    "DrawerOpened",
    "Event",
    "GoodsLine",
    "GoodsLost",
    "GoodsReceived",
    "GoodsTransferred",
    "GoodsWithdrawn",
    "ItemAdded",
    "ItemChanged",
    "ItemsImported",
    "LeftOpen",
    "LostLine",
    "MethodCount",
    "MissingLine",
    "OrderCancelled",
    "OrderChanged",
    "OrderField",
    "OrderMoved",
    "OrderPaid",
    "OrderPiece",
    "OrderRefunded",
    "OrderTaken",
    "PaidOut",
    "PayerChosen",
    "PaymentChecked",
    "PayoutUndone",
    "PersonErased",
    "PieceChanged",
    "PinChanged",
    "Refund",
    "ReturnByChanged",
    "ReturnedLine",
    "Role",
    "SaleCompleted",
    "SaleLine",
    "SalePayment",
    "SaleReturned",
    "Seen",
    "SellerAdded",
    "SellerChanged",
    "SellerPinChanged",
    "SellersImported",
    "SettingChanged",
    "ShiftClosed",
    "ShiftOpened",
    "StaffAdded",
    "StaffChanged",
    "StandPlanned",
    "StockCorrected",
    "StockCounted",
    "TermsAgreed",
    "TillOpened",
    "TransferChecked",
    "TransferLine",
    "UnknownEventError",
    "UnrecordedLine",
    "WithdrawnLine",
    "read_event",
    "write_event",
]

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
    "return_by_changed": ReturnByChanged,
    "goods_received": GoodsReceived,
    "sale_completed": SaleCompleted,
    "payment_checked": PaymentChecked,
    "sale_returned": SaleReturned,
    "seller_changed": SellerChanged,
    "seller_pin_changed": SellerPinChanged,
    "sellers_imported": SellersImported,
    "items_imported": ItemsImported,
    "goods_withdrawn": GoodsWithdrawn,
    "goods_lost": GoodsLost,
    "stock_corrected": StockCorrected,
    "stock_counted": StockCounted,
    "paid_out": PaidOut,
    "payout_undone": PayoutUndone,
    "shift_opened": ShiftOpened,
    "cash_moved": CashMoved,
    "drawer_opened": DrawerOpened,
    "shift_closed": ShiftClosed,
    "order_taken": OrderTaken,
    "order_paid": OrderPaid,
    "order_moved": OrderMoved,
    "order_changed": OrderChanged,
    "advance_paid": AdvancePaid,
    "order_refunded": OrderRefunded,
    "order_cancelled": OrderCancelled,
    "clock_accepted": ClockAccepted,
    "box_taken": BoxTaken,
    "stand_planned": StandPlanned,
    "goods_transferred": GoodsTransferred,
    "transfer_checked": TransferChecked,
    "payer_chosen": PayerChosen,
    "conflict_settled": ConflictSettled,
    "book_restored": BookRestored,
    "person_erased": PersonErased,
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
