"""`titip verify`: is this book whole, unchanged, and exactly what its journal says?"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from pos.models.chain import ChainBrokenError, Ends, links
from pos.models.engine import driver
from pos.models.journal import walk
from pos.models.migrate import migrate
from pos.models.rebuild import differences, replay, scratch

Progress = Callable[[str, int, int], None]
"""Told (check, done, total) as the work goes on."""
_EVERY = 2_000
_PAPERS = (
    ("sales", "sale"),
    ("returns", "return"),
    ("consignment_notes", "consignment_note"),
    ("withdrawals", "withdrawal"),
    ("losses", "loss"),
    ("stock_counts", "stock_count"),
    ("payouts", "payout"),
    ("cash_moves", "cash_move"),
    ("orders", "order"),
    ("order_advances", "advance"),
    ("shift_closings", "z"),
    ("transfers", "transfer"),
)
"""Tables of numbered papers, each with its counter."""
_DAMAGE = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    msgspec.MsgspecError,
)
"""A row of a damaged page need not hold what its columns promise: NULL where a hash must be."""
_SCHEMA = (
    "SELECT name, sql FROM {schema}.sqlite_master WHERE sql IS NOT NULL "
    "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'item_search_%'"
)


class Finding(msgspec.Struct, frozen=True):
    """One check's outcome; `detail` says what was looked at, or the first thing that is wrong."""

    check: str
    ok: bool
    detail: str


class Report(msgspec.Struct, frozen=True):
    """All checks, in the order in which they were made."""

    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether every check held."""
        return all(finding.ok for finding in self.findings)

    @property
    def first_failure(self) -> Finding | None:
        """The first check that did not hold."""
        return next((finding for finding in self.findings if not finding.ok), None)

    def to_json(self) -> str:
        """For programs: {"ok": bool, "checks": [...]}."""
        checks = [msgspec.to_builtins(finding) for finding in self.findings]
        return json.dumps({"ok": self.ok, "checks": checks}, indent=2)


class _BadError(Exception):
    """A check does not hold; its text is the detail."""


def _silent(_check: str, _done: int, _total: int) -> None:
    pass


def verify(book: Path, progress: Progress = _silent) -> Report:
    """Run all checks on one state of the book; the till may go on selling meanwhile.

    Nothing in the book is written. Works on a damaged file as far as it can be read.
    """
    return Report(tuple(findings(book, progress)))


def findings(book: Path, progress: Progress = _silent) -> Iterator[Finding]:
    """As verify, each outcome as soon as it is known; a caller may stop asking at any time."""
    try:
        yield from _checked(book, progress)
    except driver.Error as error:
        # So broken, or no database at all, that it can't even be opened.
        yield Finding("integrity", ok=False, detail=f"{type(error).__name__}: {error}")


def _checked(book: Path, progress: Progress) -> Iterator[Finding]:
    with scratch(book) as connection:
        # One read transaction for all of it, so that every check sees the same state.
        connection.execute("BEGIN")
        checks: tuple[tuple[str, Callable[[Any, Progress], str]], ...] = (
            ("integrity", _integrity),
            ("foreign keys", _foreign_keys),
            ("schema", _schema),
            ("hash chain", _chain),
            ("rebuild", _rebuild),
            ("ledger", _ledger),
            ("paper numbers", _numbers),
        )
        for name, check in checks:
            progress(name, 0, 1)
            yield _run(name, check, connection, progress)


def _run(
    name: str, check: Callable[[Any, Progress], str], connection: Any, progress: Progress
) -> Finding:
    try:
        return Finding(name, ok=True, detail=check(connection, progress))
    except _BadError as bad:
        return Finding(name, ok=False, detail=str(bad))
    except (driver.Error, *_DAMAGE) as error:
        # A damaged book can fail anywhere, in any of these ways; all of them are findings.
        return Finding(name, ok=False, detail=f"{type(error).__name__}: {error}")


def _integrity(connection: Any, _progress: Progress) -> str:
    found = [row[0] for row in connection.execute("PRAGMA book.integrity_check(1)")]
    if found != ["ok"]:
        raise _BadError(found[0] if found else "no answer")
    return f"SQLite {driver.sqlite_version}"


def _foreign_keys(connection: Any, _progress: Progress) -> str:
    row = connection.execute("PRAGMA book.foreign_key_check").fetchone()
    if row is not None:
        raise _BadError(f"{row[0]} row {row[1]} names a row of {row[2]} that is not there")
    return "every reference leads to a row"


def _schema(connection: Any, _progress: Progress) -> str:
    main = connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'")
    expected = _expected_schema(Path(main.fetchone()[0]).parent)
    rows = connection.execute(_SCHEMA.format(schema="book"))
    present = {name: _squeezed(sql) for name, sql in rows}
    for name in sorted(expected.keys() | present.keys()):
        if name not in present:
            raise _BadError(f"{name} is missing")
        if name not in expected:
            raise _BadError(f"{name} does not belong here")
        if present[name] != expected[name]:
            raise _BadError(f"{name} is not as this version makes it")
    return f"{len(present)} tables, indexes and triggers"


def _expected_schema(folder: Path) -> dict[str, str]:
    """What this version's migrations make of an empty file."""
    fresh = folder / "fresh.db"
    migrate(fresh)
    connection = driver.connect(str(fresh))
    try:
        rows = connection.execute(_SCHEMA.format(schema="main")).fetchall()
    finally:
        connection.close()
    return {name: _squeezed(sql) for name, sql in rows}


def _squeezed(sql: str) -> str:
    return "".join(sql.split()).replace('"', "")


def _chain(connection: Any, progress: Progress) -> str:
    total = connection.execute("SELECT count(*) FROM book.journal").fetchone()[0]
    ends: Ends = {}
    count = 0
    try:
        for count, _link in enumerate(links(walk(connection.cursor()), ends), start=1):
            if count % _EVERY == 0:
                progress("hash chain", count, total)
    except ChainBrokenError as broken:
        raise _BadError(str(broken)) from None
    heads = ", ".join(f"{end[1].hex()[:12]}" for end in ends.values())
    return f"{count} entries, head {heads}" if ends else "0 entries"


def _rebuild(connection: Any, progress: Progress) -> str:
    replay(connection, lambda done, total: progress("rebuild", done, total))
    for difference in differences(connection, lambda done, total: progress("compare", done, total)):
        raise _BadError(str(difference))
    count = connection.execute(
        "SELECT (SELECT count(*) FROM main.sales), (SELECT count(*) FROM main.sale_lines)"
    ).fetchone()
    return f"every row is as the journal says ({count[0]} sales, {count[1]} lines)"


def _ledger(connection: Any, _progress: Progress) -> str:
    row = connection.execute(
        "SELECT entry_id, sum(amount) FROM book.postings GROUP BY entry_id HAVING sum(amount) <> 0"
    ).fetchone()
    if row is not None:
        raise _BadError(f"postings of entry {row[0]} are off by {row[1]}")
    row = connection.execute(
        "SELECT b.account, b.stand_id, b.subject_id, b.amount, "
        "(SELECT coalesce(sum(p.amount), 0) FROM book.postings p WHERE p.account = b.account "
        "AND p.stand_id = b.stand_id AND p.subject_id = b.subject_id) AS legs "
        "FROM book.balances b WHERE b.amount <> legs"
    ).fetchone()
    if row is not None:
        raise _BadError(
            f"balance of {row[0]} stand {row[1]} subject {row[2]} is {row[3]}, its postings sum to {row[4]}"
        )
    row = connection.execute(
        "SELECT o.id, o.deposit, coalesce(sum(b.amount), 0) AS owed FROM book.orders o "
        "LEFT JOIN book.balances b ON b.account = 'deposits' AND b.subject_id = o.id "
        "GROUP BY o.id HAVING o.deposit <> -owed"
    ).fetchone()
    if row is not None:
        raise _BadError(f"order {row[0]} holds a deposit of {row[1]}, the ledger owes {-row[2]}")
    total, accounts = connection.execute(
        "SELECT coalesce(sum(amount), 0), count(*) FROM book.balances"
    ).fetchone()
    if total:
        raise _BadError(f"the balances sum to {total}, not to zero")
    return f"debits equal credits over {accounts} accounts"


def _numbers(connection: Any, _progress: Progress) -> str:
    papers = 0
    for table, counter in _PAPERS:
        rows = connection.execute(
            f"SELECT s.till_no, min(s.number), max(s.number), count(*), "  # noqa: S608 (constants)
            f"(SELECT c.value FROM book.counters c WHERE c.till_no = s.till_no AND c.name = ?) "
            f"FROM book.{table} s GROUP BY s.till_no",
            (counter,),
        ).fetchall()
        for till_no, first, last, count, counted in rows:
            if first != 1 or last != count or counted != last:
                raise _BadError(
                    f"{table} of till {till_no}: {count} papers, numbers {first} to {last}, counter {counted}"
                )
            papers += count
    return f"{papers} papers without a gap"
