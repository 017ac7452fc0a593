"""A clock that was set back: no entry before the last one without a manager's word."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.cart import Cart
from pos.config import book_path
from pos.errors import ClockSetBackError
from pos.models.verify import verify
from pos.services.till import Till
from pos.tender import Tender
from tests.shifts_support import in_money
from tests.support import FakeClock, kasir_of, make_till, manager_of


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    made = make_till(tmp_path, clock=clock)
    yield made
    made.close()
    report = verify(book_path(made.folder))
    assert report.ok, report.first_failure


def sell(till: Till) -> str:
    cart = Cart().add(till.catalog.find("DKR-3001"), 1)
    sale = till.selling.complete(cart, (Tender("cash", 15_000),), session=kasir_of(till))
    return sale.number


def times(till: Till) -> list[tuple[int, str]]:
    cursor = till.book.reader()
    cursor.execute("SELECT at, business_date FROM sales ORDER BY id")
    return cursor.fetchall()


def test_nothing_is_written_before_the_last_entry(till: Till, clock: FakeClock) -> None:
    sell(till)
    told: list[frozenset[str]] = []
    till.changes.subscribe(told.append)
    clock.ms -= 6 * 365 * 24 * 3_600_000  # a dead battery: years back
    assert "2020" in till.clock_behind()
    with pytest.raises(ClockSetBackError):
        sell(till)
    with pytest.raises(ClockSetBackError):
        till.shifts.open(in_money(15_000), brought=0, session=kasir_of(till))
    assert told == [frozenset({"clock"})] * 2
    assert len(times(till)) == 1
    # What belongs to this machine alone is kept all the same.
    till.settings.set_preference("window", "x")


def test_a_manager_s_word_lets_it_go_on_and_is_in_the_journal(till: Till, clock: FakeClock) -> None:
    first = sell(till)
    clock.ms -= 48 * 3_600_000
    till.accept_clock(by=manager_of(till).staff_id)
    assert till.clock_behind() == ""
    second = sell(till)
    # The order is the journal's, not the clock's: the later sale has the earlier time.
    assert (first, second) == ("DKR-000001", "DKR-000002")
    (early, _day), (late, date) = times(till)
    assert late < early
    assert date == "2026-11-20"
    cursor = till.book.reader()
    cursor.execute("SELECT staff_id, kind FROM journal ORDER BY id DESC LIMIT 2 OFFSET 1")
    assert cursor.fetchone() == (manager_of(till).staff_id, "clock_accepted")
    from pos.services.queries.receipts import ReceiptQuery

    assert [row.number for row in till.receipts.search(ReceiptQuery())] == [second, first]


def test_one_word_is_for_one_set_back(till: Till, clock: FakeClock) -> None:
    sell(till)
    clock.ms -= 3_600_000
    till.accept_clock(by=manager_of(till).staff_id)
    sell(till)
    clock.ms -= 3_600_000
    with pytest.raises(ClockSetBackError):
        sell(till)


def test_a_nudge_by_a_time_server_asks_nobody_and_makes_no_older_entry(
    till: Till, clock: FakeClock
) -> None:
    sell(till)
    clock.ms -= 120_000
    sell(till)
    (first, _), (second, _) = times(till)
    assert first == second
    clock.ms -= 1
    with pytest.raises(ClockSetBackError):
        sell(till)


def test_a_clock_that_is_right_needs_no_word(till: Till) -> None:
    sell(till)
    before = till.book.reader().execute("SELECT count(*) FROM journal").fetchone()
    till.accept_clock(by=manager_of(till).staff_id)
    assert till.book.reader().execute("SELECT count(*) FROM journal").fetchone() == before


def test_it_is_noticed_at_the_start(till: Till, clock: FakeClock) -> None:
    sell(till)
    till.close()
    clock.ms -= 24 * 3_600_000
    again = Till.open(till.folder, clock=clock, cheap_pins=True)
    assert "22" in again.clock_behind()
    again.close()


def test_a_shift_keeps_its_business_date_whatever_the_clock_says(
    till: Till, clock: FakeClock
) -> None:
    till.shifts.open(in_money(100_000), brought=100_000, session=kasir_of(till))
    clock.ms -= 5 * 24 * 3_600_000
    till.accept_clock(by=manager_of(till).staff_id)
    sell(till)
    assert times(till)[-1][1] == dt.date(2026, 11, 22).isoformat()
    assert not till.shifts.needs_closing()
