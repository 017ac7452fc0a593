"""The whole way of a sale through the real window by keys only, then its paper, then a restart."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.config import book_path
from pos.models.verify import verify
from pos.services.printing import PrinterChoice
from pos.services.till import Till
from pos.ui.selling.done_panel import DonePanel
from pos.ui.selling.screen import SellingScreen
from pos.ui.window import Window
from tests.receipts.decoder import decode_job
from tests.support import KASIR_PIN, FakeClock, make_till
from tests.ui.support import Keyboard, settle, wait_for, window_on

TOTAL = 185_000 + 2 * 35_000 - 7_000 + 310_000


def sign_in(window: Window, keys: Keyboard) -> SellingScreen:
    """Rina's first letter, her PIN, Enter."""
    keys.type("r")
    keys.type(KASIR_PIN)
    keys.key(Qt.Key.Key_Return, "\r")
    wait_for(lambda: window.desk.session is not None, "the sign-in")
    screen = window.current
    assert isinstance(screen, SellingScreen)
    return screen


def ring_up(screen: SellingScreen, keys: Keyboard) -> None:
    """A bag, two brooches less 10 %, a vase."""
    keys.scan("DKR-2041")
    keys.type("2*", gap=200)
    keys.scan("dkr-1187")
    keys.press(Qt.Key.Key_F3)
    keys.type("10")
    keys.key(Qt.Key.Key_Return, "\r")
    keys.scan("DKR-2210")
    lines = [(line.qty, line.item.code) for line in screen.presenter.cart.lines]
    assert lines == [(1, "DKR-2041"), (2, "DKR-1187"), (1, "DKR-2210")]
    assert screen.presenter.priced.total == TOTAL


@pytest.fixture
def printed(tmp_path: Path) -> Path:
    """The file that stands in for a printer's device."""
    paper = tmp_path / "lp0"
    paper.touch()
    return paper


def till_with_printer(folder: Path, printed: Path) -> Till:
    till = make_till(folder)
    till.printing.set_choice(PrinterChoice(address=f"file:{printed}"))
    till.start_printing()
    return till


def test_from_a_scanned_tag_to_a_printed_receipt(tmp_path: Path, printed: Path) -> None:
    till = till_with_printer(tmp_path, printed)
    with window_on(till) as window:
        keys = Keyboard(window.windowHandle())
        screen = sign_in(window, keys)
        ring_up(screen, keys)
        keys.press(Qt.Key.Key_F12)
        keys.type("600000")
        keys.key(Qt.Key.Key_Return, "\r")
        wait_for(lambda: isinstance(screen.side.currentWidget(), DonePanel), "the end of the sale")
        assert screen.presenter.cart.lines == ()
        wait_for(lambda: b"DKR-000001" in printed.read_bytes(), "the receipt")
        wait_for(lambda: till.printing.state().waiting == 0, "an empty queue")
        settle(till)

    paper = decode_job(printed.read_bytes())
    assert_paper(paper.text)
    assert paper.cuts == 1
    (qr,) = paper.qr()
    assert "DKR-000001" in qr
    assert str(TOTAL) in qr
    assert_after_restart(tmp_path)


def assert_paper(text: str) -> None:
    """The customer's lines, in order, with the figures the screen showed."""
    order = [
        "GALERI DEKRANASDA",
        "DKR-000001",
        "Rina",
        "Tas anyam pandan",
        "185.000",
        "Bros bunga kain perca",
        "35.000",
        "Vas keramik biru",
        "310.000",
        "558.000",
        "600.000",
        "42.000",
    ]
    at = 0
    for words in order:
        found = text.upper().find(words.upper(), at)
        assert found >= 0, f"{words!r} is missing after {text[:at][-80:]!r}"
        at = found
    assert "-7.000" in text


def assert_after_restart(tmp_path: Path) -> None:
    """A new start finds the sale, no open cart, and a book that agrees with its journal."""
    folder = tmp_path / "data"
    till = Till.open(folder, clock=FakeClock(), cheap_pins=True)
    with window_on(till) as window:
        keys = Keyboard(window.windowHandle())
        screen = sign_in(window, keys)
        assert screen.presenter.cart.lines == ()
        keys.scan("DKR-2041")
        assert screen.presenter.cart.lines == ()
        assert "DKR-000001" in screen.notice.text
    report = verify(book_path(folder))
    assert report.ok, report


def test_an_open_cart_survives_a_restart_and_is_not_sold(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    with window_on(till) as window:
        keys = Keyboard(window.windowHandle())
        screen = sign_in(window, keys)
        ring_up(screen, keys)
        screen.presenter.save()
        settle(till)
    again = Till.open(tmp_path / "data", clock=FakeClock(), cheap_pins=True)
    with window_on(again) as window:
        screen = sign_in(window, Keyboard(window.windowHandle()))
        assert screen.presenter.priced.total == TOTAL
        assert again.receipts.unchecked() == ()


def test_locking_keeps_the_cart(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    with window_on(till) as window:
        keys = Keyboard(window.windowHandle())
        screen = sign_in(window, keys)
        ring_up(screen, keys)
        keys.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert window.desk.session is None
        keys.scan("DKR-3001")
        keys.type(KASIR_PIN)
        keys.key(Qt.Key.Key_Return, "\r")
        wait_for(lambda: window.desk.session is not None, "the sign-in")
        assert screen.presenter.priced.total == TOTAL
