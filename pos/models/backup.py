"""Copies of the book: made while it is written to, checked before they count, and what they hold.

A copy is one file without a log beside it. It is read as immutable, so that looking at one leaves
nothing behind, even on a stick that can't be written to.
"""

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from pos.errors import BookDamagedError
from pos.i18n import _
from pos.models.chain import ChainBrokenError, Ends, links
from pos.models.engine import driver, translated_errors
from pos.models.journal import walk

STEP_PAGES = 64
"""256 KiB a step: about a millisecond, which is as long as a sale can be kept waiting."""
_LOCKED_SECONDS = 0.005
_SLICE = 100
"""Entries of the chain between two moments of rest."""

Tick = Callable[[str, int, int], None]
"""Told (what, done, total) as the work goes on."""


Heads = tuple[tuple[int, int, bytes], ...]
"""Where each till's journal ends: (till_no, seq, hash), by till."""


class Facts(msgspec.Struct, frozen=True):
    """What a book or a copy of one holds.

    `at` is UTC milliseconds and `business_date` ISO, both of the last entry; `receipt` is the last
    receipt's number, "" before the first.
    """

    schema: int
    stand: str = ""
    till_code: str = ""
    till_no: int = 0
    zone: str = ""
    entries: int = 0
    heads: Heads = ()
    at: int = 0
    business_date: str = ""
    sales: int = 0
    receipt: str = ""

    @property
    def seq(self) -> int:
        """The number of this till's last entry."""
        return next((seq for till, seq, _hash in self.heads if till == self.till_no), 0)


def copy_book(source: Any, target: Path, step: Callable[[int, int], None] | None = None) -> None:
    """Copy the book of a driver connection into a new file, without syncing it.

    With `step`, which is told (done, total), it goes step by step and what `step` runs may write
    through the same connection: SQLite keeps the copy up with it. Without it is one step, which
    sees one state whoever else writes. Raises EnvironmentProblem.
    """
    target.unlink(missing_ok=True)
    with translated_errors():
        made = driver.connect(str(target), isolation_level=None)
        try:
            made.execute("PRAGMA journal_mode = OFF").fetchall()
            made.execute("PRAGMA synchronous = OFF")

            def progress(_status: int, remaining: int, total: int) -> None:
                if step is not None and remaining:
                    step(total - remaining, total)

            source.backup(
                made,
                pages=STEP_PAGES if step is not None else -1,
                progress=progress,
                sleep=_LOCKED_SECONDS,
            )
        finally:
            made.close()


@contextlib.contextmanager
def opened_copy(path: Path) -> Iterator[Any]:
    """A connection that reads a finished copy. Raises EnvironmentProblem, BookDamagedError."""
    with translated_errors():
        connection = driver.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            yield connection
        finally:
            connection.close()


def check_copy(path: Path, tick: Tick | None = None, *, gently: bool = False) -> Facts:
    """Open a copy, check it and walk its chain; what it holds. Raises BookDamagedError.

    `gently` rests as long as it works, so that a screen beside it stays quick.
    """
    with opened_copy(path) as connection:
        _check_file(connection)
        ends = _check_chain(connection, tick or _silent, gently=gently)
        facts = facts_of(connection)
        if tuple((till, *end) for till, end in sorted(ends.items())) != facts.heads:
            raise BookDamagedError(broken_sentence())
        return facts


def read_facts(path: Path) -> Facts:
    """What a copy holds, without checking it. Raises EnvironmentProblem, BookDamagedError."""
    with opened_copy(path) as connection:
        return facts_of(connection)


def facts_of(connection: Any) -> Facts:
    """What an open book holds; of one that was never set up, its schema alone."""
    schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
    # A book of before there were several tills knows one, and no preference for it.
    mine = connection.execute(
        "SELECT t.till_no, t.code, t.prefix, s.name, s.zone FROM tills t "
        "JOIN stands s ON s.id = t.stand_id ORDER BY t.till_no = "
        "coalesce((SELECT CAST(value AS INTEGER) FROM preferences WHERE name = 'till_no'), 0) DESC, "
        "t.till_no LIMIT 1"
    ).fetchone()
    if mine is None:
        return Facts(schema=schema)
    till_no, code, prefix, stand, zone = mine
    last = connection.execute(
        "SELECT at, business_date FROM journal WHERE till_no = ? ORDER BY seq DESC LIMIT 1",
        (till_no,),
    ).fetchone()
    # Numbers have no gap, so the last one is the count.
    sales = connection.execute(
        "SELECT coalesce(max(number), 0) FROM sales WHERE till_no = ?", (till_no,)
    ).fetchone()[0]
    heads = heads_of(connection)
    return Facts(
        schema=schema,
        stand=stand,
        till_code=code,
        till_no=till_no,
        zone=zone,
        entries=sum(seq for _till, seq, _hash in heads),
        heads=heads,
        at=last[0],
        business_date=last[1],
        sales=sales,
        receipt=f"{prefix}-{sales:06d}" if sales else "",
    )


def heads_of(connection: Any) -> Heads:
    """Where each till's journal ends."""
    tills = [row[0] for row in connection.execute("SELECT till_no FROM tills ORDER BY till_no")]
    found = []
    for till_no in tills:
        row = connection.execute(
            "SELECT seq, hash FROM journal WHERE till_no = ? ORDER BY seq DESC LIMIT 1", (till_no,)
        ).fetchone()
        if row is not None:
            found.append((till_no, int(row[0]), bytes(row[1])))
    return tuple(found)


def contains(connection: Any, heads: Heads) -> bool:
    """Whether all these ends are entries of this book."""
    for till_no, seq, digest in heads:
        row = connection.execute(
            "SELECT hash FROM journal WHERE till_no = ? AND seq = ?", (till_no, seq)
        ).fetchone()
        if row is None or bytes(row[0]) != digest:
            return False
    return True


def broken_sentence() -> str:
    """What a person is told of a copy that did not hold."""
    return _("This backup is damaged. Choose another one.")


def _check_file(connection: Any) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise BookDamagedError(broken_sentence())
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise BookDamagedError(broken_sentence())


def _check_chain(connection: Any, tick: Tick, *, gently: bool) -> Ends:
    total = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
    ends: Ends = {}
    started = time.monotonic()
    entries = walk(connection.cursor())
    try:
        # Closed before the connection is: a reading that breaks off still holds it.
        with contextlib.closing(entries):
            for done, _entry in enumerate(links(entries, ends), start=1):
                if done % _SLICE == 0:
                    tick("chain", done, total)
                    if gently:
                        time.sleep(time.monotonic() - started)
                        started = time.monotonic()
    except (ChainBrokenError, ValueError) as broken:
        raise BookDamagedError(broken_sentence()) from broken
    return ends


def _silent(_what: str, _done: int, _total: int) -> None:
    pass
