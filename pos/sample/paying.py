"""How customers pay, and what discounts are given for."""

import random

from pos.tender import Tender, cash_due, quick_amounts
from pos.terms import Bearer

REASONS: tuple[tuple[str, Bearer], ...] = (
    ("langganan", "stand"),
    ("promo akhir pekan", "shared"),
    ("sedikit cacat", "seller"),
    ("beli banyak", "shared"),
    ("pegawai pemkot", "stand"),
)
"""Reasons with the one who usually bears such a discount."""
_METHODS = ("cash", "qris", "card", "transfer", "split")
_SHARES = (44, 38, 8, 6, 4)


def tenders(dice: random.Random, total: int, heard: float) -> tuple[Tender, ...]:
    """What a customer hands over for `total` rupiah, with the stand's usual cash rounding.

    `heard` is the share of QRIS payments whose arrival the kasir notices at once.
    """
    method = dice.choices(_METHODS, weights=_SHARES)[0]
    if method == "qris":
        return (Tender("qris", total, checked=dice.random() < heard),)
    if method == "card":
        return (Tender("card", total, reference=f"{dice.randrange(10**6):06d}"),)
    if method == "transfer":
        return (Tender("transfer", total, reference="bank contoh"),)
    if method == "split" and total > 60_000:
        by_qris = total // 2_000 * 1_000
        rest = Tender("cash", cash_due(total, by_qris))
        return (Tender("qris", by_qris, checked=True), rest)
    due = cash_due(total, 0)
    return (Tender("cash", dice.choice((due, *quick_amounts(due)[:3]))),)
