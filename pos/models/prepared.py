"""Core statements compiled once and run straight on the driver's cursor.

SQLAlchemy writes the SQL from the one schema, and its per-execution cost (tens of microseconds a
statement, a dozen statements a sale) is not paid on the hot path. All columns are INTEGER, TEXT
or BLOB in STRICT tables, so no value needs converting on its way in or out.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Executable, Table
from sqlalchemy.dialects.sqlite.base import SQLiteDialect

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler

_dialect = SQLiteDialect(paramstyle="qmark")
Row = tuple[Any, ...]


class Cursor(Protocol):
    """The part of a DB-API cursor that is used."""

    @property
    def rowcount(self) -> int: ...  # noqa: D102

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...  # noqa: D102
    def executemany(self, sql: str, parameters: Any, /) -> Any: ...  # noqa: D102
    def fetchone(self) -> Any: ...  # noqa: D102
    def fetchall(self) -> list[Any]: ...  # noqa: D102
    def __iter__(self) -> Iterator[Any]: ...


class Prepared:
    """One statement; parameters are named binds, literals in the statement are kept."""

    def __init__(self, statement: Executable) -> None:
        compiled: SQLCompiler = statement.compile(dialect=_dialect)  # type: ignore[attr-defined]  # an Executable compiles; its stub does not say so
        self.sql = str(compiled)
        if "POSTCOMPILE" in self.sql:
            raise ValueError(f"this would have to be expanded at each execution: {self.sql}")
        self._defaults = dict(compiled.params)
        self._names = tuple(compiled.positiontup or ())

    def _values(self, given: dict[str, Any]) -> list[Any]:
        defaults = self._defaults
        return [given[name] if name in given else defaults[name] for name in self._names]

    def run(self, cursor: Cursor, **given: Any) -> int:
        """Execute; the number of rows that changed."""
        cursor.execute(self.sql, self._values(given))
        return cursor.rowcount

    def many(self, cursor: Cursor, rows: Iterable[dict[str, Any]]) -> None:
        """Execute once per dict of parameters."""
        cursor.executemany(self.sql, [self._values(row) for row in rows])

    def one(self, cursor: Cursor, **given: Any) -> Row | None:
        """The first row, or None."""
        cursor.execute(self.sql, self._values(given))
        row: Row | None = cursor.fetchone()
        return row

    def all(self, cursor: Cursor, **given: Any) -> list[Row]:
        """All rows."""
        cursor.execute(self.sql, self._values(given))
        return cursor.fetchall()

    def each(self, cursor: Cursor, **given: Any) -> Iterator[Row]:
        """Row by row, for results that are too large to hold."""
        cursor.execute(self.sql, self._values(given))
        yield from cursor


def insert_into(table: Table) -> Prepared:
    """An INSERT of whole rows; give values in the order of the table's columns to cursor.execute."""
    return Prepared(table.insert())
