"""Signing in, and the lock screen: the presenter, then the real window by keys alone."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.cart import Cart
from pos.i18n import _
from pos.services.setup import SetUp
from pos.services.staff import Session
from pos.services.till import SAMPLE_PINS, Till
from pos.ui.sign_in.presenter import SignInPresenter
from pos.ui.sign_in.screen import SignInScreen
from pos.ui.sign_in.tile import NameTile, initials
from pos.ui.widgets.label import Label
from pos.ui.window import Window
from tests.support import KASIR_PIN, FakeClock, empty_folder, kasir_of, make_till, manager_of
from tests.ui.support import Keyboard, open_window, run_now, settle, wait_for, window_on


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    made = make_till(tmp_path, clock=clock, goods=False)
    yield made
    made.close()


def make_presenter(till: Till) -> tuple[SignInPresenter, list[Session]]:
    sessions: list[Session] = []
    presenter = SignInPresenter(till, run_now, sessions.append)
    presenter.start()
    return presenter, sessions


def test_a_right_pin_begins_a_session(till: Till) -> None:
    presenter, sessions = make_presenter(till)
    rina = kasir_of(till)
    presenter.choose(rina.staff_id)
    presenter.submit(KASIR_PIN)
    assert sessions == [rina]
    assert presenter.state.chosen is None


def test_a_wrong_pin_is_said_and_may_be_tried_again(till: Till) -> None:
    presenter, sessions = make_presenter(till)
    presenter.choose(kasir_of(till).staff_id)
    presenter.submit("9999")
    assert presenter.state.sentence
    assert (presenter.state.wait, presenter.state.locked, sessions) == (0, False, [])
    presenter.submit(KASIR_PIN)
    assert [session.name for session in sessions] == ["Rina"]


def test_wrong_pins_slow_down_and_the_wait_is_shown_again(till: Till, clock: FakeClock) -> None:
    presenter, _sessions = make_presenter(till)
    rina = kasir_of(till).staff_id
    presenter.choose(rina)
    for _try in range(3):
        presenter.submit("9999")
    assert presenter.state.wait == 5
    presenter.back()
    assert presenter.state.wait == 0
    clock.pass_seconds(2)
    presenter.choose(rina)
    assert presenter.state.wait == 3
    assert presenter.state.sentence


def test_a_locked_person_is_sent_to_a_manager(till: Till, clock: FakeClock) -> None:
    presenter, sessions = make_presenter(till)
    rina = kasir_of(till).staff_id
    presenter.choose(rina)
    for _try in range(10):
        presenter.submit("9999")
        clock.pass_seconds(600)
    assert presenter.state.locked
    assert "Rina" in presenter.state.sentence
    presenter.submit(KASIR_PIN)
    assert sessions == []
    till.staff.set_pin(rina, "5802", by=manager_of(till).staff_id)
    presenter.back()
    presenter.choose(rina)
    presenter.submit("5802")
    assert len(sessions) == 1


def test_letters_go_from_name_to_name(till: Till) -> None:
    by = manager_of(till).staff_id
    ratna = till.staff.add("Ratna", "kasir", "4826", by=by)
    presenter, _sessions = make_presenter(till)
    rina = kasir_of(till).staff_id
    assert presenter.by_letter("r") == rina
    assert presenter.by_letter("R", rina) == ratna
    assert presenter.by_letter("r", ratna) == rina
    assert presenter.by_letter("x") == 0


def test_after_a_lock_the_same_person_is_asked_at_once(till: Till) -> None:
    presenter, _sessions = make_presenter(till)
    presenter.start(kasir_of(till).staff_id)
    assert presenter.state.chosen is not None
    assert presenter.state.chosen.name == "Rina"
    presenter.start(999)
    assert presenter.state.chosen is None


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Rina", "R"), ("Rina Kartika", "RK"), ("Muhammad Ali bin Abu", "MA"), ("", "")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


# -- the window ------------------------------------------------------------------------------


@pytest.fixture
def window(qapp: object, tmp_path: Path, clock: FakeClock) -> Iterator[Window]:
    with open_window(tmp_path, clock=clock) as made:
        yield made


def keyboard(window: Window) -> Keyboard:
    handle = window.windowHandle()
    assert handle is not None
    return Keyboard(handle)


def screen(window: Window) -> SignInScreen:
    assert isinstance(window.current, SignInScreen)
    return window.current


def test_keys_alone_sign_in_lock_and_sign_in_again(window: Window) -> None:
    keys = keyboard(window)
    keys.type("r")
    # A key that might begin a scan is held for a moment.
    wait_for(screen(window).keypad.isVisible, "the keypad")
    keys.type(KASIR_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: window.desk.session is not None, "the session")
    assert window.desk.staff.name == "Rina"
    keys.key(Qt.Key.Key_L, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert window.desk.session is None
    assert screen(window).keypad.isVisible(), "after a lock the PIN is the next key"
    keys.key(Qt.Key.Key_Escape)
    assert screen(window).names.isVisible()
    keys.key(Qt.Key.Key_Left)
    keys.key(Qt.Key.Key_Return, "\r")
    chosen = screen(window).presenter.state.chosen
    assert chosen is not None
    assert chosen.name == "Sari"


def test_a_wrong_pin_leaves_the_pad_ready_for_the_next_try(window: Window) -> None:
    keys = keyboard(window)
    keys.type("r")
    wait_for(screen(window).keypad.isVisible, "the keypad")
    keys.type("9999")
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: bool(screen(window).presenter.state.sentence), "the sentence")
    assert screen(window).keypad.pad.hasFocus()
    keys.type(KASIR_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: window.desk.session is not None, "the session")


def test_a_scan_before_signing_in_sells_nothing(window: Window) -> None:
    keyboard(window).scan("DKR-2041")
    settle(window.till)
    assert window.desk.session is None
    assert window.till.carts.load_open() is None


def test_the_lock_screen_says_that_the_cart_is_kept(window: Window) -> None:
    rina = kasir_of(window.till)
    window.desk.sign_in(rina)
    cart = Cart().add(window.till.catalog.find("DKR-1187"), 3)
    window.till.worker.call(window.till.carts.save_open, cart, rina.staff_id)
    window.desk.sign_out()
    shown = [label.text() for label in screen(window).findChildren(type(screen(window)._kept))]
    assert any("3" in text for text in shown if text)


def test_arrows_and_letters_move_over_many_names(window: Window) -> None:
    till = window.till
    by = manager_of(till).staff_id
    for number in range(14):
        till.worker.call(till.staff.add, f"Petugas {number}", "kasir", "4826", by=by)
    gate = screen(window)
    gate.entered()
    keys = keyboard(window)

    def focused() -> str:
        tile = gate.focusWidget()
        return tile.text() if isinstance(tile, NameTile) else ""

    def lands_on(name: str) -> bool:
        return focused() == name

    assert focused() == "Sari"
    keys.key(Qt.Key.Key_Right)
    assert focused() == "Rina"
    keys.key(Qt.Key.Key_Down)
    below = focused()
    assert below.startswith("Petugas")
    keys.key(Qt.Key.Key_Up)
    assert focused() == "Rina"
    for expected in ("Petugas 0", "Petugas 1"):
        keys.type("p")
        wait_for(partial(lands_on, expected), expected)
    assert gate.presenter.state.chosen is None, "a letter of many names only moves"


def test_the_sample_stand_tells_its_pins_and_says_what_it_is(qapp: object, tmp_path: Path) -> None:
    folder = empty_folder(tmp_path / "sample")
    till = Till.open(folder, clock=FakeClock(), cheap_pins=True)
    till.set_up(SetUp("Galeri Dekranasda", "DKR", "DKR1", "Sari", "2486", sample=True))
    till.settings.set_preference(SAMPLE_PINS, '[["Sari", "2486"]]')
    till.close()
    till = Till.open(folder, clock=FakeClock(), cheap_pins=True)
    with window_on(till) as window:
        texts = [label.text() for label in screen(window).findChildren(Label)]
        assert _("Sample stand") in texts
        assert not any("2486" in text for text in texts)
        keyboard(window).key(Qt.Key.Key_Return, "\r")
        texts = [label.text() for label in screen(window).keypad.findChildren(Label)]
        assert any("2486" in text for text in texts)
