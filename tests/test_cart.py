from collections.abc import Callable

import msgspec
import pytest

from pos import i18n
from pos.cart import (
    MAX_LINES,
    MAX_QTY,
    Cart,
    CartItem,
    Discount,
    ItemKind,
    decode_cart,
    encode_cart,
    price_cart,
)
from pos.errors import UserError
from pos.money import MAX_AMOUNT
from pos.terms import Terms

NET = Terms(kind="net", net_price=10_000)


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.set_language("en")


def item(
    item_id: int = 1,
    price: int = 35_000,
    kind: ItemKind = "stock",
    terms: Terms = Terms(),  # noqa: B008 (frozen)
) -> CartItem:
    return CartItem(
        item_id=item_id,
        code=f"DKR-{item_id}",
        name=f"Thing {item_id}",
        kind=kind,
        price=price,
        seller_id=7,
        seller_code="SRI",
        terms=terms,
        on_hand=5,
    )


UNIQUE = item(2, 185_000, "unique")
UNLISTED = msgspec.structs.replace(item(0, 20_000), code="", unlisted=True, approved_by=3)


def refused(change: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        change()
    return caught.value


def test_an_added_item_is_a_line_at_its_list_price() -> None:
    cart = Cart().add(item(), 3)
    (line,) = cart.lines
    assert (line.key, line.qty, line.price, line.gross) == (1, 3, 35_000, 105_000)
    assert line.line_discount == 0
    assert cart.next_key == 2


def test_the_cart_before_a_change_is_still_there() -> None:
    before = Cart().add(item())
    after = before.add(item(), 2)
    assert (before.lines[0].qty, after.lines[0].qty) == (1, 3)


def test_the_same_item_again_goes_onto_its_line() -> None:
    cart = Cart().add(item()).add(UNIQUE).add(item(), 4)
    assert [(line.item.item_id, line.qty) for line in cart.lines] == [(1, 5), (2, 1)]
    assert cart.pieces_of(1) == 5


def test_further_pieces_never_join_a_line_at_another_price() -> None:
    cart = Cart().add(item()).set_price(1, 30_000, approved_by=9, reason="stain")
    cart = cart.add(item()).add(item(), 2)
    assert [(line.price, line.qty) for line in cart.lines] == [(30_000, 1), (35_000, 3)]
    assert cart.pieces_of(1) == 4


def test_a_price_that_changed_in_the_book_meanwhile_starts_a_line_of_its_own() -> None:
    cart = Cart().add(item(price=35_000)).add(item(price=40_000))
    assert [line.price for line in cart.lines] == [35_000, 40_000]


def test_unlisted_things_are_lines_of_their_own() -> None:
    cart = Cart().add(UNLISTED).add(UNLISTED)
    assert [line.key for line in cart.lines] == [1, 2]
    assert cart.line_of(0) is None


def test_a_unique_piece_is_in_the_cart_once() -> None:
    cart = Cart().add(UNIQUE)
    assert "Thing 2 is one of a kind" in refused(lambda: cart.add(UNIQUE)).sentence
    assert "only one" in refused(lambda: Cart().add(UNIQUE, 2)).sentence
    assert "only one" in refused(lambda: cart.set_qty(1, 2)).sentence
    assert cart.set_qty(1, 1) == cart


@pytest.mark.parametrize("qty", [0, -1, MAX_QTY + 1])
def test_quantities_outside_the_range_are_refused_at_the_field(qty: int) -> None:
    assert refused(lambda: Cart().add(item(), qty)).field == "qty"


def test_a_quantity_can_grow_to_the_most_and_no_further() -> None:
    cart = Cart().add(item(price=1), MAX_QTY)
    assert refused(lambda: cart.add(item(price=1))).field == "qty"
    assert refused(lambda: cart.set_qty(1, MAX_QTY + 1)).field == "qty"
    assert refused(lambda: cart.set_qty(1, -1)).field == "qty"


def test_a_sale_has_a_most_of_lines() -> None:
    cart = Cart()
    for number in range(MAX_LINES):
        cart = cart.add(item(number + 1, 1_000))
    error = refused(lambda: cart.add(item(MAX_LINES + 1)))
    assert str(MAX_LINES) in error.sentence
    # ... but more of what is in it is fine.
    assert cart.add(item(1, 1_000)).pieces_of(1) == 2


def test_quantity_zero_takes_the_line_out() -> None:
    cart = Cart().add(item()).add(UNIQUE).set_qty(1, 0)
    assert [line.item.item_id for line in cart.lines] == [2]


def test_keys_are_never_given_twice() -> None:
    cart = Cart().add(item()).remove(1).add(item())
    assert [line.key for line in cart.lines] == [2]


def test_a_line_that_is_gone_is_a_bug_of_the_caller() -> None:
    with pytest.raises(KeyError):
        Cart().add(item()).line(2)


def test_another_price_keeps_who_allowed_it_and_why() -> None:
    cart = Cart().add(item()).set_price(1, 30_000, approved_by=9, reason="stain")
    line = cart.line(1)
    assert (line.price, line.price_approved_by, line.price_reason) == (30_000, 9, "stain")
    assert line.item.price == 35_000
    back = cart.set_price(1, 35_000, approved_by=9, reason="no stain").line(1)
    assert (back.price_approved_by, back.price_reason) == (0, "")


@pytest.mark.parametrize("price", [-1, MAX_AMOUNT + 1])
def test_a_price_that_is_none_is_refused_at_the_field(price: int) -> None:
    cart = Cart().add(item())
    error = refused(lambda: cart.set_price(1, price, approved_by=9, reason=""))
    assert error.field == "price"


def test_a_price_below_the_lines_discount_is_refused() -> None:
    cart = Cart().add(item()).discount_line(1, Discount(amount=20_000))
    error = refused(lambda: cart.set_price(1, 15_000, approved_by=9, reason=""))
    assert error.field == "discount"
    assert "Rp 15.000" in error.sentence


@pytest.mark.parametrize(
    ("discount", "off"),
    [
        (Discount(percent_bp=1_000), 10_500),
        (Discount(percent_bp=1_250), 13_125),
        (Discount(amount=5_000), 5_000),
        (Discount(), 0),
    ],
)
def test_a_discount_on_a_line_is_in_percent_or_in_rupiah(discount: Discount, off: int) -> None:
    cart = Cart().add(item(), 3).discount_line(1, discount)
    priced = price_cart(cart)
    assert cart.line(1).line_discount == off
    assert (priced.subtotal, priced.line_discounts, priced.total) == (105_000, off, 105_000 - off)
    assert priced.pieces == 3


@pytest.mark.parametrize(
    ("percent_bp", "amount"), [(-1, 0), (0, -1), (1_000, 5_000)], ids=["percent", "amount", "both"]
)
def test_what_is_no_discount_cannot_be_made(percent_bp: int, amount: int) -> None:
    with pytest.raises(ValueError, match="no discount"):
        Discount(percent_bp=percent_bp, amount=amount)


def test_a_discount_can_be_taken_off_again() -> None:
    plain = Cart().add(item())
    assert plain.discount_line(1, Discount(amount=5)).discount_line(1, None) == plain
    assert plain.discount_cart(Discount(amount=5)).discount_cart(None) == plain


def test_a_discount_larger_than_the_line_is_refused_at_the_field() -> None:
    cart = Cart().add(item())
    for discount in (Discount(amount=35_001), Discount(percent_bp=10_001, bearer="stand")):
        error = refused(lambda off=discount: cart.discount_line(1, off))  # type: ignore[misc]
        assert error.field == "discount"
        assert "Rp 35.000" in error.sentence


def test_all_of_a_line_can_be_given_away() -> None:
    cart = Cart().add(item()).discount_line(1, Discount(percent_bp=10_000))
    assert price_cart(cart).total == 0
    assert price_cart(cart).lines[0].split.share == 0


def test_a_discount_larger_than_the_sale_is_refused_at_the_field() -> None:
    cart = Cart().add(item())
    error = refused(lambda: cart.discount_cart(Discount(amount=35_001)))
    assert error.field == "discount"
    assert "Rp 35.000" in error.sentence


def test_a_seller_never_owes_for_a_sale() -> None:
    # 15.000 at a net price of 10.000: a seller who bears 10.001 would get less than nothing.
    cart = Cart().add(item(5, 15_000, terms=NET))
    off = Discount(amount=10_001)
    on_line = refused(lambda: cart.discount_line(1, off))
    over_cart = refused(lambda: cart.discount_cart(off))
    for error in (on_line, over_cart):
        assert error.field == "bearer"
        assert "Thing 5" in error.sentence
    assert price_cart(cart.discount_line(1, Discount(amount=10_000))).lines[0].split.share == 0
    by_stand = cart.discount_line(1, msgspec.structs.replace(off, bearer="stand"))
    assert price_cart(by_stand).lines[0].split.share == 10_000


def test_a_line_that_the_carts_discount_cannot_bear_is_not_added() -> None:
    cart = Cart().add(item()).discount_cart(Discount(percent_bp=7_000))
    error = refused(lambda: cart.add(item(5, 15_000, terms=NET)))
    assert error.field == "bearer"
    assert price_cart(cart).total == 10_500


def test_taking_out_a_line_drops_a_discount_that_no_longer_fits() -> None:
    cart = Cart().add(item()).add(UNIQUE).discount_cart(Discount(amount=100_000))
    assert cart.remove(2).discount is None
    assert cart.remove(1).discount == Discount(amount=100_000)


def test_fewer_pieces_drop_a_discount_that_no_longer_fits() -> None:
    cart = Cart().add(item(), 3).discount_cart(Discount(amount=70_001))
    assert cart.set_qty(1, 2).discount is None
    assert cart.set_qty(1, 4).discount == Discount(amount=70_001)


def test_a_larger_discount_on_a_line_drops_the_carts_that_no_longer_fits() -> None:
    cart = Cart().add(item()).discount_cart(Discount(amount=30_000))
    assert cart.discount_line(1, Discount(amount=10_000)).discount is None


def test_with_the_last_line_the_discount_over_the_cart_goes_too() -> None:
    cart = Cart().add(item()).discount_cart(Discount(percent_bp=500)).remove(1)
    assert cart.lines == ()
    assert cart.discount is None
    assert price_cart(cart).total == 0


def test_line_and_cart_discounts_add_up() -> None:
    cart = (
        Cart()
        .add(item(), 2)
        .add(UNIQUE)
        .discount_line(1, Discount(percent_bp=1_000, bearer="shared"))
        .discount_cart(Discount(amount=10_001, bearer="stand"))
    )
    priced = price_cart(cart)
    # 70.000 - 7.000 + 185.000 = 248.000; 10.001 spread over 63.000 : 185.000.
    assert [line.cart_discount for line in priced.lines] == [2_541, 7_460]
    assert [line.seller_discount for line in priced.lines] == [3_500, 0]
    assert [line.stand_discount for line in priced.lines] == [6_041, 7_460]
    assert [line.paid for line in priced.lines] == [60_459, 177_540]
    assert priced.total == sum(line.paid for line in priced.lines) == 237_999


def test_a_cart_comes_back_from_json_as_it_was() -> None:
    cart = (
        Cart(name="Bu Ani")
        .add(item(terms=NET), 2)
        .add(UNLISTED)
        .set_price(2, 19_000, approved_by=3, reason="worn")
        .discount_line(1, Discount(amount=500, bearer="shared", reason="x", approved_by=3))
        .discount_cart(Discount(percent_bp=250))
    )
    assert decode_cart(encode_cart(cart)) == cart


@pytest.mark.parametrize(
    "raw",
    [b"", b"{", b"[]", b'{"lines": [1]}', b'{"discount": {"percent_bp": 5, "amount": 5}}'],
)
def test_what_is_no_cart_is_not_read(raw: bytes) -> None:
    with pytest.raises(msgspec.MsgspecError):
        decode_cart(raw)
