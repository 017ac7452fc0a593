"""Sums of many entries put together before they are written.

An entry that comes alone adds to a dozen rows of sums. Two thousand of another till's entries add
to the same few rows again and again: each is then written once. Addition has no order, so the rows
come out the same. Of paper numbers the last one is written.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from pos.models.prepared import Cursor

_Sums = dict[tuple[Any, ...], list[int]]


class _Gathered:
    """What waits: sums by statement, the last word on other rows, and the legs of one entry."""

    def __init__(self) -> None:
        self.sums: dict[tuple[str, int], _Sums] = {}
        self.words: dict[str, dict[tuple[Any, ...], int]] = {}
        self.legs: list[tuple[str, int, int, int]] = []


_gathered: ContextVar[_Gathered | None] = ContextVar("gathered", default=None)


@contextmanager
def gathering(cursor: Cursor) -> Iterator[None]:
    """Within it, in this thread, what is added waits for the end of the block (or for `flush`).

    What fails leaves nothing of it: the transaction around it must fail as well.
    """
    token = _gathered.set(_Gathered())
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
    sums = gathered.sums.setdefault((sql, keys), {})
    for row in rows:
        key, figures = tuple(row[:keys]), row[keys:]
        known = sums.get(key)
        if known is None:
            sums[key] = list(figures)
        else:
            for at, figure in enumerate(figures):
                known[at] += figure


def put(cursor: Cursor, sql: str, key: tuple[Any, ...], value: int) -> None:
    """Replace a row's value: `sql` takes its key, then the value."""
    gathered = _gathered.get()
    if gathered is None:
        cursor.execute(sql, (*key, value))
    else:
        gathered.words.setdefault(sql, {})[key] = value


def waiting(sql: str, key: tuple[Any, ...]) -> int | None:
    """The value that waits to be put there, if any."""
    gathered = _gathered.get()
    return None if gathered is None else gathered.words.get(sql, {}).get(key)


def note_legs(legs: Iterable[tuple[str, int, int, int]]) -> None:
    """Keep what an entry posts for `noted_legs`, so that it need not be read again."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.legs.extend(legs)


def noted_legs() -> list[tuple[str, int, int, int]]:
    """The legs noted since the last call: (account, stand, subject, rupiah)."""
    gathered = _gathered.get()
    if gathered is None:
        return []
    legs, gathered.legs = gathered.legs, []
    return legs


def flush(cursor: Cursor) -> None:
    """Write what waits; whoever reads or moves sums calls it first."""
    gathered = _gathered.get()
    if gathered is None:
        return
    for (sql, _keys), sums in gathered.sums.items():
        cursor.executemany(sql, [(*key, *sums[key]) for key in sorted(sums)])
    for sql, words in gathered.words.items():
        cursor.executemany(sql, [(*key, words[key]) for key in sorted(words)])
    gathered.sums.clear()
    gathered.words.clear()
