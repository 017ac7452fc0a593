"""What each event means in rows, once: used at the till, by verify, and for other tills' journals."""

from collections.abc import Callable
from typing import Any

from pos.events import Event
from pos.models.apply import catalog, consignment, returns, sales, shifts, stands
from pos.models.journal import Entry
from pos.models.prepared import Cursor

Apply = Callable[[Cursor, Entry, Any], None]

_APPLY: dict[type[Event], Apply] = {
    **stands.APPLY,
    **catalog.APPLY,
    **sales.APPLY,
    **returns.APPLY,
    **consignment.APPLY,
    **shifts.APPLY,
}


def apply(cursor: Cursor, entry: Entry, event: Event) -> None:
    """Bring the book tables from before this entry to after it."""
    _APPLY[type(event)](cursor, entry, event)
