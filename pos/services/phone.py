"""WhatsApp numbers as wa.me wants them, and account numbers as papers may show them."""

import re

from pos.errors import UserError
from pos.i18n import _

_ACCOUNT = re.compile(r"\d(?:[\s.-]?\d){4,}")
SHOWN = 4
MASK = "•"


def normal_phone(typed: str) -> str:
    """An Indonesian mobile number as 628...: "0812-3456 7890" -> "6281234567890"; "" stays "".

    Raises UserError for what is no such number; one from abroad is taken with its plus sign.
    """
    compact = re.sub(r"[\s().\-\u2010-\u2015]", "", typed)
    if not compact:
        return ""
    abroad = compact.startswith("+") and not compact.startswith("+62")
    digits = compact.removeprefix("+")
    if digits.startswith("0"):
        digits = "62" + digits[1:]
    elif digits.startswith("8"):
        digits = "62" + digits
    # A number in Indonesian style was sometimes typed with both: +62 0812...
    digits = re.sub(r"^620", "62", digits)
    shape = r"[1-9]\d{7,14}" if abroad else r"628\d{7,11}"
    if not re.fullmatch(shape, digits, re.ASCII):
        raise UserError(_("Type a WhatsApp number such as 0812 3456 7890."), field="phone")
    return digits


def masked_account(bank: str) -> str:
    """As in "BCA 1234567890 a.n. Sri" -> "BCA ••••••7890 a.n. Sri": no paper shows a number in full."""
    return _ACCOUNT.sub(_mask, bank)


def _mask(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[0])
    return MASK * (len(digits) - SHOWN) + digits[-SHOWN:]
