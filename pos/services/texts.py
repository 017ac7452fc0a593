"""What people type into a line, before it goes into the journal for good."""

from typing import Final

MAX_LINE: Final = 200
"""Letters that are kept of a reason or a note."""


def one_line(text: str, most: int = MAX_LINE) -> str:
    """The text on one line with single spaces, at most so long.

    Control characters, and marks that turn the direction of writing around, are left out: on the
    screen they would change how the words beside them read.
    """
    kept = (char if char.isprintable() else " " if char.isspace() else "" for char in text)
    return " ".join("".join(kept).split())[:most].rstrip()
