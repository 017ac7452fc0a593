"""What a measurement is: rows of the table, percentiles, turns of product and yardstick."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import msgspec


class Figure(msgspec.Struct, frozen=True):
    """One row of the table; `ratio` is against the yardstick beside it, `met` None if unmeasured."""

    what: str
    figure: str
    goal: str
    floor: str = ""
    ratio: str = ""
    met: bool | None = None


def missing(what: str, goal: str, why: str) -> Figure:
    """A row that could not be measured here, and why."""
    return Figure(what, f"not measured: {why}", goal)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of them does not exceed."""
    ordered = sorted(values)
    place = max(0, -int(-len(ordered) * share // 1) - 1)
    return ordered[place]


def ms(seconds: float) -> str:
    """0.0123 -> "12.3 ms"."""
    value = seconds * 1000
    return f"{value:.2f} ms" if value < 10 else f"{value:.1f} ms"


def spread(values: Sequence[float]) -> str:
    """The middle and the slow end of a series of seconds."""
    return f"{ms(median(values))}, p99 {ms(percentile(values, 0.99))}"


def waited(*, threads: bool = False, beside: Sequence[int | None] = ()) -> float:
    """Seconds for which this thread stood ready while others had the processors (Linux; else 0).

    Taken off a latency, so that a busy neighbour on the machine is not counted as the till's.
    `beside`: native ids of threads that work while this one sleeps until they are done. With
    `threads` the sum over all threads, where it is not known which these are: it may take off
    more than there was.
    """
    tasks = Path("/proc/self/task")
    paths = (
        list(tasks.glob("*/schedstat"))
        if threads
        else [Path("/proc/thread-self/schedstat")]
        + [tasks / str(thread) / "schedstat" for thread in beside if thread]
    )
    try:
        return sum(int(path.read_text(encoding="ascii").split()[1]) for path in paths) / 1e9
    except OSError:
        return 0.0


class Timing(msgspec.Struct, frozen=True):
    """One call: seconds on the wall without those that others had the processor, seconds of this
    thread's CPU, syncs it made.
    """

    wall: float
    cpu: float
    syncs: int


def timed(
    call: Callable[[], Any],
    syncs: Callable[[], int] = lambda: 0,
    beside: Sequence[int | None] = (),
) -> Timing:
    """Run it once; for `beside` see waited."""
    before, stood = syncs(), waited(beside=beside)
    cpu, wall = time.thread_time(), time.perf_counter()
    call()
    wall, cpu = time.perf_counter() - wall, time.thread_time() - cpu
    return Timing(wall - (waited(beside=beside) - stood), cpu, syncs() - before)
