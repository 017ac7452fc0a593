"""Bar charts: what they show, and where each bar, line and word of the drawing stands.

The drawing is plain data in the caller's units (y grows downwards), so that paper and screen show
the same chart: each only has to draw rectangles, lines and words.
"""

from dataclasses import dataclass
from typing import Literal

import msgspec

from pos.i18n import _
from pos.money import div_round, thousands

LETTER = 0.56
"""How wide a letter is at most on average, as a part of its size; used to leave room for words."""


class Series(msgspec.Struct, frozen=True):
    """Values of one kind, one a label; whole rupiah or pieces."""

    name: str
    values: tuple[int, ...]


class BarChart(msgspec.Struct, frozen=True):
    """Upright bars over `labels`, those of several series side by side."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Literal["rupiah", "pieces"] = "rupiah"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.labels or not any(any(one.values) for one in self.series)


@dataclass(frozen=True)
class Bar:
    """A filled rectangle; `series` chooses its colour."""

    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True)
class GridLine:
    """A level line; `strong` is the zero line."""

    x: float
    y: float
    to_x: float
    strong: bool


@dataclass(frozen=True)
class Word:
    """A word on its baseline."""

    x: float
    y: float
    text: str
    align: Literal["left", "center", "right"]


@dataclass(frozen=True)
class Drawing:
    """All of a chart, in the order in which to draw it."""

    lines: tuple[GridLine, ...]
    bars: tuple[Bar, ...]
    words: tuple[Word, ...]


def short_amount(value: int) -> str:
    """1250000 -> "1,3 jt": two figures are enough beside a grid line; in the language in force."""
    scales = (
        (1_000_000_000_000, _("{number} tn")),
        (1_000_000_000, _("{number} bn")),
        (1_000_000, _("{number} m")),
        (1_000, _("{number} k")),
    )
    for scale, words in scales:
        if abs(value) >= scale:
            tenths = div_round(abs(value) * 10, scale)
            whole, rest = divmod(tenths, 10)
            shown = f"{thousands(whole)},{rest}" if rest else thousands(whole)
            return words.format(number=f"-{shown}" if value < 0 else shown)
    return str(value)


def ticks(lowest: int, highest: int, most: int = 5) -> tuple[int, ...]:
    """Round values from at most `lowest` to at least `highest`, zero among them, evenly apart."""
    lowest, highest = min(0, lowest), max(0, highest)
    power = 1
    while True:
        for digit in (1, 2, 5):
            step = digit * power
            first, last = lowest // step, -(-highest // step)
            if last - first <= most:
                last = max(last, first + 1)
                return tuple(step * n for n in range(first, last + 1))
        power *= 10


def arrange(chart: BarChart, width: float, height: float, size: float) -> Drawing:
    """The chart in `width` x `height`, its words `size` high. An empty chart is its grid alone."""
    values = [value for one in chart.series for value in one.values] or [0]
    grid = ticks(min(values), max(values))
    shown = [short_amount(tick) for tick in grid]
    left = max(map(len, shown)) * size * LETTER + size
    top = size * (2.2 if len(chart.series) > 1 else 0.8)
    plot = _Plot(left, top, width - left, max(height - top - 1.8 * size, size), grid[0], grid[-1])
    words = [
        Word(left - size * 0.5, plot.y(tick) + size * 0.35, text, "right")
        for tick, text in zip(grid, shown, strict=True)
    ]
    lines = tuple(GridLine(left, plot.y(tick), width, tick == 0) for tick in grid)
    words += _labels(chart, plot, size)
    words += _legend(chart, left, size)
    return Drawing(lines, _bars(chart, plot), tuple(words))


@dataclass(frozen=True)
class _Plot:
    left: float
    top: float
    width: float
    height: float
    lowest: int
    highest: int

    def y(self, value: int) -> float:
        return self.top + self.height * (self.highest - value) / (self.highest - self.lowest)


def _bars(chart: BarChart, plot: _Plot) -> tuple[Bar, ...]:
    if not chart.labels:
        return ()
    slot = plot.width / len(chart.labels)
    wide = min(slot * 0.72, plot.width * 0.09) / max(1, len(chart.series))
    bars = []
    for number, one in enumerate(chart.series):
        for index, value in enumerate(one.values[: len(chart.labels)]):
            if value:
                middle = plot.left + slot * (index + 0.5)
                x = middle + wide * (number - len(chart.series) / 2)
                y, zero = plot.y(value), plot.y(0)
                bars.append(Bar(x, min(y, zero), wide * 0.94, abs(zero - y), number))
    return tuple(bars)


def _labels(chart: BarChart, plot: _Plot, size: float) -> list[Word]:
    """Below the bars; where they would touch, every second, third ... only."""
    if not chart.labels:
        return []
    slot = plot.width / len(chart.labels)
    longest = max(map(len, chart.labels))
    if longest * size * LETTER > slot and longest > 12:
        longest = 12
    each = max(1, -int(-(longest + 1) * size * LETTER // slot))
    base = plot.top + plot.height + 1.5 * size
    return [
        Word(plot.left + slot * (index + 0.5), base, _cut(label, longest), "center")
        for index, label in enumerate(chart.labels)
        if index % each == 0
    ]


def _cut(label: str, longest: int) -> str:
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "…"


def _legend(chart: BarChart, left: float, size: float) -> list[Word]:
    """The names of two and more series, to be marked with a square of their colour on the left."""
    if len(chart.series) < 2:
        return []
    out, x = [], left + size * 1.4
    for one in chart.series:
        out.append(Word(x, size, one.name, "left"))
        x += (len(one.name) + 4) * size * LETTER
    return out


def legend_marks(drawing: Drawing, chart: BarChart, size: float) -> tuple[Bar, ...]:
    """The squares of colour beside the legend's words."""
    if len(chart.series) < 2:
        return ()
    names = drawing.words[-len(chart.series) :]
    side = size * 0.8
    return tuple(
        Bar(word.x - size * 1.2, word.y - side, side, side, number)
        for number, word in enumerate(names)
    )
