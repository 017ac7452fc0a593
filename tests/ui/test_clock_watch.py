"""The banner about a clock that was set back, and a manager's word in the settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.cart import Cart
from pos.services.till import Till
from pos.tender import Tender
from pos.ui.clock_watch import KEY
from pos.ui.selling.screen import SellingScreen
from pos.ui.settings.day import parse_time, time_text
from pos.ui.settings.day_page import DayPage
from pos.ui.settings.screen import SettingsScreen
from pos.ui.window import Window
from tests.support import MANAGER_PIN, FakeClock, kasir_of, make_till, manager_of
from tests.ui.support import Keyboard, wait_for, window_on

HOUR = 3_600_000


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Till:
    made = make_till(tmp_path, clock=clock)
    cart = Cart().add(made.catalog.find("DKR-3001"), 1)
    made.selling.complete(cart, (Tender("cash", 15_000),), session=kasir_of(made))
    return made


def said(window: Window) -> list[int]:
    """How many buttons the banner has, if it is there."""
    return [len(banner.actions) for banner in window.banners if banner.key == KEY]


@pytest.fixture
def window(qapp: object, till: Till) -> Iterator[Window]:
    with window_on(till) as made:
        yield made


def test_it_is_said_at_the_start_before_anybody_signs_in(
    qapp: object, till: Till, clock: FakeClock
) -> None:
    clock.ms -= HOUR
    with window_on(till) as window:
        assert said(window) == [0]
        window.desk.sign_in(kasir_of(till))
        assert said(window) == [1]


def test_a_sale_is_refused_the_cart_stays_and_a_manager_s_word_helps(
    window: Window, till: Till, clock: FakeClock
) -> None:
    keys = Keyboard(window.windowHandle())
    window.desk.sign_in(kasir_of(till))
    assert said(window) == []
    clock.ms -= HOUR
    keys.scan("DKR-1187")
    screen = window.current
    assert isinstance(screen, SellingScreen)
    wait_for(lambda: len(screen.presenter.cart.lines) == 1, "the brooch")
    keys.press(Qt.Key.Key_F12)
    keys.key(Qt.Key.Key_Return)
    wait_for(lambda: said(window) == [1], "the banner")
    assert len(screen.presenter.cart.lines) == 1
    (banner,) = (banner for banner in window.banners if banner.key == KEY)
    banner.actions[0].call()
    settings = window.current
    assert isinstance(settings, SettingsScreen)
    page = settings.page
    assert isinstance(page, DayPage)
    QTest.mouseClick(page.accept, Qt.MouseButton.LeftButton)
    wait_for(settings.approval.isVisible, "the PIN panel")
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return)
    wait_for(lambda: said(window) == [], "the banner to go")
    assert not page.accept.isVisible()
    window.desk.navigate.emit("selling")
    assert len(screen.presenter.cart.lines) == 1


def test_the_cut_off_and_the_blind_count_are_a_manager_s(window: Window, till: Till) -> None:
    window.desk.sign_in(manager_of(till))
    window.desk.navigate.emit("settings")
    screen = window.current
    assert isinstance(screen, SettingsScreen)
    screen.open(7)
    page = screen.page
    assert isinstance(page, DayPage)
    field = page._cutoff
    field.setText("99")
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    assert page.fields["cutoff_minutes"].error
    field.setText("5.30")
    page.blind.set_value(False)
    QTest.mouseClick(page.save, Qt.MouseButton.LeftButton)
    wait_for(lambda: till.settings.cutoff_minutes() == 330, "the cut-off")
    wait_for(lambda: not till.settings.blind_count(), "the count")
    assert till.unit.cutoff_minutes == 330


def test_times_as_people_type_them() -> None:
    for text, minutes in (("4", 240), ("04.00", 240), ("0:30", 30), ("12.00", 720)):
        assert parse_time(text) == minutes
    assert time_text(330) == "05.30"
    from pos.errors import UserError

    for text in ("", "12.01", "4.60", "pagi", "-1", "4.5"):
        with pytest.raises(UserError):
            parse_time(text)
