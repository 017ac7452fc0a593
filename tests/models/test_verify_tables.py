"""Damage to the tables, the ledger and the numbers: each is found, and the first row named."""

from pathlib import Path

import pytest

from pos.models.base import BOOK, tables_of
from pos.models.engine import driver
from tests.models.damage import entry_of, failures, plant, sql

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
    "newest",
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
