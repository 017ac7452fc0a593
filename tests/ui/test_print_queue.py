"""What the staff see of the print queue: words, banner, panel; over a real queue and a real file."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.i18n import set_language
from pos.receipts.jobs import QueueState
from pos.receipts.outcomes import ErrorKind, PrinterState, PrinterStatus
from pos.services.printing import JobRow, PrinterChoice
from pos.ui.header import StatusButton
from pos.ui.notices import Banner as Shown
from pos.ui.printing.panel import QueuePanel
from pos.ui.printing.watch import KEY
from pos.ui.printing.words import banner_of, printer_line, status_label, status_tone
from pos.ui.window import Window
from tests.support import kasir_of
from tests.ui.support import open_window, wait_for
from tests.ui.test_receipts_screen import sell

AT = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


def job(status: str, job_id: int = 7) -> JobRow:
    return JobRow(job_id, "DKR-000123", "receipt", status, "", AT, copy=False)  # type: ignore[arg-type]


# -- words -----------------------------------------------------------------------------------


def test_every_state_has_its_words_and_tone() -> None:
    tones = {
        PrinterState.READY: "good",
        PrinterState.UNKNOWN: "good",
        PrinterState.PAPER_LOW: "warn",
        PrinterState.PAPER_OUT: "bad",
        PrinterState.COVER_OPEN: "bad",
        PrinterState.OFFLINE: "bad",
        PrinterState.ABSENT: "bad",
    }
    lines = {
        state: printer_line(QueueState(status=PrinterStatus(state)), preview=False)
        for state in PrinterState
    }
    assert {state: line.tone for state, line in lines.items()} == tones
    assert len({line.words for line in lines.values()}) == len(tones) - 1


def test_the_worst_comes_first() -> None:
    queue = QueueState(waiting=2, unknown=1, problem="Paper", current="x")
    tones = [printer_line(queue, preview=True).tone]
    tones.append(printer_line(QueueState(waiting=2, problem="Paper"), preview=True).tone)
    tones.append(printer_line(QueueState(current="x"), preview=True).tone)
    tones.append(printer_line(QueueState(), preview=True).tone)
    assert tones == ["warn", "bad", "good", "quiet"]


def test_a_question_comes_before_a_problem() -> None:
    queue = QueueState(waiting=1, unknown=1, problem="The printer was not found.")
    asked = banner_of(queue, (job("waiting", 1), job("unknown", 7)))
    assert asked is not None
    assert (asked.is_question, asked.job_id) == (True, 7)
    assert "DKR-000123" in asked.sentence
    told = banner_of(QueueState(waiting=3, problem="The printer was not found."), ())
    assert told is not None
    assert not told.is_question
    assert "3" in told.sentence
    assert banner_of(QueueState(), ()) is None


def test_a_paper_that_waits_without_a_problem_needs_no_banner() -> None:
    assert banner_of(QueueState(waiting=1, kind=ErrorKind.ABSENT), (job("waiting"),)) is None


# -- the window, on a real queue ---------------------------------------------------------------


@pytest.fixture
def window(qapp: object, tmp_path: Path) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        yield made


def print_to(window: Window, path: Path) -> None:
    till = window.till
    till.worker.call(till.printing.set_choice, PrinterChoice(address=f"file:{path}"))
    till.start_printing()
    window.desk.sign_in(kasir_of(till))


def banner(window: Window) -> Shown | None:
    shown = window.findChildren(type(window._banners))[0].banners()
    return next((found for found in shown if found.key == KEY), None)


def test_an_absent_printer_is_told_and_forgotten_once_it_prints(
    window: Window, tmp_path: Path
) -> None:
    device = tmp_path / "lp0"
    print_to(window, device)
    number = sell(window.till, "DKR-2041")
    wait_for(lambda: banner(window) is not None, "the banner")
    told = banner(window)
    assert told is not None
    assert len(told.actions) == 2
    panel = QueuePanel(window.desk)
    panel.entered()
    assert [row.title for row in panel.list.rows] == [number]
    assert panel.paper.document is not None
    os.mkfifo(device)
    reader = os.open(device, os.O_RDONLY | os.O_NONBLOCK)
    try:
        told.actions[0].call()
        wait_for(lambda: banner(window) is None, "the banner to go")
        assert os.read(reader, 100_000)
    finally:
        os.close(reader)
    panel.deleteLater()


def test_a_drawer_that_stays_shut_is_said(window: Window, tmp_path: Path) -> None:
    till, said = window.till, []
    window.desk.toast.connect(lambda toast: said.append(toast.text))
    choice = PrinterChoice(address=f"file:{tmp_path / 'lp0'}", has_drawer=True)
    till.worker.call(till.printing.set_choice, choice)
    till.start_printing()
    window.desk.sign_in(kasir_of(till))
    for count in (1, 2):
        sell(till, "DKR-3001")
        wait_for(lambda count=count: len(said) == count, "the word about the drawer")  # type: ignore[misc]  # a default binds it
    assert "laci" in said[0].lower()


def test_another_language_asks_in_its_words(window: Window, tmp_path: Path) -> None:
    print_to(window, tmp_path / "lp0")
    sell(window.till, "DKR-2041")
    wait_for(lambda: banner(window) is not None, "the banner")
    set_language("en")
    window.desk.language.emit()
    told = banner(window)
    assert told is not None
    assert [action.text for action in told.actions] == ["Try again", "Show queue"]


def test_show_queue_leads_to_the_queue(window: Window, tmp_path: Path) -> None:
    print_to(window, tmp_path / "lp0")
    sell(window.till, "DKR-2041")
    wait_for(lambda: banner(window) is not None, "the banner")
    told = banner(window)
    assert told is not None
    told.actions[1].call()
    assert window.shop.current_id == "receipts"
    panels = window.shop.current.findChildren(QueuePanel)
    assert [panel.isVisible() for panel in panels] == [True]


def test_a_paper_is_given_up_from_the_panel(window: Window, tmp_path: Path) -> None:
    print_to(window, tmp_path / "lp0")
    sell(window.till, "DKR-2041")
    wait_for(lambda: banner(window) is not None, "the banner")
    window.desk.navigate.emit("receipts")
    (panel,) = window.shop.current.findChildren(QueuePanel)
    panel.cancel.click()
    wait_for(lambda: not window.till.printing.jobs(), "the empty queue")
    wait_for(lambda: banner(window) is None, "the banner to go")
    wait_for(lambda: not panel.list.isVisible(), "the empty list")


def test_an_interrupted_paper_is_asked_about_and_the_answer_holds(window: Window) -> None:
    """As after a crash in mid-print: the job is found "sending" at the start."""
    till = window.till
    number = sell(till, "DKR-2041")
    (waiting,) = till.printing.jobs()
    till.worker.call(till.printing.queue._store.mark, waiting.job_id, "sending")
    till.start_printing()
    window.desk.sign_in(kasir_of(till))
    wait_for(lambda: banner(window) is not None, "the question")
    asked = banner(window)
    assert asked is not None
    assert number in asked.text
    assert len(asked.actions) == 3
    assert [job.status for job in till.printing.jobs()] == ["unknown"]
    asked.actions[0].call()
    wait_for(lambda: banner(window) is None, "the question to go")
    assert till.printing.jobs() == ()
    assert not list(till.printing.preview_folder.glob("*.txt")), "nothing was printed unasked"


def test_a_locked_till_asks_nothing_and_asks_again_later(window: Window, tmp_path: Path) -> None:
    print_to(window, tmp_path / "lp0")
    sell(window.till, "DKR-2041")
    wait_for(lambda: banner(window) is not None, "the banner")
    window.desk.sign_out()
    assert banner(window) is None
    window.desk.sign_in(kasir_of(window.till))
    wait_for(lambda: banner(window) is not None, "the banner again")


def test_the_header_and_the_panel_tell_the_same(window: Window, tmp_path: Path) -> None:
    print_to(window, tmp_path / "lp0")
    sell(window.till, "DKR-2041")
    wait_for(lambda: banner(window) is not None, "the banner")
    window.desk.navigate.emit("receipts")
    (panel,) = window.shop.current.findChildren(QueuePanel)
    header = window.shop.findChildren(StatusButton)[0]
    assert header.text() == panel.presenter.state.line.words
    assert header.text() == printer_line(window.till.printing.state(), preview=False).words


@pytest.mark.parametrize("status", ["waiting", "sending", "unknown"])
def test_every_job_has_a_word_and_a_tone(status: str) -> None:
    assert status_label(job(status))
    assert status_tone(job(status)) in {"muted", "good", "accent"}


@pytest.mark.parametrize("printed", [True, False])
def test_the_panel_takes_the_answer(window: Window, *, printed: bool) -> None:
    """As after a crash in mid-print. A paper that did not come out is printed, once."""
    till = window.till
    sell(till, "DKR-2041")
    (waiting,) = till.printing.jobs()
    till.worker.call(till.printing.queue._store.mark, waiting.job_id, "sending")
    till.start_printing()
    window.desk.sign_in(kasir_of(till))
    wait_for(lambda: banner(window) is not None, "the question")
    window.desk.navigate.emit("receipts")
    (panel,) = window.shop.current.findChildren(QueuePanel)
    assert panel.yes.isVisible()
    assert panel.no.isVisible()
    assert not panel.retry.isVisible(), "nothing waits for the printer"
    (panel.yes if printed else panel.no).click()
    wait_for(lambda: not till.printing.jobs(), "the empty queue")
    wait_for(lambda: not panel.yes.isVisible(), "the panel without a question")
    papers = list(till.printing.preview_folder.glob("*")) if not printed else []
    assert bool(papers) is not printed
