"""Work off the GUI thread, and its result back on it.

`Bridge.run` gives a command to the database worker, `Bridge.run_aside` slow work that is not the
book's (looking for printers) to a thread of its own. Results come back through a signal that
carries an object, in the order in which the work ended.
"""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from pos.errors import EnvironmentProblem, UserError

log = logging.getLogger(__name__)

Done = Callable[[Any], None]
Refused = Callable[[UserError], None]
Problem = Callable[[EnvironmentProblem], None]


class Runner(Protocol):
    """How a presenter asks for work: without Qt, so that tests can run it on the spot."""

    def __call__(
        self,
        work: Callable[[], Any],
        done: Done | None = None,
        refused: Refused | None = None,
        problem: Problem | None = None,
    ) -> None:
        """Run `work`, then exactly one of `done`, `refused`, `problem`, on the caller's thread."""
        ...


class Worker(Protocol):
    """What takes the work: an executor, as the till's database worker is one."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Queue a call."""
        ...


@dataclass(frozen=True)
class _Handlers:
    done: Done | None
    refused: Refused | None
    problem: Problem | None


class Bridge(QObject):
    """Delivers results on the GUI thread.

    What no handler takes is announced: `refused` (UserError), `problem` (EnvironmentProblem),
    `broken` (anything else: a bug).
    """

    refused = Signal(object)
    problem = Signal(object)
    broken = Signal(object)
    _finished = Signal(object, object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._aside: ThreadPoolExecutor | None = None
        self._open = True
        # Always queued: a handler never runs inside the call that asked for the work.
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Any],
        done: Done | None = None,
        refused: Refused | None = None,
        problem: Problem | None = None,
    ) -> None:
        """Run on the database worker; the handlers are called on the GUI thread."""
        self._watch(self._worker.submit(work), _Handlers(done, refused, problem))

    def run_aside(
        self,
        work: Callable[[], Any],
        done: Done | None = None,
        refused: Refused | None = None,
        problem: Problem | None = None,
    ) -> None:
        """The same on a thread beside the database worker; `work` must not touch the book."""
        if self._aside is None:
            self._aside = ThreadPoolExecutor(max_workers=2, thread_name_prefix="aside")
        self._watch(self._aside.submit(work), _Handlers(done, refused, problem))

    def close(self) -> None:
        """Deliver nothing more; work that has begun is left to end by itself."""
        self._open = False
        if self._aside is not None:
            self._aside.shutdown(wait=False, cancel_futures=True)

    def _watch(self, future: "Future[Any]", handlers: _Handlers) -> None:
        def ended(future: "Future[Any]") -> None:
            if self._open:
                self._finished.emit(future, handlers)

        future.add_done_callback(ended)

    @Slot(object, object)
    def _deliver(self, future: "Future[Any]", handlers: _Handlers) -> None:
        if not self._open:
            return
        try:
            result = future.result()
        except CancelledError:
            return
        except UserError as error:
            (handlers.refused or self.refused.emit)(error)
        except EnvironmentProblem as error:
            log.warning("environment: %s", error.sentence)
            (handlers.problem or self.problem.emit)(error)
        except Exception as error:
            log.exception("work failed")
            if handlers.problem is not None:
                handlers.problem(EnvironmentProblem(unexpected()))
            self.broken.emit(error)
        else:
            if handlers.done is not None:
                handlers.done(result)


def unexpected() -> str:
    """What a person is told beside the field when the program itself failed."""
    from pos.i18n import _

    return _("Something went wrong in the program. Nothing was recorded; please try again.")
