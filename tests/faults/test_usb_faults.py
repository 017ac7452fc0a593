"""What only USB printers do: drivers, rights, twins, other devices, and cables pulled again and again."""

import os
import shutil
from pathlib import Path

import pytest

from pos.receipts.documents import encode
from tests.faults.driven import PAPER, RECEIPT, Make, Till, copies, until
from tests.faults.rigs import UsbRig
from tests.receipts.samples import receipt


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
