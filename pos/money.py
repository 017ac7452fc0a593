"""Whole rupiah: the one rounding function, sharing out, reading and writing amounts.

Amounts are Python ints in rupiah everywhere; no float ever carries money.
"""

import re
from collections.abc import Sequence
from typing import Literal

from pos.errors import UserError
from pos.i18n import _

MAX_AMOUNT = 9_999_999_999
"""The largest single amount that a person may type: ten digits, as the widest field on paper."""

_TYPED = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:[.\s]\d{3})+|\d+)(?:,(?:-|00?))?\s*", re.IGNORECASE)


def div_round(numerator: int, denominator: int, ties: Literal["up", "down"] = "up") -> int:
    """Divide and round to the nearest whole number; `ties` says where an exact half goes.

    "up" is towards plus infinity, "down" towards minus infinity. The denominator is positive.
    """
    if ties == "up":
        return (2 * numerator + denominator) // (2 * denominator)
    return -((denominator - 2 * numerator) // (2 * denominator))


def round_cash(amount: int, step: int) -> int:
    """Round what is due in cash to a multiple of `step` rupiah, ties in the buyer's favour."""
    return step * div_round(amount, step, ties="down")


def percent_of(amount: int, basis_points: int) -> int:
    """`basis_points` (1/100 of a percent) of an amount, half up to a whole rupiah."""
    return div_round(amount * basis_points, 10_000)


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` out in proportion to `weights` by largest remainder; the parts sum to `total`.

    Equal remainders go to the earlier part. All weights zero with a total to share is refused,
    since there is nothing to share it over.
    """
    whole = sum(weights)
    if total == 0:
        return [0] * len(weights)
    if whole == 0:
        raise ValueError("nothing to spread over")
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def thousands(amount: int) -> str:
    """1250000 -> "1.250.000"; the same in both languages, as Indonesian receipts are read."""
    return f"{amount:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """1250000 -> "Rp 1.250.000", negative amounts as "-Rp 7.000"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp {thousands(abs(amount))}"


def parse_rupiah(text: str) -> int:
    """Read an amount as people type it: "35000", "35.000", "Rp 35.000", "Rp 1.250.000,-".

    Raises UserError when it is not an amount from 0 to MAX_AMOUNT.
    """
    match = _TYPED.fullmatch(text.strip())
    if match is None:
        raise UserError(_("Type an amount in whole rupiah, such as 35.000."))
    digits = re.sub(r"\D", "", match[1]).lstrip("0")
    # A scanner can type thousands of digits into a field, more than Python reads as one number.
    amount = int(digits[:20] or "0")
    if amount > MAX_AMOUNT:
        raise UserError(
            _("This amount is too large: {amount} at most.").format(amount=rupiah(MAX_AMOUNT))
        )
    return amount
