"""Ids of everything that can travel between tills: `till_no << 40 | counter`.

The id is given when an event is made, not by the database, so that a replay gives the same rows.
"""

COUNTER_BITS = 40
TILL_BITS = 20
MAX_TILL_NO = (1 << TILL_BITS) - 1
_COUNTER_MASK = (1 << COUNTER_BITS) - 1


def make_id(till_no: int, counter: int) -> int:
    """The id for a till's `counter`-th thing (the counter starts at 1)."""
    if not (0 < till_no <= MAX_TILL_NO and 0 < counter <= _COUNTER_MASK):
        raise ValueError(f"no id for till {till_no}, counter {counter}")
    return till_no << COUNTER_BITS | counter


def till_of(an_id: int) -> int:
    """The till that gave an id."""
    return an_id >> COUNTER_BITS


def first_id(till_no: int) -> int:
    """What every id of a till is greater than, and every id of a till before it is less than."""
    return till_no << COUNTER_BITS


def counter_of(an_id: int) -> int:
    """The counter within its till."""
    return an_id & _COUNTER_MASK


class IdMaker:
    """Gives ids of one till, from the counter that its journal last recorded."""

    def __init__(self, till_no: int, last_counter: int = 0) -> None:
        self.till_no = till_no
        self.last_counter = last_counter

    def next(self) -> int:
        """A fresh id; what was given and then not committed is simply never used."""
        self.last_counter += 1
        return make_id(self.till_no, self.last_counter)
