"""`titip sample`: makes the sample stand in a folder of its own."""

import datetime as dt
import json
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from pos.clock import DEFAULT_ZONE, Clock, SystemClock, local, to_ms
from pos.config import book_path
from pos.errors import EnvironmentProblem, UserError
from pos.i18n import _, language, set_language
from pos.qris import crc16
from pos.sample import people
from pos.sample.days import busy_count, sale_times
from pos.sample.drawer import close_drawer, open_drawer
from pos.sample.logo import logo_png
from pos.sample.orders import Ordering
from pos.sample.sales import Shopping
from pos.sample.stock import Stocking
from pos.services import print_jobs
from pos.services.setup import SetUp
from pos.services.staff import Session
from pos.services.till import SAMPLE_PINS, Till

DAYS = 14
SEED = 2_026
Progress = Callable[[str, int, int], None]
"""Told (what, done, total) as the work goes on."""

_ARRIVALS = {2: 8, 5: 8, 8: 9, 11: 9}
"""Day -> items that came in that morning; the rest of the late ones came as the last day ended."""
_SPECIAL = {
    (3, 5): "price",
    (6, 11): "unlisted 0",
    (8, 9): "price",
    (9, 4): "big discount",
    (12, 8): "price",
    (13, 6): "unlisted 1",
}
"""(day, sale of that day) -> something that needs the manager's word."""
_LEFT_UNCHECKED = 4


class MovedClock:
    """The time that the sample's making pretends it is."""

    def __init__(self) -> None:
        self.ms = 0

    def now_ms(self) -> int:
        """See Clock."""
        return self.ms

    def monotonic(self) -> float:
        """See Clock."""
        return self.ms / 1_000

    def go_to(self, day: dt.date, hour: int, minute: int = 0) -> None:
        """A time of a day at the stand."""
        moment = dt.datetime.combine(day, dt.time(hour, minute), tzinfo=ZoneInfo(DEFAULT_ZONE))
        self.ms = to_ms(moment)


def make_sample(
    folder: Path,
    *,
    progress: Progress | None = None,
    clock: Clock | None = None,
    cheap_pins: bool = False,
) -> None:
    """Make the sample stand in `folder`, with sales up to yesterday: the same on the same day.

    Raises UserError when the folder is in use, EnvironmentProblem when it can't be made. It appears in one piece at the end; what an
    interrupted run left beside it is made anew. `cheap_pins` is for tests.
    """
    folder = folder.resolve()
    _check_free(folder)
    told = progress or (lambda _what, _done, _total: None)
    today = local((clock or SystemClock()).now_ms()).date()
    spoken = language()
    try:
        unfinished = _beside(folder)
        _make(unfinished, today, told, cheap_pins=cheap_pins)
        if folder.exists():
            folder.rmdir()
        unfinished.rename(folder)
    except OSError as error:
        raise EnvironmentProblem(
            _("The data folder can't be written to. Check the disk and its permissions.")
        ) from error
    finally:
        set_language(spoken)


def _beside(folder: Path) -> Path:
    """Where it is made before it gets its name; free of what an earlier try left there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = folder.parent / f".{folder.name.lstrip('.')}.unfinished"
    if unfinished.exists():
        shutil.rmtree(unfinished)
    return unfinished


def _check_free(folder: Path) -> None:
    if book_path(folder).exists():
        raise UserError(
            _("There is already a book in {folder}. Choose another folder.").format(folder=folder)
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            _("{folder} is not empty. Choose a new folder for the sample.").format(folder=folder)
        )


def _make(folder: Path, today: dt.date, told: Progress, *, cheap_pins: bool) -> None:
    # Read before the stand is opened, which speaks its own language.
    labels = (_("Goods"), _("Sales"))
    dice = random.Random(SEED)  # noqa: S311 (sample data, the same every time)
    clock = MovedClock()
    first = today - dt.timedelta(days=DAYS)
    clock.go_to(first - dt.timedelta(days=12), 8, 30)
    till = Till.open(folder, clock=clock, cheap_pins=cheap_pins)
    try:
        # Nothing is lost by a crash here: a sample that was not finished is made anew.
        till.book.driver_connection.execute("PRAGMA synchronous = OFF")
        staff = _open_stand(till)
        stocking = Stocking(till, dice, staff[people.STAFF[0].name].staff_id)
        stocking.people()
        clock.go_to(first - dt.timedelta(days=9), 10)
        stocking.first_goods(lambda done, all_: told(labels[0], done, all_))
        shopping = Shopping(till, dice, staff, stocking.seller_id)
        ordering = Ordering(till, staff[people.STAFF[0].name])
        for day in range(DAYS):
            told(labels[1], day, DAYS)
            date = first + dt.timedelta(days=day)
            clock.go_to(date, 8, 40)
            stocking.more_goods(_ARRIVALS.get(day, 0))
            open_drawer(till, shopping.on_duty(day))
            last = day == DAYS - 1
            shopping.heard = 0.15 if last else 0.5
            _sell_for_a_day(shopping, clock, sale_times(dice, date, busy_count(dice, date)), day)
            clock.go_to(date, 20, 5)
            ordering.day(day)
            shopping.check_money(shopping.on_duty(day), _LEFT_UNCHECKED if last else 0)
            close_drawer(till, shopping.on_duty(day), day)
            _papers_done(till)
        stocking.the_rest()
        shopping.hold_carts(shopping.on_duty(DAYS), clock)
        _finish(till)
    finally:
        till.close()


def _open_stand(till: Till) -> dict[str, Session]:
    """The stand with its staff and settings; the staff by name, signed in."""
    manager, *others = people.STAFF
    till.unit.till_no = people.SAMPLE_TILL_NO
    till.set_up(
        SetUp(
            stand_name=people.STAND_NAME,
            stand_code=people.STAND_CODE,
            till_code=people.TILL_CODE,
            manager_name=manager.name,
            pin=manager.pin,
            address=people.ADDRESS,
            sample=True,
        )
    )
    manager_id = till.staff.tiles()[0].staff_id
    for person in others:
        till.staff.add(person.name, person.role, person.pin, by=manager_id)
    code = people.qris()
    till.settings.set_setting("qris", f"{code}{crc16(code.encode()):04X}", by=manager_id)
    till.settings.set_setting("closing_words", people.CLOSING_WORDS, by=manager_id)
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / "logo.png"
        drawn.write_bytes(logo_png())
        till.set_logo(drawn, by=manager_id)
    pins = [[person.name, person.pin] for person in people.STAFF]
    till.settings.set_preference(SAMPLE_PINS, json.dumps(pins))
    return {tile.name: Session(tile.staff_id, tile.name, tile.role) for tile in till.staff.tiles()}


def _sell_for_a_day(shopping: Shopping, clock: MovedClock, times: list[int], day: int) -> None:
    shopping.look_at_shelf()
    for number, at in enumerate(times):
        clock.ms = at
        shopping.sell(shopping.on_duty(day), _SPECIAL.get((day, number), ""))


def _papers_done(till: Till) -> None:
    """Nobody waits for these receipts: none is printed when the sample is opened."""
    with till.unit.write() as tx:
        for job in print_jobs.unfinished(tx.cursor):
            print_jobs.mark(tx.cursor, job[0], "done", "")


def _finish(till: Till) -> None:
    connection = till.book.driver_connection
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
