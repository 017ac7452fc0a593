"""A robot sells through the real window, a sale a second, while printer and disk fail again and again."""

import errno
import gc
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from pos.config import book_path
from tests.faults.disk import CHANGES, READS, SYNCS, WRITES, Disk, why_not
from tests.faults.outcome import Outcome
from tests.faults.pauses import Pauses
from tests.faults.soak_book import BEFORE, Acks, fill_cache, sell_beforehand
from tests.faults.stand import GOODS, Ack, Robot, fresh, wrong_with

FAULT = "soak"
HOW = "a robot at the window's keys, a sale a second, with printer and disk failing"
NEEDS_DISK = True
FLAT = 0.05
"""Memory may rise by so much from the first third to the end."""


def run(count: int, seed: int = 0) -> Outcome:
    """So many seconds, and as many sales if the machine can keep up."""
    if why_not():
        return Outcome(FAULT, HOW, "sales", skipped=why_not())
    with tempfile.TemporaryDirectory(prefix="titip-soak-") as name:
        folder = fresh(Path(name) / "data")
        sell_beforehand(folder, min(BEFORE, count))
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        return Soak(folder, seed, count).run()


class Soak:
    """One run."""

    def __init__(self, folder: Path, seed: int, seconds: int) -> None:
        from pos.services.printing import PrinterChoice
        from pos.services.till import Till

        self.folder = folder
        self.seconds = seconds
        self.rng = random.Random(seed)
        self.disk = Disk()
        self.disk.watch(folder)
        calm = min(45.0, seconds / 8)
        self.printer = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.soak_printer", str(folder), str(seed), str(calm)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={key: value for key, value in os.environ.items() if key != "LD_PRELOAD"},
        )
        assert self.printer.stdout is not None
        address = self.printer.stdout.readline().strip()
        self.till = Till.open(folder, cheap_pins=True)
        self.till.printing.set_choice(PrinterChoice(address=address))
        self.till.start_printing()
        self.acks = Acks(folder.with_name("acks"))
        self.wrong: list[str] = []
        self.done: Counter[str] = Counter()
        self.asked_again: Counter[str] = Counter()
        self.memory: list[tuple[float, int]] = []

    def run(self) -> Outcome:
        """Sell until the time is over, then look at everything."""
        from tests.faults.soak_hands import Hands

        started = time.monotonic()
        self.till.worker.call(fill_cache, self.till.book)
        with Hands(self.till, None) as hands:
            self.pauses = Pauses()
            self._open_shift()
            hands.sign_in()
            turn = 0
            while time.monotonic() - started < self.seconds:
                turn += 1
                self._turn(turn, hands)
                with self.pauses.apart():
                    self._look_at_memory(time.monotonic() - started)
                self.pauses.doing = "waiting for the next customer"
                hands.wait_until(started + turn)
                if hands.bug_shown:
                    self.wrong.append(f"turn {turn}: the window for bugs has opened")
                    break
            self._answer_printer()
            waiting = {job.title for job in self.till.printing.jobs()}
            self.pauses.stop()
        self.till.close()
        papers = self._printer_ends()
        self.wrong += self._not_printed(papers["papers"], waiting)
        self.wrong += wrong_with(book_path(self.folder), self.acks.all())
        self.wrong += self._printed_twice(papers["papers"])
        return self._outcome(papers["faults"], time.monotonic() - started)

    # -- what a second brings -------------------------------------------------------------

    def _turn(self, turn: int, hands: Any) -> None:
        if turn % 7 == 0:
            self._answer_printer()
        pauses = self.pauses
        if turn % 45 == 0:
            pauses.doing = "looking around"
            hands.look_around()
            self.done["screens"] += 1
        if turn % 120 == 0:
            pauses.doing = "locking"
            hands.lock_and_sign_in()
            self.done["locks"] += 1
        if turn % 300 == 0:
            with pauses.apart():
                self._end_of_day()
        pauses.doing = "ringing up"
        hands.ring_up(self.rng.choices(GOODS, k=self.rng.randint(1, 4)))
        if turn % 20 == 0:
            pauses.doing = "holding a cart"
            hands.hold_and_resume()
            self.done["held"] += 1
        pauses.doing = "paying"
        self._pay(turn, hands)

    def _pay(self, turn: int, hands: Any) -> None:
        hands.begin_payment()
        if turn % 17 == 0:
            self.pauses.doing = f"paying, and {self._break_disk()}"
        number = hands.finish_payment()
        self.disk.fail(0, 0, on=False)
        if number is None:
            self.done["refused sales"] += 1
            number = hands.finish_payment()
        if number is None:
            self.wrong.append(
                f"turn {turn}: refused although the disk is in order: {hands.message}"
            )
            hands.give_up()
            return
        self.done["sales"] += 1
        self.acks.add(self._ack(number))

    def _break_disk(self) -> str:
        error, kinds = self.rng.choice(
            (
                (errno.ENOSPC, CHANGES),
                (errno.EIO, SYNCS),
                (errno.EIO, WRITES | SYNCS),
                (errno.EIO, READS),
            )
        )
        self.disk.fail(self.rng.randint(1, 12), error, on=True, kinds=kinds)
        self.done["disk faults"] += 1
        return f"{errno.errorcode[error]} from the disk"

    def _ack(self, number: str) -> Ack:
        entry = self.till.book.reader().execute(
            "SELECT j.seq, j.hash, s.paid FROM sales s JOIN journal j ON j.id = s.entry_id "
            "WHERE s.id = ?",
            (self.till.receipts.by_number(number),),
        )
        seq, digest, paid = entry.fetchone()
        return Ack("sale", seq, digest.hex(), number, paid)

    def _open_shift(self) -> None:
        self.till.worker.call(lambda: Robot(self.till).do("close"))
        self.till.worker.call(
            lambda: self.till.shifts.open((), brought=0, reason="awal", session=self._manager())
        )

    def _manager(self) -> Any:
        return Robot(self.till).manager

    def _end_of_day(self) -> None:
        for what in ("payout", "payout", "close"):
            self.acks.add(self.till.worker.call(Robot(self.till).do, what))
        self.done["days closed"] += 1
        self._open_shift()

    def _answer_printer(self) -> None:
        """A person looks at the paper: here they always say that it did not come out whole."""
        printing = self.till.printing
        if not printing.state().unknown:
            return
        for job in printing.jobs():
            if job.status == "unknown":
                self.asked_again[job.title] += 1
                self.done["papers asked for again"] += 1
                printing.answer(job.job_id, printed=False)

    # -- what is looked at ----------------------------------------------------------------

    def _look_at_memory(self, at: float) -> None:
        if self.memory and at - self.memory[-1][0] < self.seconds / 120:
            return
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        self.memory.append((at, pages * os.sysconf("SC_PAGE_SIZE")))

    def _rise(self) -> tuple[float, float]:
        """(MiB in the second sixth of the run, MiB in the last sixth)."""
        sizes = [size / 2**20 for _at, size in self.memory]
        sixth = max(1, len(sizes) // 6)
        return statistics.median(sizes[sixth : 2 * sixth]), statistics.median(sizes[-sixth:])

    def _printer_ends(self) -> dict[str, dict[str, int]]:
        said, _none = self.printer.communicate(timeout=120)
        told: dict[str, dict[str, int]] = json.loads(said)
        return told

    def _not_printed(self, papers: dict[str, int], waiting: set[str]) -> list[str]:
        """Each receipt came out, or waits in the queue."""
        numbers = [ack.number for ack in self.acks.all() if ack.number]
        self.done["receipts on paper"] = sum(number in papers for number in numbers)
        gone = [number for number in numbers if number not in papers and number not in waiting]
        return [f"{number} neither came out nor waits" for number in gone]

    def _printed_twice(self, papers: dict[str, int]) -> list[str]:
        return [
            f"{number} came out {count} times, asked for again {self.asked_again[number]} times"
            for number, count in papers.items()
            if count > 1 + self.asked_again[number]
        ]

    def _outcome(self, faults: dict[str, int], seconds: float) -> Outcome:
        before, after = self._rise()
        rise = after / before - 1
        if rise > FLAT:
            self.wrong.append(f"memory rose from {before:.0f} to {after:.0f} MiB")
        told = [f"{name} {count}" for name, count in sorted(self.done.items())]
        told += [f"printer {name} {count}" for name, count in sorted(faults.items())]
        told += [
            f"memory {before:.1f} to {after:.1f} MiB ({100 * rise:+.1f} %)",
            self.pauses.told(),
        ]
        return Outcome(
            FAULT,
            HOW,
            "sales",
            self.done["sales"],
            tuple(self.wrong),
            ", ".join(told),
            seconds=seconds,
        )
