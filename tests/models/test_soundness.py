"""What a start notices of a damaged file, and that a sound one passes."""

import os
from pathlib import Path

import pytest

from pos.config import book_path
from pos.errors import BookDamagedError
from pos.models.engine import driver
from pos.services.till import Till
from tests.services.backup_support import damage, root_page, sell
from tests.support import FakeClock, make_till


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    till = make_till(tmp_path)
    sell(till)
    till.close()
    return till.folder


def opened(folder: Path) -> None:
    Till.open(folder, clock=FakeClock(), cheap_pins=True).close()


def test_a_sound_book_opens(folder: Path) -> None:
    opened(folder)
    opened(folder)


def test_a_book_whose_log_has_not_been_moved_yet_opens(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    sell(till)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in ("titip.db", "titip.db-wal"):
        (crashed / name).write_bytes((till.folder / name).read_bytes())
    till.close()
    opened(crashed)


@pytest.mark.parametrize(
    "table", ["journal", "sales", "stock", "balances", "pins", "contact_cards"]
)
def test_a_page_that_is_no_page(folder: Path, table: str) -> None:
    damage(book_path(folder), root_page(book_path(folder), table), os.urandom(4096))
    with pytest.raises(BookDamagedError):
        opened(folder)


def test_a_file_that_lost_its_end(folder: Path) -> None:
    book = book_path(folder)
    os.truncate(book, book.stat().st_size - 4096)
    with pytest.raises(BookDamagedError):
        opened(folder)


def test_an_entry_that_is_not_what_was_written(folder: Path) -> None:
    connection = driver.connect(book_path(folder))
    body = connection.execute("SELECT body FROM journal ORDER BY id DESC LIMIT 1").fetchone()[0]
    connection.close()
    at = book_path(folder).read_bytes().index(body.encode())
    damage(book_path(folder), at + body.index("15000"), b"95000")
    with pytest.raises(BookDamagedError):
        opened(folder)


def test_a_last_entry_that_is_gone_from_the_middle(folder: Path) -> None:
    connection = driver.connect(book_path(folder), isolation_level=None)
    connection.execute("DROP TRIGGER journal_no_delete")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(
        "DELETE FROM journal WHERE id = (SELECT id FROM journal ORDER BY id DESC LIMIT 1 OFFSET 3)"
    )
    connection.close()
    with pytest.raises(BookDamagedError):
        opened(folder)


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_missing_book_is_not_taken_for_a_first_start(folder: Path, how: str) -> None:
    till = Till.open(folder, clock=FakeClock(), cheap_pins=True)
    till.backups.make()
    till.close()
    if how == "gone":
        book_path(folder).unlink()
    else:
        book_path(folder).write_bytes(b"")
    with pytest.raises(BookDamagedError):
        opened(folder)


def test_an_empty_folder_is_a_first_start(tmp_path: Path) -> None:
    opened(tmp_path / "new")
