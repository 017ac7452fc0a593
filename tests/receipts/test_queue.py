"""The print worker's rules, in this process; tests/faults shows them with real cables."""

import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.errors import EnvironmentProblem
from pos.i18n import set_language
from pos.receipts.documents import DrawerKick
from pos.receipts.escpos import PAPER_58
from pos.receipts.jobs import JobStatus
from pos.receipts.outcomes import PrinterState
from pos.receipts.queue import QueueState
from tests.receipts.bench import PAGE, Bench, until
from tests.receipts.decoder import decode_job
from tests.receipts.samples import receipt
from tests.receipts.store import SqliteJobStore


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    set_language("en")
    bench = Bench(tmp_path)
    yield bench
    assert bench.queue.stop(5)


def test_papers_come_out_in_order_and_drawers_first(bench: Bench) -> None:
    first = bench.store.add(receipt(number="DKR-000001"))
    second = bench.store.add(receipt(number="DKR-000002"))
    bench.queue.start()
    bench.becomes(second, "done")
    drawer = bench.store.add(DrawerKick(), "drawer", "")
    page = bench.store.add(PAGE, "test", "test")
    bench.queue.wake()
    bench.becomes(page, "done")
    assert bench.store.look(first)[0] == bench.store.look(drawer)[0] == "done"
    papers = [decode_job(paper) for paper in bench.papers()]
    assert "DKR-000001" in papers[0].text
    assert "DKR-000002" in papers[1].text
    assert papers[2].drawers == [2]
    assert "Test print" in papers[3].text
    texts = sorted((bench.folder / "papers").glob("*.txt"))
    assert "Total" in texts[0].read_text().title()
    until(lambda: bench.states[-1] == QueueState())


def test_the_state_tells_what_is_going_on(bench: Bench) -> None:
    bench.store.add(receipt(), title="DKR-000123")
    bench.queue.start()
    until(lambda: any(state.current == "DKR-000123" for state in bench.states))
    until(lambda: bench.states[-1].waiting == 0)
    assert not any(state.problem for state in bench.states)


def test_an_address_that_is_none_is_a_problem_with_a_sentence(bench: Bench) -> None:
    bench.address = "nonsense"
    job = bench.store.add(receipt())
    bench.queue.start()
    until(lambda: bool(bench.states) and "address" in bench.states[-1].problem)
    bench.queue.check()
    until(lambda: bench.states[-1].status.state is PrinterState.ABSENT)
    assert bench.store.look(job)[0] == "waiting"
    bench.address = "preview:"
    bench.queue.retry_now()
    bench.becomes(job, "done")
    bench.queue.check()
    until(lambda: bench.states[-1].status.state is PrinterState.READY)


def test_left_behind_by_an_earlier_run(bench: Bench) -> None:
    drawer = bench.store.add(DrawerKick(), "drawer", "")
    half = bench.store.add(receipt())
    bench.store.mark(half, "sending")
    waiting = bench.store.add(receipt(number="DKR-000124"))
    bench.queue.start()
    bench.becomes(waiting, "done")
    assert bench.store.look(half)[0] == "unknown"
    assert bench.store.look(drawer)[0] == "cancelled"
    assert bench.store.look(drawer)[2]
    assert len(bench.papers()) == 1
    bench.queue.answer(half, printed=False)
    bench.becomes(half, "done")
    assert len(bench.papers()) == 2


def test_a_person_s_word_ends_the_question(bench: Bench) -> None:
    half = bench.store.add(receipt())
    bench.store.mark(half, "unknown")
    other = bench.store.add(receipt())
    bench.store.mark(other, "unknown")
    bench.queue.start()
    bench.queue.answer(half, printed=True)
    bench.queue.cancel(other)
    bench.becomes(half, "done")
    bench.becomes(other, "cancelled")
    assert bench.papers() == []
    assert bench.learnt == []


@pytest.mark.parametrize("status", ["done", "cancelled"])
def test_a_word_that_comes_too_late_changes_nothing(bench: Bench, status: JobStatus) -> None:
    """A second tap on "print again" finds the paper printed already; a third gives it up."""
    job = bench.store.add(receipt())
    bench.store.mark(job, status)
    bench.queue.answer(job, printed=False)
    bench.queue.cancel(job)
    bench.queue.start()
    late = bench.store.add(receipt(number="DKR-000124"))
    bench.queue.wake()  # it may have looked already, and found nothing
    bench.becomes(late, "done")
    assert len(bench.papers()) == 1
    assert bench.store.history(job) == [status]


def test_a_paper_that_can_t_be_made_does_not_stop_the_others(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bad = bench.store.add(receipt())
    bench.store._change("UPDATE job SET document = ? WHERE id = ?", b"{}", bad)
    good = bench.store.add(receipt())
    bench.queue.start()
    bench.becomes(good, "done")
    assert bench.store.look(bad)[0] == "cancelled"
    assert bench.store.look(bad)[2]
    assert "can't be composed" in caplog.text


def test_without_a_drawer_its_job_is_done(bench: Bench) -> None:
    bench.profile = PAPER_58
    bench.queue.start()
    until(lambda: bool(bench.states))
    job = bench.store.add(DrawerKick(), "drawer", "")
    bench.queue.wake()
    bench.becomes(job, "done")
    assert bench.papers() == []


class FailingStore(SqliteJobStore):
    """Fails as a full disk does, where it is told to."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.refuses: set[str] = set()

    def mark(self, job_id: int, status: JobStatus, problem: str = "") -> None:
        if status in self.refuses:
            raise EnvironmentProblem("The disk is full.")
        super().mark(job_id, status, problem)

    def counts(self) -> tuple[int, int]:
        if "counts" in self.refuses:
            raise EnvironmentProblem("The disk is full.")
        return super().counts()


@pytest.fixture
def failing(bench: Bench) -> FailingStore:
    store = FailingStore(bench.store.path)
    bench.queue._store = store
    return store


def test_no_byte_leaves_before_it_is_written_down(bench: Bench, failing: FailingStore) -> None:
    failing.refuses = {"sending"}
    job = bench.store.add(receipt())
    bench.queue.start()
    until(lambda: bool(bench.states) and bench.states[-1].problem == "The disk is full.")
    time.sleep(0.3)
    assert bench.papers() == []
    failing.refuses = set()
    bench.becomes(job, "done")
    assert len(bench.papers()) == 1


def test_what_was_printed_is_written_down_as_soon_as_it_can_be(
    bench: Bench, failing: FailingStore
) -> None:
    failing.refuses = {"done"}
    job = bench.store.add(receipt())
    bench.queue.start()
    until(lambda: bool(bench.states) and bench.states[-1].problem == "The disk is full.")
    time.sleep(0.3)
    assert bench.store.look(job)[0] == "sending"
    assert len(bench.papers()) == 1
    failing.refuses = set()
    bench.becomes(job, "done")
    assert len(bench.papers()) == 1


def test_a_command_that_fails_is_no_end(
    bench: Bench, failing: FailingStore, caplog: pytest.LogCaptureFixture
) -> None:
    job = bench.store.add(receipt())
    bench.store.mark(job, "unknown")  # before the start: it would be printed in between
    bench.queue.start()
    failing.refuses = {"cancelled", "counts"}
    bench.queue.cancel(job)
    until(lambda: "could not be carried out" in caplog.text)
    failing.refuses = set()
    bench.queue.cancel(job)
    bench.becomes(job, "cancelled")


def test_a_screen_that_fails_decides_nothing(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(state: QueueState) -> None:
        raise RuntimeError("a widget is gone")

    bench.queue._on_change = broken
    job = bench.store.add(receipt())
    with caplog.at_level(logging.ERROR):
        bench.queue.start()
        bench.becomes(job, "done")
    assert len(bench.papers()) == 1
    assert "could not be told" in caplog.text
