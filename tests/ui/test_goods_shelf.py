"""The shelf and withdrawals, on a real till."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.ui.goods.shelf_page import ShelfPage
from pos.ui.goods.withdrawal_page import WithdrawalPage
from pos.ui.window import Window
from tests.support import MANAGER_PIN, kasir_of, manager_of
from tests.ui.goods_support import enter, open_goods
from tests.ui.support import Keyboard, open_window, settle, wait_for


@pytest.fixture
def window(qapp: object, tmp_path: Path) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        yield made


def shelf(window: Window, *, manager: bool = False) -> tuple[ShelfPage, Keyboard]:
    who = manager_of(window.till) if manager else kasir_of(window.till)
    _screen, page, keys = open_goods(window, who, 2)
    assert isinstance(page, ShelfPage)
    return page, keys


def on_hand(window: Window, code: str) -> int:
    return next((r.on_hand for r in window.till.stock.on_shelf() if r.code == code), 0)


def test_typing_finds_and_enter_shows_the_history(window: Window) -> None:
    page, keys = shelf(window)
    assert len(page.list.rows) == 4, "what is made to order is not on the shelf"
    keys.type("bros")
    assert [row.title for row in page.list.rows] == ["Bros bunga kain perca"]
    enter(keys)
    work = page._shelf
    assert work.item is not None
    assert work.item.code == "DKR-1187"
    assert [(move.kind, move.qty, move.left) for move in work.moves] == [("intake", 12, 12)]
    assert [row.right for row in page.item.moves.rows] == ["+12"]
    page.search.setFocus()
    keys.type("zzz")
    assert not page.list.isVisible()


def test_the_card_is_changed_and_mistakes_are_said(window: Window) -> None:
    page, keys = shelf(window)
    keys.scan("DKR-1187")
    page.item.buttons["edit"].click()
    assert page.card.price.hasFocus()
    keys.type("40000")
    keys.key(Qt.Key.Key_Tab)
    keys.key(Qt.Key.Key_Tab)
    assert page.card.return_by.hasFocus()
    keys.type("1/1/2020")
    keys.key(Qt.Key.Key_F9)
    assert page.card.fields["return_by"].error
    page.card.return_by.selectAll()
    keys.type("31/12/2026")
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: page._shelf.mode == "detail", "the card")
    item = page._shelf.item
    assert item is not None
    assert (item.price, str(item.return_by)) == (40_000, "2026-12-31")
    page.item.buttons["edit"].click()
    keys.key(Qt.Key.Key_Escape)
    assert page._shelf.mode == "detail"


def test_a_loss_needs_a_manager_in_place_and_prints_its_paper(window: Window) -> None:
    page, keys = shelf(window)
    keys.scan("DKR-1187")
    page.item.buttons["lose"].click()
    assert page.loss.qty.hasFocus()
    keys.type("99")
    enter(keys)
    keys.type("jatuh")
    enter(keys)
    screen = window.current
    wait_for(screen.approval.isVisible, "the PIN panel")  # type: ignore[union-attr]
    keys.type(MANAGER_PIN)
    enter(keys)
    wait_for(lambda: bool(page.loss.fields["qty"].error), "the refusal")
    page.loss.qty.setFocus()
    page.loss.qty.selectAll()
    keys.type("2")
    keys.key(Qt.Key.Key_F9)
    wait_for(screen.approval.isVisible, "the PIN panel")  # type: ignore[union-attr]
    keys.type(MANAGER_PIN)
    enter(keys)
    wait_for(lambda: on_hand(window, "DKR-1187") == 10, "the loss")
    settle(window.till)
    assert [job.title for job in window.till.printing.jobs()] == ["H-000001"]


def test_a_manager_sets_the_count_right_without_a_pin(window: Window) -> None:
    page, keys = shelf(window, manager=True)
    keys.scan("DKR-1187")
    page.item.buttons["correct"].click()
    keys.type("15")
    enter(keys)
    enter(keys)
    wait_for(lambda: bool(page.correction.fields["reason"].error), "no reason")
    keys.type("salah hitung")
    enter(keys)
    wait_for(lambda: on_hand(window, "DKR-1187") == 15, "the correction")


def test_goods_go_back_with_keys_alone(window: Window) -> None:
    _screen, page, keys = open_goods(window, kasir_of(window.till), 3)
    assert isinstance(page, WithdrawalPage)
    work = page._back
    keys.scan("DKR-1187")
    keys.scan("DKR-1187")
    assert work.seller is not None
    assert work.seller.code == "LMB"
    assert [(line.code, line.qty) for line in work.lines] == [("DKR-1187", 2)]
    keys.scan("DKR-2041")
    assert page.fields["item"].error, "another seller's"
    page.reason.button("online").click()
    page.qty.setFocus()
    page.qty.selectAll()
    keys.type("99")
    enter(keys)
    assert page.fields["qty"].error
    page.qty.selectAll()
    keys.type("5")
    enter(keys)
    assert page.online.hasFocus()
    keys.type("30000")
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: work.done is not None, "the slip")
    slip = work.done
    assert slip is not None
    assert (slip.reason, slip.channel) == ("online", "shopee")
    assert [(line.qty, line.online_price) for line in slip.lines] == [(5, 30_000)]
    assert on_hand(window, "DKR-1187") == 7
    keys.key(Qt.Key.Key_Escape)
    assert work.done is None
    assert page.seller.hasFocus()


def test_from_the_shelf_to_the_withdrawal(window: Window) -> None:
    page, keys = shelf(window)
    keys.scan("DKR-3001")
    page.item.buttons["withdraw"].click()
    screen = window.current
    there = screen.page  # type: ignore[union-attr]  # the goods screen
    assert isinstance(there, WithdrawalPage)
    assert [line.code for line in there._back.lines] == ["DKR-3001"]
