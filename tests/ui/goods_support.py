"""The goods screen in a real window, by keys."""

from PySide6.QtCore import Qt

from pos.services.staff import Session
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.screen import GoodsScreen
from pos.ui.window import Window
from tests.ui.support import Keyboard


def open_goods(
    window: Window, session: Session, section: int = 1
) -> tuple[GoodsScreen, GoodsPage, Keyboard]:
    """Signed in, on the section of Alt+`section`."""
    window.desk.sign_in(session)
    handle = window.windowHandle()
    assert handle is not None
    keys = Keyboard(handle)
    keys.key(Qt.Key.Key_2, modifiers=Qt.KeyboardModifier.ControlModifier)
    screen = window.current
    assert isinstance(screen, GoodsScreen)
    if section > 1:
        keys.key(Qt.Key.Key_0 + section, modifiers=Qt.KeyboardModifier.AltModifier)
        assert screen.current == section - 1
    return screen, screen.page, keys


def enter(keys: Keyboard) -> None:
    """Enter."""
    keys.key(Qt.Key.Key_Return, "\r")
