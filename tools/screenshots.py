"""Draws the screens of the sample stand: every size, light and dark, both languages.

    python -m tools.screenshots [NAME ...]      all, or only shots whose name contains one of NAME

The whole matrix goes to build/screenshots; the few that the documents show go to docs/screenshots.
A shot is a function in a module `tools/shots_*.py` with the decorator `@shot("name")`: it gets a
`Stage` with the window signed in and puts it into the state to be drawn.
"""

import argparse
import importlib
import os
import pkgutil
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image

import tools
from pos.app import make_application
from pos.i18n import set_language
from pos.sample.make import make_sample
from pos.services.till import Till
from pos.ui import theme
from pos.ui.window import Window
from tools.stage import SHOTS, Stage, StillClock

ROOT: Final = Path(__file__).resolve().parent.parent
BUILD: Final = ROOT / "build" / "screenshots"
DOCS: Final = ROOT / "docs" / "screenshots"
SIZES: Final = ((1024, 768), (1366, 768), (1920, 1080))


@dataclass(frozen=True)
class Look:
    """One cell of the matrix."""

    width: int
    height: int
    dark: bool
    language: str

    @property
    def name(self) -> str:
        """As it stands in the file's name."""
        return f"{self.width}x{self.height}-{'dark' if self.dark else 'light'}-{self.language}"


@contextmanager
def _window(folder: Path, look: Look) -> Iterator[Window]:
    """A window of its own on a copy of the sample, so that no shot sees another one's traces."""
    with tempfile.TemporaryDirectory(prefix="titip-shot-") as place:
        copy = Path(place) / "stand"
        shutil.copytree(folder, copy)
        till = Till.open(copy, clock=StillClock())
        set_language(look.language)
        theme.apply("dark" if look.dark else "light")
        window = Window(till)
        window.resize(look.width, look.height)
        window.show()
        window.activateWindow()
        try:
            yield window
        finally:
            window.close()
            window.deleteLater()
            till.close()


def _document(drawn: Path, to: Path) -> None:
    """The picture with 256 colours: a third of the size, and nobody sees it."""
    with Image.open(drawn) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(to, optimize=True)


def draw(folder: Path, names: list[str], looks: list[Look]) -> int:
    """Draw the matrix; returns how many pictures there are."""
    BUILD.mkdir(parents=True, exist_ok=True)
    DOCS.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, entry in SHOTS.items():
        if names and not any(part in name for part in names):
            continue
        for look in looks:
            with _window(folder, look) as window:
                stage = Stage(window)
                entry.play(stage)
                stage.settle()
                picture = window.grab()
            picture.save(str(BUILD / f"{name}-{look.name}.png"))
            count += 1
            if entry.document == look.name:
                _document(BUILD / f"{name}-{look.name}.png", DOCS / f"{name}.png")
    return count


def main() -> int:
    """Draw what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", help="parts of names of shots")
    parser.add_argument("--size", default="", help="only this one, such as 1366x768")
    parser.add_argument("--language", default="", help="id or en")
    parser.add_argument("--theme", default="", choices=("", "light", "dark"))
    asked = parser.parse_args()
    for module in pkgutil.iter_modules(tools.__path__):
        if module.name.startswith("shots_"):
            importlib.import_module(f"tools.{module.name}")
    looks = [
        Look(width, height, dark, language)
        for (width, height), dark, language in product(SIZES, (False, True), ("id", "en"))
        if asked.size in {"", f"{width}x{height}"}
        and asked.language in {"", language}
        and asked.theme in {"", "dark" if dark else "light"}
    ]
    make_application(["titip"])
    with tempfile.TemporaryDirectory(prefix="titip-sample-") as place:
        folder = Path(place) / "stand"
        make_sample(folder, clock=StillClock())
        count = draw(folder, asked.names, looks)
    print(f"{count} pictures in {BUILD.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
