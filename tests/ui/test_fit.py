"""Nothing is cut off sideways, and a finger hits every button, down to 1024x768 at 150 %."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QScrollBar, QWidget

from pos.i18n import set_language
from pos.services.till import Till
from pos.ui import theme
from pos.ui.closing.screen import ClosingScreen
from pos.ui.receipts.screen import ReceiptsScreen
from pos.ui.set_up.screen import SetUpScreen
from pos.ui.settings.screen import SettingsScreen
from pos.ui.sign_in.screen import SignInScreen
from pos.ui.widgets.chip import ChipRow
from pos.ui.window import Window
from tests.support import FakeClock, empty_folder, kasir_of, make_till, manager_of
from tests.ui.support import wait_for, window_on
from tests.ui.test_receipts_screen import sell
from tests.ui.test_to_complete import sell_unlisted

SIZES = [(683, 512), (911, 512), (1024, 768), (1920, 1080)]
LONG = "Sarung bantal batik tulis bordir tangan motif kembang setaman"


def faults(window: Window, screen: QWidget) -> list[str]:
    """What sticks out of the window on either side, or is too low for a finger."""
    found = []
    for child in screen.findChildren(QWidget):
        if not child.isVisible() or isinstance(child, QScrollBar) or _scrolls_sideways(child):
            continue
        if isinstance(child, QAbstractButton | QLabel | QLineEdit):
            left = child.mapTo(window, QPoint(0, 0)).x()
            if left < 0 or left + child.width() > window.width():
                found.append(f"sticks out: {_name(child)}")
            parent = child.parentWidget()
            if parent is not None and child.x() + child.width() > parent.width() + 1:
                found.append(f"wider than its place: {_name(child)}")
        if isinstance(child, QAbstractButton) and child.height() < theme.TOUCH:
            found.append(f"too low for a finger: {_name(child)}")
    return found


def _scrolls_sideways(child: QWidget) -> bool:
    above = child.parentWidget()
    while above is not None:
        if isinstance(above, ChipRow):
            return True
        above = above.parentWidget()
    return False


def _name(child: QWidget) -> str:
    text = child.text() if isinstance(child, QAbstractButton | QLabel | QLineEdit) else ""
    return f"{type(child).__name__} {text!r} {child.width()}x{child.height()}"


@pytest.fixture
def till(tmp_path: Path) -> Till:
    made = make_till(tmp_path)
    by = manager_of(made).staff_id
    made.staff.add("Muhammad Abdurrahman Kusumawardhani", "kasir", "4826", by=by)
    sell(made, "DKR-2041", method="qris")
    sell_unlisted(made, LONG, 9_999_999_900)
    return made


@pytest.fixture(params=["id", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def window(qapp: object, till: Till, language: str) -> Iterator[Window]:
    set_language(language)
    with window_on(till) as made:
        yield made


def check(window: Window, screen: QWidget, width: int, height: int) -> None:
    window.resize(width, height)
    QTest.qWait(20)
    assert window.width() == width, "the window can't be made this narrow"
    assert faults(window, screen) == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_sign_in_fits(window: Window, width: int, height: int) -> None:
    gate = window.current
    assert isinstance(gate, SignInScreen)
    check(window, gate, width, height)
    gate.presenter.choose(window.till.staff.tiles()[-1].staff_id)
    check(window, gate, width, height)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_receipts_queue_and_cards_fit(window: Window, width: int, height: int) -> None:
    window.desk.sign_in(kasir_of(window.till))
    window.shop.go("receipts")
    screen = window.shop.current
    check(window, screen, width, height)
    (jobs,) = {len(window.till.printing.jobs())}
    assert jobs, "the queue is what is shown while papers wait"
    close: Callable[[], None] = screen.queue.closed.emit  # type: ignore[attr-defined]
    close()
    screen.presenter.open_best()  # type: ignore[attr-defined]
    check(window, screen, width, height)
    window.shop.go("to-complete")
    check(window, window.shop.current, width, height)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_return_fits(window: Window, width: int, height: int) -> None:
    window.desk.sign_in(kasir_of(window.till))
    window.shop.go("receipts")
    screen = window.shop.current
    assert isinstance(screen, ReceiptsScreen)
    screen.queue.closed.emit()
    screen.presenter.open_best()
    screen.paper.give_back.emit()
    screen.returning.take_all()
    check(window, screen, width, height)
    screen.returning.type_reason(LONG)
    screen.returning.void()
    wait_for(screen.returns.approval.isVisible, "the PIN panel")
    check(window, screen, width, height)
    screen.returning.give_up_asking()
    screen.returning.give_back()
    wait_for(lambda: screen.returning.state.done is not None, "the return")
    check(window, screen, width, height)
    screen.returns.closed.emit()
    check(window, screen, width, height)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_drawers_day_fits(window: Window, width: int, height: int) -> None:
    till = window.till
    window.desk.sign_in(kasir_of(till))
    window.shop.go("closing")
    screen = window.shop.current
    assert isinstance(screen, ClosingScreen)
    show = screen.presenter

    def at(step: str) -> None:
        wait_for(lambda: show.state.step == step and not show.state.busy, step)
        check(window, screen, width, height)

    at("open")
    show.set_pieces(0, 99_999)
    show.type_reason(LONG)
    show.open_shift()
    at("day")
    show.start_hand("out")
    show.type_amount(2_000)
    show.type_reason(LONG)
    at("move")
    show.do_hand()
    at("day")
    show.begin_close()
    at("payments")
    show.to_count()
    show.set_pieces(10, 1)
    at("count")
    show.save_count()
    at("difference")
    show.recount()
    check(window, screen, width, height)
    show.give_up_asking()
    show.type_reason(LONG)
    show.to_deposit()
    at("deposit")
    show.close()
    at("done")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_settings_fit(window: Window, width: int, height: int) -> None:
    window.desk.sign_in(kasir_of(window.till))
    window.shop.go("settings")
    screen = window.shop.current
    assert isinstance(screen, SettingsScreen)
    for number in range(1, len(screen.list.rows) + 1):
        screen.open(number)
        check(window, screen, width, height)
    screen.gate.ask("A rather long sentence that says why a manager's word is needed", print)
    check(window, screen, width, height)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_set_up_fits(qapp: object, tmp_path: Path, language: str, width: int, height: int) -> None:
    till = Till.open(empty_folder(tmp_path / "empty"), clock=FakeClock(), cheap_pins=True)
    set_language(language)
    with window_on(till) as window:
        screen = window.current
        assert isinstance(screen, SetUpScreen)
        screen.presenter.next()
        check(window, screen, width, height)
        screen.presenter.edit(stand_name="Galeri Dekranasda")
        screen.presenter.next()
        screen.presenter.next()
        check(window, screen, width, height)
        screen.presenter.edit(manager_name="Sari", pin="2486", pin_again="2486")
        screen.presenter.next()
        QTest.qWait(200)
        check(window, screen, width, height)
