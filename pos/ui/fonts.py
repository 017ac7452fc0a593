"""Type: Plus Jakarta Sans from its package, in a few named sizes, figures of equal width.

The font is one variable file. Qt picks no weight from it by `setWeight` (it fakes a bold), so the
weight goes in as the font's own axis; a style sheet must never set a font.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontDatabase

_PACKAGE: Final = "fontpkg_plus_jakarta_sans"
_FILE: Final = "files/PlusJakartaSans[wght].ttf"

# role: (pixels, weight from 200 to 800)
_ROLES: Final[dict[str, tuple[int, int]]] = {
    "tiny": (11, 600),
    "small": (12, 500),
    "small-strong": (12, 700),
    "label": (13, 600),
    "body": (14, 500),
    "body-strong": (14, 700),
    "item": (14, 600),
    "price": (15, 700),
    "title": (15, 700),
    "field": (16, 500),
    "lead": (18, 600),
    "heading": (22, 700),
    "button-big": (20, 700),
    "amount": (26, 800),
    "figure": (44, 800),
    "huge": (64, 800),
}


def package_file(package: str, file: str) -> Path:
    """A data file of an installed package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"{package} is not installed")
    return Path(spec.submodule_search_locations[0]) / file


@cache
def family() -> str:
    """The name of the typeface, registered with Qt on first use."""
    number = QFontDatabase.addApplicationFont(str(package_file(_PACKAGE, _FILE)))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise RuntimeError("the font file can't be read")
    return families[0]


@cache
def font(role: str = "body") -> QFont:
    """The font of a role; KeyError for an unknown one. Do not change it: it is shared."""
    pixels, weight = _ROLES[role]
    return make_font(pixels, weight)


def make_font(pixels: int, weight: int = 500) -> QFont:
    """A font of any size, where the roles do not reach."""
    made = QFont(family())
    made.setPixelSize(pixels)
    made.setVariableAxis(QFont.Tag("wght"), weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if pixels >= _ROLES["amount"][0]:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 97)
    return made


def install() -> None:
    """Make the body font the application's; call once after the application is made."""
    app = QCoreApplication.instance()
    if app is not None:
        app.setProperty("titipFont", family())
    from PySide6.QtWidgets import QApplication

    QApplication.setFont(font("body"))
