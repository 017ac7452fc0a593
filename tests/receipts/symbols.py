"""Reading labels back with another's reader, from the page as a printer of 203 dots an inch has it."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from pos.receipts.label_sheets import LabelSheet

DPI = 203


def pages(pdf: bytes, folder: Path, *, dpi: int = DPI) -> list["Image.Image"]:
    """The PDF's pages in grey; skips the test where poppler's pdftoppm is missing."""
    tool = shutil.which("pdftoppm")
    if tool is None:
        pytest.skip("pdftoppm (poppler-utils) is not installed: make system-libs-dev")
    source = folder / "labels.pdf"
    source.write_bytes(pdf)
    subprocess.run(
        [tool, "-r", str(dpi), "-gray", str(source), str(folder / "page")],
        check=True,
        capture_output=True,
    )
    return [Image.open(path) for path in sorted(folder.glob("page*.pgm"))]


def label_of(page: "Image.Image", sheet: LabelSheet, x: float, y: float) -> "Image.Image":
    """One label as it comes off the sheet."""
    dots = DPI / 25.4
    right, bottom = (x + sheet.width) * dots, (y + sheet.height) * dots
    return page.crop((round(x * dots), round(y * dots), round(right), round(bottom)))


def read_all(picture: "Image.Image") -> list[Any]:
    """What zxing-cpp reads from the picture, in reading order."""
    zxingcpp = pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
    found = zxingcpp.read_barcodes(picture)
    return sorted(found, key=lambda one: (one.position.top_left.y // 40, one.position.top_left.x))


def black_and_white(picture: "Image.Image") -> "Image.Image":
    """What a thermal head makes of grey: ink or none."""
    return picture.convert("L").point(lambda grey: 255 if grey > 127 else 0)


def bled(picture: "Image.Image") -> "Image.Image":
    """The ink run by one dot to the right and one down."""
    crisp = black_and_white(picture)
    right = ImageChops.darker(crisp, ImageChops.offset(crisp, 1, 0))
    return ImageChops.darker(right, ImageChops.offset(right, 0, 1))


def on_paper(picture: "Image.Image", margin: int = 40) -> "Image.Image":
    """With the white that the paper has beside the printed width (5 mm on each side)."""
    paper = Image.new("L", (picture.width + 2 * margin, picture.height + 2 * margin), 255)
    paper.paste(picture, (margin, margin))
    return paper
