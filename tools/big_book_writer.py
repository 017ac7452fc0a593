"""Writing events fast: the till's own journal and apply code, without its care for power cuts."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pos.ids import IdMaker
from pos.models.engine import make_engine
from pos.models.entries import read_head
from pos.services.unit_of_work import Transaction

_FAST = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -400000",
    # Every reference is checked when the book is verified; here it would cost a third of the time.
    "PRAGMA foreign_keys = OFF",
)
_AGAIN_AS_A_BOOK = ("PRAGMA locking_mode = NORMAL", "PRAGMA journal_mode = WAL")


class Writer:
    """One open book; `tx` appends and applies events as the till's commands do."""

    def __init__(self, connection: Any, cursor: Any, till_no: int) -> None:
        self._connection = connection
        self._cursor = cursor
        head = read_head(cursor, till_no)
        self.tx = Transaction(cursor, head, IdMaker(till_no, head.last_id), head.at, "")

    def at(self, ms: int, business_date: str) -> None:
        """What is written from now on happened at this time (UTC milliseconds)."""
        self.tx.at = ms
        self.tx.business_date = business_date

    def commit(self) -> None:
        """End one large transaction and begin the next."""
        self._cursor.execute("COMMIT")
        self._cursor.execute("BEGIN")


@contextlib.contextmanager
def writing(path: Path, till_no: int) -> Iterator[Writer]:
    """Open a book that was set up for writing in bulk; afterwards it is as a till leaves it."""
    engine = make_engine(path)
    pooled = engine.raw_connection()
    cursor: Any = pooled.cursor()
    try:
        for pragma in _FAST:
            cursor.execute(pragma).fetchall()
        cursor.execute("BEGIN")
        yield Writer(pooled, cursor, till_no)
        cursor.execute("COMMIT")
        for pragma in _AGAIN_AS_A_BOOK:
            cursor.execute(pragma).fetchall()
    finally:
        pooled.close()
        engine.dispose()
