"""A label for the receipt printer: one bit a dot, 203 dots an inch, every module whole dots.

Words are set in the product's font without grey edges, so that thin strokes stay.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.qr import qr_matrix
from pos.receipts.barcode import code128
from pos.receipts.images import Bitmap
from pos.receipts.labels import ItemLabel

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

BAR_DOTS = 3
"""Dots a module of Code 128: 0.375 mm. Two (0.25 mm) run together when the paper is warm."""

_MOST_BAR_DOTS = 4
_QR_DOTS = (6, 4)
_BAR_HEIGHT = 88
_MARGIN = 8
_NAME, _PRICE, _CODE = 27, 46, 26


def label_bitmap(label: ItemLabel, dots: int) -> Bitmap:
    """The label across paper of `dots` (384 or 576), as high as it needs."""
    from PIL import Image, ImageDraw

    picture = Image.new("1", (dots, 320))
    draw = ImageDraw.Draw(picture)
    draw.fontmode = "1"
    height = _Drawing(draw, label, dots).draw()
    raw, stride = picture.tobytes(), (dots + 7) // 8
    return Bitmap(dots, tuple(raw[at : at + stride] for at in range(0, height * stride, stride)))


@lru_cache(maxsize=8)
def _font(size: int, weight: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    from pos.receipts.pdf_font import font_file

    font = ImageFont.truetype(str(font_file()), size)
    font.set_variation_by_axes([weight])
    return font


class _Drawing:
    def __init__(self, draw: "ImageDraw.ImageDraw", label: ItemLabel, dots: int) -> None:
        from pos.receipts.pdf_font import pdf_font

        self._draw, self._label, self._dots = draw, label, dots
        self._clean = pdf_font().clean
        self._y = 4

    def draw(self) -> int:
        """Draw the label; returns how many rows it takes."""
        widths = code128(self._label.code)
        module = self._dots // sum(widths) if widths else 0
        if module >= BAR_DOTS:
            self._words(_MARGIN)
            self._bars(widths, min(module, _MOST_BAR_DOTS))
            self._codes(_MARGIN)
            return self._y
        side = self._square()
        self._words(side or _MARGIN)
        self._y = max(self._y, side - _CODE - 4)
        self._codes(side or _MARGIN)
        return max(self._y, side)

    def _words(self, left: int) -> None:
        room = self._dots - left - _MARGIN
        name = _font(_NAME, 600)
        for line in self._wrapped(self._clean(self._label.name), name, room):
            self._draw.text((left, self._y), line, fill=1, font=name)
            self._y += _NAME + 5
        price, size = self._label.price_text, _PRICE
        if price:
            while size > 20 and _font(size, 800).getlength(price) > room:
                size -= 2
            self._draw.text((left, self._y - 2), price, fill=1, font=_font(size, 800))
            self._y += size + 18

    def _wrapped(self, text: str, font: "ImageFont.FreeTypeFont", room: int) -> list[str]:
        """At most two lines; what does not fit is cut and says so."""
        first, rest = self._cut(text, font, room)
        if not rest:
            return [first] if first else []
        second, more = self._cut(rest, font, room)
        if more:
            while second and font.getlength(f"{second}…") > room:
                second = second[:-1]
            second = f"{second.rstrip()}…"
        return [first, second]

    def _cut(self, text: str, font: "ImageFont.FreeTypeFont", room: int) -> tuple[str, str]:
        """The words that fit, and the rest; a word wider than the paper is broken."""
        if font.getlength(text) <= room:
            return text, ""
        count = len(text)
        while count > 1 and font.getlength(text[:count]) > room:
            count -= 1
        space = text.rfind(" ", 1, count + 1)
        if space > 0:
            return text[:space], text[space + 1 :]
        return text[:count], text[count:]

    def _bars(self, widths: tuple[int, ...], module: int) -> None:
        at = (self._dots - sum(widths) * module) // 2
        for index, width in enumerate(widths):
            if index % 2 == 0:
                right = at + width * module - 1
                self._draw.rectangle((at, self._y, right, self._y + _BAR_HEIGHT - 1), fill=1)
            at += width * module
        self._y += _BAR_HEIGHT + 4

    def _square(self) -> int:
        """Draw the QR code at the left, if the code has one; returns the room that it takes."""
        try:
            matrix = qr_matrix(self._label.code)
        except UserError:
            return 0
        size = len(matrix)
        module = next((dots for dots in _QR_DOTS if (size + 8) * dots <= self._dots // 2), 0)
        if not module:
            return 0
        quiet = 4 * module
        for row, modules in enumerate(matrix):
            for column, dark in enumerate(modules):
                if dark:
                    x, y = quiet + column * module, quiet + row * module
                    self._draw.rectangle((x, y, x + module - 1, y + module - 1), fill=1)
        return (size + 8) * module

    def _codes(self, left: int) -> None:
        font = _font(_CODE, 500)
        room = self._dots - left - _MARGIN
        code, rest = self._cut(self._clean(self._label.code), font, room)
        if rest:
            code = f"{code[:-2]}…"
        self._draw.text((left, self._y), code, fill=1, font=font)
        seller = self._clean(self._label.seller_code)[:12]
        wide = int(font.getlength(seller))
        if seller and font.getlength(code) + wide + 16 <= room:
            self._draw.text((self._dots - _MARGIN - wide, self._y), seller, fill=1, font=font)
        self._y += _CODE + 8


def as_picture(bitmap: Bitmap) -> "Image.Image":
    """The bitmap in grey, black on white, for the screen."""
    from PIL import Image, ImageOps

    ink = Image.frombytes("1", (bitmap.width, len(bitmap.rows)), b"".join(bitmap.rows))
    return ImageOps.invert(ink.convert("L"))
