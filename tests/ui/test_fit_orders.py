"""Orders in windows of all sizes: nothing sticks out, a finger hits every button."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.i18n import set_language
from pos.services.orders import NewPiece
from pos.ui.orders.card_page import ADVANCE, CANCEL, CHANGE
from pos.ui.orders.screen import OrdersScreen
from pos.ui.window import Window
from tests.order_support import taken
from tests.support import kasir_of
from tests.ui.support import open_window, settle
from tests.ui.test_fit import LONG, SIZES, faults


@pytest.fixture
def window(tmp_path: Path, qapp: object) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        made.desk.sign_in(kasir_of(made.till))
        yield made


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", ["id", "en"])
def test_orders_fit(window: Window, width: int, height: int, language: str) -> None:
    set_language(language)
    pieces = (NewPiece(LONG, 3, 1_000_000), NewPiece("Tas", 1, 85_000))
    order_id = taken(window.till, kasir_of(window.till), customer=LONG, pieces=pieces, note=LONG)
    window.resize(width, height)
    window.desk.navigate.emit("orders")
    screen = window.shop.current
    assert isinstance(screen, OrdersScreen)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        settle(window.till)
        found[name] = faults(window, screen)

    look("board")
    screen.open(order_id)
    look("order")
    for form in (CHANGE, ADVANCE, CANCEL):
        screen.ask(form)
        look(form)
    screen.show_message()
    look("message")
    screen.begin()
    look("form")
    screen.open(order_id)
    screen.hand_over()
    look("payment")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
