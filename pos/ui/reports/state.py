"""What the report screen shows."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pos.services.queries.periods import Period
from pos.services.reports.kinds import KINDS, ReportKind, kind_of
from pos.services.reports.making import period_for

if TYPE_CHECKING:
    from pos.receipts.report import Report

Doing = Literal["", "make", "print", "pdf", "xlsx"]


@dataclass(frozen=True)
class ReportsState:
    """`day` is what days, months and years are chosen by, `free` the period from day to day.

    `doing` is what is under way, `note` the last thing done, `sentence` what went wrong with it;
    `asking` is the sentence over a manager's PIN, "" while none is needed.
    """

    today: dt.date
    day: dt.date
    free: Period
    kind_id: str = KINDS[0].id
    account: str = "cash"
    report: "Report | None" = None
    doing: Doing = ""
    note: str = ""
    sentence: str = ""
    asking: str = ""

    @property
    def kind(self) -> ReportKind:
        """The report that is chosen."""
        return kind_of(self.kind_id)

    @property
    def period(self) -> Period:
        """What it is made for."""
        return period_for(self.kind, self.free if self._is_free else Period.of_day(self.day))

    @property
    def _is_free(self) -> bool:
        return self.kind.picks == "period"

    @property
    def may_go_later(self) -> bool:
        """Whether there is anything after the period."""
        return self.period.until < self.today


def stepped(period: Period, by: int) -> Period:
    """The period beside: the day, month or year before or after; else as many days."""
    if period.is_year:
        return Period.of_year(period.since.year + by)
    if period.is_month:
        beside = period.since if not by else _edge(period, by)
        return Period.of_month(beside)
    days = dt.timedelta(days=by * ((period.until - period.since).days + 1))
    return Period(period.since + days, period.until + days)


def _edge(period: Period, by: int) -> dt.date:
    one = dt.timedelta(days=1)
    return period.until + one if by > 0 else period.since - one
