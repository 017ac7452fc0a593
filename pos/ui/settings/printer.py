"""Choosing a printer: found ones, an address typed by hand, its paper and switches, a test print.

Used by the settings and by the last step of the set-up.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from pos.errors import TitipError, UserError
from pos.i18n import _
from pos.receipts.addresses import parse_address
from pos.receipts.outcomes import FoundPrinter, PrinterState
from pos.services.printing import Paper, PrinterChoice

if TYPE_CHECKING:
    from pos.services.printing import Printing
    from pos.ui.bridge import Runner

PREVIEW = "preview:"
_PRINTED = -1
"""No job has this id: a test page that was done before it could be looked up."""
_ANSWERED = frozenset({PrinterState.READY, PrinterState.PAPER_LOW})
_SPOOLERS = {"windows": "Windows", "cups": "CUPS"}
PAPERS: tuple[Paper, ...] = ("58", "80-42", "80-48")
"""Paper widths in millimetres and, for 80, the characters on a line."""


@dataclass(frozen=True)
class PrinterPageState:
    """What the page shows.

    `searching` says that the list is being made; `testing` that a test print is under way; `test`
    how the last one ended, well if `test_good`. `status` is what the printer says of itself.
    """

    choice: PrinterChoice
    found: tuple[FoundPrinter, ...] = ()
    searching: bool = False
    address_error: str = ""
    testing: bool = False
    test: str = ""
    test_good: bool = False
    status: str = ""

    @property
    def is_preview(self) -> bool:
        """Whether the paper only appears on the screen."""
        return self.choice.address.startswith(PREVIEW)

    @property
    def listed(self) -> tuple[FoundPrinter, ...]:
        """The found printers, the chosen one among them even if it is away."""
        address = self.choice.address
        if any(found.address == address for found in self.found):
            return self.found
        label = _("On the screen (no printer)") if self.is_preview else address
        return (FoundPrinter(address, label), *self.found)


class PrinterPresenter:
    """Each change holds at once, from the next paper on.

    `run_aside` runs on a thread of its own: looking for printers waits for devices.
    """

    def __init__(self, printing: "Printing", run: "Runner", run_aside: "Runner") -> None:
        self._printing, self._run, self._run_aside = printing, run, run_aside
        self._test_job = 0
        self.state = PrinterPageState(choice=printing.choice())
        self.on_change: Callable[[], None] = lambda: None

    def refresh(self) -> None:
        """What holds now, and a new look for printers."""
        choice = self._printing.choice()
        self._set(replace(self.state, choice=choice, address_error="", test="", testing=False))
        self.queue_changed()
        self.search()

    def search(self) -> None:
        """Look what is connected, and how the chosen one is."""
        if self.state.searching:
            return
        self._set(replace(self.state, searching=True))
        self._printing.queue.check()

        def done(found: tuple[FoundPrinter, ...]) -> None:
            self._set(replace(self.state, searching=False, found=found))

        def failed(error: TitipError) -> None:
            self._set(replace(self.state, searching=False, found=(), address_error=error.sentence))

        self._run_aside(self._printing.discover, done, failed, failed)

    def choose(self, address: str) -> None:
        """One of the list."""
        self._change(address=address)

    def type_address(self, text: str) -> bool:
        """An address typed by hand; False when it is none, with a sentence that says why."""
        try:
            address = str(parse_address(text))
        except UserError as error:
            self._set(replace(self.state, address_error=error.sentence))
            return False
        self._change(address=address)
        return True

    def change(self, **changes: object) -> None:
        """Other fields of the choice: paper, has_cut, has_drawer, drawer_pin, native_qr, logo."""
        self._change(**changes)

    def test(self) -> None:
        """Print a test page; how it ends is told by the queue."""
        if self.state.testing:
            return
        self._test_job = 0
        self._set(replace(self.state, testing=True, test="", address_error=""))

        def queued(_done: object) -> None:
            tests = [job.job_id for job in self._printing.jobs() if job.kind == "test"]
            # It may be on paper already.
            self._test_job = tests[-1] if tests else _PRINTED
            self.queue_changed()

        def failed(error: TitipError) -> None:
            self._set(replace(self.state, testing=False, test=error.sentence, test_good=False))

        self._run(self._printing.test_print, queued, failed, failed)

    def queue_changed(self) -> None:
        """The print queue announced something: the printer's state, perhaps the test's outcome."""
        queue = self._printing.state()
        status = "" if self.state.is_preview else queue.problem or queue.status.sentence
        state = replace(self.state, status=status)
        self._set(self._tested(state, queue.problem) if self._test_job else state)

    def _tested(self, state: PrinterPageState, problem: str) -> PrinterPageState:
        """How the test stands. It is watched on after a problem: paper may be put in."""
        jobs = self._printing.jobs()
        job = next((job for job in jobs if job.job_id == self._test_job), None)
        if job is None:
            self._test_job = 0
            said = _ended(state, answered=self._printing.state().status.state in _ANSWERED)
            return replace(state, testing=False, test=said, test_good=True)
        if job.status == "unknown":
            said = _("The test page was sent, but the printer does not answer. Did it come out?")
            return replace(state, testing=False, test=said, test_good=True)
        if problem:
            return replace(state, testing=False, test=problem, test_good=False)
        return state

    def _change(self, **changes: object) -> None:
        before = self.state.choice
        choice = msgspec.structs.replace(before, **changes)
        self._test_job = 0
        self._set(replace(self.state, choice=choice, address_error="", test="", testing=False))
        if choice == before:
            return

        def failed(error: TitipError) -> None:
            self._set(replace(self.state, choice=before, address_error=error.sentence))

        self._run(
            lambda: self._printing.set_choice(choice),
            lambda _done: self.queue_changed(),
            failed,
            failed,
        )

    def _set(self, state: PrinterPageState) -> None:
        if state != self.state:
            self.state = state
            self.on_change()


def _ended(state: PrinterPageState, *, answered: bool) -> str:
    """How a test page ended well: only a printer that answered is known to have printed it."""
    if state.is_preview:
        return _("The test page is on the screen.")
    if answered:
        return _("The test page was printed. Is all of it easy to read?")
    system = _SPOOLERS.get(state.choice.address.partition(":")[0])
    if system:
        return _("The test page was handed to {system}. Did it come out?").format(system=system)
    return _("The test page was sent. Did it come out?")


def paper_label(paper: str) -> str:
    """A paper's width for people."""
    return {
        "58": _("58 mm"),
        "80-42": _("80 mm · {count}").format(count=42),
        "80-48": _("80 mm · {count}").format(count=48),
    }[paper]
