"""Paper numbers: gapless per till and kind of paper, from a counter row in the same transaction."""

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from pos.models.gathering import is_gathering, put, waiting
from pos.models.prepared import Cursor, Prepared
from pos.models.stands import counters

_set = Prepared(
    insert(counters).on_conflict_do_update(
        index_elements=[counters.c.till_no, counters.c.name],
        set_={"value": insert(counters).excluded.value},
    )
)
_step = "UPDATE counters SET value = ? WHERE till_no = ? AND name = ? AND value = ?"
_last = Prepared(
    select(counters.c.value).where(
        counters.c.till_no == bindparam("till_no"), counters.c.name == bindparam("name")
    )
)


class NumberGapError(ValueError):
    """An event carries a paper number that is not the next one."""


def last_number(cursor: Cursor, till_no: int, name: str) -> int:
    """The last number given on this kind of paper; 0 before the first."""
    known = waiting(_set.sql, (till_no, name))
    if known is not None:
        return known
    row = _last.one(cursor, till_no=till_no, name=name)
    return int(row[0]) if row else 0


def note_number(cursor: Cursor, till_no: int, name: str, number: int) -> None:
    """Record a running number that may leave gaps (codes of goods skip those that are taken)."""
    put(cursor, _set.sql, (till_no, name), number)


def take_number(cursor: Cursor, till_no: int, name: str, number: int) -> None:
    """Record that a paper took its number. Raises NumberGapError unless it is the next."""
    if number > 1 and not is_gathering():
        # One statement that looks and writes: every sale takes a number.
        cursor.execute(_step, (number, till_no, name, number - 1))
        if cursor.rowcount == 1:
            return
    elif number == last_number(cursor, till_no, name) + 1:
        put(cursor, _set.sql, (till_no, name), number)
        return
    raise NumberGapError(f"{name} {number} of till {till_no} is not the next number")
