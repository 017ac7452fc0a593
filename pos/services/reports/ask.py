"""What a report is made of: where it reads, for whom and when."""

from collections.abc import Callable
from dataclasses import dataclass

from pos.formats import format_date, format_date_long, format_month
from pos.models.prepared import Cursor
from pos.receipts.report import Cell, Report, ReportColumn, ReportRow, ReportTable
from pos.receipts.reports_sellers import ReportHead, report_of
from pos.services.queries.periods import Period

Told = Callable[[int, int], None]
"""Told (done, all; 0 for not known) now and then; may raise to stop."""


def nobody(_done: int, _all: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Ask:
    """One report asked for; all of it is read from `cursor`, which sees one state of the book."""

    cursor: Cursor
    stand_id: int
    zone: str
    period: Period
    head: ReportHead
    account: str = "cash"
    told: Told = nobody

    def report(self, title: str, subtitle: str, *tables: ReportTable) -> Report:
        """The report with its head and foot."""
        return report_of(self.head, title, subtitle, tables)


def period_text(period: Period) -> str:
    """A period as people say it: a day, a month, a year, or from when to when."""
    if period.is_day:
        return format_date_long(period.since)
    if period.is_year:
        return str(period.since.year)
    if period.is_month:
        return format_month(period.since)
    return f"{format_date(period.since)} – {format_date(period.until)}"


def rows(*cells: tuple[Cell, ...]) -> tuple[ReportRow, ...]:
    """Plain rows."""
    return tuple(ReportRow(one) for one in cells)


def pairs(title: str, what: str, figure: str, *lines: tuple[str, int]) -> ReportTable:
    """A table of names and amounts."""
    columns = (ReportColumn(what, share=1), ReportColumn(figure, "amount"))
    return ReportTable(title, columns, rows(*lines))
