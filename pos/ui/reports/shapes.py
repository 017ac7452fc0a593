"""Where the parts of a report stand on the screen: titles, charts, heads, rows, notes.

A table of any length is one block, since its rows are equally high; only what is in view is drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtGui import QFontMetrics

from pos.i18n import _
from pos.receipts.report import Report, ReportColumn, ReportTable, cell_text
from pos.ui.fonts import font

ROW: Final = 34
HEAD: Final = 40
TITLE: Final = 46
CHART: Final = 236
NOTE: Final = 22
GAP: Final = 18
PAD: Final = 10
_SHARED: Final = 150
_WIDEST: Final = 190
_LINES: Final = 2

Part = Literal["title", "chart", "head", "rows", "sentence", "gap"]


@dataclass(frozen=True)
class Block:
    """A part at a height; `text` is a title, a sentence or a line of a note."""

    part: Part
    top: int
    height: int
    table: ReportTable
    places: tuple[tuple[int, int], ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Shape:
    """All blocks from top to bottom. `small`: letters one size down, so that more fits."""

    blocks: tuple[Block, ...]
    width: int
    height: int
    small: bool


def shape_of(report: Report, width: int) -> Shape:
    """The report in a width; wider than that where its figures need it."""
    small = False
    needed = [natural_widths(table, "body") for table in report.tables]
    if max(map(sum, needed), default=0) > width:
        small = True
        needed = [natural_widths(table, "small") for table in report.tables]
    wide = max(width, *map(sum, needed), 0)
    blocks: list[Block] = []
    top = 0
    for table, widths in zip(report.tables, needed, strict=True):
        for part, height, text in _parts(table, wide):
            places = _places(table.columns, widths, wide) if part in {"head", "rows"} else ()
            blocks.append(Block(part, top, height, table, places, text))
            top += height
    return Shape(tuple(blocks), wide, top, small)


def _parts(table: ReportTable, width: int) -> list[tuple[Part, int, str]]:
    parts: list[tuple[Part, int, str]] = []
    if table.title:
        parts.append(("title", TITLE, table.title))
    if table.chart is not None and not table.chart.is_empty:
        parts.append(("chart", CHART, ""))
    if table.rows:
        parts.append(("head", HEAD, ""))
        parts.append(("rows", ROW * len(table.all_rows), ""))
    else:
        parts.append(("sentence", NOTE + 8, table.empty or _("Nothing in this period.")))
    for note in table.notes:
        parts += [("sentence", NOTE, line) for line in wrapped(note, width)]
    return [*parts, ("gap", GAP, "")]


def natural_widths(table: ReportTable, role: str) -> list[int]:
    """How wide each column wants to be; of figures the longest is the widest."""
    metrics, heads = QFontMetrics(font(f"{role}-strong")), QFontMetrics(font("small-strong"))
    return [
        _natural(table, index, column, metrics, heads) for index, column in enumerate(table.columns)
    ]


def _natural(
    table: ReportTable,
    index: int,
    column: ReportColumn,
    metrics: QFontMetrics,
    heads: QFontMetrics,
) -> int:
    title = max((heads.horizontalAdvance(line) for line in title_lines(column.title)), default=0)
    cells = [row.cells[index] for row in table.all_rows]
    figures = [cell for cell in cells if isinstance(cell, int)]
    texts = {cell for cell in cells if isinstance(cell, str)}
    shown = (
        {cell_text(cell, column.kind) for cell in (min(figures), max(figures))}
        if figures
        else set()
    )
    shown |= {cell_text(cell, column.kind) for cell in _longest(texts)}
    widest = max((metrics.horizontalAdvance(text) for text in shown), default=0)
    if not column.is_figure:
        widest = min(widest, _SHARED if column.share else _WIDEST)
    return max(title, widest) + 2 * PAD + 2


def _longest(texts: set[str]) -> list[str]:
    return sorted(texts, key=len)[-8:]


def _places(
    columns: Sequence[ReportColumn], widths: Sequence[int], wide: int
) -> tuple[tuple[int, int], ...]:
    """(left, width) of each column; what is free goes to those with a share, else to all."""
    shares = [column.share for column in columns]
    if not any(shares):
        shares = [1.0] * len(columns)
    free, whole = wide - sum(widths), sum(shares)
    places, left = [], 0
    for width, share in zip(widths, shares, strict=True):
        place = width + int(free * share / whole)
        places.append((left, place))
        left += place
    return tuple(places)


def title_lines(title: str) -> list[str]:
    """A column's title on two lines where it has more than one word."""
    words = title.split()
    if len(words) < _LINES:
        return words
    half = min(
        range(1, len(words)),
        key=lambda n: max(len(" ".join(words[:n])), len(" ".join(words[n:]))),
    )
    return [" ".join(words[:half]), " ".join(words[half:])]


def wrapped(text: str, width: int) -> list[str]:
    """A note in lines that fit."""
    metrics = QFontMetrics(font("small"))
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width - 2 * PAD:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
