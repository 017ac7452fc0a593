"""What a campaign of faults found, and the table of all of them in RESULTS.md."""

import platform
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pos.models.engine import driver
from tests.benchmarks.report import machine

RESULTS = Path(__file__).with_name("RESULTS.md")
NOTES = Path(__file__).with_name("FOUND.md")
SHOWN = 10
"""Of many things that are wrong, so many are told."""


class Outcome(msgspec.Struct, frozen=True):
    """One row of the table.

    `tries` counts the faults, in `unit`s; `wrong` says each time that the goal was not met;
    `detail` what else is worth knowing; `skipped` why it could not be run here.
    """

    fault: str
    how: str
    unit: str
    tries: int = 0
    wrong: tuple[str, ...] = ()
    detail: str = ""
    skipped: str = ""
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether it ran, and the goal was met each time."""
        return not self.skipped and not self.wrong and self.tries > 0


def told(outcome: Outcome) -> str:
    """One line for the terminal, and what is wrong below it."""
    if outcome.skipped:
        return f"SKIPPED  {outcome.fault} ({outcome.how}): {outcome.skipped}"
    word = "ok" if outcome.ok else "WRONG"
    head = f"{word:<8} {outcome.fault} ({outcome.how}): {outcome.tries:,} {outcome.unit}"
    lines = [f"{head} in {outcome.seconds:.0f} s. {outcome.detail}"]
    lines += [f"         - {one}" for one in outcome.wrong[:SHOWN]]
    if len(outcome.wrong) > SHOWN:
        lines.append(f"         ... and {len(outcome.wrong) - SHOWN} more")
    return "\n".join(lines)


def table(outcomes: Sequence[Outcome]) -> str:
    """The rows as Markdown."""
    lines = ["| fault | how | tries | goal missed | notes |", "|---|---|---:|---:|---|"]
    for one in outcomes:
        tries = "skipped" if one.skipped else f"{one.tries:,} {one.unit}"
        wrong = "" if one.skipped else str(len(one.wrong))
        notes = one.skipped or one.detail
        took = "" if one.skipped else f" ({one.seconds:.0f} s)"
        lines.append(f"| {one.fault} | {one.how} | {tries} | {wrong} | {notes}{took} |")
    return "\n".join(lines)


def write(outcomes: Sequence[Outcome], day: str) -> None:
    """Keep a run in RESULTS.md, above what was found on the way (FOUND.md, written by hand)."""
    found = NOTES.read_text(encoding="utf-8") if NOTES.exists() else ""
    RESULTS.write_text(
        "# Faults\n\n"
        "Written by `make faults`: each fault, how often it was made to happen, and how often the goal\n"
        "was missed (a sale lost or halved, a book damaged, a trouble without a sentence, a rupiah wrong).\n\n"
        f"{table(outcomes)}\n\n"
        f"Machine: {machine(Path.cwd())}. Run of {day}.\n"
        f"Software: Python {platform.python_version()}, SQLite {driver.sqlite_version}.\n"
        + (f"\n{found}" if found else ""),
        encoding="utf-8",
    )
