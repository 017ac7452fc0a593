"""`titip verify` of the big book, as a process of its own, with a person watching its progress."""

import os
import pty
import resource
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.measure import Figure
from tests.benchmarks.stand import copy_book

_SECONDS = "titip verify of the big book"
_MEMORY = "... its memory at most"


def figures(book: Path, work: Path) -> list[Figure]:
    """Time, peak memory, and how often the progress moved."""
    folder = copy_book(book, work / "verify")
    command = [sys.executable, "-m", "pos", "--data", str(folder), "verify"]
    began = time.perf_counter()
    status, shown = _watched(command)
    took = time.perf_counter() - began
    if status:
        raise AssertionError(f"verify found something: {shown[-400:]}")
    steps = shown.count("%")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    goal = "120 s, progress shown"
    met = took <= 120 and steps > 20
    return [
        Figure(_SECONDS, f"{took:.0f} s, progress shown {steps} times", goal, met=met),
        Figure(_MEMORY, f"{peak:.0f} MiB", "under 300 MiB", met=peak < 300),
    ]


def _watched(command: list[str]) -> tuple[int, str]:
    """Run with a terminal, which is where progress is shown; exit status and all that it said."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = bytearray()
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # the other end is closed: the process has ended
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    return process.wait(), said.decode(errors="replace")
