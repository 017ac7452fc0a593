"""What the print queue has to say, in sentences. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.errors import TitipError
from pos.ui.printing.words import Banner, PrinterLine, banner_of, printer_line

if TYPE_CHECKING:
    from pos.services.printing import JobRow
    from pos.services.till import Till
    from pos.ui.bridge import Runner


@dataclass(frozen=True)
class PrintState:
    """Everything that is shown of the queue."""

    line: PrinterLine
    banner: Banner | None = None
    jobs: "tuple[JobRow, ...]" = ()
    problem: str = ""
    sentence: str = ""


class PrintPresenter:
    """One for the whole window: header, banner and panel show the same state.

    `refresh` is to be called in the GUI thread whenever the queue announces a change.
    """

    def __init__(self, till: "Till", run: "Runner") -> None:
        self._till, self._run = till, run
        self.on_change: Callable[[], None] = lambda: None
        self.state = self._read("")

    def refresh(self) -> None:
        """Read the queue anew."""
        self._set(self._read(self.state.sentence))

    def retry(self) -> None:
        """Try the printer again now instead of after its pause."""
        self._do(self._till.printing.retry)

    def answer(self, job_id: int, *, printed: bool) -> None:
        """The person's word on a job of which nobody knows whether it came out."""
        self._do(lambda: self._till.printing.answer(job_id, printed=printed))

    def cancel(self, job_id: int) -> None:
        """Take a job out of the queue; its receipt can be printed again from the receipts."""
        self._do(lambda: self._till.printing.cancel(job_id))

    def _do(self, work: Callable[[], object]) -> None:
        def done(_result: object) -> None:
            self._set(self._read(""))

        def failed(error: TitipError) -> None:
            self._set(self._read(error.sentence))

        self._run(work, done, failed, failed)

    def _read(self, sentence: str) -> PrintState:
        queue, jobs = self._till.printing.state(), self._till.printing.jobs()
        return PrintState(
            line=printer_line(queue, preview=self._is_preview()),
            banner=banner_of(queue, jobs),
            jobs=jobs,
            problem=queue.problem,
            sentence=sentence,
        )

    def _is_preview(self) -> bool:
        return self._till.printing.choice().address.startswith("preview:")

    def _set(self, state: PrintState) -> None:
        if state != self.state:
            self.state = state
            self.on_change()
