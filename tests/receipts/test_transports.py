"""Ways to a printer that the fault tests don't take: the preview, and what holds for all of them."""

import os
import threading
from pathlib import Path

import pytest

from pos.i18n import set_language
from pos.receipts import printers
from pos.receipts.outcomes import (
    ErrorKind,
    PrinterError,
    PrinterState,
    PrinterStatus,
    SendResult,
    error_sentence,
)
from pos.receipts.printers import discover, parse_address, status
from pos.receipts.transports import usb
from pos.receipts.transports.base import bounded
from tests.receipts.ways import QUICK, cancelled, transport


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def test_the_preview_keeps_every_paper(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    for job in (b"one", b"two"):
        assert transport("preview:", folder, text="shown\n").send(job) is SendResult.HANDED_OVER
    assert sorted(path.read_bytes() for path in folder.glob("*.bin")) == [b"one", b"two"]
    assert [path.read_text() for path in folder.glob("*.txt")] == ["shown\n"] * 2
    transport("preview:", folder).send(b"three")
    assert len(list(folder.glob("*.txt"))) == 2
    assert status(parse_address("preview:")).state is PrinterState.READY


def test_a_preview_that_can_t_be_kept_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PrinterError) as caught:
        transport("preview:", tmp_path / "file" / "papers").send(b"x")
    assert not caught.value.partial
    with pytest.raises(PrinterError, match="cancelled"):
        transport("preview:", tmp_path).send(b"x", is_cancelled=cancelled)


def test_every_error_and_state_has_a_sentence_of_its_own() -> None:
    assert len({error_sentence(kind) for kind in ErrorKind}) == len(ErrorKind)
    assert len({PrinterStatus(state).sentence for state in PrinterState}) == len(PrinterState)


def test_what_fails_before_the_first_byte_ends_the_attempt(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.touch()

    def full_disk() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        transport(f"file:{path}", tmp_path).send(b"job", before_first_byte=full_disk)
    assert path.read_bytes() == b""


def test_one_broken_driver_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> tuple[printers.FoundPrinter, ...]:
        raise RuntimeError("a driver of some maker")

    monkeypatch.setattr(usb, "usb_printers", broken)
    assert discover(QUICK)[-1].address == "preview:"


def test_a_call_without_end_is_left() -> None:
    ends = threading.Event()
    with pytest.raises(TimeoutError):
        bounded(lambda: ends.wait(5), 0.05)
    ends.set()
    assert bounded(lambda: 42, 5) == 42
    with pytest.raises(ZeroDivisionError):
        bounded(lambda: 1 // 0, 5)


@pytest.mark.skipif(os.name != "posix", reason="a terminal in place of an adapter")
def test_an_adapter_that_was_pulled_out_is_let_go_without_a_word() -> None:
    """What the terminal's own calls raise then is no OSError."""
    import pty

    import serial

    from pos.receipts.transports.serial import SerialChannel

    master, slave = pty.openpty()
    port = serial.Serial(os.ttyname(slave), timeout=0.1)
    os.close(slave)
    os.close(master)
    channel = SerialChannel(port)
    channel.abandon()
    channel.close()
