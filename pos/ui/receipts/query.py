"""What was typed or scanned into the receipts' search field."""

import re

SCAN_MARK = "TITIP|"
"""A receipt's QR begins with this; the number follows, then total and hash."""

_NUMBER = re.compile(r"[A-Z0-9]{1,8}-\d{1,9}", re.IGNORECASE)
DIGITS = 6
"""Of a paper number after its prefix."""


def scanned_number(text: str) -> str:
    """The receipt number in a scanned receipt code; "" when the text is no such code."""
    parts = text.strip().split("|")
    if text.strip().upper().startswith(SCAN_MARK) and len(parts) > 1:
        return whole_number(parts[1])
    return ""


def whole_number(text: str) -> str:
    """A receipt number as it stands on paper: "dkr-123" -> "DKR-000123"; "" when it is none."""
    if _NUMBER.fullmatch(text.strip()) is None:
        return ""
    prefix, _dash, digits = text.strip().upper().rpartition("-")
    return f"{prefix}-{int(digits):0{DIGITS}}"
