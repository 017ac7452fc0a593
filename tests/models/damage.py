"""A real book, damaged past all its guards; for the tests of what verify finds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos.models.engine import driver
from pos.models.entries import Entry, entry_hash
from pos.models.journal import walk
from pos.models.schema import EXTRA_DDL
from pos.models.verify import Report, verify

Damage = Callable[[Any], object]


def plant(book: Path, damage: Damage) -> Report:
    """Do something to the book past all its guards, and verify it."""
    connection = driver.connect(book, isolation_level=None)
    for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
        connection.execute(f"PRAGMA {pragma}")
    triggers = {name: sql for name, sql in EXTRA_DDL.items() if sql.startswith("CREATE TRIGGER")}
    for name in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    damage(connection)
    for sql in triggers.values():
        connection.execute(sql)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return verify(book)


def sql(*statements: str) -> Damage:
    """Statements as damage; each must touch a row."""

    def run(connection: Any) -> None:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement

    return run


def failures(report: Report) -> dict[str, str]:
    return {finding.check: finding.detail for finding in report.findings if not finding.ok}


def entry_of(book: Path, kind: str) -> Entry:
    connection = driver.connect(book)
    found = [entry for entry in walk(connection.cursor()) if entry.kind == kind]
    connection.close()
    return found[-1]


def rewrite(
    connection: Any, entry: Entry, *, body: str | None = None, previous: bytes | None = None
) -> bytes:
    body, previous = body or entry.body, previous or entry.previous
    values = (
        entry.id,
        entry.till_no,
        entry.seq,
        entry.at,
        entry.business_date,
        entry.staff_id,
        entry.approver_id,
        entry.kind,
        entry.last_id,
        body,
    )
    digest = entry_hash(values, previous)
    connection.execute(
        "UPDATE journal SET body = ?, previous = ?, hash = ? WHERE id = ?",
        (body, previous, digest, entry.id),
    )
    return digest


def pages_of(book: Path, name: str) -> list[tuple[int, int]]:
    """(offset, length) of the page where a table or index begins."""
    connection = driver.connect(book)
    (root,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)
    ).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    return [((root - 1) * size, size)]


def flip(book: Path, offset: int, mask: int = 1) -> None:
    raw = bytearray(book.read_bytes())
    raw[offset] ^= mask
    book.write_bytes(raw)
