"""The paper's lines, figure by figure, for 32, 42 and 48 columns."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos.i18n import set_language
from pos.receipts.documents import Document, DrawerKick, ReceiptPayment, TestPage
from pos.receipts.elements import Image, Kick, Text
from pos.receipts.layout import COLUMNS, layout, render_text
from pos.receipts.lines import centred, pair, wrap
from tests.receipts.samples import line, receipt

GOLDEN = Path(__file__).parent / "golden"
BIGGEST = 9_999_999_999

FULL = replace(
    receipt(),
    lines=(
        line("Tas anyaman eceng gondok ukuran besar warna cokelat tua", qty=2, price=85_000),
        line("Bros", price=15_000, discount=1_500, note="10 %"),
        line("Kerajinantanganyangnamanyasangatpanjangsekalidantanpaspasi", price=0),
        line("Ukiran kayu jati", price=BIGGEST),
    ),
    subtotal=10_000_184_999,
    line_discounts=1_500,
    cart_discount=18_349,
    cart_discount_note="pelanggan tetap",
    rounding=-50,
    total=10_000_165_100,
    payments=(
        ReceiptPayment("qris", BIGGEST),
        ReceiptPayment("transfer", 100_000),
        ReceiptPayment("card", 15_101),
        ReceiptPayment("cash", 50_000, 100_000),
        ReceiptPayment("Voucher", 0),
    ),
    change=50_000,
    copy=True,
    copy_at_local="2026-11-23T09:05:00",
    sample=True,
)


@pytest.fixture(autouse=True)
def english() -> None:
    """The golden papers are in the language of the message ids."""
    set_language("en")


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("name", ["full", "plain", "test-page"])
def test_golden_papers(name: str, columns: int) -> None:
    """To make them anew after a wanted change: delete the file, run, look at what was written."""
    documents: dict[str, Document] = {
        "full": FULL,
        "plain": receipt(1),
        "test-page": TestPage("Galeri Dekranasda", "USB: POS-58", "2026-11-22T14:07:31", "en"),
    }
    shown = render_text(layout(documents[name], columns), columns)
    path = GOLDEN / f"{name}-{columns}.txt"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, encoding="ascii")
        pytest.fail(f"{path.name} was written anew; look at it")
    assert shown == path.read_text(encoding="ascii")


@pytest.mark.parametrize("columns", COLUMNS)
def test_no_line_is_wider_than_the_paper(columns: int) -> None:
    for element in layout(FULL, columns):
        if isinstance(element, Text):
            assert len(element.line) * element.size <= columns, element


@pytest.mark.parametrize("columns", COLUMNS)
def test_amounts_stand_at_the_right_edge(columns: int) -> None:
    lines = [part.line for part in layout(FULL, columns) if isinstance(part, Text)]
    for amount in ("170.000", "-1.500", "9.999.999.999", "-18.349", "-50", "50.000"):
        assert any(one.endswith(" " + amount) and len(one) == columns for one in lines), amount


def test_what_is_zero_is_left_out() -> None:
    shown = render_text(layout(receipt(), 32))
    for word in ("Subtotal", "Discount", "Rounding", "COPY", "SAMPLE"):
        assert word not in shown


def test_no_change_line_without_cash() -> None:
    paid = replace(receipt(), payments=(ReceiptPayment("qris", 375_000),), change=0)
    assert "Change" not in render_text(layout(paid, 32))
    exact = replace(receipt(), payments=(ReceiptPayment("cash", 375_000, 375_000),), change=0)
    assert "Change" in render_text(layout(exact, 32))


def test_a_bare_receipt_still_has_number_and_total() -> None:
    bare = replace(
        receipt(),
        stand_name="",
        address=(),
        staff="",
        closing=(),
        lines=(replace(line(""), code="", seller_code=""),),
        payments=(),
        change=0,
        copy=True,
    )
    shown = render_text(layout(bare, 32))
    assert "DKR-000123" in shown
    assert "375.000" in shown
    assert "Served by" not in shown


def test_discounts_with_and_without_a_note() -> None:
    changed = replace(
        receipt(),
        lines=(line(discount=5000), line(discount=5000, note="cacat kecil")),
        cart_discount=1000,
    )
    lines = render_text(layout(changed, 42)).splitlines()
    assert any(one.split() == ["Discount", "-5.000"] for one in lines)
    assert any(one.split() == ["Discount", "cacat", "kecil", "-5.000"] for one in lines)
    assert any(one.split() == ["Discount", "-1.000"] for one in lines)


def test_a_logo_stands_for_the_large_name() -> None:
    parts = layout(replace(receipt(), logo="f" * 64), 32)
    picture = parts[0]
    assert isinstance(picture, Image)
    assert picture.name == "f" * 64
    assert all(text.size == 2 for text in picture.fallback)
    assert "Galeri Dekranasda" in render_text(layout(replace(receipt(), logo="f" * 64), 48))


def test_a_name_too_long_for_large_letters_is_set_small() -> None:
    long = "Galeri Dewan Kerajinan Nasional Daerah Kota Bekasi Jawa Barat"
    parts = layout(replace(receipt(), stand_name=long), 32)
    assert isinstance(parts[0], Text)
    assert parts[0].size == 1
    assert len(centred(long, 48, size=2)) == 3


def test_the_drawer_has_no_paper() -> None:
    assert layout(DrawerKick(), 32) == (Kick(),)
    assert render_text((Kick(), Text("5", "right"), Text("123456"))) == "[DRAWER]\n     5\n123456\n"


def test_the_paper_speaks_indonesian() -> None:
    set_language("id")
    shown = render_text(layout(FULL, 48))
    assert "14.07" in shown


def test_an_amount_without_a_label_or_beside_a_full_one() -> None:
    assert pair("", "5.000", 10) == ("     5.000",)
    assert pair("123456", "5.000", 10) == ("123456", "     5.000")


WIDTHS = st.sampled_from([9, 15, 16, 30, 32, 42, 48])


@given(st.text(max_size=300), WIDTHS)
def test_wrapped_text_keeps_every_character(text: str, width: int) -> None:
    from pos.receipts.safe import paper_text

    lines = wrap(text, width)
    assert all(0 < len(one) <= width for one in lines)
    assert "".join(lines).replace(" ", "") == paper_text(text).replace(" ", "")


@given(st.text(max_size=200), st.integers(-BIGGEST, BIGGEST), st.sampled_from(COLUMNS))
def test_a_pair_ends_in_its_amount(label: str, amount: int, width: int) -> None:
    from pos.money import thousands

    lines = pair(label, thousands(amount), width)
    assert all(len(one) <= width for one in lines)
    assert len(lines[-1]) == width
    assert lines[-1].split()[-1] == thousands(amount)


@given(
    st.lists(st.text(max_size=80), min_size=6, max_size=6),
    st.integers(0, BIGGEST),
    st.integers(1, 999),
    st.sampled_from(COLUMNS),
)
def test_whatever_people_type_fits_the_paper(
    texts: list[str], price: int, qty: int, columns: int
) -> None:
    name, code, seller, note, stand, closing = texts
    changed = replace(
        receipt(),
        stand_name=stand,
        closing=(closing,),
        lines=(
            replace(
                line(name, qty=qty, price=price, discount=1, note=note),
                code=code,
                seller_code=seller,
            ),
        ),
    )
    for element in layout(changed, columns):
        if isinstance(element, Text):
            assert len(element.line) * element.size <= columns
            assert element.line.isascii()
            assert not element.line or element.line.isprintable()
