"""The print worker's rules over a network printer in this process."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.i18n import set_language
from pos.receipts.documents import DrawerKick
from pos.receipts.jobs import Backoff
from pos.receipts.manners import Manners
from pos.receipts.outcomes import ErrorKind, PrinterState
from tests.faults.machine import PAPER, Machine
from tests.faults.rigs import TcpRig
from tests.receipts.bench import Bench, until
from tests.receipts.samples import receipt


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    set_language("en")
    bench = Bench(tmp_path)
    yield bench
    assert bench.queue.stop(5)


@pytest.fixture
def printer(bench: Bench, tmp_path: Path) -> Iterator[TcpRig]:
    rig = TcpRig(tmp_path)
    bench.address = rig.address
    yield rig
    bench.queue.stop(5)
    rig.close()


def test_a_talking_printer_is_remembered_as_one(bench: Bench, printer: TcpRig) -> None:
    bench.queue.start()
    job = bench.store.add(receipt())
    bench.queue.wake()
    bench.becomes(job, "done")
    assert bench.learnt == [(bench.address, True)]
    assert any(state.status.state is PrinterState.READY for state in bench.states)


def test_a_roll_that_runs_out_is_shown_until_there_is_a_new_one(
    bench: Bench, printer: TcpRig
) -> None:
    class Low(Machine):
        def _say_state(self, question: bytes) -> None:
            self.replies.append(0x1E if question == PAPER else 0x12)

    printer.machine = Low()
    bench.queue.start()
    first = bench.store.add(receipt())
    bench.queue.wake()
    bench.becomes(first, "done")
    until(lambda: bench.states[-1].waiting == 0)
    assert bench.states[-1].status.state is PrinterState.PAPER_LOW
    printer.machine = Machine()
    second = bench.store.add(receipt())
    bench.queue.wake()
    bench.becomes(second, "done")
    until(lambda: bench.states[-1].status.state is PrinterState.READY)


def test_a_mute_printer_of_the_settings_is_not_asked(bench: Bench, printer: TcpRig) -> None:
    printer.set(answers=False)
    bench.answers = False
    bench.queue.start()
    job = bench.store.add(receipt())
    bench.queue.wake()
    bench.becomes(job, "done")
    assert bench.learnt == []


def test_print_now_does_not_ask_a_printer_that_complains_for_ever(
    bench: Bench, printer: TcpRig
) -> None:
    class Complaining(Machine):
        def _say_state(self, question: bytes) -> None:
            self.replies.append(0x1A if question.endswith(b"\x01") else 0x12)

    printer.machine = Complaining()
    bench.queue.start()
    job = bench.store.add(receipt())
    bench.queue.wake()
    until(lambda: bool(bench.states) and bench.states[-1].kind is ErrorKind.STALLED)
    assert printer.taken() == 0
    assert bench.states[-1].status.state is PrinterState.OFFLINE
    bench.queue.retry_now()
    bench.becomes(job, "done")


def test_a_drawer_goes_ahead_of_receipts_that_wait(bench: Bench, printer: TcpRig) -> None:
    printer.set(paper=0)
    waiting = bench.store.add(receipt())
    bench.queue.start()
    until(lambda: bool(bench.states) and bench.states[-1].status.state is PrinterState.PAPER_OUT)
    drawer = bench.store.add(DrawerKick(), "drawer", "")
    bench.queue.wake()
    bench.becomes(drawer, "cancelled")
    assert "paper" in bench.store.look(drawer)[2]
    printer.refill()
    bench.becomes(waiting, "done")
    assert b"\x1bp" not in printer.printed()
    assert bench.states[-1].drawer == bench.store.look(drawer)[2]
    again = bench.store.add(DrawerKick(), "drawer", "")
    bench.queue.wake()
    bench.becomes(again, "done")
    until(lambda: not bench.states[-1].drawer)


def test_stop_before_start_and_twice(tmp_path: Path) -> None:
    queue = Bench(tmp_path).queue
    assert queue.stop(1)
    assert queue.stop(1)


def test_a_stop_in_the_moment_of_going_round_is_not_missed(bench: Bench) -> None:
    class Late(threading.Event):
        """`stop` is called just before the worker forgets that it was woken."""

        def clear(self) -> None:
            bench.queue._stop_at = time.monotonic()
            self.set()
            super().clear()

    bench.queue._woken = Late()
    bench.queue.start()
    until(lambda: not bench.queue._thread.is_alive())


def test_many_threads_may_ask_at_once(bench: Bench) -> None:
    bench.queue.start()
    jobs = [bench.store.add(receipt()) for _job in range(5)]
    threads = [
        threading.Thread(target=call)
        for call in (bench.queue.wake, bench.queue.check, bench.queue.retry_now) * 5
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    bench.becomes(jobs[-1], "done")
    assert len(bench.papers()) == 5


# --- what is learnt of printers ------------------------------------------------------------------


def test_manners() -> None:
    learnt: list[tuple[str, bool]] = []
    manners = Manners(lambda address, answers: learnt.append((address, answers)))
    manners.recall("a", answers=None)
    assert not manners.is_mute("a")
    manners.printed_in_silence("a")
    assert manners.is_mute("a")
    manners.recall("a", answers=True)  # this run knows better
    assert manners.is_mute("a")
    manners.answered("a")
    assert not manners.is_mute("a")
    manners.printed_in_silence("a")
    manners.printed_in_silence("a")
    assert not manners.is_mute("a")
    manners.answered("a")
    for _silence in range(3):
        assert not manners.is_mute("a")
        manners.printed_in_silence("a")
    assert manners.is_mute("a")
    manners.recall("b", answers=False)
    assert manners.is_mute("b")
    assert learnt == [("a", False), ("a", True), ("a", False)]


def test_backoff_grows_to_its_limit() -> None:
    backoff = Backoff()
    pauses = [backoff.after(count, ErrorKind.STALLED) for count in range(1, 100)]
    assert pauses[:5] == [2, 4, 8, 16, 30]
    assert pauses[-1] == 30
    assert backoff.after(50, ErrorKind.ABSENT) == 1.5
