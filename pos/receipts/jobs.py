"""Print jobs, and what the print worker needs of whoever keeps them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from pos.receipts.escpos import ImageFolder, PaperProfile
from pos.receipts.outcomes import UNKNOWN_STATUS, ErrorKind, PrinterStatus

JobStatus = Literal["waiting", "sending", "done", "unknown", "cancelled"]
"""
waiting: not a byte of it has been taken by a printer; goes out by itself.
sending: written down before its first byte leaves.
done: printed, handed over, or said by a person to be printed.
unknown: some or all of it was taken, nobody knows whether it is on paper; a person is asked.
cancelled: given up, by a person or because it was a drawer's.
"""

DRAWER = "drawer"


class PrintJob(msgspec.Struct, frozen=True):
    """One paper to be printed. `document` is as `documents.encode` wrote it."""

    id: int
    kind: str
    document: bytes
    title: str
    status: str
    attempts: int
    copy: bool


class JobStore(Protocol):
    """Where jobs are kept. Called by the print worker's thread alone, one call at a time."""

    def next_waiting(self) -> PrintJob | None:
        """The next job with status "waiting": drawers first, then the oldest."""
        ...

    def mark(self, job_id: int, status: JobStatus, problem: str = "") -> None:
        """Write the status and the problem's sentence down, durably before it returns; only "done"
        may be lost by a power cut, as "sending" then stands there.

        "sending" adds one to the job's attempts.
        """
        ...

    def recover(self) -> int:
        """Make every "sending" job of an earlier run "unknown" (a drawer's: "cancelled").

        Returns how many became unknown.
        """
        ...

    def status(self, job_id: int) -> str:
        """A job's status; "" when it is not kept any more."""
        ...

    def counts(self) -> tuple[int, int]:
        """How many jobs are waiting (or being sent), and how many are unknown."""
        ...


def _no_pictures(_name: str) -> Path | None:
    return None


@dataclass(frozen=True)
class PrinterSetup:
    """The printer as the settings have it at this moment.

    `answers` is what was learnt of it earlier: whether it ever says "printed"; None for not known.
    """

    address: str
    profile: PaperProfile
    preview_folder: Path
    answers: bool | None = None
    pictures: ImageFolder = field(default=_no_pictures)


@dataclass(frozen=True)
class QueueState:
    """What the screen shows of the print queue.

    `current` is the title of the paper being sent, `problem` the sentence of the last failure as
    long as papers wait because of it, `kind` its kind. `drawer` says why the drawer did not open
    the last time it should have.
    """

    waiting: int = 0
    unknown: int = 0
    current: str | None = None
    problem: str = ""
    kind: ErrorKind | None = None
    drawer: str = ""
    status: PrinterStatus = UNKNOWN_STATUS


@dataclass(frozen=True)
class Backoff:
    """Seconds until a waiting job is tried again; looking for an absent printer is cheap."""

    first: float = 2.0
    most: float = 30.0
    absent: float = 1.5

    def after(self, failures: int, kind: ErrorKind) -> float:
        """The pause after the n-th failure in a row."""
        if kind in {ErrorKind.ABSENT, ErrorKind.GONE}:
            return self.absent
        return min(self.most, self.first * 2.0 ** min(failures - 1, 10))


OnLearn = Callable[[str, bool], None]
"""Told (address, whether it answers) when that becomes known, so that the settings keep it."""
