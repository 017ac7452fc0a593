"""Reports on the big book: reading their figures, making their pages.

A fair's day is sold first, on a copy, so that a day of 5,000 lines is among those measured; the X
report is read between its sales. The figures are read as the report screen reads them: on a
connection of its own, each time anew.
"""

import datetime as dt
import random
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import msgspec

from pos.events import Counted
from pos.services.queries.periods import Period
from pos.services.queries.reports import (
    category_figures,
    cluster_figures,
    seller_figures,
    yearly_gross,
)
from pos.services.queries.reports_day import day_figures
from pos.services.queries.reports_month import daily_sums, online_figures
from pos.services.reports.making import pdf_of
from pos.services.shifts import Closing
from pos.services.till import Till
from tests.benchmarks.measure import Figure, percentile, spread, waited
from tests.benchmarks.stand import cash, copy_book, fill, manager, shelf

if TYPE_CHECKING:
    from pos.receipts.report import Report
    from pos.services.staff import Session

FAIR_LINES = 5_000
ROUNDS = 40
PAGES = 200
_X_EVERY = 50
Work = Callable[[], object]


def figures(book: Path, work: Path) -> list[Figure]:
    """All rows about reports."""
    till = Till.open(copy_book(book, work / "stand"))
    try:
        while_selling = _fair(till)
        return [*_reading(till), while_selling, *_pages(till)]
    finally:
        till.close()


def _fair(till: Till) -> Figure:
    """Sell a fair's day today, and read the X report between the sales."""
    session, rng = manager(till), random.Random(8)
    _open(till, session)
    items = shelf(till, rng)
    lines, sales, took = 0, 0, []
    while lines < FAIR_LINES:
        count = rng.randint(1, 6)
        cart = fill(items, rng, count)
        till.selling.complete(cart, cash(cart), session=session)
        lines, sales = lines + count, sales + 1
        if sales % _X_EVERY == 0:
            took += _timed(till.shifts.figures, 3)
    tail = took[-30:]
    met = percentile(tail, 0.5) <= 0.005
    what = f"X report while selling, at {FAIR_LINES} lines"
    return Figure(what, spread(tail), "5 ms", met=met)


def _open(till: Till, session: "Session") -> None:
    """A shift of today alone: a Z covers all since the last one, and the big book has none."""
    counted = (Counted(1_000, coin=False, pieces=200),)
    if till.shifts.current() is None:
        till.shifts.open(counted, brought=200_000, reason="first", session=session)
    for payment in till.shifts.unchecked():
        till.receipts.check_payment(payment.payment_id, session=session)
    till.shifts.close(Closing(counted, kept=200_000, reason="five years"), session=session)
    till.shifts.open(counted, brought=0, session=session)


def _reading(till: Till) -> list[Figure]:
    today = till.business_date()
    last = _last_day(till)
    found = [
        _row("day report, figures, yesterday", 5, lambda: _day(till, last)),
        _row(f"... a fair's day of {FAIR_LINES} lines", 5, lambda: _day(till, today)),
        _row(
            "... a day two years ago, with what was due then",
            0,
            lambda: _day(till, last - dt.timedelta(days=731)),
        ),
        _row("month report, figures, beside two other months", 60, lambda: _month(till, last)),
        _row("year by seller, figures", 200, lambda: _year(till, last.year - 1)),
        _row("yearly gross of each seller", 200, lambda: _gross(till, last.year - 1)),
    ]
    reports = till.office.reports
    made = _row(
        "day report of the fair, figures and all tables",
        0,
        lambda: reports.make("day", Period.of_day(today)),
    )
    return [*found, made]


def _day(till: Till, day: dt.date) -> None:
    """All that the daily report says."""
    info, period = till.info, Period.of_day(day)
    with till.book.snapshot() as cursor:
        read = day_figures(cursor, info.stand_id, period, info.zone)
        sellers = seller_figures(cursor, info.stand_id, period)
        cluster_figures(sellers)
        category_figures(cursor, info.stand_id, period, "-")
    if not read.sales:
        raise AssertionError(f"nothing was sold on {day}")


def _month(till: Till, day: dt.date) -> None:
    """All that the month report says: the month, the one before, the same one last year."""
    stand, period = till.info.stand_id, Period.of_month(day)
    before = Period.of_month(period.since - dt.timedelta(days=1))
    last_year = Period.of_month(period.since.replace(year=period.since.year - 1))
    with till.book.snapshot() as cursor:
        days = [daily_sums(cursor, stand, one) for one in (period, before, last_year)]
        sellers = seller_figures(cursor, stand, period)
        cluster_figures(sellers)
        category_figures(cursor, stand, period, "-")
        online_figures(cursor, stand, period)
    if not all(sum(day.sales for day in one) for one in days):
        raise AssertionError("a month without a sale")


def _year(till: Till, year: int) -> None:
    with till.book.snapshot() as cursor:
        found = seller_figures(cursor, till.info.stand_id, Period.of_year(year))
    if len(found) < 400:
        raise AssertionError(f"only {len(found)} sellers sold in {year}")


def _gross(till: Till, year: int) -> None:
    with till.book.snapshot() as cursor:
        if not yearly_gross(cursor, year):
            raise AssertionError(f"nothing was sold in {year}")


def _pages(till: Till) -> list[Figure]:
    day = till.office.reports.make("day", Period.of_day(_last_day(till)))
    long = _of_pages(till, PAGES)
    return [
        _row("day report as A4 PDF", 300, lambda: pdf_of(day), 8),
        _row(f"{PAGES} A4 pages (cash book)", 800, lambda: pdf_of(long), 5, floor="0.57 s"),
    ]


def _of_pages(till: Till, pages: int) -> "Report":
    """As much of the cash book as fills so many pages."""
    last = _last_day(till)
    period = Period(last - dt.timedelta(days=150), last)
    whole = till.office.reports.make("cash-book", period)
    (table,) = whole.tables
    counted: list[int] = []
    few = len(table.rows) // 8
    some = msgspec.structs.replace(table, rows=table.rows[:few])
    part = msgspec.structs.replace(whole, tables=(some,))
    pdf_of(part, lambda _done, every: counted.append(every))
    rows = table.rows[: few * pages // counted[-1]]
    made = msgspec.structs.replace(whole, tables=(msgspec.structs.replace(table, rows=rows),))
    counted.clear()
    pdf_of(made, lambda _done, every: counted.append(every))
    if abs(counted[-1] - pages) > 2:
        raise AssertionError(f"{counted[-1]} pages, not {pages}")
    return made


def _last_day(till: Till) -> dt.date:
    cursor = till.book.reader()
    cursor.execute(
        "SELECT max(business_date) FROM day_sums WHERE business_date < ?",
        (till.business_date().isoformat(),),
    )
    return dt.date.fromisoformat(cursor.fetchone()[0])


def _row(what: str, goal_ms: int, work: Work, rounds: int = ROUNDS, floor: str = "") -> Figure:
    """`goal_ms` 0: there is no goal, the figure is told for what it is."""
    took = _timed(work, rounds)
    met = median(took) <= goal_ms / 1000 if goal_ms else None
    goal = f"{goal_ms} ms" if goal_ms else ""
    return Figure(what, spread(took), goal, floor, met=met)


def _timed(work: Work, rounds: int) -> list[float]:
    """Seconds of each round, without those in which other programs had the processors; the first,
    which compiles the statements, is not counted.
    """
    work()
    took = []
    for _round in range(rounds):
        began, lost = time.perf_counter(), waited()
        work()
        took.append(time.perf_counter() - began - (waited() - lost))
    return took
