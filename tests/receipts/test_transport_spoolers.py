"""Printers behind a spooler: CUPS by programs, Windows by a module that behave as the real ones."""

import os
import stat
import sys
import threading
import time
import types
from pathlib import Path

import pytest

from pos.i18n import set_language
from pos.receipts.outcomes import (
    ErrorKind,
    PrinterError,
    PrinterState,
    PrinterStatus,
    SendResult,
)
from pos.receipts.printers import discover
from tests.receipts.ways import QUICK, cancelled, transport


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


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
        (
            "echo 'printer kasir is holding new jobs.  enabled since today'",
            "exit 0",
            "stalled",
            False,
        ),
        (IDLE, "echo 'lp: Destination \"x\" is not accepting jobs.' >&2; exit 1", "stalled", False),
        (IDLE, "echo 'lp: Error - scheduler not responding.' >&2; exit 1", "unknown", False),
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


def test_a_queue_may_be_called_disabled(cups: Path, tmp_path: Path) -> None:
    program(cups, "lpstat", "echo 'printer disabled is idle.  enabled since today'")
    program(cups, "lp", "cat > /dev/null")
    assert transport("cups:disabled", tmp_path).send(b"job") is SendResult.HANDED_OVER


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
        self.calls.append("doc")
        return 1

    def StartPagePrinter(self, handle: str) -> None:  # noqa: N802
        self.calls.append("page")

    def WritePrinter(self, handle: str, data: bytes) -> int:  # noqa: N802
        if self.hanging:
            self.hangs.wait(5)
        self.jobs.append(data)
        self.calls.append("write")
        return len(data) - self.short

    def EndPagePrinter(self, handle: str) -> None:  # noqa: N802
        self.calls.append("end page")

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
    assert spooler.calls[-6:] == ["doc", "page", "write", "end page", "end", "close"]
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
