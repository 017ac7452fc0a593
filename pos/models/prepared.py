"""Core statements compiled once and run straight on the driver's cursor.

SQLAlchemy writes the SQL from the one schema, and its per-execution cost (tens of microseconds a
statement, a dozen statements a sale) is not paid on the hot path. All columns are INTEGER, TEXT
or BLOB in STRICT tables, so no value needs converting on its way in or out.

What the sign-in screen needs is written out as `Plain` SQL: loading SQLAlchemy takes a third of the
time until the window is there, so it is loaded beside the window, while the PIN is typed.
"""

import contextlib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakSet

from pos.models.problems import problem_of

if TYPE_CHECKING:
    from sqlalchemy import Executable, Table
    from sqlalchemy.engine import Dialect
    from sqlalchemy.sql.compiler import SQLCompiler

Row = tuple[Any, ...]
_all: "WeakSet[Prepared]" = WeakSet()


class Cursor(Protocol):
    """The part of a DB-API cursor that is used."""

    @property
    def rowcount(self) -> int: ...  # noqa: D102

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...  # noqa: D102
    def executemany(self, sql: str, parameters: Any, /) -> Any: ...  # noqa: D102
    def fetchone(self) -> Any: ...  # noqa: D102
    def fetchall(self) -> list[Any]: ...  # noqa: D102
    def __iter__(self) -> Iterator[Any]: ...


class Plain:
    """One statement written out; parameters are named as in `:name`, and all must be given."""

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def run(self, cursor: Cursor, **given: Any) -> int:
        """Execute; the number of rows that changed."""
        cursor.execute(self.sql, given)
        return cursor.rowcount

    def one(self, cursor: Cursor, **given: Any) -> Row | None:
        """The first row, or None."""
        with _read_problems():
            cursor.execute(self.sql, given)
            row: Row | None = cursor.fetchone()
        return row

    def all(self, cursor: Cursor, **given: Any) -> list[Row]:
        """All rows."""
        with _read_problems():
            cursor.execute(self.sql, given)
            return cursor.fetchall()

    def each(self, cursor: Cursor, **given: Any) -> Iterator[Row]:
        """Row by row, for one who may stop before the last; the cursor's next statement ends it."""
        with _read_problems():
            cursor.execute(self.sql, given)
            yield from cursor


class Prepared:
    """One statement; parameters are named binds, literals in the statement are kept.

    It is compiled when it is first used, or in an idle moment before that (`compile_all`): the
    start needs a dozen of the hundreds that there are.
    """

    def __init__(self, statement: "Executable") -> None:
        self._statement = statement
        _all.add(self)

    @cached_property
    def _compiled(self) -> "SQLCompiler":
        return self._statement.compile(dialect=_dialect())  # type: ignore[attr-defined, no-any-return]  # an Executable compiles; its stub does not say so

    @cached_property
    def sql(self) -> str:
        """The statement as SQLite reads it."""
        sql = str(self._compiled)
        if "POSTCOMPILE" in sql:
            raise ValueError(f"this would have to be expanded at each execution: {sql}")
        return sql

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        return dict(self._compiled.params)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self._compiled.positiontup or ())

    def compile(self) -> None:
        """Make everything ready that the first use needs."""
        _ready = self.sql, self._defaults, self._names

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
        try:
            cursor.execute(self.sql, self._values(given))
            row: Row | None = cursor.fetchone()
        except Exception as error:
            problem = problem_of(error)
            if problem is None:
                raise
            raise problem from error
        return row

    def all(self, cursor: Cursor, **given: Any) -> list[Row]:
        """All rows."""
        try:
            cursor.execute(self.sql, self._values(given))
            return cursor.fetchall()
        except Exception as error:
            problem = problem_of(error)
            if problem is None:
                raise
            raise problem from error

    def each(self, cursor: Cursor, **given: Any) -> Iterator[Row]:
        """Row by row, for results that are too large to hold."""
        cursor.execute(self.sql, self._values(given))
        yield from cursor


@contextlib.contextmanager
def _read_problems() -> Iterator[None]:
    """What the machine can do to a read, as a problem; bugs pass unchanged."""
    try:
        yield
    except Exception as error:
        problem = problem_of(error)
        if problem is None:
            raise
        raise problem from error


@cache
def _dialect() -> "Dialect":
    from sqlalchemy.dialects.sqlite.base import SQLiteDialect

    return SQLiteDialect(paramstyle="qmark")


def insert_into(table: "Table") -> Prepared:
    """An INSERT of whole rows; give values in the order of the table's columns to cursor.execute."""
    return Prepared(table.insert())


def compile_all() -> None:
    """Compile every statement of the modules loaded so far, so that no customer waits for one."""
    for prepared in tuple(_all):
        prepared.compile()
