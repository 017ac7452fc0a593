"""The picture of a cash move's slip, large."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from pos.events import Counted
from pos.services.pictures import SLIP_SIZE, add_picture
from pos.ui.closing.page import DayPage
from pos.ui.closing.screen import ClosingScreen
from pos.ui.window import Window
from tests.support import kasir_of, make_till
from tests.ui.support import Keyboard, wait_for, window_on

FLOAT = (Counted(100_000, coin=False, pieces=1),)


@pytest.fixture
def window(qapp: object, tmp_path: Path) -> Iterator[Window]:
    with window_on(make_till(tmp_path)) as made:
        yield made


@pytest.fixture
def keys(window: Window) -> Keyboard:
    return Keyboard(window.windowHandle())


def test_the_picture_of_a_slip_opens_large(window: Window, keys: Keyboard, tmp_path: Path) -> None:
    """By key, by finger; all of it, and back by Esc, by Enter or with the screen."""
    till = window.till
    till.shifts.open(FLOAT, brought=100_000, session=kasir_of(till))
    for name, colour in (("a.png", "red"), ("b.png", "blue")):
        Image.new("RGB", (300, 900), colour).save(tmp_path / name)
        kept = add_picture(till.folder, tmp_path / name, SLIP_SIZE, colours=64)
        till.shifts.move("out", 1_000, name, picture=kept, session=kasir_of(till))
    window.desk.sign_in(kasir_of(till))
    window.desk.navigate.emit("closing")
    screen = window.current
    assert isinstance(screen, ClosingScreen)
    page = screen.pages["day"]
    assert isinstance(page, DayPage)
    newest, first = page.moved.thumbs
    whole = screen.picture.whole

    def shown(colour: str) -> bool:
        image = whole.image
        if not whole.isVisible() or image is None:
            return False
        assert (image.width(), image.height()) == (300, 900)
        grabbed = whole.grab().toImage()
        # The middle of it from top to bottom: nothing is cut off.
        heights = [
            y
            for y in range(grabbed.height())
            if grabbed.pixelColor(grabbed.width() // 2, y).name() == QColor(colour).name()
        ]
        return len(heights) > whole.height() - 30

    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    wait_for(lambda: shown("red"), "the first picture")
    assert not screen.left_card.isVisible()
    assert not screen.right.isVisible()
    keys.press(Qt.Key.Key_Escape)
    wait_for(lambda: not whole.isVisible(), "the day again")
    assert screen.left_card.isVisible()
    assert screen.presenter.state.step == "day"
    newest.setFocus(Qt.FocusReason.TabFocusReason)
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: shown("blue"), "the second picture")
    keys.press(Qt.Key.Key_Return)
    wait_for(lambda: not whole.isVisible(), "the day again")
    screen.presenter.view_picture("there-is-none.webp", "M-000001")
    wait_for(whole.isVisible, "the page")
    assert whole.image is not None
    assert whole.image.isNull()
    keys.press(Qt.Key.Key_F4)
    wait_for(lambda: not whole.isVisible(), "the form")
    assert screen.moving.isVisible()
