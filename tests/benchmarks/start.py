"""From the start of the process to the sign-in screen painted, against an empty PySide6 window."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.benchmarks.measure import Figure, ms
from tests.benchmarks.stand import copy_book

ROUNDS = 12
_WHAT = "process start to sign-in painted, big book"


def figures(book: Path, work: Path) -> list[Figure]:
    """Till and empty window in turns."""
    folder = str(copy_book(book, work / "start"))
    _seconds(folder), _seconds()
    pairs = [(_seconds(folder), _seconds()) for _ in range(ROUNDS)]
    till, empty = (median(column) for column in zip(*pairs, strict=True))
    ratio = till / empty
    figure = f"{ms(till)} (empty window {ms(empty)})"
    met = ratio <= 3.5 and till <= 0.5
    return [Figure(_WHAT, figure, "0.5 s, 3.5x of empty", "2.7x", f"{ratio:.2f}x", met=met)]


def _seconds(*arguments: str) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.first_paint", *arguments]
    began = time.monotonic()
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=_environment())
    told = next(line for line in done.stdout.splitlines() if line.startswith("painted "))
    return float(told.removeprefix("painted ")) - began


def _environment() -> dict[str, str]:
    """As a person starts it: with compiled modules beside the sources."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
