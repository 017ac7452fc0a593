"""A damaged book that leads nowhere, read by looking at every page of it (see `pages`)."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pos.ids import COUNTER_BITS
from pos.models.backup import Heads
from pos.models.entries import Entry
from pos.models.pages import Pages
from pos.models.salvage import Damaged, Newer, open_damaged


class Loose(Damaged):
    """Entries beyond a backup's, wherever in the file they lie; `beside` reads what still leads on."""

    def __init__(self, book: Path, heads: Heads, beside: Damaged | None) -> None:
        self._found = Pages(book).entries({till: seq for till, seq, _digest in heads})
        self._beside = beside

    def close(self) -> None:
        """Let go of the file."""
        if self._beside is not None:
            self._beside.close()

    def is_whole(self) -> bool:
        """It is not, or nobody would look at its pages."""
        return False

    def is_of(self, till_no: int) -> bool:
        """Whether this till wrote in it; one that holds nothing newer is taken for its own."""
        return not self._found or till_no in self._found

    def rows(self, table: str) -> list[tuple[Any, ...]] | None:
        """All rows of a table of this machine; None unless every one can be read."""
        return self._beside.rows(table) if self._beside is not None else None

    def _entries(self, after: int, before: int) -> Iterator[Entry]:
        del before
        of_till = self._found.get(after >> COUNTER_BITS, {})
        yield from (of_till[seq] for seq in sorted(of_till))

    def _tills(self, newer: Newer) -> Iterator[int]:
        del newer
        yield from sorted(self._found)


def open_best(path: Path, heads: Heads) -> Damaged | None:
    """The book for reading: by its tables, or by its pages where those hold more; None for neither."""
    if not path.is_file():
        return None
    damaged = open_damaged(path)
    by_tables = _newer(damaged, heads) if damaged is not None else Newer(broken=True)
    if not by_tables.broken:
        return damaged
    with contextlib.suppress(OSError):
        loose = Loose(path, heads, damaged)
        if _newer(loose, heads).entries > by_tables.entries:
            return loose
    return damaged


def _newer(damaged: Damaged, heads: Heads) -> Newer:
    newer = Newer()
    for _entry in damaged.newer_than(heads, newer):
        pass
    return newer
