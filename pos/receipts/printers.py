"""Printers: what there is, how each is reached, and how it is.

An address such as `usb:04b8:0202` is opened for one job and closed again; what can go wrong is a
`PrinterError` with a sentence of its own. A way is imported when it is gone: the start needs none.
"""

import logging
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from pos.i18n import _
from pos.receipts.addresses import (
    Address,
    CupsAddress,
    FileAddress,
    PreviewAddress,
    SerialAddress,
    TcpAddress,
    UsbAddress,
    WindowsAddress,
    parse_address,
)
from pos.receipts.outcomes import (
    PRODUCTION,
    ErrorKind,
    FoundPrinter,
    Limits,
    PrinterError,
    PrinterState,
    PrinterStatus,
    SendResult,
)
from pos.receipts.transports.base import Transport

__all__ = [
    "Address",
    "ErrorKind",
    "FoundPrinter",
    "Limits",
    "PrinterError",
    "PrinterState",
    "PrinterStatus",
    "SendResult",
    "Transport",
    "discover",
    "open_transport",
    "parse_address",
    "status",
]

_log = logging.getLogger(__name__)


def open_transport(
    address: Address,
    *,
    preview_folder: Path,
    preview_text: str = "",
    limits: Limits = PRODUCTION,
    mute: bool = False,
) -> Transport:
    """The way to `address`; nothing is opened yet.

    `preview_folder` and `preview_text` are used by `preview:` alone. `mute` says that this printer
    never answers, so that no time is lost on asking it.
    """
    match address:
        case UsbAddress():
            from pos.receipts.transports.usb import usb_transport

            return usb_transport(address, limits, mute=mute)
        case TcpAddress():
            from pos.receipts.transports.tcp import tcp_transport

            return tcp_transport(address, limits, mute=mute)
        case SerialAddress():
            from pos.receipts.transports.serial import serial_transport

            return serial_transport(address, limits, mute=mute)
        case FileAddress():
            from pos.receipts.transports.file import file_transport

            return file_transport(address, limits, mute=mute)
        case _:
            return _one_way(address, preview_folder, preview_text, limits)


def _one_way(
    address: CupsAddress | WindowsAddress | PreviewAddress, folder: Path, text: str, limits: Limits
) -> Transport:
    match address:
        case CupsAddress():
            from pos.receipts.transports.cups import CupsTransport

            return CupsTransport(address, limits)
        case WindowsAddress():
            from pos.receipts.transports.windows import WindowsTransport

            return WindowsTransport(address, limits)
        case PreviewAddress():
            from pos.receipts.transports.preview import PreviewTransport

            return PreviewTransport(folder, limits, text)


def status(address: Address, *, limits: Limits = PRODUCTION) -> PrinterStatus:
    """What the printer says of itself within 0.4 s of being connected; never raises.

    Not while a job is being sent: a USB printer can be talked to by one at a time.
    """
    return open_transport(address, preview_folder=Path(), limits=limits).status()


def discover(limits: Limits = PRODUCTION) -> tuple[FoundPrinter, ...]:
    """All printers that can be chosen, connected ones first; the preview always. Never raises."""
    from pos.receipts.transports.cups import cups_printers
    from pos.receipts.transports.usb import usb_printers
    from pos.receipts.transports.windows import windows_printers

    found: list[FoundPrinter] = []
    sources: tuple[Callable[[], Iterable[FoundPrinter]], ...] = (
        usb_printers,
        windows_printers,
        lambda: cups_printers(limits),
        _device_files,
        _serial_ports,
    )
    for source in sources:
        try:
            found += source()
        except Exception as error:  # noqa: BLE001 (a broken driver must not hide the others)
            _log.info("a kind of printer could not be listed: %s", error)
    return (*found, FoundPrinter(str(PreviewAddress()), _("On the screen (no printer)")))


def _device_files() -> list[FoundPrinter]:
    if sys.platform == "win32":
        return []
    paths = sorted(str(path) for path in Path("/dev/usb").glob("lp*"))
    return [
        FoundPrinter(str(FileAddress(path)), _("File: {name}").format(name=path)) for path in paths
    ]


def _serial_ports() -> list[FoundPrinter]:
    from serial.tools import list_ports

    ports = sorted(list_ports.comports(), key=lambda port: str(port.device))
    return [
        FoundPrinter(
            str(SerialAddress(port.device)),
            _("Serial: {name}").format(
                name=f"{port.device} {_described(port.description)}".strip()
            ),
        )
        for port in ports
    ]


def _described(description: str | None) -> str:
    return "" if description in {None, "n/a"} else f"({description})"
