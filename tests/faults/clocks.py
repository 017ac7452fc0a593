"""A clock that lies: the window sells under faketime, step after step, on the same book."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from pos.config import book_path
from pos.events import Counted
from pos.models.engine import driver
from tests.faults.outcome import Outcome
from tests.faults.stand import Robot, fresh, open_till, wrong_with

FAULT = "clock"
HOW = "faketime: {what}"


class Step(NamedTuple):
    """One start of the program: what its clock shows, and whether it must be told of."""

    clock: str
    behind: bool
    across: bool = False


TALES: dict[str, tuple[bool, tuple[Step, ...]]] = {
    "back a day, to 1970, forward a year and back, in mid-shift": (
        True,
        (
            Step("2026-11-22 10:00:00", behind=False),
            Step("2026-11-21 10:00:00", behind=True),
            Step("2026-11-22 11:00:00", behind=False),
            Step("1970-01-02 08:00:00", behind=True),
            Step("2026-11-22 12:00:00", behind=False),
            Step("2027-11-22 12:00:00", behind=False),
            Step("2026-11-22 13:00:00", behind=True),
        ),
    ),
    "the same without a shift": (
        False,
        (
            Step("2026-11-22 10:00:00", behind=False),
            Step("2026-11-21 10:00:00", behind=True),
            Step("1970-01-02 08:00:00", behind=True),
            Step("2027-11-22 12:00:00", behind=False),
            Step("2026-11-22 13:00:00", behind=True),
        ),
    ),
    "across the cut-off": (False, (Step("2026-11-23 02:00:00 x60", behind=False, across=True),)),
    "across the cut-off in mid-shift": (
        True,
        (Step("2026-11-23 02:00:00 x60", behind=False, across=True),),
    ),
}
SALES = 3
ACROSS = 6
"""Sales of the step over which the cut-off lies: half of them before it."""


def run(count: int = 0) -> list[Outcome]:
    """Each tale once; with a `count`, only so many starts of the first."""
    if shutil.which("faketime") is None:
        skipped = "faketime is not installed (make system-libs-faults)"
        return [Outcome(FAULT, HOW.format(what="any"), "starts", skipped=skipped)]
    tales = list(TALES.items())[: 1 if count else None]
    return [_tale(what, with_shift, steps[: count or None]) for what, (with_shift, steps) in tales]


def _tale(what: str, with_shift: bool, steps: tuple[Step, ...]) -> Outcome:
    started = time.monotonic()
    wrong: list[str] = []
    numbers: list[str] = []
    with tempfile.TemporaryDirectory(prefix="titip-clock-") as name:
        folder = fresh(Path(name) / "data")
        if with_shift:
            _open_shift(folder)
        for step in steps:
            told = _start(folder, step)
            numbers += told["numbers"]
            wrong += [f"{step.clock}: {one}" for one in _check(step, told)]
        wrong += _order(folder, numbers)
        if steps[-1].across:
            wrong += _days(folder, with_shift)
        wrong += wrong_with(book_path(folder), [])
    detail = f"{len(numbers)} sales, in order and without a gap; a banner where the clock is behind"
    seconds = time.monotonic() - started
    how = HOW.format(what=what)
    return Outcome(FAULT, how, "starts", len(steps), tuple(wrong), detail, seconds=seconds)


def _open_shift(folder: Path) -> None:
    till = open_till(folder)
    till.shifts.open((Counted(100_000, False, 5),), brought=500_000, session=Robot(till).manager)
    till.close()


def _start(folder: Path, step: Step) -> dict[str, Any]:
    command = ["faketime", "-f", f"@{step.clock}", sys.executable, "-m", "tests.faults.clock_hands"]
    options = [str(folder), str(ACROSS if step.across else SALES)]
    environment = {
        **os.environ,
        "TZ": "Asia/Jakarta",
        "DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(
        [*command, *options, *(["across"] if step.across else [])],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _check(step: Step, told: dict[str, Any]) -> list[str]:
    found = []
    if not all(told["numbers"]):
        found.append(f"a sale was not recorded: {told['numbers']}")
    if bool(told["behind"]) != step.behind:
        found.append(f"said to be behind: {told['behind']!r}")
    if step.behind:
        if "clock" not in told["banners"]:
            found.append(f"no banner: {told['banners']}")
        if not told["refused"]:
            found.append("sold without a manager's word")
        if "clock" in told["after"]:
            found.append("the banner stays after the manager's word")
    elif told["refused"]:
        found.append(f"refused: {told['refused']}")
    return found


def _order(folder: Path, numbers: list[str]) -> list[str]:
    """Receipts are numbered and journalled in the order in which they were confirmed."""
    expected = [f"DKR-{number:06d}" for number in range(1, len(numbers) + 1)]
    rows = _rows(
        folder, "SELECT s.number FROM sales s JOIN journal j ON j.id = s.entry_id ORDER BY j.seq"
    )
    found = [] if numbers == expected else [f"numbers: {numbers}"]
    if [row[0] for row in rows] != list(range(1, len(numbers) + 1)):
        found.append(f"journal: {rows}")
    return found


def _days(folder: Path, with_shift: bool) -> list[str]:
    days = [row[0] for row in _rows(folder, "SELECT business_date FROM sales ORDER BY number")]
    if with_shift:
        return [] if set(days) == {"2026-11-22"} else [f"the shift's day does not hold: {days}"]
    right = days == sorted(days) and set(days) == {"2026-11-22", "2026-11-23"}
    return [] if right else [f"days: {days}"]


def _rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = driver.connect(str(book_path(folder)))
    try:
        rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
    finally:
        connection.close()
    return rows
