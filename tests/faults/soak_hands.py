"""The robot's hands at the window's keyboard."""

import time
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest

from pos.app import _catch_everything, make_application
from pos.services.till import Till
from pos.ui import theme
from pos.ui.selling.done_panel import DonePanel
from pos.ui.window import Window
from tests.faults.pauses import waited
from tests.support import MANAGER_PIN
from tests.ui.support import Keyboard, settle

_TICK_MS = 10
_PATIENCE = 60.0
_PLACES = ("receipts", "sellers", "goods", "closing", "selling")


class Hands:
    """The window, opened on a till, and what a cashier's fingers do at it."""

    def __init__(self, till: Till, stalls: list[float] | None) -> None:
        self.till = till
        self.stalls = stalls
        self.message = ""

    def __enter__(self) -> "Hands":
        make_application(["titip"])
        theme.apply("light")
        self.window = Window(self.till)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        self.keys = Keyboard(self.window.windowHandle())
        _catch_everything(self.window.reporter)
        self._last, self._waited = time.monotonic(), waited()
        self._timer = QTimer()
        self._timer.timeout.connect(self._ticked)
        if self.stalls is not None:
            self._timer.start(_TICK_MS)
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.stop()
        self.window.close()
        settle(self.till)
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _ticked(self) -> None:
        """What the event loop was late by: nobody could have typed meanwhile.

        Less what the program's threads waited for a processor that others had.
        """
        now, by_now = time.monotonic(), waited()
        assert self.stalls is not None
        late = now - self._last - _TICK_MS / 1000 - (by_now - self._waited)
        self.stalls.append(max(0.0, late))
        self._last, self._waited = now, by_now

    @property
    def screen(self) -> Any:
        """The screen in view."""
        return self.window.current

    @property
    def bug_shown(self) -> bool:
        """Whether the one window for bugs has opened."""
        return self.window.reporter.is_open

    def wait_until(self, moment: float) -> None:
        """The next customer comes then."""
        while time.monotonic() < moment:
            QTest.qWait(max(1, min(50, int(1000 * (moment - time.monotonic())))))

    def _wait(self, condition: Any, what: str) -> None:
        ends = time.monotonic() + _PATIENCE
        while not condition():
            if time.monotonic() > ends:
                raise AssertionError(f"waited in vain for {what}")
            QTest.qWait(5)

    def sign_in(self) -> None:
        """Sari's letter, her PIN, Enter."""
        self.keys.type("s")
        self.keys.type(MANAGER_PIN)
        self.keys.key(Qt.Key.Key_Return, "\r")
        self._wait(lambda: self.window.desk.session is not None, "the sign-in")

    def lock_and_sign_in(self) -> None:
        """A break."""
        self.keys.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        self._wait(lambda: self.window.desk.session is None, "the lock")
        self.sign_in()

    def look_around(self) -> None:
        """All screens that a day needs, and back."""
        for place in _PLACES:
            self.window.desk.navigate.emit(place)
            QTest.qWait(30)

    def ring_up(self, codes: list[str]) -> None:
        """Scan these."""
        for code in codes:
            self.keys.scan(code)
        pieces = sum(line.qty for line in self.screen.presenter.cart.lines)
        assert pieces == len(codes), (codes, pieces, self.screen.notice.text)

    def hold_and_resume(self) -> None:
        """Another customer goes first, and is gone."""
        lines = len(self.screen.presenter.cart.lines)
        holding = self.screen.presenter.holding
        holding.hold("robot")
        self._wait(lambda: not self.screen.presenter.cart.lines, "an empty cart")
        carts = self.till.carts.held()
        holding.resume(carts[-1].cart_id, lambda: None)
        self._wait(lambda: len(self.screen.presenter.cart.lines) == lines, "the held cart")

    def begin_payment(self) -> None:
        """F12."""
        self.keys.press(Qt.Key.Key_F12)
        self._wait(lambda: hasattr(self.screen.side.currentWidget(), "amount"), "the payment")

    def finish_payment(self) -> str | None:
        """Enter: the receipt's number, or None when it was refused; `message` says why."""
        panel: Any = self.screen.side.currentWidget()
        self.keys.key(Qt.Key.Key_Return, "\r")
        paying = panel._presenter
        side = self.screen.side

        def over() -> bool:
            return isinstance(side.currentWidget(), DonePanel) or (
                bool(paying.message) and not paying.busy
            )

        self._wait(over, "the end of the sale")
        shown = side.currentWidget()
        if isinstance(shown, DonePanel):
            return shown._number.text_in_full()
        self.message = paying.message
        return None

    def give_up(self) -> None:
        """Back to an empty cart."""
        self.keys.press(Qt.Key.Key_Escape)
        self.screen.presenter.clear()
