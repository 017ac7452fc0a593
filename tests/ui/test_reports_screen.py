"""The report on the screen, and the window by keys."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from pos.events import Counted
from pos.i18n import set_language
from pos.receipts.charts import BarChart, Series
from pos.receipts.report import Report, ReportColumn, ReportRow, ReportTable
from pos.ui import theme
from pos.ui.reports.screen import ReportsScreen
from pos.ui.reports.shapes import ROW, shape_of, title_lines
from pos.ui.reports.view import ReportView
from pos.ui.window import Window
from tests.support import MANAGER_PIN, kasir_of, manager_of
from tests.ui.support import Keyboard, open_window, wait_for
from tests.ui.test_fit import SIZES, faults
from tests.ui.test_receipts_screen import sell

TODAY = dt.date(2026, 11, 22)
FLOAT = (Counted(100_000, coin=False, pieces=2),)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


# -- the view ----------------------------------------------------------------------------------


def long_report(rows: int, columns: int = 4) -> Report:
    table = ReportTable(
        "A title",
        (
            ReportColumn("Name", share=1),
            *(ReportColumn(f"Figure {n}", "amount") for n in range(columns)),
        ),
        tuple(ReportRow((f"row {n}", *[n * 1_000] * columns)) for n in range(rows)),
        ("Total", *[-5] * columns),
        chart=BarChart("Chart", ("a", "b"), (Series("x", (1, 2)), Series("y", (2, -1)))),
        notes=("A note that is " + "very " * 60 + "long.",),
    )
    none = ReportTable("", table.columns, ())
    return Report("Long", "", "Stand", "STD", "2026", (table, none), "2026-11-22T12:00:00")


@pytest.fixture
def view(qapp: object) -> ReportView:
    theme.apply("light")
    made = ReportView()
    made.resize(800, 500)
    return made


def grab(view: ReportView) -> QImage:
    return view.grab().toImage()


def test_a_report_of_any_length_is_shown(view: ReportView) -> None:
    view.show_report(long_report(100_000))
    top = grab(view)
    bar = view.verticalScrollBar()
    assert bar.maximum() > 100_000 * ROW
    bar.setValue(bar.maximum())
    assert grab(view) != top
    view.show_report(long_report(3))
    assert bar.value() == bar.maximum() < 500
    view.show_report(None)
    assert bar.maximum() == 0


def test_what_does_not_fit_gets_smaller_letters_then_a_bar(qapp: object) -> None:
    few, many = shape_of(long_report(3), 800), shape_of(long_report(3, 14), 800)
    assert not few.small
    assert few.width == 800
    assert many.small
    assert many.width > 800
    for block in (*few.blocks, *many.blocks):
        for left, wide in block.places:
            assert left >= 0
            assert wide > 0
    heads = [block for block in few.blocks if block.part == "head"]
    assert sum(wide for _left, wide in heads[0].places) <= 800


def test_titles_on_two_lines() -> None:
    assert title_lines("") == []
    assert title_lines("Gross") == ["Gross"]
    assert title_lines("Left to the threshold") == ["Left to the", "threshold"]


def test_the_view_scrolls_by_keys(view: ReportView) -> None:
    from PySide6.QtTest import QTest

    view.show_report(long_report(200))
    bar = view.verticalScrollBar()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert bar.value() > 300


# -- the window --------------------------------------------------------------------------------


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Window]:
    set_language("en")
    with open_window(tmp_path) as made:
        sell(made.till, "DKR-2041")
        sell(made.till, "DKR-1187", method="qris")
        made.desk.sign_in(manager_of(made.till))
        yield made


def screen_of(window: Window) -> ReportsScreen:
    found = window.shop.current
    assert isinstance(found, ReportsScreen)
    return found


def keys_of(window: Window) -> Keyboard:
    handle = window.windowHandle()
    assert handle is not None
    return Keyboard(handle)


def papers(window: Window) -> list[str]:
    return [job.title for job in window.till.printing.jobs()]


def made(screen: ReportsScreen, title: str) -> None:
    def there() -> bool:
        state = screen.presenter.state
        return not state.doing and state.report is not None and state.report.title == title

    wait_for(there, title)


def test_by_keys_from_the_list_to_the_file(window: Window, tmp_path: Path) -> None:
    from pos.i18n import _

    keys = keys_of(window)
    keys.press(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    screen = screen_of(window)
    made(screen, _("Daily report"))
    assert screen.view.report is not None
    keys.press(Qt.Key.Key_Down)
    made(screen, _("Sellers of the day"))
    assert screen.slips.isVisible()
    keys.press(Qt.Key.Key_F8)
    wait_for(lambda: papers(window)[-2:] == ["Anyaman Sri", "Lembayung"], "the slips")
    keys.press(Qt.Key.Key_Left, ALT)
    wait_for(lambda: screen.presenter.state.day == TODAY - dt.timedelta(days=1), "the day before")
    keys.press(Qt.Key.Key_F4)
    wait_for(lambda: screen.presenter.state.day == TODAY, "today")
    wait_for(lambda: not screen.presenter.state.doing, "the report")
    screen.choose_save = lambda name, _kinds: tmp_path / name
    keys.press(Qt.Key.Key_F6)
    wait_for(lambda: bool(list(tmp_path.glob("*.pdf"))), "the PDF")
    wait_for(lambda: not screen.presenter.state.doing, "the end")
    keys.press(Qt.Key.Key_F7)
    wait_for(lambda: bool(list(tmp_path.glob("*.xlsx"))), "the spreadsheet")
    wait_for(lambda: not screen.presenter.state.doing, "the end")
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: papers(window)[-1] == _("Sellers of the day"), "the paper")
    keys.press(Qt.Key.Key_Return)
    wait_for(screen.view.hasFocus, "the view")
    keys.press(Qt.Key.Key_Escape)
    wait_for(screen.list.hasFocus, "the list")


def test_a_day_from_the_calendar_and_a_sale_meanwhile(window: Window) -> None:
    from pos.i18n import _

    window.desk.navigate.emit("reports")
    screen = screen_of(window)
    made(screen, _("Daily report"))
    before = screen.presenter.state.report
    sell(window.till, "DKR-3001")
    wait_for(lambda: screen.presenter.state.report not in {None, before}, "the sale in the report")
    screen.bar.since.set_day(dt.date(2026, 11, 20))
    wait_for(lambda: screen.presenter.state.day == dt.date(2026, 11, 20), "the day")
    screen.presenter.choose("sellers")
    screen.bar.until.set_day(dt.date(2026, 11, 15))
    wait_for(lambda: screen.presenter.state.free.until == dt.date(2026, 11, 15), "the period")
    screen.presenter.choose("ledger")
    screen.bar.accounts.choose(2)
    screen.bar.accounts.activated.emit(1)
    wait_for(lambda: screen.presenter.state.account == "qris", "the account")


def test_a_cashier_asks_a_manager_in_place(window: Window) -> None:
    from pos.i18n import _

    window.till.shifts.open(FLOAT, brought=15_000, reason="awal", session=kasir_of(window.till))
    window.desk.sign_out()
    window.desk.sign_in(kasir_of(window.till))
    window.desk.navigate.emit("reports")
    screen = screen_of(window)
    wait_for(screen.approval.isVisible, "the PIN panel")
    assert not screen.print.isEnabled()
    keys = keys_of(window)
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    made(screen, _("Daily report"))
    wait_for(screen.view.isVisible, "the report")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_it_fits(window: Window, size: tuple[int, int], language: str) -> None:
    set_language(language)
    window.desk.language.emit()
    window.resize(*size)
    window.desk.navigate.emit("reports")
    screen = screen_of(window)
    for kind in ("day-sellers", "month", "ledger"):
        screen.presenter.choose(kind)
        wait_for(lambda: not screen.presenter.state.doing, "the report")
        assert faults(window, screen) == []
        assert screen.view.viewport().mapTo(window, QPoint(0, 0)).x() > 0
        assert screen.view.viewport().height() > 120
