"""A paper as a picture: what the printer would show, dot for dot, for the screen.

The letters are the Courier that comes with reportlab, drawn in cells of 12 x 24 dots as a
printer's font A; wider paper with fewer columns gets wider cells.
"""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from pos.receipts.elements import Cut, Dots, Element, Feed, Image, Kick, Qr, Rule, Text
from pos.receipts.escpos import ImageFolder, PaperProfile
from pos.receipts.images import Bitmap, logo_bitmap, qr_bitmap

if TYPE_CHECKING:
    from PIL import Image as Pictures
    from PIL import ImageFont

LINE = 30
"""Dots from one line to the next, as ESC/POS printers have it by default."""

_MARGIN = 24
_BESIDE = 4
_PAPER, _INK, _TORN = 252, 24, 190


def render(
    elements: tuple[Element, ...], profile: PaperProfile, pictures: ImageFolder | None = None
) -> "Pictures.Image":
    """The paper as a grey picture, `profile.dots` wide plus a margin on each side."""
    from PIL import Image as Pictures

    parts = [_draw(element, profile, pictures) for element in elements]
    height = sum(part.height for part in parts) + 2 * _MARGIN
    paper = Pictures.new("L", (profile.dots + 2 * _MARGIN, height), _PAPER)
    at = _MARGIN
    for part in parts:
        paper.paste(part, (_MARGIN, at))
        at += part.height
    return paper


def render_png(
    elements: tuple[Element, ...], profile: PaperProfile, pictures: ImageFolder | None = None
) -> bytes:
    """As `render`, as the bytes of a PNG file."""
    from io import BytesIO

    file = BytesIO()
    render(elements, profile, pictures).save(file, "PNG")
    return file.getvalue()


def _draw(
    element: Element, profile: PaperProfile, pictures: ImageFolder | None
) -> "Pictures.Image":
    match element:
        case Text():
            return _text(element, profile)
        case Rule():
            return _text(Text("-" * profile.columns), profile)
        case Qr() | Dots():
            return _dots(_bitmap(element, profile), profile)
        case Image():
            return _picture(element, profile, pictures)
        case Feed(n):
            return _blank(profile, n * LINE)
        case Cut() | Kick():
            return _end(profile)
        case _:
            assert_never(element)


def _blank(profile: PaperProfile, height: int) -> "Pictures.Image":
    from PIL import Image as Pictures

    return Pictures.new("L", (profile.dots, height), _PAPER)


def _text(text: Text, profile: PaperProfile) -> "Pictures.Image":
    """Each letter in its cell, since a printer knows no other way."""
    cell = profile.dots // profile.columns
    row = _blank(profile, LINE * text.size)
    width = len(text.line) * cell * text.size
    spare = profile.dots - width
    left = {"left": 0, "center": spare // 2, "right": spare}[text.align] - _BESIDE
    for letter in text.line:
        if letter != " ":
            row.paste(_INK, (left, 0), _letter(letter, cell, text.size, bold=text.bold))
        left += cell * text.size
    return row


@lru_cache(maxsize=1_000)
def _letter(letter: str, cell: int, size: int, *, bold: bool) -> "Pictures.Image":
    """How dark each dot of a letter is, with room beside its cell; drawn once, set a thousand times."""
    from PIL import Image as Pictures
    from PIL import ImageDraw

    dots = Pictures.new("L", (cell * size + 2 * _BESIDE, LINE * size), 0)
    font = _font(cell * size, bold=bold)
    ImageDraw.Draw(dots).text((_BESIDE, 4 * size), letter, fill=255, font=font)
    return dots


@lru_cache(maxsize=8)
def _font(cell: int, *, bold: bool) -> "ImageFont.FreeTypeFont | ImageFont.ImageFont":
    """Courier at the size whose letters are `cell` dots wide; Pillow's own font without it."""
    from PIL import ImageFont

    size = round(cell / 0.6)
    spec = find_spec("reportlab")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "fonts" / ("cob_____.pfb" if bold else "com_____.pfb")
        if path.is_file():
            return ImageFont.truetype(str(path), size)
    return ImageFont.load_default(size)


def _bitmap(element: Qr | Dots, profile: PaperProfile) -> Bitmap:
    return element.bitmap if isinstance(element, Dots) else qr_bitmap(element.data, profile.dots)


def _dots(bitmap: Bitmap, profile: PaperProfile) -> "Pictures.Image":
    from PIL import Image as Pictures

    ink = Pictures.frombytes("1", (bitmap.width, len(bitmap.rows)), b"".join(bitmap.rows))
    row = _blank(profile, len(bitmap.rows))
    row.paste(_INK, (0, 0), ink)
    return row


def _picture(image: Image, profile: PaperProfile, pictures: ImageFolder | None) -> "Pictures.Image":
    path = pictures(image.name) if pictures and profile.prints_logo else None
    bitmap = logo_bitmap(path, profile.dots) if path else None
    texts = [_text(text, profile) for text in (image.caption if bitmap else image.fallback)]
    parts = [_dots(bitmap, profile), *texts] if bitmap else texts
    whole = _blank(profile, sum(part.height for part in parts))
    at = 0
    for part in parts:
        whole.paste(part, (0, at))
        at += part.height
    return whole


def _end(profile: PaperProfile) -> "Pictures.Image":
    """Where the paper ends: a row of short strokes, as a knife or a tear bar leaves it."""
    from PIL import ImageDraw

    row = _blank(profile, 2 * LINE)
    draw = ImageDraw.Draw(row)
    for left in range(0, profile.dots, 16):
        draw.line((left, LINE, left + 8, LINE), fill=_TORN, width=2)
    return row
