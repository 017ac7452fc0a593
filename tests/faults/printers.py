"""Printers that fail while the window sells: each fault on each kind of cable, one after another."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from operator import methodcaller
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from tests.faults.outcome import Outcome
from tests.faults.rigs import RIGS, Rig, missing_for_umockdev
from tests.faults.stand import fresh, wrong_with

FAULT = "printer"
HOW = (
    "{kind}: absent, mute, stalled, paper out and pulled in mid-receipt, 1 byte/s, each back again"
)
CASES = (
    "tests/faults/test_printer_faults.py",
    "tests/faults/test_usb_faults.py",
    "tests/receipts/test_queue.py",
    "tests/receipts/test_queue_network.py",
    "tests/receipts/test_transports.py",
    "tests/receipts/test_transport_channels.py",
    "tests/receipts/test_transport_spoolers.py",
)
SOUND = 50_000.0
"""Bytes a second of a printer in order."""
FEWEST = 2
"""Sales during each fault that are worth the minutes of every cable."""
PATIENCE = 90.0
LONGEST = 0.1
"""Seconds that the window may pause, less what it waited for a processor."""


def _plug_again(rig: Rig) -> None:
    rig.set(pull_after=1e12)
    with contextlib.suppress(OSError):
        rig.unplug()
    rig.plug()


Break = Callable[[Rig], object]
FAULTS: dict[str, tuple[Break, Break]] = {
    "in order": (methodcaller("printed"), methodcaller("printed")),
    "absent": (methodcaller("unplug"), methodcaller("plug")),
    "stalled": (lambda rig: rig.set(rate=0.0), lambda rig: rig.set(rate=SOUND)),
    "paper out in mid-receipt": (
        lambda rig: rig.set(paper=len(rig.printed()) + 400),
        methodcaller("refill"),
    ),
    "pulled in mid-receipt": (
        lambda rig: rig.set(pull_after=rig.taken() + 600),
        _plug_again,
    ),
    "1 byte a second": (lambda rig: rig.set(rate=1.0), lambda rig: rig.set(rate=SOUND)),
    "mute": (lambda rig: rig.set(answers=False), lambda rig: rig.set(answers=True)),
}
SAID_AT_ONCE = ("absent", "pulled in mid-receipt")
"""The others are known only after seconds in which nothing moved."""


def run(count: int = 2) -> list[Outcome]:
    """So many sales during each fault on each cable, and all cases; a single one over the network."""
    if count < FEWEST:
        return [_campaign("tcp", count)]
    return [*(_campaign(kind, count) for kind in RIGS), _cases()]


def _cases() -> Outcome:
    """The cases that need no window: a queue in a process of its own, on each cable that has them."""
    how = (
        "each cable: held by another program, not allowed, no printer at all, killed and stopped in "
        "mid-receipt, a drawer never late, ... (the tests of tests/faults and of the transports)"
    )
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="titip-printer-") as name:
        told = Path(name) / "told.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider"]
        command += [f"--junitxml={told}", *CASES]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if not told.exists():
            return Outcome(FAULT, how, "cases", wrong=(done.stdout[-500:],))
        cases = list(ET.parse(told).iter("testcase"))  # noqa: S314 (of our own tests)
    skipped = [case for case in cases if case.find("skipped") is not None]
    wrong = tuple(
        f"{case.get('name')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    )
    detail = f"{len(skipped)} of them skipped here" if skipped else ""
    tried, seconds = len(cases) - len(skipped), time.monotonic() - started
    return Outcome(FAULT, how, "cases", tried, wrong, detail, seconds=seconds)


def _campaign(kind: str, count: int) -> Outcome:
    how = HOW.format(kind=kind)
    if kind == "usb" and missing_for_umockdev():
        return Outcome(FAULT, how, "faults", skipped=missing_for_umockdev())
    started = time.monotonic()
    wrong: list[str] = []
    pauses: list[float] = []
    in_order = 0.0
    tried = [name for name in FAULTS if kind != "file" or name != "mute"]
    with tempfile.TemporaryDirectory(prefix="titip-printer-") as name:
        folder = fresh(Path(name) / "data")
        rig = RIGS[kind](Path(name), size=512, rate=SOUND)
        try:
            with _window(folder, rig) as ask:
                for fault in tried:
                    found, paused = _one(ask, rig, fault, count)
                    wrong += [f"{fault}: {one}" for one in found]
                    pauses += paused
                    in_order = max(in_order, *paused) if fault == "in order" else in_order
        finally:
            rig.close()
        wrong += wrong_with(folder / "titip.db", [])
    longest, sound = 1000 * max(pauses), 1000 * in_order
    detail = (
        f"{count * len(tried)} sales; longest pause of the window {longest:.0f} ms "
        f"(with the printer in order {sound:.0f} ms)"
    )
    seconds = time.monotonic() - started
    return Outcome(FAULT, how, "faults", len(tried), tuple(wrong), detail, seconds=seconds)


Ask = Callable[..., dict[str, Any]]


@contextlib.contextmanager
def _window(folder: Path, rig: Rig) -> Iterator[Ask]:
    process = subprocess.Popen(
        [*rig.command(), "-m", "tests.faults.printer_hands", str(folder), rig.address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **rig.environment(), "QT_QPA_PLATFORM": "offscreen"},
    )

    def ask(do: str, **more: object) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        assert line, "the window is gone"
        told: dict[str, Any] = json.loads(line)
        return told

    try:
        yield ask
        assert process.stdin is not None
        process.stdin.write('{"do": "end"}\n')
        process.stdin.flush()
        process.wait(60)
    finally:
        process.kill()
        process.wait()


def _one(ask: Ask, rig: Rig, fault: str, count: int) -> tuple[list[str], list[float]]:
    break_it, repair = FAULTS[fault]
    break_it(rig)
    ask("forget")
    numbers = ask("sell", count=count)["numbers"]
    during = ask("wait", ms=3_000)
    repair(rig)
    asked: Counter[str] = Counter()
    ends = time.monotonic() + PATIENCE
    told = ask("state")
    while told["left"] and time.monotonic() < ends:
        asked.update(ask("answer")["asked"])
        told = ask("wait", ms=300)
    found = [] if all(numbers) else [f"a sale was refused: {numbers}"]
    if told["left"]:
        found.append(f"still in the queue: {told['left']}")
    if fault in SAID_AT_ONCE and "printer" not in during["banners"]:
        found.append(f"no banner: {during['banners']}")
    time.sleep(0.5)
    paper = rig.printed()
    for number in numbers:
        copies = paper.count(number.encode())
        if not 1 <= copies <= 1 + asked[number]:
            found.append(f"{number} is on paper {copies} times, asked for {asked[number]} times")
    pauses = [*during["pauses"], *told["pauses"]]
    if max(pauses, default=0.0) > LONGEST:
        found.append(f"the window paused for {1000 * max(pauses):.0f} ms")
    return found, pauses
