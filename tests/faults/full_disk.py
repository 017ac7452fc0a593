"""A disk that runs full while the stand sells: a small tmpfs, and a limit on the size of files."""

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from pos.config import BOOK, book_path
from pos.errors import TitipError
from tests.faults import loops
from tests.faults.outcome import Outcome
from tests.faults.stand import (
    GOODS,
    Ack,
    Robot,
    fresh,
    goes_on,
    open_till,
    remember_schema,
    wrong_with,
)

FAULT = "full disk"
MOST = 5_000
TRIGGER = Path("/sys/fs/ext4")
STILL_FULL = 5
"""Sales that are tried again while nothing has changed."""


def run(count: int) -> list[Outcome]:
    """Fill each so many times."""
    remember_schema()
    return [_tmpfs(count), _limited(count), _read_only(max(1, count // 2))]


def _tmpfs(count: int) -> Outcome:
    how = "a 4 MB tmpfs, sold until it is full, cleared, sold on"
    if os.geteuid() != 0:
        return Outcome(FAULT, how, "fillings", skipped="mounting needs root")
    started = time.monotonic()
    wrong: list[str] = []
    sales = 0
    sentences: set[str] = set()
    for turn in range(count):
        with (
            tempfile.TemporaryDirectory(prefix="titip-full-") as name,
            _mounted(Path(name)) as disk,
        ):
            if disk is None:
                return Outcome(FAULT, how, "fillings", skipped="a tmpfs can't be mounted here")
            # Each filling ends at another place in the pages.
            (disk / "films").write_bytes(bytes(1_000_000 + 4_096 * turn))
            folder = fresh(disk / "data")
            acks, found = _fill(folder, turn, sentences)
            (disk / "films").unlink()
            found += goes_on(folder)
            shutil.copytree(folder, Path(name) / "copy")
            found += wrong_with(book_path(Path(name) / "copy"), acks)
            wrong += [f"filling {turn}: {one}" for one in found]
            sales += len(acks)
    detail = f"{sales:,} entries confirmed, all there; told: {_told(sentences)}"
    seconds = time.monotonic() - started
    return Outcome(FAULT, how, "fillings", count, tuple(wrong), detail, seconds=seconds)


@contextmanager
def _mounted(work: Path) -> Iterator[Path | None]:
    where = work / "disk"
    where.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "titip-full", str(where)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        yield None
        return
    try:
        yield where
    finally:
        subprocess.run(["umount", "-l", str(where)], check=True)


def _fill(folder: Path, seed: int, sentences: set[str]) -> tuple[list[Ack], list[str]]:
    """Sell until it is refused, try again, clear some space, sell on with the same till."""
    till = open_till(folder)
    robot = Robot(till, seed)
    acks: list[Ack] = []
    found: list[str] = []
    spare = folder / "spare"
    spare.write_bytes(bytes(200_000))
    refused = 0
    for _turn in range(MOST):
        try:
            acks.append(robot.do("sale"))
        except TitipError as error:
            sentences.add(error.sentence)
            refused += 1
            found += _while_full(folder, acks)
            if refused > STILL_FULL:
                break
    else:
        found.append("it was never full")
    spare.unlink()
    try:
        acks.append(robot.do("sale"))
    except TitipError as error:
        found.append(f"does not sell after space was made: {error.sentence}")
    till.close()
    return acks, found


def _while_full(folder: Path, acks: list[Ack]) -> list[str]:
    """Taken out to another disk, the book is whole at any time."""
    with tempfile.TemporaryDirectory(prefix="titip-look-") as name:
        for part in folder.glob(f"{BOOK}*"):
            if not part.name.endswith("-shm"):
                shutil.copy(part, name)
        return wrong_with(book_path(Path(name)), acks, full=False)


def _told(sentences: set[str]) -> str:
    return "; ".join(f"“{sentence}”" for sentence in sorted(sentences))


# -- ulimit -f ---------------------------------------------------------------------------


def _limited(count: int) -> Outcome:
    """In a child of its own, since a limit once set is set."""
    how = "ulimit -f: no file may grow beyond 1 to 3 MB"
    started = time.monotonic()
    wrong: list[str] = []
    sales = 0
    sentences: set[str] = set()
    for turn in range(count):
        with tempfile.TemporaryDirectory(prefix="titip-limit-") as name:
            folder = fresh(Path(name) / "data")
            said = Path(name) / "said"
            child = os.fork()
            if child == 0:
                _sell_limited(folder, said, turn)
            os.waitpid(child, 0)
            if not said.exists():
                wrong.append(f"filling {turn}: the program ended")
                continue
            told = msgspec.json.decode(
                said.read_bytes(), type=tuple[list[Ack], list[str], set[str]]
            )
            acks, found, new = told
            sentences |= new
            sales += len(acks)
            found += wrong_with(book_path(folder), acks) + goes_on(folder)
            wrong += [f"filling {turn}: {one}" for one in found]
    detail = f"{sales:,} entries confirmed, all there; told: {_told(sentences)}"
    seconds = time.monotonic() - started
    return Outcome(FAULT, how, "fillings", count, tuple(wrong), detail, seconds=seconds)


def _sell_limited(folder: Path, said: Path, turn: int) -> None:
    try:
        till = open_till(folder)
        limit = 1_000_000 + 50_000 * turn
        _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        robot = Robot(till, turn)
        acks: list[Ack] = []
        sentences: set[str] = set()
        found = [f"never refused within {MOST} sales"]
        for _turn in range(MOST):
            try:
                acks.append(robot.do("sale"))
            except TitipError as error:
                sentences.add(error.sentence)
                found = []
                break
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        acks.append(robot.do("sale"))
        till.close()
        said.write_bytes(msgspec.json.encode((acks, found, sentences)))
    finally:
        os._exit(0)


# -- a disk that turns read-only ---------------------------------------------------------


def _read_only(count: int) -> Outcome:
    """What Linux does at a fault of the disk: from one moment to the next nothing can be written."""
    how = "ext4 on a loop device turns read-only while the stand sells; checked, mounted, sold on"
    why = loops.why_not(loops.KINDS[0]) or ("" if TRIGGER.is_dir() else "the kernel has no ext4")
    if why:
        return Outcome(FAULT, how, "times", skipped=why)
    started = time.monotonic()
    wrong: list[str] = []
    sales = 0
    sentences: set[str] = set()
    for turn in range(count):
        with tempfile.TemporaryDirectory(prefix="titip-readonly-") as name:
            work = Path(name)
            image = work / "disk"
            with image.open("wb") as file:
                file.truncate(48 << 20)
            command(*loops.KINDS[0].make, str(image))
            acks, found = _sell_until_read_only(image, work / "live", turn, sentences)
            # 1: mended, which is what there is to do.
            command("e2fsck", "-fy", str(image), fine=(0, 1))
            with mounted(image, work / "again") as disk:
                found += wrong_with(book_path(disk / "data"), acks) + goes_on(disk / "data")
            wrong += [f"time {turn}: {one}" for one in found]
            sales += len(acks)
    detail = f"{sales:,} entries confirmed, all there; told: {_told(sentences)}"
    seconds = time.monotonic() - started
    return Outcome(FAULT, how, "times", count, tuple(wrong), detail, seconds=seconds)


def _sell_until_read_only(
    image: Path, where: Path, seed: int, sentences: set[str]
) -> tuple[list[Ack], list[str]]:
    """In a child, which holds no file of the disk any more when it is taken off."""
    said = where.with_name("said")
    with mounted(image, where) as disk:
        folder = fresh(disk / "data")
        command("sync", "-f", str(disk))
        device = command("findmnt", "-no", "SOURCE", str(disk)).rpartition("/")[2]
        child = os.fork()
        if child == 0:
            _sell_and_break(folder, TRIGGER / device / "trigger_fs_error", said, seed)
        os.waitpid(child, 0)
    if not said.exists():
        return [], ["the program ended"]
    told = msgspec.json.decode(said.read_bytes(), type=tuple[list[Ack], list[str], set[str]])
    sentences |= told[2]
    return told[0], told[1]


def _sell_and_break(folder: Path, trigger: Path, said: Path, seed: int) -> None:
    try:
        till = open_till(folder)
        robot = Robot(till, seed)
        acks = [robot.do("sale") for _sale in range(3 + seed)]
        jobs = len(till.printing.jobs())
        trigger.write_text("a fault that was asked for", encoding="ascii")
        found = []
        sentences: set[str] = set()
        for _try in range(STILL_FULL):
            try:
                acks.append(robot.do("sale"))
                found.append("a sale was taken by a disk that can't be written to")
            except TitipError as error:
                sentences.add(error.sentence)
        if len(till.printing.jobs()) != jobs:
            found.append("a paper waits of a sale that was refused")
        if till.catalog.find(GOODS[0]) is None:
            found.append("what is there can't be read any more")
        with suppress(TitipError):
            till.close()
        said.write_bytes(msgspec.json.encode((acks, found, sentences)))
    except BaseException as error:  # noqa: BLE001 (told to the parent, whatever it is)
        told = f"{type(error).__name__}: {error}"
        said.write_bytes(msgspec.json.encode(([], [told], [])))
    finally:
        os._exit(0)


@contextmanager
def mounted(image: Path, where: Path) -> Iterator[Path]:
    """An ext4 image, of the kind that stops writing at a fault."""
    where.mkdir(exist_ok=True)
    command("mount", "-t", "ext4", "-o", "loop,errors=remount-ro", str(image), str(where))
    try:
        yield where
    finally:
        command("umount", str(where))


def command(*words: str, fine: tuple[int, ...] = (0,)) -> str:
    """Run it; what it printed."""
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode not in fine:
        raise RuntimeError(f"{words[0]}: {done.stdout}{done.stderr}")
    return done.stdout.strip()
