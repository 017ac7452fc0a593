"""The one thread that writes to the book, in the order of asking.

In idle moments it moves the write-ahead log into the file, so that no sale pays for that.
"""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import ParamSpec, TypeVar

from pos.errors import EnvironmentProblem

P = ParamSpec("P")
T = TypeVar("T")
IDLE_SECONDS = 2.0
"""After so long without a command the log is checkpointed, once."""
BUSY_COMMANDS = 1_000
"""... and after so many without a quiet moment (some 200 sales), or the log would grow without end."""

log = logging.getLogger(__name__)


class Worker:
    """Runs commands one after another; `idle` is called once in each quiet moment after work."""

    def __init__(self, idle: Callable[[], None], *, idle_seconds: float = IDLE_SECONDS) -> None:
        self._tasks: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._idle = idle
        self._idle_seconds = idle_seconds
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._ending = False

    def submit(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a command on the worker's thread; its result or error comes with the future."""
        future: Future[T] = Future()

        def task() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = function(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 (handed to whoever waits)
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="book", daemon=True)
                self._thread.start()
        self._tasks.put(task)
        return future

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a command and wait for it; from the worker's own thread it runs at once."""
        if threading.current_thread() is self._thread:
            return function(*args, **kwargs)
        return self.submit(function, *args, **kwargs).result()

    def give_way(self) -> None:
        """Run what waits now; for long work on this thread, between two of its steps.

        Long work must not hold a transaction open meanwhile. On another thread nothing waits for
        it, and nothing happens.
        """
        if threading.current_thread() is not self._thread:
            return
        while not self._ending:
            try:
                task = self._tasks.get_nowait()
            except queue.Empty:
                return
            if task is None:
                self._ending = True
            else:
                task()

    @property
    def wanted(self) -> bool:
        """Whether a command waits; long work of many parts ends its part then."""
        return not self._tasks.empty()

    def stop(self) -> None:
        """Finish what was asked for and end the thread."""
        if self._thread is not None:
            self._tasks.put(None)
            self._thread.join()
            self._thread = None
            self._ending = False

    def _run(self) -> None:
        worked = 0
        while not self._ending:
            try:
                task = self._tasks.get(timeout=self._idle_seconds if worked else None)
            except queue.Empty:
                worked = 0
                self._rest()
                continue
            if task is None:
                return
            task()
            worked += 1
            if worked >= BUSY_COMMANDS:
                worked = 0
                self._rest()

    def _rest(self) -> None:
        try:
            self._idle()
        except EnvironmentProblem:
            log.warning("the idle checkpoint failed", exc_info=True)
