"""kill -9 at random moments of a stand's work, and a look at the book each time."""

import contextlib
import json
import os
import random
import select
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from pos.config import book_path
from pos.models.migrate import migrate
from pos.services.restore import list_choices, restore
from tests.faults.outcome import Outcome
from tests.faults.stand import (
    Ack,
    Robot,
    fresh,
    goes_on,
    old_book,
    open_till,
    remember_schema,
    wrong_with,
)
from tests.support import FakeClock

FAULT = "kill -9"
HOW = "at a random moment of {what}; verify and every confirmed entry after it"
WORK = (
    "sale",
    "payout",
    "close",
    "import",
    "backup",
    "restore",
    "opening",
    "migration",
    "updating",
)
LONGEST = {"migration": 0.12, "opening": 0.06, "updating": 0.4, "restore": 0.3, "backup": 0.3}
"""Seconds within which the kill comes, counted from where the work begins; 0.15 for the others."""


def run(count: int, seed: int = 0) -> list[Outcome]:
    """Kill so many times, evenly over the kinds of work."""
    remember_schema()
    # What a child would load anew each time; forked, it begins its work at once.
    _load_everything()
    each = -(-count // len(WORK))
    return [_campaign(what, each, random.Random(f"{seed} {what}")) for what in WORK]


def _campaign(what: str, count: int, rng: random.Random) -> Outcome:
    started = time.monotonic()
    wrong: list[str] = []
    confirmed = in_the_midst = 0
    with tempfile.TemporaryDirectory(prefix="titip-kills-") as name:
        folder = Path(name) / "data"
        acks: list[Ack] = []
        for kill in range(1, count + 1):
            if kill % 10 == 1:
                # The same book is killed ten times over before a new one is taken.
                shutil.rmtree(folder, ignore_errors=True)
                fresh(folder)
                acks = []
            if what in {"migration", "updating"}:
                shutil.rmtree(folder)
                folder.mkdir()
                acks = old_book(folder) if what == "updating" else []
            if what == "restore":
                acks += _before_restore(folder)
            alive, said = _kill(what, folder, rng)
            acks = [*acks, *said]
            in_the_midst += alive
            confirmed += len(said)
            found = _look(what, folder, acks)
            wrong += [f"kill {kill}: {one}" for one in found]
    return Outcome(
        FAULT,
        HOW.format(what=what),
        "kills",
        count,
        tuple(wrong),
        f"{in_the_midst} while it worked, {confirmed:,} entries confirmed before",
        seconds=time.monotonic() - started,
    )


def _look(what: str, folder: Path, acks: list[Ack]) -> list[str]:
    if what == "migration":
        # Opening it does what is left to do.
        open_till(folder).close()
        return wrong_with(book_path(folder), [])
    if what in {"restore", "updating"}:
        open_till(folder).close()
    found = wrong_with(book_path(folder), acks) or goes_on(folder)
    for ack in acks:
        # A backup that was confirmed is a whole book of its own.
        if ack.number.endswith(".db"):
            found += wrong_with(folder / ack.number, [ack_of_book(ack)])
    return found


def ack_of_book(ack: Ack) -> Ack:
    """What the backup holds: the entry at which it was made."""
    return msgspec.structs.replace(ack, number="")


def _before_restore(folder: Path) -> list[Ack]:
    """A backup, and two sales that are newer than it."""
    till = open_till(folder)
    robot = Robot(till)
    acks = [robot.do("sale")]
    till.backups.make()
    acks += [robot.do("sale"), robot.do("sale")]
    till.close()
    return acks


def _kill(what: str, folder: Path, rng: random.Random) -> tuple[bool, list[Ack]]:
    """Let a child work and kill it: whether it was alive then, and what it had confirmed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(what, folder, writing, rng.randrange(1 << 30))
    os.close(writing)
    said = b""
    try:
        if select.select([reading], [], [], 60)[0]:
            said += os.read(reading, 1)  # it has begun
        time.sleep(rng.uniform(0, LONGEST.get(what, 0.15)))
        os.kill(child, signal.SIGKILL)
        ended = os.waitpid(child, 0)[1]
        while block := os.read(reading, 1 << 16):
            said += block
    finally:
        os.close(reading)
    lines = said.decode().split("\n")[1:-1]
    killed = os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL
    problems = [line for line in lines if not line.startswith("{")]
    assert not problems, problems
    return killed, [msgspec.convert(json.loads(line), Ack) for line in lines]


def _work(what: str, folder: Path, writing: int, seed: int) -> None:
    """The child: works and tells each confirmation, until it is killed or has nothing to do."""
    try:
        if what == "migration":
            os.write(writing, b"\n")
            migrate(book_path(folder))
        elif what == "updating":
            os.write(writing, b"\n")
            open_till(folder).close()
        elif what == "restore":
            newest = list_choices(folder)[0].path
            os.write(writing, b"\n")
            restore(folder, newest, clock=FakeClock())
        elif what == "backup":
            _back_up(folder, writing, seed)
        elif what == "opening":
            os.write(writing, b"\n")
            while True:
                till = open_till(folder)
                till.close()
        else:
            robot = Robot(open_till(folder), seed)
            os.write(writing, b"\n")
            for turn in range(10_000):
                ack = robot.do(what)
                os.write(writing, msgspec.json.encode(ack) + b"\n")
                if turn % 4 == 3:
                    robot.do("rest")
    except BaseException as error:  # noqa: BLE001 (told to the parent, whatever it is)
        with contextlib.suppress(OSError):
            os.write(
                writing, f"{type(error).__name__}: {error}".replace("\n", " ").encode() + b"\n"
            )
    os._exit(0)


def _back_up(folder: Path, writing: int, seed: int) -> None:
    till = open_till(folder)
    robot = Robot(till, seed)
    os.write(writing, b"\n")
    for _turn in range(1_000):
        ack = robot.do("sale")
        os.write(writing, msgspec.json.encode(ack) + b"\n")
        path = till.backups.make()
        told = msgspec.structs.replace(
            ack, what="backup", number=str(path.relative_to(folder)), paid=0
        )
        os.write(writing, msgspec.json.encode(told) + b"\n")


def _load_everything() -> None:
    with tempfile.TemporaryDirectory(prefix="titip-kills-") as name:
        folder = fresh(Path(name) / "data")
        till = open_till(folder)
        robot = Robot(till)
        works: list[Callable[[], object]] = [lambda w=w: robot.do(w) for w in Robot.WORK]  # type: ignore[misc]
        for work in works:
            work()
        till.backups.make()
        till.close()
        restore(folder, list_choices(folder)[0].path, clock=FakeClock())
        old_book(Path(name) / "old")
        open_till(Path(name) / "old").close()
        wrong_with(book_path(folder), [])
