"""Call n to the disk fails, for n = 1, 2, 3, ... until the work passes untouched."""

import errno
import itertools
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pos.config import BOOK, book_path
from pos.errors import TitipError
from pos.models.engine import driver
from pos.models.migrate import migrate
from pos.services.till import Till
from tests.faults.disk import ANY, CHANGES, Disk, why_not
from tests.faults.outcome import Outcome
from tests.faults.stand import Ack, Robot, fresh, memory, open_till, remember_schema, wrong_with

FAULT = "I/O errors and full disk"
HOW = "call n fails for n = 1, 2, 3, ... until the work passes: {how}"
NEEDS_DISK = True
MOST = 3_000
"""No piece of work makes more calls than that."""


class Way(NamedTuple):
    """How calls fail."""

    name: str
    error: int
    on: bool
    kinds: int


WAYS = (
    Way("EIO, that one", errno.EIO, on=False, kinds=ANY),
    Way("EIO, from there on", errno.EIO, on=True, kinds=ANY),
    Way("ENOSPC, from there on", errno.ENOSPC, on=True, kinds=CHANGES),
)
WORK = (*Robot.WORK, "rest", "opening", "migration", "leaving")


def run(count: int = 0) -> list[Outcome]:
    """Every n of every piece of work; with a `count`, so many of each, evenly."""
    if why_not():
        return [Outcome(FAULT, HOW.format(how="any"), "failing calls", skipped=why_not())]
    remember_schema()
    return [_campaign(way, count) for way in WAYS]


def _campaign(way: Way, count: int) -> Outcome:
    started = time.monotonic()
    wrong: list[str] = []
    told = []
    tries = 0
    for what in WORK:
        said, done, found = _all_calls(what, way, count)
        tries += said + done
        wrong += found
        told.append(f"{what} {said}+{done}")
    detail = f"said in a sentence + done all the same: {', '.join(told)}"
    seconds = time.monotonic() - started
    how = HOW.format(how=way.name)
    return Outcome(FAULT, how, "failing calls", tries, tuple(wrong), detail, seconds=seconds)


def _all_calls(what: str, way: Way, count: int) -> tuple[int, int, list[str]]:
    wrong: list[str] = []
    said = done = 0
    with tempfile.TemporaryDirectory(prefix="titip-io-", dir=memory()) as name:
        template = _template(Path(name), what)
        step = max(1, _calls(Path(name), template, what, way) // count) if count else 1
        for nth in itertools.count(1, step):
            work = Path(name) / "data"
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(template, work)
            sentence, touched, found = _try(work, what, way, nth)
            wrong += [f"{what}, call {nth}: {one}" for one in found]
            if not touched:
                return said, done, wrong
            said += bool(sentence)
            done += not sentence
            assert nth < MOST, "it never passes"
    raise AssertionError


def _template(folder: Path, what: str) -> Path:
    """The book before the work: some sales, and for the idle moment a log that is full of them."""
    made = folder / "template"
    if what == "migration":
        made.mkdir()
        return made
    fresh(made)
    till = open_till(made)
    robot = Robot(till)
    for one in ("sale", "sale", "payout", "sale"):
        robot.do(one)
    till.close()
    return made


def _calls(folder: Path, template: Path, what: str, way: Way) -> int:
    """How many calls the work makes when none fails."""
    work = folder / "count"
    shutil.copytree(template, work)
    disk = Disk()
    disk.watch(work)
    till, act = _prepared(work, what)
    disk.fail(1 << 40, way.error, on=False, kinds=way.kinds)
    _forget(till, act())
    calls = disk.calls
    disk.fail(0, 0, on=False)
    return calls


def _try(folder: Path, what: str, way: Way, nth: int) -> tuple[str, bool, list[str]]:
    """(the sentence, whether a call failed, what is wrong) of one failing call."""
    disk = Disk()
    disk.watch(folder)
    till, act = _prepared(folder, what)
    acks: list[Ack] = []
    found: list[str] = []
    sentence = ""
    made: Till | Ack | None = None
    disk.fail(nth, way.error, on=way.on, kinds=way.kinds)
    try:
        made = act()
    except TitipError as error:
        sentence = error.sentence
    except Exception as error:  # noqa: BLE001 (the finding itself)
        sentence = "-"
        found.append(f"no sentence: {type(error).__name__}: {error}")
    touched = disk.failures > 0
    disk.fail(0, 0, on=False)
    if isinstance(made, Ack):
        acks.append(made)
    elif isinstance(till, Till) and not way.on and what != "leaving":
        found += _comes_back(folder, till)
    found += _again(folder, what, till if till is not None else made, acks)
    return sentence, touched, found + wrong_with(book_path(folder), acks)


def _comes_back(folder: Path, till: Till) -> list[str]:
    """Were the power cut now, what was refused must not be in the book."""
    with tempfile.TemporaryDirectory(prefix="titip-cut-", dir=memory()) as name:
        for part in (BOOK, f"{BOOK}-wal"):
            if (folder / part).exists():
                shutil.copy(folder / part, name)
        connection = driver.connect(str(Path(name) / BOOK))
        try:
            after = connection.execute("SELECT max(seq) FROM journal").fetchone()[0]
        finally:
            connection.close()
    now = till.book.reader().execute("SELECT max(seq) FROM journal").fetchone()[0]
    return [] if after == now else [f"entry {after} would come back, though it was refused"]


def _prepared(folder: Path, what: str) -> tuple[Till | None, Callable[[], Till | Ack | None]]:
    if what == "opening":
        return None, lambda: open_till(folder)
    if what == "migration":
        return None, lambda: migrate(book_path(folder))
    till = open_till(folder)
    robot = Robot(till)
    if what == "leaving":
        robot.do("sale")
        return till, till.close
    if what == "rest":
        robot.do("sale")
    return till, lambda: robot.do(what)


def _forget(*things: Till | Ack | None) -> None:
    for thing in things:
        if isinstance(thing, Till):
            thing.close()


def _again(folder: Path, what: str, till: Till | Ack | None, acks: list[Ack]) -> list[str]:
    """With the disk in order, the same till goes on; one that could not open or close opens now."""
    try:
        if what == "migration":
            open_till(folder).close()
            return []
        if not isinstance(till, Till) or what == "leaving":
            _forget(till)
            till = open_till(folder)
        again = what if what in Robot.WORK else "sale"
        acks.append(Robot(till, 7).do(again))
        till.close()
    except Exception as error:  # noqa: BLE001 (the finding itself)
        return [f"does not go on: {type(error).__name__}: {error}"]
    return []
