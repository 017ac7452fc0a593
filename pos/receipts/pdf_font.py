"""Plus Jakarta Sans for PDFs: embedded from its package, figures of equal width, texts measured.

reportlab shows a variable font at its default weight, which is Regular here; bold is drawn with a
thin outline (`pdf_pen`). It knows no OpenType features, so the figures of equal width ("tnum"),
without which columns of amounts dance, are put in the place of the ordinary ones here.
"""

import struct
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pos.receipts.safe import pdf_text

NAME = "PlusJakartaSans"
_PACKAGE = "fontpkg_plus_jakarta_sans"
_FILE = "files/PlusJakartaSans[wght].ttf"
_ELLIPSIS = "…"
_SPACE = 235.0
"""The font's own space (170) is made for headlines; at 8 points the words would run together."""
_MOST_MEASURED = 20_000
"""Texts that are remembered, clean and measured: each is asked for when a table is laid out, and to
draw it; names, days and amounts come again and again."""


class PdfFont:
    """The font as reportlab has it, and how wide its letters are (in thousandths of the size)."""

    def __init__(self, registered: Any) -> None:
        self.registered = registered
        self._widths: dict[int, float] = dict(registered.face.charWidths)
        self._default: float = registered.face.defaultWidth
        self._ascii = [self._widths.get(code, self._default) for code in range(128)]
        self._shown: dict[str, str] = {}
        self._measured: dict[str, float] = {}
        self._cleaned: dict[str, str] = {}

    def clean(self, text: str) -> str:
        """The text reduced to what the font shows: a letter without likeness becomes "?"."""
        known = self._cleaned.get(text)
        if known is None:
            if len(self._cleaned) >= _MOST_MEASURED:
                self._cleaned.clear()
            known = self._cleaned[text] = self._clean(text)
        return known

    def _clean(self, text: str) -> str:
        safe = pdf_text(text)
        if safe.isascii():
            return safe
        shown = "".join(self._shown.get(char) or self._reduce(char) for char in safe)
        return " ".join(shown.split())

    def _reduce(self, char: str) -> str:
        shown = char
        if ord(char) not in self._widths:
            plain = [part for part in unicodedata.normalize("NFKD", char) if self._has(part)]
            shown = "".join(plain) or ("?" if char.isalnum() else " ")
        self._shown[char] = shown
        return shown

    def _has(self, char: str) -> bool:
        return ord(char) in self._widths and not unicodedata.combining(char)

    def width(self, text: str, size: float) -> float:
        """How wide a clean text is, in points."""
        wide = self._measured.get(text)
        if wide is None:
            if text.isascii():
                wide = sum(map(self._ascii.__getitem__, text.encode("ascii")))
            else:
                widths, default = self._widths, self._default
                wide = sum([widths.get(code, default) for code in map(ord, text)])
            if len(self._measured) >= _MOST_MEASURED:
                self._measured.clear()
            self._measured[text] = wide
        return wide * size / 1000

    def elide(self, text: str, size: float, width: float) -> str:
        """The clean text cut to `width` points, ending in an ellipsis where something is missing."""
        if self.width(text, size) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.width(text[:middle].rstrip() + _ELLIPSIS, size) <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + _ELLIPSIS

    def wrap(self, text: str, size: float, width: float, most: int = 3) -> tuple[str, ...]:
        """The clean text in at most `most` lines of `width` points; the last one is elided."""
        if self.width(text, size) <= width:
            return (text,) if text else ()
        lines: list[str] = []
        words = text.split()
        while words and len(lines) < most - 1:
            line = words.pop(0)
            while words and self.width(f"{line} {words[0]}", size) <= width:
                line = f"{line} {words.pop(0)}"
            if len(line) > 1 and self.width(line, size) > width:
                fitting = self._fitting(line, size, width)
                words.insert(0, line[fitting:])
                line = line[:fitting]
            lines.append(line)
        if words:
            lines.append(self.elide(" ".join(words), size, width))
        return tuple(lines)

    def _fitting(self, word: str, size: float, width: float) -> int:
        """How many letters of a word fit, at least one."""
        for count in range(2, len(word)):
            if self.width(word[:count], size) > width:
                return count - 1
        return max(1, len(word) - 1)


def font_file() -> Path:
    """The font's file in its package."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(_PACKAGE)
    return Path(spec.submodule_search_locations[0]) / _FILE


@cache
def pdf_font() -> PdfFont:
    """The font, read once a process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    path = font_file()
    font = TTFont(NAME, str(path), asciiReadable=1)
    _set_tabular_figures(font.face, path.read_bytes())
    font.face.charWidths[ord(" ")] = _SPACE
    pdfmetrics.registerFont(font)
    return PdfFont(font)


def _set_tabular_figures(face: Any, raw: bytes) -> None:
    """Let "0" to "9" mean the glyphs that the font's feature "tnum" names, with their widths."""
    tables = _tables(raw)
    tabular = _tnum(raw, tables)
    metrics = int(struct.unpack_from(">H", raw, tables["hhea"] + 34)[0])
    for code in range(ord("0"), ord("9") + 1):
        plain = face.charToGlyph[code]
        glyph = tabular.get(plain, plain)
        at = tables["hmtx"] + 4 * min(glyph, metrics - 1)
        face.charToGlyph[code] = glyph
        face.charWidths[code] = struct.unpack_from(">H", raw, at)[0] * 1000 / face.unitsPerEm


def _tables(raw: bytes) -> dict[str, int]:
    """Where each table of the font file begins."""
    count = struct.unpack_from(">H", raw, 4)[0]
    records = (struct.unpack_from(">4sIII", raw, 12 + 16 * n) for n in range(count))
    return {tag.decode("latin-1"): offset for tag, _sum, offset, _length in records}


def _tnum(raw: bytes, tables: dict[str, int]) -> dict[int, int]:
    """Glyph to tabular glyph, from the single substitutions of the GSUB feature "tnum"."""
    gsub = tables["GSUB"]
    features, lookups = (gsub + at for at in struct.unpack_from(">HH", raw, gsub + 6))
    out: dict[int, int] = {}
    for n in range(struct.unpack_from(">H", raw, features)[0]):
        tag, offset = struct.unpack_from(">4sH", raw, features + 2 + 6 * n)
        if tag == b"tnum":
            for index in _numbers(raw, features + offset + 2):
                lookup = lookups + struct.unpack_from(">H", raw, lookups + 2 + 2 * index)[0]
                out |= _single_substitution(raw, lookup)
    return out


def _numbers(raw: bytes, at: int) -> tuple[int, ...]:
    """A count, then so many 16-bit numbers."""
    count = struct.unpack_from(">H", raw, at)[0]
    return struct.unpack_from(f">{count}H", raw, at + 2)


def _single_substitution(raw: bytes, lookup: int) -> dict[int, int]:
    kind = struct.unpack_from(">H", raw, lookup)[0]
    out: dict[int, int] = {}
    for offset in _numbers(raw, lookup + 4):
        at, own = lookup + offset, kind
        if own == 7:  # an extension: the real subtable stands elsewhere
            own, far = struct.unpack_from(">HI", raw, at + 2)
            at += far
        if own != 1:
            continue
        form, coverage = struct.unpack_from(">HH", raw, at)
        glyphs = _coverage(raw, at + coverage)
        if form == 1:
            delta = struct.unpack_from(">h", raw, at + 4)[0]
            out |= {glyph: (glyph + delta) & 0xFFFF for glyph in glyphs}
        else:
            out |= dict(zip(glyphs, _numbers(raw, at + 4), strict=True))
    return out


def _coverage(raw: bytes, at: int) -> list[int]:
    if struct.unpack_from(">H", raw, at)[0] == 1:
        return list(_numbers(raw, at + 2))
    out: list[int] = []
    for n in range(struct.unpack_from(">H", raw, at + 2)[0]):
        first, last, _start = struct.unpack_from(">HHH", raw, at + 4 + 6 * n)
        out += range(first, last + 1)
    return out
