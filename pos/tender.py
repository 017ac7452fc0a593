"""Settling a total: several payments, cash rounding, change. Pure."""

from typing import Literal, get_args

import msgspec

from pos.errors import UserError
from pos.i18n import _
from pos.money import round_cash, rupiah

Method = Literal["cash", "qris", "transfer", "card"]
METHODS: tuple[Method, ...] = get_args(Method)
DEFAULT_STEP = 100
"""Rupiah; the smallest coin in daily use."""
NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
"""Bank Indonesia's notes in circulation, in rupiah."""


class Tender(msgspec.Struct, frozen=True):
    """What the buyer hands over by one method; for cash the notes given, else the exact amount.

    `checked` says that staff saw the money arrive (QRIS and transfer; cash is always checked).
    """

    method: Method
    amount: int
    checked: bool = False
    reference: str = ""


class Payment(msgspec.Struct, frozen=True):
    """A payment as it goes into the book: `amount` stays with the stand, `tendered` was handed over."""

    method: Method
    amount: int
    tendered: int
    checked: bool
    reference: str = ""


class Settlement(msgspec.Struct, frozen=True):
    """A total, paid. `rounding` is added to the total (negative: in the buyer's favour)."""

    payments: tuple[Payment, ...]
    rounding: int
    change: int


def cash_due(total: int, noncash: int, step: int = DEFAULT_STEP) -> int:
    """What is to be paid in cash when `noncash` rupiah are paid otherwise, rounded to `step`.

    A rest too small for any coin, after a payment without cash, is not rounded away.
    """
    rest = total - noncash
    due = round_cash(rest, step)
    return rest if noncash and not due else due


def settle(total: int, tenders: tuple[Tender, ...], step: int = DEFAULT_STEP) -> Settlement:
    """Check that the tenders pay the total and work out rounding and change.

    Raises UserError when money is missing, or more than the total is paid without cash (there is
    no change on a card).
    """
    if any(tender.amount <= 0 for tender in tenders):
        raise UserError(_("An amount paid must be more than zero."), field="amount")
    others = [tender for tender in tenders if tender.method != "cash"]
    noncash = sum(tender.amount for tender in others)
    if noncash > total:
        raise UserError(
            _("{amount} more than the total. Only cash can be given back.").format(
                amount=rupiah(noncash - total)
            ),
            field="amount",
        )
    payments = tuple(
        Payment(t.method, t.amount, t.amount, t.checked or t.method == "card", t.reference)
        for t in others
    )
    if noncash == total:
        if len(others) != len(tenders):
            raise UserError(_("Nothing is left to pay in cash."), field="amount")
        return Settlement(payments, rounding=0, change=0)
    due = cash_due(total, noncash, step)
    given = sum(tender.amount for tender in tenders if tender.method == "cash")
    if given < due:
        raise UserError(
            _("{amount} is missing.").format(amount=rupiah(due - given)), field="amount"
        )
    if given:
        payments = (*payments, Payment("cash", due, given, checked=True))
    return Settlement(payments, rounding=due - (total - noncash), change=given - due)


def quick_amounts(due: int) -> tuple[int, ...]:
    """Amounts that people hand over for `due` rupiah, smallest first: at most five, all above it.

    The next multiple of each note, one note more of the 10.000 and 50.000, and for sums beyond a
    100.000 note the next half and whole million.
    """
    if due <= 0:
        return ()
    steps = [(10_000, 2), (20_000, 1), (50_000, 2), (100_000, 1)]
    if due > max(NOTES):
        steps += [(500_000, 1), (1_000_000, 1)]
    found = {
        due // note * note + more * note for note, most in steps for more in range(1, most + 1)
    }
    return tuple(sorted(found)[:5])
