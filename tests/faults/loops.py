"""Power cuts of a real filesystem: the selling till is frozen, the disk's image copied and mounted.

What the filesystem still had in memory is not in the image, as after a cut. The image is read
twice, so that a copy into which the system wrote meanwhile is not taken for a cut.
"""

import hashlib
import os
import random
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from pos.config import book_path
from tests.faults.outcome import Outcome
from tests.faults.stand import Ack, Robot, fresh, goes_on, open_till, remember_schema, wrong_with

FAULT = "power cut"
HOW = "{kind} on a loop device, the till frozen in its selling loop, the image copied and mounted"
ROUND = 20
"""Cuts of one filesystem before it is made anew."""


class Kind(NamedTuple):
    """A filesystem, how it is made, and how a copy of it is mounted beside the first."""

    name: str
    make: tuple[str, ...]
    megabytes: int
    options: str


KINDS = (
    Kind("ext4", ("mkfs.ext4", "-q", "-F"), 64, "noatime"),
    Kind("xfs", ("mkfs.xfs", "-q", "-f"), 320, "nouuid,noatime"),
    Kind("btrfs", ("mkfs.btrfs", "-q", "-f"), 128, "noatime"),
)


def run(count: int, seed: int = 0, *, planted: bool = False) -> list[Outcome]:
    """So many cuts, a third on each filesystem; `planted` sells with synchronous=OFF."""
    remember_schema()
    each = -(-count // len(KINDS))
    return [_campaign(kind, each, random.Random(f"{seed} {kind.name}"), planted) for kind in KINDS]


def why_not(kind: Kind) -> str:
    """Why this filesystem can't be tried here; "" if it can."""
    if os.geteuid() != 0:
        return "loop devices need root"
    if shutil.which(kind.make[0]) is None:
        return f"{kind.make[0]} is not installed (make system-libs-faults)"
    known = Path("/proc/filesystems").read_text(encoding="ascii").split()
    if kind.name not in known:
        return f"the kernel has no {kind.name}"
    if not Path("/dev/loop-control").exists():
        return "there are no loop devices"
    return ""


def _campaign(kind: Kind, count: int, rng: random.Random, planted: bool) -> Outcome:
    how = HOW.format(kind=kind.name) + ("; synchronous=OFF planted" if planted else "")
    skipped = why_not(kind)
    if skipped:
        return Outcome(FAULT, how, "cuts", skipped=skipped)
    started = time.monotonic()
    wrong: list[str] = []
    confirmed = 0
    done = 0
    with tempfile.TemporaryDirectory(prefix="titip-loop-") as name:
        work = Path(name)
        while done < count and len(wrong) < ROUND:
            cuts = min(ROUND, count - done)
            try:
                found, acks = _round(kind, cuts, work, rng, planted)
            except subprocess.CalledProcessError as error:
                if done:
                    raise
                why = (error.stderr or b"").decode(errors="replace").strip()
                return Outcome(FAULT, how, "cuts", skipped=f"{error.cmd[0]} failed: {why}")
            wrong += [f"cut {done + at}: {one}" for at, one in found]
            done += cuts
            confirmed += acks
    detail = f"{confirmed:,} confirmed entries looked for"
    seconds = time.monotonic() - started
    return Outcome(FAULT, how, "cuts", done, tuple(wrong), detail, seconds=seconds)


def _round(
    kind: Kind, cuts: int, work: Path, rng: random.Random, planted: bool
) -> tuple[list[tuple[int, str]], int]:
    image, copy = work / "disk", work / "copy"
    with image.open("wb") as file:
        file.truncate(kind.megabytes << 20)
    _run(*kind.make, str(image))
    wrong: list[tuple[int, str]] = []
    looked_for = 0
    with _mounted(kind, image, work / "live") as live:
        folder = fresh(live / "data")
        _sync(live)
        with _selling(folder, rng, planted) as (child, listen):
            acks: list[Ack] = []
            while not acks:
                acks += listen(0.2)
            for cut in range(1, cuts + 1):
                acks += listen(rng.uniform(0.05, 0.6))
                os.kill(child, signal.SIGSTOP)
                try:
                    acks += listen(0)
                    _copy(image, copy)
                finally:
                    os.kill(child, signal.SIGCONT)
                wrong += [(cut, one) for one in _look(kind, copy, work, acks)]
                looked_for += len(acks)
    image.unlink()
    return wrong, looked_for


def _look(kind: Kind, copy: Path, work: Path, acks: list[Ack]) -> list[str]:
    try:
        with _mounted(kind, copy, work / "cut") as mounted:
            folder = mounted / "data"
            return wrong_with(book_path(folder), acks) or goes_on(folder)
    except subprocess.CalledProcessError as error:
        return [f"does not mount: {error.stderr.decode(errors='replace').strip()}"]


@contextmanager
def _mounted(kind: Kind, image: Path, where: Path) -> Iterator[Path]:
    where.mkdir(exist_ok=True)
    _run("mount", "-o", f"loop,{kind.options}", "-t", kind.name, str(image), str(where))
    try:
        yield where
    finally:
        _run("umount", str(where))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _sync(folder: Path) -> None:
    """All that was there before the selling is on the disk."""
    _run("sync", "-f", str(folder))


def _copy(image: Path, copy: Path) -> None:
    """A copy into which nothing was written while it was made."""
    for _turn in range(20):
        _run("cp", "--sparse=always", str(image), str(copy))
        if _digest(image) == _digest(copy):
            return
    raise RuntimeError("the image does not come to rest")


def _digest(path: Path) -> bytes:
    """Of the parts that are not holes: a hole reads as zeros, and so may a part that was written."""
    whole = hashlib.blake2b()
    with path.open("rb") as file:
        size, at = path.stat().st_size, 0
        while at < size:
            try:
                start = os.lseek(file.fileno(), at, os.SEEK_DATA)
            except OSError:
                break
            at = os.lseek(file.fileno(), start, os.SEEK_HOLE)
            for block in range(start // 4096, -(-at // 4096)):
                data = os.pread(file.fileno(), 4096, block * 4096)
                if data.strip(b"\0"):
                    whole.update(block.to_bytes(8, "big") + data)
    return whole.digest()


@contextmanager
def _selling(
    folder: Path, rng: random.Random, planted: bool
) -> Iterator[tuple[int, Callable[[float], list[Ack]]]]:
    """A child that sells; with it, a function that listens to its confirmations for a while."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _sell(folder, writing, rng.randrange(1 << 30), planted)
    os.close(writing)
    os.set_blocking(reading, False)
    rest = b""

    def listen(seconds: float) -> list[Ack]:
        nonlocal rest
        ends = time.monotonic() + seconds
        while True:
            left = ends - time.monotonic()
            if select.select([reading], [], [], max(0, left))[0]:
                block = os.read(reading, 1 << 16)
                assert block, "the till ended"
                rest += block
            elif left <= 0:
                break
        *lines, rest = rest.split(b"\n")
        return [msgspec.json.decode(line, type=Ack) for line in lines]

    try:
        yield child, listen
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reading)


def _sell(folder: Path, writing: int, seed: int, planted: bool) -> None:
    try:
        till = open_till(folder)
        if planted:
            till.book.driver_connection.execute("PRAGMA synchronous = OFF")
        robot = Robot(till, seed)
        work = random.Random(seed)
        while True:
            ack = robot.do(work.choice(("sale",) * 12 + ("payout", "close", "import")))
            os.write(writing, msgspec.json.encode(ack) + b"\n")
            if work.random() < 0.1:
                robot.do("rest")
            # A customer at a time, or the book grows out of its small disk.
            time.sleep(0.01)
    finally:
        os._exit(1)
