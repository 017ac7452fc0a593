"""Cek titipan of a seller who was not paid for years: many open lines, read beside the screen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pos.services.intake import IntakeLine
from pos.services.till import Till
from pos.ui.bridge import Done, Problem, Refused
from pos.ui.check.presenter import PAGE, CheckPresenter
from pos.ui.check.table import empty_sentence
from tests.support import make_till, manager_of
from tests.ui.consigned import LMB_PIN, SRI_PIN, give_pins, sell, seller
from tests.ui.support import run_now


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    made = make_till(tmp_path)
    give_pins(made)
    yield made
    made.close()


class Beside:
    """A thread that has not got round to it yet."""

    def __init__(self) -> None:
        self.asked: list[tuple[Callable[[], Any], Done]] = []

    def __call__(
        self,
        work: Callable[[], Any],
        done: Done | None = None,
        refused: Refused | None = None,
        problem: Problem | None = None,
    ) -> None:
        del refused, problem
        assert done is not None
        self.asked.append((work, done))

    def work(self) -> None:
        asked, self.asked = self.asked, []
        for work, done in asked:
            done(work())


@pytest.fixture
def years(till: Till, monkeypatch: pytest.MonkeyPatch) -> Till:
    """SRI has 60 open lines, and anything above 50 is long."""
    monkeypatch.setattr("pos.ui.check.presenter.LONG", 50)
    line = IntakeLine(60, name="Gantungan kunci", price=10_000)
    note = till.intake.take_in(seller(till, "SRI"), (line,), by=manager_of(till).staff_id)
    for _sale in range(60):
        sell(till, note.lines[0].code)
    sell(till, "DKR-1187")
    return till


def test_many_open_lines_are_read_beside_the_screen_and_shown_in_pages(years: Till) -> None:
    beside = Beside()
    presenter = CheckPresenter(years, run_now, beside)
    presenter.submit("SRI", SRI_PIN)
    mine = presenter.mine
    assert mine is not None
    assert (mine.reading, mine.lines, mine.due) == (True, (), 480_000)
    assert empty_sentence(mine) == "Baris-barisnya sedang dibaca ..."
    beside.work()
    mine = presenter.mine
    assert mine is not None
    assert (mine.reading, len(mine.lines), mine.more) == (False, PAGE, True)
    assert (mine.sums.price, mine.sums.amount) == (600_000, 480_000)
    presenter.load_more()
    assert presenter.mine is not None
    assert (len(presenter.mine.lines), presenter.mine.more) == (60, False)
    presenter.refresh()
    assert presenter.mine.reading
    assert len(presenter.mine.lines) == 60, "what was there stays meanwhile"
    beside.work()
    assert len(presenter.mine.lines) == PAGE


def test_lines_that_come_late_are_shown_to_nobody_else(years: Till) -> None:
    beside = Beside()
    presenter = CheckPresenter(years, run_now, beside)
    presenter.submit("SRI", SRI_PIN)
    presenter.show_view("today")
    beside.work()
    assert presenter.mine is not None
    assert (presenter.mine.view, len(presenter.mine.lines)) == ("today", PAGE)
    presenter.show_view("payout")
    presenter.leave()
    presenter.submit("LMB", LMB_PIN)
    beside.work()
    mine = presenter.mine
    assert mine is not None
    assert (mine.code, mine.reading, [line.price for line in mine.lines]) == (
        "LMB",
        False,
        [35_000],
    )
