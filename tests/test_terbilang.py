"""Amounts in words, against words written by hand and against a reader of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.i18n import set_language
from pos.terbilang import LARGEST, english_words, in_words, rupiah_in_words, terbilang

WORDS = {
    0: "nol",
    1: "satu",
    10: "sepuluh",
    11: "sebelas",
    12: "dua belas",
    19: "sembilan belas",
    20: "dua puluh",
    21: "dua puluh satu",
    100: "seratus",
    101: "seratus satu",
    111: "seratus sebelas",
    200: "dua ratus",
    999: "sembilan ratus sembilan puluh sembilan",
    1_000: "seribu",
    1_001: "seribu satu",
    1_100: "seribu seratus",
    2_000: "dua ribu",
    11_000: "sebelas ribu",
    21_000: "dua puluh satu ribu",
    100_000: "seratus ribu",
    101_000: "seratus satu ribu",
    125_500: "seratus dua puluh lima ribu lima ratus",
    1_000_000: "satu juta",
    1_001_000: "satu juta seribu",
    5_000_001: "lima juta satu",
    1_000_000_000: "satu miliar",
    9_999_999_999: (
        "sembilan miliar sembilan ratus sembilan puluh sembilan juta sembilan ratus "
        "sembilan puluh sembilan ribu sembilan ratus sembilan puluh sembilan"
    ),
    1_000_000_000_000: "satu triliun",
    -7_000: "minus tujuh ribu",
}

ENGLISH = {
    0: "zero",
    13: "thirteen",
    40: "forty",
    99: "ninety-nine",
    100: "one hundred",
    1_001: "one thousand one",
    125_500: "one hundred twenty-five thousand five hundred",
    2_000_000: "two million",
    -1: "minus one",
}

READ = {
    **{word: n for n, word in WORDS.items() if 0 <= n <= 11},
    **dict(zip(("dua", "tiga", "empat", "lima"), (2, 3, 4, 5), strict=True)),
    **dict(zip(("enam", "tujuh", "delapan", "sembilan"), (6, 7, 8, 9), strict=True)),
}
GROUPS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def read_words(words: str) -> int:
    """What a person reads: digits gather, "belas", "puluh" and "ratus" shift the last one."""
    whole = group = digit = 0
    for word in words.replace("seratus", "satu ratus").replace("seribu", "satu ribu").split():
        if word in GROUPS:
            whole, group, digit = whole + (group + digit) * GROUPS[word], 0, 0
        elif word == "belas":
            digit += 10
        elif word in {"puluh", "ratus"}:
            group, digit = group + digit * (10 if word == "puluh" else 100), 0
        else:
            digit += READ[word]
    return whole + group + digit


@pytest.mark.parametrize(("number", "words"), WORDS.items())
def test_indonesian(number: int, words: str) -> None:
    assert terbilang(number) == words


@pytest.mark.parametrize(("number", "words"), ENGLISH.items())
def test_english(number: int, words: str) -> None:
    assert english_words(number) == words


@given(st.integers(0, LARGEST))
def test_words_read_back_as_the_number(number: int) -> None:
    assert read_words(terbilang(number)) == number


@given(st.integers(0, LARGEST), st.integers(0, LARGEST))
def test_english_words_differ_for_different_numbers(one: int, other: int) -> None:
    assert (english_words(one) == english_words(other)) == (one == other)


@pytest.mark.parametrize("words", [terbilang, english_words])
def test_the_largest_and_what_is_beyond(words: type) -> None:
    assert words(LARGEST)
    for beyond in (LARGEST + 1, -LARGEST - 1):
        with pytest.raises(ValueError, match="no words"):
            words(beyond)


def test_rupiah_in_the_language_in_force() -> None:
    set_language("id")
    assert in_words(1_000) == "seribu"
    assert rupiah_in_words(125_000) == "Seratus dua puluh lima ribu rupiah"
    set_language("en")
    assert rupiah_in_words(-5) == "Minus five rupiah"
