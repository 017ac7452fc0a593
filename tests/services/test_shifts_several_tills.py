"""A till whose book holds another stand's days: its drawer, Z and reports are its own all the same."""

from pathlib import Path
from typing import Any

from pos.cart import Cart
from pos.services.queries.periods import Period
from pos.services.queries.reports_day import day_figures
from pos.services.queries.reports_ledger import trial_balance
from pos.services.shifts import Closing
from pos.services.till import Till
from pos.tender import Tender
from tests.boxes_support import give, plan_bazaar, start_from
from tests.shifts_support import in_money
from tests.support import FakeClock, make_till, manager_of


def _sell(till: Till, method: str, price: int = 15_000) -> None:
    cart = Cart().add(till.catalog.find("DKR-3001"), 1)
    till.selling.complete(cart, (Tender(method, price),), session=manager_of(till))  # type: ignore[arg-type]


def _figures(till: Till, stand_id: int) -> Any:
    info = till.info
    day = till.business_date()
    return day_figures(till.book.reader(), stand_id, Period(day, day), info.zone)


def _trial(till: Till, stand_id: int) -> dict[tuple[str, int], int]:
    day = till.business_date()
    found = trial_balance(till.book.reader(), stand_id, Period(day, day), lambda *_step: None)
    assert sum(one.closing for one in found) == 0
    return {(one.account, one.subject_id): one.closing for one in found}


def test_the_bazaars_day_is_not_on_the_gallerys_z(tmp_path: Path) -> None:
    home = make_till(tmp_path / "home", clock=FakeClock())
    stand = plan_bazaar(home)
    home.boxes.write(tmp_path / "first.titipbox")
    bazaar = start_from(
        tmp_path / "first.titipbox",
        tmp_path / "bazaar" / "data",
        stand,
        clock=FakeClock(),
        code="BZ1",
    )
    for till, brought in ((home, 200_000), (bazaar, 100_000)):
        till.shifts.open(in_money(brought), brought=brought, session=manager_of(till))
    _sell(home, "cash")
    _sell(home, "qris")
    _sell(bazaar, "cash")
    _sell(bazaar, "cash")
    _sell(bazaar, "transfer")
    bazaar.shifts.move("out", 5_000, "parkir", session=manager_of(bazaar))
    own = (home.shifts.figures(), home.shifts.drawer(), home.shifts.unchecked())
    day = _figures(home, home.info.stand_id)
    theirs = bazaar.shifts.unchecked()
    assert len(own[2]) == len(theirs) == 1

    give(bazaar, home, tmp_path)
    assert (home.shifts.figures(), home.shifts.drawer(), home.shifts.unchecked()) == own
    assert _figures(home, home.info.stand_id) == day
    left = tuple(payment.payment_id for payment in own[2])
    closed = home.shifts.close(
        Closing(in_money(215_000), kept=200_000, left_open=left), session=manager_of(home)
    )
    assert (closed.number, closed.figures.sales, closed.over_short) == (1, 2, 0)
    # Nor is the gallery's day on the bazaar's Z, which has the same number.
    give(home, bazaar, tmp_path)
    asked = Closing(in_money(125_000), 0, left_open=tuple(p.payment_id for p in theirs))
    away = bazaar.shifts.close(asked, session=manager_of(bazaar))
    assert (away.number, away.figures.sales, away.figures.cash_out) == (1, 3, 5_000)
    give(bazaar, home, tmp_path)
    for stand_id, drawer, office, z in (
        (home.info.stand_id, 200_000, -185_000, (215_000, 0, 200_000)),
        (stand, 0, 25_000, (125_000, 0, 0)),
    ):
        told = [_figures(till, stand_id) for till in (home, bazaar)]
        assert told[0].closings == told[1].closings
        (row,) = told[0].closings
        assert (row.expected, row.over_short, row.kept) == z
        assert told[0].cash.end == drawer
        assert told[0].cash.other == 0
        books = _trial(home, stand_id)
        assert sum(n for (account, _id), n in books.items() if account == "cash") == drawer
        assert books["office", 0] == office
    home.close()
    bazaar.close()
