"""What may be typed or scanned into the search field: "3*DKR-1187" is three pieces of a code."""

import re
from typing import Final, NamedTuple

from pos.cart import MAX_QTY
from pos.errors import UserError
from pos.i18n import _

_STAR: Final = re.compile(r"\s*(\d+)\s*\*\s*(.*)", re.DOTALL)


class Entry(NamedTuple):
    """Pieces, and what they are pieces of."""

    qty: int
    what: str


def read_entry(text: str) -> Entry:
    """Split a typed text; without "n*" it is one piece.

    Raises UserError when the number is none that a line can have.
    """
    match = _STAR.fullmatch(text)
    if match is None:
        return Entry(1, text.strip())
    # A scanner can type hundreds of digits: more than these few is no quantity anyway.
    qty = int(match[1].lstrip("0")[:6] or "0")
    if not 0 < qty <= MAX_QTY:
        raise UserError(
            _("A quantity is a number from 1 to {most}.").format(most=MAX_QTY), field="qty"
        )
    return Entry(qty, match[2].strip())
