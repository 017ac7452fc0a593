"""A disk that runs full while the stand sells: a small tmpfs, and a limit on the size of files."""

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from pos.config import BOOK, book_path
from pos.errors import TitipError
from tests.faults.outcome import Outcome
from tests.faults.stand import Ack, Robot, fresh, goes_on, open_till, remember_schema, wrong_with

FAULT = "full disk"
MOST = 5_000
STILL_FULL = 5
"""Sales that are tried again while nothing has changed."""


def run(count: int) -> list[Outcome]:
    """Fill each so many times."""
    remember_schema()
    return [_tmpfs(count), _limited(count)]


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
