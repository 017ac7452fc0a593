"""The font of PDFs: figures of equal width, texts measured, wrapped and reduced."""

import struct
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.receipts import pdf_font as fonts
from pos.receipts.pdf_font import pdf_font
from pos.receipts.pdf_pen import Pen
from pos.receipts.pdf_table import Table, TableColumn, TableRow
from tests.receipts.pdf_reading import page_texts, words_of

FONT = pdf_font()


def test_figures_are_of_equal_width() -> None:
    widths = {FONT.width(figure, 100) for figure in "0123456789"}
    assert len(widths) == 1
    assert FONT.width("1.111.111", 9) == FONT.width("8.888.888", 9)


def test_drawn_figures_take_the_width_that_was_measured(tmp_path: Path) -> None:
    pen = Pen("x")
    for n, text in enumerate(("1.111.111", "8.888.888", "Batik")):
        pen.text(50, 50 + 30 * n, text, 20)
    pen.end_page()
    for left, _top, right, _bottom, word in words_of(pen.finish(), tmp_path):
        assert left == pytest.approx(50, abs=0.1)
        assert right - left == pytest.approx(FONT.width(word, 20), abs=0.1)


def test_what_the_font_has_not_is_reduced() -> None:
    assert FONT.clean("Kain Ⅻ é ạ – “x”") == "Kain XII é ạ – “x”"
    assert FONT.clean("Привет 日本") == "?????? ??"
    assert FONT.clean("a\u202eb\x00c 😀 ♞") == "ab c"


def test_signs_of_pdf_in_names_are_only_shown(tmp_path: Path) -> None:
    pen = Pen("(x) \\")
    pen.text(50, 50, "a (b \\ c) ) Tj ET", 12)
    pen.text(50, 80, "é (b \\ c) ) Tj ET", 12, bold=True)
    pen.text(50, 110, "", 12)
    pen.end_page()
    (page,) = page_texts(pen.finish(), tmp_path)
    assert "a (b \\ c) ) Tj ET" in page
    assert "é (b \\ c) ) Tj ET" in page


@given(st.text(max_size=400), st.floats(5, 20), st.floats(30, 400), st.integers(1, 4))
def test_wrapped_lines_fit_and_lose_nothing_unsaid(
    text: str, size: float, width: float, most: int
) -> None:
    clean = FONT.clean(text).strip()
    lines = FONT.wrap(clean, size, width, most)
    assert len(lines) <= most
    widest_letter = max((FONT.width(char, size) for char in clean), default=0.0)
    for line in lines:
        assert FONT.width(line, size) <= max(width, widest_letter) + 1e-6
    if not any(line.endswith("…") for line in lines):
        assert "".join("".join(lines).split()) == "".join(clean.split())


def test_one_letter_always_fits() -> None:
    assert FONT.wrap("WWW WWW", 20, 5, 3)[0] == "W"
    assert FONT.wrap("W WW", 20, 5, 9) == ("W", "W", "W")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_PACKAGE", "no_such_font_package")
    with pytest.raises(FileNotFoundError, match="no_such_font_package"):
        fonts.font_file()


def u16(*numbers: int) -> bytes:
    return struct.pack(f">{len(numbers)}H", *numbers)


def test_both_forms_of_a_single_substitution() -> None:
    """The lookup holds its subtable's offset; the subtable names its coverage's."""
    by_delta = u16(1, 0, 1, 8) + u16(1, 6) + struct.pack(">h", -3) + u16(1, 2, 10, 20)
    assert fonts._single_substitution(by_delta, 0) == {10: 7, 20: 17}
    by_list = u16(1, 0, 1, 8) + u16(2, 10, 2, 70, 80) + u16(2, 1, 5, 6, 0)
    assert fonts._single_substitution(by_list, 0) == {5: 70, 6: 80}


def test_an_extension_leads_to_the_real_substitution() -> None:
    far = u16(7, 0, 1, 8) + u16(1, 1) + struct.pack(">I", 8)
    real = u16(1, 6) + struct.pack(">h", 5) + u16(1, 1, 30)
    assert fonts._single_substitution(far + real, 0) == {30: 35}
    other = u16(4, 0, 1, 8) + u16(1, 6, 0, 1, 1, 30)
    assert fonts._single_substitution(other, 0) == {}


def test_a_table_without_a_column_that_stretches_fills_its_width() -> None:
    columns = [TableColumn("Name"), TableColumn("Amount", right=True)]
    table = Table(FONT, columns, [TableRow(("Bros", "35.000"))], 300)
    assert sum(table.widths) == pytest.approx(300)


def test_a_table_with_no_room_shrinks_its_figures_instead_of_cutting(tmp_path: Path) -> None:
    columns = [TableColumn("Name", share=1), *[TableColumn("A", right=True)] * 9]
    row = TableRow(("Bros", *["9.999.999.999"] * 9))
    pen = Pen("x")
    table = Table(pen.font, columns, [row], 300)
    assert sum(table.widths) == pytest.approx(300)
    table.draw_row(pen, 50, 50, 0)
    pen.end_page()
    words = words_of(pen.finish(), tmp_path)
    assert [word[4] for word in words].count("9.999.999.999") == 9
    for (_l, _t, right, _b, _w), (left, *_rest) in pairwise(words):
        assert right <= left
