"""The table, on the terminal and in RESULTS.md with the machine named."""

import importlib.metadata
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from pos.models.engine import driver
from tests.benchmarks.measure import Figure

RESULTS = Path(__file__).with_name("RESULTS.md")
_HEAD = ("what", "figure", "goal", "against the yardstick", "floor", "met")


def table(figures: Sequence[Figure]) -> str:
    """A Markdown table, aligned so that it also reads on a terminal."""
    rows = [_HEAD, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def write(figures: Sequence[Figure], book: Path) -> None:
    """Keep the whole run in RESULTS.md."""
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}"
        for name in ("PySide6-Essentials", "SQLAlchemy", "msgspec")
    )
    RESULTS.write_text(
        "# How fast\n\n"
        "Written by `make bench`: the figure of each goal, and its ratio against the yardstick that\n"
        "ran beside it in the same run. The floors were measured without our screens in the way.\n"
        "From sales, the start and what a key takes to be painted, the time is taken off in which other\n"
        "programs had the processors; all other figures are the wall clock's.\n\n"
        "Groups of figures may come from separate runs of `python -m tests.benchmarks GROUP`.\n\n"
        f"{table(figures)}\n\n"
        f"Machine: {machine(book)}.\n"
        f"Software: Python {platform.python_version()}, SQLite {driver.sqlite_version}, {versions}.\n",
        encoding="utf-8",
    )


def machine(book: Path) -> str:
    """What a figure depends on: processor, cores, memory, system, filesystem."""
    parts = [_processor(), f"{os.cpu_count()} cores", _memory()]
    parts += [f"{platform.system()} {platform.release()}", _filesystem(book), _load()]
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    except (AttributeError, ValueError):
        return ""


def _load() -> str:
    """How busy the machine was, our own benchmarks included."""
    try:
        return f"load {os.getloadavg()[1]:.1f} over the last five minutes"
    except (AttributeError, OSError):
        return ""


def _filesystem(book: Path) -> str:
    """The type of the filesystem under the book, from the longest mount point that holds it."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    held = [
        (len(place), kind)
        for _device, place, kind, *_rest in (line.split() for line in mounts)
        if book.resolve().is_relative_to(place)
    ]
    return f"filesystem {max(held)[1]}" if held else ""


def _cells(figure: Figure) -> tuple[str, ...]:
    met = {True: "yes", False: "NO", None: ""}[figure.met]
    return figure.what, figure.figure, figure.goal, figure.ratio, figure.floor, met
