"""Papers of the drawer's day: the same figures on every width and on A4, and what a blind X hides."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from pos.i18n import set_language
from pos.receipts.documents import decode, encode
from pos.receipts.documents_shift import ShiftDocument
from pos.receipts.escpos import PAPER_58, compose
from pos.receipts.layout import COLUMNS, layout, render_text
from pos.receipts.pdf import paper_pdf
from pos.receipts.slips import slips_of
from tests.receipts import samples_shift as samples
from tests.receipts.pdf_reading import page_texts

GOLDEN = Path(__file__).parent / "golden"
PAPERS = samples.papers()


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def strip(document: ShiftDocument, columns: int = 48) -> str:
    return render_text(layout(document, columns), columns)


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("name", PAPERS)
def test_golden_papers(name: str, columns: int) -> None:
    """To make them anew after a wanted change: delete the file, run, look at what was written."""
    shown = strip(PAPERS[name], columns)
    path = GOLDEN / f"shift-{name}-{columns}.txt"
    if not path.exists():
        path.write_text(shown, encoding="ascii")
        pytest.fail(f"{path.name} was written anew; look at it")
    assert shown == path.read_text(encoding="ascii")


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_kept_as_json_and_prints(name: str) -> None:
    assert decode(encode(PAPERS[name])) == PAPERS[name]
    assert compose(PAPERS[name], PAPER_58).startswith(b"\x1b@")


@pytest.mark.parametrize("name", PAPERS)
def test_a4_says_what_the_strip_says(name: str, tmp_path: Path) -> None:
    page = re.sub(r"\s+", " ", " ".join(page_texts(paper_pdf(PAPERS[name]), tmp_path)))
    narrow = re.sub(r"\s+", " ", strip(PAPERS[name]))
    (slip,) = slips_of(PAPERS[name])
    figures = [line.figure for line in slip.sums if line.figure]
    figures += [row.right for row in slip.rows]
    for words in (*figures, slip.title, slip.head.number):
        assert words in narrow
        assert words in page


def test_the_z_adds_up_by_hand() -> None:
    z = samples.z_report()
    assert z.subtotal - z.seller_discounts - z.stand_discounts + z.rounding == z.paid
    assert sum(m.taken for m in z.methods) == z.paid
    cash = 300_000 + 1_987_500 - 85_000 + 50_000 - 20_000 - 400_000 - 400_000
    assert cash == z.expected_cash
    assert sum(c.value * c.pieces for c in z.counted) == z.counted_cash == cash - 2_000
    shown = strip(z, 32)
    for words in ("Rp 1.432.500", "-Rp 2.000", "salah kembalian", "0123 4567 89ab cdef"):
        assert words in shown


def test_a_blind_x_tells_nothing_from_which_the_cash_could_be_worked_out() -> None:
    shown = strip(samples.blind_x_report())
    amounts = {int(text.replace(".", "")) for text in re.findall(r"Rp ([\d.]+)", shown)}
    # The other ways, and what went by hand; nothing of what was sold in all.
    assert amounts == {1_979_350, 350_000, 735_000, 50_000, 20_000, 400_000}
    seen = strip(samples.x_report())
    assert "Rp 1.432.500" in seen
    assert "-Rp 50.000" in seen


def test_a_copy_says_so_in_large_letters() -> None:
    z = samples.z_report()
    head = replace(z.head, copy=True, copy_at_local="2026-11-23T09:00:00")
    set_language("id")
    assert "SALINAN" in strip(replace(z, head=head))
    assert "SALINAN" not in strip(z)
