"""Damage to the index, the schema and the bytes of the file itself."""

from pathlib import Path

import pytest

from pos.models.engine import driver
from pos.models.verify import verify
from tests.models.damage import entry_of, failures, flip, pages_of, plant, sql


def test_an_item_lost_from_the_search_index(book: Path) -> None:
    found = failures(
        plant(
            book,
            sql("DELETE FROM item_search WHERE rowid = (SELECT min(id) FROM items)"),
        )
    )
    assert found["rebuild"].startswith("item_search item=")


@pytest.mark.parametrize(
    ("statement", "detail"),
    [
        ("DROP TRIGGER journal_no_update", "journal_no_update is missing"),
        ("DROP TRIGGER journal_no_delete", "journal_no_delete is missing"),
        ("DROP INDEX uq_sales_number", "uq_sales_number is missing"),
        ("CREATE TABLE notes (id INTEGER)", "notes does not belong here"),
        (
            "CREATE TRIGGER skim AFTER INSERT ON payments BEGIN DELETE FROM payments; END",
            "skim does not belong here",
        ),
    ],
)
def test_a_schema_that_is_not_this_versions(book: Path, statement: str, detail: str) -> None:
    connection = driver.connect(book, isolation_level=None)
    connection.execute(statement)
    connection.close()
    assert failures(verify(book)) == {"schema": detail}


def test_a_trigger_that_was_made_toothless(book: Path) -> None:
    connection = driver.connect(book, isolation_level=None)
    connection.execute("DROP TRIGGER journal_no_update")
    connection.execute(
        "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT 1; END"
    )
    connection.close()
    assert failures(verify(book)) == {"schema": "journal_no_update is not as this version makes it"}


@pytest.mark.parametrize(
    "name", ["journal", "sales", "payments", "postings", "balances", "items", "uq_sales_number"]
)
def test_a_raw_byte_flipped_in_a_pages_head(book: Path, name: str) -> None:
    ((offset, _size),) = pages_of(book, name)
    flip(book, offset + 4)  # the count of cells
    assert not verify(book).ok


@pytest.mark.parametrize("mask", [0x01, 0x80], ids=["another letter", "no text any more"])
def test_a_raw_byte_flipped_in_a_text(book: Path, mask: int) -> None:
    ((offset, size),) = pages_of(book, "stands")
    at = book.read_bytes().index(b"Galeri Dekranasda", offset, offset + size)
    flip(book, at + 2, mask)
    found = failures(verify(book))
    assert "rebuild" in found
    if mask == 0x01:
        assert (
            "name is 'Gameri Dekranasda', the journal says 'Galeri Dekranasda'" in found["rebuild"]
        )


@pytest.mark.parametrize("kind", ["category_added", "goods_received", "staff_added"])
def test_a_raw_byte_flipped_in_an_entrys_body(book: Path, kind: str) -> None:
    """SQLite leaves copies of moved rows in free space: flipping one of those harms nothing."""
    raw = book.read_bytes()
    body = entry_of(book, kind).body.encode()
    outcomes = []
    at = raw.find(body)
    while at >= 0:
        flip(book, at + len(body) - 2, 0x01)
        outcomes.append(failures(verify(book)))
        book.write_bytes(raw)
        at = raw.find(body, at + 1)
    assert any("hash chain" in found for found in outcomes)
    assert all("hash chain" in found or not found for found in outcomes)


def test_a_row_without_what_its_columns_promise(book: Path) -> None:
    """As in a page of which another page's bytes are left."""
    connection = driver.connect(book, isolation_level=None)
    (before,) = connection.execute(
        "SELECT sql FROM sqlite_master WHERE name = 'journal'"
    ).fetchone()
    loose = before.replace("previous BLOB NOT NULL", "previous BLOB")
    assert loose != before
    statement = "UPDATE sqlite_master SET sql = ? WHERE name = 'journal'"
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(statement, (loose,))
    connection.close()
    plant(book, sql("UPDATE journal SET previous = NULL WHERE seq = 3"))
    connection = driver.connect(book, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(statement, (before,))
    connection.close()
    assert "hash chain" in failures(verify(book))


def test_a_file_cut_in_half(book: Path) -> None:
    raw = book.read_bytes()
    book.write_bytes(raw[: len(raw) // 2])
    report = verify(book)
    assert report.first_failure is not None
    assert report.first_failure.check == "integrity"


def test_a_file_that_is_no_book(book: Path) -> None:
    book.write_bytes(b"no database " * 500)
    report = verify(book)
    assert report.first_failure is not None
    assert report.first_failure.check == "integrity"
    assert [p for p in book.parent.iterdir() if p.name.startswith(".verify-")] == []
