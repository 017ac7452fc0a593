"""Text from people: nothing of it reaches a printer or a PDF as a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph

from pos.receipts.safe import LONGEST, paper_text, pdf_markup


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Kain 2 × 3 m – merah", "Kain 2 x 3 m - merah"),
        ("Café Société", "Cafe Societe"),
        ("“Batik”… ‘asli’", "\"Batik\"... 'asli'"),
        ("Gelas ½ liter", "Gelas 1/2 liter"),
        ("a\x1b@b\x1dVc\x00d", "a @b Vc d"),
        ("baris\r\nbaru\ttab\u2028ujung", "baris baru tab ujung"),
        ("kiri\u202ekanan\u2066x\u200by\ufeffz", "kirikananxyz"),
        ("Tas 👜 anyam 🧺", "Tas anyam"),
        ("日本", "??"),
        ("  dua   spasi ", "dua spasi"),
        ("Zo\u0308e", "Zoe"),
        ("Straße Øre Łódź €5", "Strasse Ore Lodz EUR5"),
        ("\x7f\x80", ""),
        ("", ""),
        ("polos", "polos"),
    ],
)
def test_what_becomes_of_it(typed: str, printed: str) -> None:
    assert paper_text(typed) == printed


def test_endless_text_ends() -> None:
    assert paper_text("x" * 10_000) == "x" * (LONGEST - 3) + "..."
    assert len(paper_text("é" * 10_000_000)) == LONGEST


@given(st.text(max_size=400))
def test_only_printable_ascii_is_left(text: str) -> None:
    safe = paper_text(text)
    assert safe.isascii()
    assert not safe or safe.isprintable()
    assert len(safe) <= LONGEST
    assert safe == safe.strip()
    assert paper_text(safe) == safe


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=LONGEST))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert paper_text(text) == " ".join(text.split())


STYLE = getSampleStyleSheet()["Normal"]


@given(
    st.lists(
        st.sampled_from(["<b>", "</i>", "&", "<img src='x'/>", "&#x41;", "a", " ", "]]>", "é"])
    ).map("".join)
)
def test_markup_is_shown_and_not_obeyed(text: str) -> None:
    assert Paragraph(pdf_markup(text), STYLE).getPlainText() == " ".join(text.split())


@given(st.text(max_size=800))
def test_any_text_makes_a_paragraph(text: str) -> None:
    paragraph = Paragraph(pdf_markup(text), STYLE)
    assert paragraph.wrap(400, 4000)[1] >= 0


def test_marks_and_emoji_are_left_out_of_a_pdf() -> None:
    assert pdf_markup("a\u202eb 🧺 c\x1b") == "ab c"
    assert len(pdf_markup("x" * 10_000)) == 500
