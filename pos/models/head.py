"""Where a till's journal ends: what the next entry follows, and what the start looks at."""

import msgspec

from pos.models.prepared import Cursor, Plain

GENESIS = bytes(32)
"""What the first entry follows."""
_head = Plain(
    "SELECT seq, last_id, hash, at FROM journal WHERE till_no = :till_no ORDER BY seq DESC LIMIT 1"
)


class Head(msgspec.Struct, frozen=True):
    """The last entry's place, the highest id counter given so far, its hash, its time (UTC ms)."""

    seq: int = 0
    last_id: int = 0
    hash: bytes = GENESIS
    at: int = 0


def read_head(cursor: Cursor, till_no: int) -> Head:
    """Where a till's journal ends; the beginning when there is no entry."""
    row = _head.one(cursor, till_no=till_no)
    return Head(*row) if row else Head()
