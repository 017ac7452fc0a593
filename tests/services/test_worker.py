"""The one thread that writes: in order, errors to whoever waits, the log moved when it is quiet."""

import threading
from collections.abc import Iterator

import pytest

from pos.errors import EnvironmentProblem
from pos.services.till import Till
from pos.services.worker import Worker

PATIENCE = 20.0
"""Seconds; only a failing test waits so long."""


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(lambda: None)
    yield made
    made.stop()


def test_commands_run_one_after_another_in_the_order_of_asking(worker: Worker) -> None:
    ran: list[int] = []
    running = threading.Lock()

    def command(number: int) -> int:
        assert running.acquire(blocking=False)
        ran.append(number)
        running.release()
        return number * 2

    futures = [worker.submit(command, number) for number in range(200)]
    assert [future.result(PATIENCE) for future in futures] == [n * 2 for n in range(200)]
    assert ran == list(range(200))


def test_all_on_one_thread_that_is_not_the_callers(worker: Worker) -> None:
    threads = {worker.call(threading.get_ident) for _ in range(5)}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


def test_an_error_comes_to_whoever_asked_and_the_next_command_runs(worker: Worker) -> None:
    def fails() -> None:
        raise LookupError("x")

    future = worker.submit(fails)
    assert isinstance(future.exception(PATIENCE), LookupError)
    assert worker.call(str, 5) == "5"


def test_a_command_may_ask_for_another_without_waiting_for_itself(worker: Worker) -> None:
    assert worker.submit(worker.call, str, 5).result(PATIENCE) == "5"


def test_a_command_that_was_cancelled_in_the_queue_never_runs(worker: Worker) -> None:
    gate = threading.Event()
    ran: list[int] = []
    first = worker.submit(gate.wait, PATIENCE)
    second = worker.submit(ran.append, 1)
    assert second.cancel()
    gate.set()
    assert first.result(PATIENCE)
    worker.call(str, 1)
    assert ran == []


def test_stopping_finishes_what_was_asked_for() -> None:
    worker = Worker(lambda: None)
    ran: list[int] = []
    for number in range(50):
        worker.submit(ran.append, number)
    worker.stop()
    assert ran == list(range(50))
    worker.stop()


def test_one_quiet_moment_after_work_is_used_once() -> None:
    rested, counted = threading.Event(), []

    def idle() -> None:
        counted.append(1)
        rested.set()

    worker = Worker(idle, idle_seconds=0.01)
    worker.call(str, 1)
    assert rested.wait(PATIENCE)
    rested.clear()
    worker.call(str, 2)
    assert rested.wait(PATIENCE)
    worker.stop()
    # Once for each time that it had worked, however long it was quiet then.
    assert len(counted) == 2


def test_without_a_quiet_moment_it_rests_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log of a day without a pause would fill the disk."""
    monkeypatch.setattr("pos.services.worker.BUSY_COMMANDS", 10)
    rests: list[int] = []
    done: list[int] = []
    worker = Worker(lambda: rests.append(len(done)), idle_seconds=60)
    for number in range(25):
        worker.submit(done.append, number)
    worker.stop()
    assert done == list(range(25))
    assert rests == [10, 20]


def test_a_checkpoint_that_fails_does_not_end_the_worker(
    caplog: pytest.LogCaptureFixture,
) -> None:
    tried = threading.Event()

    def idle() -> None:
        tried.set()
        raise EnvironmentProblem("the disk is full")

    worker = Worker(idle, idle_seconds=0.01)
    worker.call(str, 1)
    assert tried.wait(PATIENCE)
    assert worker.call(str, 2) == "2"
    worker.stop()
    assert "idle checkpoint failed" in caplog.text


def test_a_till_moves_its_log_into_the_file_when_it_is_quiet(till: Till) -> None:
    moved = threading.Event()
    real = till.book.checkpoint

    def watched() -> None:
        real()
        moved.set()

    till.worker._idle, till.worker._idle_seconds = watched, 0.01
    before = till.book.path.read_bytes()
    till.worker.call(till.settings.set_preference, "theme", "dark-and-unmistakable")
    assert moved.wait(PATIENCE)
    assert b"dark-and-unmistakable" not in before
    assert b"dark-and-unmistakable" in till.book.path.read_bytes()


def test_long_work_gives_way_to_what_waits_between_two_steps(worker: Worker) -> None:
    order: list[str] = []
    began, asked = threading.Event(), threading.Event()

    def long_work() -> None:
        began.set()
        assert asked.wait(PATIENCE)
        order.append("first step")
        worker.give_way()
        order.append("second step")

    long = worker.submit(long_work)
    assert began.wait(PATIENCE)
    sale = worker.submit(order.append, "sale")
    asked.set()
    sale.result(PATIENCE)
    long.result(PATIENCE)
    assert order == ["first step", "sale", "second step"]


def test_a_stop_in_mid_work_ends_it_after_that_work() -> None:
    worker = Worker(lambda: None)
    began, stopping = threading.Event(), threading.Event()

    def long_work() -> str:
        began.set()
        assert stopping.wait(PATIENCE)
        for _attempt in range(1_000):
            worker.give_way()
        return "done"

    long = worker.submit(long_work)
    assert began.wait(PATIENCE)
    stopper = threading.Thread(target=worker.stop)
    stopper.start()
    stopping.set()
    assert long.result(PATIENCE) == "done"
    stopper.join(PATIENCE)
    assert not stopper.is_alive()
    # What is asked for later starts it anew.
    assert worker.call(str, 5) == "5"
    worker.stop()
