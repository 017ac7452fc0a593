"""What becomes of an order's deposit: it pays for pieces, goes back, or is kept. Pure."""

from collections.abc import Sequence
from typing import Literal

from pos.money import div_round
from pos.terms import Terms, split_line

DepositRule = Literal["returned", "kept", "split"]
"""What becomes of the deposit when an order is cancelled; "split" halves it."""


def part_for(held: int, worth: int, open_worth: int, step: int = 1) -> int:
    """How much of a deposit pays for pieces worth `worth`, of `open_worth` still to be handed over.

    In proportion, so that what is handed over later is covered as well as what goes now, and in
    multiples of `step` rupiah, so that coins can pay the rest. Never more than the pieces are
    worth, and never so little that more stays than the later pieces are worth: the last ones take
    all that is left. Where more went back than was held (two tills that did not know of each
    other), nothing pays.
    """
    held = max(0, held)
    if worth >= open_worth:
        return min(held, worth)
    part = held * worth // open_worth // step * step
    return min(worth, max(part, held - (open_worth - worth)))


def kept_of(held: int, rule: DepositRule) -> int:
    """What stays of a deposit when an order is cancelled; of an odd half the customer gets more."""
    return {"returned": 0, "kept": held, "split": held // 2}[rule]


def share_of_kept(kept: int, lines: Sequence[tuple[int, int, Terms]]) -> int:
    """The maker's part of what was kept, in the proportion in which the order would have been shared.

    `lines` are (pieces, price, terms) of what was not handed over. A net price above the price
    takes all of it, not more.
    """
    worth = sum(qty * price for qty, price, _terms in lines)
    if not worth:
        return kept
    share = sum(split_line(qty * price, qty, 0, terms).share for qty, price, terms in lines)
    return max(0, min(kept, div_round(kept * share, worth)))
