"""Reports: pages, charts, the strip, and figures that agree on each."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos.i18n import set_language
from pos.receipts.charts import BarChart, Series, arrange, legend_marks, short_amount, ticks
from pos.receipts.documents import decode, encode
from pos.receipts.elements import Text
from pos.receipts.layout import COLUMNS, layout, render_text
from pos.receipts.pdf_report import report_pdf
from pos.receipts.report import (
    Report,
    ReportColumn,
    ReportRow,
    ReportTable,
    cell_text,
    row_texts,
)
from pos.receipts.reports_sellers import (
    FINAL_TAX_THRESHOLD,
    Grouping,
    YearlyGross,
    report_of,
    seller_report,
    yearly_report,
)
from tests.receipts import samples_reports as samples
from tests.receipts.pdf_reading import page_texts, words_of

GOLDEN = Path(__file__).parent / "golden"
NASTY = "<b>Évil</b> \x1b@\u202e 😀 (\\) " + "x" * 10_000
REPORTS = {"sellers": samples.sellers, "year": samples.year, "day": samples.day}
"""Made when a test runs: their words are set in the language in force."""


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("name", REPORTS)
def test_golden_strips(name: str, columns: int) -> None:
    """To make them anew after a wanted change: delete the file, run, look at what was written."""
    shown = render_text(layout(REPORTS[name](), columns), columns)
    path = GOLDEN / f"report-{name}-{columns}.txt"
    if not path.exists():
        path.write_text(shown, encoding="ascii")
        pytest.fail(f"{path.name} was written anew; look at it")
    assert shown == path.read_text(encoding="ascii")


@pytest.mark.parametrize("name", REPORTS)
def test_every_cell_is_on_a4_and_every_narrow_one_on_the_strip(name: str, tmp_path: Path) -> None:
    report = REPORTS[name]()
    assert decode(encode(report)) == report
    page = re.sub(r"\s+", " ", " ".join(page_texts(report_pdf(report), tmp_path)))
    strip = re.sub(r"\s+", " ", render_text(layout(report, 48), 48))
    for table in report.tables:
        for row in table.all_rows:
            for column, text in zip(table.columns, row_texts(row, table.columns), strict=True):
                assert text in page
                if column.narrow:
                    assert text in strip


def test_totals_are_the_sums_of_their_columns() -> None:
    (table,) = samples.sellers(40).tables
    for index, column in enumerate(table.columns):
        if column.is_figure:
            cells = [row.cells[index] for row in table.rows]
            assert table.totals[index] == sum(cell for cell in cells if isinstance(cell, int))
    assert table.all_rows[-1].style == "total"


@pytest.mark.parametrize(("by", "columns"), [("seller", 10), ("cluster", 9), ("category", 8)])
def test_groupings_have_their_own_columns(by: Grouping, columns: int) -> None:
    report = seller_report(samples.HEAD, by, samples.figures(3))
    (table,) = report.tables
    assert len(table.columns) == columns
    assert ("Code" in [one.title for one in table.columns]) == (by == "seller")
    assert ("Paid out" in [one.title for one in table.columns]) == (by != "category")
    assert {len(row.cells) for row in table.all_rows} == {columns}


def test_losses_and_dues_have_columns_only_where_there_are_any() -> None:
    one, other = samples.figures(2)
    plain = [column.title for column in samples.sellers(2).tables[0].columns]
    assert "For losses" not in plain
    assert "Due at the end" not in plain
    lost = replace(one, compensation=45_000, due=-80_000)
    (table,) = seller_report(samples.HEAD, "seller", (lost, replace(other, due=125_000))).tables
    assert [column.title for column in table.columns[-2:]] == ["For losses", "Due at the end"]
    assert [row.cells[-2:] for row in table.all_rows] == [
        (45_000, -80_000),
        (0, 125_000),
        (45_000, 45_000),
    ]
    (table,) = seller_report(samples.HEAD, "seller", (replace(one, due=0),)).tables
    assert table.columns[-1].title == "Due at the end"
    assert table.totals[-1] == 0


def test_a_chart_only_where_there_is_something_to_compare() -> None:
    assert samples.sellers(2).tables[0].chart is not None
    assert samples.sellers(1).tables[0].chart is None
    plain = seller_report(samples.HEAD, "seller", samples.figures(5), chart=False)
    assert plain.tables[0].chart is None
    largest = samples.sellers(200).tables[0].chart
    assert largest is not None
    assert len(largest.labels) == 12
    values = largest.series[0].values
    assert list(values) == sorted(values, reverse=True)


def test_the_year_against_the_threshold() -> None:
    (table,) = samples.year().tables
    assert [row.cells[2:] for row in table.rows] == [
        (612_400_000, 0, 12_248, "above"),
        (FINAL_TAX_THRESHOLD, 0, 10_000, ""),
        (0, 500_000_000, 0, ""),
    ]
    one_more = yearly_report(samples.HEAD, 2026, (YearlyGross("A", "A", FINAL_TAX_THRESHOLD + 1),))
    assert one_more.tables[0].rows[0].cells[5] == "above"
    assert "Rp 500.000.000" in table.notes[0]


@pytest.mark.parametrize("rows", [0, 1, 37, 38, 39, 40, 41, 42, 43, 500])
def test_pages_are_counted_and_carry_head_and_foot(rows: int, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    pages = page_texts(
        report_pdf(samples.long(rows), lambda done, of: told.append((done, of))), tmp_path
    )
    assert told == [(n, len(pages)) for n in range(1, len(pages) + 1)]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        for words in ("Galeri Dekranasda", "1 Nov 2026 – 30 Nov 2026", "0123456789abcdef"):
            assert words in page
        if rows:
            assert "Balance" in page
    papers = re.findall(r"DKR-\d{6}", "\n".join(pages))
    assert papers == [f"DKR-{n:06d}" for n in range(rows)]
    if rows > 1:
        last = pages[-1]
        assert "Total" in last
        assert "DKR-" in last, "the total stands alone on its page"


def test_an_empty_report_says_so(tmp_path: Path) -> None:
    (page,) = page_texts(report_pdf(samples.sellers(0)), tmp_path)
    assert "Nothing was sold, returned or paid out in this period." in page
    assert "Total" not in page
    bare = report_of(samples.HEAD, "x", "", (ReportTable("", (), ()),))
    (page,) = page_texts(report_pdf(bare), tmp_path)
    assert "Nothing in this period." in page
    assert len(page_texts(report_pdf(replace(bare, tables=())), tmp_path)) == 1


def test_a_report_stopped_from_outside_stops() -> None:
    class StopError(Exception):
        pass

    def stop(done: int, _pages: int) -> None:
        if done == 2:
            raise StopError

    with pytest.raises(StopError):
        report_pdf(samples.long(300), stop)


def test_figures_are_never_cut(tmp_path: Path) -> None:
    columns = (
        ReportColumn("Name", share=1),
        *(ReportColumn(f"Column {n}", "amount") for n in range(14)),
    )
    biggest = -9_999_999_999
    report = report_of(
        samples.HEAD,
        NASTY,
        NASTY,
        (ReportTable(NASTY, columns, (ReportRow((NASTY, *[biggest] * 14)),)),),
    )
    words = words_of(report_pdf(replace(report, stand_name=NASTY, period=NASTY)), tmp_path)
    assert [word[4] for word in words].count("-9.999.999.999") == 14
    assert max(word[2] for word in words) <= 841.89 - 39
    assert min(word[0] for word in words) >= 39


def test_hostile_texts_on_the_strip() -> None:
    report = seller_report(
        replace(samples.HEAD, stand_name=NASTY, period=NASTY, staff=NASTY, sample=True),
        "seller",
        (replace(samples.figures(1)[0], name=NASTY, code=NASTY),),
    )
    for columns in COLUMNS:
        for part in layout(report, columns):
            if isinstance(part, Text):
                assert len(part.line) * part.size <= columns
                assert part.line.isascii()


def test_a_sample_stand_says_so(tmp_path: Path) -> None:
    (page,) = page_texts(report_pdf(replace(samples.sellers(), sample=True)), tmp_path)
    assert "SAMPLE" in page


def test_cells_as_people_read_them() -> None:
    assert cell_text(None, "amount") == ""
    assert cell_text("2026-11-22", "date") == "22 Nov 2026"
    assert cell_text("", "date") == ""
    assert cell_text("Total", "date") == "Total"
    assert cell_text(-1_250_000, "amount") == "-1.250.000"
    assert cell_text(-1_250, "percent") == "-12,5 %"
    assert cell_text(5, "percent") == "0,05 %"
    assert cell_text("x", "text") == "x"


def test_short_amounts() -> None:
    shown = [short_amount(n) for n in (0, 999, 1_000, 1_250_000, -500_000, 2 * 10**9, 3 * 10**12)]
    assert shown == ["0", "999", "1 k", "1,3 m", "-500 k", "2 bn", "3 tn"]


@given(st.integers(-(10**13), 10**13), st.integers(-(10**13), 10**13))
def test_ticks_hold_all_values_and_zero(one: int, other: int) -> None:
    lowest, highest = min(one, other), max(one, other)
    grid = ticks(lowest, highest)
    assert 0 in grid
    assert grid[0] <= lowest or lowest > 0
    assert grid[-1] >= highest or highest < 0
    assert 2 <= len(grid) <= 7
    assert len({b - a for a, b in pairwise(grid)}) == 1


def chart(*series: tuple[int, ...], labels: int = 0) -> BarChart:
    count = labels or len(series[0])
    named = tuple(Series(f"Series {n}", values) for n, values in enumerate(series))
    return BarChart("Sales", tuple(f"{n:02d}" for n in range(count)), named)


@given(
    st.lists(st.integers(-(10**10), 10**10), min_size=1, max_size=60),
    st.floats(200, 900),
    st.floats(80, 300),
)
def test_bars_are_as_high_as_their_values(values: list[int], width: float, height: float) -> None:
    drawing = arrange(chart(tuple(values)), width, height, 7)
    shown = [value for value in values if value]
    assert len(drawing.bars) == len(shown)
    zero = next(line.y for line in drawing.lines if line.strong)
    scale = [bar.height / abs(value) for bar, value in zip(drawing.bars, shown, strict=True)]
    assert all(abs(one - scale[0]) <= 1e-6 * scale[0] + 1e-12 for one in scale)
    for bar, value in zip(drawing.bars, shown, strict=True):
        assert bar.x >= 0
        assert bar.x + bar.width <= width + 1e-6
        assert bar.y >= -1e-6
        assert bar.y + bar.height <= height + 1e-6
        assert abs((bar.y + bar.height if value > 0 else bar.y) - zero) < 1e-6
    assert all(0 <= word.y <= height for word in drawing.words)


def test_labels_below_the_bars_do_not_touch() -> None:
    drawing = arrange(chart(tuple(range(1, 366))), 500, 150, 7)
    below = [word for word in drawing.words if word.align == "center"]
    assert 10 < len(below) < 50
    assert len(drawing.bars) == 365
    long = BarChart("x", tuple("Rumah Kain Lembayung" for _n in range(12)), chart((1,)).series)
    cut = [word.text for word in arrange(long, 500, 150, 7).words if word.align == "center"]
    assert all(len(word) <= 12 for word in cut)


def test_two_series_stand_side_by_side_with_a_legend() -> None:
    both = chart((5, 6), (7, 8))
    drawing = arrange(both, 400, 150, 7)
    marks = legend_marks(drawing, both, 7)
    assert [mark.series for mark in marks] == [0, 1]
    assert {"Series 0", "Series 1"} <= {word.text for word in drawing.words}
    first, second = drawing.bars[0], drawing.bars[2]
    assert first.x + first.width <= second.x + 1e-6
    assert legend_marks(arrange(chart((1,)), 400, 150, 7), chart((1,)), 7) == ()


def test_a_chart_of_nothing_is_left_out(tmp_path: Path) -> None:
    assert chart((0, 0)).is_empty
    assert BarChart("x", (), ()).is_empty
    assert arrange(BarChart("x", (), ()), 400, 150, 7).bars == ()
    assert not chart((0, 1)).is_empty
    empty = replace(samples.day().tables[0], chart=chart((0, 0)))
    shown = page_texts(report_pdf(replace(samples.day(), tables=(empty,))), tmp_path)[0]
    assert "Sales" not in shown


def test_a_heading_does_not_end_a_page(tmp_path: Path) -> None:
    """Whatever stands above, a group's heading is followed by a row of it on the same page."""
    columns = (ReportColumn("What", share=1), ReportColumn("Amount", "amount"))
    for above in range(30, 45):
        rows = (
            *(ReportRow((f"row {n}", n)) for n in range(above)),
            ReportRow(("HEADING", None), "group"),
            ReportRow(("belonging", 1)),
        )
        report: Report = report_of(samples.HEAD, "x", "", (ReportTable("", columns, rows),))
        pages = page_texts(report_pdf(report), tmp_path)
        assert any("HEADING" in page and "belonging" in page for page in pages), above


def test_a_short_table_is_not_torn_apart_at_the_end_of_a_page(tmp_path: Path) -> None:
    """Wherever it would begin; a long one goes on on the next page, with its titles again."""
    columns = (ReportColumn("What", share=1), ReportColumn("Amount", "amount"))
    short = ReportTable(
        title="Ways to pay",
        columns=columns,
        rows=tuple(ReportRow((f"way-{n}", n)) for n in range(4)),
        totals=("all-ways", 10),
    )
    began = set()
    for before in range(22, 40):
        long = ReportTable("", columns, tuple(ReportRow((f"row-{n}", n)) for n in range(before)))
        report = report_of(samples.HEAD, "x", "", (long, short))
        pages = page_texts(report_pdf(report), tmp_path)
        holding = [number for number, text in enumerate(pages) if "way-" in text]
        assert len(holding) == 1, before
        assert all(word in pages[holding[0]] for word in ("Ways to pay", "way-0", "all-ways"))
        began.add(holding[0])
    assert began == {0, 1}


def test_a_report_without_staff_or_hash_on_the_strip() -> None:
    bare = render_text(layout(replace(samples.sellers(), staff="", footer_hash=""), 32), 32)
    assert "Served by" not in bare
    assert "0123456789abcdef" not in bare
