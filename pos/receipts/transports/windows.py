"""`windows:`: a printer of the Windows spooler, given raw bytes.

`OpenPrinter` succeeds with the printer unplugged, so the queue's state is asked first, and what
comes of it is "handed to Windows", never "printed".
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pos.i18n import _
from pos.receipts.addresses import WindowsAddress
from pos.receipts.outcomes import (
    UNKNOWN_STATUS,
    ErrorKind,
    FoundPrinter,
    Limits,
    PrinterError,
    PrinterState,
    PrinterStatus,
    SendResult,
)
from pos.receipts.transports.base import Cancelled, bounded, never, nothing

# winspool.h: PRINTER_STATUS_*, PRINTER_ATTRIBUTE_WORK_OFFLINE, PRINTER_ENUM_*
_PAUSED, _ERROR, _JAM, _PAPER_OUT, _PAPER_PROBLEM = 0x1, 0x2, 0x8, 0x10, 0x40
_OFFLINE, _NOT_AVAILABLE, _INTERVENTION, _DOOR_OPEN = 0x80, 0x1000, 0x100000, 0x400000
_WORK_OFFLINE = 0x400
_LOCAL_AND_CONNECTED = 0x2 | 0x4
_ACCESS_DENIED, _INVALID_NAME = 5, 1801


@dataclass(frozen=True)
class WindowsTransport:
    """Hands jobs to the spooler; every call has a time limit, since a spooler can hang."""

    address: WindowsAddress
    limits: Limits

    def send(
        self,
        job: bytes,
        *,
        is_cancelled: Cancelled = never,
        before_first_byte: Callable[[], None] = nothing,
        check_first: bool = True,
        confirm: bool = True,  # noqa: ARG002 (the spooler has no word to give)
    ) -> SendResult:
        """See `Transport.send`."""
        if check_first:
            status = self.status()
            if status.state is PrinterState.ABSENT:
                raise PrinterError(ErrorKind.ABSENT, str(self.address))
            if not status.can_print:
                raise PrinterError(
                    ErrorKind.STALLED, status.state, advice=status.sentence, state=status.state
                )
        if is_cancelled():
            raise PrinterError(ErrorKind.STALLED, "cancelled")
        before_first_byte()
        started: list[bool] = []
        try:
            bounded(lambda: _spool(self.address.name, job, started), self.limits.stall)
        except ImportError as error:
            raise _not_windows() from error
        except TimeoutError as error:
            # The call that hangs may still go through, however far it had come.
            raise PrinterError(ErrorKind.STALLED, str(error), partial=True) from error
        except Exception as error:
            raise PrinterError(_kind(error), str(error), partial=bool(started)) from error
        return SendResult.HANDED_OVER

    def status(self) -> PrinterStatus:
        """See `Transport.status`."""
        try:
            return _state(bounded(lambda: _queue(self.address.name), self.limits.connect))
        except Exception as error:  # noqa: BLE001 (pywintypes.error is there on Windows only)
            absent = _kind(error) is ErrorKind.ABSENT and not isinstance(error, ImportError)
            return PrinterStatus(PrinterState.ABSENT) if absent else UNKNOWN_STATUS


def _spool(name: str, job: bytes, started: list[bool]) -> None:
    import win32print

    handle = win32print.OpenPrinter(name)
    try:
        win32print.StartDocPrinter(handle, 1, ("Titip", None, "RAW"))
        try:
            # Some drivers print nothing of what comes outside a page.
            win32print.StartPagePrinter(handle)
            started.append(True)
            written = win32print.WritePrinter(handle, job)
            if written != len(job):
                raise OSError(f"the spooler took {written} of {len(job)} bytes")
            win32print.EndPagePrinter(handle)
        except BaseException:
            with suppress(Exception):
                win32print.AbortPrinter(handle)
            raise
        win32print.EndDocPrinter(handle)
    finally:
        win32print.ClosePrinter(handle)


def _queue(name: str) -> tuple[int, int]:
    """The queue's status and attribute bits."""
    import win32print

    handle = win32print.OpenPrinter(name)
    try:
        info: dict[str, Any] = win32print.GetPrinter(handle, 2)
        return int(info["Status"]), int(info["Attributes"])
    finally:
        win32print.ClosePrinter(handle)


def _state(bits: tuple[int, int]) -> PrinterStatus:
    status, attributes = bits
    if status & (_PAPER_OUT | _PAPER_PROBLEM | _JAM):
        return PrinterStatus(PrinterState.PAPER_OUT)
    if status & _DOOR_OPEN:
        return PrinterStatus(PrinterState.COVER_OPEN)
    unable = _PAUSED | _ERROR | _OFFLINE | _NOT_AVAILABLE | _INTERVENTION
    if status & unable or attributes & _WORK_OFFLINE:
        return PrinterStatus(PrinterState.OFFLINE)
    # No bit set is no promise: many drivers never set one.
    return UNKNOWN_STATUS


def _kind(error: Exception) -> ErrorKind:
    number = getattr(error, "winerror", None)
    if number == _ACCESS_DENIED:
        return ErrorKind.DENIED
    return ErrorKind.ABSENT if number == _INVALID_NAME else ErrorKind.UNKNOWN


def _not_windows() -> PrinterError:
    return PrinterError(
        ErrorKind.ABSENT,
        "no win32print",
        advice=_("This printer belongs to a Windows computer. Choose another one."),
    )


def windows_printers() -> tuple[FoundPrinter, ...]:
    """The printers that Windows knows; none elsewhere."""
    try:
        import win32print
    except ImportError:
        return ()
    names = [entry[2] for entry in win32print.EnumPrinters(_LOCAL_AND_CONNECTED)]
    return tuple(
        FoundPrinter(str(WindowsAddress(name)), _("Windows: {name}").format(name=name))
        for name in names
    )
