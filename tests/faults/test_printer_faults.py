"""Printers that fail, over every kind of cable, with the real worker in a process of its own.

Whatever happens: the job's status is right, nothing is printed twice unless a person asked for
it, and the worker comes back within its limits.
"""

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pos.receipts.documents import DrawerKick, encode
from pos.receipts.escpos import compose
from pos.receipts.outcomes import PrinterState, PrinterStatus
from tests.faults.rigs import RIGS, Rig, UsbRig
from tests.faults.till import PROFILE
from tests.receipts.samples import receipt
from tests.receipts.store import SqliteJobStore

LIMITS = {
    "connect": 1.0,
    "stall": 0.5,
    "total": 3.0,
    "answer": 0.7,
    "print_rate": 1e6,
    "status": 0.3,
    "slice": 0.1,
}
PATIENCE = 20.0
"""Seconds that a loaded machine may need; never waited for when things go well."""

RECEIPT = receipt()
PAPER = compose(RECEIPT, PROFILE)
ALL = ("usb", "tcp", "serial", "file")
TALKING = ("usb", "tcp", "serial")


def until(what: Callable[[], bool], why: str | Callable[[], str]) -> None:
    ends = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < ends, why() if callable(why) else why
        time.sleep(0.02)


class Till:
    """The program under test, which can be asked, killed and started again."""

    def __init__(self, folder: Path, rig: Rig) -> None:
        self.folder = folder
        self.rig = rig
        self.store = SqliteJobStore(folder / "jobs.sqlite")
        self.answers: bool | None = None
        self.limits: dict[str, float] = dict(LIMITS)
        self.said: list[dict[str, Any]] = []
        self.prefix: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    def start(self) -> None:
        settings = json.dumps({"limits": self.limits, "answers": self.answers})
        self._process = subprocess.Popen(
            [
                *self.prefix,
                *self.rig.command(),
                "-m",
                "tests.faults.till",
                str(self.store.path),
                self.rig.address,
                settings,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **self.rig.environment()},
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._reader.start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.said.append(json.loads(line))

    def tell(self, do: str, **more: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._process.stdin.flush()

    def add(self) -> int:
        job = self.store.add(RECEIPT)
        if self._process is not None:
            self.tell("wake")
        return job

    def heard(self, key: str) -> Any:
        until(lambda: any(key in said for said in self.said), f"{key} was never said")
        return next(said[key] for said in reversed(self.said) if key in said)

    def becomes(self, job: int, status: str) -> None:
        until(
            lambda: self.store.look(job)[0] == status,
            lambda: (
                f"job {job} should be {status}, is {self.store.look(job)}; said {self.said[-3:]}"
            ),
        )

    def problem(self, kind: str) -> str:
        until(
            lambda: any(said.get("kind") == kind for said in self.said),
            lambda: f"no problem of kind {kind}: {self.said[-3:]}",
        )
        return str(next(said["problem"] for said in self.said if said.get("kind") == kind))

    def kill(self) -> None:
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._end()
        self.rig.till_was_killed()

    def stop(self, timeout: float = 5.0) -> None:
        """Every test ends so: the worker must come back, whatever its printer does."""
        if self._process is None:
            return
        self.tell("stop", timeout=timeout)
        assert self.heard("stopped") is True
        self._end()

    def _end(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._reader is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self._process.stdout.close()
        self._process = None


Make = Callable[..., tuple[Rig, Till]]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """A printer of a kind with its faults, and a till that prints on it."""
    rigs: list[Rig] = []
    tills: list[Till] = []

    def build(kind: str, **faults: object) -> tuple[Rig, Till]:
        rig = RIGS[kind](tmp_path, **faults)
        till = Till(tmp_path, rig)
        rigs.append(rig)
        tills.append(till)
        return rig, till

    try:
        yield build
        for till in tills:
            till.stop()
    finally:
        for till in tills:
            till.kill()
        for rig in rigs:
            rig.close()


def copies(rig: Rig) -> int:
    """How often the receipt's beginning is on paper."""
    return rig.printed().count(b"DKR-000123")


@pytest.mark.parametrize("kind", ALL)
def test_a_printer_in_order_prints_once(make: Make, kind: str) -> None:
    rig, till = make(kind)
    job = till.add()
    till.start()
    till.becomes(job, "done")
    until(lambda: len(rig.printed()) >= len(PAPER), "not all of it was printed")
    assert rig.printed() == PAPER
    assert till.store.history(job) == ["sending", "done"]
    assert till.store.look(job)[1] == 1


@pytest.mark.parametrize("kind", ALL)
def test_absent_then_back_again(make: Make, kind: str) -> None:
    rig, till = make(kind, plugged=False)
    job = till.add()
    till.start()
    assert till.problem("absent")
    till.becomes(job, "waiting")
    time.sleep(0.5)  # some attempts more, which must not write to the disk
    assert till.store.history(job) == ["waiting"]
    rig.plug()
    till.becomes(job, "done")
    until(lambda: len(rig.printed()) >= len(PAPER), "not all of it was printed")
    assert rig.printed() == PAPER


@pytest.mark.parametrize("kind", TALKING)
def test_out_of_paper_before_the_receipt(make: Make, kind: str) -> None:
    rig, till = make(kind, paper=0)
    job = till.add()
    till.start()
    assert till.problem("stalled") == PrinterStatus(PrinterState.PAPER_OUT).sentence
    assert any(said.get("status") == "paper_out" for said in till.said)
    assert till.store.history(job) == ["waiting"]
    assert rig.taken() == 0
    rig.refill()
    till.becomes(job, "done")
    assert rig.printed() == PAPER


@pytest.mark.parametrize("kind", ALL)
def test_out_of_paper_in_mid_receipt(make: Make, kind: str) -> None:
    rig, till = make(kind, size=256, paper=600)
    job = till.add()
    till.start()
    till.becomes(job, "unknown")
    assert till.store.history(job) == ["sending", "unknown"]
    rig.refill()
    time.sleep(0.6)  # long enough for a worker that would try again by itself
    assert copies(rig) <= 1
    assert till.store.look(job)[0] == "unknown"
    till.tell("answer", job_id=job, printed=False)
    till.becomes(job, "done")
    until(lambda: rig.printed().endswith(PAPER), "the second print, asked for, is whole")
    assert copies(rig) == 2


@pytest.mark.parametrize("kind", ALL)
def test_switched_off_in_mid_receipt(make: Make, kind: str) -> None:
    rig, till = make(kind, size=512, rate=20_000, pull_after=900)
    job = till.add()
    till.start()
    till.becomes(job, "unknown")
    before = rig.printed()
    assert len(before) < len(PAPER)
    rig.plug()
    later = till.add()
    till.becomes(later, "done")
    until(lambda: len(rig.printed()) >= len(before) + len(PAPER), "the next receipt goes on")
    assert rig.printed() == before + PAPER
    assert till.store.look(job)[0] == "unknown"


@pytest.mark.parametrize("kind", TALKING)
def test_switched_off_with_the_whole_receipt_in_its_buffer(make: Make, kind: str) -> None:
    rig, till = make(kind, rate=1000)
    till.limits["answer"] = 15.0
    job = till.add()
    till.start()
    until(lambda: rig.taken() >= len(PAPER), "the buffer takes it whole")
    rig.unplug()
    till.becomes(job, "unknown")
    rig.plug()
    time.sleep(0.5)
    assert till.store.history(job) == ["sending", "unknown"]
    assert len(rig.printed()) < len(PAPER)


@pytest.mark.parametrize("kind", TALKING)
def test_a_mute_printer_is_asked_about_once(make: Make, kind: str) -> None:
    rig, till = make(kind, answers=False)
    job = till.add()
    till.start()
    till.becomes(job, "unknown")
    assert rig.printed() == PAPER
    till.tell("answer", job_id=job, printed=True)
    till.becomes(job, "done")
    assert till.heard("learnt") == rig.address
    later = till.add()
    till.becomes(later, "done")
    assert rig.printed() == PAPER * 2


@pytest.mark.parametrize("kind", ALL)
def test_killed_in_mid_receipt(make: Make, kind: str) -> None:
    rig, till = make(kind, size=256, rate=1500)
    till.limits |= {"stall": 10.0, "total": 30.0}
    job = till.add()
    till.start()
    until(lambda: rig.taken() >= 400, "it has begun")
    till.kill()
    assert till.store.look(job)[0] == "sending"
    till.start()
    till.becomes(job, "unknown")
    time.sleep(0.3)
    assert copies(rig) <= 1
    rig.set(rate=1e9)
    till.tell("answer", job_id=job, printed=False)
    till.becomes(job, "done")
    until(lambda: rig.printed().endswith(PAPER), "the second print, asked for, is whole")
    assert copies(rig) == 2


@pytest.mark.parametrize("kind", TALKING)
def test_slow_but_moving(make: Make, kind: str) -> None:
    rig, till = make(kind, size=64, rate=3000)
    till.limits |= {"total": 20.0, "answer": 5.0}
    job = till.add()
    till.start()
    till.becomes(job, "done")
    assert rig.printed() == PAPER


@pytest.mark.parametrize("kind", ALL)
def test_one_byte_a_second(make: Make, kind: str) -> None:
    _rig, till = make(kind, size=64, rate=1.0)
    till.limits |= {"stall": 2.5, "total": 3.0}
    job = till.add()
    started = time.monotonic()
    till.start()
    till.becomes(job, "unknown")
    assert time.monotonic() - started < 15
    assert till.store.history(job) == ["sending", "unknown"]


@pytest.mark.parametrize("kind", ALL)
def test_a_drawer_is_never_kicked_late(make: Make, kind: str) -> None:
    rig, till = make(kind, plugged=False)
    till.start()
    job = till.store.add(DrawerKick(), "drawer", "")
    till.tell("wake")
    till.becomes(job, "cancelled")
    assert till.store.look(job)[2]
    rig.plug()
    later = till.store.add(DrawerKick(), "drawer", "")
    till.tell("wake")
    till.becomes(later, "done")
    until(lambda: b"\x1bp\x00" in rig.printed(), "the drawer opens")
    assert rig.printed().count(b"\x1bp") == 1


def test_stopping_does_not_wait_for_a_stuck_printer(make: Make) -> None:
    rig, till = make("tcp", size=64, rate=0.0)
    till.limits |= {"stall": 60.0, "total": 60.0}
    job = till.add()
    till.start()
    until(lambda: rig.taken() > 0, "it has begun")
    till.stop(1.0)
    assert till.heard("seconds") < 1.0
    assert till.store.look(job)[0] == "unknown"


def test_a_receipt_is_answered_for_while_another_is_stuck(make: Make) -> None:
    _rig, till = make("tcp", size=256, rate=0.0)
    till.limits |= {"stall": 30.0, "total": 30.0}
    earlier = till.store.add(RECEIPT)
    till.store.mark(earlier, "unknown")
    job = till.add()
    till.start()
    till.becomes(job, "sending")
    till.tell("answer", job_id=earlier, printed=True)
    till.becomes(earlier, "done")
    assert till.store.look(job)[0] == "sending"
    till.tell("cancel", job_id=job)
    till.becomes(job, "cancelled")


# --- USB alone -----------------------------------------------------------------------------------


def usb(make: Make, **faults: object) -> tuple[UsbRig, Till]:
    rig, till = make("usb", **faults)
    assert isinstance(rig, UsbRig)
    return rig, till


def test_the_kernels_driver_is_moved_aside_and_given_back(make: Make) -> None:
    rig, till = usb(make, driver="usblp")
    job = till.add()
    till.start()
    till.becomes(job, "done")
    until(lambda: rig.ask("look")["driver"] == "usblp", "usblp has its printer back")
    seen = rig.ask("look")
    assert rig.printed() == PAPER
    assert seen["resets"] == 0
    assert seen["claimed"] is False


def test_held_by_another_program(make: Make) -> None:
    rig, till = usb(make, busy=True)
    job = till.add()
    till.start()
    assert till.problem("busy")
    assert till.store.history(job) == ["waiting"]
    rig.set(busy=False)
    till.becomes(job, "done")
    assert rig.printed() == PAPER


def test_not_allowed(make: Make) -> None:
    rig, till = usb(make)
    nodes = list(Path(rig.root).glob("dev/bus/usb/001/*"))
    assert nodes
    for node in nodes:
        node.chmod(0)
    if os.geteuid() == 0:
        # Root may open anything, unless it gives that right away.
        if shutil.which("setpriv") is None:
            pytest.skip("root can't be denied anything without setpriv")
        rights = "-dac_override,-dac_read_search"
        till.prefix = ["setpriv", f"--inh-caps={rights}", f"--bounding-set={rights}"]
    job = till.add()
    till.start()
    assert till.problem("denied")
    assert till.store.history(job) == ["waiting"]
    assert rig.printed() == b""


def test_a_device_that_is_no_printer_gets_no_byte(make: Make) -> None:
    rig, till = usb(make, device_class=8)  # mass storage: a byte could harm it
    job = till.add()
    till.start()
    assert till.problem("unknown")
    assert till.store.history(job) == ["waiting"]
    assert rig.taken() == 0


def test_it_is_found_and_its_state_is_told_in_time(make: Make) -> None:
    rig, till = usb(make)
    till.start()
    till.tell("discover")
    assert "usb:04b8:0202" in till.heard("found")
    till.tell("status")
    assert till.heard("state") == "ready"
    rig.set(answers=False)
    till.said.clear()
    till.tell("status")
    assert till.heard("state") == "unknown"
    assert till.heard("seconds") < 1.5


@pytest.mark.parametrize(
    ("serials", "addresses"),
    [
        (["SN1", "SN2"], ["usb:04b8:0202:SN1", "usb:04b8:0202:SN2"]),
        (["0000", "0000"], ["usb:04b8:0202@1-4", "usb:04b8:0202@1-5"]),
    ],
)
def test_two_equal_printers_are_told_apart(
    make: Make, serials: list[str], addresses: list[str]
) -> None:
    rig, till = usb(make, twins=serials)
    rig.address = addresses[1]
    job = till.add()
    till.start()
    till.becomes(job, "done")
    assert rig.printed() == b""
    assert bytes.fromhex(rig.ask("look")["twin"]) == PAPER
    till.tell("discover")
    assert sorted(one for one in till.heard("found") if one.startswith("usb:")) == addresses


def test_unplugged_and_back_many_times(make: Make) -> None:
    rig, till = usb(make)
    till.start()
    for count in range(1, 4):
        job = till.add()
        till.becomes(job, "done")
        assert copies(rig) == count
        rig.unplug()
        waiting = till.add()
        until(lambda job=waiting: till.store.look(job)[2] != "", "its absence is noted")  # type: ignore[misc]
        till.tell("cancel", job_id=waiting)
        till.becomes(waiting, "cancelled")
        rig.plug()
    assert rig.printed() == PAPER * 3


def test_the_stored_document_is_what_is_sent() -> None:
    assert encode(RECEIPT) != encode(receipt(number="DKR-000124"))
    assert len(PAPER) > 1500
