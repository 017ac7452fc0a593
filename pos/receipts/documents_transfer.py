"""What goes with pieces from one stand to another."""

import msgspec

from pos.receipts.documents_consignment import PaperHead


class MovedLine(msgspec.Struct, frozen=True):
    """Pieces of one item."""

    code: str
    name: str
    seller_code: str
    price: int
    qty: int


class TransferSlip(msgspec.Struct, frozen=True, tag="transfer"):
    """Surat pindah: what left which stand for which."""

    head: PaperHead
    from_name: str
    to_name: str
    note: str
    lines: tuple[MovedLine, ...]
