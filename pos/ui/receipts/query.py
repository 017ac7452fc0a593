"""What was typed or scanned into the receipts' fields."""

import datetime as dt
import re

from pos.errors import UserError
from pos.formats import format_date
from pos.i18n import _

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


def scanned_order(text: str) -> bool:
    """Whether a scanned code is that of an order's slip."""
    return text.strip().upper().startswith(f"{SCAN_MARK}PS-")


def whole_number(text: str) -> str:
    """A receipt number as it stands on paper: "dkr-123" -> "DKR-000123"; "" when it is none."""
    if _NUMBER.fullmatch(text.strip()) is None:
        return ""
    prefix, _dash, digits = text.strip().upper().rpartition("-")
    return f"{prefix}-{int(digits):0{DIGITS}}"


def parse_day(text: str, today: dt.date) -> dt.date:
    """A date as people type it: "22/11/2026", "22-11", "22.11.26"; without a year the latest past one.

    Raises UserError when it is none, or lies after `today`.
    """
    parts = text.replace("-", "/").replace(".", "/").replace(" ", "/").strip("/").split("/")
    try:
        numbers = [int(part) for part in parts]
        day, month = numbers[0], numbers[1]
        year = numbers[2] if len(numbers) > 2 else today.year
        found = dt.date(year + 2000 if year < 100 else year, month, day)
        if len(numbers) == 2 and found > today:
            found = found.replace(year=today.year - 1)
    except (ValueError, IndexError) as error:
        raise UserError(_("Type a date such as 22/11/2026."), field="date") from error
    if found > today:
        raise UserError(_("{date} has not come yet.").format(date=format_date(found)), field="date")
    return found
