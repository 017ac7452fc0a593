"""Papers of orders: the same figures on every width and on A4, a QR code that is read back."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from pos.i18n import set_language
from pos.receipts.documents import ReceiptPayment, decode, encode
from pos.receipts.elements import Cut, Qr
from pos.receipts.layout import COLUMNS, layout, render_text
from pos.receipts.pdf import paper_pdf
from pos.receipts.slips_orders import method_text, order_qr, state_text
from tests.receipts import samples
from tests.receipts import samples_orders as orders
from tests.receipts.pdf_reading import page_texts

GOLDEN = Path(__file__).parent / "golden"
PAPERS = orders.papers()


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("name", PAPERS)
def test_golden_papers(name: str, columns: int) -> None:
    """To make them anew after a wanted change: delete the file, run, look at what was written."""
    shown = render_text(layout(PAPERS[name], columns), columns)
    path = GOLDEN / f"order-{name}-{columns}.txt"
    if not path.exists():
        path.write_text(shown, encoding="ascii")
        pytest.fail(f"{path.name} was written anew; look at it")
    assert shown == path.read_text(encoding="ascii")


@pytest.mark.parametrize("name", PAPERS)
def test_a4_has_the_figures_of_the_strip(name: str, tmp_path: Path) -> None:
    document = PAPERS[name]
    assert decode(encode(document)) == document
    text = "\n".join(page_texts(paper_pdf(document), tmp_path))
    strip = render_text(layout(document, 48), 48)
    for figure in set(re.findall(r"\d{1,3}(?:\.\d{3})+", strip)):
        assert figure in text


def test_the_slip_is_printed_twice_with_its_number_and_version() -> None:
    elements = layout(orders.slip(), 48)
    assert sum(isinstance(part, Cut) for part in elements) == 2
    codes = [part.data for part in elements if isinstance(part, Qr)]
    assert codes == ["TITIP|PS-DKR-000012|1"] * 2
    assert order_qr(orders.changed()) == "TITIP|PS-DKR-000012|2"


def test_the_customers_number_is_on_the_stands_copy_only() -> None:
    customer, stand = render_text(layout(orders.slip(), 48), 48).split("=" * 48)[:2]
    assert "6281234567890" not in customer
    assert "6281234567890" in stand


def test_what_is_left_to_pay_leaves_out_what_is_handed_over() -> None:
    assert orders.slip().rest == 500_000 + 2 * 35_000 - 200_000
    assert replace(orders.slip(), deposit=900_000).rest == 0


def test_a_receipt_shows_the_order_and_its_deposit() -> None:
    receipt = replace(
        samples.receipt(),
        order="PS-DKR-000012",
        payments=(ReceiptPayment("deposit", 200_000), ReceiptPayment("cash", 300_000, 350_000)),
    )
    shown = render_text(layout(receipt, 32), 32)
    assert "Order PS-DKR-000012" in shown
    assert "Deposit                  200.000" in shown


def test_words_that_are_not_known_stay_as_they_are() -> None:
    assert method_text("gold") == "gold"
    assert state_text("lost") == "lost"
