"""Backups on the screen: in the settings, before signing in, and when the book can't be opened."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from pos.errors import BookDamagedError
from pos.services import backup_places as places
from pos.services.backups import BackupState
from pos.services.changes import TOPICS
from pos.ui import theme
from pos.ui.backups import watch
from pos.ui.backups.screen import BackupsScreen
from pos.ui.backups.wanted import RestoreWanted
from pos.ui.settings.backup_page import BackupPage
from pos.ui.settings.screen import SettingsScreen
from pos.ui.window import Window
from tests.services.backup_support import (
    backups_in,
    sell,
)
from tests.support import MANAGER_PIN, kasir_of, make_till, manager_of
from tests.ui.support import Keyboard, settle, wait_for, window_on

PAGE = 8


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    """What a start takes over is given back."""
    before = sys.excepthook
    yield
    sys.excepthook = before
    qInstallMessageHandler(None)
    theme.apply("light")


@pytest.fixture
def window(qapp: object, tmp_path: Path) -> Iterator[Window]:
    till = make_till(tmp_path)
    sell(till)
    till.backups.make()
    sell(till)
    with window_on(till) as made:
        yield made


def settings_page(window: Window, *, manager: bool = True) -> tuple[SettingsScreen, BackupPage]:
    window.desk.sign_in(manager_of(window.till) if manager else kasir_of(window.till))
    window.shop.go("settings")
    screen = window.current
    assert isinstance(screen, SettingsScreen)
    screen.open(PAGE)
    page = screen.page
    assert isinstance(page, BackupPage)
    wait_for(lambda: bool(page.panel.list.rows), "the list")
    return screen, page


def keyboard(window: QWidget) -> Keyboard:
    handle = window.windowHandle()
    assert handle is not None
    return Keyboard(handle)


# -- in the settings -------------------------------------------------------------------


def test_one_now(window: Window) -> None:
    _screen, page = settings_page(window)
    before = len(backups_in(places.here(window.till.folder)))
    page.make.click()
    wait_for(lambda: bool(page.section.note), "the word that it is made")
    # A second one within the same second has the same name.
    assert len(backups_in(places.here(window.till.folder))) >= before
    assert window.till.backups.state.facts is not None
    assert window.till.backups.state.facts.sales == 2


def test_a_second_place_is_a_managers_to_choose(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    screen, page = settings_page(window, manager=False)
    monkeypatch.setattr(
        "pos.ui.settings.backup_page.QFileDialog.getExistingDirectory", lambda *_a: str(stick)
    )
    page.choose.click()
    assert screen.approval.isVisible()
    assert places.second_place(window.till.folder) is None
    keys = keyboard(window)
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: places.second_place(window.till.folder) == stick.resolve(), "the second place")
    wait_for(page.remove.isVisible, "its button")
    page.remove.click()
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: places.second_place(window.till.folder) is None, "no second place")


def test_what_going_back_means_is_said_and_the_order_goes_to_the_window(window: Window) -> None:
    _screen, page = settings_page(window)
    assert not page.panel.go.isEnabled()
    page.panel.list.step(1)
    wait_for(page.panel.go.isEnabled, "the outlook")
    outlook = page.panel.presenter.state.outlook
    assert outlook is not None
    assert outlook.newer.sales == 1
    page.panel.take.click()
    page.panel.go.click()
    wanted = window.restore_wanted
    assert wanted is not None
    assert wanted.order is not None
    assert (wanted.order.take_newer, wanted.order.by) == (False, manager_of(window.till).staff_id)
    assert not window.isVisible()


# -- before signing in -----------------------------------------------------------------


def test_before_signing_in_it_takes_a_managers_pin(window: Window) -> None:
    keys = keyboard(window)
    keys.key(Qt.Key.Key_F9)
    screen = window.current
    assert isinstance(screen, BackupsScreen)
    wait_for(lambda: bool(screen.panel.list.rows), "the list")
    keys.key(Qt.Key.Key_Down)
    wait_for(screen.panel.go.isEnabled, "the outlook")
    keys.key(Qt.Key.Key_Return, "\r")
    screen.panel.go.click()
    assert screen.approval.isVisible()
    assert window.restore_wanted is None
    keys.type("9999")
    keys.key(Qt.Key.Key_Return, "\r")
    settle(window.till)
    assert window.restore_wanted is None
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: window.restore_wanted is not None, "the order")


def test_esc_leads_back_to_the_names(window: Window) -> None:
    keys = keyboard(window)
    keys.key(Qt.Key.Key_F9)
    assert isinstance(window.current, BackupsScreen)
    keys.key(Qt.Key.Key_Escape)
    assert not isinstance(window.current, BackupsScreen)


# -- what is said across the top -------------------------------------------------------


def keys_shown(window: Window) -> set[str]:
    return {banner.key for banner in window.banners}


def test_an_absent_second_place_is_said_once(window: Window) -> None:
    say = window.desk.backup.emit
    say(BackupState(second="absent"))
    assert watch.SECOND in keys_shown(window)
    window.desk.hide_banner(watch.SECOND)
    say(BackupState(second="absent"))
    assert watch.SECOND not in keys_shown(window)
    say(BackupState(second="good"))
    say(BackupState(second="absent"))
    assert watch.SECOND in keys_shown(window)
    say(BackupState(second="failed", second_problem="x"))
    say(BackupState(second="good"))
    assert watch.SECOND not in keys_shown(window)


def test_a_failed_backup_is_said_until_one_succeeds(window: Window) -> None:
    window.desk.backup.emit(BackupState(problem="x"))
    assert watch.KEY in keys_shown(window)
    window.desk.backup.emit(BackupState(running=True))
    assert watch.KEY in keys_shown(window)
    window.desk.backup.emit(BackupState(at=1))
    assert watch.KEY not in keys_shown(window)


def test_a_disk_that_fills_up_is_said_early_and_once(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = window.desk.findChildren(watch.BackupWatch)
    free = {"bytes": 499 * 1024 * 1024}
    monkeypatch.setattr(watch, "free_bytes", lambda _folder: free["bytes"])
    found[0].look()
    assert watch.DISK in keys_shown(window)
    window.desk.hide_banner(watch.DISK)
    found[0].look()
    assert watch.DISK not in keys_shown(window)
    free["bytes"] = 501 * 1024 * 1024
    found[0].look()
    free["bytes"] = 100
    found[0].look()
    assert watch.DISK in keys_shown(window)
    free["bytes"] = 10**10
    found[0].look()
    assert watch.DISK not in keys_shown(window)


def test_work_that_finds_the_book_damaged_offers_the_way_back(window: Window) -> None:
    window.desk.announce(BookDamagedError("x"))
    banner = next(b for b in window.banners if b.key == "environment")
    assert [action.text for action in banner.actions] == ["Coba lagi", "Pulihkan cadangan"]
    banner.actions[1].call()
    assert window.restore_wanted == RestoreWanted(sentence="x")


def test_a_banner_goes_when_the_book_can_be_read_again(window: Window) -> None:
    told: list[frozenset[str]] = []
    window.desk.changed.connect(told.append)
    window.desk.announce(BookDamagedError("x"))
    next(b for b in window.banners if b.key == "environment").actions[0].call()
    wait_for(lambda: not window.banners, "the banner to go")
    assert TOPICS in told
