"""How late the event loop was while a robot worked: in room that does not grow with the time."""

import contextlib
import heapq
import time
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QTimer

_TICK_MS = 20
_SHOWN = 3


def waited() -> float:
    """Seconds that this program's threads have been ready to run and were not let."""
    total = 0
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            total += int((task / "schedstat").read_text(encoding="ascii").split()[1])
    return total / 1e9


class Pauses:
    """Counted by the millisecond; of the longest it is kept what was being done.

    A pause is told less what the program's threads waited meanwhile for a processor that others
    had. What the robot itself does on the window's thread (`apart`) is not the window's.
    """

    def __init__(self) -> None:
        self.doing = ""
        self._counts = [0] * 10_001
        self._longest: list[tuple[float, float, str]] = []
        self._timer = QTimer()
        self._timer.timeout.connect(self._ticked)
        self._begin()
        self._timer.start(_TICK_MS)

    def stop(self) -> None:
        """No more is counted."""
        self._timer.stop()

    @contextlib.contextmanager
    def apart(self) -> Iterator[None]:
        """What is done within is the robot's own."""
        self._ticked()
        try:
            yield
        finally:
            self._begin()

    def told(self) -> str:
        """The longest, and how long all but one in a thousand were at most."""
        most = ", ".join(
            f"{1000 * late:.0f} ms ({what}; by the clock {1000 * whole:.0f} ms)"
            for late, whole, what in sorted(self._longest, reverse=True)
        )
        return f"longest pauses of the window {most}; of a thousand all but one at most {self.of(0.999)} ms"

    def of(self, share: float) -> int:
        """That share of the turns was late by so many milliseconds at most."""
        left = share * sum(self._counts)
        for late, count in enumerate(self._counts):
            left -= count
            if left <= 0:
                return late
        return len(self._counts)

    def _begin(self) -> None:
        self._last, self._waited = time.monotonic(), waited()

    def _ticked(self) -> None:
        now, for_processor = time.monotonic(), waited()
        whole = max(0.0, now - self._last - _TICK_MS / 1000)
        # A thread that has ended takes what it had waited out of the sum.
        late = max(0.0, whole - max(0.0, for_processor - self._waited))
        self._counts[min(int(1000 * late), len(self._counts) - 1)] += 1
        heapq.heappush(self._longest, (late, whole, self.doing))
        if len(self._longest) > _SHOWN:
            heapq.heappop(self._longest)
        self._last, self._waited = now, for_processor
