"""What is kept of a line that somebody typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.services.texts import MAX_LINE, one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  beli   plastik ", "beli plastik"),
        ("dua\nbaris\tdan tab", "dua baris dan tab"),
        ("a\x1b@b\x00c", "a@bc"),
        ("abc\u202e000.01 pR", "abc000.01 pR"),
        ("garis\u2028baru", "garis baru"),
        ("Bu Ná’i – 50 %", "Bu Ná’i – 50 %"),
        ("\x00\u200b", ""),
    ],
)
def test_what_becomes_of_it(typed: str, kept: str) -> None:
    assert one_line(typed) == kept


def test_an_endless_one_ends() -> None:
    assert one_line("kata " * 5_000) == ("kata " * 40).strip()
    assert len(one_line("N" * 10_000)) == MAX_LINE


@given(st.text())
def test_it_is_always_one_printable_line_and_stays_so(text: str) -> None:
    kept = one_line(text)
    assert kept.isprintable()
    assert one_line(kept) == kept
