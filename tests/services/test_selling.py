"""Ringing up on a real till: what is checked, what is frozen on the line, what is queued."""

from pathlib import Path

import pytest

from pos import i18n
from pos.cart import Cart, Discount
from pos.clock import to_ms
from pos.errors import UserError
from pos.events import ItemChanged, TermsAgreed
from pos.models.journal import walk
from pos.receipts.documents import Receipt
from pos.services.printing import PrinterChoice
from pos.services.queries.catalog import SoldError
from pos.services.queries.receipts import ReceiptQuery
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.services.ringing import PLENTY, bros, last_entry, last_sale, rows, seller_id
from tests.support import FakeClock


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


def test_a_sale_says_what_the_customer_gets_back(till: Till, kasir: Session) -> None:
    sale = till.selling.complete(bros(till, 2), (Tender("cash", 100_000),), session=kasir)
    assert (sale.number, sale.total, sale.paid, sale.change) == (
        "DKR-000001",
        70_000,
        70_000,
        30_000,
    )
    assert sale.has_cash
    assert sale.entry_hash == last_entry(till).hash.hex()


def test_an_empty_cart_is_no_sale(till: Till, kasir: Session) -> None:
    with pytest.raises(UserError, match="empty"):
        till.selling.complete(Cart(), PLENTY, session=kasir)


def test_everything_that_decides_who_gets_what_is_frozen_on_the_line(
    till: Till, manager: Session, kasir: Session
) -> None:
    cart = (
        bros(till, 3)
        .set_price(1, 30_000, approved_by=manager.staff_id, reason="stain")
        .discount_line(1, Discount(percent_bp=1_000, bearer="shared", reason="loyal"))
        .discount_cart(Discount(amount=1_001, bearer="stand", approved_by=manager.staff_id))
    )
    till.selling.complete(cart, PLENTY, session=kasir)
    (line,) = last_sale(till).lines
    assert (line.code, line.qty, line.list_price, line.price) == ("DKR-1187", 3, 35_000, 30_000)
    assert line.terms == Terms(rate_bp=2_000)
    assert (line.price_approved_by, line.price_reason) == (manager.staff_id, "stain")
    assert [(d.scope, d.percent_bp, d.amount, d.seller_part) for d in line.discounts] == [
        ("line", 1_000, 9_000, 4_500),
        ("cart", 0, 1_001, 0),
    ]
    # (90.000 - 4.500) x 80 %.
    assert (line.share, line.commission) == (68_400, 17_100)


def test_a_unique_piece_is_sold_once(till: Till, kasir: Session, clock: FakeClock) -> None:
    here = Cart().add(till.catalog.find("DKR-2041"))
    elsewhere = Cart().add(till.catalog.find("DKR-2041")).add(till.catalog.find("DKR-1187"))
    till.selling.complete(here, PLENTY, session=kasir)
    clock.pass_seconds(60)
    with pytest.raises(SoldError, match="DKR-000001"):
        till.selling.complete(elsewhere, PLENTY, session=kasir)
    # The rest of that cart can still be sold.
    sale = till.selling.complete(elsewhere.remove(1), PLENTY, session=kasir)
    assert sale.number == "DKR-000002"


def test_more_than_the_shelf_holds_is_sold_and_recorded(till: Till, kasir: Session) -> None:
    till.selling.complete(bros(till, 15), PLENTY, session=kasir)
    assert last_sale(till).lines[0].over_stock == 3
    till.selling.complete(bros(till, 2), PLENTY, session=kasir)
    assert last_sale(till).lines[0].over_stock == 2
    assert till.catalog.find("DKR-1187").on_hand == -5


def test_lines_with_the_same_item_share_what_is_on_the_shelf(till: Till, manager: Session) -> None:
    cart = bros(till, 8).set_price(1, 30_000, approved_by=manager.staff_id, reason="stain")
    cart = cart.add(till.catalog.find("DKR-1187"), 8)
    till.selling.complete(cart, PLENTY, session=manager)
    assert [line.over_stock for line in last_sale(till).lines] == [0, 4]


def test_a_made_to_order_piece_has_no_stock(till: Till, kasir: Session) -> None:
    cart = Cart().add(till.catalog.find("DKR-4001"), 2)
    till.selling.complete(cart, PLENTY, session=kasir)
    (line,) = last_sale(till).lines
    assert (line.over_stock, line.share) == (0, 765_000)
    assert rows(till, f"SELECT 1 FROM stock WHERE item_id = {line.item_id}") == []


# -- a cart from another day -----------------------------------------------------------------


def test_a_held_cart_is_sold_on_the_terms_of_the_day(
    till: Till, kasir: Session, clock: FakeClock
) -> None:
    cart_id = till.carts.hold(bros(till), "Bu Ani", kasir.staff_id)
    clock.pass_seconds(2 * 86_400)
    with till.unit.write() as tx:
        tx.append(
            TermsAgreed(
                terms_id=tx.new_id(),
                seller_id=seller_id(till, "LMB"),
                item_id=None,
                valid_from=tx.business_date,
                terms=Terms(rate_bp=3_000),
            ),
            staff_id=1,
        )
    resumed = till.carts.resume(cart_id)
    assert resumed.lines[0].item.terms.rate_bp == 2_000
    till.selling.complete(resumed, PLENTY, session=kasir)
    (line,) = last_sale(till).lines
    assert (line.terms.rate_bp, line.share) == (3_000, 24_500)


def test_a_held_cart_goes_to_whoever_owns_the_piece_now(till: Till, kasir: Session) -> None:
    cart = bros(till)
    item = cart.lines[0].item
    with till.unit.write() as tx:
        tx.append(
            ItemChanged(
                item_id=item.item_id,
                name=item.name,
                kind="stock",
                price=item.price,
                category_id=None,
                seller_id=seller_id(till, "KRT"),
            ),
            staff_id=1,
        )
    till.selling.complete(cart, PLENTY, session=kasir)
    (line,) = last_sale(till).lines
    # 15 % is Kartini's agreement.
    assert (line.seller_id, line.share) == (seller_id(till, "KRT"), 29_750)
    paper = till.printing.last_preview()
    assert isinstance(paper, Receipt)
    assert paper.lines[0].seller_code == "KRT"


def test_an_item_that_became_unique_meanwhile_is_sold_once(till: Till, kasir: Session) -> None:
    cart = bros(till, 13)
    item = cart.lines[0].item
    with till.unit.write() as tx:
        tx.append(
            ItemChanged(
                item_id=item.item_id,
                name=item.name,
                kind="unique",
                price=item.price,
                category_id=None,
                seller_id=item.seller_id,
            ),
            staff_id=1,
        )
    with pytest.raises(SoldError, match="no longer on the shelf"):
        till.selling.complete(cart, PLENTY, session=kasir)


def test_a_sale_belongs_to_the_business_day(till: Till, kasir: Session, clock: FakeClock) -> None:
    clock.pass_seconds(17 * 3_600)  # two in the morning
    till.selling.complete(bros(till), PLENTY, session=kasir)
    assert last_entry(till).business_date == "2026-11-22"
    clock.pass_seconds(2 * 3_600)
    till.selling.complete(bros(till), PLENTY, session=kasir)
    assert last_entry(till).business_date == "2026-11-23"
    assert last_entry(till).at == to_ms(till.now())


# -- money seen, papers queued -------------------------------------------------------------------


def test_money_that_nobody_saw_waits_to_be_checked(till: Till, kasir: Session) -> None:
    parts = (Tender("qris", 20_000), Tender("transfer", 10_000, reference="BCA 7"))
    sale = till.selling.complete(bros(till), (*parts, Tender("card", 5_000)), session=kasir)
    waiting = till.receipts.unchecked()
    assert [(u.method, u.amount, u.number) for u in waiting] == [
        ("qris", 20_000, sale.number),
        ("transfer", 10_000, sale.number),
    ]
    assert till.receipts.search(ReceiptQuery())[0].unchecked
    for payment in waiting:
        till.receipts.check_payment(payment.payment_id, session=kasir)
    assert till.receipts.unchecked() == ()
    assert not till.receipts.search(ReceiptQuery())[0].unchecked
    before = len(list(walk(till.book.reader())))
    till.receipts.check_payment(waiting[0].payment_id, session=kasir)
    assert len(list(walk(till.book.reader()))) == before
    with pytest.raises(KeyError):
        till.receipts.check_payment(1, session=kasir)


def test_money_that_was_seen_at_once_does_not_wait(till: Till, kasir: Session) -> None:
    till.selling.complete(bros(till), (Tender("qris", 35_000, checked=True),), session=kasir)
    assert till.receipts.unchecked() == ()


def test_the_receipt_is_queued_with_the_sale_and_the_drawer_only_for_cash(
    till: Till, kasir: Session
) -> None:
    till.printing.set_choice(PrinterChoice(address="preview:", has_drawer=True))
    till.selling.complete(bros(till), (Tender("card", 35_000),), session=kasir)
    till.selling.complete(bros(till), PLENTY, session=kasir)
    assert [(job.kind, job.title, job.status) for job in till.printing.jobs()] == [
        ("receipt", "DKR-000001", "waiting"),
        ("drawer", "DKR-000002", "waiting"),
        ("receipt", "DKR-000002", "waiting"),
    ]


def test_without_a_drawer_none_is_kicked(till: Till, kasir: Session) -> None:
    till.selling.complete(bros(till), PLENTY, session=kasir)
    assert [job.kind for job in till.printing.jobs()] == ["receipt"]


def test_the_book_file_is_the_owners_alone(tmp_path: Path, till: Till) -> None:
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
