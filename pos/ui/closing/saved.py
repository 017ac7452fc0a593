"""The saved count on disk: neither a restart nor another sign-in lets it be done anew."""

import json
from typing import TYPE_CHECKING, Final

from pos.services.shifts import DENOMINATIONS
from pos.ui.closing.state import SavedCount

if TYPE_CHECKING:
    from pos.services.settings import Settings

NAME: Final = "closing_count"


def read(settings: "Settings", shift_id: int) -> SavedCount | None:
    """The count of this shift, or None."""
    raw = settings.preference(NAME)
    try:
        kept = json.loads(raw) if raw else {}
        pieces = tuple(int(count) for count in kept["pieces"])
        found = SavedCount(kept["shift"], pieces, kept["expected"], kept["approver"])
    except (ValueError, KeyError, TypeError):
        return None
    if found.shift_id != shift_id or len(pieces) != len(DENOMINATIONS):
        return None
    return found


def write(settings: "Settings", count: SavedCount | None) -> None:
    """Keep the count, or forget it."""
    if count is None:
        settings.set_preference(NAME, "")
        return
    kept = {
        "shift": count.shift_id,
        "pieces": [pieces or 0 for pieces in count.pieces],
        "expected": count.expected,
        "approver": count.approver_id,
    }
    settings.set_preference(NAME, json.dumps(kept))
