"""The till's own window on a copy of the big book, for what is measured until it is painted."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from pos.app import make_application
from pos.services.till import Till
from pos.ui import theme
from pos.ui.window import Window, start_language
from tests.benchmarks.measure import waited
from tests.benchmarks.stand import copy_book, manager

_ALL_OR_WAIT = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
_BEAT_MS = 5


class Painted(QObject):
    """Knows whether a widget has been painted since it was last asked."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        """Qt's hook."""
        self.seen = self.seen or event.type() == QEvent.Type.Paint
        return False


class Heartbeat(QObject):
    """How long the window at most did not answer: the widest gap between beats of its own timer.

    The time in which other programs had the processors is taken off, also where they held up
    the worker while it held the interpreter.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = self._now()
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin anew."""
        self.gaps = []
        self._last = self._now()
        self._timer.start()

    def stop(self) -> float:
        """The widest gap in seconds."""
        self._beat()
        self._timer.stop()
        return max(self.gaps)

    def _beat(self) -> None:
        now = self._now()
        self.gaps.append(now - self._last)
        self._last = now

    @staticmethod
    def _now() -> float:
        return time.perf_counter() - waited(threads=True)


def until(done: Callable[[], bool], seconds: float = 60) -> None:
    """Turn the window's loop until it is so; asleep in between, as a window is."""
    ends = time.monotonic() + seconds
    alarm = QTimer()
    alarm.setSingleShot(True)
    alarm.start(round(seconds * 1000))
    while not done():
        QApplication.processEvents(_ALL_OR_WAIT)
        if time.monotonic() > ends:
            raise TimeoutError("the screen did not change")


def rest(milliseconds: int) -> None:
    """A pause of real time, in which the window does what it does between two moves."""
    over: list[bool] = []
    QTimer.singleShot(milliseconds, lambda: over.append(True))
    until(lambda: bool(over))


@contextmanager
def open_window(book: Path, folder: Path, prepare: Callable[[Till], None]) -> Iterator[Window]:
    """The window with a manager signed in; `prepare` may change the copy before it opens."""
    app = make_application([])
    till = Till.open(copy_book(book, folder))
    prepare(till)
    start_language(till)
    theme.apply("light")
    window = Window(till)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.desk.sign_in(manager(till))
    rest(1_000)
    gc.freeze()  # as pos.app does
    try:
        yield window
    finally:
        app.closeAllWindows()
        till.close()
