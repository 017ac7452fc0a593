"""Ways to a printer that the fault tests don't take: spoolers, the preview, status and discovery."""

import os
import socket
import stat
import sys
import threading
import time
import types
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from pos.i18n import set_language
from pos.receipts import printers
from pos.receipts.outcomes import (
    ErrorKind,
    Limits,
    PrinterError,
    PrinterState,
    PrinterStatus,
    SendResult,
    error_sentence,
)
from pos.receipts.printers import discover, open_transport, parse_address, status
from pos.receipts.transports import usb
from pos.receipts.transports.base import Transport, bounded
from pos.receipts.transports.conversation import ConversationTransport

QUICK = Limits(connect=0.5, stall=0.5, total=2.0, answer=0.5, print_rate=1e6, status=0.3, slice=0.1)


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def transport(address: str, folder: Path, *, mute: bool = False, text: str = "") -> Transport:
    return open_transport(
        parse_address(address), preview_folder=folder, preview_text=text, limits=QUICK, mute=mute
    )


def cancelled() -> bool:
    return True


# --- preview -------------------------------------------------------------------------------------


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


# --- CUPS, by programs that behave as its own ---------------------------------------------------


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs at the front of PATH."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return programs


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


IDLE = "echo 'printer kasir is idle.  enabled since today'"


def test_cups_gets_the_bytes_as_they_are(cups: Path, tmp_path: Path) -> None:
    program(cups, "lpstat", IDLE)
    program(cups, "lp", f'echo "$@" > {tmp_path}/asked; cat > {tmp_path}/got')
    begun: list[bool] = []
    way = transport("cups:kasir", tmp_path)
    result = way.send(b"\x1b@job", before_first_byte=lambda: begun.append(True))
    assert result is SendResult.HANDED_OVER
    assert (tmp_path / "got").read_bytes() == b"\x1b@job"
    assert (tmp_path / "asked").read_text() == "-d kasir -o raw -t Titip\n"
    assert begun == [True]
    assert way.status().state is PrinterState.UNKNOWN


@pytest.mark.parametrize(
    ("lpstat", "lp", "kind", "partial"),
    [
        ("exit 1", "exit 0", ErrorKind.ABSENT, False),
        ("echo 'printer kasir disabled since today'", "exit 0", ErrorKind.STALLED, False),
        (IDLE, "echo 'lp: The printer or class does not exist.' >&2; exit 1", "absent", False),
        (IDLE, "echo 'lp: server error' >&2; exit 1", ErrorKind.UNKNOWN, False),
        (IDLE, "exec sleep 30", ErrorKind.STALLED, True),
    ],
)
def test_what_cups_may_say(
    cups: Path, tmp_path: Path, lpstat: str, lp: str, kind: str, *, partial: bool
) -> None:
    program(cups, "lpstat", lpstat)
    program(cups, "lp", lp)
    started = time.monotonic()
    with pytest.raises(PrinterError) as caught:
        transport("cups:kasir", tmp_path).send(b"job")
    assert (caught.value.kind, caught.value.partial) == (kind, partial)
    assert time.monotonic() - started < 10
    assert caught.value.sentence()


def test_a_person_s_word_counts_more_than_the_queue_s(cups: Path, tmp_path: Path) -> None:
    program(cups, "lpstat", "exit 1")
    program(cups, "lp", "cat > /dev/null")
    way = transport("cups:kasir", tmp_path)
    assert way.send(b"job", check_first=False) is SendResult.HANDED_OVER
    with pytest.raises(PrinterError, match="cancelled"):
        way.send(b"job", check_first=False, is_cancelled=cancelled)


def test_without_cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    way = transport("cups:kasir", tmp_path)
    assert way.status().state is PrinterState.UNKNOWN
    with pytest.raises(PrinterError, match="no lp"):
        way.send(b"job")
    assert [one.address for one in discover(QUICK)][-1] == "preview:"


def test_queues_are_found(cups: Path) -> None:
    program(cups, "lpstat", "echo kasir; echo dapur")
    found = {one.address: one.label for one in discover(QUICK)}
    assert found["cups:kasir"] == "CUPS: kasir"
    assert "cups:dapur" in found


# --- Windows, by a module that behaves as pywin32's ---------------------------------------------


class WindowsError(Exception):
    def __init__(self, winerror: int) -> None:
        super().__init__(f"winerror {winerror}")
        self.winerror = winerror


class Spooler(types.ModuleType):
    """What win32print does, as far as it is used."""

    def __init__(self) -> None:
        super().__init__("win32print")
        self.status = 0
        self.attributes = 0
        self.error = 0
        self.short = False
        self.hangs = threading.Event()
        self.hanging = False
        self.jobs: list[bytes] = []
        self.calls: list[str] = []

    def OpenPrinter(self, name: str) -> str:  # noqa: N802
        if name != "POS-58":
            raise WindowsError(1801)
        return name

    def ClosePrinter(self, handle: str) -> None:  # noqa: N802
        self.calls.append("close")

    def GetPrinter(self, handle: str, level: int) -> dict[str, int]:  # noqa: N802
        return {"Status": self.status, "Attributes": self.attributes}

    def StartDocPrinter(self, handle: str, level: int, info: tuple[str, None, str]) -> int:  # noqa: N802
        assert info == ("Titip", None, "RAW")
        if self.error:
            raise WindowsError(self.error)
        return 1

    def WritePrinter(self, handle: str, data: bytes) -> int:  # noqa: N802
        if self.hanging:
            self.hangs.wait(5)
        self.jobs.append(data)
        return len(data) - self.short

    def EndDocPrinter(self, handle: str) -> None:  # noqa: N802
        self.calls.append("end")

    def AbortPrinter(self, handle: str) -> None:  # noqa: N802
        self.calls.append("abort")

    def EnumPrinters(self, flags: int) -> list[tuple[int, str, str, str]]:  # noqa: N802
        return [(0, "", "POS-58", "")]


@pytest.fixture
def spooler(monkeypatch: pytest.MonkeyPatch) -> Spooler:
    module = Spooler()
    monkeypatch.setitem(sys.modules, "win32print", module)
    return module


def test_windows_is_handed_the_job(spooler: Spooler, tmp_path: Path) -> None:
    way = transport("windows:POS-58", tmp_path)
    assert way.send(b"job") is SendResult.HANDED_OVER
    assert spooler.jobs == [b"job"]
    assert spooler.calls[-2:] == ["end", "close"]
    assert way.status().state is PrinterState.UNKNOWN
    assert "windows:POS-58" in [one.address for one in discover(QUICK)]


@pytest.mark.parametrize(
    ("status_bits", "attributes", "state"),
    [
        (0x10, 0, PrinterState.PAPER_OUT),
        (0x400000, 0, PrinterState.COVER_OPEN),
        (0x80, 0, PrinterState.OFFLINE),
        (0, 0x400, PrinterState.OFFLINE),
    ],
)
def test_an_unplugged_windows_printer_is_asked_first(
    spooler: Spooler, tmp_path: Path, status_bits: int, attributes: int, state: PrinterState
) -> None:
    spooler.status, spooler.attributes = status_bits, attributes
    way = transport("windows:POS-58", tmp_path)
    assert way.status().state is state
    with pytest.raises(PrinterError) as caught:
        way.send(b"job")
    assert caught.value.sentence() == PrinterStatus(state).sentence
    assert spooler.jobs == []
    assert way.send(b"job", check_first=False) is SendResult.HANDED_OVER


def test_what_the_spooler_may_refuse(spooler: Spooler, tmp_path: Path) -> None:
    with pytest.raises(PrinterError) as absent:
        transport("windows:other", tmp_path).send(b"job")
    assert absent.value.kind is ErrorKind.ABSENT
    way = transport("windows:POS-58", tmp_path)
    with pytest.raises(PrinterError, match="cancelled"):
        way.send(b"job", is_cancelled=cancelled)
    spooler.error = 5
    with pytest.raises(PrinterError) as denied:
        way.send(b"job")
    assert (denied.value.kind, denied.value.partial) == (ErrorKind.DENIED, False)
    spooler.error, spooler.short = 0, True
    with pytest.raises(PrinterError) as short:
        way.send(b"job")
    assert short.value.partial
    assert "abort" in spooler.calls


def test_a_spooler_that_hangs_is_left(spooler: Spooler, tmp_path: Path) -> None:
    spooler.hanging = True
    try:
        with pytest.raises(PrinterError) as caught:
            transport("windows:POS-58", tmp_path).send(b"job")
    finally:
        spooler.hangs.set()
    assert (caught.value.kind, caught.value.partial) == (ErrorKind.STALLED, True)


def test_a_windows_printer_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "win32print", None)
    way = transport("windows:POS-58", tmp_path)
    assert way.status().state is PrinterState.UNKNOWN
    with pytest.raises(PrinterError, match="no win32print"):
        way.send(b"job")


# --- a printer on the network that answers as told -----------------------------------------------


class Talker:
    """Accepts connections and answers each question from a table."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.answers = answers
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(5)
        self.address = f"tcp:127.0.0.1:{self.listener.getsockname()[1]}"
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        try:
            while True:
                connection, _peer = self.listener.accept()
                with connection:
                    while data := connection.recv(4096):
                        connection.sendall(self.answers.get(data, b""))
        except OSError:
            return

    def close(self) -> None:
        self.listener.close()
        self.thread.join(6)


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, PrinterState.UNKNOWN),
        ({b"\x10\x04\x01": b"\x12", b"\x10\x04\x04": b"\x12"}, PrinterState.READY),
        ({b"\x10\x04\x01": b"\x12"}, PrinterState.READY),
        ({b"\x10\x04\x01": b"\xff\x12", b"\x10\x04\x04": b"\x1e"}, PrinterState.PAPER_LOW),
        ({b"\x10\x04\x01": b"\x1a", b"\x10\x04\x04": b"\x72"}, PrinterState.PAPER_OUT),
        (
            {b"\x10\x04\x01": b"\x1a", b"\x10\x04\x02": b"\x16", b"\x10\x04\x04": b"\x12"},
            PrinterState.COVER_OPEN,
        ),
        (
            {b"\x10\x04\x01": b"\x1a", b"\x10\x04\x02": b"\x32", b"\x10\x04\x04": b"\x12"},
            PrinterState.PAPER_OUT,
        ),
        (
            {b"\x10\x04\x01": b"\x1a", b"\x10\x04\x02": b"\x12", b"\x10\x04\x04": b"\x12"},
            PrinterState.OFFLINE,
        ),
        ({b"\x10\x04\x01": b"\x1a"}, PrinterState.OFFLINE),
    ],
)
def test_what_a_printer_says_of_itself(
    answers: dict[bytes, bytes], state: PrinterState, tmp_path: Path
) -> None:
    talker = Talker(answers)
    try:
        assert transport(talker.address, tmp_path).status().state is state
        assert PrinterStatus(state).sentence
        mute = transport(talker.address, tmp_path, mute=True)
        assert mute.status().state is PrinterState.UNKNOWN
    finally:
        talker.close()


def test_an_old_answer_confirms_nothing(tmp_path: Path) -> None:
    """A byte that looks like an answer, sent for the job itself, is not the answer to GS r."""
    talker = Talker({b"job": b"\x00"})
    try:
        sent = transport(talker.address, tmp_path).send(b"job", check_first=False, confirm=False)
        assert sent is SendResult.UNKNOWN
    finally:
        talker.close()


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    way = transport(f"tcp:127.0.0.1:{port}", tmp_path)
    assert way.status().state is PrinterState.ABSENT
    with pytest.raises(PrinterError) as caught:
        way.send(b"job")
    assert caught.value.kind is ErrorKind.ABSENT


def test_a_name_that_nobody_knows(tmp_path: Path) -> None:
    started = time.monotonic()
    way = transport("tcp:no-such-printer.invalid", tmp_path)
    assert way.status().state is PrinterState.ABSENT
    assert time.monotonic() - started < 5


# --- files and ports that are none ---------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["file", "serial"])
def test_a_missing_device_is_never_made(scheme: str, tmp_path: Path) -> None:
    path = tmp_path / "lp0"
    assert transport(f"{scheme}:{path}", tmp_path).status().state is PrinterState.ABSENT
    assert not path.exists()


def test_a_plain_file_is_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.touch()
    way = transport(f"file:{path}", tmp_path)
    assert way.send(b"one") is SendResult.HANDED_OVER
    assert way.send(b"two") is SendResult.HANDED_OVER
    assert path.read_bytes() == b"onetwo"
    assert way.status().state is PrinterState.UNKNOWN


def test_a_folder_is_no_printer(tmp_path: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        transport(f"file:{tmp_path}", tmp_path).send(b"job")
    assert caught.value.kind is ErrorKind.UNKNOWN
    with pytest.raises(PrinterError):
        transport(f"serial:{tmp_path}", tmp_path).send(b"job")


def test_a_full_device_refuses_before_a_byte(tmp_path: Path) -> None:
    with pytest.raises(PrinterError) as caught:
        transport("file:/dev/full", tmp_path, mute=True).send(b"job")
    assert (caught.value.kind, caught.value.partial) == (ErrorKind.STALLED, False)


def test_a_device_that_swallows_everything_is_not_sure(tmp_path: Path) -> None:
    assert transport("file:/dev/null", tmp_path).send(b"job") is SendResult.UNKNOWN


def test_a_usb_printer_that_is_not_there(tmp_path: Path) -> None:
    way = transport("usb:ffff:ffff", tmp_path)
    assert way.status().state in {PrinterState.ABSENT, PrinterState.UNKNOWN}
    with pytest.raises(PrinterError):
        way.send(b"job")


@pytest.fixture
def terminal() -> Iterator[str]:
    """The name of a serial port that nobody reads."""
    master, slave = os.openpty()
    yield os.ttyname(slave)
    os.close(master)
    os.close(slave)


def test_a_serial_port_that_another_program_holds(terminal: str, tmp_path: Path) -> None:
    with serial.Serial(terminal, exclusive=True):
        way = transport(f"serial:{terminal}", tmp_path)
        with pytest.raises(PrinterError) as caught:
            way.send(b"job")
        assert (caught.value.kind, caught.value.partial) == (ErrorKind.BUSY, False)
        assert way.status().state is PrinterState.UNKNOWN
    assert way.send(b"job", check_first=False) is SendResult.UNKNOWN


def test_a_serial_printer_that_holds_the_line(terminal: str, tmp_path: Path) -> None:
    """Nobody reads: the line takes what its buffer holds, and then nothing."""
    started = time.monotonic()
    with pytest.raises(PrinterError) as caught:
        transport(f"serial:{terminal}", tmp_path, mute=True).send(b"x" * 200_000)
    assert caught.value.kind is ErrorKind.STALLED
    assert caught.value.partial
    assert 0 < caught.value.bytes_sent < 200_000
    assert time.monotonic() - started < 10


class Fake:
    """A channel that takes and says what it is told to; for what no cable does on demand."""

    two_way = True

    def __init__(self, takes: int, *, drains: bool = True, fails: bool = False) -> None:
        self.takes = takes
        self.drains = drains
        self.fails = fails
        self.abandoned = False

    def write_some(self, data: bytes, seconds: float) -> int:
        if self.fails:
            raise PrinterError(ErrorKind.GONE, "pulled")
        return min(self.takes, len(data))

    def read_some(self, seconds: float) -> bytes:
        return b""

    def is_drained(self, seconds: float) -> bool:
        time.sleep(min(seconds, 0.01))
        return self.drains

    def abandon(self) -> None:
        self.abandoned = True

    def close(self) -> None:
        """Nothing to give back."""


@pytest.mark.parametrize(
    ("channel", "partial"),
    [
        (Fake(0), False),
        (Fake(4, drains=False), True),
        (Fake(4, fails=True), False),
    ],
)
def test_what_a_channel_can_do_to_a_job(channel: Fake, *, partial: bool) -> None:
    way = ConversationTransport(lambda: channel, QUICK)
    with pytest.raises(PrinterError) as caught:
        way.send(b"12345678")
    assert caught.value.partial is partial
    assert channel.abandoned
    assert way.status().state is PrinterState.UNKNOWN


def test_a_job_given_up_before_and_after_its_first_byte() -> None:
    way = ConversationTransport(lambda: Fake(4), QUICK)
    with pytest.raises(PrinterError) as before:
        way.send(b"12345678", is_cancelled=cancelled)
    assert not before.value.partial
    asked = iter([False, True])
    with pytest.raises(PrinterError) as after:
        way.send(b"12345678", is_cancelled=lambda: next(asked))
    assert (after.value.partial, after.value.bytes_sent) == (True, 4)


# --- all of them ---------------------------------------------------------------------------------


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
