"""A report as XLSX: a sheet a table, each with the report's head; the figures stay figures.

A text that begins with = + - or @ is written as text, so that no spreadsheet runs it.
"""

import contextlib
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from pos.errors import EnvironmentProblem
from pos.i18n import _
from pos.receipts.report import Cell, Kind, Report, ReportRow, ReportTable, is_day
from pos.receipts.slip import moment_text

Told = Callable[[int, int], None]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_MAX_CELL = 32_767
_MAX_NAME = 31
_EVERY = 500
_FORMATS: dict[Kind, str] = {
    "amount": "#,##0",
    "count": "#,##0",
    "percent": "0.0#%",
    "date": "d mmm yyyy",
}
_WIDTHS: dict[Kind, float] = {"text": 24, "amount": 15, "count": 9, "percent": 9, "date": 13}


def write_report(report: Report, target: Path, told: Told) -> None:
    """Write all of it or nothing. `told` hears (rows, all) and may raise to stop."""
    unfinished = target.with_name(target.name + ".new")
    try:
        try:
            with unfinished.open("wb") as file:
                _write(file, report, told)
            unfinished.replace(target)
        except OSError as error:
            raise EnvironmentProblem(
                _("The file could not be written: {why}").format(why=error.strerror)
            ) from error
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _write(file: BinaryIO, report: Report, told: Told) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        _fill(book, report, told)
    except BaseException:
        # What was begun lies in temporary files, which are taken away when a book is saved.
        with contextlib.suppress(OSError):
            book.save(io.BytesIO())
        raise
    book.save(file)


def _fill(book: Any, report: Report, told: Told) -> None:
    names: set[str] = set()
    every = sum(len(table.rows) for table in report.tables)
    done = 0
    for table in report.tables:
        sheet = _Sheet(book, _sheet_name(table.title or report.title, names), table)
        sheet.begin(report)
        for row in table.all_rows:
            sheet.add(row)
            done += 1
            if done % _EVERY == 0:
                told(min(done, every), every)
        sheet.end()
    if not report.tables:
        book.create_sheet(_sheet_name(report.title, names))
    told(every, every)


class _Sheet:
    def __init__(self, book: Any, name: str, table: ReportTable) -> None:
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self._sheet: Any = book.create_sheet(name)
        self._table = table
        self._bold = Font(bold=True)
        for index, column in enumerate(table.columns, start=1):
            wide = 36.0 if column.share else _WIDTHS[column.kind]
            wide = max(wide, min(40.0, len(column.title) * 1.1))
            self._sheet.column_dimensions[get_column_letter(index)].width = wide

    def begin(self, report: Report) -> None:
        """Whose report it is, what is in the table, its columns; these stay in view."""
        title = " – ".join(filter(None, (report.title, report.subtitle, self._table.title)))
        stand = f"{report.stand_name} ({report.stand_code})"
        made = _("Printed {when}").format(when=moment_text(report.made_local))
        sample = _("SAMPLE – NOT A RECEIPT") if report.sample else ""
        for line in (title, stand, report.period, f"{made}  {report.footer_hash[:16]}", sample):
            if line:
                self._sheet.append([self._text(line, bold=line == title)])
        self._sheet.append([])
        heads = [self._text(column.title, bold=True) for column in self._table.columns]
        self._sheet.append(heads)

    def add(self, row: ReportRow) -> None:
        """One row; headings and sums are bold."""
        bold = row.style != "plain"
        cells = zip(row.cells, self._table.columns, strict=True)
        self._sheet.append([self._cell(cell, column.kind, bold=bold) for cell, column in cells])

    def end(self) -> None:
        """The sentence of an empty table, and the notes."""
        lines = () if self._table.rows else (self._table.empty or _("Nothing in this period."),)
        for line in (*lines, *self._table.notes):
            self._sheet.append([self._text(line)])

    def _cell(self, cell: Cell, kind: Kind, *, bold: bool) -> Any:
        if cell is None:
            return None
        if isinstance(cell, str) and not is_day(cell, kind):
            return self._text(cell, bold=bold)
        made = self._made(_value(cell, kind), bold=bold)
        made.number_format = _FORMATS.get(kind, "General")
        return made

    def _text(self, text: str, *, bold: bool = False) -> Any:
        made = self._made(_CONTROL.sub("", text)[:_MAX_CELL], bold=bold)
        made.data_type = "s"
        return made

    def _made(self, value: Any, *, bold: bool) -> Any:
        from openpyxl.cell import WriteOnlyCell

        made: Any = WriteOnlyCell(self._sheet, value)
        if bold:
            made.font = self._bold
        return made


def _value(cell: str | int, kind: Kind) -> object:
    if isinstance(cell, str):
        return dt.date.fromisoformat(cell)
    # A spreadsheet's percentages are parts of one; exact, no float.
    return Decimal(cell) / 10_000 if kind == "percent" else cell


def _sheet_name(title: str, taken: set[str]) -> str:
    base = _NO_SHEET_NAME.sub(" ", title).strip()[:_MAX_NAME] or "Titip"
    for name in _candidates(base):
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
    raise AssertionError("endless")


def _candidates(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        tail = f" {number}"
        yield base[: _MAX_NAME - len(tail)] + tail
        number += 1
