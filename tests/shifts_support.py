"""Counting money in tests."""

from pos.events import Counted
from pos.services.shifts import DENOMINATIONS


def in_money(amount: int) -> tuple[Counted, ...]:
    """An amount (a multiple of Rp 100) in as few notes and coins as there can be."""
    counted = []
    for value, coin in DENOMINATIONS:
        pieces, amount = divmod(amount, value)
        if pieces:
            counted.append(Counted(value, coin, pieces))
    assert not amount, "not payable in coins"
    return tuple(counted)
