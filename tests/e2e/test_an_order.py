"""An order through the real window by keys only: deposit, slip twice, made, handed over, restart."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos.config import book_path
from pos.models.verify import verify
from pos.services.printing import PrinterChoice
from pos.services.till import Till
from pos.ui.orders.screen import OrdersScreen
from pos.ui.window import Window
from tests.receipts.decoder import decode_job
from tests.support import KASIR_PIN, FakeClock, make_till
from tests.ui.support import Keyboard, settle, wait_for, window_on

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """The file that stands in for a printer's device."""
    paper = tmp_path / "lp0"
    paper.touch()
    return paper


def sign_in(window: Window, keys: Keyboard) -> OrdersScreen:
    """Rina's first letter, her PIN, Enter, and Ctrl+4 to the orders."""
    keys.type("r")
    keys.type(KASIR_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: window.desk.session is not None, "the sign-in")
    keys.press(Qt.Key.Key_4, CTRL)
    wait_for(lambda: isinstance(window.shop.current, OrdersScreen), "the orders")
    screen = window.shop.current
    assert isinstance(screen, OrdersScreen)
    return screen


def type_into(keys: Keyboard, field: object, text: str) -> None:
    """Type where the focus has just come to, and go on with Enter."""
    wait_for(lambda: QApplication.focusWidget() is field, text)
    keys.type(text)
    keys.press(Qt.Key.Key_Return)


def take(screen: OrdersScreen, keys: Keyboard) -> None:
    """Ibu Wati orders a kebaya for 500.000 and pays 200.000 of it ahead."""
    form = screen.take
    keys.press(Qt.Key.Key_F7)
    type_into(keys, form.customer, "Ibu Wati")
    type_into(keys, form.phone, "081234567890")
    type_into(keys, form.seller, "krt")
    type_into(keys, form.what, "Kebaya ungu")
    type_into(keys, form.price, "500000")
    type_into(keys, form.details[0], "M")
    type_into(keys, form.details[1], "ungu")
    type_into(keys, form.deposit, "200000")
    wait_for(lambda: screen.right.currentWidget() is screen.payment, "the payment")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: screen.right.currentWidget() is screen.done, "the deposit")
    keys.press(Qt.Key.Key_Escape)
    wait_for(lambda: screen.right.currentWidget() is screen.page, "the order")


def test_from_a_wish_to_a_kebaya(tmp_path: Path, printed: Path) -> None:
    till = make_till(tmp_path)
    till.printing.set_choice(PrinterChoice(address=f"file:{printed}"))
    till.start_printing()
    with window_on(till) as window:
        keys = Keyboard(window.windowHandle())
        screen = sign_in(window, keys)
        take(screen, keys)
        wait_for(lambda: printed.read_bytes().count(b"PS-DKR-000001") == 2, "both slips")
        wait_for(lambda: till.printing.state().waiting == 0, "an empty queue")
        settle(till)
        slip = decode_job(printed.read_bytes())
        printed.write_bytes(b"")
        for _step in range(3):
            before = screen.card.shown.state
            keys.press(Qt.Key.Key_F8)
            wait_for(lambda before=before: screen.card.shown.state != before, "the next step")  # type: ignore[misc]  # bound now
        assert screen.card.shown.state == "ready"
        keys.press(Qt.Key.Key_F12)
        wait_for(lambda: screen.right.currentWidget() is screen.payment, "the rest")
        keys.type("350000")
        keys.press(Qt.Key.Key_Return)
        wait_for(lambda: screen.right.currentWidget() is screen.done, "the hand-over")
        wait_for(lambda: b"DKR-000001" in printed.read_bytes(), "the receipt")
        wait_for(lambda: till.printing.state().waiting == 0, "an empty queue")
        settle(till)
    assert slip.cuts == 2
    assert slip.qr() == ["TITIP|PS-DKR-000001|1"] * 2
    for words in ("Kebaya ungu", "500.000", "200.000", "300.000", "Ukuran: M"):
        assert slip.text.count(words) >= 2, words
    receipt = decode_job(printed.read_bytes()).text
    for words in ("PS-DKR-000001", "Kebaya ungu", "500.000", "200.000", "350.000", "50.000"):
        assert words in receipt, words
    assert_after_restart(tmp_path)


def assert_after_restart(tmp_path: Path) -> None:
    """A new start finds the order handed over, the maker's share due, the book whole."""
    till = Till.open(tmp_path / "data", clock=FakeClock(), cheap_pins=True)
    with window_on(till) as window:
        keys = Keyboard(window.windowHandle())
        screen = sign_in(window, keys)
        assert screen.board.rows == ()
        keys.scan("TITIP|PS-DKR-000001|1")
        wait_for(lambda: screen.card.order is not None, "the order")
        assert screen.card.shown.state == "handed"
        assert till.statements.due(screen.card.shown.seller_id) == 425_000
    report = verify(book_path(tmp_path / "data"))
    assert report.ok, report
