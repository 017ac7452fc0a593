"""An order of the bazaar is fetched at home: its entries mean the same rows at both tills."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.config import book_path
from pos.models.verify import verify
from pos.services.boxes.words import others_up_to
from pos.services.queries.periods import Period
from pos.services.till import Till
from pos.tender import Tender
from tests.boxes_support import give, make_till, plan_bazaar, rows_of, start_from
from tests.order_support import order, taken
from tests.support import FakeClock, manager_of


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def home(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    till = make_till(tmp_path, clock=clock)
    yield till
    till.close()


@pytest.fixture
def bazaar(home: Till, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    stand = plan_bazaar(home)
    box = tmp_path / "first.titipbox"
    home.boxes.write(box)
    till = start_from(box, tmp_path / "bazaar", stand, clock=clock, code="BZR1")
    yield till
    till.close()


def hand_over(till: Till, order_id: int) -> None:
    now = order(till, order_id)
    pieces = {line.line_id: line.left for line in now.lines}
    due = till.office.order_handover.quote(now, pieces).due
    tenders = (Tender("cash", due),) if due else ()
    till.office.order_handover.hand_over(order_id, pieces, tenders, session=manager_of(till))


def test_taken_at_the_bazaar_and_handed_over_at_home(
    home: Till, bazaar: Till, tmp_path: Path, clock: FakeClock
) -> None:
    order_id = taken(bazaar, manager_of(bazaar))
    clock.pass_seconds(60)
    give(bazaar, home, tmp_path)
    found = order(home, order_id)
    assert (found.number, found.customer.name, found.deposit) == (
        "PS-BZR-000001",
        "Ibu Wati",
        200_000,
    )
    assert home.office.order_reads.find("TITIP|PS-BZR-000001|1") == order_id
    assert others_up_to(home.boxes.known(), home.info.stand_id, home.info.zone) == [
        "Bazar BZR s.d. 22 Nov 2026 09.00"
    ]
    (notes,) = [
        table.notes
        for table in home.office.reports.make("year", Period.of_day(home.business_date())).tables
    ]
    assert notes[-1] == "Termasuk penjualan Bazar BZR s.d. 22 Nov 2026 09.00."
    home.office.orders.move(order_id, "ready", session=manager_of(home))
    hand_over(home, order_id)
    clock.pass_seconds(60)
    give(home, bazaar, tmp_path)
    assert order(bazaar, order_id).state == "handed"
    give(bazaar, home, tmp_path)
    assert rows_of(home.folder) == rows_of(bazaar.folder)
    for till in (home, bazaar):
        report = verify(book_path(till.folder))
        assert report.ok, report.first_failure


def test_what_two_tills_said_of_one_order_is_the_same_in_both_books(
    home: Till, bazaar: Till, tmp_path: Path, clock: FakeClock
) -> None:
    """Both go on with the order before they hear of each other; the later word holds."""
    order_id = taken(home, manager_of(home))
    give(home, bazaar, tmp_path)
    clock.pass_seconds(60)
    bazaar.office.orders.move(order_id, "ready", session=manager_of(bazaar))
    bazaar.office.orders.pay(
        order_id, 100_000, (Tender("cash", 100_000),), session=manager_of(bazaar)
    )
    clock.pass_seconds(60)
    home.office.orders.move(order_id, "making", session=manager_of(home))
    give(bazaar, home, tmp_path)
    give(home, bazaar, tmp_path)
    assert rows_of(home.folder) == rows_of(bazaar.folder)
    for till in (home, bazaar):
        now = order(till, order_id)
        assert (now.state, now.deposit) == ("making", 300_000)
    assert dt.date.fromisoformat("2026-12-05") == order(home, order_id).promised


def test_a_clock_that_is_set_back_loses_no_later_step(
    home: Till, bazaar: Till, tmp_path: Path, clock: FakeClock
) -> None:
    """A word holds over all that its till had seen, whatever the clock says by then."""
    order_id = taken(home, manager_of(home))
    clock.pass_seconds(60)
    home.office.orders.move(order_id, "making", session=manager_of(home))
    give(home, bazaar, tmp_path)
    clock.ms -= 48 * 3_600_000
    for till in (home, bazaar):
        if till.unit.clock_behind():
            till.accept_clock(by=manager_of(till).staff_id)
    home.office.orders.move(order_id, "ready", session=manager_of(home))
    assert order(home, order_id).state == "ready"
    give(home, bazaar, tmp_path)
    assert order(bazaar, order_id).state == "ready"
    bazaar.office.orders.move(order_id, "making", session=manager_of(bazaar), note="a seam")
    assert order(bazaar, order_id).state == "making"
    give(bazaar, home, tmp_path)
    give(home, bazaar, tmp_path)
    assert order(home, order_id).state == "making"
    assert rows_of(home.folder) == rows_of(bazaar.folder)
    for till in (home, bazaar):
        report = verify(book_path(till.folder))
        assert report.ok, report.first_failure
