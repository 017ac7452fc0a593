"""What all events have in common."""

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of all events; `v` is the version of the body."""

    v: int = 1


Register = tuple[str, int]
"""Something of which the book keeps only the newest word: its kind and the id of what it is about."""


class Change(Event, frozen=True, kw_only=True):
    """An event that replaces what was said before, here or at another till.

    Two tills may change the same card without knowing of each other; the change with the greater
    `stamp` holds in every book, whichever arrives first. The stamp is the time (UTC milliseconds),
    but always later than that of the word it replaces; the unit of work sets it. 0 stands in
    entries from before there was a second till.
    """

    stamp: int = 0

    def registers(self) -> tuple[Register, ...]:
        """What this event has a new word about."""
        raise NotImplementedError  # a Struct can not be abstract; each Change says its own
