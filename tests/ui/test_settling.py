"""What two tills left of an order is found in the list of other stands, and settled in the order."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos.services.till import Till
from pos.tender import Tender
from pos.ui.orders.screen import OrdersScreen
from pos.ui.others.screen import OthersScreen
from pos.ui.others.stands_page import StandsPage
from pos.ui.window import Window
from tests.boxes_support import give, plan_bazaar, start_from
from tests.order_support import order, taken
from tests.support import MANAGER_PIN, FakeClock, kasir_of, manager_of
from tests.ui.support import Keyboard, open_window, settle, wait_for


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        yield made


def two_tills(home: Till, folder: Path, *, paid: bool) -> int:
    """An order that home cancelled; the bazaar took more money for it, or gave the deposit back, too."""
    stand = plan_bazaar(home)
    order_id = taken(home, manager_of(home))
    box = folder / "first.titipbox"
    home.boxes.write(box)
    bazaar = start_from(box, folder / "bazaar", stand, clock=FakeClock(), code="BZR1")
    try:
        for till in (home,) if paid else (home, bazaar):
            till.office.order_endings.cancel(
                order_id, by="customer", reason="pindah", rule="returned", session=manager_of(till)
            )
        if paid:
            cash = (Tender("cash", 100_000),)
            bazaar.office.orders.pay(order_id, 100_000, cash, session=manager_of(bazaar))
        give(bazaar, home, folder)
    finally:
        bazaar.close()
    return order_id


def from_the_list(window: Window) -> OrdersScreen:
    """By the button in the list of what is to be settled."""
    window.desk.navigate.emit("others")
    others = window.shop.current
    assert isinstance(others, OthersScreen)
    others.open(0)
    page = others.page
    assert isinstance(page, StandsPage)
    assert page.show_paper.isVisible()
    assert not page.settle.isVisible()
    page.show_paper.click()
    screen = window.shop.current
    assert isinstance(screen, OrdersScreen)
    return screen


def test_money_that_is_left_goes_back_with_a_managers_pin(window: Window, tmp_path: Path) -> None:
    till = window.till
    order_id = two_tills(till, tmp_path, paid=True)
    window.desk.sign_in(kasir_of(till))
    screen = from_the_list(window)
    handle = window.windowHandle()
    assert handle is not None
    keys = Keyboard(handle)
    form = screen.forms["settle"]
    assert screen.card.shown.order_id == order_id
    screen.page.forms["settle"].click()
    wait_for(lambda: screen.right.currentWidget() is form, "the form")
    assert "100.000" in form.says.text()
    wait_for(lambda: QApplication.focusWidget() is form.fields["reason"].input, "the reason")
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: bool(form.fields["reason"].error), "a word about the reason")
    keys.type("dibayar di bazar")
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: bool(screen.gate.asking), "the question for a PIN")
    keys.type(MANAGER_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: not screen.card.shown.unsettled, "the end")
    settle(till)
    assert order(till, order_id).deposit == 0
    assert not screen.page.forms["settle"].isVisible()
    assert not screen.board.open


def test_the_customer_pays_what_went_back_twice(window: Window, tmp_path: Path) -> None:
    till = window.till
    order_id = two_tills(till, tmp_path, paid=False)
    window.desk.sign_in(manager_of(till))
    screen = from_the_list(window)
    handle = window.windowHandle()
    assert handle is not None
    keys = Keyboard(handle)
    screen.page.forms["settle"].click()
    form = screen.forms["settle"]
    wait_for(lambda: screen.right.currentWidget() is form, "the form")
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: screen.right.currentWidget() is screen.payment, "the payment")
    keys.type("200000")
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: screen.right.currentWidget() is screen.done, "the end")
    settle(till)
    assert order(till, order_id).deposit == 0
