"""Input from outside, at length: each target by Hypothesis and, where it is installed, by atheris."""

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.outcome import Outcome
from tests.faults.targets import TARGETS

FAULT = "input"
HOW = "{what}, by Hypothesis and atheris"
HYPOTHESIS_SHARE = 0.02
"""Hypothesis looks at fewer inputs, and better; atheris is led by the branches that it reaches."""
SLOW = {
    "xlsx_table": 0.01,
    "receipt_bytes": 0.03,
    "receipt_text": 0.05,
    "qris": 0.03,
    "picture": 0.1,
}
"""Targets that take milliseconds get a smaller share."""
WITHOUT = "atheris is not installed; Hypothesis alone"


def run(count: int, seed: int = 1) -> list[Outcome]:
    """About `count` executions in all."""
    share = count / sum(SLOW.get(name, 1.0) for name in TARGETS)
    guided = importlib.util.find_spec("atheris") is not None
    return [_campaign(name, round(share * SLOW.get(name, 1.0)), seed, guided) for name in TARGETS]


def inputs() -> st.SearchStrategy[bytes]:
    """Bytes, and texts with what people, scanners and attackers send."""
    nasty = st.sampled_from(
        (
            "\x1d",
            "\x1b@",
            "\u202e",
            "=1+1",
            "<b>",
            "&amp;",
            "\U0001f9f6",
            "9" * 50,
            "3*",
            "Rp ",
            ",-",
        )
    )
    text = st.lists(st.one_of(nasty, st.text(max_size=40)), max_size=12).map("".join)
    first = st.integers(0, 255).map(lambda value: bytes([value]))
    texts = st.builds(lambda head, body: head + body.encode(errors="replace"), first, text)
    long = st.builds(lambda head, body: head + body * 900, first, st.binary(min_size=1, max_size=6))
    return st.one_of(st.binary(max_size=200), texts, long)


def by_hypothesis(name: str, count: int, seed: int) -> str:
    """The first thing that is wrong, or ""."""
    runner: Any = settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=seed == 0,
        suppress_health_check=list(HealthCheck),
    )(given(inputs())(TARGETS[name]))
    try:
        runner()
    except Exception as error:  # noqa: BLE001 (the finding itself)
        notes = " ".join(getattr(error, "__notes__", ()))
        return f"{type(error).__name__}: {error} {notes}"[:600]
    return ""


def _by_atheris(name: str, count: int, seed: int) -> tuple[int, str]:
    """(executions, the first thing that is wrong)."""
    command = [sys.executable, "-m", "tests.faults.fuzz", name, str(count), str(seed)]
    with tempfile.TemporaryDirectory(prefix="titip-fuzz-") as work:
        environment = {**os.environ, "PYTHONPATH": os.getcwd()}  # noqa: PTH109
        done = subprocess.run(
            command, cwd=work, env=environment, capture_output=True, text=True, check=False
        )
    ran = re.findall(r"Done (\d+) runs|#(\d+)\s+DONE", done.stderr)
    if done.returncode == 0:
        return int("".join(ran[-1])) if ran else count, ""
    found = re.search(r"=== Uncaught Python exception: ===(.*?)(==\d+==|$)", done.stderr, re.DOTALL)
    return 1, (found[1].strip() if found else done.stderr)[-600:]


def _campaign(name: str, count: int, seed: int, guided: bool) -> Outcome:
    started = time.monotonic()
    few = max(20, round(count * HYPOTHESIS_SHARE)) if guided else count
    wrong = [found] if (found := by_hypothesis(name, few, seed)) else []
    executions, detail = few, WITHOUT
    if guided:
        more, found = _by_atheris(name, count, seed)
        executions += more
        wrong += [found] if found else []
        detail = f"Hypothesis {few:,}, atheris {more:,}"
    seconds = time.monotonic() - started
    how = HOW.format(what=name.replace("_", " "))
    return Outcome(FAULT, how, "executions", executions, tuple(wrong), detail, seconds=seconds)
