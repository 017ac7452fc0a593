"""`file:`: a device file such as /dev/usb/lp0, or a named pipe."""

import errno
import os
import select
import stat

from pos.receipts.addresses import FileAddress
from pos.receipts.outcomes import ErrorKind, Limits, PrinterError
from pos.receipts.transports.conversation import ConversationTransport

_KINDS = {
    errno.ENOENT: ErrorKind.ABSENT,
    errno.ENXIO: ErrorKind.ABSENT,
    errno.ENODEV: ErrorKind.ABSENT,
    errno.ENOTDIR: ErrorKind.ABSENT,
    errno.EACCES: ErrorKind.DENIED,
    errno.EPERM: ErrorKind.DENIED,
    errno.EROFS: ErrorKind.DENIED,
    errno.EBUSY: ErrorKind.BUSY,
    errno.EPIPE: ErrorKind.GONE,
    errno.EIO: ErrorKind.GONE,
    errno.ENOSPC: ErrorKind.STALLED,
}


class FileChannel:
    """An open file. A device answers, a pipe or a plain file does not."""

    def __init__(self, descriptor: int, *, two_way: bool) -> None:
        self._fd = descriptor
        self.two_way = two_way

    def write_some(self, data: bytes, seconds: float) -> int:
        """See `Channel`."""
        if not _ready(self._fd, "write", seconds):
            return 0
        try:
            return os.write(self._fd, data)
        except (BlockingIOError, InterruptedError):
            return 0
        except OSError as error:
            raise _while_printing(error) from error

    def read_some(self, seconds: float) -> bytes:
        """See `Channel`."""
        if not _ready(self._fd, "read", seconds):
            return b""
        try:
            return os.read(self._fd, 64)
        except (BlockingIOError, InterruptedError):
            return b""
        except OSError as error:
            raise _while_printing(error) from error

    def is_drained(self, seconds: float) -> bool:
        """See `Channel`. Closing usblp's file throws away what it is still sending."""
        return _ready(self._fd, "write", seconds)

    def abandon(self) -> None:
        """See `Channel`."""

    def close(self) -> None:
        """See `Channel`."""
        try:
            os.close(self._fd)
        except OSError:
            return


def _ready(descriptor: int, what: str, seconds: float) -> bool:
    """Whether the file takes or has bytes, or an error, within the time."""
    if not hasattr(select, "poll"):
        return what == "write"  # Windows: a plain file, which takes everything
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT if what == "write" else select.POLLIN)
    return bool(poll.poll(max(0, int(seconds * 1000))))


def _while_printing(error: OSError) -> PrinterError:
    kind = _KINDS.get(error.errno or 0, ErrorKind.UNKNOWN)
    return PrinterError(ErrorKind.GONE if kind is ErrorKind.ABSENT else kind, str(error))


def file_transport(address: FileAddress, limits: Limits, *, mute: bool) -> ConversationTransport:
    """A transport to `address`. The file is never made: a missing one is a missing printer."""
    return ConversationTransport(lambda: _open(address.path), limits, mute)


def _open(path: str) -> FileChannel:
    flags = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    try:
        # A pipe opened for reading too would hand our own bytes back as answers.
        if stat.S_ISCHR(os.stat(path).st_mode):  # noqa: PTH116 (the same call as for the descriptor)
            try:
                return FileChannel(os.open(path, os.O_RDWR | flags), two_way=True)
            except PermissionError:
                pass
        return FileChannel(os.open(path, os.O_WRONLY | os.O_APPEND | flags), two_way=False)
    except (OSError, ValueError) as error:
        number = getattr(error, "errno", None) or 0
        raise PrinterError(_KINDS.get(number, ErrorKind.UNKNOWN), str(error)) from error
