"""The X report while selling: its figures, and the whole command that queues its paper.

A Z stands before it, as on every day but the first; then comes a busy day's selling in one shift.
"""

import random
import time
from pathlib import Path

from pos.events import Counted
from pos.services.shifts import DENOMINATIONS, Closing
from pos.services.staff import Session
from pos.services.till import Till
from tests.benchmarks.measure import Figure, ms, percentile, spread, waited
from tests.benchmarks.stand import cash, copy_book, fill, manager, shelf

SALES = 300
LINES = 4
LOOKS = 200
GOAL = 0.005
FLOAT = 300_000


def figures(book: Path, work: Path) -> list[Figure]:
    """A copy of the book, a Z, a day's sales, and X reports between the last of them."""
    till = Till.open(copy_book(book, work / "drawer"))
    try:
        return _measure(till)
    finally:
        till.close()


def _measure(till: Till) -> list[Figure]:
    session = manager(till)
    _open(till, session)
    first = _timed(till.shifts.figures)
    _close(till, session)
    _open(till, session)
    rng = random.Random(3)
    items = shelf(till, rng)
    read, printed = [], []
    for number in range(SALES):
        cart = fill(items, rng, LINES)
        till.selling.complete(cart, cash(cart), session=session)
        if number >= SALES - LOOKS:
            read.append(_timed(till.shifts.figures))
            printed.append(_timed(lambda: till.shifts.print_so_far(session=session, blind=False)))
    found = till.shifts.figures()
    if (found.sales, found.expected_cash) != (SALES, till.shifts.drawer()):
        raise AssertionError(f"{found.sales} sales, {found.expected_cash} in the drawer")
    slow = percentile(read, 0.99)
    return [
        Figure("X report while selling: its figures", spread(read), ms(GOAL), met=slow <= GOAL),
        Figure("... and its paper queued, one sync", spread(printed), "no goal"),
        Figure("... the first shift of a book of 300,000 sales", ms(first), "no goal"),
    ]


def _open(till: Till, session: Session) -> None:
    """The float lies in the drawer. The cash of five years without a Z is long at the office."""
    brought = max(0, FLOAT - till.shifts.drawer())
    till.shifts.open(_money(FLOAT), brought=brought, reason="dihitung", session=session)


def _close(till: Till, session: Session) -> None:
    expected = till.shifts.figures().expected_cash
    counted = _money(expected // 100 * 100)
    left_open = tuple(payment.payment_id for payment in till.shifts.unchecked())
    asked = Closing(counted, kept=FLOAT, reason="dihitung", left_open=left_open)
    till.shifts.close(asked, session=session)


def _money(amount: int) -> tuple[Counted, ...]:
    found = []
    for value, coin in DENOMINATIONS:
        pieces, amount = divmod(amount, value)
        found.append(Counted(value, coin, pieces))
    return tuple(found)


def _timed(call: "object") -> float:
    before, began = waited(), time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - began - (waited() - before)
