"""What needs a manager's word, and things that are not in the book."""

import pytest

from pos import i18n
from pos.cart import Cart, Discount
from pos.errors import ApprovalNeededError, UserError
from pos.money import MAX_AMOUNT
from pos.services.goods import ItemCard
from pos.services.staff import Session
from pos.services.till import Till
from tests.services.ringing import PLENTY, bros, last_entry, last_sale, seller_id
from tests.support import manager_of


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


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


def test_the_limit_is_told_with_its_half_percent(
    till: Till, kasir: Session, manager: Session
) -> None:
    till.settings.set_setting("discount_limit_bp", "1250", by=manager.staff_id)
    with pytest.raises(ApprovalNeededError, match="12,5 %"):
        till.selling.check_discount(kasir, bros(till), 1, Discount(percent_bp=1_300))


def test_the_limit_is_a_setting(till: Till, kasir: Session, manager: Session) -> None:
    till.settings.set_setting("discount_limit_bp", "2500", by=manager.staff_id)
    till.selling.check_discount(kasir, bros(till), 1, Discount(percent_bp=2_500))
    with pytest.raises(ApprovalNeededError):
        till.selling.check_discount(kasir, bros(till), 1, Discount(percent_bp=2_501))


def test_on_lines_and_over_everything_a_kasir_stays_within_the_limit_together(
    till: Till, kasir: Session, manager: Session
) -> None:
    cart = bros(till, 2).discount_line(1, Discount(amount=4_000))
    till.selling.check_discount(kasir, cart, None, Discount(amount=3_000))
    both = cart.discount_cart(Discount(amount=3_000))
    till.selling.check_discount(kasir, both, 1, Discount(amount=4_000))
    for key, amount in ((None, 3_001), (1, 4_001)):
        with pytest.raises(ApprovalNeededError):
            till.selling.check_discount(kasir, both, key, Discount(amount=amount))
    with pytest.raises(ApprovalNeededError):
        till.selling.complete(cart.discount_cart(Discount(amount=3_001)), PLENTY, session=kasir)
    # What a manager allowed is left out of it, with what it is on.
    allowed = Discount(amount=30_000, approved_by=manager.staff_id)
    cart = bros(till, 2).discount_line(1, allowed)
    till.selling.check_discount(kasir, cart, None, Discount(amount=4_000))
    with pytest.raises(ApprovalNeededError):
        till.selling.check_discount(kasir, cart, None, Discount(amount=4_001))
    till.selling.complete(cart.discount_cart(Discount(amount=4_000)), PLENTY, session=kasir)


def test_a_tenth_of_each_odd_price_is_within_a_tenth_of_all(till: Till, kasir: Session) -> None:
    by = manager_of(till).staff_id
    cart = Cart()
    for key, code in enumerate(("DKR-1187", "DKR-3001", "DKR-4001"), 1):
        cart = cart.add(till.catalog.find(code)).set_price(key, 5, approved_by=by, reason="")
        cart = cart.discount_line(key, Discount(percent_bp=1_000, bearer="stand"))
    till.selling.complete(cart, PLENTY, session=kasir)


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
