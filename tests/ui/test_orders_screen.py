"""The orders' screen by keys, in the real window."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos.config import book_path
from pos.models.verify import verify
from pos.ui.orders.screen import OrdersScreen
from pos.ui.window import Window
from tests.support import kasir_of
from tests.ui.support import Keyboard, open_window, wait_for

ALT = Qt.KeyboardModifier.AltModifier
TAB = Qt.Key.Key_Tab


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        made.desk.sign_in(kasir_of(made.till))
        yield made


@pytest.fixture
def screen(window: Window) -> OrdersScreen:
    window.desk.navigate.emit("orders")
    found = window.shop.current
    assert isinstance(found, OrdersScreen)
    return found


def keys_of(window: Window) -> Keyboard:
    handle = window.windowHandle()
    assert handle is not None
    return Keyboard(handle)


def focus() -> object:
    return QApplication.focusWidget()


def reached(screen: OrdersScreen, state: str) -> bool:
    return screen.card.shown.state == state


def fill(screen: OrdersScreen, keys: Keyboard) -> None:
    """Ibu Wati orders a kebaya of Kartini Busana: 500.000, 200.000 ahead."""
    take = screen.take
    keys.press(Qt.Key.Key_F7)
    wait_for(lambda: focus() is take.customer, "the form")
    keys.type("Ibu Wati")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: focus() is take.phone, "the number")
    keys.type("081234567890")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: focus() is take.seller, "who makes it")
    keys.type("krt")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: focus() is take.what, "what is made")
    keys.type("Kebaya ungu")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: focus() is take.price, "the price")
    keys.type("500000")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: focus() is take.details[0], "the size")
    keys.type("M")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: focus() is take.deposit, "the deposit")
    keys.type("200000")
    wait_for(lambda: take.take.draft.deposit == 200_000, "the amount")


def test_an_order_is_taken_made_and_handed_over_by_keys(
    window: Window, screen: OrdersScreen
) -> None:
    keys = keys_of(window)
    fill(screen, keys)
    keys.press(Qt.Key.Key_F9)
    wait_for(lambda: screen.right.currentWidget() is screen.payment, "the payment")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: screen.right.currentWidget() is screen.done, "the end of the payment")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: screen.right.currentWidget() is screen.page, "the order")
    order = screen.card.shown
    assert (order.customer.name, order.deposit, order.rest) == ("Ibu Wati", 200_000, 300_000)
    assert [(one.name, one.value) for one in order.lines[0].fields] == [("Ukuran", "M")]
    steps: tuple[str, ...] = ("confirmed", "making", "ready")
    for state in steps:
        keys.press(Qt.Key.Key_F8)
        wait_for(partial(reached, screen, state), state)
    keys.press(Qt.Key.Key_F12)
    wait_for(lambda: screen.right.currentWidget() is screen.payment, "the rest")
    keys.type("350000")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: screen.right.currentWidget() is screen.done, "the hand-over")
    assert screen.card.shown.state == "handed"
    assert window.till.statements.due(order.seller_id) == 425_000
    assert screen.board.rows == ()
    assert verify(book_path(window.till.folder)).ok
