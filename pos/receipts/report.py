"""A report as data: the one definition behind its A4 pages, its paper strip, XLSX and the screen.

Figures are whole rupiah or whole pieces; a percentage is in basis points; a day is an ISO date.
Only texts are words already, in the language in force when the report was made.
"""

import datetime as dt
import re
from typing import Literal

import msgspec

from pos.formats import format_date
from pos.money import thousands
from pos.receipts.charts import BarChart

Kind = Literal["text", "amount", "count", "percent", "date"]
RowStyle = Literal["plain", "group", "subtotal", "total"]
Cell = str | int | None
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class ReportColumn(msgspec.Struct, frozen=True):
    """A column. `share` of the free width on A4, 0: as wide as its figures.

    On the receipt printer only columns with `narrow` appear.
    """

    title: str
    kind: Kind = "text"
    share: float = 0
    narrow: bool = True

    @property
    def is_figure(self) -> bool:
        """Whether it stands flush right."""
        return self.kind in {"amount", "count", "percent"}


class ReportRow(msgspec.Struct, frozen=True):
    """One cell a column, None for an empty one. A "group" row is a heading within the table."""

    cells: tuple[Cell, ...]
    style: RowStyle = "plain"


class ReportTable(msgspec.Struct, frozen=True):
    """A part of a report: a chart, if it helps, and a table, or the sentence `empty`."""

    title: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    totals: tuple[Cell, ...] = ()
    chart: BarChart | None = None
    empty: str = ""
    notes: tuple[str, ...] = ()

    @property
    def all_rows(self) -> tuple[ReportRow, ...]:
        """The rows, and the totals as the last one; none when there are no rows."""
        if not self.rows or not self.totals:
            return self.rows
        return (*self.rows, ReportRow(self.totals, "total"))


class Report(msgspec.Struct, frozen=True, tag="report"):
    """A whole report. `footer_hash` is the head of the journal's chain when it was made."""

    title: str
    subtitle: str
    stand_name: str
    stand_code: str
    period: str
    tables: tuple[ReportTable, ...]
    made_local: str
    staff: str = ""
    footer_hash: str = ""
    sample: bool = False


def is_day(cell: Cell, kind: Kind) -> bool:
    """Whether a cell is a day, and not a word or nothing in a column of days."""
    return kind == "date" and isinstance(cell, str) and _DAY.fullmatch(cell) is not None


def cell_text(cell: Cell, kind: Kind) -> str:
    """A cell as people read it; "" for None."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return format_date(dt.date.fromisoformat(cell)) if is_day(cell, kind) else cell
    if kind == "percent":
        sign = "-" if cell < 0 else ""
        whole, rest = divmod(abs(cell), 100)
        return sign + f"{whole},{rest:02d}".rstrip("0").rstrip(",") + " %"
    return thousands(cell)


def row_texts(row: ReportRow, columns: tuple[ReportColumn, ...]) -> tuple[str, ...]:
    """A row's cells as people read them."""
    return tuple(
        cell_text(cell, column.kind) for cell, column in zip(row.cells, columns, strict=True)
    )
