"""What each event means in rows, once: used at the till, by verify, and for other tills' journals."""

from collections.abc import Callable
from functools import cache
from typing import Any

from pos.events import Event
from pos.models.apply.sums import accounts_moved
from pos.models.entries import Entry
from pos.models.prepared import Cursor

Apply = Callable[[Cursor, Entry, Any], None]


@cache
def meanings() -> dict[type[Event], Apply]:
    """The function of each type of event; loaded when first asked for, the start needs none."""
    from pos.models.apply import (
        catalog,
        consignment,
        orders,
        returns,
        sales,
        shifts,
        stands,
        tills,
    )

    return {
        **stands.APPLY,
        **catalog.APPLY,
        **sales.APPLY,
        **returns.APPLY,
        **consignment.APPLY,
        **shifts.APPLY,
        **orders.APPLY,
        **tills.APPLY,
    }


def apply(cursor: Cursor, entry: Entry, event: Event) -> None:
    """Bring the book tables from before this entry to after it."""
    meanings()[type(event)](cursor, entry, event)
    accounts_moved(cursor, entry)
