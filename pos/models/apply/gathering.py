"""Sums of many entries put together before they are written.

An entry that comes alone adds to a dozen rows of sums. Two thousand of another till's entries add
to the same few rows again and again: each is then written once. Addition has no order, so the rows
come out the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from pos.models.prepared import Cursor

_Sums = dict[tuple[Any, ...], list[int]]
_gathered: ContextVar[dict[tuple[str, int], _Sums] | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering(cursor: Cursor) -> Iterator[None]:
    """Within it, in this thread, what is added waits for the end of the block (or for `flush`).

    What fails leaves nothing of it: the transaction around it must fail as well.
    """
    token = _gathered.set({})
    try:
        yield
        flush(cursor)
    finally:
        _gathered.reset(token)


def is_gathering() -> bool:
    """Whether sums wait."""
    return _gathered.get() is not None


def add(cursor: Cursor, sql: str, keys: int, rows: Iterable[Sequence[Any]]) -> None:
    """Add to rows of sums: of each row given, the first `keys` values name it, the others add."""
    gathered = _gathered.get()
    if gathered is None:
        cursor.executemany(sql, rows)
        return
    sums = gathered.setdefault((sql, keys), {})
    for row in rows:
        key, figures = tuple(row[:keys]), row[keys:]
        known = sums.get(key)
        if known is None:
            sums[key] = list(figures)
        else:
            for at, figure in enumerate(figures):
                known[at] += figure


def flush(cursor: Cursor) -> None:
    """Write what waits; whoever reads or moves sums calls it first."""
    gathered = _gathered.get()
    if not gathered:
        return
    for (sql, _keys), sums in gathered.items():
        cursor.executemany(sql, [(*key, *sums[key]) for key in sorted(sums)])
    gathered.clear()
