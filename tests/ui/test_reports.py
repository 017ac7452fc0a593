"""The report screen's presenter, on the spot."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pos.errors import EnvironmentProblem
from pos.events import Counted
from pos.i18n import set_language
from pos.receipts.report import Report
from pos.services.queries.periods import Period
from pos.services.till import Till
from pos.ui.reports.presenter import ReportsPresenter
from pos.ui.reports.state import stepped
from tests.support import kasir_of, make_till, manager_of
from tests.ui.support import run_now
from tests.ui.test_receipts_screen import sell

TODAY = dt.date(2026, 11, 22)
FLOAT = (Counted(100_000, coin=False, pieces=2),)


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    made = make_till(tmp_path)
    sell(made, "DKR-2041")
    sell(made, "DKR-1187", method="qris")
    set_language("en")
    yield made
    made.close()


@pytest.fixture
def presenter(till: Till) -> ReportsPresenter:
    made = ReportsPresenter(till, run_now, run_now, lambda: manager_of(till))
    made.entered()
    return made


def overview(presenter: ReportsPresenter) -> dict[Any, Any]:
    report = presenter.state.report
    assert report is not None
    return {row.cells[0]: row.cells[1] for row in report.tables[0].rows}


def doing(presenter: ReportsPresenter) -> str:
    return presenter.state.doing


def shown(presenter: ReportsPresenter) -> Report | None:
    return presenter.state.report


# -- presenter -------------------------------------------------------------------------------


def test_today_is_there_at_once(presenter: ReportsPresenter) -> None:
    assert overview(presenter)["Paid by customers"] == 220_000
    assert presenter.state.report is not None
    assert presenter.state.report.staff == "Sari"
    assert not presenter.state.may_go_later


def test_the_period_follows_the_report(presenter: ReportsPresenter) -> None:
    presenter.step(-1)
    assert presenter.state.period == Period.of_day(dt.date(2026, 11, 21))
    assert overview(presenter)["Sales"] == 0
    presenter.choose("month")
    assert presenter.state.period == Period.of_month(TODAY)
    presenter.step(-1)
    assert presenter.state.report is not None
    assert presenter.state.report.period == "October 2026"
    presenter.choose("year")
    assert presenter.state.period == Period.of_year(2026)
    presenter.choose("sellers")
    assert presenter.state.period == Period.of_month(TODAY)
    presenter.choose_period(dt.date(2026, 11, 20), dt.date(2026, 11, 11))
    assert presenter.state.period == Period(dt.date(2026, 11, 11), dt.date(2026, 11, 20))
    presenter.step(-1)
    assert presenter.state.period == Period(dt.date(2026, 11, 1), dt.date(2026, 11, 10))
    presenter.now()
    assert presenter.state.period == Period.of_month(TODAY)
    presenter.step(1)
    assert presenter.state.period == Period.of_month(TODAY), "there is nothing later"


@pytest.mark.parametrize(
    ("period", "by", "then"),
    [
        (Period.of_month(dt.date(2026, 3, 5)), -1, Period.of_month(dt.date(2026, 2, 1))),
        (Period.of_month(dt.date(2026, 12, 5)), 1, Period.of_month(dt.date(2027, 1, 1))),
        (Period.of_year(2026), -1, Period.of_year(2025)),
        (Period.of_day(dt.date(2026, 3, 1)), -1, Period.of_day(dt.date(2026, 2, 28))),
    ],
)
def test_steps(period: Period, by: int, then: Period) -> None:
    assert stepped(period, by) == then


def test_an_account_of_the_ledger(presenter: ReportsPresenter) -> None:
    presenter.choose("ledger")
    presenter.choose_account("commission")
    assert presenter.state.report is not None
    assert presenter.state.report.subtitle == "Commission"


def test_print_and_slips(presenter: ReportsPresenter, till: Till) -> None:
    presenter.print_it()
    assert presenter.state.note == "“Daily report” goes to the printer."
    presenter.print_slips()
    assert [job.title for job in till.printing.jobs()[2:]] == ["Daily report"]
    presenter.choose("day-sellers")
    presenter.print_slips()
    assert presenter.state.note == "2 slips go to the printer."
    titles = [job.title for job in till.printing.jobs()[2:]]
    assert titles == ["Daily report", "Anyaman Sri", "Lembayung"]
    presenter.step(-1)
    presenter.print_slips()
    assert presenter.state.sentence == "There is nothing to print."


def test_files_are_named_for_what_they_hold(presenter: ReportsPresenter, tmp_path: Path) -> None:
    assert presenter.file_name("pdf") == "Daily report DKR 2026-11-22.pdf"
    target = tmp_path / "x.pdf"
    presenter.save_pdf(target)
    assert target.read_bytes().startswith(b"%PDF")
    assert presenter.state.note == "Saved as x.pdf."
    presenter.choose("year")
    assert presenter.file_name("xlsx") == "Gross of a year DKR 2026.xlsx"
    presenter.save_xlsx(tmp_path / "x.xlsx")
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames
    presenter.choose("month")
    assert presenter.file_name("pdf").endswith("2026-11.pdf")
    presenter.choose("sellers")
    presenter.choose_period(dt.date(2026, 11, 1), dt.date(2026, 11, 9))
    assert presenter.file_name("pdf").endswith("2026-11-01_2026-11-09.pdf")
    presenter.save_pdf(tmp_path / "nowhere" / "x.pdf")
    assert "could not be written" in presenter.state.sentence
    assert presenter.state.report is not None


class Later:
    """A Runner that keeps what it was given until it is told to go on."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def __call__(
        self, work: Any, done: Any = None, refused: Any = None, problem: Any = None
    ) -> None:
        self.waiting.append(lambda: run_now(work, done, refused, problem))

    def go_on(self) -> None:
        waiting, self.waiting = self.waiting, []
        for task in waiting:
            task()


def test_only_the_last_report_asked_for_counts(till: Till) -> None:
    later = Later()
    presenter = ReportsPresenter(till, later, later, lambda: manager_of(till))
    presenter.entered()
    presenter.choose("trial-balance")
    presenter.choose("month")
    assert doing(presenter) == "make"
    later.go_on()
    assert presenter.state.report is not None
    assert presenter.state.report.title == "Month report"
    assert doing(presenter) == ""


def test_what_is_under_way_can_be_stopped(till: Till, tmp_path: Path) -> None:
    later = Later()
    presenter = ReportsPresenter(till, later, later, lambda: manager_of(till))
    presenter.entered()
    later.go_on()
    before = presenter.state.report
    target = tmp_path / "x.pdf"
    presenter.save_pdf(target)
    presenter.print_it()
    assert len(later.waiting) == 1, "one thing at a time"
    presenter.cancel()
    later.go_on()
    assert not target.exists()
    assert presenter.state.note == "Stopped."
    assert presenter.state.report is before
    presenter.save_pdf(target)
    later.go_on()
    assert target.exists()
    assert presenter.progress[0] == presenter.progress[1] > 0


def test_a_disk_that_refuses_is_a_sentence(till: Till) -> None:
    def broken(work: Any, done: Any = None, refused: Any = None, problem: Any = None) -> None:
        problem(EnvironmentProblem("The disk is full."))

    presenter = ReportsPresenter(till, broken, broken, lambda: manager_of(till))
    presenter.entered()
    assert presenter.state.sentence == "The disk is full."
    assert presenter.state.report is None


# -- what a cashier may see --------------------------------------------------------------------


def test_the_drawer_is_not_told_before_the_count_is_in(till: Till) -> None:
    till.shifts.open(FLOAT, brought=15_000, reason="awal", session=kasir_of(till))
    presenter = ReportsPresenter(till, run_now, run_now, lambda: kasir_of(till))
    presenter.entered()
    for kind in ("day", "cash-book", "ledger", "trial-balance"):
        presenter.choose(kind)
        assert shown(presenter) is None
        assert "Count it first" in presenter.state.asking
    presenter.choose("day-sellers")
    assert shown(presenter) is not None
    assert presenter.state.asking == ""
    presenter.choose("day")
    presenter.approved(manager_of(till).staff_id)
    assert shown(presenter) is not None
    presenter.left()
    assert shown(presenter) is None, "what needed a PIN does not stay"
    presenter.entered()
    assert presenter.state.asking
    till.settings.set_setting("blind_count", "0", by=manager_of(till).staff_id)
    presenter.entered()
    assert shown(presenter) is not None
