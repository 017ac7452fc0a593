"""The window of a till with a printer, driven by lines of JSON: it sells, and tells how long it paused.

Usage: python -m tests.faults.printer_hands FOLDER ADDRESS. Commands: sell (count), state, answer, end.
"""

import json
import queue
import sys
import threading
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest

from pos.services.printing import PrinterChoice
from pos.services.till import Till
from tests.faults.soak_hands import Hands
from tests.faults.stand import GOODS


def main() -> None:
    till = Till.open(Path(sys.argv[1]), cheap_pins=True)
    till.printing.set_choice(PrinterChoice(address=sys.argv[2]))
    till.start_printing()
    asked: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    stalls: list[float] = []
    with Hands(till, stalls) as hands:
        hands.sign_in()
        hands.look_around()
        QTest.qWait(1_000)
        while True:
            try:
                command = asked.get_nowait()
            except queue.Empty:
                QTest.qWait(10)
                continue
            if command["do"] == "end":
                break
            print(json.dumps(_do(command, till, hands, stalls)), flush=True)
    till.close()


def _listen(asked: "queue.SimpleQueue[dict[str, Any]]") -> None:
    for line in sys.stdin:
        asked.put(json.loads(line))


def _do(command: dict[str, Any], till: Till, hands: Hands, stalls: list[float]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if command["do"] == "sell":
        told["numbers"] = [_sell(hands, turn) for turn in range(command["count"])]
    if command["do"] == "wait":
        QTest.qWait(command["ms"])
    state = till.printing.state()
    jobs = till.printing.jobs()
    if command["do"] == "answer":
        told["asked"] = [job.title for job in jobs if job.status == "unknown"]
        for job in jobs:
            if job.status == "unknown":
                till.printing.answer(job.job_id, printed=False)
    told |= {
        "left": [job.title for job in jobs],
        "unknown": state.unknown,
        "banners": [banner.key for banner in hands.window.banners],
        "pauses": sorted(stalls)[-3:],
    }
    if command["do"] == "forget":
        stalls.clear()
    return told


def _sell(hands: Hands, turn: int) -> str:
    hands.ring_up([GOODS[turn % 2]])
    hands.begin_payment()
    number = hands.finish_payment()
    QTest.qWait(150)
    return number or ""


if __name__ == "__main__":
    main()
