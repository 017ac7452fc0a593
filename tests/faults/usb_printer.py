"""A USB printer made of umockdev, run by the system's Python as a process of its own.

Usage: umockdev-wrapper /usr/bin/python3 usb_printer.py '{"size": 4096, ...}'. The first line on
standard output names the testbed's folder; then each line of JSON on standard input is a command
and is answered by a line of JSON.
"""

import json
import os
import struct
import sys
import threading
import time
from pathlib import Path
from typing import Any

import gi

sys.path.insert(0, str(Path(__file__).parents[2]))
gi.require_version("UMockdev", "1.0")

from gi.repository import GLib, UMockdev  # noqa: E402

from tests.faults.machine import Machine  # noqa: E402

EAGAIN, EBUSY, EINVAL, ENODEV, ENODATA, ENOENT, EPIPE = 11, 16, 22, 19, 61, 2, 32
VENDOR, PRODUCT = 0x04B8, 0x0202
OUT, IN = 0x03, 0x84  # not the usual 0x01 and 0x82
STRINGS = {1: "Cetak", 2: "POS-58"}


def descriptors(device_class: int) -> bytes:
    device = struct.pack(
        "<BBHBBBBHHHBBBB", 18, 1, 0x0200, 0, 0, 0, 64, VENDOR, PRODUCT, 0x0100, 1, 2, 3, 1
    )
    ends = b"".join(struct.pack("<BBBBHB", 7, 5, address, 2, 64, 0) for address in (OUT, IN))
    interface = struct.pack("<BBBBBBBBB", 9, 4, 0, 0, 2, device_class, 1, 2, 0)
    total = 9 + len(interface) + len(ends)
    configuration = struct.pack("<BBHBBBBB", 9, 2, total, 1, 1, 0, 0xC0, 50)
    return device + configuration + interface + ends


class Urb:
    def __init__(self, data: Any) -> None:
        self.data = data
        raw = bytes(data.retrieve())
        self.kind, self.endpoint = raw[0], raw[1]
        (self.length,) = struct.unpack_from("<i", raw, 24)
        self.address = data.client_addr
        self.buffer: Any = data.resolve(16, self.length) if self.length else None
        self.content = bytes(self.buffer.retrieve()) if self.buffer else b""
        self.done = 0
        self.status = 0


class Client:
    """One open file descriptor, with URBs of its own."""

    def __init__(self, handler: "Handler") -> None:
        self.handler = handler
        self.pending: list[Urb] = []
        self.complete: list[Urb] = []
        self.claimed = False


class Handler(UMockdev.IoctlBase):  # type: ignore[misc]
    """The device for as long as it is plugged in; a descriptor opened before stays dead."""

    def setup(self, printer: "UsbPrinter", machine: Machine, serial: str) -> "Handler":
        self.printer = printer
        self.machine = machine
        self.strings = {**STRINGS, 3: serial}
        self.clients: dict[Any, Client] = {}
        self.alive = True
        return self

    def is_claimed(self, but: Client | None = None) -> bool:
        """Whether a client that still lives has claimed the interface."""
        self.clients = {one: its for one, its in self.clients.items() if one.get_connected()}
        return any(its.claimed for its in self.clients.values() if its is not but)

    def do_handle_ioctl(self, client: Any) -> bool:
        with self.printer.lock:
            state = self.clients.setdefault(client, Client(self))
            result, error = self.answer(state, client.get_request() & 0xFF, client.get_arg())
        if error == EAGAIN:
            time.sleep(0.002)  # libusb asks again at once
        client.complete(result, error)
        return True

    def answer(self, state: Client, number: int, arg: Any) -> tuple[int, int]:
        self.printer.calls.append(number)
        if not self.alive and number not in {12, 13}:
            return -1, ENODEV
        known = {
            8: self.get_driver,
            10: self.submit,
            11: self.discard,
            12: self.reap,
            13: self.reap,
            15: self.claim,
            16: self.release,
            18: self.driver_ioctl,
        }
        if number in known:
            return known[number](state, arg)
        if number == 26:
            arg.resolve(0, 4).update(0, list(struct.pack("<I", 0)))
        return 0, 0

    def get_driver(self, state: Client, arg: Any) -> tuple[int, int]:
        name = self.printer.driver
        if self.is_claimed():
            name = "usbfs"
        if not name:
            return -1, ENODATA
        arg.resolve(0, 260).update(4, list(name.encode() + b"\0"))
        return 0, 0

    def claim(self, state: Client, arg: Any) -> tuple[int, int]:
        if self.printer.busy or self.printer.driver or self.is_claimed(but=state):
            return -1, EBUSY
        state.claimed = True
        return 0, 0

    def release(self, state: Client, arg: Any) -> tuple[int, int]:
        state.claimed = False
        return 0, 0

    def driver_ioctl(self, state: Client, arg: Any) -> tuple[int, int]:
        _interface, code = struct.unpack_from("<ii", bytes(arg.resolve(0, 16).retrieve()))
        if code & 0xFF == 22:
            self.printer.driver = ""
            return 0, 0
        self.printer.driver = "usblp"
        return 1, 0

    def submit(self, state: Client, arg: Any) -> tuple[int, int]:
        urb = Urb(arg.resolve(0, 56))
        if urb.kind == 2:
            self.control(urb)
            state.complete.append(urb)
        else:
            state.pending.append(urb)
            self.progress()
        return 0, 0

    def control(self, urb: Urb) -> None:
        request_type, request, value, _index, length = struct.unpack_from("<BBHHH", urb.content)
        if (request_type, request, value >> 8) != (0x80, 6, 3):
            urb.status = -EPIPE
            return
        text = self.strings.get(value & 0xFF)
        body = text.encode("utf-16-le") if text else struct.pack("<H", 0x0409)
        answer = (bytes((len(body) + 2, 3)) + body)[:length]
        urb.buffer.update(8, list(answer))
        urb.done = len(answer)

    def progress(self) -> None:
        machine = self.machine
        for state in self.clients.values():
            for urb in list(state.pending):
                if urb.endpoint == OUT:
                    room = self.printer.pull_after - machine.taken
                    part = urb.content[urb.done :]
                    urb.done += machine.offer(part if len(part) == 3 else part[: max(0, int(room))])
                    if machine.taken >= self.printer.pull_after:
                        self.printer.pull_after = 1e12
                        GLib.idle_add(self.printer.unplug)
                    ready = urb.done == urb.length
                else:
                    got = machine.take_replies(urb.length)
                    if got:
                        urb.buffer.update(0, list(got))
                        urb.done = len(got)
                    ready = bool(got)
                if ready:
                    state.pending.remove(urb)
                    state.complete.append(urb)

    def discard(self, state: Client, arg: Any) -> tuple[int, int]:
        (address,) = struct.unpack("<Q", bytes(arg.retrieve())[:8])
        for urb in state.pending:
            if urb.address == address:
                state.pending.remove(urb)
                urb.status = -ENOENT
                state.complete.append(urb)
                return 0, 0
        return -1, EINVAL

    def reap(self, state: Client, arg: Any) -> tuple[int, int]:
        if self.alive:
            self.progress()
        else:
            for urb in state.pending:
                urb.status = -ENODEV
            state.complete += state.pending
            state.pending = []
        if not state.complete:
            return -1, EAGAIN if self.alive else ENODEV
        urb = state.complete.pop(0)
        urb.data.update(4, list(struct.pack("<i", urb.status)))
        urb.data.update(28, list(struct.pack("<i", urb.done)))
        arg.resolve(0, 8).set_ptr(0, urb.data)
        return 0, 0


class UsbPrinter:
    def __init__(self, options: dict[str, Any]) -> None:
        self.lock = threading.RLock()
        self.pull_after = float(options.pop("pull_after", 1e12))
        self.driver = str(options.pop("driver", ""))
        self.busy = bool(options.pop("busy", False))
        self.descriptors = descriptors(int(options.pop("device_class", 7)))
        plugged = bool(options.pop("plugged", True))
        twins = options.pop("twins", None)
        self.machine = Machine(**options)
        self.calls: list[int] = []
        self.testbed = UMockdev.Testbed.new()
        self.number = 3
        self.handler: Handler | None = None
        self.path = ""
        self.twin = Machine()
        if twins:
            self.appear(5, self.twin, twins[1])
        self.serial = twins[0] if twins else "SN0042"
        if plugged:
            self.plug()

    def plug(self) -> None:
        self.path, self.handler = self.appear(4, self.machine, self.serial)

    def appear(self, port: int, machine: Machine, serial: str) -> tuple[str, Handler]:
        """A device in this port of bus 1; each gets a new number."""
        self.number += 1
        node = f"bus/usb/001/{self.number:03}"
        text = self.descriptors.hex().upper()
        self.testbed.add_from_string(
            f"P: /devices/pci0000:00/0000:00:14.0/usb1/1-{port}\nN: {node}={text}\n"
            f"E: DEVTYPE=usb_device\nE: DEVNAME=/dev/{node}\nE: BUSNUM=001\n"
            f"E: DEVNUM={self.number:03}\nE: SUBSYSTEM=usb\nE: MAJOR=189\n"
            f"E: MINOR={self.number - 1}\nA: bConfigurationValue=1\nA: busnum=1\n"
            f"A: devnum={self.number}\nA: speed=12\nH: descriptors={text}\n"
        )
        path = f"/sys/devices/pci0000:00/0000:00:14.0/usb1/1-{port}"
        handler = Handler().setup(self, machine, serial)
        self.testbed.attach_ioctl(f"/dev/{node}", handler)
        self.testbed.uevent(path, "add")
        return path, handler

    def unplug(self) -> bool:
        with self.lock:
            handler, self.handler = self.handler, None
            if handler is None:
                return False
            self.machine.switch_off()
            handler.alive = False
        self.testbed.uevent(self.path, "remove")
        self.testbed.remove_device(self.path)
        return False  # for GLib: once

    def command(self, line: str) -> dict[str, Any]:
        asked = json.loads(line)
        match asked["do"]:
            case "plug":
                self.plug()
            case "unplug":
                self.unplug()
            case "forget":
                with self.lock:
                    for state in self.handler.clients.values() if self.handler else ():
                        state.claimed = False
                        state.pending.clear()
            case "refill":
                with self.lock:
                    self.machine.refill()
            case "set":
                with self.lock:
                    for name, value in asked["values"].items():
                        setattr(self if hasattr(self, name) else self.machine, name, value)
        with self.lock:
            self.machine.tick()
            return {
                "printed": bytes(self.machine.printed).hex(),
                "taken": self.machine.taken,
                "twin": bytes(self.twin.printed).hex(),
                "driver": self.driver,
                "resets": self.calls.count(20),
                "claimed": self.handler is not None and self.handler.is_claimed(),
            }


def main() -> None:
    printer = UsbPrinter(json.loads(sys.argv[1]))
    loop = GLib.MainLoop()

    def on_line(source: Any, condition: Any) -> bool:
        line = sys.stdin.readline()
        if not line:
            loop.quit()
            return False
        print(json.dumps(printer.command(line)), flush=True)
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, on_line)
    print(printer.testbed.get_root_dir(), flush=True)
    loop.run()
    os._exit(0)


if __name__ == "__main__":
    main()
