"""A printer at the end of each kind of cable: USB by umockdev, TCP, a pty, a named pipe."""

import fcntl
import json
import os
import pty
import select
import shutil
import socket
import struct
import subprocess
import sys
import threading
import tty
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.faults.machine import CAUSE, GS_R, PAPER, STATUS, Machine

SYSTEM_PYTHON = "/usr/bin/python3"
F_SETPIPE_SZ = 1031


class Rig(ABC):
    """A printer that can be plugged, unplugged and looked into."""

    address: str

    def environment(self) -> dict[str, str]:
        """What the program under test needs in its environment."""
        return {}

    def command(self) -> list[str]:
        """What runs the program under test."""
        return [sys.executable]

    def till_was_killed(self) -> None:  # noqa: B027 (most have nothing to do)
        """What the system does for a process that dies: it closes its files."""

    @abstractmethod
    def plug(self) -> None: ...

    @abstractmethod
    def unplug(self) -> None: ...

    @abstractmethod
    def refill(self) -> None: ...

    @abstractmethod
    def set(self, **values: object) -> None: ...

    @abstractmethod
    def printed(self) -> bytes: ...

    @abstractmethod
    def taken(self) -> int: ...

    @abstractmethod
    def close(self) -> None: ...


class UsbRig(Rig):
    """`usb_printer.py` as a process of its own."""

    address = "usb:04b8:0202"

    def __init__(self, folder: Path, **options: object) -> None:
        why_not = missing_for_umockdev()
        if why_not:
            pytest.skip(why_not)
        script = Path(__file__).with_name("usb_printer.py")
        self._process = subprocess.Popen(
            ["umockdev-wrapper", SYSTEM_PYTHON, str(script), json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        self.root = self._line()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the simulated printer ended"
        return line.strip()

    def ask(self, do: str, **more: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._line())
        return answer

    def environment(self) -> dict[str, str]:
        return {"UMOCKDEV_DIR": self.root}

    def command(self) -> list[str]:
        return ["umockdev-wrapper", sys.executable]

    def till_was_killed(self) -> None:
        # umockdev may not notice, when the end came in the middle of an ioctl.
        self.ask("forget")

    def plug(self) -> None:
        self.ask("plug")

    def unplug(self) -> None:
        self.ask("unplug")

    def refill(self) -> None:
        self.ask("refill")

    def set(self, **values: object) -> None:
        self.ask("set", values=values)

    def printed(self) -> bytes:
        return bytes.fromhex(self.ask("look")["printed"])

    def taken(self) -> int:
        return int(self.ask("look")["taken"])

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        shutil.rmtree(self.root, ignore_errors=True)


def missing_for_umockdev() -> str:
    """Why a USB printer can't be simulated here; "" if it can."""
    if shutil.which("umockdev-wrapper") is None:
        return "umockdev is not installed (Debian: umockdev)"
    probe = "import gi; gi.require_version('UMockdev', '1.0'); from gi.repository import UMockdev"
    if not Path(SYSTEM_PYTHON).exists():
        return "there is no system Python for umockdev's introspection"
    if subprocess.run([SYSTEM_PYTHON, "-c", probe], capture_output=True, check=False).returncode:
        return "umockdev's introspection is not installed (gir1.2-umockdev-1.0, python3-gi)"
    return ""


class ThreadRig(Rig):
    """A printer in a thread of the test: reads as fast as its machine takes, writes its replies."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self.folder = folder
        self.pull_after = float(options.pop("pull_after", 1e12))
        plugged = bool(options.pop("plugged", True))
        self.machine = Machine(**options)
        self.lock = threading.RLock()
        self._ends = threading.Event()
        self._held = b""
        self.prepare()
        if plugged:
            self.plug()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def prepare(self) -> None:
        """Make what lasts when the printer is unplugged."""

    @abstractmethod
    def descriptor(self) -> int | None:
        """What can be read now; None when nobody is connected or it is unplugged."""

    @abstractmethod
    def read(self, count: int) -> bytes:
        """Bytes from the till, b"" when it closed; the descriptor is readable."""

    def reply(self, data: bytes) -> None:
        """Send an answer back to the till."""

    def _run(self) -> None:
        while not self._ends.wait(0.001):
            with self.lock, suppress(OSError):
                self._turn()

    def _turn(self) -> None:
        self.machine.tick()
        descriptor = self.descriptor()
        if descriptor is None:
            return
        replies = self.machine.take_replies(64)
        if replies:
            self.reply(replies)
        room = min(self.machine.free(), self.pull_after - self.machine.taken) - len(self._held)
        if room > 0 and select.select([descriptor], [], [], 0)[0]:
            self._feed(self.read(int(min(room, 512))))
        if self.machine.taken >= self.pull_after:
            self.pull_after = 1e12
            self.unplug()

    def _feed(self, data: bytes) -> None:
        """A stream glues what came apart and parts what came together; commands are found again."""
        data = self._held + data
        self._held = b""
        for tail in (GS_R, STATUS, CAUSE, PAPER):
            if data.endswith(tail):
                self.machine.offer(data[:-3])
                self.machine.offer(tail)
                return
            for length in (2, 1):
                if not self._held and data.endswith(tail[:length]):
                    data, self._held = data[:-length], tail[:length]
        self.machine.offer(data)

    def refill(self) -> None:
        with self.lock:
            self.machine.refill()

    def set(self, **values: object) -> None:
        with self.lock:
            for name, value in values.items():
                setattr(self if hasattr(self, name) else self.machine, name, value)

    def printed(self) -> bytes:
        with self.lock:
            self.machine.tick()
            return bytes(self.machine.printed)

    def taken(self) -> int:
        with self.lock:
            return self.machine.taken

    def close(self) -> None:
        self._ends.set()
        self._thread.join(5)
        with suppress(OSError):
            self.unplug()


class TcpRig(ThreadRig):
    """A network printer: one connection at a time, a small receive buffer."""

    def prepare(self) -> None:
        self._listener: socket.socket | None = None
        self._client: socket.socket | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"tcp:127.0.0.1:{self.port}"

    def plug(self) -> None:
        with self.lock:
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            listener.bind(("127.0.0.1", self.port))
            listener.listen(4)
            listener.setblocking(False)
            self._listener = listener

    def unplug(self) -> None:
        with self.lock:
            self.machine.switch_off()
            for one in (self._client, self._listener):
                if one is not None:
                    with suppress(OSError):
                        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    one.close()
            self._client = self._listener = None

    def descriptor(self) -> int | None:
        if self._client is None and self._listener is not None:
            with suppress(BlockingIOError):
                self._client, _peer = self._listener.accept()
                self._client.setblocking(False)
        return None if self._client is None else self._client.fileno()

    def read(self, count: int) -> bytes:
        assert self._client is not None
        try:
            data = self._client.recv(count)
        except ConnectionError:
            data = b""
        if not data:
            self._client.close()
            self._client = None
        return data

    def reply(self, data: bytes) -> None:
        assert self._client is not None
        self._client.sendall(data)


class SerialRig(ThreadRig):
    """A pty; its name is a link, so that it stays the same when plugged in again."""

    def prepare(self) -> None:
        self._master: int | None = None
        self._slave = -1
        self.link = self.folder / "ttyPrinter"
        self.address = f"serial:{self.link}"

    def plug(self) -> None:
        with self.lock:
            self._master, self._slave = pty.openpty()
            tty.setraw(self._slave)
            os.set_blocking(self._master, False)
            self.link.symlink_to(os.ttyname(self._slave))
            # The till is the only one who has it open, so that hanging up reaches it.
            os.close(self._slave)

    def unplug(self) -> None:
        with self.lock:
            self.machine.switch_off()
            if self._master is not None:
                self.link.unlink()
                os.close(self._master)
            self._master = None

    def descriptor(self) -> int | None:
        return self._master

    def read(self, count: int) -> bytes:
        assert self._master is not None
        return os.read(self._master, count)

    def reply(self, data: bytes) -> None:
        assert self._master is not None
        os.write(self._master, data)


class FileRig(ThreadRig):
    """A named pipe of one page with the printer at its end; nothing can be read back."""

    def prepare(self) -> None:
        self._reader: int | None = None
        path = self.folder / "lp0"
        os.mkfifo(path)
        self.path = path
        self.address = f"file:{path}"

    def plug(self) -> None:
        with self.lock:
            self._reader = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)
            fcntl.fcntl(self._reader, F_SETPIPE_SZ, 4096)

    def unplug(self) -> None:
        with self.lock:
            self.machine.switch_off()
            if self._reader is not None:
                os.close(self._reader)
            self._reader = None

    def descriptor(self) -> int | None:
        return self._reader

    def read(self, count: int) -> bytes:
        assert self._reader is not None
        return os.read(self._reader, count)


RIGS: dict[str, Callable[..., Rig]] = {
    "usb": UsbRig,
    "tcp": TcpRig,
    "serial": SerialRig,
    "file": FileRig,
}
