"""A seller's account stays quick however long it grows: what is read is found by index."""

from typing import Any

import pytest

from pos.models.prepared import Prepared
from pos.services.queries import open_lines, sellers, statement, statement_sums, stock
from pos.services.till import Till

GIVEN = {"seller_id": 1, "stand_id": 1, "before": statement.END, "from_date": "", "limit": 50}


def plan(till: Till, asked: Prepared, **given: Any) -> list[str]:
    cursor = till.book.reader()
    cursor.execute(f"EXPLAIN QUERY PLAN {asked.sql}", asked._values(given))
    return [row[3] for row in cursor.fetchall()]


WHOSE = {"seller_id": 1, "stand_id": 1}


@pytest.mark.parametrize(
    ("module", "name", "given"),
    [
        (statement, "_page", GIVEN),
        (statement, "_last_payout", WHOSE),
        (statement_sums, "newer", GIVEN),
        (statement_sums, "_after_payout", {**WHOSE, "payout_id": 5}),
        (open_lines, "_between", {**WHOSE, "after": 1, "upto": 9}),
        (open_lines, "_left_out", {**WHOSE, "payout_id": 5}),
        (open_lines, "_how_many", {**WHOSE, "after": 1, "upto": 9, "limit": 5}),
    ],
)
def test_no_table_is_read_from_end_to_end(
    till: Till, module: Any, name: str, given: dict[str, Any]
) -> None:
    steps = plan(till, getattr(module, name), **given)
    tables = {"sale_lines", "sales", "return_lines", "returns", "loss_lines", "unrecorded_lines"}
    tables |= {"payouts", "payout_undos", "journal", "postings", "balances", "items"}
    scanned = [step for step in steps if step.startswith("SCAN") and step.split()[1] in tables]
    assert steps
    assert not scanned


def test_each_source_of_a_page_is_cut_before_anything_is_sorted(till: Till) -> None:
    """One sort, over at most a page from each of the eight sources."""
    steps = plan(till, statement._page, **GIVEN)
    assert sum("TEMP B-TREE" in step for step in steps) <= 1
    assert sum(step.startswith("CO-ROUTINE") for step in steps) == 9


def test_the_list_of_sellers_asks_for_each_payout_by_index(till: Till) -> None:
    steps = plan(till, sellers._list, stand_id=1, least_active=0)
    assert not [step for step in steps if step.startswith(("SCAN payouts", "SCAN balances"))]


def test_a_slip_s_lines_are_a_range_of_ids_in_the_index_of_its_seller(till: Till) -> None:
    """In an account of years only what lies between two payouts is looked at."""
    between = plan(till, open_lines._between, **WHOSE, after=1, upto=9)
    assert sum("(seller_id=? AND rowid>? AND rowid<?)" in step for step in between) == 1
    assert sum("(seller_id=? AND id>? AND id<?)" in step for step in between) >= 4
    after = plan(till, statement_sums._after_payout, **WHOSE, payout_id=5)
    assert sum("(seller_id=? AND rowid>? AND rowid<?)" in step for step in after) == 1
    disputed = plan(till, open_lines._left_out, **WHOSE, payout_id=5)
    assert not [step for step in disputed if step.endswith("(seller_id=?)")]


def test_one_seller_s_shelf_is_not_looked_for_on_everybody_s(till: Till) -> None:
    for asked in (sellers._shelf, stock._shelves[True]):
        steps = plan(till, asked, **WHOSE)
        assert any("stock" in step and "item_id=?" in step for step in steps), steps
