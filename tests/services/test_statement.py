"""A seller's account stays quick however long it grows: what is read is found by index."""

from typing import Any

import pytest

from pos.models.prepared import Prepared
from pos.services.queries import sellers, statement
from pos.services.till import Till

GIVEN = {"seller_id": 1, "stand_id": 1, "before": statement.END, "from_date": "", "limit": 50}


def plan(till: Till, asked: Prepared, **given: Any) -> list[str]:
    cursor = till.book.reader()
    cursor.execute(f"EXPLAIN QUERY PLAN {asked.sql}", asked._values(given))
    return [row[3] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("_page", GIVEN),
        ("_newer", GIVEN),
        ("_open", {"seller_id": 1, "stand_id": 1, "payout_id": 5}),
        ("_last_payout", {"seller_id": 1, "stand_id": 1}),
    ],
)
def test_no_table_is_read_from_end_to_end(till: Till, name: str, given: dict[str, Any]) -> None:
    steps = plan(till, getattr(statement, name), **given)
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
