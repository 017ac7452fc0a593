"""Python's cyclic garbage is collected on the GUI thread alone.

Collected on a worker's thread, a cycle that holds a Qt connection takes Qt's lock and waits for
the interpreter's, while the GUI thread may hold that one and wait for Qt's: the window would stop
for ever. So automatic collection is off from the first window on, and a timer does its work.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

_LOOK_MS: Final = 1_000


class Garbage(QObject):
    """Collects in idle moments of the GUI thread, by the interpreter's own thresholds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> int:
        """Collect the oldest generation that is due; its number, or -1 when none is."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return generation
        return -1
