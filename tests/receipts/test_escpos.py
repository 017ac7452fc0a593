"""Documents to bytes: what a printer gets, read back by a decoder and by a QR reader."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pos.receipts.documents import Document, DrawerKick, TestPage, decode, encode
from pos.receipts.elements import Text
from pos.receipts.escpos import PAPER_58, PAPER_80, PAPER_80_NARROW, PaperProfile, compose
from pos.receipts.images import MAX_LOGO_ROWS, logo_bitmap, qr_bitmap, strips
from pos.receipts.layout import layout, qr_data
from tests.receipts.decoder import decode_job
from tests.receipts.samples import receipt

PROFILES = [PAPER_58, PAPER_80, PAPER_80_NARROW]


def like(profile: PaperProfile, **changes: object) -> PaperProfile:
    return replace(profile, **changes)  # type: ignore[arg-type]


PAGE = TestPage("Galeri Dekranasda", "USB: POS-58", "2026-11-22T14:07:31", "id")


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: str(profile.columns))
@pytest.mark.parametrize("document", [receipt(), receipt(40), PAGE], ids=["short", "long", "test"])
def test_a_job_says_what_the_layout_says(document: Document, profile: PaperProfile) -> None:
    paper = decode_job(compose(document, profile))
    texts = [part for part in layout(document, profile.columns) if isinstance(part, Text)]
    for text in texts:
        assert text.line in paper.lines
        assert (text.line in paper.bold) == any(one.bold for one in texts if one.line == text.line)
        assert len(text.line) * text.size <= profile.columns
    assert paper.large == {text.line for text in texts if text.size == 2}
    assert paper.centred == {text.line for text in texts if text.align == "center"}
    assert (paper.starts, paper.code_pages) == (1, [0])
    assert paper.cuts == profile.has_cut
    assert paper.drawers == []


def test_a_job_starts_from_a_known_state() -> None:
    assert compose(receipt(), PAPER_58).startswith(b"\x1b@\x1c.\x1bt\x00")


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: str(profile.columns))
def test_the_qr_code_is_read_from_the_dots(profile: PaperProfile) -> None:
    document = receipt()
    paper = decode_job(compose(document, profile))
    assert paper.qr() == [qr_data(document)]
    assert qr_data(document) == "TITIP|DKR-000123|375000|0123456789abcdef"
    (picture,) = paper.rows
    assert len(picture[0]) * 8 <= profile.dots
    assert all(height <= 100 and height % 48 for height in paper.strips)


@settings(max_examples=30)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=90))
def test_any_code_is_read_from_the_dots(text: str) -> None:
    for dots in (384, 576):
        bitmap = qr_bitmap(text, dots)
        ink = Image.frombytes("1", (bitmap.width, len(bitmap.rows)), b"".join(bitmap.rows))
        page = Image.new("L", (dots + 32, len(bitmap.rows) + 32), 255)
        page.paste(0, (16, 16), ink)
        (found,) = zxingcpp.read_barcodes(page)
        assert found.text == text


def test_a_printer_that_draws_codes_gets_the_text() -> None:
    paper = decode_job(compose(receipt(), like(PAPER_80, native_qr=True)))
    assert paper.native_qr == [qr_data(receipt())]
    assert paper.rows == []


@pytest.mark.parametrize("pin", [2, 5])
def test_the_drawer_is_a_job_of_its_own(pin: int) -> None:
    profile = like(PAPER_58, has_drawer=True, drawer_pin=pin)
    job = compose(DrawerKick(), profile)
    paper = decode_job(job)
    assert paper.drawers == [pin]
    assert (paper.lines, paper.cuts) == ([], 0)
    assert job.endswith(bytes((27, 112, 0 if pin == 2 else 1, 50, 50)))


def test_without_a_drawer_there_is_nothing_to_send() -> None:
    assert compose(DrawerKick(), PAPER_58) == b""


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: str(profile.columns))
@pytest.mark.parametrize("size", [(100, 40), (1000, 400), (300, 2000)])
def test_a_logo_is_one_bit_in_strips(
    tmp_path: Path, profile: PaperProfile, size: tuple[int, int]
) -> None:
    path = tmp_path / "logo.png"
    Image.radial_gradient("L").resize(size).save(path)
    document = msgspec.structs.replace(receipt(), logo="a" * 64)
    paper = decode_job(compose(document, profile, lambda _name: path))
    logo, _code = paper.rows
    assert len(logo[0]) * 8 <= profile.dots
    assert len(logo) <= MAX_LOGO_ROWS
    assert any(any(row) for row in logo)
    assert all(height <= 100 and height % 48 for height in paper.strips)
    assert "Galeri Dekranasda" in paper.lines


def test_a_logo_is_black_where_the_picture_is(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    picture = Image.new("RGBA", (64, 8), (0, 0, 0, 0))  # see-through is paper
    picture.paste((0, 0, 0, 255), (0, 0, 32, 8))
    picture.save(path)
    bitmap = logo_bitmap(path, 64)
    assert bitmap is not None
    assert bitmap.rows == (b"\xff\xff\xff\xff\x00\x00\x00\x00",) * 8


@pytest.mark.parametrize("damage", ["missing", "text", "cut", "huge"])
def test_a_broken_logo_leaves_the_name_set_large(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "logo.png"
    if damage == "text":
        path.write_text("not a picture")
    elif damage == "cut":
        Image.effect_noise((200, 200), 50).save(path)
        path.write_bytes(path.read_bytes()[:3000])
    elif damage == "huge":
        Image.new("1", (10_000, 5_000)).save(path)
    document = msgspec.structs.replace(receipt(), logo="a" * 64)
    paper = decode_job(compose(document, PAPER_80, lambda _name: path))
    assert "Galeri Dekranasda" in paper.large
    without = like(PAPER_80, prints_logo=False)
    assert compose(document, without) == compose(document, PAPER_80)


@given(st.integers(0, 5000))
def test_strips_cover_every_row(height: int) -> None:
    cut = strips(height)
    assert sum(cut) == height
    assert all(0 < one <= 100 and one % 48 for one in cut)


@pytest.mark.parametrize("document", [receipt(), PAGE, DrawerKick()])
def test_a_document_comes_back_from_its_json(document: Document) -> None:
    assert decode(encode(document)) == document
    with pytest.raises(msgspec.ValidationError):
        decode(encode(document).replace(b'"type":"', b'"type":"un'))


def test_the_librarys_import_leaves_nothing_behind(own_home: Path, tmp_path: Path) -> None:
    """No root log handler, no temporary folder, and none of it before it is needed."""
    script = """
import logging, sys, tempfile
from pathlib import Path
import pos.receipts.queue, pos.receipts.printers, pos.receipts.preview
heavy = {"escpos", "reportlab", "usb", "serial", "PIL", "segno"} & set(sys.modules)
assert not heavy, heavy
from pos.receipts.escpos import compose, PAPER_58
from tests.receipts.samples import receipt
compose(receipt(), PAPER_58)
assert "escpos" in sys.modules
assert logging.getLogger().handlers == []
print(sorted(path.name for path in Path(tempfile.gettempdir()).iterdir()))
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": "."},
    )
    assert done.stderr == ""
    assert done.stdout == "[]\n"
    assert not (own_home / "cache" / "titip").exists()
