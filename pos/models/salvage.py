"""What a book that is given up still tells: entries newer than a backup, as far as its chain holds.

Entries are read by their id alone, which needs the journal's own pages and no index.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from pos.errors import BookDamagedError, EnvironmentProblem
from pos.events import SaleCompleted, UnknownEventError
from pos.ids import COUNTER_BITS
from pos.models.apply import apply
from pos.models.backup import Heads
from pos.models.causal import MissingEntriesError, causal
from pos.models.chain import ChainBrokenError, Ends, links
from pos.models.engine import driver, translated_errors
from pos.models.entries import Entry
from pos.models.journal import put_back
from pos.models.prepared import Cursor

_COLUMNS = "id, till_no, seq, at, business_date, staff_id, approver_id, kind, last_id, body, previous, hash"
_READ = f"SELECT {_COLUMNS} FROM journal WHERE id > ? AND id < ? ORDER BY id"  # noqa: S608 (constants)
_NEXT_TILL = "SELECT till_no FROM journal WHERE id > ? ORDER BY id LIMIT 1"
_DAMAGE = (driver.Error, ValueError, msgspec.MsgspecError, UnknownEventError, ChainBrokenError)
"""Ways in which reading a damaged journal ends."""

Tick = Callable[[int], None]
"""Told how many entries have been read."""


class Newer(msgspec.Struct):
    """What is newer in the present book. `amount` in rupiah; `at` UTC milliseconds of the last.

    `broken` says that more was there and can't be read, or does not continue the backup.
    """

    entries: int = 0
    sales: int = 0
    amount: int = 0
    last_number: int = 0
    at: int = 0
    broken: bool = False

    def count(self, entry: Entry) -> None:
        """Add an entry."""
        self.entries += 1
        self.at = max(self.at, entry.at)
        if entry.kind == "sale_completed":
            event = entry.event()
            if isinstance(event, SaleCompleted):
                self.sales += 1
                self.amount += sum(payment.amount for payment in event.payments)
                self.last_number = max(self.last_number, event.number)


class Damaged:
    """A book that may be damaged anywhere, open for reading; nothing of it is written."""

    def __init__(self, path: Path) -> None:
        with translated_errors():
            self.connection: Any = driver.connect(
                f"{path.resolve().as_uri()}?mode=ro",
                uri=True,
                isolation_level=None,
                check_same_thread=False,
            )

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def is_whole(self) -> bool:
        """Whether SQLite finds nothing wrong with the file."""
        try:
            found = self.connection.execute("PRAGMA quick_check(1)").fetchone()
        except _DAMAGE:
            return False
        return found is not None and found[0] == "ok"

    def is_of(self, till_no: int) -> bool:
        """Whether this till wrote in it; a journal that can't tell is taken for its own."""
        first, last = till_no << COUNTER_BITS, (till_no + 1) << COUNTER_BITS
        try:
            row = self.connection.execute(
                "SELECT 1 FROM journal WHERE id > ? AND id < ? LIMIT 1", (first, last)
            ).fetchone()
        except _DAMAGE:
            return True
        return row is not None

    def newer_than(self, heads: Heads, newer: Newer) -> Iterator[Entry]:
        """Entries behind these ends that continue their chains, till by till, counted into `newer`."""
        for stream in self.streams(heads, newer):
            for entry in stream:
                newer.count(entry)
                yield entry

    def streams(self, heads: Heads, newer: Newer) -> list[Iterator[Entry]]:
        """The same, a stream for each till; `newer.broken` is set where one ends too early."""
        ends: Ends = {till: (seq, digest) for till, seq, digest in heads}
        return [self._stream(till_no, ends, newer) for till_no in self._tills(newer)]

    def _stream(self, till_no: int, ends: Ends, newer: Newer) -> Iterator[Entry]:
        after = (till_no << COUNTER_BITS) + ends.get(till_no, (0, b""))[0]
        try:
            yield from links(self._entries(after, (till_no + 1) << COUNTER_BITS), ends)
        except _DAMAGE:
            newer.broken = True

    def _tills(self, newer: Newer) -> Iterator[int]:
        till_no = self._till_after(0, newer)
        while till_no is not None:
            yield till_no
            till_no = self._till_after((till_no + 1) << COUNTER_BITS, newer)

    def _entries(self, after: int, before: int) -> Iterator[Entry]:
        for row in self.connection.cursor().execute(_READ, (after, before)):
            yield Entry(*row)

    def _till_after(self, entry_id: int, newer: Newer) -> int | None:
        try:
            row = self.connection.execute(_NEXT_TILL, (entry_id,)).fetchone()
        except _DAMAGE:
            newer.broken = True
            return None
        return int(row[0]) if row else None

    def rows(self, table: str) -> list[tuple[Any, ...]] | None:
        """All rows of a table of this machine; None unless every one can be read."""
        try:
            return list(self.connection.execute(f"SELECT * FROM {table}"))  # noqa: S608 (names from the schema)
        except _DAMAGE:
            return None


def take_over(cursor: Cursor, damaged: Damaged, heads: Heads, tick: Tick | None = None) -> Newer:
    """Write what is newer into a restored book and apply it, within the caller's transaction.

    It ends with the first entry that can't be applied: what comes after would build on it.
    """
    newer, kept = Newer(), Newer()
    have = {till_no: seq for till_no, seq, _digest in heads}
    try:
        for entry in causal(damaged.streams(heads, newer), have):
            if not _applied(cursor, entry):
                newer.broken = True
                break
            kept.count(entry)
            if tick is not None and kept.entries % 100 == 0:
                tick(kept.entries)
    except MissingEntriesError:
        newer.broken = True
    kept.broken = newer.broken
    return kept


def _applied(cursor: Cursor, entry: Entry) -> bool:
    cursor.execute("SAVEPOINT entry")
    try:
        put_back(cursor, (entry,))
        apply(cursor, entry, entry.event())
    except _DAMAGE:
        cursor.execute("ROLLBACK TO entry")
        cursor.execute("RELEASE entry")
        return False
    cursor.execute("RELEASE entry")
    return True


def take_over_local(cursor: Cursor, damaged: Damaged) -> None:
    """Take what belongs to this machine from the book that is given up, table by table.

    Contact cards: the newer one wins. PINs, parked carts and waiting papers: all of a table, or
    none of it where it can't be read to the end.
    """
    for card in damaged.rows("contact_cards") or ():
        cursor.execute(
            "INSERT INTO contact_cards VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "name = excluded.name, phone = excluded.phone, bank = excluded.bank, "
            "updated_at = excluded.updated_at, updated_by = excluded.updated_by "
            "WHERE excluded.updated_at > contact_cards.updated_at",
            card,
        )
    pins = damaged.rows("pins")
    if pins and all(str(row[2]).startswith("$argon2id$") for row in pins):
        _replace(cursor, "pins", pins)
    for table in ("carts", "print_jobs"):
        rows = damaged.rows(table)
        if rows is None:
            _make_safe(cursor, table)
        else:
            _replace(cursor, table, rows)


def make_local_safe(cursor: Cursor) -> None:
    """For a book that goes back in time: papers of then are not printed again unasked."""
    for table in ("carts", "print_jobs"):
        _make_safe(cursor, table)


def _make_safe(cursor: Cursor, table: str) -> None:
    if table == "print_jobs":
        cursor.execute("UPDATE print_jobs SET status = 'cancelled' WHERE kind = 'drawer'")
        cursor.execute(
            "UPDATE print_jobs SET status = 'unknown' WHERE status IN ('waiting', 'sending')"
        )
    else:
        # The open cart of that moment has most likely been paid since; the held ones show their age.
        cursor.execute("DELETE FROM carts WHERE open = 1")


def _replace(cursor: Cursor, table: str, rows: list[tuple[Any, ...]]) -> None:
    cursor.execute("SAVEPOINT local")
    try:
        cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (as above)
        for row in rows:
            marks = ", ".join("?" * len(row))
            cursor.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608 (as above)
    except driver.Error:
        cursor.execute("ROLLBACK TO local")
        _make_safe(cursor, table) if table != "pins" else None
    cursor.execute("RELEASE local")


def open_damaged(path: Path) -> Damaged | None:
    """The book for reading; None where nothing at all can be read of it."""
    if not path.is_file():
        return None
    try:
        damaged = Damaged(path)
    except (EnvironmentProblem, BookDamagedError):
        return None
    try:
        damaged.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except _DAMAGE:
        damaged.close()
        return None
    return damaged
