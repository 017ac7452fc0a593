"""An order's history in the order in which it came about, whatever the clocks of its tills said.

A till's own entries keep their order. What a till wrote after it had taken a box stands behind
what was in that box. Where two tills knew nothing of each other, the clock decides.
"""

from collections.abc import Sequence

import msgspec

from pos.events import BoxTaken, Seen, TillOpened, read_event
from pos.ids import first_id, till_of
from pos.models.prepared import Cursor

_TAKEN = (
    "SELECT kind, body FROM journal WHERE till_no = ? AND seq < ? AND seq > ? "
    "AND kind IN ('box_taken', 'till_opened') ORDER BY seq DESC"
)


class Step(msgspec.Struct, frozen=True):
    """A line of the history; `at` is UTC milliseconds."""

    entry_id: int
    kind: str
    at: int
    staff: str
    amount: int
    note: str


def in_order(cursor: Cursor, steps: Sequence[Step]) -> list[Step]:
    """The steps, none before what its till knew when it was made."""
    tills: dict[int, list[Step]] = {}
    for step in sorted(steps, key=lambda one: one.entry_id):
        tills.setdefault(till_of(step.entry_id), []).append(step)
    if len(tills) < 2:
        return [step for own in tills.values() for step in own]
    taken = min(steps, key=lambda step: (step.kind != "ordered", step.entry_id)).entry_id
    knew = {
        step.entry_id: _knew(cursor, step.entry_id, tills.keys() - {till_no}, taken)
        for till_no, own in tills.items()
        for step in own
    }
    found: list[Step] = []
    while tills:
        # The journals know no circle, so one of these rests on nothing that still waits.
        ready = [own[0] for own in tills.values() if not _waits(own[0], knew, tills)]
        first = min(ready, key=lambda step: (step.at, step.entry_id))
        found.append(first)
        own = tills[till_of(first.entry_id)]
        own.pop(0)
        if not own:
            del tills[till_of(first.entry_id)]
    return found


def _waits(step: Step, knew: dict[int, dict[int, int]], tills: dict[int, list[Step]]) -> bool:
    return any(
        till_no in tills and tills[till_no][0].entry_id <= upto
        for till_no, upto in knew[step.entry_id].items()
    )


def _knew(cursor: Cursor, entry_id: int, others: "set[int]", taken: int) -> dict[int, int]:
    """Up to which entry (id) a till had others' journals when it wrote an entry about an order.

    What it knew before the order was taken (entry `taken`) is of no account.
    """
    till_no, maker = till_of(entry_id), till_of(taken)
    since = taken - first_id(maker) if till_no == maker else 0
    found: dict[int, int] = {}
    cursor.execute(_TAKEN, (till_no, entry_id - first_id(till_no), since))
    for kind, body in cursor:
        for seen in _seen(kind, body):
            if seen.till_no in others:
                found.setdefault(seen.till_no, first_id(seen.till_no) + seen.seq)
            if seen.till_no == maker and first_id(maker) + seen.seq < taken:
                return found
        if found.keys() >= others:
            break
    return found


def _seen(kind: str, body: str) -> tuple[Seen, ...]:
    event = read_event(kind, body)
    return event.seen if isinstance(event, (BoxTaken, TillOpened)) else ()
