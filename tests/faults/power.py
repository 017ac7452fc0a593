"""Power cuts at every write: the till's work is written down, and each prefix is replayed."""

import hashlib
import random
import shutil
import tempfile
import time
from pathlib import Path

from pos.config import BOOK, book_path
from tests.faults.disk import Disk, why_not
from tests.faults.outcome import Outcome
from tests.faults.replay import WAYS, read_log, states
from tests.faults.stand import (
    Ack,
    Robot,
    fresh,
    goes_on,
    memory,
    open_till,
    remember_schema,
    wrong_with,
)

FAULT = "power cut, every write"
HOW = "each prefix of a recording of writes and syncs, the unsynced kept, lost, torn"
NEEDS_DISK = True
TORN = 3
FULL_EVERY = 10
"""Each so many states pass all of verify, the others the quick checks."""
GO_ON_EVERY = 100
_DAY = ("sale", "sale", "payout", "rest", "sale", "import", "sale", "close", "rest", "sale")


def run(count: int, seed: int = 0, *, planted: bool = False) -> Outcome:
    """Replay `count` different states. `planted` sells with synchronous=OFF, which must be caught."""
    if why_not():
        return Outcome(FAULT, HOW, "states", skipped=why_not())
    remember_schema()
    started = time.monotonic()
    rng = random.Random(seed)
    seen: set[bytes] = set()
    wrong: list[str] = []
    days = checked = 0
    with tempfile.TemporaryDirectory(prefix="titip-power-", dir=memory()) as name:
        work = Path(name)
        while len(seen) < count and len(wrong) < 50:
            days += 1
            before = len(seen)
            start, log, acks = _day(work / f"day{days}", seed * 1000 + days, planted=planted)
            steps = read_log(log)
            # A short run looks at states from all of the day.
            share = count / (len(steps) * (len(WAYS) - 1 + TORN))
            for step, way, mark, files in states(start, steps, rng, TORN, share):
                digest = _digest(files)
                if digest in seen or len(seen) >= count:
                    continue
                seen.add(digest)
                found = _check(work / "state", files, acks[:mark], len(seen))
                wrong += [f"day {days}, step {step}, {way}: {one}" for one in found]
                checked += mark
            assert len(seen) > before, "a day without a state of its own"
            shutil.rmtree(work / f"day{days}")
    detail = f"{days} recorded days, {checked:,} acknowledged entries looked for"
    how = f"{HOW}; synchronous=OFF planted" if planted else HOW
    seconds = time.monotonic() - started
    return Outcome(FAULT, how, "states", len(seen), tuple(wrong), detail, seconds=seconds)


def _day(folder: Path, seed: int, *, planted: bool) -> tuple[dict[str, bytes], Path, list[Ack]]:
    """Record a day's work: the files before it, the log, and what was confirmed, one mark each."""
    data = fresh(folder)
    start = {BOOK: book_path(data).read_bytes()}
    log = folder.parent / "log"
    disk = Disk()
    disk.watch(data)
    disk.record(log)
    acks: list[Ack] = []
    for half in range(2):
        till = open_till(data)
        if planted:
            till.book.driver_connection.execute("PRAGMA synchronous = OFF")
        robot = Robot(till, seed + half)
        for what in _DAY:
            ack = robot.do(what)
            if what != "rest":
                acks.append(ack)
                disk.mark(len(acks))
        till.close()
    disk.watch(Path("/nowhere"))
    return start, log, acks


def _digest(files: dict[str, bytes]) -> bytes:
    whole = hashlib.blake2b(digest_size=16)
    for name, content in sorted(files.items()):
        whole.update(name.encode() + b"\0" + len(content).to_bytes(8, "big"))
        whole.update(content)
    return whole.digest()


def _check(folder: Path, files: dict[str, bytes], acks: list[Ack], number: int) -> list[str]:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    for name, content in files.items():
        if name.startswith(BOOK):
            (folder / name).write_bytes(content)
    found = wrong_with(book_path(folder), acks, full=number % FULL_EVERY == 0)
    return found or (goes_on(folder) if number % GO_ON_EVERY == 0 else [])
