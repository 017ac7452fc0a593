"""The sample stand's logo: three kawung flowers in a row, black on white."""

import io
from typing import Final

from PIL import Image, ImageDraw

_CELL: Final = 240
"""Pixels of one flower while it is drawn; a third of it in the end, with smooth edges."""
_FLOWERS: Final = 3


def logo_png() -> bytes:
    """The picture as a file's bytes."""
    drawn = Image.new("L", (_CELL * _FLOWERS, _CELL), 255)
    for flower in range(_FLOWERS):
        drawn.paste(_flower(), (flower * _CELL, 0))
    small = drawn.resize((drawn.width // 3, drawn.height // 3), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "PNG", optimize=True)
    return out.getvalue()


def _flower() -> Image.Image:
    """Four seeds around a point, each with a white kernel."""
    upright = Image.new("L", (_CELL, _CELL), 255)
    draw = ImageDraw.Draw(upright)
    middle, long, fat = _CELL // 2, _CELL * 22 // 100, _CELL * 13 // 100
    for side in (-1, 1):
        x = middle + side * (long + _CELL // 50)
        draw.ellipse([x - long, middle - fat, x + long, middle + fat], 0)
        draw.ellipse([x - long // 3, middle - fat // 4, x + long // 3, middle + fat // 4], 255)
    across = upright.rotate(90, fillcolor=255)
    both = Image.composite(upright, across, upright.point(lambda tone: 255 if tone < 128 else 0))
    return both.rotate(45, fillcolor=255, resample=Image.Resampling.BICUBIC)
