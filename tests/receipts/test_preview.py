"""The paper as a picture: as wide as the paper, with the code readable on it."""

from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from msgspec.structs import replace
from PIL import Image as Pictures

from pos.receipts import preview
from pos.receipts.documents import DrawerKick
from pos.receipts.escpos import PAPER_58, PAPER_80, PAPER_80_NARROW, PaperProfile
from pos.receipts.layout import layout, qr_data
from pos.receipts.preview import render, render_png
from tests.receipts.samples import receipt


@pytest.mark.parametrize("profile", [PAPER_58, PAPER_80, PAPER_80_NARROW])
def test_the_code_can_be_read_from_the_screen(profile: PaperProfile, tmp_path: Path) -> None:
    document = receipt()
    png = render_png(layout(document, profile.columns), profile)
    with Pictures.open(BytesIO(png)) as picture:
        picture.load()
        assert picture.width == profile.dots + 48
        (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == qr_data(document)


def test_more_lines_make_a_longer_paper() -> None:
    short = render(layout(receipt(1), 32), PAPER_58)
    long = render(layout(receipt(5), 32), PAPER_58)
    assert long.height > short.height


def test_a_logo_is_shown_or_its_name(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    Pictures.new("L", (200, 100), 0).save(path)
    parts = layout(replace(receipt(), logo="a" * 64), 32)
    shown = render(parts, PAPER_58, lambda _name: path)
    black = shown.crop((24 + 92, 24, 24 + 292, 124))
    assert black.getextrema() == (24, 24)
    assert render(parts, PAPER_58) == render(layout(receipt(), 32), PAPER_58)


def test_the_drawer_shows_an_end_of_paper() -> None:
    assert render(layout(DrawerKick(), 32), PAPER_58).height > 48


def test_without_its_font_there_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    preview._font.cache_clear()
    monkeypatch.setattr(preview, "find_spec", lambda _name: None)
    assert render(layout(receipt(), 32), PAPER_58).height > 300
    preview._font.cache_clear()
