"""Opening the book: driver, pragmas, transactions, and what the database's errors mean.

The driver is pysqlite3, since the SQLite of Python 3.11 to 3.13 on Debian 12 (3.40.1) lies within
the range of the WAL-reset corruption bug (fixed in 3.51.3); a start on such a library is refused.
"""

import contextlib
import importlib
import sqlite3 as standard_sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos.errors import BookDamagedError, EnvironmentProblem
from pos.i18n import _
from pos.models.prepared import Cursor
from pos.models.problems import problem_of, unreadable_sentence

if TYPE_CHECKING:
    from sqlalchemy import Engine

driver: Any
try:
    driver = importlib.import_module("pysqlite3.dbapi2")
except ImportError:  # a platform without a wheel: allowed only if its own SQLite is sound
    driver = standard_sqlite3

FIRST_SOUND_SQLITE = (3, 51, 3)
_BUSY_MS = 5_000
STATEMENTS = 512
"""Prepared statements that a connection keeps. The driver's cache drops the newest, not the oldest,
once it is full (100 unless told): a sale's own would then be prepared anew with each sale.
"""
_ON_CONNECT = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
)
_FULL = 2
_AS_IT_IS = contextlib.nullcontext()
_ON_WRITER = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA wal_autocheckpoint = 0",
    "PRAGMA cache_size = -16000",
)


def check_library() -> None:
    """Refuse an SQLite in which a crash can corrupt a WAL database."""
    if driver.sqlite_version_info < FIRST_SOUND_SQLITE:
        raise EnvironmentProblem(
            _(
                "This machine's SQLite ({version}) can damage the book. "
                "Install the package pysqlite3 and start again."
            ).format(version=driver.sqlite_version)
        )


def connect(path: Path, *, read_only: bool = False, busy_ms: int = _BUSY_MS) -> Any:
    """A connection to one file that carries the pragmas and manages no transactions.

    `isolation_level=None` switches the driver's own transaction handling off, which would lose a
    savepoint on rollback; BEGIN is always written out.
    """
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = driver.connect(
        uri,
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=busy_ms / 1000,
        cached_statements=STATEMENTS,
    )
    for pragma in _ON_CONNECT:
        connection.execute(pragma)
    if read_only:
        connection.execute("PRAGMA query_only = ON")
    return connection


def make_engine(path: Path, *, read_only: bool = False, busy_ms: int = _BUSY_MS) -> "Engine":
    """The same for SQLAlchemy, which runs the migrations."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    def creator() -> Any:
        return connect(path, read_only=read_only, busy_ms=busy_ms)

    return create_engine("sqlite://", module=driver, creator=creator, poolclass=NullPool)


class Book:
    """An open book: the one writing connection of this process, and a reader for each thread."""

    def __init__(self, path: Path) -> None:
        check_library()
        self.path = path
        self._local = threading.local()
        self._readers: list[Any] = []
        self._closed = False
        self._writing = threading.RLock()
        with translated_errors():
            self._writer = connect(path)
            for pragma in _ON_WRITER:
                self._writer.cursor().execute(pragma)
            self._check_writable()

    @property
    def driver_connection(self) -> Any:
        """The writing DB-API connection, for backup and migration only."""
        return self._writer

    def _check_writable(self) -> None:
        """A file that the system does not open for writing, SQLite opens for reading and says nothing.

        Better told at the start than at the first sale. BEGIN IMMEDIATE alone would not mind;
        nothing is written. When another program is writing, the file can be written.
        """
        cursor: Any = self._writer.cursor()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("PRAGMA application_id = 0")
            cursor.execute("ROLLBACK")
        except driver.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                raise
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")

    @contextlib.contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[Cursor]:
        """One write transaction; anything raised inside rolls it back.

        Another thread's waits for its end: one that came in between would join it unasked.
        One that need not be `durable` takes no sync: a power cut may undo it, alone or with what
        follows, until the next durable one. A program that ends takes nothing with it.
        """
        cursor: Any = self._writer.cursor()
        with (
            self._writing,
            translated_errors(self.path),
            _AS_IT_IS if durable else self._unsynced(cursor),
        ):
            cursor.execute("BEGIN IMMEDIATE")
            committing = False
            try:
                yield cursor
                committing = True
                cursor.execute("COMMIT")
            except BaseException:
                # After some errors (disk full) SQLite has rolled back by itself already.
                with contextlib.suppress(driver.Error):
                    cursor.execute("ROLLBACK")
                if committing:
                    self._bury(cursor)
                raise

    @staticmethod
    @contextlib.contextmanager
    def _unsynced(cursor: Any) -> Iterator[None]:
        """In WAL, NORMAL leaves the log's sync to the next commit with FULL, which syncs all of it."""
        if cursor.execute("PRAGMA synchronous").fetchone()[0] != _FULL:
            yield
            return
        cursor.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            cursor.execute("PRAGMA synchronous = FULL")

    @staticmethod
    def _bury(cursor: Any) -> None:
        """Write over what a commit has left in the log whose sync failed.

        Whole in the log, it would come back after a power cut, although it was said not to be
        saved. A commit that changes nothing takes its place, if the disk is in order again.
        """
        with contextlib.suppress(driver.Error):
            version = int(cursor.execute("PRAGMA user_version").fetchone()[0])
            cursor.execute(f"PRAGMA user_version = {version}")

    def reader(self) -> Cursor:
        """A cursor on this thread's read-only connection; finish each query before the next."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            with translated_errors():
                connection = connect(self.path, read_only=True)
            self._local.connection = connection
            self._readers.append(connection)
        cursor: Any = connection.cursor()
        return cursor  # type: ignore[no-any-return]  # the driver has no stubs

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Cursor]:
        """A reader that sees one state of the book throughout; one within another sees the same."""
        cursor: Any = self.reader()
        if cursor.connection.in_transaction:
            yield cursor
            return
        with translated_errors():
            cursor.execute("BEGIN")
            try:
                yield cursor
            finally:
                cursor.execute("COMMIT")

    def checkpoint(self) -> None:
        """Move the log into the file and begin it anew; called in idle moments, never after a sale.

        The first commit into a log begun anew takes a second sync, for its header. One that
        changes nothing pays for it here, so that every sale is a single sync.
        """
        cursor: Any = self._writer.cursor()
        with translated_errors():
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            _busy, logged, moved = cursor.fetchone()
            if logged > 0 and logged == moved:
                version = int(cursor.execute("PRAGMA user_version").fetchone()[0])
                cursor.execute(f"PRAGMA user_version = {version}")

    def close(self) -> None:
        """Checkpoint and let go of the file; once is enough."""
        if self._closed:
            return
        self._closed = True
        for connection in self._readers:
            connection.close()
        with contextlib.suppress(EnvironmentProblem), translated_errors():
            self._writer.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        self._writer.close()


@contextlib.contextmanager
def translated_errors(book: Path | None = None) -> Iterator[None]:
    """Turn what the machine can do to a database into EnvironmentProblem; bugs pass unchanged.

    A damaged file can surface as UnicodeDecodeError, or as an error of the driver's own without a
    code, when a text column no longer holds text.
    SQLAlchemy, which runs the migrations, wraps the driver's errors in its own. `book` is the file
    that is being written to, if one is.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        raise BookDamagedError(unreadable_sentence()) from error
    except Exception as error:
        raised = getattr(error, "orig", error)
        problem = problem_of(raised, book) if isinstance(raised, driver.Error) else None
        if problem is None:
            raise
        raise problem from error
