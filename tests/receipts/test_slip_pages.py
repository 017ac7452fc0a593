"""A slip's A4 pages: long names stand in full, and nobody signs a page without lines."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from pos.i18n import set_language
from pos.receipts.documents_consignment import AccountLine, PaperSeller
from pos.receipts.layout import layout, render_text
from pos.receipts.pdf import paper_pdf
from tests.receipts import samples_consignment as samples
from tests.receipts.pdf_reading import page_texts, words_of

MAKER = "Raden Ajeng Siti Nurhaliza Kusumawardhani Prawirodirdjo"
STAND = "Galeri Dekranasda Kota Bekasi, Lobi Menara Wali Kota"


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


@pytest.mark.parametrize("lines", range(22, 44))
def test_the_page_that_is_signed_has_lines_of_the_slip(lines: int, tmp_path: Path) -> None:
    """Whatever the number of lines is at which the sums need a page more."""
    slip = samples.payout()
    many = tuple(
        replace(slip.lines[0], paper=f"DKR-{number:06d}") for number in range(1, lines + 1)
    )
    pages = page_texts(paper_pdf(replace(slip, lines=many)), tmp_path)
    signed = [page for page in pages if "Received by" in page]
    assert signed == pages[-1:]
    assert f"DKR-{lines:06d}" in signed[0]
    assert sum(f"DKR-{number:06d}" in "".join(pages) for number in range(1, lines + 1)) == lines
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert len(pages) <= 2


def test_names_of_people_and_stands_stand_in_full(tmp_path: Path) -> None:
    slip = samples.payout()
    long = replace(
        slip,
        head=replace(slip.head, stand_name=STAND),
        seller=PaperSeller("KRTBS", "Tenun dan Batik Tulis Sumber Rejeki Makmur", MAKER),
    )
    raw = paper_pdf(long)
    (page,) = page_texts(raw, tmp_path)
    said = " ".join(page.split())
    assert "…" not in said
    assert said.count("Prawirodirdjo") == 2, "as a fact, and under the line to sign"
    words = words_of(raw, tmp_path)
    assert all(word[2] <= 595.28 - 44 for word in words)
    name = [word for word in words if word[4] in {"Lobi", "Menara"} and word[1] < 75]
    address = next(word for word in words if word[4] == "Jl.")
    assert name
    assert all(word[3] <= address[1] + 1 for word in name), "nothing is written over the address"


def test_the_commission_of_a_statement_has_the_sign_that_the_payout_s_slip_gives_it(
    tmp_path: Path,
) -> None:
    slip, statement = samples.payout(), samples.statement()
    for document in (slip, statement):
        (page,) = page_texts(paper_pdf(document), tmp_path)
        assert "-14.000" in page
        assert "20.000" in page.replace("-20.000", ""), "what comes back is given back"


def test_a_lost_piece_on_a_statement_has_no_price_that_somebody_paid(tmp_path: Path) -> None:
    statement = samples.statement(1)
    lost = AccountLine("2026-11-03", "H-000002", "loss", "Tas anyam", 2, 0, 90_000, 266_000)
    both = replace(statement, lines=(*statement.lines, lost))
    strip = render_text(layout(both, 48), 48)
    assert "2 pcs\n" in strip
    assert "for 0" not in strip
    (page,) = page_texts(paper_pdf(both), tmp_path)
    assert "lost" in page
