"""The settings in the real window, by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pos import i18n
from pos.services.staff import Session
from pos.ui import theme
from pos.ui.backups import watch
from pos.ui.settings.about_page import AboutPage
from pos.ui.settings.lock_page import LockPage
from pos.ui.settings.printer_page import PrinterPage
from pos.ui.settings.qris_page import QrisPage
from pos.ui.settings.screen import SettingsScreen
from pos.ui.settings.staff_page import StaffPage
from pos.ui.settings.stand_page import StandPage
from pos.ui.widgets.button import Button
from pos.ui.widgets.switch import Switch
from pos.ui.window import Window
from tests.services.ringing import last_entry
from tests.support import MANAGER_PIN, kasir_of, manager_of
from tests.ui.support import Keyboard, open_window, wait_for
from tests.ui.test_settings import qris


@pytest.fixture
def window(qapp: object, tmp_path: Path) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        yield made


def open_settings(window: Window, session: Session) -> tuple[SettingsScreen, Keyboard]:
    window.desk.sign_in(session)
    handle = window.windowHandle()
    assert handle is not None
    keys = Keyboard(handle)
    keys.key(Qt.Key.Key_0, modifiers=Qt.KeyboardModifier.ControlModifier)
    screen = window.current
    assert isinstance(screen, SettingsScreen)
    return screen, keys


def test_every_page_opens_by_arrows(window: Window) -> None:
    screen, keys = open_settings(window, manager_of(window.till))
    seen = [type(screen.page).__name__]
    for _page in range(8):
        keys.key(Qt.Key.Key_Down)
        seen.append(type(screen.page).__name__)
        assert screen.list.hasFocus()
    assert len(set(seen)) == 9
    keys.key(Qt.Key.Key_Up)
    keys.key(Qt.Key.Key_Right)
    assert not screen.list.hasFocus()
    keys.key(Qt.Key.Key_Escape)
    assert screen.list.hasFocus()


def test_another_language_holds_at_once(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, _keys = open_settings(window, manager_of(window.till))
    monkeypatch.setattr(watch, "is_low", lambda _free: True)
    window.desk.findChildren(watch.BackupWatch)[0].look()
    assert any("disk" in banner.text.lower() for banner in window.banners)
    titled = window.windowTitle()
    window.setWindowTitle("")
    page = screen.page
    page.language.button("en").click()  # type: ignore[union-attr]  # the first page has it
    wait_for(lambda: i18n.language() == "en", "the language")
    rebuilt = window.current
    assert isinstance(rebuilt, SettingsScreen)
    assert rebuilt is not screen
    assert window.windowTitle() == titled, "made anew: a sample says so in it"
    assert any("The disk is almost full" in banner.text for banner in window.banners)


def test_another_look_holds_at_once(window: Window) -> None:
    screen, _keys = open_settings(window, manager_of(window.till))
    screen.page.theme.button("dark").click()  # type: ignore[union-attr]  # the first page has it
    wait_for(theme.is_dark, "the dark")


def test_a_kasir_scans_the_code_and_a_manager_allows_it(window: Window) -> None:
    screen, keys = open_settings(window, kasir_of(window.till))
    screen.open(3)
    assert isinstance(screen.page, QrisPage)
    keys.scan(qris())
    assert screen.page.save.isVisible()
    screen.page.save.click()
    assert screen.approval.isVisible()
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: bool(window.till.settings.qris()), "the code in the book")
    wait_for(lambda: not screen.approval.isVisible(), "the page again")
    assert window.till.settings.qris() == qris()
    entry = last_entry(window.till)
    rina, sari = kasir_of(window.till), manager_of(window.till)
    assert (entry.staff_id, entry.approver_id) == (rina.staff_id, sari.staff_id)


def test_leaving_takes_back_what_waited_for_a_pin(window: Window) -> None:
    screen, keys = open_settings(window, kasir_of(window.till))
    screen.open(3)
    keys.scan(qris())
    assert isinstance(screen.page, QrisPage)
    screen.page.save.click()
    keys.key(Qt.Key.Key_Escape)
    assert not screen.gate.asking
    assert not screen.approval.isVisible()


def test_keys_alone_give_a_person_a_new_pin(window: Window) -> None:
    rina = kasir_of(window.till)
    screen, keys = open_settings(window, manager_of(window.till))
    for _page in range(4):
        keys.key(Qt.Key.Key_Down)
    keys.key(Qt.Key.Key_Right)
    keys.key(Qt.Key.Key_Down)
    keys.key(Qt.Key.Key_Down)
    keys.key(Qt.Key.Key_Return, "\r")
    page = screen.page
    assert isinstance(page, StaffPage)
    assert page.card.isVisible()
    page.fields["pin"].input.setFocus()
    keys.type("5802")
    keys.key(Qt.Key.Key_Tab)
    keys.type("5802")
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: bool(page.section.note), "the word that it is saved")
    assert window.till.staff.sign_in(rina.staff_id, "5802") == rina
    keys.key(Qt.Key.Key_Escape)
    assert page.list.hasFocus()
    assert not page.card.isVisible()


def test_keys_alone_choose_and_describe_a_printer(window: Window) -> None:
    till = window.till
    screen, keys = open_settings(window, kasir_of(till))
    screen.open(4)
    page = screen.page
    assert isinstance(page, PrinterPage)
    wait_for(lambda: not page.presenter.state.searching, "the list of printers")
    page.address.input.setFocus()
    keys.type("somewhere")
    keys.key(Qt.Key.Key_Return, "\r")
    assert page.address.error
    for _letter in "somewhere":
        keys.key(Qt.Key.Key_Backspace)
    keys.type("tcp:127.0.0.1:9")
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: till.printing.choice().address == "tcp:127.0.0.1:9", "the address")
    assert page.list.rows[0].badge
    page.paper.button("58").setFocus()
    keys.key(Qt.Key.Key_Return, "\r")
    drawer = next(switch for switch in page.findChildren(Switch) if not switch.isChecked())
    drawer.setFocus()
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: till.printing.choice().has_drawer, "the drawer")
    assert till.printing.choice().paper == "58"
    page.list.setFocus()
    keys.key(Qt.Key.Key_End)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: till.printing.choice().address == "preview:", "the screen")


def test_the_scanners_sign_is_saved_and_used(window: Window) -> None:
    screen, keys = open_settings(window, manager_of(window.till))
    screen.open(6)
    page = screen.page
    assert isinstance(page, LockPage)
    page.fields["scanner_prefix"].input.setFocus()
    keys.type("7")
    keys.key(Qt.Key.Key_Return, "\r")
    assert page.fields["scanner_prefix"].error
    keys.key(Qt.Key.Key_Backspace)
    keys.type("~")
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: window.scanner.prefix == "~", "the sign")


def test_the_stands_words_are_changed_by_keys(window: Window) -> None:
    screen, keys = open_settings(window, manager_of(window.till))
    screen.open(2)
    keys.key(Qt.Key.Key_Right)
    keys.type("Terima kasih")
    keys.key(Qt.Key.Key_Tab)
    page = screen.page
    assert isinstance(page, StandPage)
    page.save.setFocus()
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: bool(page.section.note), "the word that it is saved")
    assert window.till.settings.closing_words() == ("Terima kasih",)


def test_the_data_folders_path_is_copied(window: Window) -> None:
    screen, _keys = open_settings(window, kasir_of(window.till))
    screen.open(9)
    page = screen.page
    assert isinstance(page, AboutPage)
    page.findChildren(Button)[1].click()
    assert QGuiApplication.clipboard().text() == str(window.till.folder)
