"""The customer's QRIS code on the selling screen, read off the window by another's reader."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, Qt

from pos.qris import parse_qris, with_amount
from pos.ui.selling.screen import SellingScreen
from pos.ui.window import Window
from tests.receipts.symbols import read_all
from tests.support import kasir_of, manager_of
from tests.ui.support import Keyboard, settle, wait_for
from tests.ui.test_settings import qris

ALT = Qt.KeyboardModifier.AltModifier


class Payer:
    """The window with a cart of Rp 35.000 in the middle of its payment."""

    def __init__(self, window: Window) -> None:
        self.window = window
        manager = manager_of(window.till)
        window.till.settings.set_setting("qris", qris(), by=manager.staff_id)
        window.desk.sign_in(kasir_of(window.till))
        screen = window.current
        assert isinstance(screen, SellingScreen)
        self.screen = screen
        self.keys = Keyboard(window.windowHandle())
        self.keys.type("DKR-1187")
        self.keys.key(Qt.Key.Key_Return, "\r")
        self.keys.key(Qt.Key.Key_F12)

    def codes(self) -> list[str]:
        """What a telephone would read off the window."""
        settle(self.window.till)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.window.grab().save(buffer, "PNG")
        return [one.text for one in read_all(Image.open(io.BytesIO(buffer.data().data())))]


@pytest.fixture
def payer(window: Window) -> Payer:
    return Payer(window)


def test_the_code_stands_large_in_the_place_of_the_goods(payer: Payer) -> None:
    assert payer.screen.tiles.isVisible()
    assert payer.codes() == []
    payer.keys.key(Qt.Key.Key_2, modifiers=ALT)
    assert not payer.screen.tiles.isVisible()
    assert payer.codes() == [qris()]
    payer.keys.key(Qt.Key.Key_1, modifiers=ALT)
    assert payer.screen.tiles.isVisible()
    payer.keys.key(Qt.Key.Key_2, modifiers=ALT)
    payer.keys.key(Qt.Key.Key_Escape)
    assert payer.screen.tiles.isVisible()
    assert payer.codes() == []


@pytest.mark.parametrize("dark", [False, True])
def test_a_small_window_keeps_it_in_the_panel(payer: Payer, *, dark: bool) -> None:
    from pos.ui import theme

    theme.apply("dark" if dark else "light")
    try:
        payer.window.resize(683, 512)
        QCoreApplication.processEvents()
        payer.keys.key(Qt.Key.Key_2, modifiers=ALT)
        assert payer.screen.tiles.isVisible()
        assert payer.codes() == [qris()]
        payer.window.resize(1366, 768)
        wait_for(lambda: not payer.screen.tiles.isVisible(), "room for the large code")
        assert payer.codes() == [qris()]
    finally:
        theme.apply("light")


def test_the_amount_is_filled_in_where_the_manager_wants_it(payer: Payer) -> None:
    payer.window.till.settings.set_preference("qris_amount", "1")
    payer.keys.key(Qt.Key.Key_2, modifiers=ALT)
    assert payer.codes() == [with_amount(qris(), 35_000)]
    payer.keys.type("20000")
    # The last key may still be held: it might begin a scan.
    wait_for(lambda: payer.codes() == [with_amount(qris(), 20_000)], "the other amount")
    assert parse_qris(with_amount(qris(), 20_000)).has_amount


def test_it_goes_with_the_payment(payer: Payer) -> None:
    payer.keys.key(Qt.Key.Key_2, modifiers=ALT)
    payer.keys.key(Qt.Key.Key_Return, "\r")
    wait_for(payer.screen.tiles.isVisible, "the goods after the sale")
    assert payer.codes() == []


def test_a_lock_hides_it_and_it_is_back_after(payer: Payer) -> None:
    payer.keys.key(Qt.Key.Key_2, modifiers=ALT)
    payer.window.desk.sign_out()
    assert payer.codes() == []
    payer.window.desk.sign_in(kasir_of(payer.window.till))
    assert payer.codes() == [qris()]
