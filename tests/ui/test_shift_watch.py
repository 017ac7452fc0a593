"""What is said across the top about the shift, and until when."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.services.shifts import Closing
from pos.services.till import Till
from pos.ui.closing.screen import ClosingScreen
from pos.ui.closing.watch import KEY, ShiftWatch
from pos.ui.window import Window
from tests.shifts_support import in_money
from tests.support import FakeClock, kasir_of, make_till
from tests.ui.support import settle, wait_for, window_on
from tests.ui.test_closing import FLOAT, open_shift, sell


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Till:
    return make_till(tmp_path, clock=clock)


@pytest.fixture
def window(qapp: object, till: Till) -> Iterator[Window]:
    with window_on(till) as made:
        yield made


def shift_watch(window: Window) -> ShiftWatch:
    return next(one for one in window._companions if isinstance(one, ShiftWatch))


def banner_texts(window: Window) -> list[str]:
    return [banner.text for banner in window.banners if banner.key == KEY]


def test_selling_without_a_shift_is_offered_to_open_one(window: Window) -> None:
    window.desk.sign_in(kasir_of(window.till))
    (shown,) = (banner for banner in window.banners if banner.key == KEY)
    window.desk.navigate.emit("receipts")
    assert banner_texts(window) == []
    window.desk.navigate.emit("selling")
    assert len(banner_texts(window)) == 1
    shown.actions[0].call()
    assert isinstance(window.current, ClosingScreen)
    assert banner_texts(window) == []
    open_shift(window.till)
    window.desk.navigate.emit("selling")
    assert banner_texts(window) == []


def test_a_shift_from_yesterday_asks_to_be_closed_and_keeps_its_date(
    window: Window, clock: FakeClock
) -> None:
    till = window.till
    open_shift(till)
    window.desk.sign_in(kasir_of(till))
    watch = shift_watch(window)
    clock.pass_seconds(18 * 3600)  # 03.00: still the same business day
    watch.look()
    assert banner_texts(window) == []
    clock.pass_seconds(3600)
    watch.look()
    assert len(banner_texts(window)) == 1
    sell(till, "cash")
    cursor = till.book.reader()
    cursor.execute("SELECT business_date FROM sales")
    assert cursor.fetchone() == ("2026-11-22",)
    till.shifts.close(Closing(in_money(FLOAT + 15_000), kept=0), session=kasir_of(till))
    settle(till)
    wait_for(lambda: "2026" not in "".join(banner_texts(window)), "the banner to change")


def test_the_clock_of_the_watch_stops_with_the_window(window: Window) -> None:
    timer = shift_watch(window)._timer
    assert timer.isActive()
    window.desk.close()
    assert not timer.isActive()
