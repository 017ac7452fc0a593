"""Where a printer is, as one line of text that a person can read and the settings keep."""

import re

import msgspec

from pos.errors import UserError
from pos.i18n import _

DEFAULT_PORT = 9100
"""The port that network printers listen on for raw jobs."""

DEFAULT_BAUD = 9600


class UsbAddress(msgspec.Struct, frozen=True):
    """`usb:04b8:0202`, and `usb:04b8:0202:SERIAL` or `usb:04b8:0202@1-4.2` among equal ones.

    `place` is bus and ports as the system names them: it changes with the socket.
    """

    vendor: int
    product: int
    serial: str = ""
    place: str = ""

    def __str__(self) -> str:
        text = f"usb:{self.vendor:04x}:{self.product:04x}"
        if self.serial:
            text += f":{self.serial}"
        return f"{text}@{self.place}" if self.place else text


class WindowsAddress(msgspec.Struct, frozen=True):
    """`windows:POS-58`: a printer of the Windows spooler by its name."""

    name: str

    def __str__(self) -> str:
        return f"windows:{self.name}"


class CupsAddress(msgspec.Struct, frozen=True):
    """`cups:kasir`: a queue of CUPS by its name, given raw jobs."""

    name: str

    def __str__(self) -> str:
        return f"cups:{self.name}"


class FileAddress(msgspec.Struct, frozen=True):
    """`file:/dev/usb/lp0`: a device file or a named pipe."""

    path: str

    def __str__(self) -> str:
        return f"file:{self.path}"


class TcpAddress(msgspec.Struct, frozen=True):
    """`tcp:192.168.1.50:9100`; an IPv6 address stands in brackets."""

    host: str
    port: int = DEFAULT_PORT

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"tcp:{host}:{self.port}"


class SerialAddress(msgspec.Struct, frozen=True):
    """`serial:COM3`, `serial:/dev/ttyUSB0:19200`."""

    port: str
    baud: int = DEFAULT_BAUD

    def __str__(self) -> str:
        return f"serial:{self.port}:{self.baud}"


class PreviewAddress(msgspec.Struct, frozen=True):
    """`preview:`: no printer; the paper is shown on the screen and kept in a folder."""

    def __str__(self) -> str:
        return "preview:"


Address = (
    UsbAddress
    | WindowsAddress
    | CupsAddress
    | FileAddress
    | TcpAddress
    | SerialAddress
    | PreviewAddress
)

_USB = re.compile(
    r"([0-9a-f]{1,4}):([0-9a-f]{1,4})(?::([!-?A-~]{1,126}))?(?:@(\d+-\d+(?:\.\d+)*))?",
    re.IGNORECASE,
)
_TCP = re.compile(
    r"(?:\[([0-9a-f:.]+(?:%[\w.-]+)?)\]|([^\s:/\[\]]+))(?::(\d{1,5}))?", re.IGNORECASE
)
_SERIAL = re.compile(r"(.+?)(?::(\d{3,7}))?")
# "-" first would be an option to lp, "/" an instance of a CUPS queue.
_CUPS = re.compile(r"[^\s/#-][^\s/#]{0,126}")


def parse_address(text: str) -> Address:
    """Read an address; raises UserError with a sentence that shows how one looks."""
    scheme, colon, target = text.strip().partition(":")
    target = target.strip()
    scheme = scheme.lower()
    if not colon or any(ord(char) < 32 for char in target):
        raise _unreadable(text)
    found: Address | None = None
    if scheme == "preview":
        found = PreviewAddress()
    elif scheme == "usb":
        found = _parse_usb(target)
    elif scheme == "tcp":
        found = _parse_tcp(target)
    elif scheme == "serial" and (match := _SERIAL.fullmatch(target)):
        found = SerialAddress(match[1], int(match[2] or DEFAULT_BAUD))
    elif scheme == "cups" and _CUPS.fullmatch(target):
        found = CupsAddress(target)
    elif scheme == "windows" and target:
        found = WindowsAddress(target)
    elif scheme == "file" and target:
        found = FileAddress(target)
    if found is None:
        raise _unreadable(text)
    return found


def _parse_usb(target: str) -> UsbAddress | None:
    match = _USB.fullmatch(target)
    if match is None:
        return None
    return UsbAddress(int(match[1], 16), int(match[2], 16), match[3] or "", match[4] or "")


def _parse_tcp(target: str) -> TcpAddress | None:
    match = _TCP.fullmatch(target)
    if match is None:
        return None
    port = int(match[3] or DEFAULT_PORT)
    return TcpAddress(match[1] or match[2], port) if 0 < port < 65536 else None


def _unreadable(text: str) -> UserError:
    return UserError(
        _(
            "“{text}” is not a printer's address. It looks like usb:04b8:0202, windows:POS-58, "
            "cups:name, file:/dev/usb/lp0, tcp:192.168.1.50:9100, serial:COM3 or preview:."
        ).format(text=text.strip()[:80]),
        field="printer",
    )
