"""What a PDF says, by another's reader; a test that needs it is skipped where poppler is missing."""

import shutil
import subprocess
from pathlib import Path

import pytest


def _run(tool: str, *arguments: str) -> str:
    path = shutil.which(tool)
    if path is None:
        pytest.skip(f"{tool} (poppler-utils) is not installed: make system-libs-dev")
    done = subprocess.run([path, *arguments], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout


def page_texts(pdf: bytes, folder: Path) -> list[str]:
    """Each page's text, as it is laid out."""
    source = folder / "read.pdf"
    source.write_bytes(pdf)
    return _run("pdftotext", "-layout", str(source), "-").split("\f")[:-1]


def words_of(pdf: bytes, folder: Path) -> list[tuple[float, float, float, float, str]]:
    """(left, top, right, bottom, word) of the first page, in points."""
    import xml.etree.ElementTree as ET

    source = folder / "read.pdf"
    source.write_bytes(pdf)
    tree = ET.fromstring(_run("pdftotext", "-bbox", "-l", "1", str(source), "-"))  # noqa: S314
    found = []
    for word in tree.iter("{http://www.w3.org/1999/xhtml}word"):
        left, top, right, bottom = (
            float(word.attrib[name]) for name in ("xMin", "yMin", "xMax", "yMax")
        )
        found.append((left, top, right, bottom, word.text or ""))
    return found


def fonts_of(pdf: bytes, folder: Path) -> list[list[str]]:
    """The rows of pdffonts, without its heading."""
    source = folder / "read.pdf"
    source.write_bytes(pdf)
    return [line.split() for line in _run("pdffonts", str(source)).splitlines()[2:]]
