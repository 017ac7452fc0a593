"""What all events have in common."""

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """Base of all events; `v` is the version of the body."""

    v: int = 1
