"""Printing as the screens see it: which printer, what waits, test prints, copies."""

import datetime as dt
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from pos.clock import local
from pos.i18n import _, language
from pos.models.engine import Book
from pos.models.prepared import Cursor
from pos.receipts.documents import Document, Receipt, TestPage, decode
from pos.receipts.escpos import PaperProfile, compose
from pos.receipts.jobs import JobStatus, PrinterSetup, PrintJob, QueueState
from pos.receipts.printers import FoundPrinter, discover, parse_address
from pos.receipts.queue import PrintQueue
from pos.services import print_jobs
from pos.services.pictures import picture_path
from pos.services.settings import Settings, write_preference
from pos.services.unit_of_work import UnitOfWork
from pos.services.worker import Worker

log = logging.getLogger(__name__)

Paper = Literal["58", "80-42", "80-48"]
_PAPERS: dict[Paper, tuple[int, int]] = {"58": (384, 32), "80-42": (576, 42), "80-48": (576, 48)}
_CHOICE = "printer"
_ANSWERS = "printer_answers"
STOP_SECONDS = 3.0


class PrinterChoice(msgspec.Struct, frozen=True):
    """The printer of this machine; the default shows papers on the screen and keeps them."""

    address: str = "preview:"
    paper: Paper = "80-48"
    has_cut: bool = True
    has_drawer: bool = False
    drawer_pin: Literal[2, 5] = 2
    native_qr: bool = False
    logo: bool = True


class JobRow(msgspec.Struct, frozen=True):
    """A paper that is not done yet."""

    job_id: int
    title: str
    kind: str
    status: JobStatus
    problem: str
    at: dt.datetime
    copy: bool


class _Store:
    """The queue's rows, written through the one database worker."""

    def __init__(self, book: Book, unit: UnitOfWork, worker: Worker) -> None:
        self._book = book
        self._unit = unit
        self._worker = worker

    def next_waiting(self) -> PrintJob | None:
        row = print_jobs.next_waiting(self._book.reader())
        if row is None:
            return None
        job_id, kind, document, title, status, attempts, copy = row
        return PrintJob(job_id, kind, bytes(document), title, status, attempts, bool(copy))

    def mark(self, job_id: int, status: JobStatus, problem: str = "") -> None:
        self._worker.call(self._mark, job_id, status, problem)

    def recover(self) -> int:
        return self._worker.call(self._recover)

    def status(self, job_id: int) -> str:
        return print_jobs.status_of(self._book.reader(), job_id)

    def counts(self) -> tuple[int, int]:
        return print_jobs.counts(self._book.reader())

    def _mark(self, job_id: int, status: JobStatus, problem: str) -> None:
        # A power cut may take "done" back: the job is then one that was being sent, and a person
        # is asked. The next customer need not wait for the disk on its account.
        with self._unit.write(durable=status != "done") as tx:
            print_jobs.mark(tx.cursor, job_id, status, problem)
            tx.changed("print_jobs")

    def _recover(self) -> int:
        with self._unit.write() as tx:
            tx.changed("print_jobs")
            return print_jobs.recover(tx.cursor)


class Printing:
    """The printer of this till and its queue. The queue's thread starts with `start`."""

    def __init__(
        self,
        book: Book,
        unit: UnitOfWork,
        worker: Worker,
        settings: Settings,
        folder: Path,
        *,
        stand_name: str,
    ) -> None:
        self._book = book
        self._unit = unit
        self._worker = worker
        self._settings = settings
        self._stand_name = stand_name
        self.preview_folder = folder / "preview"
        self._folder = folder
        self._choice = self._read_choice()
        self._state = QueueState()
        self._listeners: list[Callable[[QueueState], None]] = []
        self._lock = threading.Lock()
        store = _Store(book, unit, worker)
        self.queue = PrintQueue(store, self._setup, self._changed, on_learn=self._learn)
        self._started = False

    def start(self) -> None:
        """Take up printing: what an earlier run left behind first."""
        self._started = True
        self.queue.start()
        self.queue.check()

    def stop(self) -> None:
        """End the queue's thread; what is not printed waits for the next start."""
        if self._started:
            self.queue.stop(STOP_SECONDS)

    def warm_up(self) -> None:
        """Load what composing a paper takes; the first one takes a quarter of a second."""
        compose(self._test_page("2000-01-01T00:00:00"), self.profile())

    def wake(self) -> None:
        """There is a new paper."""
        self.queue.wake()

    # -- the printer ---------------------------------------------------------------

    def choice(self) -> PrinterChoice:
        """The printer as chosen in the settings."""
        return self._choice

    def set_choice(self, choice: PrinterChoice) -> None:
        """Use this printer from the next paper on. Raises UserError for a bad address."""
        parse_address(choice.address)
        with self._unit.write() as tx:
            write_choice(tx.cursor, choice)
            tx.changed("settings")
        self._choice = choice
        self.queue.retry_now()
        self.queue.check()

    def discover(self) -> tuple[FoundPrinter, ...]:
        """What is connected; takes a second or two, so never on the screen's thread."""
        return discover()

    def profile(self) -> PaperProfile:
        """The chosen paper and what the printer can do."""
        return profile_of(self._choice)

    def test_print(self, choice: PrinterChoice | None = None) -> None:
        """Queue a test page, on the printer given (which is chosen with it) or the present one."""
        if choice is not None and choice != self._choice:
            self.set_choice(choice)
        with self._unit.write() as tx:
            at = local(tx.at, self._unit.zone).replace(microsecond=0, tzinfo=None)
            page = self._test_page(at.isoformat())
            print_jobs.add_job(tx.cursor, "test", page, title=_("Test print"), at=tx.at)
            tx.changed("print_jobs")
        self.queue.wake()

    def copy(self, receipt: Receipt, sale_id: int) -> None:
        """Queue a copy of a receipt."""
        with self._unit.write() as tx:
            print_jobs.add_job(
                tx.cursor,
                "receipt",
                receipt,
                title=receipt.number,
                at=tx.at,
                document_id=sale_id,
                copy=True,
            )
            tx.changed("print_jobs")
        self.queue.wake()

    # -- the queue -------------------------------------------------------------------

    def state(self) -> QueueState:
        """How printing stands."""
        return self._state

    def jobs(self) -> tuple[JobRow, ...]:
        """Papers that wait, are being sent, or about which nobody knows."""
        return tuple(
            JobRow(job_id, title, kind, status, problem, local(at, self._unit.zone), bool(copy))
            for job_id, title, kind, status, problem, at, copy in print_jobs.unfinished(
                self._book.reader()
            )
        )

    def answer(self, job_id: int, *, printed: bool) -> None:
        """A person says whether an unknown paper was printed; if not, it is printed again."""
        self.queue.answer(job_id, printed)

    def cancel(self, job_id: int) -> None:
        """Give a paper up."""
        self.queue.cancel(job_id)

    def retry(self) -> None:
        """A person says that the printer is ready."""
        self.queue.retry_now()

    def last_preview(self) -> Document | None:
        """The newest paper, printed or not."""
        raw = print_jobs.last_document(self._book.reader())
        return decode(raw) if raw else None

    def subscribe(self, listener: Callable[[QueueState], None]) -> Callable[[], None]:
        """Be told of each new state, on the print worker's thread; call the result to stop."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    # -- inside ----------------------------------------------------------------------

    def _test_page(self, at_local: str) -> TestPage:
        return TestPage(
            stand_name=self._stand_name,
            printer_label=self._choice.address,
            at_local=at_local,
            language=language(),
        )

    def _changed(self, state: QueueState) -> None:
        self._state = state
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(state)

    def _setup(self) -> PrinterSetup:
        answers = self._settings.preference(f"{_ANSWERS}:{self._choice.address}")
        return PrinterSetup(
            address=self._choice.address,
            profile=self.profile(),
            preview_folder=self.preview_folder,
            answers={"yes": True, "no": False}.get(answers),
            pictures=self._picture,
        )

    def _picture(self, name: str) -> Path | None:
        path = picture_path(self._folder, name)
        return path if path.is_file() else None

    def _learn(self, address: str, answers: bool) -> None:  # noqa: FBT001 (as OnLearn)
        self._worker.call(
            self._settings.set_preference, f"{_ANSWERS}:{address}", "yes" if answers else "no"
        )

    def _read_choice(self) -> PrinterChoice:
        raw = self._settings.preference(_CHOICE)
        try:
            return msgspec.json.decode(raw, type=PrinterChoice) if raw else PrinterChoice()
        except msgspec.MsgspecError:
            # A till must open all the same: papers are shown until a printer is chosen anew.
            log.warning("the printer's settings can't be read")
            return PrinterChoice()


def write_choice(cursor: Cursor, choice: PrinterChoice) -> None:
    """Keep the choice within a transaction of the caller's."""
    write_preference(cursor, _CHOICE, msgspec.json.encode(choice).decode())


def profile_of(choice: PrinterChoice) -> PaperProfile:
    """Dots, columns and switches of a choice."""
    dots, columns = _PAPERS[choice.paper]
    return PaperProfile(
        dots=dots,
        columns=columns,
        has_cut=choice.has_cut,
        has_drawer=choice.has_drawer,
        drawer_pin=choice.drawer_pin,
        native_qr=choice.native_qr,
        prints_logo=choice.logo,
    )
