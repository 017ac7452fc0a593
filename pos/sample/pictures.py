"""Small pictures for the sample's goods: patterns as on cloth, weaving and batik, two colours each.

A pattern is drawn as a mask at twice the size, halved for smooth edges, and coloured through a
palette that runs from the ground to the ink; such a file has a few kilobytes.
"""

import hashlib
import io
import math
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

SIZE = (480, 300)
_SCALE = 2
_SHADES = 24
"""Steps from ground to ink; enough for edges, few enough for a small file."""
_INK, _HALF = 255, 120

Draw = ImageDraw.ImageDraw
Colours = tuple[str, str]
"""Ground and ink."""

COLOURWAYS: dict[str, Colours] = {
    "tan": ("#dab38b", "#8a5a2b"),
    "teal": ("#9fc4c9", "#1f5f6b"),
    "rose": ("#e3c8d4", "#8e3460"),
    "grass": ("#c9d7a6", "#56702a"),
    "violet": ("#c5c1e6", "#4b4397"),
    "ochre": ("#f1d09f", "#b9611c"),
    "mint": ("#b7d8c1", "#297a4b"),
    "brick": ("#e9b7a7", "#9f3a23"),
    "sky": ("#bdd3ea", "#2c5b93"),
    "sogan": ("#ead9b8", "#5f3d20"),
    "indigo": ("#d5d9e8", "#2b3a6b"),
    "plum": ("#dcc3e0", "#6b2f73"),
    "stone": ("#dcd7cd", "#5d5a52"),
    "sun": ("#f6e0a0", "#97700d"),
}


class Frame(NamedTuple):
    """What a pattern draws into: size and cell in (doubled) pixels."""

    draw: Draw
    width: int
    height: int
    cell: int

    def grid(self, step_x: float, step_y: float) -> list[tuple[int, int, float, float]]:
        """(column, row, x, y) of every cell that can touch the picture."""
        columns = range(-1, math.ceil(self.width / step_x) + 1)
        rows = range(-1, math.ceil(self.height / step_y) + 1)
        return [(c, r, c * step_x, r * step_y) for r in rows for c in columns]

    def stroke(self, share: float) -> int:
        """A line's width as a share of the cell."""
        return max(1, round(self.cell * share))


def _circles(f: Frame) -> None:
    for _c, _r, left, top in f.grid(f.cell, f.cell):
        x, y = left + f.cell / 2, top + f.cell * 0.75
        _disc(f, x, y, f.cell * 0.34, _INK)
        _disc(f, x, y, f.cell * 0.25, 0)
        _disc(f, x, y, f.cell * 0.1, _INK)


def _diamonds(f: Frame) -> None:
    reach = f.width + f.height
    for k in range(-reach // f.cell - 1, reach // f.cell + 2):
        at = k * f.cell
        f.draw.line([(at, 0), (at + f.height, f.height)], _INK, f.stroke(0.07))
        f.draw.line([(at, 0), (at - f.height, f.height)], _INK, f.stroke(0.07))
    for column, row, x, y in f.grid(f.cell / 2, f.cell / 2):
        if (column + row) % 2:
            _diamond(f, x, y, f.cell * 0.17, f.cell * 0.17, _INK)


def _scales(f: Frame) -> None:
    """Each row of arches covers the feet of the row above it."""
    for _column, row, left, top in f.grid(f.cell, f.cell * 0.5):
        x, y = left + (f.cell / 2 if row % 2 else 0), top + f.cell * 0.5
        _disc(f, x, y, f.cell * 0.5, 0)
        for radius in (0.5, 0.29):
            _arch(f, x, y, f.cell * radius, f.stroke(0.09))


def _checks(f: Frame) -> None:
    for k in range(f.width // f.cell * 2 + 2):
        x = k * f.cell / 2
        f.draw.line([(x, 0), (x, f.height)], _INK, f.stroke(0.055))
    for k in range(f.height // f.cell * 2 + 2):
        y = (k + 0.3) * f.cell / 2
        f.draw.line([(0, y), (f.width, y)], _INK, f.stroke(0.14))


def _stripes(f: Frame) -> None:
    bands: tuple[tuple[float, float, int], ...] = (
        (0.06, 0.12, _INK),
        (0.24, 0.03, _INK),
        (0.36, 0.28, _HALF),
        (0.47, 0.06, _INK),
    )
    bands += ((0.73, 0.03, _INK), (0.82, 0.09, _INK))
    for k in range(-1, f.width // f.cell + 2):
        for start, share, tone in bands:
            x = (k + start) * f.cell
            f.draw.rectangle([x, 0, x + share * f.cell, f.height], tone)


def _leaves(f: Frame) -> None:
    for column, row, left, top in f.grid(f.cell * 0.8, f.cell * 0.8):
        x, y = left + f.cell * 0.4, top + f.cell * 0.4
        angle = math.radians(45 if (column + row) % 2 else -45)
        _leaf(f, x, y, f.cell * 0.4, angle, _INK)
        dx, dy = math.cos(angle) * f.cell * 0.3, math.sin(angle) * f.cell * 0.3
        f.draw.line([(x - dx, y - dy), (x + dx, y + dy)], 0, f.stroke(0.035))


def _kawung(f: Frame) -> None:
    """Four petals around a dot, as in the old court pattern."""
    for _c, _r, x, y in f.grid(f.cell, f.cell):
        for turn in range(4):
            angle = math.radians(45 + 90 * turn)
            cx, cy = x + math.cos(angle) * f.cell * 0.35, y + math.sin(angle) * f.cell * 0.35
            _leaf(f, cx, cy, f.cell * 0.29, angle, _INK, fat=0.58)
            _leaf(f, cx, cy, f.cell * 0.16, angle, 0, fat=0.4)
        _disc(f, x, y, f.cell * 0.07, _INK)
        _disc(f, x + f.cell / 2, y + f.cell / 2, f.cell * 0.06, _HALF)


def _parang(f: Frame) -> None:
    """Slanting rows of blades between lines."""
    step = f.cell * 0.7
    for k in range(-math.ceil(f.height / step) - 1, math.ceil(f.width / step) + 1):
        at = k * step
        f.draw.line([(at, f.height), (at + f.height, 0)], _INK, f.stroke(0.045))
        middle = at + step / 2
        for n in range(math.ceil(f.height / (f.cell * 0.34)) + 1):
            y = n * f.cell * 0.34
            _leaf(f, middle + f.height - y, y, f.cell * 0.24, math.radians(12), _INK, fat=0.5)


def _basket(f: Frame) -> None:
    for column, row, x, y in f.grid(f.cell / 2, f.cell / 2):
        gap, third = f.cell * 0.02, f.cell / 6
        for strip in range(3):
            tone = _HALF if strip == 1 else _INK
            if (column + row) % 2:
                box = (x + gap, y + strip * third + gap, x + f.cell / 2 - gap)
                f.draw.rectangle([*box, y + (strip + 1) * third - gap], tone)
            else:
                left = x + strip * third + gap
                box = (left, y + gap, x + (strip + 1) * third - gap)
                f.draw.rectangle([*box, y + f.cell / 2 - gap], tone)


def _zigzag(f: Frame) -> None:
    for row in range(-1, f.height * 2 // f.cell + 2):
        y = row * f.cell / 2
        points = [
            (k * f.cell / 4, y + (f.cell * 0.25 if k % 2 else 0))
            for k in range(-1, f.width * 4 // f.cell + 3)
        ]
        wide = row % 2 == 0
        f.draw.line(points, _INK if wide else _HALF, f.stroke(0.11 if wide else 0.05), "curve")


def _flowers(f: Frame) -> None:
    for _column, row, left, top in f.grid(f.cell, f.cell * 0.75):
        x, y = left + (f.cell / 2 if row % 2 else 0), top + f.cell * 0.4
        for turn in range(6):
            angle = math.radians(60 * turn + 30)
            reach = f.cell * 0.2
            petal = (x + math.cos(angle) * reach, y + math.sin(angle) * reach)
            _leaf(f, *petal, f.cell * 0.15, angle, _INK, fat=0.62)
        _disc(f, x, y, f.cell * 0.055, _HALF)
        _disc(f, x + f.cell / 2, y, f.cell * 0.035, _INK)


def _tumpal(f: Frame) -> None:
    """Rows of tall triangles, one inside the other."""
    for column, row, x, y in f.grid(f.cell / 2, f.cell * 0.8):
        foot = y + f.cell * 0.72
        for share, tone in ((1.0, _INK), (0.62, 0), (0.36, _INK)):
            half, tall = f.cell * 0.23 * share, f.cell * 0.66 * share
            f.draw.polygon([(x - half, foot), (x, foot - tall), (x + half, foot)], tone)
        if column % 2 == 0 and row >= -1:
            f.draw.line([(x - f.cell, foot), (x + f.cell, foot)], _INK, f.stroke(0.04))


PATTERNS: dict[str, Callable[[Frame], None]] = {
    "circles": _circles,
    "diamonds": _diamonds,
    "scales": _scales,
    "checks": _checks,
    "stripes": _stripes,
    "leaves": _leaves,
    "kawung": _kawung,
    "parang": _parang,
    "basket": _basket,
    "zigzag": _zigzag,
    "flowers": _flowers,
    "tumpal": _tumpal,
}


def picture(pattern: str, colourway: str, cell: int = 120) -> bytes:
    """A PNG of a pattern; `cell` is the width in pixels of what repeats."""
    width, height = SIZE[0] * _SCALE, SIZE[1] * _SCALE
    mask = Image.new("L", (width, height), 0)
    PATTERNS[pattern](Frame(ImageDraw.Draw(mask), width, height, cell * _SCALE))
    small = mask.reduce(_SCALE)
    steps = [round(tone * (_SHADES - 1) / 255) for tone in range(256)]
    coloured = small.point(steps)
    coloured.putpalette(_ramp(*COLOURWAYS[colourway]))
    out = io.BytesIO()
    coloured.save(out, "PNG", optimize=True)
    return out.getvalue()


def keep_picture(folder: Path, png: bytes) -> str:
    """Store a picture under its name, the SHA-256 of the file, which is returned."""
    name = hashlib.sha256(png).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.png").write_bytes(png)
    return name


def _ramp(ground: str, ink: str) -> list[int]:
    ends = [[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in (ground, ink)]
    last = _SHADES - 1
    return [
        (low * (last - step) + high * step) // last
        for step in range(_SHADES)
        for low, high in zip(*ends, strict=True)
    ]


def _disc(f: Frame, x: float, y: float, radius: float, tone: int) -> None:
    f.draw.ellipse([x - radius, y - radius, x + radius, y + radius], tone)


def _diamond(f: Frame, x: float, y: float, half_x: float, half_y: float, tone: int) -> None:
    f.draw.polygon([(x - half_x, y), (x, y - half_y), (x + half_x, y), (x, y + half_y)], tone)


def _arch(f: Frame, x: float, y: float, radius: float, width: int) -> None:
    """The upper half of a ring."""
    f.draw.arc([x - radius, y - radius, x + radius, y + radius], 180, 360, _INK, width)


def _leaf(  # noqa: PLR0917 (a shape has that many measures)
    f: Frame, x: float, y: float, half: float, angle: float, tone: int, fat: float = 0.45
) -> None:
    """A pointed oval of length 2 * half, turned by `angle` (radians); `fat` is width by length."""
    cos, sin = math.cos(angle), math.sin(angle)
    outline = []
    for side in (1, -1):
        for step in range(-8, 9):
            along = side * step / 8
            across = side * fat * math.cos(math.pi / 2 * along)
            outline.append(
                (
                    x + half * (along * cos - across * sin),
                    y + half * (along * sin + across * cos),
                )
            )
    f.draw.polygon(outline, tone)
