"""The newest word holds, whichever arrives first: what makes changes independent of their order.

Only one row a register is kept (`newest`): the stamp and the entry of the word that holds. A change
that comes with a lesser stamp is history already and moves nothing. The step of an order keeps both
in the order's own row (`apply/orders.py`).
"""

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert

from pos.events.base import Change, Register
from pos.events.orders import ORDER_STEP
from pos.ids import till_of
from pos.models.entries import Entry
from pos.models.orders import orders
from pos.models.prepared import Cursor, Prepared
from pos.models.tills import newest

_read = Prepared(
    select(newest.c.stamp, newest.c.entry_id).where(
        newest.c.kind == bindparam("kind"), newest.c.subject_id == bindparam("subject_id")
    )
)
_read_step = Prepared(
    select(orders.c.step_at, orders.c.step_entry).where(orders.c.id == bindparam("subject_id"))
)
_write = Prepared(
    insert(newest).on_conflict_do_update(
        index_elements=[newest.c.kind, newest.c.subject_id],
        set_={
            "stamp": insert(newest).excluded.stamp,
            "entry_id": insert(newest).excluded.entry_id,
        },
    )
)


def holds(cursor: Cursor, entry: Entry, event: Change, register: Register) -> bool:
    """Whether this event's word about a register is the newest so far; if so that is recorded.

    Entries of one till always come in their order, so a later one of the same till wins even if
    it has no stamp, or one from a clock set back.
    """
    kind, subject_id = register
    row = _read.one(cursor, kind=kind, subject_id=subject_id)
    stamp = event.stamp or entry.at
    if row is not None:
        if till_of(row[1]) == entry.till_no and entry.id > row[1]:
            stamp = max(stamp, row[0])
        elif (stamp, entry.id) <= (row[0], row[1]):
            return False
    cursor.execute(_write.sql, (kind, subject_id, stamp, entry.id))
    return True


def next_stamp(cursor: Cursor, event: Change, at: int) -> int:
    """The stamp of a change that is made here now: later than every word that it replaces."""
    known = [
        _read_step.one(cursor, subject_id=about)
        if kind == ORDER_STEP
        else _read.one(cursor, kind=kind, subject_id=about)
        for kind, about in event.registers()
    ]
    return max([at, *(int(row[0]) + 1 for row in known if row is not None)])
