"""What a screenshot has to work with: the window, and a few moves on it."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.clock import DEFAULT_ZONE, to_ms
from pos.services.staff import Session
from pos.ui.selling.screen import SellingScreen
from pos.ui.window import Window

MOMENT = dt.datetime(2026, 11, 22, 14, 7, tzinfo=ZoneInfo(DEFAULT_ZONE))
"""When all pictures were taken, so that drawing them anew changes only what has changed."""
Play = Callable[["Stage"], None]


@dataclass(frozen=True)
class Shot:
    """A state to be drawn; `document` names the look that goes into docs/screenshots."""

    play: Play
    document: str = ""


SHOTS: dict[str, Shot] = {}


def shot(name: str, document: str = "") -> Callable[[Play], Play]:
    """Put a function into the list of shots."""

    def register(play: Play) -> Play:
        SHOTS[name] = Shot(play, document)
        return play

    return register


class StillClock:
    """A clock that stands still for people, and goes on for the program's own waits."""

    def now_ms(self) -> int:
        """See Clock."""
        return to_ms(MOMENT)

    def monotonic(self) -> float:
        """See Clock."""
        return time.monotonic()


class Stage:
    """The window at the gate; moves are in the order of a till's day."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.desk = window.desk
        self.till = window.till

    def settle(self) -> None:
        """Let everything that is under way end: the worker, pictures, timers of a moment."""
        for _round in range(4):
            self.till.worker.submit(lambda: None).result(timeout=30)
            QTest.qWait(60)
            QCoreApplication.processEvents()
        screen = self.window.current
        if isinstance(screen, SellingScreen):
            deadline = time.monotonic() + 10
            while screen.tiles.pictures.busy and time.monotonic() < deadline:
                QTest.qWait(20)

    def sign_in(self, role: str = "kasir") -> None:
        """The first person of a role is at the till, without a PIN."""
        tile = next(tile for tile in self.till.staff.tiles() if tile.role == role)
        self.desk.sign_in(Session(tile.staff_id, tile.name, tile.role))
        self.settle()

    def go(self, screen: str) -> None:
        """Show a screen."""
        self.desk.navigate.emit(screen)
        self.settle()

    @property
    def selling(self) -> SellingScreen:
        """The selling screen, in view."""
        screen = self.window.shop.current
        if not isinstance(screen, SellingScreen):
            raise TypeError("another screen is in view")
        return screen

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """A key to whatever has the focus."""
        focus = QApplication.focusWidget() or self.window
        QTest.keyClick(focus, key, modifier)
        self.settle()

    def type(self, text: str) -> None:
        """Characters to whatever has the focus, as a person types them."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.settle()
