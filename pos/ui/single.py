"""One program for one data folder: a second start brings the first one's window to the front.

The lock is a file in the folder, so two tills in two folders are two programs. A lock left behind
by a crash is taken over, since it names a process that is gone.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject

from pos.config import make_private

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

LOCK = "titip.lock"
_WAIT_MS = 1_000


class SingleInstance(QObject):
    """Holds a data folder for this process; ask `claim` before the book is opened."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        make_private(folder)
        self._name = "titip-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Whether the folder is this process's now; False when another program has it open."""
        if self._lock.tryLock(0):
            return True
        # Only the lock's own refusal means another program; a folder that can't be written to is
        # told by the book, in a better sentence.
        return self._lock.error() is not QLockFile.LockError.LockFailedError

    def show_first(self) -> bool:
        """Ask the program that has the folder to come to the front; whether it was reached."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(b"show")
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def listen(self, shown: Callable[[], None]) -> None:
        """Call `shown` whenever somebody starts the program a second time.

        Called once the window stands: the network library is not needed before.
        """
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._name)
        server.listen(self._name)

        def asked() -> None:
            connection = server.nextPendingConnection()
            if connection is not None:
                connection.disconnected.connect(connection.deleteLater)
                shown()

        server.newConnection.connect(asked)
        self._server = server

    def stop_listening(self) -> None:
        """The window is closed: a second start has nothing to bring to the front any more."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def release(self) -> None:
        """Let the folder go."""
        self.stop_listening()
        self._lock.unlock()
