"""What a person asked for when the window closed to restore a backup: values, no widgets."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RestoreOrder:
    """A backup that is to become the book; `by` is the manager's id, 0 where nobody can sign in."""

    path: Path
    take_newer: bool = True
    by: int = 0


@dataclass(frozen=True)
class RestoreWanted:
    """Without an `order` the person chooses first; `sentence` says why, where that is a trouble."""

    order: RestoreOrder | None = None
    sentence: str = ""
