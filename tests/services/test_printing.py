"""Printing through the real queue: to the screen's folder and into a named pipe."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.cart import Cart
from pos.errors import UserError
from pos.receipts.documents import Receipt, TestPage
from pos.receipts.jobs import QueueState
from pos.services.printing import PrinterChoice, profile_of
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from tests.support import FakeClock

PATIENCE = 20.0
"""Seconds; only a failing test waits so long."""


class Watch:
    """Waits for a state of the queue."""

    def __init__(self, till: Till) -> None:
        self._changed = threading.Condition()
        self._till = till
        self.stop = till.printing.subscribe(self._hear)

    def _hear(self, _state: QueueState) -> None:
        with self._changed:
            self._changed.notify_all()

    def until(self, waiting: int, unknown: int = 0, *, problem: bool = False) -> QueueState:
        def reached() -> bool:
            state = self._till.printing.state()
            if problem and not state.problem:
                return False
            done = state.current is None and len(self._till.printing.jobs()) == waiting + unknown
            return done and (state.waiting, state.unknown) == (waiting, unknown)

        with self._changed:
            assert self._changed.wait_for(reached, PATIENCE), self._till.printing.state()
        return self._till.printing.state()


@pytest.fixture
def watch(till: Till) -> Iterator[Watch]:
    made = Watch(till)
    yield made
    made.stop()


def sell(till: Till, session: Session) -> str:
    bros = Cart().add(till.catalog.find("DKR-1187"))
    return till.selling.complete(bros, (Tender("cash", 50_000),), session=session).number


def test_papers_go_to_the_screen_and_its_folder_unless_told_otherwise(
    till: Till, kasir: Session, watch: Watch
) -> None:
    assert till.printing.choice().address == "preview:"
    till.start_printing()
    number = sell(till, kasir)
    watch.until(0)
    (text,) = till.printing.preview_folder.glob("*.txt")
    printed = text.read_text()
    assert number in printed
    assert "35.000" in printed
    assert text.with_suffix(".bin").stat().st_size > 200
    shown = till.printing.last_preview()
    assert isinstance(shown, Receipt)
    assert shown.number == number


def test_a_paper_sold_before_the_printer_started_is_printed_then(
    tmp_path: Path, till: Till, kasir: Session, clock: FakeClock
) -> None:
    sell(till, kasir)
    till.close()
    again = Till.open(tmp_path / "data", clock=clock, cheap_pins=True)
    assert [job.status for job in again.printing.jobs()] == ["waiting"]
    watch = Watch(again)
    again.start_printing()
    watch.until(0)
    assert len(list(again.printing.preview_folder.glob("*.txt"))) == 1
    again.close()


def test_a_printer_behind_a_pipe_gets_the_bytes_once(
    tmp_path: Path, till: Till, kasir: Session, watch: Watch
) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    # Open for both, so that the pipe has a reader all along; a receipt fits into its buffer.
    paper = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    till.printing.set_choice(PrinterChoice(address=f"file:{pipe}", paper="58", logo=False))
    till.start_printing()
    number = sell(till, kasir)
    watch.until(0)
    got = os.read(paper, 1 << 20)
    os.close(paper)
    assert got.startswith(b"\x1b@")
    assert got.count(b"Bros bunga kain perca") == 1
    assert number.encode() in got


def test_a_printer_that_is_not_there_keeps_the_paper_and_says_so(
    tmp_path: Path, till: Till, kasir: Session, watch: Watch
) -> None:
    till.printing.set_choice(PrinterChoice(address=f"file:{tmp_path / 'absent'}"))
    till.start_printing()
    number = sell(till, kasir)
    watch.until(1, problem=True)
    (job,) = till.printing.jobs()
    assert (job.title, job.kind, job.status, job.copy) == (number, "receipt", "waiting", False)
    # Another printer, and it comes out.
    till.printing.set_choice(PrinterChoice())
    watch.until(0)
    assert len(list(till.printing.preview_folder.glob("*.txt"))) == 1


def test_a_paper_that_waits_can_be_given_up(
    tmp_path: Path, till: Till, kasir: Session, watch: Watch
) -> None:
    till.printing.set_choice(PrinterChoice(address=f"file:{tmp_path / 'absent'}"))
    till.start_printing()
    sell(till, kasir)
    watch.until(1)
    till.printing.cancel(till.printing.jobs()[0].job_id)
    watch.until(0)
    assert list(till.printing.preview_folder.glob("*")) == []


def test_a_paper_that_was_on_its_way_when_the_power_went_is_asked_about(
    tmp_path: Path, till: Till, kasir: Session, clock: FakeClock
) -> None:
    sell(till, kasir)
    sell(till, kasir)
    with till.book.transaction() as cursor:
        cursor.execute("UPDATE print_jobs SET status = 'sending', attempts = 1")
    till.close()
    again = Till.open(tmp_path / "data", clock=clock, cheap_pins=True)
    watch = Watch(again)
    again.start_printing()
    watch.until(0, unknown=2)
    assert list(again.printing.preview_folder.glob("*")) == []
    first, second = again.printing.jobs()
    again.printing.answer(first.job_id, printed=True)
    again.printing.answer(second.job_id, printed=False)
    watch.until(0)
    (text,) = again.printing.preview_folder.glob("*.txt")
    assert second.title in text.read_text()
    again.close()


def test_a_drawer_that_was_being_kicked_is_not_kicked_again(
    tmp_path: Path, till: Till, kasir: Session, clock: FakeClock
) -> None:
    till.printing.set_choice(PrinterChoice(has_drawer=True))
    sell(till, kasir)
    with till.book.transaction() as cursor:
        cursor.execute("UPDATE print_jobs SET status = 'sending' WHERE kind = 'drawer'")
    till.close()
    again = Till.open(tmp_path / "data", clock=clock, cheap_pins=True)
    watch = Watch(again)
    again.start_printing()
    watch.until(0)
    cursor = again.book.reader()
    cursor.execute("SELECT kind, status FROM print_jobs ORDER BY id")
    assert cursor.fetchall() == [("drawer", "cancelled"), ("receipt", "done")]
    again.close()


def test_a_test_page_goes_to_the_printer_that_is_being_chosen(till: Till, watch: Watch) -> None:
    till.start_printing()
    till.printing.test_print(PrinterChoice(paper="58"))
    watch.until(0)
    assert till.printing.choice().paper == "58"
    page = till.printing.last_preview()
    assert isinstance(page, TestPage)
    assert page.stand_name == "Galeri Dekranasda"
    till.printing.test_print()
    watch.until(0)
    assert len(list(till.printing.preview_folder.glob("*.bin"))) == 2


def test_the_choice_is_kept(tmp_path: Path, till: Till, clock: FakeClock) -> None:
    choice = PrinterChoice(
        address="tcp:192.0.2.7:9100", paper="80-42", has_cut=False, drawer_pin=5, logo=False
    )
    till.printing.set_choice(choice)
    till.close()
    again = Till.open(tmp_path / "data", clock=clock, cheap_pins=True)
    assert again.printing.choice() == choice
    again.close()


@pytest.mark.parametrize("address", ["", "lpt:1", "tcp:", "file:"])
def test_a_bad_address_is_refused_and_the_printer_stays(till: Till, address: str) -> None:
    with pytest.raises(UserError):
        till.printing.set_choice(PrinterChoice(address=address))
    assert till.printing.choice() == PrinterChoice()


def test_a_till_opens_although_the_printers_settings_can_not_be_read(
    tmp_path: Path, till: Till, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    till.settings.set_preference("printer", "{")
    till.close()
    again = Till.open(tmp_path / "data", clock=clock, cheap_pins=True)
    assert again.printing.choice() == PrinterChoice()
    assert "can't be read" in caplog.text
    again.close()


@pytest.mark.parametrize(
    ("paper", "dots", "columns"), [("58", 384, 32), ("80-42", 576, 42), ("80-48", 576, 48)]
)
def test_each_paper_has_its_columns(paper: str, dots: int, columns: int) -> None:
    profile = profile_of(PrinterChoice(paper=paper))  # type: ignore[arg-type]
    assert (profile.dots, profile.columns) == (dots, columns)


def test_finished_papers_are_forgotten_in_the_end(till: Till, kasir: Session) -> None:
    from pos.services.print_jobs import KEEP_DONE, mark

    for _ in range(KEEP_DONE + 5):
        sell(till, kasir)
    for job in till.printing.jobs():
        with till.book.transaction() as cursor:
            mark(cursor, job.job_id, "done", "")
    cursor_ = till.book.reader()
    cursor_.execute("SELECT count(*) FROM print_jobs")
    assert cursor_.fetchone() == (KEEP_DONE,)
