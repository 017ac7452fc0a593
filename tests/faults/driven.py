"""The program under test in a process of its own, driven from a test."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos.receipts.escpos import compose
from tests.faults.rigs import Rig
from tests.faults.till import PROFILE
from tests.receipts.samples import receipt
from tests.receipts.store import SqliteJobStore

LIMITS = {
    "connect": 1.0,
    "stall": 0.5,
    "total": 3.0,
    "answer": 0.7,
    "print_rate": 1e6,
    "status": 0.3,
    "slice": 0.1,
}
PATIENCE = 20.0
"""Seconds that a loaded machine may need; never waited for when things go well."""

RECEIPT = receipt()
PAPER = compose(RECEIPT, PROFILE)


def until(what: Callable[[], bool], why: str | Callable[[], str]) -> None:
    ends = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < ends, why() if callable(why) else why
        time.sleep(0.02)


class Till:
    """The program under test, which can be asked, killed and started again."""

    def __init__(self, folder: Path, rig: Rig) -> None:
        self.folder = folder
        self.rig = rig
        self.store = SqliteJobStore(folder / "jobs.sqlite")
        self.answers: bool | None = None
        self.limits: dict[str, float] = dict(LIMITS)
        self.said: list[dict[str, Any]] = []
        self.prefix: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None

    def start(self) -> None:
        settings = json.dumps({"limits": self.limits, "answers": self.answers})
        self._process = subprocess.Popen(
            [
                *self.prefix,
                *self.rig.command(),
                "-m",
                "tests.faults.till",
                str(self.store.path),
                self.rig.address,
                settings,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **self.rig.environment()},
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._listen, args=(self._process,), daemon=True)
        self._reader.start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.said.append(json.loads(line))

    def tell(self, do: str, **more: object) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._process.stdin.flush()

    def add(self) -> int:
        job = self.store.add(RECEIPT)
        if self._process is not None:
            self.tell("wake")
        return job

    def heard(self, key: str) -> Any:
        until(lambda: any(key in said for said in self.said), f"{key} was never said")
        return next(said[key] for said in reversed(self.said) if key in said)

    def becomes(self, job: int, status: str) -> None:
        until(
            lambda: self.store.look(job)[0] == status,
            lambda: (
                f"job {job} should be {status}, is {self.store.look(job)}; said {self.said[-3:]}"
            ),
        )

    def problem(self, kind: str) -> str:
        until(
            lambda: any(said.get("kind") == kind for said in self.said),
            lambda: f"no problem of kind {kind}: {self.said[-3:]}",
        )
        return str(next(said["problem"] for said in self.said if said.get("kind") == kind))

    def kill(self) -> None:
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._end()
        self.rig.till_was_killed()

    def stop(self, timeout: float = 5.0) -> None:
        """Every test ends so: the worker must come back, whatever its printer does."""
        if self._process is None:
            return
        self.tell("stop", timeout=timeout)
        assert self.heard("stopped") is True
        self._end()

    def _end(self) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        assert self._reader is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self._process.stdout.close()
        self._process = None


Make = Callable[..., tuple[Rig, Till]]


def copies(rig: Rig) -> int:
    """How often the receipt's beginning is on paper."""
    return rig.printed().count(b"DKR-000123")
