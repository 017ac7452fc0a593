"""Damage to the journal: each kind is planted in a real book, found and named."""

from pathlib import Path
from typing import Any

import pytest

from pos.models.journal import walk
from tests.models.damage import entry_of, failures, plant, rewrite, sql


def test_a_flipped_byte_in_a_body(book: Path) -> None:
    entry = entry_of(book, "sale_completed")
    at = entry.body.index("90000")
    body = entry.body[:at] + "8" + entry.body[at + 1 :]
    report = plant(
        book, lambda c: c.execute("UPDATE journal SET body = ? WHERE id = ?", (body, entry.id))
    )
    found = failures(report)
    assert found["hash chain"] == (
        f"journal till {entry.till_no} entry {entry.seq}: its content is not what was written"
    )
    # ... and what it would mean is not what stands in the tables.
    assert "rebuild" in found


@pytest.mark.parametrize(
    "column", ["at", "business_date", "staff_id", "approver_id", "last_id", "kind"]
)
def test_any_other_column_of_an_entry(book: Path, column: str) -> None:
    entry = entry_of(book, "category_added")
    value = "'x'" if column in {"business_date", "kind"} else f"{column} + 1"
    report = plant(book, sql(f"UPDATE journal SET {column} = {value} WHERE id = {entry.id}"))
    assert f"entry {entry.seq}: its content" in failures(report)["hash chain"]


def test_a_deleted_entry(book: Path) -> None:
    entry = entry_of(book, "category_added")
    report = plant(book, sql(f"DELETE FROM journal WHERE id = {entry.id}"))
    found = failures(report)
    assert f"entry {entry.seq + 1}: entry {entry.seq} is missing" in found["hash chain"]
    assert "rebuild" in found


def test_the_last_entry_deleted(book: Path) -> None:
    """The chain that is left is whole; the tables still tell of the sale."""
    entry = entry_of(book, "sale_completed")
    report = plant(book, sql(f"DELETE FROM journal WHERE id = {entry.id}"))
    found = failures(report)
    assert "hash chain" not in found
    assert "foreign keys" in found
    assert "rebuild" in found


def test_a_wrong_previous_hash_with_its_own_hash_computed_anew(book: Path) -> None:
    entry = entry_of(book, "category_added")
    previous = bytes([entry.previous[0] ^ 1]) + entry.previous[1:]
    report = plant(book, lambda c: rewrite(c, entry, previous=previous))
    assert f"entry {entry.seq}: does not continue" in failures(report)["hash chain"]


def test_a_changed_body_with_its_own_hash_computed_anew(book: Path) -> None:
    entry = entry_of(book, "category_added")
    body = entry.body.replace("Rumah", "Rumoh")
    report = plant(book, lambda c: rewrite(c, entry, body=body))
    found = failures(report)
    assert f"entry {entry.seq + 1}: does not continue" in found["hash chain"]
    assert "'Rumah'" in found["rebuild"]
    assert "'Rumoh'" in found["rebuild"]


def test_a_journal_rewritten_to_its_end_no_longer_fits_the_tables(book: Path) -> None:
    def rewrite_all(connection: Any) -> None:
        previous = bytes(32)
        for entry in list(walk(connection.cursor())):
            body = entry.body.replace("Syal tenun", "Syal tenuk")
            previous = rewrite(connection, entry, body=body, previous=previous)

    found = failures(plant(book, rewrite_all))
    assert set(found) == {"rebuild"}
    assert "'Syal tenun', the journal says 'Syal tenuk'" in found["rebuild"]


def test_a_rewritten_journal_that_the_tables_could_not_even_hold(book: Path) -> None:
    entry = entry_of(book, "sale_completed")
    body = entry.body.replace('"share":72000', '"share":72001')
    assert body != entry.body
    found = failures(plant(book, lambda c: rewrite(c, entry, body=body)))
    assert set(found) == {"rebuild"}
    assert "ck_sale_lines_split" in found["rebuild"]


@pytest.mark.parametrize("body", ["", "{}", "[1]", '{"category_id":"x"}', "null"])
def test_a_body_that_is_no_event(book: Path, body: str) -> None:
    entry = entry_of(book, "category_added")
    report = plant(book, lambda c: rewrite(c, entry, body=body or " "))
    assert not report.ok
    assert "rebuild" in failures(report)
