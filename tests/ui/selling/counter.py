"""The selling screen in the real window, for tests that drive it by keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.ui.selling.screen import SellingScreen
from pos.ui.window import Window
from tests.support import kasir_of
from tests.ui.support import Keyboard

ENTER = Qt.Key.Key_Return


class Counter:
    """The window with Rina signed in."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.till = window.till
        window.desk.sign_in(kasir_of(self.till))
        screen = window.current
        assert isinstance(screen, SellingScreen)
        self.screen = screen
        self.keys = Keyboard(window.windowHandle())
        assert screen.search.input.hasFocus()

    def enter(self) -> None:
        self.keys.key(ENTER, "\r")

    @property
    def codes(self) -> list[tuple[int, str]]:
        return [(line.qty, line.item.code) for line in self.screen.presenter.cart.lines]

    def shows(self, kind: type[QWidget]) -> bool:
        """Whether the panel in view is of this kind."""
        return isinstance(self.panel, kind)

    @property
    def panel(self) -> QWidget | None:
        return self.screen.side.currentWidget()
