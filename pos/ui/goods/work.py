"""What the presenters of the goods screen share: who works, a manager's word, papers."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pos.errors import ApprovalNeededError, EnvironmentProblem, TitipError
from pos.i18n import _
from pos.ui.settings.gate import Gate
from pos.ui.settings.section import Section

if TYPE_CHECKING:
    from pos.receipts.documents import Document
    from pos.receipts.pdf import Paper
    from pos.services.staff import Session
    from pos.ui.desk import Desk

T = TypeVar("T")


class GoodsGate(Gate):
    """A type of its own, so that the desk keeps it apart from other screens' gates."""


class Work(Section):
    """A section whose commands are a person's; see Section for `errors`, `note` and `busy`."""

    def __init__(self, desk: "Desk", gate: Gate) -> None:
        super().__init__(desk.till, desk.run, gate)
        self._desk = desk

    @property
    def session(self) -> "Session":
        """Who works now."""
        return self._desk.staff

    def do_allowed(self, work: Callable[[int], T], done: Callable[[T], None]) -> None:
        """Run `work(approver_id)`; where it needs a manager, ask for the PIN and run it again."""
        self._attempt(work, done, 0)

    def _attempt(self, work: Callable[[int], T], done: Callable[[T], None], approver: int) -> None:
        if self.busy:
            return
        self.busy, self.errors, self.note = True, {}, ""
        self.on_change()

        def finished(result: T) -> None:
            self.busy = False
            done(result)
            self.on_change()

        def failed(error: TitipError) -> None:
            self.busy = False
            if isinstance(error, ApprovalNeededError) and not approver:
                self.on_change()
                self._gate.ask(error.sentence, lambda word: self._attempt(work, done, word.manager))
                return
            self.refresh_after_failure()
            self.tell(errors={getattr(error, "field", ""): error.sentence})

        self._run(lambda: work(approver), finished, failed, failed)

    def print_paper(
        self, kind: str, document: "Document", title: str, *, said: str, copy: bool = False
    ) -> None:
        """Give a paper to the printer's queue and say so."""
        from pos.services.goods_papers import queue_paper

        till = self._till
        self.do(
            lambda: queue_paper(till.unit, till.printing, kind, document, title=title, copy=copy),
            lambda _done: self.tell(note=said),
        )

    def save_pdf(self, document: "Paper", target: Path) -> None:
        """Write a paper as A4 PDF, beside the database worker."""
        from pos.receipts.pdf import paper_pdf

        self.save_file(target, lambda: paper_pdf(document))

    def save_file(self, target: Path, make: Callable[[], bytes]) -> None:
        """Write what `make` makes, and say where it is."""
        if self.busy:
            return
        self.busy, self.errors, self.note = True, {}, ""
        self.on_change()

        def failed(error: TitipError) -> None:
            self.busy = False
            self.tell(errors={getattr(error, "field", ""): error.sentence})

        def finished(_result: object) -> None:
            self.busy = False
            self.tell(note=_("Saved as {file}.").format(file=target.name))

        self._desk.run_aside(lambda: write_file(target, make()), finished, failed, failed)


def write_file(target: Path, raw: bytes) -> None:
    """All of it or nothing. Raises EnvironmentProblem when the disk refuses."""
    unfinished = target.with_name(target.name + ".new")
    try:
        unfinished.write_bytes(raw)
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise EnvironmentProblem(
            _("The file could not be written: {why}").format(why=error.strerror)
        ) from error
