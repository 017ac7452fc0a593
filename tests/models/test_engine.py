"""What the machine can do to a book, and what a person is told."""

import errno
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pos.cart import Cart
from pos.config import book_path
from pos.errors import BookDamagedError, BookTooNewError, EnvironmentProblem
from pos.models import engine
from pos.models.engine import Book, check_library, driver, make_engine, translated_errors
from pos.models.migrate import SCHEMA_VERSION, migrate, needs_migration, version_of
from pos.services.queries.receipts import ReceiptQuery
from pos.services.till import Till
from pos.tender import Tender
from tests.support import empty_folder, make_till, manager_of


def pragma(connection: Any, name: str) -> Any:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_writing_connection_survives_power_cuts(till: Till) -> None:
    writer = till.book.driver_connection
    assert pragma(writer, "journal_mode") == "wal"
    assert pragma(writer, "synchronous") == 2  # FULL
    assert pragma(writer, "foreign_keys") == 1
    assert pragma(writer, "recursive_triggers") == 1
    assert pragma(writer, "busy_timeout") > 0
    assert pragma(writer, "wal_autocheckpoint") == 0


def test_only_what_need_not_be_durable_is_written_without_a_sync(till: Till) -> None:
    writer = till.book.driver_connection
    for _again in range(3):  # SQLite obeys this pragma while it prepares it
        with till.book.transaction(durable=False):
            assert pragma(writer, "synchronous") == 1  # NORMAL
        assert pragma(writer, "synchronous") == 2  # FULL
        with pytest.raises(KeyError), till.book.transaction(durable=False):
            raise KeyError
        with till.book.transaction():
            assert pragma(writer, "synchronous") == 2
    writer.execute("PRAGMA synchronous = OFF")  # as the sample is made
    with till.book.transaction(durable=False):
        assert pragma(writer, "synchronous") == 0
    assert pragma(writer, "synchronous") == 0


def test_a_statement_stays_prepared_however_many_others_there_are(till: Till) -> None:
    writer = till.book.driver_connection
    asked: list[int] = []

    def note(action: int, *_of_what: object) -> int:
        asked.append(action)
        return 0

    writer.set_authorizer(note)  # asked while a statement is prepared
    try:
        for number in range(200):  # the driver's own cache holds 100
            writer.execute(f"SELECT {number}").fetchall()
        sale = ("SELECT id FROM journal LIMIT 1", "SELECT seq FROM journal LIMIT 1")
        for sql in sale:
            writer.execute(sql).fetchall()
        assert asked
        asked.clear()
        for sql in sale:
            writer.execute(sql).fetchall()
        assert not asked
    finally:
        writer.set_authorizer(None)


def test_a_reader_can_not_write(till: Till) -> None:
    with pytest.raises(driver.OperationalError, match="readonly"):
        till.book.reader().execute("INSERT INTO preferences VALUES ('a', 'b')")


def test_each_thread_has_a_reader_of_its_own(till: Till) -> None:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(till.catalog.categories()))
    thread.start()
    thread.join()
    assert found == [till.catalog.categories()]
    assert till.book.reader().connection is till.book.reader().connection  # type: ignore[attr-defined]


def test_a_snapshot_sees_one_state_throughout(till: Till) -> None:
    with till.book.snapshot() as cursor:
        cursor.execute("SELECT count(*) FROM preferences")
        before = cursor.fetchone()
        till.settings.set_preference("theme", "dark")
        cursor.execute("SELECT count(*) FROM preferences")
        assert cursor.fetchone() == before
    assert till.settings.preference("theme") == "dark"


def test_references_are_enforced(till: Till) -> None:
    with pytest.raises(driver.IntegrityError, match="FOREIGN KEY"), till.book.transaction() as tx:
        tx.execute("INSERT INTO stock VALUES (1, 1, 1)")


def test_types_are_enforced(till: Till) -> None:
    with pytest.raises(driver.IntegrityError, match="cannot store REAL"):  # noqa: SIM117
        with till.book.transaction() as tx:
            tx.execute("UPDATE items SET price = 1.5")


def test_an_sqlite_that_can_corrupt_a_book_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    check_library()
    monkeypatch.setattr(engine.driver, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(EnvironmentProblem, match="pysqlite3"):
        check_library()


def test_a_file_that_is_no_book_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "titip.db").write_bytes(b"this is no database at all" * 100)
    with pytest.raises(BookDamagedError):
        Till.open(tmp_path)
    assert (tmp_path / "titip.db").read_bytes().startswith(b"this is no database")


def test_a_file_cut_short_is_said_to_be_damaged(tmp_path: Path) -> None:
    book = book_path(empty_folder(tmp_path))
    book.write_bytes(book.read_bytes()[:5_000])
    with pytest.raises(BookDamagedError):
        Till.open(tmp_path)


def test_a_newer_versions_book_is_not_touched(tmp_path: Path) -> None:
    book = book_path(empty_folder(tmp_path))
    connection = driver.connect(book)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = book.read_bytes()
    with pytest.raises(BookTooNewError):
        Till.open(tmp_path)
    assert book.read_bytes() == before
    assert SCHEMA_VERSION < 99


def test_a_file_left_half_written_by_a_kill_opens(tmp_path: Path) -> None:
    """As when a new book is killed while it is given its log: the old journal must be rolled back."""
    (tmp_path / "left").mkdir()
    connection = driver.connect(str(tmp_path / "titip.db"), isolation_level=None)
    for statement in ("PRAGMA cache_size = 1", "CREATE TABLE a (b)", "BEGIN IMMEDIATE"):
        connection.execute(statement)
    connection.executemany("INSERT INTO a VALUES (?)", [(bytes(3_000),)] * 200)
    for name in ("titip.db", "titip.db-journal"):
        shutil.copy(tmp_path / name, tmp_path / "left")
    connection.close()
    assert version_of(tmp_path / "left" / "titip.db") == 0
    assert needs_migration(tmp_path / "left" / "titip.db")


def test_a_folder_that_can_not_be_used_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "titip.db").mkdir()
    with pytest.raises(EnvironmentProblem) as told:
        Till.open(tmp_path)
    assert told.value.sentence
    assert not isinstance(told.value, BookDamagedError)


def test_a_migration_that_can_not_write_is_told_in_a_sentence(tmp_path: Path) -> None:
    """SQLAlchemy wraps the driver's error; the person must not see that."""
    with pytest.raises(EnvironmentProblem):
        migrate(tmp_path / "absent" / "titip.db")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    folder = empty_folder(tmp_path / "data")
    book_path(folder).chmod(0o400)
    with pytest.raises(EnvironmentProblem):
        Till.open(folder)


def test_a_read_only_connection_is_told_in_a_sentence(tmp_path: Path) -> None:
    book = book_path(empty_folder(tmp_path))
    reading = make_engine(book, read_only=True)
    connection = reading.raw_connection()
    with pytest.raises(EnvironmentProblem), translated_errors():
        connection.cursor().execute("INSERT INTO preferences VALUES ('a', 'b')")
    connection.close()
    reading.dispose()


def test_a_file_that_opens_for_reading_only_is_told_at_the_start(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite opens it so by itself when the system refuses to open it for writing."""

    class ReadingOnly:
        def __getattr__(self, name: str) -> Any:
            return getattr(driver, name)

        @staticmethod
        def connect(where: str, **options: Any) -> Any:
            return driver.connect(where.replace("mode=rwc", "mode=ro"), **options)

    monkeypatch.setattr(engine, "driver", ReadingOnly())
    with pytest.raises(EnvironmentProblem, match="tidak bisa ditulisi"):
        Book(till.book.path)


def test_a_book_in_another_programs_hands_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = book_path(empty_folder(tmp_path))
    other = driver.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    book = Book(path)
    book.driver_connection.execute("PRAGMA busy_timeout = 1")
    with pytest.raises(EnvironmentProblem), book.transaction():
        raise AssertionError("the lock is another's")
    other.execute("ROLLBACK")
    with book.transaction() as cursor:
        cursor.execute("INSERT INTO preferences VALUES ('a', 'b')")
    other.close()
    book.close()


def test_a_full_disk_takes_nothing_from_the_book_and_selling_goes_on_after(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    manager = manager_of(till)
    writer = till.book.driver_connection
    with till.book.transaction() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages}")
    cart = Cart().add(till.catalog.find("DKR-1187"))
    sold: list[str] = []

    def sell_on() -> None:
        for _ in range(500):
            sale = till.selling.complete(cart, (Tender("cash", 50_000),), session=manager)
            sold.append(sale.number)

    with pytest.raises(EnvironmentProblem) as told:
        sell_on()
    assert not isinstance(told.value, BookDamagedError)
    assert len(till.receipts.search(ReceiptQuery(), limit=1_000)) == len(sold)
    writer.execute("PRAGMA max_page_count = 1000000")
    sale = till.selling.complete(cart, (Tender("cash", 50_000),), session=manager)
    assert sale.number == f"DKR-{len(sold) + 1:06d}"
    till.close()


def test_text_that_is_none_any_more_means_a_damaged_book(tmp_path: Path) -> None:
    connection = driver.connect(tmp_path / "x.db")
    with pytest.raises(BookDamagedError), translated_errors():
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()
    connection.close()
    with pytest.raises(BookDamagedError), translated_errors():
        b"\xff".decode()


@pytest.mark.parametrize(
    "bug", [lambda: int("x"), lambda: driver.connect(":memory:").execute("SELEKT")]
)
def test_a_bug_passes_unchanged(bug: Callable[[], object]) -> None:
    with pytest.raises((ValueError, driver.OperationalError)) as raised, translated_errors():
        bug()
    assert not isinstance(raised.value, EnvironmentProblem)


def test_the_log_moves_into_the_file_in_a_quiet_moment(till: Till) -> None:
    till.settings.set_preference("theme", "dark")
    till.book.checkpoint()
    busy, in_log, moved = till.book.driver_connection.execute(
        "PRAGMA wal_checkpoint(PASSIVE)"
    ).fetchone()
    assert (busy, in_log) == (0, moved)


def test_transactions_of_two_threads_wait_for_each_other(till: Till) -> None:
    begun, go_on = threading.Event(), threading.Event()
    order: list[str] = []

    def slow() -> None:
        with till.book.transaction() as cursor:
            begun.set()
            cursor.execute("INSERT INTO preferences VALUES ('slow', '1')")
            assert go_on.wait(20)
            order.append("slow")

    def quick() -> None:
        with till.book.transaction() as cursor:
            order.append("quick")
            cursor.execute("INSERT INTO preferences VALUES ('quick', '1')")

    first = threading.Thread(target=slow)
    second = threading.Thread(target=quick)
    first.start()
    assert begun.wait(20)
    second.start()
    go_on.set()
    first.join()
    second.join()
    assert order == ["slow", "quick"]
    assert (till.settings.preference("slow"), till.settings.preference("quick")) == ("1", "1")


def test_a_transaction_within_a_transaction_is_a_bug(till: Till) -> None:
    with pytest.raises(driver.OperationalError, match="within a transaction"):  # noqa: SIM117
        with till.book.transaction(), till.book.transaction():
            pass


def test_a_limit_on_files_is_told_as_one(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book near the limit (ulimit -f) is not told of a fault of the disk."""
    resource = pytest.importorskip("resource")
    refused = driver.OperationalError("disk I/O error")
    path = till.book.path
    size = path.stat().st_size
    for limit, words in ((size + 4_096, "ulimit -f"), (size + 10**9, "Disk melaporkan")):
        monkeypatch.setattr(resource, "getrlimit", lambda _which, limit=limit: (limit, -1))
        with pytest.raises(EnvironmentProblem, match=words), till.book.transaction():
            raise refused


def test_a_disk_that_can_only_be_read_is_told_as_one(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = driver.OperationalError("disk I/O error")

    def read_only(path: Path, _data: bytes) -> int:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(Path, "write_bytes", read_only)
    with pytest.raises(EnvironmentProblem, match="hanya bisa dibaca"), till.book.transaction():
        raise refused
    monkeypatch.undo()
    with pytest.raises(EnvironmentProblem, match="Disk melaporkan"), till.book.transaction():
        raise refused
    assert not list(till.folder.glob("*.probe"))
