"""A report on A4 pages: its head on each, tables over as many as they take, page x of y.

All heights are known before anything is drawn, so the pages can be counted first.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pos.i18n import _
from pos.receipts.charts import Bar, BarChart, arrange, legend_marks
from pos.receipts.pdf_pen import A4, ACCENT, BRAND, GREY, LINE, Colour, Pen
from pos.receipts.pdf_table import Table, TableColumn, TableRow
from pos.receipts.report import Report, ReportTable, row_texts
from pos.receipts.slip import moment_text

MARGIN = 40.0
WIDE_FROM = 8
"""Columns from which a report's pages lie on their side."""

Progress = Callable[[int, int], None]
"""Told (pages done, pages in all); may raise to stop."""

_HEAD = 58.0
_BOTTOM = 48.0
_CHART = 150.0
_CHART_TEXT = 7.0
_SHORT = 6
"""Rows of a table that is not torn apart at the end of a page."""
_SERIES: tuple[Colour, ...] = (BRAND, ACCENT, GREY)


def _no_progress(_done: int, _all: int) -> None:
    """Nobody watches."""


def report_pdf(report: Report, progress: Progress = _no_progress) -> bytes:
    """The report's pages; lying on their side when a table has many columns."""
    wide = any(len(table.columns) >= WIDE_FROM for table in report.tables)
    pen = Pen(" · ".join(filter(None, (report.title, report.period))), A4[::-1] if wide else A4)
    _Pages(pen, report, progress).draw()
    return pen.finish()


@dataclass(frozen=True)
class _Block:
    """Something of a known height. `table` names the table whose titles are repeated above it."""

    height: float
    draw: Callable[[float], None]
    table: Table | None = None
    with_next: bool = False


class _Pages:
    def __init__(self, pen: Pen, report: Report, progress: Progress) -> None:
        self._pen, self._report, self._progress = pen, report, progress
        self._width = pen.width - 2 * MARGIN
        self._top = MARGIN + _HEAD
        self._room = pen.height - _BOTTOM - self._top

    def draw(self) -> None:
        blocks = [block for table in self._report.tables for block in self._blocks(table)]
        pages = self._paginate(blocks)
        for number, page in enumerate(pages, 1):
            self._head()
            y = self._top
            for block in page:
                block.draw(y)
                y += block.height
            self._foot(number, len(pages))
            self._pen.end_page()
            self._progress(number, len(pages))

    def _blocks(self, table: ReportTable) -> list[_Block]:
        blocks: list[_Block] = []
        if table.title:
            blocks.append(_Block(26, self._title(table.title), with_next=True))
        if table.chart is not None and not table.chart.is_empty:
            blocks.append(_Block(_CHART + 22, self._chart(table.chart), with_next=True))
        if not table.rows:
            return [*blocks, _Block(22, self._sentence(table.empty)), _Block(14, _nothing)]
        blocks += self._rows(table)
        for note in table.notes:
            for line in self._pen.font.wrap(self._pen.font.clean(note), 8, self._width):
                blocks.append(_Block(12, self._note(line)))
        return [*blocks, _Block(14, _nothing)]

    def _rows(self, table: ReportTable) -> list[_Block]:
        drawn = Table(
            self._pen.font,
            [TableColumn(one.title, one.is_figure, one.share) for one in table.columns],
            [TableRow(row_texts(row, table.columns), row.style) for row in table.all_rows],
            self._width,
        )
        blocks = [self._titles_of(drawn)]
        heights = [drawn.row_height(index) for index in range(len(drawn))]
        short = len(drawn) <= _SHORT and sum(heights) < self._room / 3
        for index in range(len(drawn)):
            # A heading does not end a page, and the total is not alone on one.
            held = (
                (short and index + 1 < len(drawn))
                or drawn.style(index) == "group"
                or (index + 1 < len(drawn) and drawn.style(index + 1) in {"subtotal", "total"})
            )
            blocks.append(_Block(heights[index], self._row(drawn, index), drawn, with_next=held))
        return blocks

    def _titles_of(self, drawn: Table) -> _Block:
        return _Block(
            drawn.header_height,
            lambda y: drawn.draw_header(self._pen, MARGIN, y),
            with_next=True,
        )

    def _row(self, drawn: Table, index: int) -> Callable[[float], None]:
        return lambda y: drawn.draw_row(self._pen, MARGIN, y, index)

    def _paginate(self, blocks: list[_Block]) -> list[list[_Block]]:
        pages: list[list[_Block]] = [[]]
        used, at = 0.0, 0
        while at < len(blocks):
            last = at
            while blocks[last].with_next and last + 1 < len(blocks):
                last += 1
            group = blocks[at : last + 1]
            height = sum(block.height for block in group)
            if used + height > self._room and pages[-1]:
                pages.append([])
                used = 0.0
                table = group[0].table
                if table is not None:
                    repeated = self._titles_of(table)
                    pages[-1].append(repeated)
                    used = repeated.height
            pages[-1] += group
            used += height
            at = last + 1
        # White space alone makes no page.
        if len(pages) > 1 and all(block.draw is _nothing for block in pages[-1]):
            pages.pop()
        return pages

    def _title(self, title: str) -> Callable[[float], None]:
        shown = self._pen.font.elide(self._pen.font.clean(title), 11, self._width)
        return lambda y: self._pen.text(MARGIN, y + 15, shown, 11, bold=True)

    def _sentence(self, sentence: str) -> Callable[[float], None]:
        shown = self._pen.font.elide(
            self._pen.font.clean(sentence or _("Nothing in this period.")), 9.5, self._width
        )
        return lambda y: self._pen.text(MARGIN, y + 12, shown, 9.5, colour=GREY)

    def _note(self, line: str) -> Callable[[float], None]:
        return lambda y: self._pen.text(MARGIN, y + 10, line, 8, colour=GREY)

    def _chart(self, chart: BarChart) -> Callable[[float], None]:
        def draw(y: float) -> None:
            title = self._pen.font.elide(self._pen.font.clean(chart.title), 8.5, self._width)
            self._pen.text(MARGIN, y + 8, title, 8.5, colour=GREY)
            draw_chart(self._pen, chart, (MARGIN, y + 14), (self._width, _CHART))

        return draw

    def _head(self) -> None:
        pen, report, right = self._pen, self._report, self._pen.width - MARGIN
        clean, half = pen.font.clean, self._width * 0.6
        title = pen.font.elide(clean(report.title), 15, half)
        pen.text(MARGIN, MARGIN + 12, title, 15, colour=BRAND, bold=True)
        pen.text(MARGIN, MARGIN + 27, pen.font.elide(clean(report.subtitle), 9, half), 9)
        stand = pen.font.elide(clean(report.stand_name), 10, self._width * 0.38)
        pen.text(right, MARGIN + 12, stand, 10, align="right", bold=True)
        period = pen.font.elide(clean(report.period), 9, self._width * 0.38)
        pen.text(right, MARGIN + 27, period, 9, align="right")
        if report.sample:
            mark = clean(_("SAMPLE – NOT A RECEIPT"))
            pen.text(right, MARGIN - 6, mark, 8, align="right", colour=ACCENT, bold=True)
        pen.line(MARGIN, MARGIN + 38, right, MARGIN + 38, colour=BRAND, thick=1.2)

    def _foot(self, number: int, pages: int) -> None:
        pen, right, base = self._pen, self._pen.width - MARGIN, self._pen.height - 26
        pen.line(MARGIN, base - 11, right, base - 11, colour=LINE)
        made = _("Printed {when}").format(when=moment_text(self._report.made_local))
        parts = (self._report.stand_code, self._report.footer_hash[:16], made, self._report.staff)
        left = pen.font.elide(
            pen.font.clean(" · ".join(filter(None, parts))), 7.5, self._width * 0.8
        )
        pen.text(MARGIN, base, left, 7.5, colour=GREY)
        count = _("Page {page} of {pages}").format(page=number, pages=pages)
        pen.text(right, base, pen.font.clean(count), 7.5, align="right", colour=GREY)


def _nothing(_y: float) -> None:
    """White space."""


def draw_chart(
    pen: Pen, chart: BarChart, corner: tuple[float, float], size: tuple[float, float]
) -> None:
    """The chart with its upper left corner at `corner`."""
    x, y = corner
    drawing = arrange(chart, *size, _CHART_TEXT)
    for line in drawing.lines:
        colour = GREY if line.strong else LINE
        thick = 0.7 if line.strong else 0.4
        pen.line(x + line.x, y + line.y, x + line.to_x, y + line.y, colour=colour, thick=thick)
    for bar in (*drawing.bars, *legend_marks(drawing, chart, _CHART_TEXT)):
        _bar(pen, bar, x, y)
    for word in drawing.words:
        shown = pen.font.clean(word.text)
        pen.text(x + word.x, y + word.y, shown, _CHART_TEXT, align=word.align, colour=GREY)


def _bar(pen: Pen, bar: Bar, x: float, y: float) -> None:
    colour = _SERIES[bar.series % len(_SERIES)]
    pen.field(x + bar.x, y + bar.y, bar.width, bar.height, colour)
