"""What a paper says: one frozen type per paper, stored as JSON in the print queue.

A document is complete: it holds every word and figure, so that a reprint years later says the
same without asking the book. Figures are whole rupiah.
"""

import msgspec

from pos.receipts.documents_consignment import ConsignmentPaper
from pos.receipts.documents_orders import OrderDocument
from pos.receipts.documents_shift import ShiftDocument
from pos.receipts.documents_transfer import TransferSlip
from pos.receipts.labels import LabelStrip
from pos.receipts.report import Report


class ReceiptLine(msgspec.Struct, frozen=True):
    """One line sold. `gross` is quantity times price, `total` what is left after the discount."""

    name: str
    code: str
    seller_code: str
    qty: int
    unit_price: int
    gross: int
    discount: int
    discount_note: str
    total: int


class ReceiptPayment(msgspec.Struct, frozen=True):
    """One payment. `amount` went towards the total; `tendered` is the cash that was handed over."""

    method: str
    amount: int
    tendered: int = 0


class Receipt(msgspec.Struct, frozen=True, tag="receipt"):
    """The customer's receipt of one sale.

    `subtotal` is the sum of the lines' `gross`; less `line_discounts` and `cart_discount`, plus
    `rounding`, it is `total`. `cancelled` is the number of the slip that cancelled the sale, on a copy. `order` is the number of the order that it hands over. `at_local` and `copy_at_local` are ISO local times. `logo` is the
    picture's SHA-256, or "" for the stand's name in large letters.
    """

    stand_name: str
    stand_code: str
    address: tuple[str, ...]
    number: str
    at_local: str
    staff: str
    lines: tuple[ReceiptLine, ...]
    subtotal: int
    line_discounts: int
    cart_discount: int
    cart_discount_note: str
    rounding: int
    total: int
    payments: tuple[ReceiptPayment, ...]
    change: int
    entry_hash: str
    closing: tuple[str, ...]
    language: str
    copy: bool = False
    copy_at_local: str = ""
    logo: str = ""
    sample: bool = False
    order: str = ""
    cancelled: str = ""


class TestPage(msgspec.Struct, frozen=True, tag="test"):
    """The printer's test print: characters, column ruler, QR and cut."""

    # pytest must not take it for a class of tests.
    __test__ = False

    stand_name: str
    printer_label: str
    at_local: str
    language: str


class DrawerKick(msgspec.Struct, frozen=True, tag="drawer"):
    """Opens the cash drawer; a job of its own, so that it is never repeated with a receipt."""


Document = (
    Receipt
    | TestPage
    | DrawerKick
    | LabelStrip
    | Report
    | ConsignmentPaper
    | ShiftDocument
    | OrderDocument
    | TransferSlip
)
"""Every paper there is; a new one joins here, in `layout.LAYOUTS`, and nowhere else."""

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Document] = msgspec.json.Decoder(Document)


def encode(document: Document) -> bytes:
    """The document as JSON, for the print queue."""
    return _encoder.encode(document)


def decode(raw: bytes) -> Document:
    """Read what `encode` wrote; raises msgspec.ValidationError or DecodeError on anything else."""
    return _decoder.decode(raw)
