"""A sale of five lines, durable: against raw SQLite writing the very same rows.

Product and yardstick take turns on two copies of one book. The product's cursor notes what it
writes; the yardstick then writes just that, journal body and print job included, with one prepared
statement per kind of row and the same pragmas, knowing everything beforehand: it checks nothing,
prices nothing and reads nothing. The noting is part of the product's time.
"""

import gc
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, cast

from pos.config import book_path
from pos.models import engine
from pos.services.till import Till
from tests.benchmarks.measure import Figure, Timing, missing, ms, percentile, timed
from tests.benchmarks.slowsync import NO_COMPILER, SlowSync
from tests.benchmarks.stand import cash, copy_book, fill, manager, shelf

LINES = 5
WARM_UP = 30
ROUNDS = 300
PACED = 400
LONGEST_PAUSE = 0.2
"""Seconds between two customers at most: a hundred times busier than a stand."""
_WRITES = ("INSERT", "UPDATE", "DELETE")
_SYNCS = "5-line sale: syncs"
_RATIO = "5-line sale, durable, +2 ms a sync"
_CPU = "5-line sale: CPU above raw SQLite"
_TAIL = "5-line sale, +5 ms a sync, p99, printing beside it"

Statement = tuple[bool, str, Any]


class _Noting(engine.driver.Cursor):  # type: ignore[misc]  # the driver has no stubs
    """A cursor that notes what is written through it."""

    noted: list[Statement] = []  # noqa: RUF012 (one list for the process, emptied before each sale)

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        if sql.startswith(_WRITES):
            self.noted.append((False, sql, parameters))
        return super().execute(sql, parameters)

    def executemany(self, sql: str, parameters: Any) -> Any:
        self.noted.append((True, sql, parameters))
        return super().executemany(sql, parameters)


class _NotingConnection:
    """The writing connection of a book, giving out noting cursors."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def cursor(self) -> Any:
        return self._connection.cursor(_Noting)


class _Raw:
    """The yardstick's connection."""

    def __init__(self, path: Path) -> None:
        self.connection = engine.driver.connect(str(path), isolation_level=None)
        for pragma in (*engine._ON_CONNECT, *engine._ON_WRITER):
            self.connection.execute(pragma)

    def write(self, statements: list[Statement]) -> None:
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        for many, sql, parameters in statements:
            (cursor.executemany if many else cursor.execute)(sql, parameters)
        cursor.execute("COMMIT")

    def checkpoint(self) -> None:
        self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        self.connection.execute("PRAGMA user_version = 1")


class _Turns:
    """Product and yardstick, one sale each in turn."""

    def __init__(self, book: Path, work: Path, sync: SlowSync) -> None:
        self.till = Till.open(copy_book(book, work / "product"))
        self.till.book._writer = cast("Any", _NotingConnection(self.till.book._writer))
        self.raw = _Raw(book_path(copy_book(book, work / "raw")))
        self.sync = sync
        self.session = manager(self.till)
        self.rng = random.Random(5)
        self.items = shelf(self.till, self.rng)

    def run(self, rounds: int) -> list[tuple[Timing, Timing]]:
        return [self._turn() for _ in range(rounds)]

    def _turn(self) -> tuple[Timing, Timing]:
        cart = fill(self.items, self.rng, LINES)
        tenders = cash(cart)
        noted = _Noting.noted
        noted.clear()
        product = timed(
            lambda: self.till.selling.complete(cart, tenders, session=self.session),
            self.sync.count,
        )
        return product, timed(lambda: self.raw.write(noted), self.sync.count)

    def checkpoint(self) -> None:
        """What the till does in idle moments."""
        self.till.book.checkpoint()
        self.raw.checkpoint()

    def close(self) -> None:
        self._check_same()
        self.raw.connection.close()
        self.till.close()

    def _check_same(self) -> None:
        """Both books must have come to the same, or the comparison was none."""
        for asked in (
            "SELECT * FROM journal ORDER BY id DESC LIMIT 100",
            "SELECT * FROM sale_lines ORDER BY id DESC LIMIT 500",
            "SELECT * FROM balances ORDER BY account, stand_id, subject_id",
            "SELECT * FROM print_jobs ORDER BY id DESC LIMIT 100",
        ):
            mine = self.till.book.reader().execute(asked).fetchall()
            if not mine or mine != self.raw.connection.execute(asked).fetchall():
                raise AssertionError(f"product and yardstick differ: {asked}")


def figures(book: Path, work: Path) -> list[Figure]:
    """All rows about the durable sale."""
    sync = SlowSync()
    if not sync.loaded:
        goals = {_SYNCS: "1", _RATIO: "1.2x", _CPU: "1 ms", _TAIL: "2.2 syncs"}
        return [missing(what, goal, NO_COMPILER) for what, goal in goals.items()]
    turns = _Turns(book, work, sync)
    turns.run(WARM_UP)
    turns.checkpoint()
    # The till collects garbage in idle moments (pos.ui.garbage), never in a sale.
    gc.freeze()
    gc.disable()
    sync.extra_ms(2)
    rounds = turns.run(ROUNDS)
    sync.extra_ms(0)
    gc.enable()
    turns.close()
    found = [_syncs(rounds), _ratio(rounds), _cpu(rounds)]
    return [*found, _tail(copy_book(book, work / "paced"), sync)]


def _syncs(rounds: list[tuple[Timing, Timing]]) -> Figure:
    seen = {product.syncs for product, _ in rounds}
    raw = {raw.syncs for _, raw in rounds}
    text = " or ".join(str(count) for count in sorted(seen))
    ratio = f"raw: {' or '.join(str(count) for count in sorted(raw))}"
    return Figure(_SYNCS, text, "exactly 1", ratio=ratio, met=seen == {1})


def _ratio(rounds: list[tuple[Timing, Timing]]) -> Figure:
    product = median(pair[0].wall for pair in rounds)
    raw = median(pair[1].wall for pair in rounds)
    ratio = product / raw
    figure = f"{ms(product)} (raw {ms(raw)})"
    return Figure(_RATIO, figure, "1.2x of raw", "1.08x", f"{ratio:.2f}x", met=ratio <= 1.2)


def _cpu(rounds: list[tuple[Timing, Timing]]) -> Figure:
    above = median(product.cpu - raw.cpu for product, raw in rounds)
    whole = median(product.cpu for product, _ in rounds)
    figure = f"{ms(above)} above raw ({ms(whole)} in all)"
    return Figure(_CPU, figure, "1 ms", "0.14 ms", met=above <= 0.001)


def _tail(folder: Path, sync: SlowSync) -> Figure:
    """Customers at random moments, receipts printing: a sale may find a job's mark under way."""
    till = Till.open(folder)
    session, rng = manager(till), random.Random(6)
    items = shelf(till, rng)
    till.start_printing()
    gc.freeze()
    gc.disable()
    writer: list[int] = [till.worker.call(threading.get_native_id)]
    sync.extra_ms(5)
    before, spent = sync.count(), sync.spent_ms()

    def sale() -> Callable[[], object]:
        cart = fill(items, rng, LINES)
        tenders = cash(cart)
        return lambda: till.worker.call(till.selling.complete, cart, tenders, session=session)

    walls = []
    for done in range(PACED):
        # Now and then the stand is quiet, and the log moves into the file.
        time.sleep(2.3 if done % 100 == 99 else rng.uniform(0.0, LONGEST_PAUSE))
        walls.append(timed(sale(), beside=writer).wall)
    one = (sync.spent_ms() - spent) / (sync.count() - before) / 1000
    sync.extra_ms(0)
    gc.enable()
    till.close()
    tail = percentile(walls, 0.99)
    syncs = tail / one
    slow = percentile(sync.last_ms(sync.count() - before), 0.99) / 1000
    figure = f"{ms(tail)} ({ms(median(walls))} in the middle); a sync {ms(one)}, p99 {ms(slow)}"
    ratio = f"{syncs:.2f} syncs"
    return Figure(_TAIL, figure, "2.2 syncs", "2.1 syncs", ratio, met=syncs <= 2.2)
