"""Ringing up on a real till: what is checked, what is written, what a failure leaves behind."""

from pathlib import Path
from typing import Any

import pytest

from pos import i18n
from pos.cart import Cart, Discount
from pos.clock import to_ms
from pos.errors import ApprovalNeededError, EnvironmentProblem, UserError
from pos.events import ItemChanged, SaleCompleted, TermsAgreed
from pos.models.journal import Entry, walk
from pos.money import MAX_AMOUNT
from pos.receipts.documents import Receipt
from pos.services.goods import ItemCard
from pos.services.printing import PrinterChoice
from pos.services.queries.catalog import SoldError
from pos.services.queries.receipts import ReceiptQuery
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.support import FakeClock

PLENTY = (Tender("cash", 1_000_000),)


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


def rows(till: Till, sql: str) -> list[Any]:
    cursor = till.book.reader()
    cursor.execute(sql)
    return cursor.fetchall()


def last_entry(till: Till) -> Entry:
    return list(walk(till.book.reader()))[-1]


def last_sale(till: Till) -> SaleCompleted:
    event = last_entry(till).event()
    assert isinstance(event, SaleCompleted)
    return event


def bros(till: Till, qty: int = 1) -> Cart:
    return Cart().add(till.catalog.find("DKR-1187"), qty)


def seller_id(till: Till, code: str) -> int:
    return next(s.seller_id for s in till.catalog.sellers() if s.code == code)


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
        .discount_cart(Discount(amount=1_001, bearer="stand"))
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


# -- a manager's word ------------------------------------------------------------------


def test_a_kasir_gives_discounts_up_to_the_limit(till: Till, kasir: Session) -> None:
    cart = bros(till, 2)
    for discount in (Discount(percent_bp=1_000), Discount(amount=7_000)):
        till.selling.check_discount(kasir, cart, 1, discount)
        till.selling.check_discount(kasir, cart, None, discount)
    for discount in (Discount(percent_bp=1_001), Discount(amount=7_001)):
        for key in (1, None):
            with pytest.raises(ApprovalNeededError) as needed:
                till.selling.check_discount(kasir, cart, key, discount)
            assert needed.value.action == "discount"
            assert "10 %" in needed.value.sentence


def test_the_limit_is_a_setting(till: Till, kasir: Session, manager: Session) -> None:
    till.settings.set_setting("discount_limit_bp", "2500", by=manager.staff_id)
    till.selling.check_discount(kasir, bros(till), 1, Discount(percent_bp=2_500))
    with pytest.raises(ApprovalNeededError):
        till.selling.check_discount(kasir, bros(till), 1, Discount(percent_bp=2_501))


def test_the_limit_of_the_cart_counts_on_what_the_lines_left(till: Till, kasir: Session) -> None:
    cart = bros(till, 2).discount_line(1, Discount(amount=7_000))
    till.selling.check_discount(kasir, cart, None, Discount(amount=6_300))
    with pytest.raises(ApprovalNeededError):
        till.selling.check_discount(kasir, cart, None, Discount(amount=6_301))


def test_a_manager_needs_no_approval(till: Till, manager: Session) -> None:
    cart = bros(till).discount_line(1, Discount(percent_bp=5_000))
    till.selling.check_discount(manager, cart, 1, Discount(percent_bp=10_000))
    till.selling.complete(cart, PLENTY, session=manager)
    assert last_entry(till).approver_id == 0


def test_the_sale_itself_checks_again(till: Till, kasir: Session, manager: Session) -> None:
    large = Discount(percent_bp=5_000)
    for cart in (bros(till).discount_line(1, large), bros(till).discount_cart(large)):
        with pytest.raises(ApprovalNeededError):
            till.selling.complete(cart, PLENTY, session=kasir)
    approved = Discount(percent_bp=5_000, approved_by=manager.staff_id)
    till.selling.complete(bros(till).discount_line(1, approved), PLENTY, session=kasir)
    entry = last_entry(till)
    assert (entry.staff_id, entry.approver_id) == (kasir.staff_id, manager.staff_id)
    assert last_sale(till).lines[0].discounts[0].approved_by == manager.staff_id


def test_another_price_needs_a_manager(till: Till, kasir: Session, manager: Session) -> None:
    cheap = bros(till).set_price(1, 30_000, approved_by=0, reason="")
    for session in (kasir, manager):
        with pytest.raises(ApprovalNeededError) as needed:
            till.selling.complete(cheap, PLENTY, session=session)
        assert needed.value.action == "price"
    allowed = bros(till).set_price(1, 30_000, approved_by=manager.staff_id, reason="stain")
    till.selling.complete(allowed, PLENTY, session=kasir)
    assert last_entry(till).approver_id == manager.staff_id


def test_a_kasir_is_nobodys_manager(till: Till, kasir: Session) -> None:
    cart = bros(till).set_price(1, 30_000, approved_by=kasir.staff_id, reason="")
    with pytest.raises(ApprovalNeededError, match="Only a manager"):
        till.selling.complete(cart, PLENTY, session=kasir)


# -- not in the book ----------------------------------------------------------------------


def test_something_not_in_the_book_is_sold_and_waits_for_its_card(
    till: Till, kasir: Session, manager: Session
) -> None:
    sri = seller_id(till, "SRI")
    new = till.catalog.unlisted("  Kipas  bambu ", 25_000, sri, approved_by=manager.staff_id)
    assert (new.name, new.terms.rate_bp, new.unlisted) == ("Kipas bambu", 2_000, True)
    till.selling.complete(Cart().add(new, 2), PLENTY, session=kasir)
    assert last_entry(till).approver_id == manager.staff_id
    (waiting,) = till.catalog.to_complete()
    assert (waiting.name, waiting.price, waiting.seller_code) == ("Kipas bambu", 25_000, "SRI")
    assert waiting.sold_number == "DKR-000001"
    assert waiting.sold_at.isoformat() == "2026-11-22T09:00:00+07:00"
    (line,) = last_sale(till).lines
    assert (line.over_stock, line.share, line.code) == (2, 40_000, waiting.code)

    house = next(c for c in till.catalog.categories() if c.name == "Rumah")
    card = ItemCard(waiting.item_id, "Kipas bambu lipat", "stock", 27_000, house.category_id, sri)
    till.catalog.complete_item(card, by=manager.staff_id)
    assert till.catalog.to_complete() == ()
    (found,) = till.catalog.search("lipat rumah")
    assert (found.price, found.on_hand) == (27_000, -2)


@pytest.mark.parametrize(
    ("name", "price", "seller", "field"),
    [
        ("", 25_000, "SRI", "name"),
        ("   ", 25_000, "SRI", "name"),
        ("x" * 81, 25_000, "SRI", "name"),
        ("Kipas", 0, "SRI", "price"),
        ("Kipas", MAX_AMOUNT + 1, "SRI", "price"),
        ("Kipas", 25_000, "", "seller"),
    ],
)
def test_what_is_missing_of_something_unlisted_is_said_at_its_field(
    till: Till, name: str, price: int, seller: str, field: str
) -> None:
    whose = seller_id(till, seller) if seller else 1
    with pytest.raises(UserError) as refused:
        till.catalog.unlisted(name, price, whose, approved_by=1)
    assert refused.value.field == field


def test_something_unlisted_needs_a_manager(till: Till, kasir: Session) -> None:
    new = till.catalog.unlisted("Kipas", 25_000, seller_id(till, "SRI"), approved_by=0)
    with pytest.raises(ApprovalNeededError):
        till.selling.complete(Cart().add(new), PLENTY, session=kasir)


def test_an_items_card_must_be_whole(till: Till, manager: Session) -> None:
    item = till.catalog.find("DKR-1187")
    for name, price, field in (("", 1_000, "name"), ("Bros", 0, "price")):
        card = ItemCard(item.item_id, name, "stock", price, None, item.seller_id)
        with pytest.raises(UserError) as refused:
            till.catalog.complete_item(card, by=manager.staff_id)
        assert refused.value.field == field
    with pytest.raises(KeyError):
        till.catalog.complete_item(
            ItemCard(1, "Bros", "stock", 1, None, item.seller_id), by=manager.staff_id
        )


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


# -- when it fails -----------------------------------------------------------------------------


def everything(till: Till) -> dict[str, list[Any]]:
    names = [row[0] for row in rows(till, "SELECT name FROM pragma_table_list WHERE schema='main'")]
    kept = [name for name in names if not name.startswith(("sqlite_", "item_search"))]
    return {name: rows(till, f"SELECT * FROM {name}") for name in kept}


def test_too_little_money_changes_nothing(till: Till, kasir: Session) -> None:
    cart = bros(till)
    till.carts.save_open(cart, kasir.staff_id)
    before = everything(till)
    with pytest.raises(UserError) as refused:
        till.selling.complete(cart, (Tender("cash", 34_000),), session=kasir)
    assert refused.value.field == "amount"
    assert everything(till) == before


def test_a_sale_larger_than_the_paper_is_refused(till: Till, manager: Session) -> None:
    cart = bros(till, 2).set_price(1, MAX_AMOUNT, approved_by=manager.staff_id, reason="x")
    with pytest.raises(UserError, match="too large"):
        till.selling.complete(cart, (Tender("card", 2 * MAX_AMOUNT),), session=manager)


def test_a_disk_that_is_full_keeps_the_cart_and_the_book(
    till: Till, kasir: Session, manager: Session
) -> None:
    heard: list[frozenset[str]] = []
    till.changes.subscribe(heard.append)
    cart = bros(till)
    till.carts.save_open(cart, kasir.staff_id)
    writer = till.book.driver_connection
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    before = everything(till)
    writer.execute(f"PRAGMA max_page_count = {pages}")
    heard.clear()
    huge = cart
    for number in range(60):
        name = f"Barang {number} " + "x" * 60
        whose = seller_id(till, "SRI")
        new = till.catalog.unlisted(name, 1_000, whose, approved_by=manager.staff_id)
        huge = huge.add(new)
    with pytest.raises(EnvironmentProblem):
        till.selling.complete(huge, PLENTY, session=kasir)
    assert everything(till) == before
    assert till.carts.load_open() == cart
    assert heard == []
    writer.execute("PRAGMA max_page_count = 100000")
    assert till.selling.complete(huge, PLENTY, session=kasir).number == "DKR-000001"
    assert till.carts.load_open() is None


def test_a_listener_that_fails_does_not_make_the_sale_fail(
    till: Till, kasir: Session, caplog: pytest.LogCaptureFixture
) -> None:
    """Else the screen would show an error, and the sale would be rung up twice."""
    heard: list[frozenset[str]] = []

    def broken(_topics: frozenset[str]) -> None:
        raise RuntimeError("a screen's bug")

    till.changes.subscribe(broken)
    till.changes.subscribe(heard.append)
    sale = till.selling.complete(bros(till), PLENTY, session=kasir)
    assert sale.number == "DKR-000001"
    assert len(heard) == 1
    assert "a screen's bug" in caplog.text


def test_a_sale_is_announced_once_with_all_that_changed(till: Till, kasir: Session) -> None:
    heard: list[frozenset[str]] = []
    stop = till.changes.subscribe(heard.append)
    till.selling.complete(bros(till), PLENTY, session=kasir)
    assert heard == [frozenset({"sales", "stock", "items", "print_jobs", "payments"})]
    stop()
    stop()
    till.selling.complete(bros(till), PLENTY, session=kasir)
    assert len(heard) == 1


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
