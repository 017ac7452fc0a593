"""Helpers for tests of the screens: a direct runner, a real window, keys as a platform sends them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest

from pos.app import make_application
from pos.errors import EnvironmentProblem, UserError
from pos.services.till import Till
from pos.ui import theme
from pos.ui.window import Window
from tests.support import FakeClock, make_till

_PATIENCE_S = 15.0
KEY_MS = 8
"""What a scanner needs for a key."""


def run_now(
    work: Callable[[], Any],
    done: Callable[[Any], None] | None = None,
    refused: Callable[[UserError], None] | None = None,
    problem: Callable[[EnvironmentProblem], None] | None = None,
) -> None:
    """A Runner that works on the spot; what no handler takes is raised."""
    try:
        result = work()
    except UserError as error:
        if refused is None:
            raise
        refused(error)
    except EnvironmentProblem as error:
        if problem is None:
            raise
        problem(error)
    else:
        if done is not None:
            done(result)


@contextmanager
def open_window(folder: Path, *, clock: FakeClock | None = None) -> Iterator[Window]:
    """The real window on the till of make_till, shown, nobody signed in."""
    till = make_till(folder, clock=clock)
    with window_on(till) as window:
        yield window


@contextmanager
def window_on(till: Till) -> Iterator[Window]:
    """The real window on this till; both are closed at the end."""
    make_application(["titip"])
    theme.apply("light")
    window = Window(till)
    window.resize(1366, 768)
    try:
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        yield window
    finally:
        window.close()
        settle(till)
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        till.close()


def settle(till: Till) -> None:
    """Let the worker finish what it was given, and its results arrive."""
    for _round in range(3):
        till.worker.submit(lambda: None).result(timeout=10)
        QCoreApplication.processEvents()


def wait_for(condition: Callable[[], bool], what: str = "it") -> None:
    """Turn the event loop until the condition holds; fails after a long while."""
    deadline = monotonic() + _PATIENCE_S
    while not condition():
        if monotonic() > deadline:
            raise AssertionError(f"waited in vain for {what}")
        QTest.qWait(5)


class Keyboard:
    """Sends keys to a window as a platform does: with the time at which each was typed."""

    def __init__(self, window: QWindow) -> None:
        self._window = window
        self.now = 1_000

    def _send(self, kind: QEvent.Type, key: int, text: str, modifiers: Qt.KeyboardModifier) -> None:
        event = QKeyEvent(kind, key, modifiers, text)
        event.setTimestamp(self.now)
        QCoreApplication.sendEvent(self._window, event)

    def key(
        self,
        key: Qt.Key | int,
        text: str = "",
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        after: int = 120,
    ) -> None:
        """One key, pressed and released, `after` milliseconds after the last one."""
        self.now += after
        self._send(QEvent.Type.KeyPress, int(key), text, modifiers)
        self._send(QEvent.Type.KeyRelease, int(key), text, modifiers)

    def type(self, text: str, *, gap: int = 120) -> None:
        """Characters at this pace."""
        for character in text:
            self.key(ord(character.upper()), character, after=gap)

    def press(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """A key by way of the platform's queue, where shortcuts are recognised."""
        QTest.keyClick(self._window, key, modifiers)

    def scan(self, code: str, *, gap: int = KEY_MS, end: Qt.Key = Qt.Key.Key_Return) -> None:
        """What a scanner types."""
        self.now += 500
        self.type(code, gap=gap)
        self.key(end, "\r" if end == Qt.Key.Key_Return else "\t", after=gap)

    def repeat(self, character: str) -> None:
        """A key that is held down, as the platform repeats it."""
        self.now += 20
        event = QKeyEvent(
            QEvent.Type.KeyPress,
            ord(character.upper()),
            Qt.KeyboardModifier.NoModifier,
            character,
            True,
        )
        event.setTimestamp(self.now)
        QCoreApplication.sendEvent(self._window, event)
