"""Printers that are talked to: what they say of themselves; files and ports that are none."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from pos.i18n import set_language
from pos.receipts.outcomes import (
    ErrorKind,
    PrinterError,
    PrinterState,
    PrinterStatus,
    SendResult,
)
from pos.receipts.transports.conversation import ConversationTransport
from tests.receipts.ways import QUICK, cancelled, transport


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


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
                    heard = b""
                    while data := connection.recv(4096):
                        heard = self.answer(connection, heard + data)
        except OSError:
            return

    def answer(self, connection: socket.socket, heard: bytes) -> bytes:
        """Answer the questions in their order, however the network cut them; the rest stays."""
        while asked := [(heard.find(one), one) for one in self.answers if one in heard]:
            at, question = min(asked)
            connection.sendall(self.answers[question])
            heard = heard[at + len(question) :]
        return heard

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits for a connection
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


READY = {b"\x10\x04\x01": b"\x12", b"\x10\x04\x04": b"\x12"}


@pytest.mark.parametrize(
    ("answers", "result"),
    [
        ({**READY, b"\x1dr\x01": b"\x00"}, SendResult.PRINTED),
        ({**READY, b"\x1dr\x01": b"\x03"}, SendResult.PAPER_LOW),
        ({**READY, b"\x10\x04\x04": b"\x1e", b"\x1dr\x01": b"\x00"}, SendResult.PAPER_LOW),
        ({**READY, b"\x10\x04\x04": b"\x1e"}, SendResult.UNKNOWN),
    ],
)
def test_a_roll_that_runs_out_is_told_with_the_paper(
    answers: dict[bytes, bytes], result: SendResult, tmp_path: Path
) -> None:
    """Before the job by the sensor, or after it in the answer to GS r."""
    talker = Talker(answers)
    try:
        assert transport(talker.address, tmp_path).send(b"job") is result
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


def test_a_name_with_an_address_that_this_computer_can_t_reach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without IPv6 a socket of that family can't even be made; the other address is tried."""
    talker = Talker(READY)
    port = int(talker.address.rpartition(":")[2])
    kind = socket.SOCK_STREAM
    none = (socket.AF_APPLETALK, kind, 0, "", ("::1", port))
    found = [none, (socket.AF_INET, kind, 0, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_more: found)
    try:
        assert transport(f"tcp:printer:{port}", tmp_path).status().state is PrinterState.READY
        found.pop()
        assert transport(f"tcp:printer:{port}", tmp_path).status().state is PrinterState.ABSENT
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
