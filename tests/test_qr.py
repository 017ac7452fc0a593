"""QR codes as rows of dark and light, read back by a reader that is not ours."""

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pos.errors import UserError
from pos.qr import Matrix, qr_matrix


def read(matrix: Matrix, scale: int = 4) -> str:
    side = len(matrix) + 8
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                picture.putpixel((x + 4, y + 4), 0)
    found = zxingcpp.read_barcodes(picture.resize((side * scale, side * scale)))
    return str(found[0].text) if found else ""


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=120))
def test_what_is_written_is_read(text: str) -> None:
    assert read(qr_matrix(text)) == text


@given(st.integers(0, 999_999), st.integers(0, 10**10), st.integers(0, 2**64 - 1))
def test_a_receipts_code_is_read_with_its_fixed_mask(number: int, total: int, head: int) -> None:
    text = f"TITIP|DKR-{number:06}|{total}|{head:016x}"
    assert read(qr_matrix(text, 3)) == text


@pytest.mark.parametrize("text", ["", "x" * 3000])
def test_what_fits_into_no_code_gets_a_sentence(text: str) -> None:
    with pytest.raises(UserError):
        qr_matrix(text)
