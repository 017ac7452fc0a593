"""The judgement behind the scanner filter, without Qt: were these keys typed by a scanner?"""

from dataclasses import dataclass, field
from typing import Final

MAX_AVERAGE_MS: Final = 30
"""Scanners type a key every 5 to 20 ms; the fastest typists need more than 40."""
MAX_GAP_MS: Final = 60
"""A single longer gap ends a burst."""
MIN_CHARACTERS: Final = 4
MAX_CHARACTERS: Final = 512
"""More than any code on a label: the rest of an endless burst is typing, or a fault."""


@dataclass
class Burst:
    """Characters that came quickly one after another. Times are milliseconds since any moment.

    A time of 0 means "unknown" (an on-screen keyboard, an input method): never a scanner's.
    """

    text: str = ""
    _times: list[int] = field(default_factory=list)

    def fits(self, at: int) -> bool:
        """Whether a key at this time can go on with the burst so far (an empty one takes any)."""
        if not self._times:
            return True
        if at == 0 or self._times[-1] == 0 or len(self.text) >= MAX_CHARACTERS:
            return False
        return 0 <= at - self._times[-1] <= MAX_GAP_MS

    def add(self, character: str, at: int) -> None:
        """One more key."""
        self.text += character
        self._times.append(at)

    def is_scan(self, ended_at: int, prefix: str = "") -> bool:
        """Whether these keys, ended by Enter or Tab at this time, came from a scanner."""
        if prefix:
            return self.text.startswith(prefix) and len(self.text) > len(prefix)
        if len(self.text) < MIN_CHARACTERS or not self.fits(ended_at):
            return False
        return ended_at - self._times[0] <= MAX_AVERAGE_MS * len(self._times)

    def clear(self) -> None:
        """Forget everything."""
        self.text = ""
        self._times.clear()
