"""A slip on A4, portrait: head, facts, table over as many pages as it takes, sums, signatures."""

from collections.abc import Callable
from functools import partial

from pos.i18n import _
from pos.qr import qr_matrix
from pos.receipts.pdf_pen import ACCENT, BRAND, GREY, INK, LINE, Pen
from pos.receipts.pdf_table import Table, TableColumn, TableRow
from pos.receipts.slip import Slip, Sum, moment_text

MARGIN = 45.0
_BOTTOM = 62.0
_SIGNING = 108.0
_NAME = (15.0, 12.5)
"""The size of the stand's name, and where it is too long for that."""
_FACT_LABEL = 92.0
_SUMS = 250.0
_CODE = 84.0
BLACK = (0.0, 0.0, 0.0)
_NEXT = 24.0
"""Taken by the head of each page but the first."""

_ALONG = 2
"""Rows that go to the next page with the sums and signatures: signed alone, these could end any slip."""

_Piece = tuple[float, Callable[[], None]]


def draw_slip(pen: Pen, slip: Slip) -> None:
    """Draw the slip, beginning on a new page and ending its last one."""
    _SlipPages(pen, slip).draw()


class _SlipPages:
    """Where on its pages a slip is. Heights are known beforehand, so pages are counted first."""

    def __init__(self, pen: Pen, slip: Slip) -> None:
        self._pen, self._slip = pen, slip
        self._width = pen.width - 2 * MARGIN
        self._clean = pen.font.clean
        self._table = Table(
            pen.font,
            [TableColumn(one.title, one.align == "right", one.width) for one in slip.columns],
            [TableRow(row.cells) for row in slip.rows],
            self._width,
        )
        self._page = 1
        self._pages = 1
        self._y = MARGIN

    def draw(self) -> None:
        rows = self._plan()
        self._head()
        self._facts()
        for page, (first, last) in enumerate(rows):
            if page:
                self._next_page()
            self._rows(first, last)
        pieces = self._end()
        if self._breaks_before_end(self._y, pieces):
            self._next_page()
        for height, draw in pieces:
            if self._y + height > self._floor:
                self._next_page()
            draw()
            self._y += height
        self._foot()
        self._pen.end_page()

    @property
    def _floor(self) -> float:
        return self._pen.height - _BOTTOM

    def _plan(self) -> list[tuple[int, int]]:
        """Which rows stand on which page; counts the pages, the last sheet's end included."""
        at = self._head_height() + self._facts_height()
        pages: list[tuple[int, int]] = []
        first, used = 0, at + self._header_height
        for index in range(len(self._table)):
            height = self._table.row_height(index)
            if used + height > self._floor and index > first:
                pages.append((first, index))
                first, used = index, MARGIN + _NEXT + self._header_height
            used += height
        pages.append((first, len(self._table)))
        if len(self._table) - first > _ALONG and self._breaks_before_end(used, self._end()):
            last = len(self._table) - _ALONG
            pages[-1:] = [(first, last), (last, len(self._table))]
            used = MARGIN + _NEXT + self._header_height
            used += sum(map(self._table.row_height, range(last, len(self._table))))
        if not len(self._table):
            used += 24 if self._slip.columns else 0
        self._pages = len(pages) + self._pages_of_end(used)
        return pages

    def _pages_of_end(self, used: float) -> int:
        """How many pages more what follows the table takes."""
        pieces = self._end()
        pages = 0
        if self._breaks_before_end(used, pieces):
            pages, used = 1, MARGIN + _NEXT
        for height, _draw in pieces:
            if used + height > self._floor:
                pages, used = pages + 1, MARGIN + _NEXT
            used += height
        return pages

    def _breaks_before_end(self, used: float, pieces: list[_Piece]) -> bool:
        """Whether what follows the table goes to a page of its own: only if that keeps it whole."""
        height = sum(height for height, _draw in pieces)
        return used + height > self._floor >= MARGIN + _NEXT + height

    def _end(self) -> list[_Piece]:
        """What follows the table, each part with its height."""
        pieces: list[_Piece] = [(10, _nothing)]
        pieces += [
            (19 if total.strong else 15, partial(self._sum, total)) for total in self._slip.sums
        ]
        words = self._word_lines()
        if words:
            pieces.append((16 + 12 * len(words), partial(self._words, words)))
        pieces.append((8, _nothing))
        pieces += [(12, partial(self._note, line)) for line in self._note_lines()]
        if self._slip.signatures:
            pieces.append((_SIGNING, self._signatures))
        if self._slip.qr:
            pieces.append((_CODE + 16, self._code))
        return pieces

    def _head_height(self) -> float:
        marks = 17 * len(self._slip.marks)
        name, size = self._name()
        left = 12 * len(self._address()) + 30 + (len(name) - 1) * (size + 2)
        return MARGIN + max(52, left, 40 + marks) + 14

    def _name(self) -> tuple[tuple[str, ...], float]:
        """The stand's name, and its size: a long one is smaller and takes two lines."""
        font, room = self._pen.font, self._width * 0.55
        name = self._clean(self._slip.head.stand_name)
        large, small = _NAME
        if font.width(name, large) <= room:
            return (name,), large
        return font.wrap(name, small, room, 2), small

    def _address(self) -> tuple[str, ...]:
        half = self._width / 2
        lines = (self._clean(line) for line in self._slip.head.address[:4])
        return tuple(self._pen.font.elide(line, 8.5, half) for line in lines if line)

    def _head(self) -> None:
        pen, slip, right = self._pen, self._slip, self._pen.width - MARGIN
        name, size = self._name()
        y = MARGIN + 13
        for line in name:
            pen.text(MARGIN, y, line, size, colour=BRAND, bold=True)
            y += size + 2
        y -= size - 13
        for n, line in enumerate(self._address()):
            pen.text(MARGIN, y + 12 * n, line, 8.5, colour=GREY)
        title = pen.font.elide(self._clean(slip.title), 15, self._width * 0.43)
        pen.text(right, MARGIN + 13, title, 15, align="right", bold=True)
        under = " · ".join(filter(None, (slip.head.number, moment_text(slip.head.at_local))))
        under = pen.font.elide(self._clean(under), 9.5, self._width * 0.43)
        pen.text(right, MARGIN + 28, under, 9.5, align="right")
        at = MARGIN + 44
        for mark in slip.marks:
            shown = pen.font.elide(self._clean(mark), 9, self._width * 0.55)
            pen.text(right, at, shown, 9, align="right", colour=ACCENT, bold=True)
            at += 13
        self._y = self._head_height()
        pen.line(MARGIN, self._y - 8, right, self._y - 8, colour=BRAND, thick=1.2)

    def _fact_lines(self) -> list[tuple[str, tuple[str, ...]]]:
        room = self._width - _FACT_LABEL
        facts = [
            (self._clean(label), self._pen.font.wrap(self._clean(value), 9.5, room, 2))
            for label, value in self._slip.facts
        ]
        return [(label, lines) for label, lines in facts if lines]

    def _facts_height(self) -> float:
        return 14 + sum(14 * len(lines) for _label, lines in self._fact_lines())

    def _facts(self) -> None:
        self._y += 6
        for label, lines in self._fact_lines():
            self._pen.text(MARGIN, self._y + 7, label, 8.5, colour=GREY)
            for line in lines:
                self._pen.text(MARGIN + _FACT_LABEL, self._y + 7, line, 9.5)
                self._y += 14
        self._y += 8

    @property
    def _header_height(self) -> float:
        return self._table.header_height if self._slip.columns else 0

    def _rows(self, first: int, last: int) -> None:
        if not self._slip.columns:
            return
        self._table.draw_header(self._pen, MARGIN, self._y)
        self._y += self._header_height
        for index in range(first, last):
            self._table.draw_row(self._pen, MARGIN, self._y, index)
            self._y += self._table.row_height(index)
        if not len(self._table):
            self._pen.text(MARGIN + 5, self._y + 15, self._clean(self._slip.empty), 9, colour=GREY)
            self._y += 24

    def _sum(self, total: Sum) -> None:
        right, y = self._pen.width - MARGIN, self._y
        # Without a table there is nothing to the left of the sums.
        wide = _SUMS if self._slip.columns else self._width
        size = 11.5 if total.strong else 9
        figure = self._clean(total.figure)
        room = wide - self._pen.font.width(figure, size) - 12
        if total.strong:
            self._pen.line(right - wide, y, right, y, colour=BRAND, thick=0.8)
            y += 4
        label = self._pen.font.elide(self._clean(total.label), 9, room)
        self._pen.text(right - wide + 5, y + 10, label, 9, bold=total.strong)
        self._pen.text(right - 5, y + 10, figure, size, align="right", bold=total.strong)

    def _word_lines(self) -> tuple[str, ...]:
        if not self._slip.words:
            return ()
        words = _("In words: {words}").format(words=self._slip.words)
        return self._pen.font.wrap(self._clean(words), 9.5, self._width - 16)

    def _note_lines(self) -> list[str]:
        return [
            line
            for note in self._slip.notes
            for line in self._pen.font.wrap(self._clean(note), 8.5, self._width)
        ]

    def _words(self, words: tuple[str, ...]) -> None:
        y = self._y + 6
        self._pen.frame(MARGIN, y, self._width, 12 * len(words) + 9, radius=3)
        for line in words:
            self._pen.text(MARGIN + 8, y + 13, line, 9.5)
            y += 12

    def _note(self, line: str) -> None:
        self._pen.text(MARGIN, self._y + 8, line, 8.5, colour=GREY)

    def _signatures(self) -> None:
        width = self._width / len(self._slip.signatures)
        y = self._y + 14
        for n, one in enumerate(self._slip.signatures):
            middle = MARGIN + width * (n + 0.5)
            half = min(85.0, width / 2 - 12)
            role = self._pen.font.elide(self._clean(one.role), 9, 2 * half)
            name = self._pen.font.wrap(self._clean(one.name), 9, width - 24, 2)
            self._pen.text(middle, y + 8, role, 9, align="center", colour=GREY)
            line = y + 62
            self._pen.line(middle - half, line, middle + half, line, colour=INK, thick=0.6)
            for below, part in enumerate(name):
                self._pen.text(middle, line + 12 + 11 * below, part, 9, align="center")

    def _code(self) -> None:
        """The slip's QR code at the left, module by module."""
        matrix = qr_matrix(self._slip.qr)
        size = _CODE / len(matrix)
        for down, line in enumerate(matrix):
            for across, dark in enumerate(line):
                if dark:
                    left, top = MARGIN + across * size, self._y + 10 + down * size
                    self._pen.field(left, top, size, size, BLACK)

    def _next_page(self) -> None:
        self._foot()
        self._pen.end_page()
        self._page += 1
        title = " · ".join(filter(None, (self._slip.title, self._slip.head.number)))
        title = self._pen.font.elide(self._clean(title), 9, self._width * 0.45)
        self._pen.text(MARGIN, MARGIN + 8, title, 9, bold=True)
        name = self._pen.font.elide(self._clean(self._slip.head.stand_name), 9, self._width / 2)
        self._pen.text(self._pen.width - MARGIN, MARGIN + 8, name, 9, align="right", colour=GREY)
        self._y = MARGIN + _NEXT

    def _foot(self) -> None:
        right, base = self._pen.width - MARGIN, self._pen.height - 34
        self._pen.line(MARGIN, base - 12, right, base - 12, colour=LINE)
        left = " · ".join(
            filter(None, (self._slip.head.stand_code, self._slip.head.entry_hash[:16]))
        )
        left = self._pen.font.elide(self._clean(left), 7.5, self._width * 0.7)
        self._pen.text(MARGIN, base, left, 7.5, colour=GREY)
        count = _("Page {page} of {pages}").format(page=self._page, pages=self._pages)
        self._pen.text(right, base, self._clean(count), 7.5, align="right", colour=GREY)


def _nothing() -> None:
    """White space."""
