"""The receipt browser, copies, paper numbers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos import i18n
from pos.cart import Cart, Discount
from pos.errors import UserError
from pos.receipts.documents import Receipt
from pos.receipts.layout import layout, render_text
from pos.services.papers import paper_number, parse_paper_number
from pos.services.queries.receipts import ReceiptQuery
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from tests.support import FakeClock


@pytest.fixture
def busy(till: Till, kasir: Session, manager: Session, clock: FakeClock) -> Till:
    """1: bag, cash, the 22nd. 2: brooches and key rings, QRIS and cash, the 23rd. 3: vase, card."""
    till.selling.complete(
        Cart().add(till.catalog.find("DKR-2041")), (Tender("cash", 200_000),), session=kasir
    )
    clock.pass_seconds(86_400)
    mixed = Cart().add(till.catalog.find("DKR-1187"), 2).add(till.catalog.find("DKR-3001"))
    mixed = mixed.discount_line(1, Discount(percent_bp=1_000, reason="langganan"))
    mixed = mixed.discount_cart(
        Discount(amount=1_930, bearer="stand", approved_by=manager.staff_id)
    )
    till.selling.complete(mixed, (Tender("qris", 50_000), Tender("cash", 30_000)), session=kasir)
    clock.pass_seconds(3_600)
    till.selling.complete(
        Cart().add(till.catalog.find("DKR-2210")), (Tender("card", 310_000),), session=manager
    )
    return till


def found(till: Till, text: str = "", **query: object) -> list[int]:
    """The numbers of the receipts, newest first."""
    rows = till.receipts.search(ReceiptQuery(text=text, **query))  # type: ignore[arg-type]
    return [int(row.number.split("-")[1]) for row in rows]


def test_the_list_is_newest_first_and_says_all_of_a_sale(busy: Till) -> None:
    third, second, first = busy.receipts.search(ReceiptQuery())
    assert [row.number for row in (third, second, first)] == [
        "DKR-000003",
        "DKR-000002",
        "DKR-000001",
    ]
    assert second.at.isoformat() == "2026-11-23T09:00:00+07:00"
    assert (second.staff, second.pieces, second.paid) == ("Rina", 3, 76_100)
    assert second.methods == ("cash", "qris")
    assert (second.unchecked, third.unchecked) == (True, False)
    assert third.staff == "Sari"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("DKR-000002", [2]),
        ("dkr-2", [2]),
        ("2", [2]),
        ("000002", [2]),
        ("TITIP|DKR-000002|76100|abcdef", [2]),
        ("DKR-000009", []),
        ("ABC-000002", []),
        # An item's name, code or seller.
        ("pandan", [1]),
        ("PANDAN", [1]),
        ("DKR-1187", [2]),
        ("dkr-2210", [3]),
        ("bbu", [2]),
        ("lembayung", [2]),
        ("tanah", [3]),
        # What was paid.
        ("76.100", [2]),
        ("Rp 310.000", [3]),
        ("185000", [1]),
        ("", [3, 2, 1]),
        ("  ", [3, 2, 1]),
        ("%", []),
        ("_", []),
        ("'; DROP TABLE sales", []),
    ],
)
def test_a_receipt_is_found_by_what_people_remember(
    busy: Till, text: str, numbers: list[int]
) -> None:
    assert found(busy, text) == numbers


def test_a_receipt_is_found_by_day_seller_and_amount_together(busy: Till) -> None:
    sellers = {s.code: s.seller_id for s in busy.catalog.sellers()}
    assert found(busy, day=dt.date(2026, 11, 22)) == [1]
    assert found(busy, day=dt.date(2026, 11, 23)) == [3, 2]
    assert found(busy, day=dt.date(2026, 11, 24)) == []
    assert found(busy, seller_id=sellers["BBU"]) == [2]
    assert found(busy, seller_id=sellers["KRT"]) == []
    assert found(busy, amount=76_100) == [2]
    assert found(busy, amount=76_070) == []
    assert found(busy, "bros", day=dt.date(2026, 11, 23), seller_id=sellers["LMB"]) == [2]
    assert found(busy, "bros", day=dt.date(2026, 11, 22)) == []


def test_the_list_goes_on_page_by_page(busy: Till) -> None:
    first = busy.receipts.search(ReceiptQuery(), limit=2)
    rest = busy.receipts.search(ReceiptQuery(), limit=2, before=first[-1].sale_id)
    assert [row.number for row in (*first, *rest)] == ["DKR-000003", "DKR-000002", "DKR-000001"]


def test_a_number_or_a_scanned_receipt_leads_to_its_sale(busy: Till) -> None:
    second = busy.receipts.search(ReceiptQuery(text="2"))[0].sale_id
    assert busy.receipts.by_number("dkr-2") == second
    assert busy.receipts.by_number("TITIP|DKR-000002|76100|abc") == second
    for text in ("DKR-000009", "2", "", "pandan", "0" * 5_000):
        with pytest.raises(UserError) as refused:
            busy.receipts.by_number(text)
        assert refused.value.field == "text"


def test_endless_digits_find_nothing(busy: Till) -> None:
    assert found(busy, "9" * 5_000) == []
    assert found(busy, "0" * 5_000) == []


def test_the_paper_of_a_sale_is_complete(busy: Till) -> None:
    i18n.set_language("en")
    second = busy.receipts.search(ReceiptQuery(text="2"))[0].sale_id
    paper = busy.receipts.document(second)
    assert (paper.stand_name, paper.number) == ("Galeri Dekranasda", "DKR-000002")
    assert (paper.staff, paper.at_local) == ("Rina", "2026-11-23T09:00:00")
    assert [(ln.seller_code, ln.qty, ln.gross, ln.discount, ln.total) for ln in paper.lines] == [
        ("LMB", 2, 70_000, 7_000, 63_000),
        ("BBU", 1, 15_000, 0, 15_000),
    ]
    assert paper.lines[0].discount_note == "10% langganan"
    assert (paper.subtotal, paper.line_discounts, paper.cart_discount) == (85_000, 7_000, 1_930)
    # 76.070, of which 26.070 in cash: 26.100.
    assert (paper.rounding, paper.total, paper.change) == (30, 76_100, 3_900)
    assert [(p.method, p.amount, p.tendered) for p in paper.payments] == [
        ("qris", 50_000, 50_000),
        ("cash", 26_100, 30_000),
    ]
    assert not paper.copy
    assert len(paper.entry_hash) == 64
    with pytest.raises(UserError):
        busy.receipts.document(1)


def test_a_copy_says_the_same_and_that_it_is_one(
    busy: Till, clock: FakeClock, manager: Session
) -> None:
    first = busy.receipts.search(ReceiptQuery(text="1"))[0].sale_id
    original = busy.receipts.document(first)
    busy.staff.rename(manager.staff_id, "Sari Dewi", by=manager.staff_id)
    clock.pass_seconds(60)
    busy.receipts.reprint(first)
    copy = busy.printing.last_preview()
    assert isinstance(copy, Receipt)
    assert copy.copy
    assert copy.copy_at_local == "2026-11-23T10:01:00"
    assert (copy.number, copy.lines, copy.total) == (
        original.number,
        original.lines,
        original.total,
    )
    assert (copy.at_local, copy.entry_hash) == (original.at_local, original.entry_hash)
    assert busy.printing.jobs()[-1].copy
    # No event: a copy changes nothing in the book.
    assert found(busy) == [3, 2, 1]


def test_a_copy_of_a_cancelled_sale_says_that_it_was(busy: Till, manager: Session) -> None:
    last = busy.receipts.search(ReceiptQuery(text="3"))[0].sale_id
    busy.returns.void(last, reason="salah ketik", session=manager)
    (void,) = busy.returns.of_sale(last)
    busy.receipts.reprint(last)
    copy = busy.printing.last_preview()
    assert isinstance(copy, Receipt)
    assert copy.cancelled == void.number
    i18n.set_language("id")
    for columns in (32, 42, 48):
        text = render_text(layout(copy, columns), columns)
        assert "SALINAN" in text
        assert f"TRANSAKSI BATAL, {void.number}" in text
    assert not busy.receipts.document(last).cancelled


def test_a_copy_is_as_sold_when_the_items_card_has_changed(busy: Till, manager: Session) -> None:
    from pos.services.goods import ItemCard

    item = busy.catalog.find("DKR-1187")
    card = ItemCard(item.item_id, "Nama baru", "stock", 99_000, None, item.seller_id)
    busy.catalog.complete_item(card, by=manager.staff_id)
    second = busy.receipts.search(ReceiptQuery(text="2"))[0].sale_id
    line = busy.receipts.document(second).lines[0]
    assert (line.name, line.unit_price) == ("Bros bunga kain perca", 35_000)
    assert found(busy, "Nama baru") == []
    assert found(busy, "bunga kain") == [2]


# -- paper numbers -------------------------------------------------------------------------


@given(st.integers(0, 999_999_999))
def test_a_paper_number_reads_back(number: int) -> None:
    assert parse_paper_number(paper_number("DKR", number)) == ("DKR", number)
    assert parse_paper_number(f"  dkr-{number}  ") == ("DKR", number)


@pytest.mark.parametrize("text", ["", "DKR", "DKR-", "-5", "DKR 5", "5", "DKR-1234567890", "D|K-5"])
def test_what_is_no_paper_number(text: str) -> None:
    assert parse_paper_number(text) is None


def test_paper_numbers_have_six_digits_and_more_when_needed() -> None:
    assert paper_number("DKR", 123) == "DKR-000123"
    assert paper_number("DKR", 1_234_567) == "DKR-1234567"
