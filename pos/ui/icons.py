"""Icons: glyphs of the Phosphor set, painted by us.

The set travels in the package qtawesome; importing that takes 0.2 s, so only its font file and
its table of names are used. An icon is painted where it is needed: sharp at any scale, and in the
colours of the theme of the moment.
"""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter

from pos.ui.fonts import package_file

_PACKAGE: Final = "qtawesome"
_FONT: Final = "fonts/phosphor-1.3.0.ttf"
_NAMES: Final = "fonts/phosphor-charmap-1.3.0.json"


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_newest(_FONT)))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise RuntimeError("the icon font can't be read")
    return families[0]


@cache
def _names() -> dict[str, str]:
    table: dict[str, str] = json.loads(_newest(_NAMES).read_bytes())
    return table


def _newest(file: str) -> Path:
    """The file, or the one of another version that the installed package brings."""
    exact = package_file(_PACKAGE, file)
    if exact.exists():
        return exact
    stem, _, suffix = file.rpartition("-")
    folder = package_file(_PACKAGE, "")
    found = sorted(folder.glob(f"{stem}-*{suffix[suffix.rindex('.') :]}"))
    if not found:
        raise FileNotFoundError(exact)
    return found[-1]


@lru_cache(maxsize=64)
def _font(pixels: int) -> QFont:
    font = QFont(_family())
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def glyph(name: str) -> str:
    """The character of an icon; KeyError for an unknown name."""
    return chr(int(_names()[name], 16))


def paint(painter: QPainter, area: QRect | QRectF, name: str, colour: QColor) -> None:
    """Draw an icon into the middle of `area`, as large as its smaller side."""
    painter.save()
    painter.setFont(_font(round(min(area.width(), area.height()))))
    painter.setPen(colour)
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
    painter.drawText(QRectF(area), int(flags), glyph(name))
    painter.restore()
