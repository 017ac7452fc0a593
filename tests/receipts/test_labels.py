"""Labels: each symbol is read back by zxing-cpp, from sheets and from the receipt printer's dots."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from pos.errors import UserError
from pos.qr import qr_matrix
from pos.receipts.barcode import LONGEST, QUIET, code128
from pos.receipts.documents import decode, encode
from pos.receipts.elements import Cut, Dots
from pos.receipts.escpos import PAPER_58, PAPER_80, compose
from pos.receipts.label_bitmap import BAR_DOTS, as_picture, label_bitmap
from pos.receipts.label_sheets import SHEETS, LabelSheet, sheet_by_key
from pos.receipts.labels import (
    MODULE_MM,
    MOST_LABELS,
    QR_MODULE_MM,
    Bars,
    ItemLabel,
    LabelStrip,
    Square,
    repeated,
    symbol_for,
)
from pos.receipts.labels_pdf import label_test_pdf, labels_pdf
from pos.receipts.layout import layout, render_text
from pos.receipts.preview import render
from tests.receipts.symbols import (
    DPI,
    black_and_white,
    bled,
    label_of,
    on_paper,
    pages,
    read_all,
)

NASTY = "<b>Évil</b> \x1b@\u202e\u0600 😀 (" + "x" * 10_000
LABELS = (
    ItemLabel("Tas anyam pandan", 185_000, "DKR-2041", "SRI", 4),
    ItemLabel("Kain batik tulis motif Bekasi warna sogan", 1_250_000, "DKR-1187", "LMB", 3),
    ItemLabel(NASTY, 9_999_999_999, "DKR-123456", "LMBX", 2),
    ItemLabel("", 0, "A1"),
)
CODES = [label.code for label in LABELS for _copy in range(label.copies)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
@pytest.mark.parametrize("wanted", ["auto", "qr"])
def test_every_label_of_a_sheet_is_read_at_203_dpi(
    sheet: LabelSheet, wanted: str, tmp_path: Path
) -> None:
    pdf = labels_pdf(LABELS, sheet, start=2, wanted="qr" if wanted == "qr" else "auto")
    pictures = pages(pdf, tmp_path)
    places = list(sheet.places(2, len(CODES)))
    assert len(pictures) == places[-1][0] + 1
    for ink in (black_and_white, bled):
        inked = [ink(picture) for picture in pictures]
        read = [
            [one.text for one in read_all(label_of(inked[number], sheet, x, y))]
            for number, x, y in places
        ]
        assert read == [[code] for code in CODES], ink


def test_the_calibration_moves_every_label(tmp_path: Path) -> None:
    sheet = sheet_by_key("103")
    (here,) = pages(labels_pdf(LABELS, sheet, start=3), tmp_path)
    (tmp_path / "moved").mkdir()
    (there,) = pages(
        labels_pdf(LABELS, sheet, start=3, offset_mm=(2.54, -5.08)), tmp_path / "moved"
    )
    moved = ImageChops.offset(here, round(0.1 * DPI), round(-0.2 * DPI))
    apart = ImageChops.difference(black_and_white(moved), black_and_white(there))
    off = sum(apart.histogram()[128:])
    ink = black_and_white(here).histogram()[0]
    # The dots of a page don't fall on each other exactly when 20,3 become 20.
    assert off < 0.2 * ink
    assert (
        sum(ImageChops.difference(black_and_white(here), black_and_white(there)).histogram()[128:])
        > ink
    )


@pytest.mark.parametrize("dots", [384, 576])
@pytest.mark.parametrize("code", ["DKR-2041", "A1", "DKR-123456", "BTK-014", "dkr-20411187/xyz-9"])
@pytest.mark.parametrize("name", ["Bros", NASTY])
def test_the_receipt_printers_label_is_read(dots: int, code: str, name: str) -> None:
    bitmap = label_bitmap(ItemLabel(name, 9_999_999_999, code, "LMB"), dots)
    assert bitmap.width == dots
    assert {len(row) for row in bitmap.rows} == {dots // 8}
    paper = on_paper(as_picture(bitmap))
    assert [one.text for one in read_all(paper)] == [code]
    assert [one.text for one in read_all(bled(paper))] == [code]


@pytest.mark.parametrize("dots", [384, 576])
def test_modules_of_the_receipt_printers_bars_are_whole_dots(dots: int) -> None:
    bitmap = label_bitmap(ItemLabel("Bros", 35_000, "DKR-2041"), dots)
    widths = code128("DKR-2041")
    rows = {f"{int.from_bytes(row, 'big'):0{dots}b}".strip("0") for row in bitmap.rows}
    expected = [
        "".join(("1" if n % 2 == 0 else "0") * width * module for n, width in enumerate(widths))
        for module in (BAR_DOTS, BAR_DOTS + 1)
    ]
    assert any(row in rows for row in expected)


def test_a_strip_is_a_document_and_prints() -> None:
    strip = LabelStrip(LABELS)
    assert decode(encode(strip)) == strip
    parts = layout(strip, 32)
    assert sum(isinstance(part, Dots) for part in parts) == len(CODES)
    assert sum(isinstance(part, Cut) for part in parts) == 1
    shown = render_text(parts, 32)
    assert "Rp 185.000" in shown
    assert shown.isascii()
    for profile in (PAPER_58, PAPER_80):
        assert compose(strip, profile).count(b"\x1dv0") >= len(CODES)
    picture = render(layout(LabelStrip(LABELS[:1]), 48), PAPER_80)
    assert {one.text for one in read_all(picture)} == {"DKR-2041"}


def test_bars_where_they_fit_and_a_square_elsewhere() -> None:
    wide = symbol_for("DKR-2041", 64, 32)
    assert isinstance(wide, Bars)
    assert MODULE_MM <= wide.module_mm <= 0.4
    assert wide.width_mm + 2 * QUIET * wide.module_mm <= 64
    narrow = symbol_for("DKR-2041", 30, 18)
    assert isinstance(narrow, Square)
    assert narrow.module_mm >= QR_MODULE_MM
    assert narrow.side_mm <= 18
    assert isinstance(symbol_for("DKR-2041", 64, 12), Square)
    assert isinstance(symbol_for("DKR-2041", 64, 32, "qr"), Square)
    assert isinstance(symbol_for("Ø-1", 64, 32), Square)


def test_what_no_symbol_can_carry_gets_none() -> None:
    assert symbol_for("", 64, 32) is None
    assert symbol_for("x" * 3_000, 64, 32) is None
    assert symbol_for("DKR-" + "9" * 300, 38, 18) is None
    assert code128("x" * (LONGEST + 1)) == ()
    assert code128("a\nb") == ()
    for code in ("", "x" * 300, "x" * 5_000):
        label = ItemLabel("Tanpa kode", 1_000, code)
        assert read_all(as_picture(label_bitmap(label, 384))) == []
        assert labels_pdf((label,), SHEETS[0]).startswith(b"%PDF")


def test_the_widths_are_those_of_code_128() -> None:
    assert sum(code128("DKR-2041")) == (1 + 4 + 1 + 2 + 1) * 11 + 13
    assert len(code128("A1")) % 2 == 1


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_labels_lie_on_their_sheet_and_apart(sheet: LabelSheet) -> None:
    corners = [sheet.place(position) for position in range(sheet.count)]
    assert all(x >= 0 and x + sheet.width <= sheet.page_width + 1e-9 for x, _y in corners)
    assert all(y >= 0 and y + sheet.height <= sheet.page_height + 1e-9 for _x, y in corners)
    assert len({x for x, _y in corners}) == sheet.columns
    for (x, y), (next_x, next_y) in pairwise(corners):
        assert next_x >= x + sheet.width - 1e-9 or next_y >= y + sheet.height - 1e-9


def test_the_common_sheets_as_their_packs_have_them() -> None:
    sizes = {
        sheet.key: (sheet.width, sheet.height, sheet.count, sheet.page_width, sheet.page_height)
        for sheet in SHEETS
    }
    expected = {
        "103": (64, 32, 12, 210, 164),
        "107": (50, 18, 30, 165, 210),
        "108": (38, 18, 40, 165, 210),
        "121": (75, 38, 10, 165, 210),
        "a4-65": (38.1, 21.2, 65, 210, 297),
        "a4-24": (70, 37, 24, 210, 297),
        "a4-21": (63.5, 38.1, 21, 210, 297),
    }
    assert sizes == expected
    assert sheet_by_key("gone") is SHEETS[0]


def test_a_sheet_with_margins_of_its_own() -> None:
    own = LabelSheet("x", "x", 100, 100, 2, 2, 40, 40, 5, 5, left=3, top=4)
    assert own.place(3) == (48, 49)


def test_starting_at_any_free_label() -> None:
    sheet = sheet_by_key("103")
    places = list(sheet.places(12, 2))
    assert [place[0] for place in places] == [0, 1]
    assert places[0][1:] == sheet.place(11)
    assert places[1][1:] == sheet.place(0)
    for start in (0, 13):
        with pytest.raises(UserError) as refused:
            labels_pdf(LABELS, sheet, start=start)
        assert refused.value.field == "start"


def test_the_test_page_has_a_number_on_every_label(tmp_path: Path) -> None:
    for sheet in SHEETS:
        (picture,) = pages(label_test_pdf(sheet, (0.5, -1.0)), tmp_path, dpi=36)
        for position in range(sheet.count):
            left, top = sheet.place(position)
            box = (left, top, left + sheet.width, top + sheet.height)
            label = picture.crop([round(at * 36 / 25.4) for at in box])  # type: ignore[arg-type]
            assert label.tobytes().count(255) < label.width * label.height, (sheet.key, position)


def test_too_many_labels_are_refused_and_none_is_an_empty_sheet() -> None:
    with pytest.raises(UserError):
        repeated((ItemLabel("Bros", 1, "A1", copies=MOST_LABELS + 1),))
    assert repeated((ItemLabel("Bros", 1, "A1", copies=0),)) == ()
    assert labels_pdf((), SHEETS[0]).startswith(b"%PDF")


@settings(max_examples=25, deadline=None)
@given(
    st.text(max_size=60), st.integers(0, 9_999_999_999), st.text(max_size=40), st.text(max_size=9)
)
def test_whatever_people_type_becomes_a_label(
    name: str, price: int, code: str, seller: str
) -> None:
    label = ItemLabel(name, price, code, seller)
    for dots in (384, 576):
        bitmap = label_bitmap(label, dots)
        assert 0 < len(bitmap.rows) <= 320
    for sheet in SHEETS[2:4]:
        assert labels_pdf((label,), sheet).startswith(b"%PDF")


def test_a_qr_code_is_the_products_own() -> None:
    symbol = symbol_for("DKR-2041", 30, 18)
    assert isinstance(symbol, Square)
    assert symbol.matrix == qr_matrix("DKR-2041")


def test_no_price_is_shown_as_nothing() -> None:
    assert ItemLabel("Pesanan", 0, "A1").price_text == ""
    assert "Rp" not in render_text(layout(LabelStrip((ItemLabel("Pesanan", 0, "A1"),)), 32))
