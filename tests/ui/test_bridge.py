"""Work off the GUI thread and its result back on it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pos.app import make_application
from pos.errors import EnvironmentProblem, UserError
from pos.ui.bridge import Bridge
from tests.ui.support import wait_for

BIG = (7 << 40) + 123
"""An id of the book: beyond 32 bits."""


class Both:
    """A bridge and everything that came out of it, with the thread it came on."""

    def __init__(self) -> None:
        make_application(["titip"])
        self.pool = ThreadPoolExecutor(1)
        self.bridge = Bridge(self.pool)
        self.heard: list[tuple[str, object]] = []
        self.threads: set[int] = set()
        self.bridge.refused.connect(lambda error: self.hear("refused", error))
        self.bridge.problem.connect(lambda error: self.hear("problem", error))
        self.bridge.broken.connect(lambda error: self.hear("broken", error))

    def hear(self, what: str, value: object) -> None:
        self.threads.add(threading.get_ident())
        self.heard.append((what, value))


@pytest.fixture
def both() -> Iterator[Both]:
    made = Both()
    yield made
    made.bridge.close()
    made.pool.shutdown()


def fail(error: Exception) -> None:
    raise error


def test_a_result_comes_back_on_the_gui_thread_as_it_was(both: Both) -> None:
    worked_on: list[int] = []

    def work() -> int:
        worked_on.append(threading.get_ident())
        return BIG

    both.bridge.run(work, lambda value: both.hear("done", value))
    wait_for(lambda: both.heard == [("done", BIG)], "the result")
    assert both.threads == {threading.get_ident()}
    assert worked_on != [threading.get_ident()]


def test_each_kind_of_error_goes_to_its_handler(both: Both) -> None:
    user, machine = UserError("No."), EnvironmentProblem("The disk is full.")
    both.bridge.run(lambda: fail(user), refused=lambda error: both.hear("mine", error))
    both.bridge.run(lambda: fail(machine), problem=lambda error: both.hear("mine", error))
    wait_for(lambda: len(both.heard) == 2, "the errors")
    assert both.heard == [("mine", user), ("mine", machine)]


def test_what_nobody_takes_is_announced(both: Both) -> None:
    user, machine = UserError("No."), EnvironmentProblem("The disk is full.")
    both.bridge.run(lambda: fail(user))
    both.bridge.run(lambda: fail(machine))
    wait_for(lambda: len(both.heard) == 2, "the errors")
    assert both.heard == [("refused", user), ("problem", machine)]


def test_a_bug_is_reported_and_the_caller_is_told_it_failed(
    both: Both, caplog: pytest.LogCaptureFixture
) -> None:
    bug = ZeroDivisionError("secret 1234")
    both.bridge.run(lambda: fail(bug), problem=lambda error: both.hear("mine", error.sentence))
    wait_for(lambda: len(both.heard) == 2, "the report")
    assert [what for what, _value in both.heard] == ["mine", "broken"]
    assert "work failed" in caplog.text


def test_nothing_is_delivered_after_the_window_has_gone(both: Both) -> None:
    both.bridge.run(lambda: 1, lambda value: both.hear("done", value))
    both.bridge.close()
    both.pool.submit(lambda: None).result(timeout=10)
    again = Both()
    again.bridge.run(lambda: 2, lambda value: again.hear("done", value))
    wait_for(lambda: again.heard == [("done", 2)], "the other result")
    again.bridge.close()
    again.pool.shutdown()
    assert both.heard == []
