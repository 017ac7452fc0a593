"""Call n to the disk fails, for n = 1, 2, 3, ... until the work passes untouched."""

import errno
import itertools
import logging
import shutil
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from pos.config import BOOK, book_path
from pos.errors import TitipError
from pos.models.engine import driver
from pos.services.till import Till
from tests.faults.disk import ANY, CHANGES, Disk, why_not
from tests.faults.io_work import DATA, WORK, Done, OnTill, confirmed, copied
from tests.faults.outcome import Outcome
from tests.faults.stand import Ack, memory, remember_schema, wrong_with

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


def run(count: int = 0) -> list[Outcome]:
    """Every n of every piece of work; with a `count`, so many of each, evenly."""
    if why_not():
        return [Outcome(FAULT, HOW.format(how="any"), "failing calls", skipped=why_not())]
    remember_schema()
    logging.disable()  # what is told is looked at; the log of thousands of faults is not
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
    work = WORK[what]
    with tempfile.TemporaryDirectory(prefix="titip-io-", dir=memory()) as name:
        template, folder = Path(name) / "template", Path(name) / "work"
        work.template(template)
        before = confirmed(template)
        step = max(1, _calls(folder, template, work, way) // count) if count else 1
        for nth in itertools.count(1, step):
            copied(template, folder)
            sentence, touched, found = _try(folder, work, way, nth, before)
            wrong += [f"{what}, call {nth}: {one}" for one in found]
            if not touched:
                return said, done, wrong
            said += bool(sentence)
            done += not sentence
            assert nth < MOST, "it never passes"
    raise AssertionError


def _calls(folder: Path, template: Path, work: OnTill, way: Way) -> int:
    """How many calls the work makes when none fails."""
    copied(template, folder)
    disk = Disk()
    disk.watch(folder)
    till = work.prepare(folder)
    disk.fail(1 << 40, way.error, on=False, kinds=way.kinds)
    done = work.act(folder, till)
    calls = disk.calls
    disk.fail(0, 0, on=False)
    for one in (till, done.till):
        if one is not None:
            one.close()
    return calls


def _try(
    folder: Path, work: OnTill, way: Way, nth: int, before: list[Ack]
) -> tuple[str, bool, list[str]]:
    """(the sentence, whether a call failed, what is wrong) of one failing call."""
    disk = Disk()
    disk.watch(folder)
    till = work.prepare(folder)
    found: list[str] = []
    sentence = ""
    done = Done()
    disk.fail(nth, way.error, on=way.on, kinds=way.kinds)
    try:
        done = work.act(folder, till)
        sentence = done.said
    except TitipError as error:
        sentence = error.sentence
    except Exception as error:  # noqa: BLE001 (the finding itself)
        sentence = "-"
        found.append(f"no sentence: {type(error).__name__}: {error}")
    touched = disk.failures > 0
    disk.fail(0, 0, on=False)
    if till is not None and not done.acks and not way.on and work.name != "leaving":
        found += _comes_back(folder / DATA, till)
    acks = [*before, *done.acks]
    try:
        acks += work.again(folder, done.till or till)
    except Exception as error:  # noqa: BLE001 (the finding itself)
        found.append(f"does not go on: {type(error).__name__}: {error}")
    return (
        sentence,
        touched,
        found + work.wrong(folder) + wrong_with(book_path(folder / DATA), acks),
    )


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
