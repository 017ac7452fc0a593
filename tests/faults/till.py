"""The program under test: a print queue over an SQLite file, driven by lines of JSON.

Usage: python -m tests.faults.till STORE ADDRESS SETTINGS. Standard output tells each state.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos.receipts.escpos import PAPER_58, PaperProfile
from pos.receipts.outcomes import Limits
from pos.receipts.printers import discover, open_transport, parse_address
from pos.receipts.queue import Backoff, PrinterSetup, PrintQueue, QueueState
from tests.receipts.store import SqliteJobStore

PROFILE = PaperProfile(dots=PAPER_58.dots, columns=PAPER_58.columns, has_drawer=True)


def main() -> None:
    store = SqliteJobStore(Path(sys.argv[1]))
    address = sys.argv[2]
    settings: dict[str, Any] = json.loads(sys.argv[3])
    limits = Limits(**settings["limits"])
    out = threading.Lock()

    def tell(**what: object) -> None:
        with out:
            print(json.dumps(what), flush=True)

    def changed(state: QueueState) -> None:
        tell(
            waiting=state.waiting,
            unknown=state.unknown,
            current=state.current,
            problem=state.problem,
            kind=state.kind,
            status=state.status.state,
        )

    setup = PrinterSetup(address, PROFILE, Path(sys.argv[1]).parent / "papers", settings["answers"])
    queue = PrintQueue(
        store,
        lambda: setup,
        changed,
        on_learn=lambda where, answers: tell(learnt=where, answers=answers),
        limits=limits,
        backoff=Backoff(first=0.15, most=0.3, absent=0.15),
    )

    def tell_state() -> None:
        started = time.monotonic()
        transport = open_transport(parse_address(address), preview_folder=Path(), limits=limits)
        state = transport.status().state
        tell(state=state, seconds=time.monotonic() - started)

    def stop(timeout: float) -> None:
        started = time.monotonic()
        stopped = queue.stop(timeout)
        tell(stopped=stopped, seconds=time.monotonic() - started)
        sys.exit(0)

    commands: dict[str, Callable[..., None]] = {
        "wake": queue.wake,
        "retry": queue.retry_now,
        "check": queue.check,
        "answer": queue.answer,
        "cancel": queue.cancel,
        "discover": lambda: tell(found=[one.address for one in discover(limits)]),
        "status": tell_state,
        "stop": stop,
    }
    queue.start()
    for line in sys.stdin:
        asked = json.loads(line)
        commands[asked.pop("do")](**asked)


if __name__ == "__main__":
    main()
