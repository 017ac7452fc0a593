"""`serial:`: a printer on a serial port, real or behind a USB adapter."""

import errno
import os
import select
import sys
import time
from contextlib import suppress
from typing import Any

from pos.receipts.addresses import SerialAddress
from pos.receipts.outcomes import ErrorKind, Limits, PrinterError
from pos.receipts.transports.conversation import ConversationTransport

_LINE_ERRORS: tuple[type[Exception], ...] = (OSError,)
if sys.platform != "win32":
    import termios

    # Of an adapter that was pulled out; no OSError.
    _LINE_ERRORS = (OSError, termios.error)
_WINDOWS_CHUNK = 64
"""Bytes a write on Windows, where a write that times out does not tell how much it took."""


class SerialChannel:
    """An open port. On POSIX the descriptor is used itself: pyserial's write hides its count."""

    two_way = True

    def __init__(self, port: Any) -> None:
        self._port = port

    def write_some(self, data: bytes, seconds: float) -> int:
        """See `Channel`."""
        if sys.platform == "win32":
            return self._write_blocking(data[:_WINDOWS_CHUNK])
        descriptor = self._port.fileno()
        try:
            _readable, writable, _errors = select.select([], [descriptor], [], seconds)
            return os.write(descriptor, data) if writable else 0
        except (BlockingIOError, InterruptedError):
            return 0
        except OSError as error:
            raise PrinterError(ErrorKind.GONE, str(error)) from error

    def _write_blocking(self, data: bytes) -> int:
        try:
            return int(self._port.write(data) or 0)
        except OSError as error:  # pyserial's errors are OSErrors
            import serial

            timed_out = isinstance(error, serial.SerialTimeoutException)
            kind = ErrorKind.STALLED if timed_out else ErrorKind.GONE
            raise PrinterError(kind, str(error), partial=True) from error

    def read_some(self, seconds: float) -> bytes:
        """See `Channel`."""
        try:
            self._port.timeout = seconds
            first = bytes(self._port.read(1))
            return first + bytes(self._port.read(self._port.in_waiting)) if first else b""
        except OSError as error:
            raise PrinterError(ErrorKind.GONE, str(error)) from error

    def is_drained(self, seconds: float) -> bool:
        """See `Channel`. `flush()` would wait for ever on a printer that holds the line."""
        ends = time.monotonic() + seconds
        try:
            while self._port.out_waiting:
                if time.monotonic() > ends:
                    return False
                time.sleep(0.005)
        except OSError as error:
            raise PrinterError(ErrorKind.GONE, str(error)) from error
        return True

    def abandon(self) -> None:
        """See `Channel`. Closing would wait up to 30 s for bytes that nobody takes."""
        with suppress(*_LINE_ERRORS):
            self._port.reset_output_buffer()

    def close(self) -> None:
        """See `Channel`."""
        with suppress(OSError):
            self._port.close()


def serial_transport(
    address: SerialAddress, limits: Limits, *, mute: bool
) -> ConversationTransport:
    """A transport to `address`."""
    return ConversationTransport(lambda: _open(address, limits), limits, mute)


def _open(address: SerialAddress, limits: Limits) -> SerialChannel:
    import serial

    try:
        port = serial.Serial(
            address.port,
            baudrate=address.baud,
            timeout=0,
            write_timeout=limits.stall,
            exclusive=True if sys.platform != "win32" else None,
        )
    except (OSError, ValueError) as error:
        raise PrinterError(_kind(error), str(error)) from error
    return SerialChannel(port)


def _kind(error: Exception) -> ErrorKind:
    number = getattr(error, "errno", None)
    text = str(error)
    if number in {errno.EACCES, errno.EPERM} or "PermissionError" in text:
        # Windows says so too when another program has the port open.
        return ErrorKind.BUSY if sys.platform == "win32" else ErrorKind.DENIED
    if number in {errno.EBUSY, errno.EAGAIN} or "lock" in text:
        return ErrorKind.BUSY
    return ErrorKind.ABSENT
