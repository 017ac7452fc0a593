"""The sellers' screen by keys, in the real window."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.services.payouts import PayoutAsked
from pos.ui.sellers.screen import ACCOUNT, CARD, PAY, PAYOUTS, TERMS, SellersScreen
from pos.ui.window import Window
from tests.support import MANAGER_PIN, kasir_of
from tests.ui.consigned import sell, seller
from tests.ui.support import Keyboard, open_window, settle, wait_for

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        for _sale in range(2):
            sell(made.till, "DKR-1187")
        made.desk.sign_in(kasir_of(made.till))
        yield made


@pytest.fixture
def screen(window: Window) -> SellersScreen:
    window.desk.navigate.emit("sellers")
    return current(window)


def keys_of(window: Window) -> Keyboard:
    handle = window.windowHandle()
    assert handle is not None
    return Keyboard(handle)


def current(window: Window) -> SellersScreen:
    found = window.shop.current
    assert isinstance(found, SellersScreen)
    return found


def focus() -> object:
    return QApplication.focusWidget()


def find(window: Window, code: str) -> Keyboard:
    keys = keys_of(window)
    keys.type(code)
    wait_for(lambda: current(window).finder.search.text() == code, "the text")
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: current(window).seller_id == seller(window.till, code.upper()), "the seller")
    return keys


def test_search_then_pay_by_keys_alone(window: Window, screen: SellersScreen) -> None:
    assert focus() is screen.finder.search
    keys = find(window, "lmb")
    assert screen.tab == ACCOUNT
    keys.press(Qt.Key.Key_F12)
    assert screen.tab == PAY
    assert focus() is screen.payout.table.list
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Space)
    wait_for(lambda: len(screen.payout.payout.state.left_out) == 1, "the line left out")
    keys.press(Qt.Key.Key_F12)
    wait_for(lambda: screen.payout.payout.paid is not None, "the payout")
    assert focus() is screen.payout.slip
    keys.press(Qt.Key.Key_Return)
    assert screen.tab == PAYOUTS
    wait_for(lambda: screen.history.history.paper is not None, "the slip")
    assert screen.history.history.paper is not None
    assert screen.history.history.paper.paid == 28_000
    keys.press(Qt.Key.Key_Escape)
    assert focus() is screen.finder.search
    assert "28.000" in screen.finder.list.rows[0].right


def test_the_pages_turn_by_alt_and_a_digit(window: Window, screen: SellersScreen) -> None:
    keys = find(window, "lmb")
    for tab, key in (
        (PAY, Qt.Key.Key_2),
        (PAYOUTS, Qt.Key.Key_3),
        (CARD, Qt.Key.Key_4),
        (TERMS, Qt.Key.Key_5),
        (ACCOUNT, Qt.Key.Key_1),
    ):
        keys.press(key, ALT)
        assert screen.tab == tab
        assert focus() is not None
    screen.tabs.buttons[TERMS].click()
    assert screen.tab == TERMS


def test_a_seller_is_added_by_keys(window: Window, screen: SellersScreen) -> None:
    keys = keys_of(window)
    keys.press(Qt.Key.Key_F7)
    assert focus() is screen.card.workshop
    QTest.keyClicks(screen.card.workshop, "Sulam Emas")
    wait_for(lambda: bool(screen.card.code.text()), "a code")
    code = screen.card.code.text()
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: code in {row.code for row in window.till.sellers.list_all()}, "the seller")
    settle(window.till)
    assert screen.seller_id == seller(window.till, code)
    assert screen.card.said.text()
    keys.press(Qt.Key.Key_F7)
    QTest.keyClicks(screen.card.workshop, "sulam-emas")
    wait_for(lambda: bool(screen.card.card.similar), "the same name")
    screen.card.open_other.emit(screen.card.card.similar[0].seller_id)
    assert screen.seller_id == seller(window.till, code)


def test_a_refused_card_is_mended_where_it_is_wrong(window: Window, screen: SellersScreen) -> None:
    keys = find(window, "lmb")
    screen.turn(CARD)
    page = screen.card
    for typed, text, name in ((page.workshop, "", "workshop"), (page.again, "2486", "pin")):
        before = typed.text()
        typed.setText(text)
        page.maker.setFocus()
        keys.press(Qt.Key.Key_F9)
        wrong = page.fields[name]
        wait_for(lambda field=wrong: bool(field.error), "what is wrong")  # type: ignore[misc]  # bound for the linter
        assert focus() is wrong.input
        page.maker.setFocus()
        page.show_work()
        assert focus() is page.maker, "told once, it lets go"
        typed.setText(before)


def test_an_advance_asks_for_the_pin_in_place(window: Window, screen: SellersScreen) -> None:
    keys = find(window, "lmb")
    keys.press(Qt.Key.Key_F12)
    screen.payout.amount.setFocus()
    keys.type("100000")
    wait_for(lambda: screen.payout.payout.amount == 100_000, "the amount")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: bool(screen.gate.asking), "the question")
    assert screen.approval.isVisible()
    keys.press(Qt.Key.Key_Escape)
    assert not screen.approval.isVisible()
    screen.payout.payout.pay()
    wait_for(lambda: bool(screen.gate.asking), "the question")
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: screen.payout.payout.paid is not None, "the payout")
    assert window.till.sellers.card(seller(window.till, "LMB")).due == 56_000 - 100_000


def test_all_are_paid_from_the_list(window: Window, screen: SellersScreen) -> None:
    keys = keys_of(window)
    keys.press(Qt.Key.Key_F8)
    assert screen.page is screen.batch
    assert len(screen.batch.table.lines) == 1
    keys.press(Qt.Key.Key_F12)
    wait_for(lambda: screen.batch.batch.paid == 1 and not screen.batch.batch.running, "the end")
    assert screen.batch.pdf.isVisible()
    keys.press(Qt.Key.Key_Escape)
    assert screen.page is not screen.batch


def test_a_sellers_code_opens_the_seller(window: Window, screen: SellersScreen) -> None:
    assert screen.scanned("bbu")
    assert screen.seller_id == seller(window.till, "BBU")
    assert not screen.scanned("DKR-2041")


def test_what_is_sold_meanwhile_shows(window: Window, screen: SellersScreen) -> None:
    find(window, "lmb")
    assert len(screen.account.account.lines) == 2
    sell(window.till, "DKR-1187")
    wait_for(lambda: len(screen.account.account.lines) == 3, "the line")
    assert len(screen.account.table.lines) == 3


def test_where_there_is_room_the_account_tells_price_and_what_the_stand_kept(
    window: Window, screen: SellersScreen
) -> None:
    lmb = next(row for row in window.till.sellers.list_all() if row.code == "LMB").seller_id
    till, desk = window.till, window.desk
    till.worker.call(till.payouts.pay, PayoutAsked(lmb, amount=20_000), session=desk.staff)
    find(window, "lmb")
    window.resize(1366, 768)
    QApplication.processEvents()
    paid, *sold = (line.cells for line in screen.account.table.lines)
    assert len(paid) == 7
    assert paid[3:6] == ("", "", "−20.000")
    assert {cells[3:6] for cells in sold} == {("35.000", "7.000", "28.000")}
    window.resize(1024, 768)
    QApplication.processEvents()
    assert {len(line.cells) for line in screen.account.table.lines} == {5}


def test_narrow_and_wide(window: Window, screen: SellersScreen) -> None:
    find(window, "lmb")
    for width, height in ((1024, 768), (1920, 1080), (700, 520)):
        window.resize(width, height)
        for tab in (ACCOUNT, PAY, PAYOUTS, CARD, TERMS):
            screen.turn(tab)
            QApplication.processEvents()
            assert window.width() == width


def test_a_long_account_is_read_beside_the_screen_and_paid_by_the_same_keys(
    window: Window, screen: SellersScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    statements, gate = window.till.statements, threading.Event()
    read, readers = statements.open_account, []

    def slowly(seller_id: int, *args: Any, **more: Any) -> Any:
        readers.append(threading.current_thread())
        if not args:  # Not the payout's own reading, within its transaction.
            assert gate.wait(15)
        return read(seller_id, *args, **more)

    monkeypatch.setattr(statements, "open_account", slowly)
    monkeypatch.setattr("pos.ui.sellers.payout.LONG", 1)
    keys = find(window, "lmb")
    keys.press(Qt.Key.Key_F12)
    page, work = screen.payout, screen.payout.payout
    assert (work.reading, work.lines) == (True, ())
    assert page._empty.text() == "Membaca rekening…"
    assert focus() is page.table.list
    keys.press(Qt.Key.Key_F12)
    assert not work.busy, "what is not there yet can't be paid"
    gate.set()
    wait_for(lambda: not work.reading, "the account")
    assert threading.main_thread() not in readers
    assert (len(page.table.lines), work.amount) == (2, 56_000)
    assert focus() is page.table.list
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Space)
    wait_for(lambda: work.amount == 28_000, "the line left out")
    count = len(readers)
    assert count == 1, "ticks and periods choose from what was read"
    keys.press(Qt.Key.Key_F12)
    wait_for(lambda: work.paid is not None, "the payout")
    assert work.paid is not None
    assert work.paid.amount == 28_000
    assert focus() is page.slip


def test_of_two_long_accounts_only_the_one_in_view_is_shown(
    window: Window, screen: SellersScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    sell(window.till, "DKR-2041")
    statements, gate = window.till.statements, threading.Event()
    read = statements.open_account
    lmb, sri = seller(window.till, "LMB"), seller(window.till, "SRI")

    def slowly(seller_id: int) -> Any:
        assert seller_id != lmb or gate.wait(15)
        return read(seller_id)

    monkeypatch.setattr(statements, "open_account", slowly)
    monkeypatch.setattr("pos.ui.sellers.payout.LONG", 0)
    work = screen.payout.payout
    work.open(lmb)
    work.open(sri)
    wait_for(lambda: not work.reading, "the second account")
    gate.set()
    window.desk.run_aside(lambda: None)
    QTest.qWait(50)
    assert work.account is not None
    assert work.account.seller_id == sri
    assert work.amount == 148_000


def test_a_long_list_of_open_lines_grows_as_it_is_scrolled(
    window: Window, screen: SellersScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.ui.sellers.payout_page._MORE", 1)
    find(window, "lmb").press(Qt.Key.Key_F12)
    page = screen.payout
    page._most = 1
    page.show_work()
    assert len(page.table.lines) == 1
    assert page.payout.amount == 56_000, "what is paid is all of it"
    page.table.near_end.emit()
    assert len(page.table.lines) == 2
