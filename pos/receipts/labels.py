"""What stands on an item's label, and which symbol a label of a given size can carry."""

from typing import Literal

import msgspec

from pos.errors import UserError
from pos.i18n import _
from pos.money import rupiah
from pos.qr import Matrix, qr_matrix
from pos.receipts.barcode import QUIET, code128

MODULE_MM = 0.264
"""The narrowest module of Code 128 that was read at 203 dpi although the ink had bled."""

WIDEST_MODULE_MM = 0.4
QR_QUIET = 2
"""Modules of white that a label's QR code brings; the label's own white edge gives the rest."""

QR_MODULE_MM = 0.3
WIDEST_QR_MODULE_MM = 0.6
MOST_LABELS = 5_000

_EDGE_MM = 1.0
"""Left free at a label's edges, since no sheet lies quite straight."""


class ItemLabel(msgspec.Struct, frozen=True):
    """One item's label, printed `copies` times. `code` is what a scanner reads."""

    name: str
    price: int
    code: str
    seller_code: str = ""
    copies: int = 1

    @property
    def price_text(self) -> str:
        """The price as buyers read it; "" for none: it is agreed when the piece is ordered."""
        return rupiah(self.price) if self.price else ""


class LabelStrip(msgspec.Struct, frozen=True, tag="labels"):
    """Labels for the receipt printer, one below the other, to be cut apart."""

    labels: tuple[ItemLabel, ...]


class Bars(msgspec.Struct, frozen=True):
    """Code 128: `widths` in modules of `module_mm`, a bar first."""

    widths: tuple[int, ...]
    module_mm: float

    @property
    def width_mm(self) -> float:
        """Without the white on both sides."""
        return sum(self.widths) * self.module_mm


class Square(msgspec.Struct, frozen=True):
    """A QR code for labels too narrow for bars."""

    matrix: Matrix
    module_mm: float

    @property
    def side_mm(self) -> float:
        """With its own white."""
        return (len(self.matrix) + 2 * QR_QUIET) * self.module_mm


Symbol = Bars | Square | None
Wanted = Literal["auto", "qr"]


def symbol_for(code: str, width_mm: float, height_mm: float, wanted: Wanted = "auto") -> Symbol:
    """The symbol that a label of this size can carry: bars, or a QR code, or none.

    None when the code is empty or so long that its symbol could not be read: no symbol is better
    than one that the scanner refuses while the customer waits.
    """
    widths = code128(code) if wanted == "auto" and height_mm >= MIN_BARS_LABEL_MM else ()
    if widths:
        # The white beside the bars may reach to the label's edge, as there is nothing printed there.
        module = (width_mm - 2 * _EDGE_MM) / (sum(widths) + 2 * QUIET)
        if module >= MODULE_MM:
            return Bars(widths, min(module, WIDEST_MODULE_MM))
    return _square(code, width_mm, height_mm)


MIN_BARS_LABEL_MM = 15.0
"""Lower labels have no room for name, price and bars one above the other."""


def _square(code: str, width_mm: float, height_mm: float) -> Square | None:
    try:
        matrix = qr_matrix(code)
    except UserError:
        return None
    room = min(height_mm - _EDGE_MM, 0.5 * width_mm)
    module = room / (len(matrix) + 2 * QR_QUIET)
    if module < QR_MODULE_MM:
        return None
    return Square(matrix, min(module, WIDEST_QR_MODULE_MM))


def repeated(labels: tuple[ItemLabel, ...]) -> tuple[ItemLabel, ...]:
    """Each label as often as it is to be printed; raises UserError for more than MOST_LABELS."""
    if sum(max(0, label.copies) for label in labels) > MOST_LABELS:
        raise UserError(_("At most {count} labels at a time.").format(count=MOST_LABELS))
    return tuple(label for label in labels for _copy in range(label.copies))
