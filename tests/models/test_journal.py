"""Append-only, chained, across restarts; ids and numbers without gap or repeat."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from pos.cart import Cart
from pos.events import CategoryAdded, PaymentChecked
from pos.ids import counter_of, till_of
from pos.models.engine import driver
from pos.models.entries import GENESIS, Entry, Head, expected_hash, read_head
from pos.models.journal import walk
from pos.models.schema import metadata
from pos.services.goods import add_category, agree
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.support import FakeClock, manager_of


def entries(till: Till) -> list[Entry]:
    return list(walk(till.book.reader()))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET body = '{}' WHERE seq = 1",
        "UPDATE journal SET at = at",
        "DELETE FROM journal WHERE seq = 1",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
        "REPLACE INTO journal SELECT * FROM journal WHERE seq = 2",
        "INSERT INTO journal SELECT * FROM journal WHERE 1 ON CONFLICT DO UPDATE SET body = '{}'",
        "UPDATE OR REPLACE journal SET seq = 2, id = id + 1 WHERE seq = 1",
    ],
)
def test_nothing_but_a_new_entry_is_let_in(sold: Till, statement: str) -> None:
    before = entries(sold)
    with pytest.raises(driver.IntegrityError, match="append-only"), sold.book.transaction() as tx:
        tx.execute(statement)
    assert entries(sold) == before


def test_an_entry_can_not_be_slipped_in_twice(sold: Till) -> None:
    with pytest.raises(driver.IntegrityError, match="UNIQUE"), sold.book.transaction() as tx:
        tx.execute("INSERT INTO journal SELECT * FROM journal WHERE seq = 1")


def test_each_entry_carries_the_hash_of_the_one_before(sold: Till) -> None:
    found = entries(sold)
    assert len(found) > 20
    previous = GENESIS
    for seq, entry in enumerate(found, start=1):
        assert entry.seq == seq
        assert entry.id == (entry.till_no << 40) + seq
        assert entry.previous == previous
        assert entry.hash == expected_hash(entry)
        previous = entry.hash


def test_the_hash_can_be_computed_by_anybody(sold: Till) -> None:
    """SHA-256 over the JSON list of the ten columns and the previous hash in hex."""
    entry = entries(sold)[-1]
    columns = [
        entry.id,
        entry.till_no,
        entry.seq,
        entry.at,
        entry.business_date,
        entry.staff_id,
        entry.approver_id,
        entry.kind,
        entry.last_id,
        entry.body,
        entry.previous.hex(),
    ]
    text = json.dumps(columns, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).digest() == entry.hash


def test_the_hash_covers_everything(sold: Till) -> None:
    import msgspec

    entry = entries(sold)[-1]
    changes: dict[str, Any] = {
        "id": entry.id + 1,
        "till_no": entry.till_no + 1,
        "seq": entry.seq + 1,
        "at": entry.at + 1,
        "business_date": "2026-11-23",
        "staff_id": entry.staff_id + 1,
        "approver_id": 1,
        "kind": "x",
        "last_id": entry.last_id + 1,
        "body": entry.body.replace("90000", "90001"),
        "previous": GENESIS,
    }
    assert {*changes, "hash"} == set(Entry.__struct_fields__)
    for name, value in changes.items():
        changed = msgspec.structs.replace(entry, **{name: value})
        assert expected_hash(changed) != entry.hash, name


def test_the_chain_goes_on_after_a_restart(tmp_path: Path, clock: FakeClock, sold: Till) -> None:
    before = entries(sold)
    sold.close()
    again = Till.open(tmp_path / "data", clock=clock, cheap_pins=True)
    with again.unit.write() as tx:
        entry = tx.append(CategoryAdded(category_id=tx.new_id(), name="Kain"), staff_id=1)
    assert (entry.seq, entry.previous) == (before[-1].seq + 1, before[-1].hash)
    assert entries(again)[:-1] == before
    again.close()


def test_an_empty_journal_starts_from_the_genesis_hash(till: Till) -> None:
    assert read_head(till.book.reader(), 999_999) == Head(0, 0, GENESIS, 0)


def test_walking_can_start_behind_an_entry(sold: Till) -> None:
    found = entries(sold)
    assert list(walk(sold.book.reader(), after=found[4].id)) == found[5:]


def test_every_event_reads_back_from_its_entry(sold: Till) -> None:
    kinds = {entry.kind for entry in entries(sold)}
    assert {"till_opened", "staff_added", "terms_agreed", "goods_received"} < kinds
    for entry in entries(sold):
        assert entry.event().v == 1


def given_ids(till: Till) -> list[int]:
    """Every id that stands as a primary key anywhere in the book, except the journal's own."""
    found = []
    cursor = till.book.reader()
    for table in metadata.tables.values():
        keys = [column.name for column in table.primary_key.columns]
        if table.info["family"] in {"book", "contacts"} and keys == ["id"]:
            cursor.execute(f"SELECT id FROM {table.name}")
            found += [row[0] for row in cursor.fetchall()]
    return found


def test_ids_are_never_given_twice_also_after_a_rollback_and_a_restart(
    tmp_path: Path, clock: FakeClock, sold: Till
) -> None:
    def break_off() -> None:
        with sold.unit.write() as tx:
            add_category(tx, "Batik", by=1)
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        break_off()
    sold.close()
    again = Till.open(tmp_path / "data", clock=clock, cheap_pins=True)
    bros = Cart().add(again.catalog.find("DKR-1187"))
    again.selling.complete(bros, (Tender("cash", 50_000),), session=manager_of(again))
    with again.unit.write() as tx:
        add_category(tx, "Kain", by=1)
    ids = given_ids(again)
    assert len(ids) == len(set(ids))
    assert {till_of(an_id) for an_id in ids} == {again.info.till_no}
    assert max(counter_of(an_id) for an_id in ids) <= entries(again)[-1].last_id
    again.close()


def test_a_transaction_that_fails_leaves_nothing(till: Till) -> None:
    heard: list[frozenset[str]] = []
    till.changes.subscribe(heard.append)
    cursor = till.book.reader()

    def state() -> dict[str, Any]:
        found = {}
        for name in metadata.tables:
            cursor.execute(f"SELECT * FROM {name}")
            found[name] = cursor.fetchall()
        return found

    def break_off() -> None:
        with till.unit.write() as tx:
            add_category(tx, "Batik", by=1)
            tx.append(PaymentChecked(payment_id=1), staff_id=1)
            tx.changed("items")
            tx.cursor.execute("INSERT INTO preferences VALUES ('a', 'b')")
            raise RuntimeError("power")

    before = state()
    with pytest.raises(RuntimeError, match="power"):
        break_off()
    assert state() == before
    assert heard == []


def test_an_entry_whose_event_can_not_be_applied_is_not_written(till: Till) -> None:
    before = entries(till)
    with pytest.raises(driver.IntegrityError), till.unit.write() as tx:
        agree(tx, 99, None, Terms(), by=1)  # there is no such seller
    assert entries(till) == before
