"""The print worker: one thread that takes jobs from the store to the printer, at most once each.

Before a byte of a job leaves, "sending" is written down. A job of which nothing was taken waits
and goes out by itself; one of which anything was taken and nothing confirmed becomes "unknown",
and only a person's word sends it again. See docs/decisions/printing.md.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from pos.errors import TitipError, UserError
from pos.i18n import _
from pos.receipts.documents import decode
from pos.receipts.escpos import compose_elements
from pos.receipts.jobs import (
    DRAWER,
    Backoff,
    JobStatus,
    JobStore,
    OnLearn,
    PrinterSetup,
    PrintJob,
    QueueState,
)
from pos.receipts.manners import Manners
from pos.receipts.outcomes import PRODUCTION
from pos.receipts.printers import (
    ErrorKind,
    Limits,
    PrinterError,
    PrinterState,
    PrinterStatus,
    SendResult,
    Transport,
    open_transport,
    parse_address,
)

__all__ = ["Backoff", "JobStore", "PrintJob", "PrintQueue", "PrinterSetup", "QueueState"]

_log = logging.getLogger(__name__)

_FINISH_AT_STOP = 0.6
"""The part of `stop`'s time in which a job that is on its way may still finish."""


def _keep_to_itself(_address: str, _answers: bool) -> None:  # noqa: FBT001 (as OnLearn)
    """What was learnt of a printer lasts as long as the worker."""


class PrintQueue:
    """Start it once; every method may be called from any thread and returns at once.

    `printer` is asked for the settings before each job. `on_change` and `on_learn` are called on
    the worker's thread.
    """

    def __init__(
        self,
        store: JobStore,
        printer: Callable[[], PrinterSetup],
        on_change: Callable[[QueueState], None],
        *,
        on_learn: OnLearn = _keep_to_itself,
        limits: Limits = PRODUCTION,
        backoff: Backoff | None = None,
    ) -> None:
        self._store = store
        self._printer = printer
        self._on_change = on_change
        self._limits = limits
        self._backoff = backoff or Backoff()
        self._manners = Manners(on_learn)
        self._commands: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._woken = threading.Event()
        self._stop_at: float | None = None
        self._state = QueueState()
        self._published: QueueState | None = None
        self._failures = 0
        self._retry_at = 0.0
        self._insist = False
        self._current: PrintJob | None = None
        self._current_cancelled = False
        self._silent: dict[int, str] = {}
        self._unwritten: dict[int, tuple[JobStatus, str]] = {}
        self._noted: dict[int, str] = {}
        self._thread = threading.Thread(target=self._run, name="titip-print", daemon=True)

    # --- from any thread ---------------------------------------------------------------------

    def start(self) -> None:
        """Recover what an earlier run left behind, then print. Call once."""
        self._thread.start()

    def wake(self) -> None:
        """There is a new job in the store."""
        self._woken.set()

    def retry_now(self) -> None:
        """A person says that the printer is ready: try at once, whatever it says of itself."""
        self._command(self._retry)

    def check(self) -> None:
        """Ask the printer for its state; it comes with the next `on_change`."""
        self._command(self._check)

    def answer(self, job_id: int, printed: bool) -> None:  # noqa: FBT001 (an answer is a boolean)
        """A person's word on an unknown job: done, or to be printed again."""
        self._command(lambda: self._answered(job_id, printed=printed))

    def cancel(self, job_id: int) -> None:
        """Give a job up, also while it is being sent."""
        self._command(lambda: self._cancel(job_id))

    def stop(self, timeout: float) -> bool:
        """End within `timeout` seconds; whether it did. A job in mid-way may finish first."""
        self._stop_at = time.monotonic() + timeout * _FINISH_AT_STOP
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _command(self, command: Callable[[], None]) -> None:
        self._commands.put(command)
        self._woken.set()

    # --- on the worker's thread --------------------------------------------------------------

    def _run(self) -> None:
        recovered = False
        while True:
            self._woken.clear()
            if self._stop_at is not None:  # looked at after the clearing, which may hide its call
                return
            try:
                if not recovered:
                    self._recover()
                    recovered = True
                pause = self._turn()
            except Exception as error:  # noqa: BLE001 (the thread must live on)
                # The store is what can fail here: a full disk, a locked file.
                _log.exception("the print worker could not go on")
                sentence = str(error) if isinstance(error, TitipError) else _could_not_go_on()
                self._state = replace(self._state, current=None, problem=sentence)
                self._publish()
                pause = self._backoff.most
            self._woken.wait(pause)

    def _recover(self) -> None:
        self._store.recover()
        # A drawer that opens when the program starts would be wrong.
        while (job := self._store.next_waiting()) is not None and job.kind == DRAWER:
            self._store.mark(job.id, "cancelled", _drawer_too_late())

    def _turn(self) -> float | None:
        """Do what is to be done now; returns the seconds until there may be more, None for never."""
        self._serve()
        self._write_late_marks()
        job = self._store.next_waiting()
        if job is None:
            self._insist = False
            self._state = replace(self._state, problem="", kind=None)
            self._publish()
            return None
        wait = self._retry_at - time.monotonic()
        if job.kind != DRAWER and wait > 0:
            self._publish()
            return wait
        self._print(job)
        return 0

    def _serve(self) -> None:
        while True:
            try:
                command = self._commands.get_nowait()
            except queue.Empty:
                return
            try:
                command()
            except Exception:  # noqa: BLE001 (it must not break off the job being sent)
                _log.exception("a command could not be carried out")

    def _is_cancelled(self) -> bool:
        """Asked again and again while a job is sent, so that commands are served meanwhile."""
        self._serve()
        stopping = self._stop_at is not None and time.monotonic() > self._stop_at
        return stopping or self._current_cancelled

    def _print(self, job: PrintJob) -> None:
        setup = self._printer()
        self._manners.recall(setup.address, answers=setup.answers)
        try:
            raw, text = _composed(job, setup)
        except Exception:  # noqa: BLE001 (whatever it is, it would come again)
            # Nobody's printer is at fault, and the jobs behind it must go on.
            _log.exception("job %s can't be composed", job.id)
            self._mark(job, "cancelled", _("This paper could not be made; print it again."))
            return
        if not raw:
            self._mark(job, "done")
            return
        self._current, self._current_cancelled = job, False
        if job.kind == DRAWER:
            self._state = replace(self._state, drawer="")
            self._publish()
        try:
            self._send(job, raw, text, setup)
        finally:
            self._current = None
            self._state = replace(self._state, current=None)
            self._publish()

    def _send(self, job: PrintJob, raw: bytes, text: str, setup: PrinterSetup) -> None:
        began = False

        def before_first_byte() -> None:
            nonlocal began
            self._store.mark(job.id, "sending")
            began = True
            self._state = replace(self._state, current=job.title)
            self._publish()

        insist = self._insist and job.kind != DRAWER
        self._insist = self._insist and not insist
        try:
            result = self._transport(setup, text).send(
                raw,
                is_cancelled=self._is_cancelled,
                before_first_byte=before_first_byte,
                check_first=not insist,
                confirm=job.kind != DRAWER,
            )
        except PrinterError as error:
            _log.warning("job %s: %s", job.id, error)
            self._failed(job, error, began=began)
        except UserError as error:
            self._failed(job, PrinterError(ErrorKind.ABSENT, advice=str(error)), began=began)
        except Exception as error:
            if not began:
                raise
            _log.exception("job %s broke off", job.id)
            self._failed(
                job, PrinterError(ErrorKind.UNKNOWN, str(error), partial=True), began=began
            )
        else:
            self._sent(job, result, setup.address)

    def _transport(self, setup: PrinterSetup, text: str) -> Transport:
        return open_transport(
            parse_address(setup.address),
            preview_folder=setup.preview_folder,
            preview_text=text,
            limits=self._limits,
            mute=self._manners.is_mute(setup.address),
        )

    def _sent(self, job: PrintJob, result: SendResult, address: str) -> None:
        self._failures, self._retry_at = 0, 0.0
        said = {
            SendResult.PRINTED: PrinterState.READY,
            SendResult.PAPER_LOW: PrinterState.PAPER_LOW,
        }.get(result)
        status = PrinterStatus(said or PrinterState.UNKNOWN)
        self._state = replace(self._state, problem="", kind=None, status=status)
        silent = result is SendResult.UNKNOWN and job.kind != DRAWER
        if silent and not self._manners.is_mute(address):
            self._silent[job.id] = address
            self._mark(job, "unknown", _("The printer did not say whether it printed this."))
        else:
            self._mark(job, "done")
        if said is not None:
            self._manners.answered(address)

    def _failed(self, job: PrintJob, error: PrinterError, *, began: bool) -> None:
        sentence = error.sentence()
        self._failures += 1
        self._retry_at = time.monotonic() + self._backoff.after(self._failures, error.kind)
        self._state = replace(
            self._state, problem=sentence, kind=error.kind, status=PrinterStatus(error.state)
        )
        if self._current_cancelled:
            self._retry_at = 0.0
            self._mark(job, "cancelled", "")
        elif job.kind == DRAWER:
            said = _("The drawer did not open: {why}").format(why=sentence)
            self._state = replace(self._state, drawer=said)
            self._mark(job, "cancelled", said)
        elif error.partial:
            self._mark(job, "unknown", sentence)
        elif began or self._noted.get(job.id) != sentence:
            # Trying again each second must not write to the disk each second.
            self._mark(job, "waiting", sentence)
            self._noted[job.id] = sentence

    def _mark(self, job: PrintJob, status: JobStatus, problem: str = "") -> None:
        """Write a status down; one that can't be written now is written before the next job."""
        if status != "waiting":
            self._noted.pop(job.id, None)
        self._unwritten[job.id] = (status, problem)
        self._write_late_marks()

    def _write_late_marks(self) -> None:
        for job_id, (status, problem) in list(self._unwritten.items()):
            self._store.mark(job_id, status, problem)
            del self._unwritten[job_id]

    # --- commands ----------------------------------------------------------------------------

    def _retry(self) -> None:
        self._retry_at, self._failures, self._insist = 0.0, 0, True

    def _check(self) -> None:
        if self._current is not None:
            return  # being used; the job tells soon enough
        setup = self._printer()
        self._manners.recall(setup.address, answers=setup.answers)
        try:
            status = self._transport(setup, "").status()
        except UserError:
            status = PrinterStatus(PrinterState.ABSENT)
        self._state = replace(self._state, status=status)
        self._publish()

    def _answered(self, job_id: int, *, printed: bool) -> None:
        if self._store.status(job_id) != "unknown":
            return  # answered already: a second "no" must not print it a second time
        address = self._silent.pop(job_id, "")
        self._store.mark(job_id, "done" if printed else "waiting")
        if not printed:
            self._retry_at = 0.0
        elif address:
            self._manners.printed_in_silence(address)
        self._publish()

    def _cancel(self, job_id: int) -> None:
        if self._current is not None and self._current.id == job_id:
            self._current_cancelled = True
        elif self._store.status(job_id) in {"waiting", "unknown"}:
            self._store.mark(job_id, "cancelled")
            self._silent.pop(job_id, None)
            self._publish()

    def _publish(self) -> None:
        try:
            waiting, unknown = self._store.counts()
            self._state = replace(self._state, waiting=waiting, unknown=unknown)
            if self._state != self._published:
                self._published = self._state
                self._on_change(self._state)
        except Exception:  # noqa: BLE001 (what is shown must not decide what is printed)
            _log.exception("the print queue's state could not be told")


def _composed(job: PrintJob, setup: PrinterSetup) -> tuple[bytes, str]:
    """The job's bytes, and the paper as text where the preview keeps it."""
    from pos.receipts.layout import layout, render_text

    document = decode(job.document)
    elements = layout(document, setup.profile.columns)
    raw = compose_elements(elements, setup.profile, setup.pictures)
    shown = setup.address.strip().lower().startswith("preview:")
    return raw, render_text(elements, setup.profile.columns) if shown else ""


def _could_not_go_on() -> str:
    return _("Printing has stopped for a moment; it is tried again by itself.")


def _drawer_too_late() -> str:
    return _("The drawer was not opened: the program had been closed meanwhile.")
