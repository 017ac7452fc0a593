"""A barcode scanner is a keyboard that types fast and ends with Enter: tell it from a person.

Keys are judged by the time at which they were typed (`QKeyEvent.timestamp`), not by the time at
which they are handled, so a stalled window still tells them apart. A printable key is held back for
a moment; if it was typing after all, it is replayed as it was. Where the focus is in a search field
(`TRANSPARENT`), keys go through at once and a burst is taken out of the field again at its Enter.

The filter sits on the window's QWindow: one look per key, whatever widget has the focus.
"""

from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from pos.ui.burst import Burst

HOLD_MS: Final = 60
"""How long a key is held at most before it is replayed as typing."""
PREFIX_HOLD_MS: Final = 400
"""The same where a prefix character announces a scan for certain."""
TRANSPARENT: Final = "scanTransparent"
"""A widget with this property gets its keys at once; it must have `cut_scan(characters)`."""

_ENDS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_COMMANDS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_MODIFIERS: Final = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)


class _TakesScans(Protocol):
    def cut_scan(self, characters: int) -> None:
        """Take the last characters out again: they were a scanner's."""


class Scanner(QObject):
    """Watches the keys of one window; `scanned` carries what a scanner read, as it was typed."""

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.prefix = ""
        self._burst = Burst()
        self._held: list[QKeyEvent] = []
        self._window: QWindow | None = None
        self._replaying = False
        self._swallow_release: Qt.Key | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._hold_is_over)

    def attach(self, window: QWindow) -> None:
        """Watch this window from now on."""
        if self._window is not None:
            self._window.removeEventFilter(self)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's hook: True keeps the key from the window."""
        del watched
        kind = event.type()
        if kind == QEvent.Type.KeyPress and not self._replaying:
            return isinstance(event, QKeyEvent) and self._pressed(event)
        if kind == QEvent.Type.KeyRelease and not self._replaying:
            return isinstance(event, QKeyEvent) and self._released(event)
        return False

    # -- keys ------------------------------------------------------------------

    def _pressed(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MODIFIERS:
            return False
        if key in _ENDS and not event.modifiers() & _COMMANDS:
            return self._ended(event, key)
        if event.isAutoRepeat() or not _is_character(event):
            self._give_back()
            return False
        if not self._burst.fits(event.timestamp()):
            self._give_back()
        if self.prefix and not self._burst.text and event.text() != self.prefix:
            return False
        self._burst.add(event.text(), event.timestamp())
        if not self.prefix and _transparent_focus() is not None:
            return False
        self._hold(event)
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if self._swallow_release is not None and event.key() == self._swallow_release:
            self._swallow_release = None
            return True
        if not self._held:
            return False
        self._held.append(_copy(event))
        return True

    def _ended(self, event: QKeyEvent, key: Qt.Key) -> bool:
        text, held = self._burst.text, bool(self._held)
        if not self._burst.is_scan(event.timestamp(), self.prefix):
            self._give_back()
            return False
        self._timer.stop()
        self._held.clear()
        self._burst.clear()
        self._swallow_release = key
        field = _transparent_focus()
        if field is not None and not held:
            field.cut_scan(len(text))
        self.scanned.emit(text[len(self.prefix) :])
        return True

    # -- holding and replaying ---------------------------------------------------

    def _hold(self, event: QKeyEvent) -> None:
        self._held.append(_copy(event))
        self._timer.start(PREFIX_HOLD_MS if self.prefix else HOLD_MS)

    def _hold_is_over(self) -> None:
        # After a stall the rest of a burst may stand in the queue already: one more turn for it.
        known = len(self._held)
        QTimer.singleShot(0, self, lambda: self._replay_if_still(known))

    def _replay_if_still(self, known: int) -> None:
        if self._held and len(self._held) == known and not self._timer.isActive():
            self._give_back()

    def _give_back(self) -> None:
        """It was typing: let the keys through, in their order."""
        self._timer.stop()
        self._burst.clear()
        held, self._held = self._held, []
        if not held or self._window is None:
            return
        self._replaying = True
        try:
            for event in held:
                QCoreApplication.sendEvent(self._window, event)
        finally:
            self._replaying = False


def _copy(event: QKeyEvent) -> QKeyEvent:
    """The same event once more. Qt's own clone would belong to nobody, and never be freed."""
    made = QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    made.setTimestamp(event.timestamp())
    return made


def _is_character(event: QKeyEvent) -> bool:
    text = event.text()
    return len(text) == 1 and text.isprintable() and not event.modifiers() & _COMMANDS


def _transparent_focus() -> _TakesScans | None:
    focus: object = QApplication.focusWidget()
    if isinstance(focus, QObject) and focus.property(TRANSPARENT):
        taker: _TakesScans = focus  # type: ignore[assignment]  # the property promises cut_scan
        return taker
    return None
