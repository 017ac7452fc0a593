"""What was typed or scanned into the receipts' search field, as a question to the book."""

import re

from pos.errors import UserError
from pos.money import parse_rupiah

SCAN_MARK = "TITIP|"
"""A receipt's QR begins with this; the number follows, then total and hash."""

_SMALLEST_AMOUNT = 1_000
_NUMBER_AT_END = re.compile(r"^[A-Z0-9]+-\d{6}$", re.IGNORECASE)


def scanned_number(text: str) -> str:
    """The receipt number in a scanned receipt code; "" when the text is no such code."""
    parts = text.strip().split("|")
    if text.strip().upper().startswith(SCAN_MARK) and len(parts) > 1:
        return parts[1].strip().upper()
    return ""


def is_number(text: str) -> bool:
    """Whether the text is a whole receipt number, such as DKR-000123."""
    return _NUMBER_AT_END.match(text.strip()) is not None


def amount_in(text: str) -> int | None:
    """The amount that the text means, or None when it means a number, a name or nothing.

    "000123" is a receipt's number, "123" its end; from 1.000 on digits are taken as rupiah.
    """
    stripped = text.strip()
    if not stripped or stripped.startswith("0"):
        return None
    try:
        amount = parse_rupiah(stripped)
    except UserError:
        return None
    marked = not stripped.isdigit()
    return amount if marked or amount >= _SMALLEST_AMOUNT else None
