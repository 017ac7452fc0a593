"""Tables on PDF pages: columns as wide as their figures, names wrapped, rows of known height.

A table is measured once and then drawn row by row wherever the page says; reportlab's own tables
take four times as long on a report of 200 pages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pos.receipts.pdf_font import PdfFont
from pos.receipts.pdf_pen import ACCENT, BAND, BRAND, GREY, INK, LINE, Pen

RowStyle = Literal["plain", "group", "subtotal", "total"]

SIZE = 8.5
SMALL = 7.0
LEADING = 11.0
_PAD = 5.0
_ROW_PAD = 3.6
_MOST_LINES = 3
_WIDEST_TEXT = 120.0
_NARROWEST = 70.0


@dataclass(frozen=True)
class TableColumn:
    """`share` of the free width, or 0: as wide as its widest text."""

    title: str
    right: bool = False
    share: float = 0


@dataclass(frozen=True)
class TableRow:
    """Texts, one a column; a second line after a line feed is smaller and grey."""

    cells: tuple[str, ...]
    style: RowStyle = "plain"


class _Line(NamedTuple):
    text: str
    small: bool = False


class Table:
    """A table of `width` points, its widths chosen so that no figure is cut."""

    def __init__(
        self, font: PdfFont, columns: Sequence[TableColumn], rows: Sequence[TableRow], width: float
    ) -> None:
        self._font = font
        self._columns = tuple(columns)
        self._rows = [
            TableRow(tuple(_clean(font, cell) for cell in row.cells), row.style) for row in rows
        ]
        self.width = width
        self._size, self.widths = self._fit(width)
        self._titles = [
            self._font.wrap(self._font.clean(column.title), SMALL, room - 2 * _PAD)
            for column, room in zip(self._columns, self.widths, strict=True)
        ]
        self._lines: dict[int, tuple[tuple[_Line, ...], ...]] = {}
        self._heights: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def _fit(self, width: float) -> tuple[float, tuple[float, ...]]:
        """The largest letters, from 8.5 points down, at which texts keep room beside figures."""
        size = SIZE
        while True:
            natural = [self._natural(index, size) for index in range(len(self._columns))]
            shares = [column.share for column in self._columns]
            fixed = sum(n for n, share in zip(natural, shares, strict=True) if not share)
            wanted = sum(_NARROWEST for share in shares if share)
            if width - fixed >= wanted or size <= 5:
                break
            size -= 0.5
        free = max(width - fixed, 0.2 * width)
        whole = sum(shares)
        if not whole:
            return size, tuple(n * width / fixed for n in natural)
        squeeze = min(1.0, (width - free) / fixed) if fixed else 1.0
        return size, tuple(
            free * share / whole if share else n * squeeze
            for n, share in zip(natural, shares, strict=True)
        )

    def _natural(self, index: int, size: float) -> float:
        """How wide the column would be; of figures the longest is the widest, they are tabular."""
        column = self._columns[index]
        title = _title_width(self._font, self._font.clean(column.title))
        texts = {part for row in self._rows for part in row.cells[index].split("\n")}
        if column.right and texts:
            longest = max(map(len, texts))
            texts = {text for text in texts if len(text) == longest}
        widest = max((self._font.width(text, size) for text in texts), default=0.0)
        if not column.right:
            widest = min(widest, _WIDEST_TEXT)
        # Half a point more, so that no rounding breaks a text that just fits.
        return max(title, widest) + 2 * _PAD + 0.5

    def _cells(self, index: int) -> tuple[tuple[_Line, ...], ...]:
        known = self._lines.get(index)
        if known is None:
            row = self._rows[index]
            known = tuple(map(self._cell, row.cells, self.widths, self._columns))
            self._lines[index] = known
        return known

    def _cell(self, cell: str, width: float, column: TableColumn) -> tuple[_Line, ...]:
        room = width - 2 * _PAD
        first, _feed, second = cell.partition("\n")
        if column.right:
            return (_Line(first),)
        main = self._font.wrap(first, self._size, room, _MOST_LINES)
        below = self._font.wrap(second, SMALL, room, 2) if second else ()
        return (*(_Line(text) for text in main), *(_Line(text, small=True) for text in below))

    @property
    def header_height(self) -> float:
        """Of the row of titles, in points."""
        return max(map(len, self._titles), default=1) * (SMALL + 2) + 8

    def row_height(self, index: int) -> float:
        """Of one row, in points."""
        height = self._heights.get(index)
        if height is None:
            lines = max(map(len, self._cells(index)), default=1)
            extra = 3 if self._rows[index].style == "group" else 0
            height = max(lines, 1) * LEADING + 2 * _ROW_PAD - 1 + extra
            self._heights[index] = height
        return height

    def style(self, index: int) -> RowStyle:
        """Of one row."""
        return self._rows[index].style

    def draw_header(self, pen: Pen, x: float, y: float) -> None:
        """The row of titles, its upper left corner at (x, y)."""
        height = self.header_height
        pen.field(x, y, self.width, height, BAND)
        at = x
        for column, width, titles in zip(self._columns, self.widths, self._titles, strict=True):
            top = y + height - 6 - (len(titles) - 1) * (SMALL + 2)
            for n, title in enumerate(titles):
                base = top + n * (SMALL + 2)
                if column.right:
                    pen.text(
                        at + width - _PAD,
                        base,
                        title,
                        SMALL,
                        align="right",
                        colour=BRAND,
                        bold=True,
                    )
                else:
                    pen.text(at + _PAD, base, title, SMALL, colour=BRAND, bold=True)
            at += width

    def draw_row(self, pen: Pen, x: float, y: float, index: int) -> None:
        """One row, its upper left corner at (x, y)."""
        height, style = self.row_height(index), self._rows[index].style
        bold = style != "plain"
        if style == "total":
            pen.field(x, y, self.width, height, BAND)
            pen.line(x, y, x + self.width, y, colour=BRAND, thick=1)
        elif style == "subtotal":
            pen.line(x, y, x + self.width, y, colour=GREY)
        pen.line(x, y + height, x + self.width, y + height, colour=LINE, thick=0.4)
        top = y + _ROW_PAD + self._size - 0.2 + (3 if style == "group" else 0)
        if bold:
            self._draw_bold(pen, x, top, index)
        else:
            self._draw_plain(pen, x, top, index)

    def _draw_plain(self, pen: Pen, x: float, top: float, index: int) -> None:
        """Most rows: figures and words in one go, what is small or in the accent's colour after it."""
        font, size = self._font, self._size
        figures: list[tuple[float, float, str]] = []
        accents: list[tuple[float, float, str]] = []
        smalls: list[tuple[float, float, str]] = []
        at = x
        for column, width, lines in zip(
            self._columns, self.widths, self._cells(index), strict=True
        ):
            if not column.right:
                base = top
                for text, small in lines:
                    (smalls if small else figures).append((at + _PAD, base, text))
                    base += SMALL + 2 if small else LEADING
            elif text := lines[0].text:
                wide = font.width(text, size)
                if wide > width - 2 * _PAD:
                    self._draw_squeezed(pen, text, (at, width, top), bold=False)
                else:
                    placed = (at + width - _PAD - wide, top, text)
                    (accents if text[0] == "-" else figures).append(placed)
            at += width
        pen.texts(figures, size)
        if accents:
            pen.texts(accents, size, ACCENT)
        if smalls:
            pen.texts(smalls, SMALL, GREY)

    def _draw_bold(self, pen: Pen, x: float, top: float, index: int) -> None:
        at = x
        for column, width, lines in zip(
            self._columns, self.widths, self._cells(index), strict=True
        ):
            base = top
            for text, small in lines:
                if column.right:
                    self._draw_squeezed(pen, text, (at, width, base), bold=True)
                elif small:
                    pen.text(at + _PAD, base, text, SMALL, colour=GREY)
                else:
                    pen.text(at + _PAD, base, text, self._size, bold=True)
                base += SMALL + 2 if small else LEADING
            at += width

    def _draw_squeezed(
        self, pen: Pen, text: str, place: tuple[float, float, float], *, bold: bool
    ) -> None:
        """A figure is never cut: where it is too wide its letters shrink."""
        at, width, base = place
        size, room = self._size, width - 2 * _PAD
        wide = self._font.width(text, size)
        if wide > room:
            size *= room / wide
        colour = ACCENT if text.startswith("-") else INK
        pen.text(at + width - _PAD, base, text, size, align="right", colour=colour, bold=bold)


def _title_width(font: PdfFont, title: str) -> float:
    """The least width at which a title stands on two lines."""
    words = title.split()
    splits = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words) + 1)]
    return min(
        (max(font.width(one, SMALL), font.width(other, SMALL)) for one, other in splits),
        default=0.0,
    )


def _clean(font: PdfFont, cell: str) -> str:
    if "\n" not in cell:
        return font.clean(cell)
    first, _feed, second = cell.partition("\n")
    return f"{font.clean(first)}\n{font.clean(second)}"
