"""`usb:`: a USB printer through libusb, with every byte counted.

python-escpos's own USB writer ignores how many bytes were taken and waits for ever when the paper
is out. This one opens the printer for one job, moves the kernel's driver aside for as long, never
resets, and reads the endpoints from the descriptors: they are not always 0x01 and 0x82.
"""

import errno
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pos.i18n import _
from pos.receipts.addresses import UsbAddress
from pos.receipts.outcomes import ErrorKind, FoundPrinter, Limits, PrinterError
from pos.receipts.transports.conversation import ConversationTransport

PRINTER_CLASS = 7

_KINDS = {
    errno.EACCES: ErrorKind.DENIED,
    errno.EPERM: ErrorKind.DENIED,
    errno.EBUSY: ErrorKind.BUSY,
    errno.ENODEV: ErrorKind.GONE,
    errno.ENOENT: ErrorKind.GONE,
    errno.ENXIO: ErrorKind.GONE,
    errno.EIO: ErrorKind.GONE,
    errno.EPIPE: ErrorKind.STALLED,
    errno.ETIMEDOUT: ErrorKind.STALLED,
}


@dataclass(frozen=True)
class _Interface:
    number: int
    alternate: int
    out_endpoint: int
    in_endpoint: int | None
    packet: int


class UsbChannel:
    """A claimed printer interface."""

    def __init__(self, device: Any, interface: _Interface) -> None:
        self._device = device
        self._interface = interface
        self._detached = False
        self.two_way = interface.in_endpoint is not None
        try:
            self._claim()
        except BaseException:
            self.close()
            raise

    def _claim(self) -> None:
        import usb.core
        import usb.util

        number = self._interface.number
        with suppress(NotImplementedError):  # Windows has no kernel driver to move aside
            if self._device.is_kernel_driver_active(number):
                self._device.detach_kernel_driver(number)
                self._detached = True
        usb.util.claim_interface(self._device, number)
        if self._interface.alternate:
            self._device.set_interface_altsetting(number, self._interface.alternate)

    def write_some(self, data: bytes, seconds: float) -> int:
        """See `Channel`."""
        import usb.core
        import usb.util

        try:
            return int(
                self._device.write(self._interface.out_endpoint, data, _milliseconds(seconds))
            )
        except usb.core.USBTimeoutError:
            return 0
        except usb.core.USBError as error:
            # The count is lost with the error: some of `data` may be on paper.
            raise _printer_error(error, partial=True) from error

    def read_some(self, seconds: float) -> bytes:
        """See `Channel`."""
        import usb.core
        import usb.util

        endpoint, packet = self._interface.in_endpoint, self._interface.packet
        try:
            return bytes(self._device.read(endpoint, packet, _milliseconds(seconds)))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise _printer_error(error) from error

    def is_drained(self, seconds: float) -> bool:  # noqa: ARG002 (a bulk write ends when taken)
        """See `Channel`."""
        return True

    def abandon(self) -> None:
        """See `Channel`: a bulk write that timed out has been taken back already."""

    def close(self) -> None:
        """See `Channel`."""
        import usb.core
        import usb.util

        # A printer that was pulled can't be let go; what the system does not know was never taken.
        with suppress(usb.core.USBError, NotImplementedError):
            usb.util.release_interface(self._device, self._interface.number)
        if self._detached:
            with suppress(usb.core.USBError, NotImplementedError):  # as above
                self._device.attach_kernel_driver(self._interface.number)
        usb.util.dispose_resources(self._device)


def _milliseconds(seconds: float) -> int:
    return max(1, int(seconds * 1000))  # 0 would mean: for ever


def usb_transport(address: UsbAddress, limits: Limits, *, mute: bool) -> ConversationTransport:
    """A transport to `address`."""
    return ConversationTransport(lambda: _open(address), limits, mute)


def _open(address: UsbAddress) -> UsbChannel:
    import usb.core
    import usb.util

    try:
        device = _find(address)
        interface = printer_interface(device)
        if interface is None:
            raise PrinterError(
                ErrorKind.UNKNOWN,
                "no printer interface",
                advice=_("This USB device is not a printer. Choose another one."),
            )
        return UsbChannel(device, interface)
    except usb.core.NoBackendError as error:
        raise _no_libusb() from error
    except usb.core.USBError as error:
        at_open = _printer_error(error)
        gone = at_open.kind is ErrorKind.GONE
        raise (PrinterError(ErrorKind.ABSENT, str(error)) if gone else at_open) from error
    except NotImplementedError as error:
        # Windows: the device has another driver than WinUSB.
        raise PrinterError(ErrorKind.DENIED, str(error)) from error


def _find(address: UsbAddress) -> Any:
    unreadable: PrinterError | None = None
    for device in devices(idVendor=address.vendor, idProduct=address.product):
        if address.place and _place(device) != address.place:
            continue
        if not address.serial or _text(device, device.iSerialNumber) == address.serial:
            return device
        if not _can_be_opened(device):
            unreadable = PrinterError(ErrorKind.DENIED, "its serial number can't be read")
    raise unreadable or PrinterError(ErrorKind.ABSENT, str(address))


def devices(**match: int) -> Iterator[Any]:
    """All USB devices that match; raises usb.core.NoBackendError without libusb."""
    import usb.core
    import usb.util

    return iter(usb.core.find(find_all=True, backend=_backend(), **match))


def _backend() -> Any:
    """The system's own libusb; on Windows the one that `libusb-package` brings."""
    if sys.platform == "win32":
        import libusb_package

        return libusb_package.get_libusb1_backend()
    else:  # noqa: RET505 (mypy takes what follows a platform's return for dead code)
        return None


def printer_interface(device: Any) -> _Interface | None:
    """The printer interface to use: one that can answer before one that can't."""
    found: list[_Interface] = []
    for configuration in device:
        for interface in configuration:
            if interface.bInterfaceClass != PRINTER_CLASS:
                continue
            bulk = [end for end in interface if end.bmAttributes & 3 == 2]
            outs = [end for end in bulk if not end.bEndpointAddress & 0x80]
            ins = [end for end in bulk if end.bEndpointAddress & 0x80]
            if outs:
                found.append(
                    _Interface(
                        interface.bInterfaceNumber,
                        interface.bAlternateSetting,
                        outs[0].bEndpointAddress,
                        ins[0].bEndpointAddress if ins else None,
                        ins[0].wMaxPacketSize if ins else 64,
                    )
                )
    return min(found, key=lambda one: (one.in_endpoint is None, one.alternate), default=None)


def _place(device: Any) -> str:
    ports = ".".join(str(port) for port in device.port_numbers or ())
    return f"{device.bus}-{ports}"


def _text(device: Any, index: int) -> str:
    """A string descriptor, or "" where it can't be read."""
    import usb.core
    import usb.util

    try:
        return str(usb.util.get_string(device, index) or "").strip("\0 ") if index else ""
    except (usb.core.USBError, NotImplementedError, ValueError):
        # Not allowed, without WinUSB, or a device without texts: it is listed by its numbers.
        return ""


def _can_be_opened(device: Any) -> bool:
    import usb.core
    import usb.util

    try:
        device.is_kernel_driver_active(0)
    except usb.core.USBError as error:
        return error.errno not in {errno.EACCES, errno.EPERM}
    except NotImplementedError:  # Windows: nobody can say before it is tried
        return True
    return True


def _printer_error(error: Any, *, partial: bool = False) -> PrinterError:
    kind = _KINDS.get(error.errno, ErrorKind.UNKNOWN)
    return PrinterError(kind, str(error), partial=partial)


def _no_libusb() -> PrinterError:
    return PrinterError(
        ErrorKind.DENIED,
        "no libusb",
        advice=_(
            "This computer lacks the library that USB printers need: install libusb-1.0, or choose "
            "the printer in another way."
        ),
    )


def usb_printers() -> tuple[FoundPrinter, ...]:
    """The USB printers that are connected; equal ones told apart by serial number or place."""
    found = [device for device in devices() if printer_interface(device) is not None]
    out: list[FoundPrinter] = []
    for device in found:
        twins = [
            one
            for one in found
            if (one.idVendor, one.idProduct) == (device.idVendor, device.idProduct)
        ]
        serials = [_text(one, one.iSerialNumber) for one in twins] if len(twins) > 1 else []
        serial = _text(device, device.iSerialNumber) if serials else ""
        address = UsbAddress(device.idVendor, device.idProduct)
        if serial and serials.count(serial) == 1:
            address = UsbAddress(device.idVendor, device.idProduct, serial=serial)
        elif serials:
            address = UsbAddress(device.idVendor, device.idProduct, place=_place(device))
        name = " ".join(
            filter(None, (_text(device, device.iManufacturer), _text(device, device.iProduct)))
        )
        out.append(FoundPrinter(str(address), _("USB: {name}").format(name=name or address)))
    return tuple(out)
