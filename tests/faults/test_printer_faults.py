"""Printers that fail, over every kind of cable, with the real worker in a process of its own.

Whatever happens: the job's status is right, nothing is printed twice unless a person asked for
it, and the worker comes back within its limits.
"""

import time

import pytest

from pos.receipts.documents import DrawerKick
from pos.receipts.outcomes import PrinterState, PrinterStatus
from tests.faults.driven import PAPER, RECEIPT, Make, copies, until

ALL = ("usb", "tcp", "serial", "file")
TALKING = ("usb", "tcp", "serial")


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
    assert till.heard("waiting") == 0  # what an earlier run left is tidied up before anything else
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
