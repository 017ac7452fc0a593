"""A print worker with its store in this process, for tests."""

import time
from collections.abc import Callable
from pathlib import Path

from pos.receipts.documents import TestPage
from pos.receipts.escpos import PaperProfile
from pos.receipts.jobs import Backoff
from pos.receipts.outcomes import Limits
from pos.receipts.queue import PrinterSetup, PrintQueue, QueueState
from tests.receipts.store import SqliteJobStore

LIMITS = Limits(
    connect=0.5, stall=0.5, total=5.0, answer=0.6, print_rate=1e6, status=0.3, slice=0.05
)
WITH_DRAWER = PaperProfile(dots=384, columns=32, has_drawer=True)
PAGE = TestPage("Galeri Dekranasda", "On the screen", "2026-11-22T14:07:31", "id")


def until(what: Callable[[], bool]) -> None:
    ends = time.monotonic() + 10
    while not what():
        assert time.monotonic() < ends
        time.sleep(0.01)


class Bench:
    """A queue with its store, printing into a folder unless told otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = SqliteJobStore(folder / "jobs.sqlite")
        self.address = "preview:"
        self.profile = WITH_DRAWER
        self.answers: bool | None = None
        self.states: list[QueueState] = []
        self.learnt: list[tuple[str, bool]] = []
        self.queue = PrintQueue(
            self.store,
            self.setup,
            self.states.append,
            on_learn=lambda address, answers: self.learnt.append((address, answers)),
            limits=LIMITS,
            backoff=Backoff(first=0.05, most=0.1, absent=0.05),
        )

    def setup(self) -> PrinterSetup:
        return PrinterSetup(self.address, self.profile, self.folder / "papers", self.answers)

    def papers(self) -> list[bytes]:
        return [path.read_bytes() for path in sorted((self.folder / "papers").glob("*.bin"))]

    def becomes(self, job: int, status: str) -> None:
        until(lambda: self.store.look(job)[0] == status)
