"""The print queue in words: the header's few, and the banner's sentence."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pos.i18n import _
from pos.receipts.outcomes import PrinterState

if TYPE_CHECKING:
    from pos.receipts.jobs import QueueState
    from pos.services.printing import JobRow

Tone = Literal["good", "warn", "bad", "quiet"]


@dataclass(frozen=True)
class PrinterLine:
    """The printer in the window's header: a dot of this tone and a few words."""

    tone: Tone
    words: str


@dataclass(frozen=True)
class Banner:
    """What stands over the screen until somebody acts.

    `job_id` is set when it asks whether that job's paper came out; otherwise it tells of a
    problem, and the ways on are trying again and looking at the queue.
    """

    sentence: str
    job_id: int = 0

    @property
    def is_question(self) -> bool:
        """Whether it asks something of a paper."""
        return self.job_id != 0


def printer_line(queue: "QueueState", *, preview: bool) -> PrinterLine:
    """The header's words; the worst comes first."""
    if queue.unknown:
        return PrinterLine("warn", _("Was it printed?"))
    if queue.problem:
        return PrinterLine("bad", _("Printer: {count} waiting").format(count=queue.waiting))
    if queue.current:
        return PrinterLine("good", _("Printing…"))
    if preview:
        return PrinterLine("quiet", _("Paper on screen"))
    words: dict[PrinterState, tuple[Tone, str]] = {
        PrinterState.READY: ("good", _("Printer ready")),
        PrinterState.UNKNOWN: ("good", _("Printer ready")),
        PrinterState.PAPER_LOW: ("warn", _("Paper running out")),
        PrinterState.PAPER_OUT: ("bad", _("Paper is out")),
        PrinterState.COVER_OPEN: ("bad", _("Cover open")),
        PrinterState.OFFLINE: ("bad", _("Printer offline")),
        PrinterState.ABSENT: ("bad", _("Printer not found")),
    }
    return PrinterLine(*words[queue.status.state])


def banner_of(queue: "QueueState", jobs: "tuple[JobRow, ...]") -> Banner | None:
    """The question comes before the problem: it is about money handed over without paper."""
    asked = next((job for job in jobs if job.status == "unknown"), None)
    if asked is not None:
        sentence = _("Did {title} come out of the printer complete?").format(title=asked.title)
        return Banner(sentence, asked.job_id)
    if not queue.problem:
        return None
    return Banner(
        _("{problem} Sales go on; papers that wait: {count}.").format(
            problem=queue.problem, count=queue.waiting
        )
    )


def status_label(job: "JobRow") -> str:
    """How a job stands, for the list."""
    words = {
        "waiting": _("Waiting"),
        "sending": _("Printing…"),
        "unknown": _("Printed or not?"),
    }
    return words[job.status]


def status_tone(job: "JobRow") -> str:
    """The label's tone, as pos.ui.stylesheet names them."""
    return {"waiting": "muted", "sending": "good", "unknown": "accent"}[job.status]
