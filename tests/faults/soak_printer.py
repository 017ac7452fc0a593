"""A network printer with a hard life, as a process of its own: pulled, out of paper, slow, mute.

Usage: python -m tests.faults.soak_printer FOLDER SEED CALM. Tells its address; ends with its input, and then
tells how many papers with each receipt's number came out, and how often each fault happened.
"""

import json
import random
import re
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from tests.faults.rigs import TcpRig

CUT, RESET = b"\x1dV", b"\x1b@"
_NUMBER = re.compile(rb"[A-Z]{1,4}-\d{4,6}")


class HardLife:
    """Does to a printer what a stand does to one."""

    def __init__(self, folder: Path, seed: int, calm: float) -> None:
        self.rig = TcpRig(folder, rate=20_000.0)
        self.rng = random.Random(seed)
        self.calm = calm
        self.counts: Counter[str] = Counter()
        self.papers: Counter[str] = Counter()
        self._ends = threading.Event()
        self._rest = b""
        self._taken = 0

    def run(self) -> None:
        while not self._pause(self.rng.uniform(0.5, 1.5) * self.calm):
            fault = self.rng.choice(("pulled", "paper", "slow", "mute"))
            self.counts[fault] += 1
            getattr(self, f"_{fault}")(self.rng.uniform(2, 8))
        self._collect()

    def end(self) -> None:
        self._ends.set()

    def _pause(self, seconds: float) -> bool:
        ends = time.monotonic() + seconds
        while not self._ends.is_set() and time.monotonic() < ends:
            self._collect()
            self._ends.wait(0.5)
        return self._ends.is_set()

    def _collect(self) -> None:
        """Take the paper away and note whose receipts it bears."""
        with self.rig.lock:
            printed = self.rig.machine.printed
            self._rest += bytes(printed[self._taken :])
            self._taken = len(printed)
        *whole, self._rest = self._rest.split(CUT)
        # One that was broken off has no cut at its end: the next begins with a reset.
        for paper in (part for piece in whole for part in piece.split(RESET)):
            # Its own number comes first; a Z names receipts too, below.
            own = _NUMBER.search(paper)
            if own:
                self.papers[own[0].decode()] += 1

    def _pulled(self, seconds: float) -> None:
        self.rig.unplug()
        self._pause(seconds)
        self.rig.plug()

    def _paper(self, seconds: float) -> None:
        with self.rig.lock:
            self.rig.machine.paper = len(self.rig.machine.printed) + self.rng.randint(1, 900)
        self._pause(seconds)
        self.rig.refill()

    def _slow(self, seconds: float) -> None:
        self.rig.set(rate=150.0)
        self._pause(seconds)
        self.rig.set(rate=20_000.0)

    def _mute(self, seconds: float) -> None:
        self.rig.set(answers=False)
        self._pause(seconds)
        self.rig.set(answers=True)


def main() -> None:
    life = HardLife(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
    print(life.rig.address, flush=True)
    thread = threading.Thread(target=life.run)
    thread.start()
    sys.stdin.read()
    life.end()
    thread.join()
    life.rig.close()
    print(json.dumps({"papers": life.papers, "faults": life.counts}), flush=True)


if __name__ == "__main__":
    main()
