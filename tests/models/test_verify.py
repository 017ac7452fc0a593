"""Each kind of damage is planted in a real book, and each is found and named."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pos.cart import Cart
from pos.config import book_path
from pos.models.base import BOOK, tables_of
from pos.models.engine import driver
from pos.models.journal import Entry, entry_hash, walk
from pos.models.schema import EXTRA_DDL
from pos.models.verify import Finding, Report, findings, verify
from pos.services.till import Till
from pos.tender import Tender
from tests.models.conftest import sell_three
from tests.support import make_till, manager_of

CHECKS = (
    "integrity",
    "foreign keys",
    "schema",
    "hash chain",
    "rebuild",
    "ledger",
    "paper numbers",
)
Damage = Callable[[Any], object]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A closed book with three sales in it."""
    till = make_till(tmp_path)
    sell_three(till)
    till.close()
    return book_path(tmp_path / "data")


def plant(book: Path, damage: Damage) -> Report:
    """Do something to the book past all its guards, and verify it."""
    connection = driver.connect(book, isolation_level=None)
    for pragma in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
        connection.execute(f"PRAGMA {pragma}")
    triggers = {name: sql for name, sql in EXTRA_DDL.items() if sql.startswith("CREATE TRIGGER")}
    for name in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    damage(connection)
    for sql in triggers.values():
        connection.execute(sql)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()
    return verify(book)


def sql(*statements: str) -> Damage:
    """Statements as damage; each must touch a row."""

    def run(connection: Any) -> None:
        for statement in statements:
            assert connection.execute(statement).rowcount > 0, statement

    return run


def failures(report: Report) -> dict[str, str]:
    return {finding.check: finding.detail for finding in report.findings if not finding.ok}


def entry_of(book: Path, kind: str) -> Entry:
    connection = driver.connect(book)
    found = [entry for entry in walk(connection.cursor()) if entry.kind == kind]
    connection.close()
    return found[-1]


# -- a healthy book --------------------------------------------------------------------


def test_a_healthy_book_passes_every_check(book: Path) -> None:
    report = verify(book)
    assert report.ok
    assert report.first_failure is None
    assert tuple(finding.check for finding in report.findings) == CHECKS
    details = {finding.check: finding.detail for finding in report.findings}
    assert "3 sales, 4 lines" in details["rebuild"]
    assert details["paper numbers"].startswith("7 papers")
    head = entry_of(book, "sale_completed").hash.hex()[:12]
    assert head in details["hash chain"]


def test_an_empty_book_passes(tmp_path: Path) -> None:
    till = make_till(tmp_path, goods=False)
    till.close()
    assert verify(book_path(tmp_path / "data")).ok


def test_progress_is_reported_for_every_check(book: Path) -> None:
    told: list[tuple[str, int, int]] = []
    verify(book, lambda check, done, total: told.append((check, done, total)))
    assert [check for check, done, _total in told if done == 0] == list(CHECKS)
    compared = [(done, total) for check, done, total in told if check == "compare"]
    assert [done for done, _total in compared] == sorted(done for done, _total in compared)
    assert len(compared) == len(tables_of(BOOK))
    assert all(done <= total for done, total in compared)


def test_outcomes_come_one_by_one_and_asking_may_stop(book: Path) -> None:
    asked: Iterator[Finding] = findings(book)
    assert next(asked).check == "integrity"
    asked.close()  # type: ignore[attr-defined]  # it is a generator
    assert list(book.parent.glob(".verify-*")) == []


def test_a_book_is_verified_while_the_till_sells_and_is_not_written_to(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    sell_three(till)
    till.book.checkpoint()
    path = book_path(tmp_path / "data")
    before = path.read_bytes()
    sold: list[object] = []

    def sell_meanwhile(check: str, _done: int, _total: int) -> None:
        if check == "rebuild" and not sold:
            cart = Cart().add(till.catalog.find("DKR-1187"))
            tenders = (Tender("cash", 35_000),)
            sold.append(till.selling.complete(cart, tenders, session=manager_of(till)))

    report = verify(path, sell_meanwhile)
    assert report.ok, report.first_failure
    assert "3 sales" in next(f.detail for f in report.findings if f.check == "rebuild")
    assert path.read_bytes() == before
    assert len(sold) == 1
    assert verify(path).ok
    till.close()
    assert [p for p in path.parent.iterdir() if p.name.startswith(".verify-")] == []


def test_the_report_as_json(book: Path) -> None:
    good = json.loads(verify(book).to_json())
    assert good["ok"] is True
    assert [check["check"] for check in good["checks"]] == list(CHECKS)
    bad = json.loads(plant(book, sql("UPDATE balances SET amount = amount + 1")).to_json())
    assert bad["ok"] is False
    assert {check["check"] for check in bad["checks"] if not check["ok"]} == {"rebuild", "ledger"}


# -- the journal -----------------------------------------------------------------------


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
    report = plant(book, lambda c: _rewrite(c, entry, previous=previous))
    assert f"entry {entry.seq}: does not continue" in failures(report)["hash chain"]


def test_a_changed_body_with_its_own_hash_computed_anew(book: Path) -> None:
    entry = entry_of(book, "category_added")
    body = entry.body.replace("Rumah", "Rumoh")
    report = plant(book, lambda c: _rewrite(c, entry, body=body))
    found = failures(report)
    assert f"entry {entry.seq + 1}: does not continue" in found["hash chain"]
    assert "'Rumah'" in found["rebuild"]
    assert "'Rumoh'" in found["rebuild"]


def test_a_journal_rewritten_to_its_end_no_longer_fits_the_tables(book: Path) -> None:
    def rewrite_all(connection: Any) -> None:
        previous = bytes(32)
        for entry in list(walk(connection.cursor())):
            body = entry.body.replace("Syal tenun", "Syal tenuk")
            previous = _rewrite(connection, entry, body=body, previous=previous)

    found = failures(plant(book, rewrite_all))
    assert set(found) == {"rebuild"}
    assert "'Syal tenun', the journal says 'Syal tenuk'" in found["rebuild"]


def test_a_rewritten_journal_that_the_tables_could_not_even_hold(book: Path) -> None:
    entry = entry_of(book, "sale_completed")
    body = entry.body.replace('"share":72000', '"share":72001')
    assert body != entry.body
    found = failures(plant(book, lambda c: _rewrite(c, entry, body=body)))
    assert set(found) == {"rebuild"}
    assert "ck_sale_lines_split" in found["rebuild"]


def _rewrite(
    connection: Any, entry: Entry, *, body: str | None = None, previous: bytes | None = None
) -> bytes:
    body, previous = body or entry.body, previous or entry.previous
    values = (
        entry.id,
        entry.till_no,
        entry.seq,
        entry.at,
        entry.business_date,
        entry.staff_id,
        entry.approver_id,
        entry.kind,
        entry.last_id,
        body,
    )
    digest = entry_hash(values, previous)
    connection.execute(
        "UPDATE journal SET body = ?, previous = ?, hash = ? WHERE id = ?",
        (body, previous, digest, entry.id),
    )
    return digest


@pytest.mark.parametrize("body", ["", "{}", "[1]", '{"category_id":"x"}', "null"])
def test_a_body_that_is_no_event(book: Path, body: str) -> None:
    entry = entry_of(book, "category_added")
    report = plant(book, lambda c: _rewrite(c, entry, body=body or " "))
    assert not report.ok
    assert "rebuild" in failures(report)


# -- the tables ------------------------------------------------------------------------


FILLED = (
    "stands",
    "tills",
    "settings",
    "staff",
    "counters",
    "clusters",
    "categories",
    "sellers",
    "terms",
    "items",
    "stock",
    "stock_moves",
    "consignment_notes",
    "consignment_lines",
    "sales",
    "sale_lines",
    "line_discounts",
    "payments",
    "postings",
    "balances",
    "day_sums",
    "day_quarters",
    "day_methods",
    "day_bearers",
    "day_items",
    "seller_sums",
    "category_sums",
)


def test_the_list_of_tables_that_a_selling_stand_fills_is_whole(book: Path) -> None:
    connection = driver.connect(book)
    filled = {
        table.name
        for table in tables_of(BOOK)
        if connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]
    }
    connection.close()
    assert filled == set(FILLED)


@pytest.mark.parametrize("name", FILLED)
def test_a_deleted_row_of_any_table(book: Path, name: str) -> None:
    table = next(table for table in tables_of(BOOK) if table.name == name)
    keys = ", ".join(column.name for column in table.primary_key.columns)
    connection = driver.connect(book)
    row = connection.execute(f"SELECT {keys} FROM {name} ORDER BY {keys} LIMIT 1").fetchone()
    connection.close()
    where = " AND ".join(
        f"{column.name} = {value!r}"
        for column, value in zip(table.primary_key.columns, row, strict=True)
    )
    report = plant(book, sql(f"DELETE FROM {name} WHERE {where}"))
    key = " ".join(
        f"{column.name}={value}"
        for column, value in zip(table.primary_key.columns, row, strict=True)
    )
    assert failures(report)["rebuild"] == f"{name} {key}: the row is missing from the book"


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE sale_lines SET share = share + 1, commission = commission - 1", "sale_lines id="),
        ("UPDATE sale_lines SET price = price + 5 WHERE no = 1", "sale_lines id="),
        ("UPDATE sales SET paid = paid + 100 WHERE number = 2", "sales id="),
        ("UPDATE payments SET amount = amount - 100 WHERE method = 'card'", "payments id="),
        ("UPDATE payments SET checked = 1 WHERE method = 'qris'", "payments id="),
        ("UPDATE line_discounts SET seller_part = 0", "line_discounts line_id="),
        ("UPDATE terms SET rate_bp = 1000 WHERE rate_bp = 1500", "terms id="),
        ("UPDATE items SET price = 1 WHERE code = 'DKR-2041'", "items id="),
        ("UPDATE stock SET on_hand = on_hand + 1 WHERE on_hand = 10", "stock stand_id="),
        ("UPDATE stock_moves SET qty = -3 WHERE qty = -2", "stock_moves entry_id="),
        ("UPDATE staff SET role = 'manajer'", "staff id="),
        ("UPDATE sellers SET workshop = 'Lain' WHERE code = 'SRI'", "sellers id="),
        ("UPDATE stands SET name = 'Galeri Lain'", "stands id="),
        ("UPDATE tills SET prefix = 'XXX'", "tills till_no="),
    ],
)
def test_a_changed_row_is_named_with_both_values(book: Path, statement: str, named: str) -> None:
    found = failures(plant(book, sql(statement)))
    assert found["rebuild"].startswith(named)
    assert ", the journal says " in found["rebuild"]


def test_a_changed_amount_is_named_to_the_rupiah(book: Path) -> None:
    report = plant(book, sql("UPDATE payments SET amount = 355001 WHERE method = 'qris'"))
    assert "amount is 355001, the journal says 355000" in failures(report)["rebuild"]
    assert report.first_failure is not None
    assert report.first_failure.check == "rebuild"


def test_the_first_of_several_rows_is_named(book: Path) -> None:
    connection = driver.connect(book)
    first = connection.execute("SELECT min(id) FROM items").fetchone()[0]
    connection.close()
    found = failures(plant(book, sql("UPDATE items SET price = price + 1")))
    assert found["rebuild"].startswith(
        f"items id={first}: price is 185001, the journal says 185000"
    )


def test_a_row_that_nobody_wrote(book: Path) -> None:
    found = failures(plant(book, sql("INSERT INTO categories VALUES (5, 'Selundupan')")))
    assert found["rebuild"] == "categories id=5: the journal knows nothing of this row"


def test_a_value_made_null_of_an_optional_column(book: Path) -> None:
    found = failures(
        plant(book, sql("UPDATE items SET category_id = NULL WHERE code = 'DKR-2041'"))
    )
    assert "category_id is None, the journal says " in found["rebuild"]


def test_a_row_that_names_one_that_is_not_there(book: Path) -> None:
    found = failures(plant(book, sql("UPDATE items SET seller_id = 1 WHERE code = 'DKR-2041'")))
    assert "items" in found["foreign keys"]
    assert "sellers" in found["foreign keys"]


# -- the ledger and the numbers --------------------------------------------------------


@pytest.mark.parametrize("account", ["cash", "seller", "commission", "rounding"])
@pytest.mark.parametrize("by", [1, -1])
def test_a_balance_off_by_one(book: Path, account: str, by: int) -> None:
    connection = driver.connect(book)
    subject, amount = connection.execute(
        "SELECT subject_id, amount FROM balances WHERE account = ? ORDER BY subject_id",
        (account,),
    ).fetchone()
    connection.close()
    report = plant(
        book,
        sql(
            f"UPDATE balances SET amount = amount + {by} "
            f"WHERE account = '{account}' AND subject_id = {subject}"
        ),
    )
    found = failures(report)
    assert set(found) == {"rebuild", "ledger"}
    assert f"amount is {amount + by}, the journal says {amount}" in found["rebuild"]
    assert found["ledger"].startswith(f"balance of {account} ")
    assert f"is {amount + by}, its postings sum to {amount}" in found["ledger"]


def test_an_unbalanced_posting(book: Path) -> None:
    entry = entry_of(book, "sale_completed")
    found = failures(
        plant(
            book,
            sql(
                "UPDATE postings SET amount = amount + 7 "
                f"WHERE entry_id = {entry.id} AND account = 'card'",
                "UPDATE balances SET amount = amount + 7 WHERE account = 'card'",
            ),
        )
    )
    assert found["ledger"] == f"postings of entry {entry.id} are off by 7"
    assert "rebuild" in found


def test_money_moved_from_one_account_to_another(book: Path) -> None:
    """Debits still equal credits; the journal knows better."""
    found = failures(
        plant(
            book,
            sql(
                "UPDATE postings SET account = 'qris' WHERE account = 'card'",
                "DELETE FROM balances WHERE account = 'card'",
                "UPDATE balances SET amount = amount + 90000 WHERE account = 'qris'",
            ),
        )
    )
    assert set(found) == {"rebuild"}


def test_a_gap_in_the_paper_numbers(book: Path) -> None:
    found = failures(
        plant(
            book,
            sql(
                "UPDATE sales SET number = 4 WHERE number = 3",
                "UPDATE counters SET value = 4 WHERE name = 'sale'",
            ),
        )
    )
    assert "3 papers, numbers 1 to 4, counter 4" in found["paper numbers"]
    assert "rebuild" in found


def test_a_counter_that_ran_ahead(book: Path) -> None:
    found = failures(
        plant(book, sql("UPDATE counters SET value = value + 1 WHERE name = 'consignment_note'"))
    )
    assert found["paper numbers"].startswith("consignment_notes of till ")


# -- the index, the schema, the file -----------------------------------------------------


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


def pages_of(book: Path, name: str) -> list[tuple[int, int]]:
    """(offset, length) of the page where a table or index begins."""
    connection = driver.connect(book)
    (root,) = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)
    ).fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    return [((root - 1) * size, size)]


def flip(book: Path, offset: int, mask: int = 1) -> None:
    raw = bytearray(book.read_bytes())
    raw[offset] ^= mask
    book.write_bytes(raw)


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


def test_what_is_local_or_personal_is_not_compared(book: Path) -> None:
    """They are no consequence of the journal: a person can be erased, a printer changed."""
    report = plant(
        book,
        sql(
            "UPDATE contact_cards SET name = '', phone = ''",
            "UPDATE pins SET failures = 3",
            "DELETE FROM print_jobs",
        ),
    )
    assert report.ok


def test_a_till_that_was_damaged_still_opens_for_help(tmp_path: Path, book: Path) -> None:
    plant(book, sql("UPDATE balances SET amount = amount + 1"))
    till = Till.open(tmp_path / "data", cheap_pins=True)
    assert till.info.stand_code == "DKR"
    till.close()
