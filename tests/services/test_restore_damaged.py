"""What is saved from a book that is damaged: as much as its chain tells to be true."""

import os
import shutil
from pathlib import Path

import pytest

from pos.config import book_path
from pos.errors import BookDamagedError
from pos.models.verify import verify
from pos.services.restore import look_ahead
from tests.faults.stand import Robot
from tests.services.backup_support import (
    assert_whole,
    damage,
    entries_of,
    five_sales_and_a_backup,
    only_backup,
    receipts_of,
    reopened,
    restored,
    root_page,
    sell,
)
from tests.support import make_till


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return five_sales_and_a_backup(tmp_path)


def test_a_file_whose_first_page_is_gone_still_gives_its_entries(folder: Path) -> None:
    damage(book_path(folder), 0, b"\xff" * 4096)
    with pytest.raises(BookDamagedError):
        reopened(folder)
    outlook = look_ahead(folder, only_backup(folder))
    assert (outlook.present, outlook.newer.sales) == ("damaged", 3)
    done = restored(folder)
    assert (done.newer.sales, done.newer.broken) == (3, False)
    assert receipts_of(folder) == [1, 2, 3, 4, 5]
    assert_whole(folder)
    assert done.aside is not None
    assert (done.aside / "titip.db").read_bytes()[:4] == b"\xff" * 4


def test_a_file_that_is_no_database_at_all(folder: Path) -> None:
    book_path(folder).write_bytes(bytes((n * 37) % 251 for n in range(40_000)))
    with pytest.raises(BookDamagedError):
        reopened(folder)
    assert look_ahead(folder, only_backup(folder)).present == "unreadable"
    done = restored(folder)
    assert done.newer.entries == 0
    assert receipts_of(folder) == [1, 2]
    assert_whole(folder)


def test_the_way_to_the_entries_is_gone_but_not_they(tmp_path: Path) -> None:
    """The root of the journal's tree, in a book that has grown beyond one page of them."""
    till = make_till(tmp_path)
    till.backups.make()
    for _sale in range(40):
        sell(till)
    till.close()
    damage(book_path(till.folder), root_page(book_path(till.folder), "journal"), bytes(4096))
    done = restored(till.folder)
    assert (done.newer.sales, done.newer.broken) == (40, False)
    assert receipts_of(till.folder) == list(range(1, 41))
    assert_whole(till.folder)


def test_entries_that_fill_several_pages_are_found_as_well(tmp_path: Path) -> None:
    """One entry for a table of goods."""
    till = make_till(tmp_path)
    till.backups.make()
    robot = Robot(till)
    for work in ("import", "sale", "import"):
        robot.do(work)
    till.close()
    entries = entries_of(book_path(till.folder))
    assert max(len(entry.body) for entry in entries) > 6_000
    damage(book_path(till.folder), 0, bytes(4096))
    done = restored(till.folder)
    assert (done.newer.sales, done.newer.broken) == (1, False)
    assert entries_of(book_path(till.folder))[: len(entries)] == entries
    assert_whole(till.folder)


def test_what_stands_in_the_log_is_found_without_the_first_page(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    till.backups.make()
    sell(till)
    till.book.checkpoint()
    sell(till)
    crashed = tmp_path / "crashed"
    shutil.copytree(till.folder, crashed)
    till.close()
    damage(book_path(crashed), 0, bytes(4096))
    # So that SQLite finds no first page there either.
    log = crashed / "titip.db-wal"
    damage(log, 0, bytes(16))
    done = restored(crashed)
    assert done.newer.sales == 2
    assert receipts_of(crashed) == [1, 2]
    assert_whole(crashed)


def test_a_damaged_table_beside_a_readable_journal_loses_nothing(folder: Path) -> None:
    damage(book_path(folder), root_page(book_path(folder), "sales"), b"\xff" * 4096)
    assert not verify(book_path(folder)).ok
    outlook = look_ahead(folder, only_backup(folder))
    assert (outlook.present, outlook.newer.sales) == ("damaged", 3)
    done = restored(folder)
    assert done.newer.sales == 3
    assert receipts_of(folder) == [1, 2, 3, 4, 5]
    assert_whole(folder)


def test_entries_are_saved_as_far_as_the_chain_holds(folder: Path) -> None:
    """One byte of the second of three newer sales is wrong: the first is saved, no other."""
    book = book_path(folder)
    body = next(
        e.body for e in entries_of(book) if e.kind == "sale_completed" and '"number":4,' in e.body
    )
    damage(book, book.read_bytes().index(body.encode()) + body.index('"number":4,') + 9, b"7")
    outlook = look_ahead(folder, only_backup(folder))
    assert (outlook.newer.sales, outlook.newer.broken) == (1, True)
    done = restored(folder)
    assert (done.newer.sales, done.newer.broken) == (1, True)
    assert receipts_of(folder) == [1, 2, 3]
    assert_whole(folder)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_page_is_hit_the_restored_book_is_whole(folder: Path, seed: int) -> None:
    """Damage at any place: nothing before the backup is lost, what comes after is a whole chain."""
    book = book_path(folder)
    size = book.stat().st_size
    page = (seed * 7919) % (size // 4096)
    damage(
        book, page * 4096 + (seed * 131) % 3500, bytes((seed * 37 + n) % 251 for n in range(500))
    )
    done = restored(folder)
    assert receipts_of(folder)[:2] == [1, 2]
    assert len(receipts_of(folder)) == 2 + done.newer.sales
    assert_whole(folder)
    reopened(folder).close()


def test_what_stands_in_the_log_beside_the_file_is_saved_too(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    sell(till)
    till.backups.make()
    till.book.checkpoint()
    sell(till)
    crashed = tmp_path / "crashed"
    shutil.copytree(till.folder, crashed)
    till.close()
    assert (crashed / "titip.db-wal").stat().st_size > 0
    damage(book_path(crashed), root_page(book_path(till.folder), "sale_lines"), b"\0" * 4096)
    done = restored(crashed)
    assert not (crashed / "titip.db-wal").exists()
    assert receipts_of(crashed) == [1, 2]
    assert_whole(crashed)
    assert done.aside is not None
    assert (done.aside / "titip.db-wal").exists()


def test_a_truncated_file(folder: Path) -> None:
    book = book_path(folder)
    os.truncate(book, book.stat().st_size // 3 // 4096 * 4096)
    restored(folder)
    assert receipts_of(folder)[:2] == [1, 2]
    assert_whole(folder)


def test_a_book_that_is_gone(folder: Path) -> None:
    book_path(folder).unlink()
    assert look_ahead(folder, only_backup(folder)).present == "absent"
    done = restored(folder)
    assert done.aside is None
    assert receipts_of(folder) == [1, 2]
    assert_whole(folder)
