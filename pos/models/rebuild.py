"""Rebuilding every book table from the journal in a scratch database, and comparing row for row."""

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Table
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.schema import CreateTable

import pos.models.schema  # noqa: F401 (all tables there are)
from pos.models.apply import apply
from pos.models.apply.sums import later
from pos.models.apply.sums_again import refill
from pos.models.base import BOOK, tables_of
from pos.models.catalog import ITEM_SEARCH
from pos.models.causal import causal
from pos.models.engine import STATEMENTS, driver
from pos.models.journal import tills_in, walk_till

Tick = Callable[[int, int], None]
"""Told (done, total) as the work goes on."""
_EVERY = 2_000


class Difference(msgspec.Struct, frozen=True):
    """The first row that is not what the journal says."""

    table: str
    key: str
    why: str

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.why}"


@contextlib.contextmanager
def scratch(book: Path) -> Iterator[Any]:
    """A connection to an empty scratch database with the book attached, read-only, as `book`.

    The scratch file lies beside the book: the system's temporary folder may be memory, and a
    book can be larger than that.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=".verify-", dir=book.parent))
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="titip-verify-"))
    connection = driver.connect(
        f"{(folder / 'scratch.db').resolve().as_uri()}?mode=rwc",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS,
    )
    try:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -64000"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("ATTACH ? AS book", (f"{book.resolve().as_uri()}?mode=ro",))
        yield connection
    finally:
        connection.close()
        shutil.rmtree(folder, ignore_errors=True)


def replay(connection: Any, tick: Tick) -> None:
    """Make the book tables in the scratch database and apply the whole journal to them."""
    dialect = SQLiteDialect()
    for table in tables_of(BOOK):
        connection.execute(str(CreateTable(table).compile(dialect=dialect)))
    connection.execute(ITEM_SEARCH)
    total = connection.execute("SELECT count(*) FROM book.journal").fetchone()[0]
    writer = connection.cursor()
    streams = [walk_till(connection.cursor(), till_no) for till_no in tills_in(writer)]
    with later():
        for done, entry in enumerate(causal(streams), start=1):
            apply(writer, entry, entry.event())
            if done % _EVERY == 0:
                tick(done, total)
    refill(writer)


def differences(connection: Any, tick: Tick) -> Iterator[Difference]:
    """The first difference of each table that has one."""
    tables = tables_of(BOOK)
    for done, table in enumerate(tables, start=1):
        found = _first_difference(connection, table)
        if found is not None:
            yield found
        tick(done, len(tables) + 1)
    found = _search_difference(connection)
    if found is not None:
        yield found


def _first_difference(connection: Any, table: Table) -> Difference | None:
    name = table.name
    keys = [column.name for column in table.primary_key.columns]
    same = " AND ".join(f"a.{key} = b.{key}" for key in keys)
    order = ", ".join(f"a.{key}" for key in keys)
    here = ", ".join(f"a.{column.name}" for column in table.columns)
    there = ", ".join(f"b.{column.name}" for column in table.columns)
    found = connection.execute(
        f"SELECT {here}, b.{keys[0]} IS NULL, {there} "  # noqa: S608 (names from the schema)
        f"FROM book.{name} a LEFT JOIN main.{name} b ON {same} "
        f"WHERE b.{keys[0]} IS NULL OR ({here}) IS NOT ({there}) ORDER BY {order} LIMIT 1"
    ).fetchone()
    if found is not None:
        return _described(table, found)
    lost = connection.execute(
        f"SELECT {here} FROM main.{name} a LEFT JOIN book.{name} b ON {same} "  # noqa: S608 (as above)
        f"WHERE b.{keys[0]} IS NULL ORDER BY {order} LIMIT 1"
    ).fetchone()
    if lost is None:
        return None
    return Difference(name, _key(table, lost), "the row is missing from the book")


def _described(table: Table, row: tuple[Any, ...]) -> Difference:
    width = len(table.columns)
    here, extra, there = row[:width], row[width], row[width + 1 :]
    if extra:
        return Difference(table.name, _key(table, here), "the journal knows nothing of this row")
    wrong = [
        f"{column.name} is {mine!r}, the journal says {theirs!r}"
        for column, mine, theirs in zip(table.columns, here, there, strict=True)
        if mine != theirs
    ]
    return Difference(table.name, _key(table, here), "; ".join(wrong))


def _key(table: Table, row: tuple[Any, ...]) -> str:
    values = dict(zip((column.name for column in table.columns), row, strict=True))
    return " ".join(f"{column.name}={values[column.name]}" for column in table.primary_key.columns)


def _search_difference(connection: Any) -> Difference | None:
    """Compare the search index word by word: term, item, column, place."""
    for schema in ("book", "main"):
        connection.execute(
            f"CREATE VIRTUAL TABLE temp.words_{schema} "
            f"USING fts5vocab('{schema}', 'item_search', 'instance')"
        )
    rows = (
        connection.cursor().execute(f"SELECT term, doc, col, offset FROM temp.words_{schema}")  # noqa: S608 (constants)
        for schema in ("book", "main")
    )
    for mine, theirs in zip_longest(*rows):
        if mine != theirs:
            term, item = (mine or theirs)[:2]
            return Difference("item_search", f"item={item}", f"differs at the word {term!r}")
    return None
