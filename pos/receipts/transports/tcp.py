"""`tcp:`: a network printer's raw port, usually 9100."""

import select
import socket
import struct
import sys
import time

from pos.receipts.addresses import TcpAddress
from pos.receipts.outcomes import ErrorKind, Limits, PrinterError
from pos.receipts.transports.base import bounded
from pos.receipts.transports.conversation import ConversationTransport

_SEND_BUFFER = 8192
"""A small one: what lies in it looks sent to us, and is not."""


class TcpChannel:
    """One connection; closed after a failure with a reset, so that nothing goes out later."""

    two_way = True

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection

    def write_some(self, data: bytes, seconds: float) -> int:
        """See `Channel`."""
        try:
            _readable, writable, _errors = select.select([], [self._socket], [], seconds)
            return self._socket.send(data) if writable else 0
        except (BlockingIOError, InterruptedError):
            return 0
        except OSError as error:
            raise PrinterError(ErrorKind.GONE, str(error)) from error

    def read_some(self, seconds: float) -> bytes:
        """See `Channel`."""
        try:
            readable, _writable, _errors = select.select([self._socket], [], [], seconds)
            if not readable:
                return b""
            got = self._socket.recv(256)
        except (BlockingIOError, InterruptedError):
            return b""
        except OSError as error:
            raise PrinterError(ErrorKind.GONE, str(error)) from error
        if not got:
            raise PrinterError(ErrorKind.GONE, "the printer closed the connection")
        return got

    def is_drained(self, seconds: float) -> bool:
        """See `Channel`."""
        ends = time.monotonic() + seconds
        while self._unacknowledged():
            if time.monotonic() > ends:
                return False
            time.sleep(0.005)
        return True

    def _unacknowledged(self) -> int:
        """Bytes that the other side has not taken yet; 0 where the system does not tell."""
        if sys.platform != "linux":
            return 0
        import fcntl
        import termios

        try:
            raw = fcntl.ioctl(self._socket.fileno(), termios.TIOCOUTQ, struct.pack("i", 0))
        except OSError:
            return 0
        return int(struct.unpack("i", raw)[0])

    def abandon(self) -> None:
        """See `Channel`."""
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        except OSError:
            return

    def close(self) -> None:
        """See `Channel`."""
        self._socket.close()


def tcp_transport(address: TcpAddress, limits: Limits, *, mute: bool) -> ConversationTransport:
    """A transport to `address`."""
    return ConversationTransport(lambda: _connect(address, limits), limits, mute)


def _connect(address: TcpAddress, limits: Limits) -> TcpChannel:
    ends = time.monotonic() + limits.connect
    try:
        # Looking a name up knows no time limit of its own.
        found = bounded(
            lambda: socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM),
            limits.connect,
        )
    except (OSError, UnicodeError) as error:
        raise PrinterError(ErrorKind.ABSENT, str(error)) from error
    failure = "no address"
    for family, kind, protocol, _name, target in found:
        try:
            connection = socket.socket(family, kind, protocol)
        except OSError as error:  # the name has an IPv6 address, this computer no IPv6
            failure = str(error)
            continue
        try:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
            connection.settimeout(max(0.05, ends - time.monotonic()))
            connection.connect(target)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.setblocking(False)  # noqa: FBT003 (the socket's own signature)
        except OSError as error:
            connection.close()
            failure = str(error)
        else:
            return TcpChannel(connection)
    raise PrinterError(ErrorKind.ABSENT, failure)
