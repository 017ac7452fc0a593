"""Locks the till when nobody has touched it for a while."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

_LOOK_MS: Final = 5_000
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Tells `idle` once `minutes` have passed without a key or a touch (0: never).

    `monotonic` gives seconds, so that a changed clock of the machine locks nobody out.
    """

    idle = Signal()

    def __init__(self, monotonic: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._last = monotonic()
        self.minutes = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def attach(self, window: QWindow) -> None:
        """Watch this window, from now on."""
        window.installEventFilter(self)
        self._timer.start()

    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._monotonic()

    def look(self) -> None:
        """Tell when it has been long enough."""
        if self.minutes and self._monotonic() - self._last >= self.minutes * 60:
            self.touch()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook; never keeps an event."""
        del watched
        if event.type() in _TOUCHES:
            self.touch()
        return False
