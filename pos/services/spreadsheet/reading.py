"""From an XLSX or CSV file to rows of plain values. What a file is, its content says."""

import codecs
import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from pos.errors import UserError
from pos.i18n import _

MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
"""A sheet of 50,000 rows unpacks to some tens of megabytes; more than this is a trap."""
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<mergeCell[^s>]*ref="([A-Z]+\d+:[A-Z]+\d+)"')
_HEADER_WITHIN = 20

Value = str | int | float | dt.date | None


class Formula(msgspec.Struct, frozen=True):
    """A cell that holds a formula instead of a value."""

    text: str


class Sheet(msgspec.Struct, frozen=True):
    """Rows as they stand in the file; `first_row` is the number that a person sees for rows[0].

    `note` says what had to be assumed, such as the encoding.
    """

    rows: tuple[tuple[Value | Formula, ...], ...]
    first_row: int = 1
    note: str = ""


def read_sheet(path: Path) -> Sheet:
    """Read the first sheet of a file.

    Raises UserError with what to do about it: no such file, an old .xls, a password, merged cells,
    too many rows, an unknown encoding.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise UserError(_("The file can't be read: {why}").format(why=error.strerror)) from error
    if size > MAX_BYTES:
        raise UserError(_("The file is larger than 50 MB. Split it into smaller ones."))
    if start.startswith(_OLD_EXCEL):
        raise UserError(
            _("This is an old or a protected Excel file. Save it as .xlsx without a password.")
        )
    if start.startswith(_ZIP):
        return _read_xlsx(path)
    return _read_csv(path.read_bytes())


# -- XLSX ------------------------------------------------------------------------


def _read_xlsx(path: Path) -> Sheet:
    _check_package(path)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, data_only=False)
            try:
                sheet = book.worksheets[0]
                # Some programs write a wrong extent, by which rows would be lost.
                sheet.reset_dimensions()
                return Sheet(tuple(_limited(_plain_rows(sheet))))
            finally:
                book.close()
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        IndexError,
        SyntaxError,
        OSError,
        TypeError,
    ) as error:
        raise UserError(
            _("This file is damaged or no spreadsheet. Save it anew as .xlsx.")
        ) from error


def _plain_rows(sheet: Any) -> Iterator[tuple[Value | Formula, ...]]:
    for row in sheet.iter_rows(max_col=MAX_COLUMNS):
        # Every row comes in full width, and a row far below the others brings all between.
        width = len(row)
        while width and row[width - 1].value is None:
            width -= 1
        yield tuple(_plain(cell) for cell in row[:width])


def _plain(cell: Any) -> Value | Formula:
    value = cell.value
    if cell.data_type == "f":
        return Formula(str(value))
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, str | int | float | dt.date) or value is None:
        return value
    return str(value)


def _check_package(path: Path) -> None:
    """Look before unpacking: the size that it claims, and merged cells, which hide values."""
    try:
        with zipfile.ZipFile(path) as package:
            if sum(info.file_size for info in package.infolist()) > MAX_UNPACKED:
                raise UserError(_("This file is unusually large inside and was not opened."))
            sheets = sorted(
                name for name in package.namelist() if name.startswith("xl/worksheets/sheet")
            )
            if not sheets:
                raise UserError(_("This file is damaged or no spreadsheet. Save it anew as .xlsx."))
            merged = _first_merged(package, sheets[0])
    except zipfile.BadZipFile as error:
        raise UserError(
            _("This file is damaged or no spreadsheet. Save it anew as .xlsx.")
        ) from error
    if merged:
        raise UserError(
            _("Cells {range} are merged. Split merged cells and save the file again.").format(
                range=merged
            )
        )


def _first_merged(package: zipfile.ZipFile, name: str) -> str:
    """Merged ranges stand behind the cells; the file is read through, block by block."""
    kept = b""
    unpacked = 0
    with package.open(name) as stream:
        while block := stream.read(1 << 20):
            unpacked += len(block)
            if unpacked > MAX_UNPACKED:
                # The sizes in a package's index are claims; this is what really came out.
                raise UserError(_("This file is unusually large inside and was not opened."))
            found = _MERGED.search(kept + block)
            if found:
                return found[1].decode()
            kept = block[-200:]
    return ""


# -- CSV -------------------------------------------------------------------------


def _read_csv(raw: bytes) -> Sheet:
    text, note = _decoded(raw)
    if "\x00" in text:
        raise UserError(_("This file is neither a spreadsheet nor a text table."))
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = tuple(_limited(tuple(cell or None for cell in row) for row in reader))
    except csv.Error as error:
        raise UserError(
            _("The table breaks off in line {line}.").format(line=reader.line_num)
        ) from error
    return Sheet(rows, note=note)


def _decoded(raw: bytes) -> tuple[str, str]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(raw, "utf-16"), ""
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        text = _strictly(raw, "cp1252")
        return text, _("The file is not UTF-8; it was read as Windows text. Look at the names.")


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError(
            _("The letters of this file can't be read. Save it as CSV UTF-8, or as .xlsx.")
        ) from error


def _delimiter(text: str) -> str:
    """The one that the first lines have most of; Indonesian Excel writes semicolons."""
    head = "\n".join(text.splitlines()[:_HEADER_WITHIN])
    return max(";,\t", key=head.count)


def _limited(
    rows: Iterator[tuple[Value | Formula, ...]],
) -> Iterator[tuple[Value | Formula, ...]]:
    for count, row in enumerate(rows, start=1):
        if count > MAX_ROWS + _HEADER_WITHIN:
            raise UserError(
                _("The table has more than {count} rows. Split it into smaller files.").format(
                    count=MAX_ROWS
                )
            )
        yield row
