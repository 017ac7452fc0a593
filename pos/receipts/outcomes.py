"""What can come of talking to a printer: results, errors with a sentence each, and time limits."""

from dataclasses import dataclass
from enum import StrEnum

from pos.i18n import _


class SendResult(StrEnum):
    """How far a job is known to have come, when nothing went wrong."""

    PRINTED = "printed"
    """The printer answered after the last byte: all of it is on paper."""
    PAPER_LOW = "paper_low"
    """The same, and the printer said that its paper is running out."""
    HANDED_OVER = "handed_over"
    """Accepted by something that never says more: a spooler, a pipe, the preview's folder."""
    UNKNOWN = "unknown"
    """Every byte was taken, but the printer did not answer."""


class ErrorKind(StrEnum):
    """Why a job did not go out; each has a sentence of its own."""

    ABSENT = "absent"
    BUSY = "busy"
    DENIED = "denied"
    STALLED = "stalled"
    GONE = "gone"
    UNKNOWN = "unknown"


class PrinterState(StrEnum):
    """What a printer says of itself; most cheap ones say nothing, so UNKNOWN is ordinary."""

    READY = "ready"
    OFFLINE = "offline"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    ABSENT = "absent"
    UNKNOWN = "unknown"


class PrinterError(Exception):
    """A job did not go out, or not all of it.

    `partial` says that the printer may have taken some of it; only then may a repeat print twice.
    `bytes_sent` counts what is known to be taken. `detail` is for the log, not for people; `state` is
    what the printer said of itself, if it did.
    """

    def __init__(
        self,
        kind: ErrorKind,
        detail: str = "",
        *,
        partial: bool = False,
        bytes_sent: int = 0,
        advice: str = "",
        state: PrinterState = PrinterState.UNKNOWN,
    ) -> None:
        super().__init__(f"{kind}: {detail}" if detail else str(kind))
        self.kind = kind
        self.detail = detail
        self.partial = partial
        self.bytes_sent = bytes_sent
        self.advice = advice
        self.state = PrinterState.ABSENT if kind is ErrorKind.ABSENT else state

    def after(self, bytes_sent: int) -> "PrinterError":
        """The same error, once `bytes_sent` bytes of the job had been taken."""
        return PrinterError(
            self.kind,
            self.detail,
            partial=self.partial or bytes_sent > 0,
            bytes_sent=bytes_sent,
            advice=self.advice,
            state=self.state,
        )

    def sentence(self) -> str:
        """What happened and what to do, in the language in force."""
        return self.advice or error_sentence(self.kind)


def error_sentence(kind: ErrorKind) -> str:
    """The sentence of an error of this kind."""
    return {
        ErrorKind.ABSENT: _(
            "The printer was not found. Check its cable and that it is switched on."
        ),
        ErrorKind.BUSY: _("Another program is using the printer. Close it, or print through it."),
        ErrorKind.DENIED: _(
            "This computer does not let Titip use the printer. On Linux add the user to the group "
            "lp and sign in again; on Windows choose the printer by its Windows name."
        ),
        ErrorKind.STALLED: _("The printer takes nothing more. Check its paper and its cover."),
        ErrorKind.GONE: _("The printer went away while printing. Check its cable and switch."),
        ErrorKind.UNKNOWN: _("The printer reports a fault. Switch it off and on again."),
    }[kind]


@dataclass(frozen=True)
class PrinterStatus:
    """A printer's state; advice, never a promise."""

    state: PrinterState

    @property
    def can_print(self) -> bool:
        """False when the printer itself says that nothing would come out."""
        return self.state in {PrinterState.READY, PrinterState.PAPER_LOW, PrinterState.UNKNOWN}

    @property
    def sentence(self) -> str:
        """The state in the language in force."""
        return {
            PrinterState.READY: _("The printer is ready."),
            PrinterState.OFFLINE: _("The printer is offline. Press its feed or online button."),
            PrinterState.PAPER_LOW: _("The paper is running out. Keep a new roll at hand."),
            PrinterState.PAPER_OUT: _("The printer is out of paper. Put in a new roll."),
            PrinterState.COVER_OPEN: _("The printer's cover is open. Close it."),
            PrinterState.ABSENT: error_sentence(ErrorKind.ABSENT),
            PrinterState.UNKNOWN: _("The printer does not tell its state."),
        }[self.state]


UNKNOWN_STATUS = PrinterStatus(PrinterState.UNKNOWN)


@dataclass(frozen=True)
class Limits:
    """Seconds. Nothing waits longer than these, so that a stuck printer holds up nothing."""

    connect: float = 3.0
    """Until a connection or a spooler's program has answered."""
    stall: float = 5.0
    """Without a single byte taken."""
    total: float = 60.0
    """For one job to be taken, however slowly."""
    status: float = 0.4
    """For all answers to one question about the state."""
    answer: float = 8.0
    """For "printed up to here" after the last byte, besides the time that printing takes."""
    print_rate: float = 4000.0
    """Bytes a second that the slowest printer prints; not a limit, but part of the one above."""
    mute_answer: float = 0.3
    """The same for a printer that is known never to answer."""
    slice: float = 0.2
    """One wait within the others, after which a cancel is noticed."""


PRODUCTION = Limits()


@dataclass(frozen=True)
class FoundPrinter:
    """A printer that is connected or known: its address and what to call it in a list."""

    address: str
    label: str
