"""The money table of the design, row by row: a line of 100.000, commission 20 %."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.cart import Cart, CartItem, Discount, PricedLine, price_cart
from pos.tender import Tender, settle
from pos.terms import Bearer, Split, Terms, divide_discount, split_line

PAID_20 = Terms(kind="percent", rate_bp=2_000, base="paid")
LIST_20 = Terms(kind="percent", rate_bp=2_000, base="list")
NET_70 = Terms(kind="net", net_price=70_000)


def item(terms: Terms, price: int = 100_000, item_id: int = 1) -> CartItem:
    return CartItem(
        item_id=item_id,
        code=f"DKR-{item_id:04d}",
        name=f"Barang {item_id}",
        kind="stock",
        price=price,
        seller_id=item_id,
        seller_code="SRI",
        terms=terms,
        on_hand=9,
    )


def priced_line(
    terms: Terms, discount: int = 0, bearer: Bearer = "seller", *, over_cart: bool = False
) -> PricedLine:
    """The line of the table, its discount given on the line or over the cart."""
    cart = Cart().add(item(terms))
    if discount and over_cart:
        cart = cart.discount_cart(Discount(amount=discount, bearer=bearer))
    elif discount:
        cart = cart.discount_line(1, Discount(amount=discount, bearer=bearer))
    (line,) = price_cart(cart).lines
    return line


@pytest.mark.parametrize("over_cart", [False, True], ids=["on the line", "over the cart"])
@pytest.mark.parametrize(
    ("terms", "discount", "bearer", "seller", "commission", "stand_discounts"),
    [
        pytest.param(PAID_20, 0, "seller", 80_000, 20_000, 0, id="plain sale"),
        pytest.param(PAID_20, 10_000, "seller", 72_000, 18_000, 0, id="borne by the seller"),
        pytest.param(LIST_20, 10_000, "seller", 70_000, 20_000, 0, id="seller, on the list price"),
        pytest.param(PAID_20, 10_000, "stand", 80_000, 20_000, 10_000, id="borne by the stand"),
        pytest.param(LIST_20, 10_000, "stand", 80_000, 20_000, 10_000, id="stand, list price"),
        pytest.param(PAID_20, 10_000, "shared", 76_000, 19_000, 5_000, id="shared"),
        pytest.param(LIST_20, 10_000, "shared", 75_000, 20_000, 5_000, id="shared, list price"),
        pytest.param(NET_70, 0, "seller", 70_000, 30_000, 0, id="net price"),
        pytest.param(NET_70, 10_000, "seller", 60_000, 30_000, 0, id="net price, by the seller"),
        pytest.param(NET_70, 10_000, "stand", 70_000, 30_000, 10_000, id="net price, by the stand"),
        pytest.param(NET_70, 10_000, "shared", 65_000, 30_000, 5_000, id="net price, shared"),
    ],
)
def test_the_money_table(
    terms: Terms,
    discount: int,
    bearer: Bearer,
    seller: int,
    commission: int,
    stand_discounts: int,
    *,
    over_cart: bool,
) -> None:
    line = priced_line(terms, discount, bearer, over_cart=over_cart)

    assert line.split.share == seller
    assert line.split.commission == commission
    assert line.stand_discount == stand_discounts
    assert line.paid == 100_000 - discount
    # Seller plus stand is what was paid, exactly.
    assert seller + commission - stand_discounts == line.paid


def test_terms_are_twenty_percent_of_the_price_paid_unless_agreed_otherwise() -> None:
    assert Terms() == PAID_20


def test_of_an_odd_shared_discount_the_stand_bears_the_larger_half() -> None:
    assert divide_discount(10_001, "shared") == (5_000, 5_001)
    assert divide_discount(1, "shared") == (0, 1)
    assert divide_discount(10_000, "shared") == (5_000, 5_000)


def test_one_bearer_bears_all() -> None:
    assert divide_discount(10_001, "seller") == (10_001, 0)
    assert divide_discount(10_001, "stand") == (0, 10_001)


def test_an_odd_discount_given_twice_is_halved_each_time() -> None:
    cart = Cart().add(item(PAID_20)).discount_line(1, Discount(amount=101, bearer="shared"))
    cart = cart.discount_cart(Discount(amount=101, bearer="shared"))

    (line,) = price_cart(cart).lines

    assert (line.seller_discount, line.stand_discount) == (100, 102)


@pytest.mark.parametrize(
    ("gross", "rate_bp", "share", "commission"),
    [
        # 5 x 0.9 = 4.5 goes up to 5; the stand gets the rest.
        (5, 1_000, 5, 0),
        # 15 x 0.9 = 13.5 -> 14: half goes up also where the even neighbour lies below.
        (15, 1_000, 14, 1),
        # 25 x 0.9 = 22.5 -> 23, where rounding to even would say 22.
        (25, 1_000, 23, 2),
        # 33.333 x 0.875 = 29.166,375 -> down.
        (33_333, 1_250, 29_166, 4_167),
        # 99.999 x 0.8 = 79.999,2 -> down.
        (99_999, 2_000, 79_999, 20_000),
        (100_000, 0, 100_000, 0),
        (100_000, 10_000, 0, 100_000),
    ],
)
def test_the_share_is_rounded_half_up_and_the_stand_gets_the_rest(
    gross: int, rate_bp: int, share: int, commission: int
) -> None:
    for base in ("paid", "list"):
        terms = Terms(rate_bp=rate_bp, base=base)
        assert split_line(gross, 1, 0, terms) == Split(share, commission)


def test_on_the_list_price_the_discount_comes_off_after_rounding() -> None:
    # 25 x 0.9 = 22.5 -> 23, less the seller's 4.
    assert split_line(25, 1, 4, Terms(rate_bp=1_000, base="list")) == Split(19, 2)


def test_a_net_price_counts_for_each_piece() -> None:
    assert split_line(300_000, 3, 0, NET_70) == Split(210_000, 90_000)


def test_a_price_below_the_net_price_is_the_stands_loss() -> None:
    assert split_line(60_000, 1, 0, NET_70) == Split(70_000, -10_000)


def test_a_discount_over_the_cart_is_spread_by_largest_remainder() -> None:
    # 100 over 3 equal lines: 33.33 each, and the odd rupiah to the first of equal remainders.
    cart = Cart()
    for item_id in (1, 2, 3):
        cart = cart.add(item(PAID_20, 1_000, item_id))
    priced = price_cart(cart.discount_cart(Discount(amount=100)))
    assert [line.cart_discount for line in priced.lines] == [34, 33, 33]

    # 10.000 over 35.000, 15.000 and 17.500: 5185.19, 2222.22, 2592.59; the last one is largest.
    cart = Cart()
    for item_id, price in enumerate((35_000, 15_000, 17_500), start=1):
        cart = cart.add(item(PAID_20, price, item_id))
    priced = price_cart(cart.discount_cart(Discount(amount=10_000)))
    assert [line.cart_discount for line in priced.lines] == [5_185, 2_222, 2_593]


def test_a_discount_over_the_cart_goes_by_what_is_left_after_the_lines_own() -> None:
    cart = Cart().add(item(PAID_20, 1_000, 1)).add(item(PAID_20, 1_000, 2))
    cart = cart.discount_line(1, Discount(amount=500)).discount_cart(Discount(amount=300))
    assert [line.cart_discount for line in price_cart(cart).lines] == [100, 200]


@pytest.mark.parametrize(
    ("total", "rounding", "paid"),
    [
        (100_049, -49, 100_000),
        # An exact half goes down: the tie is the buyer's.
        (100_050, -50, 100_000),
        (100_051, 49, 100_100),
        (100_150, -50, 100_100),
        (100_100, 0, 100_100),
    ],
)
def test_cash_is_rounded_to_the_nearest_hundred_with_ties_in_the_buyers_favour(
    total: int, rounding: int, paid: int
) -> None:
    settled = settle(total, (Tender("cash", 200_000),))
    assert settled.rounding == rounding
    assert settled.payments[0].amount == paid
    assert settled.change == 200_000 - paid


def test_rounding_never_touches_the_sellers_share() -> None:
    cart = Cart().add(item(PAID_20, 100_050))
    priced = price_cart(cart)
    in_cash = settle(priced.total, (Tender("cash", 100_000),))
    by_card = settle(priced.total, (Tender("card", 100_050),))

    assert priced.lines[0].split == Split(80_040, 20_010)
    assert (in_cash.rounding, by_card.rounding) == (-50, 0)


_terms = st.one_of(
    st.builds(
        Terms,
        kind=st.just("percent"),
        rate_bp=st.integers(0, 10_000),
        base=st.sampled_from(["paid", "list"]),
    ),
    st.builds(Terms, kind=st.just("net"), net_price=st.integers(0, 1_000_000)),
)
_bearers = st.sampled_from(["seller", "stand", "shared"])


@given(
    lines=st.lists(
        st.tuples(_terms, st.integers(1, 2_000_000), st.integers(1, 20), st.integers(0, 30)),
        min_size=1,
        max_size=8,
    ),
    off=st.integers(0, 3_000),
    bearer=_bearers,
    cash=st.booleans(),
)
def test_seller_plus_stand_plus_rounding_is_what_was_paid(
    lines: list[tuple[Terms, int, int, int]], off: int, bearer: Bearer, *, cash: bool
) -> None:
    cart = Cart()
    for key, (terms, price, qty, percent) in enumerate(lines, start=1):
        cart = cart.add(item(terms, price, key), qty)
        # Borne by the stand, so that it always fits.
        cart = cart.discount_line(key, Discount(percent_bp=percent * 100, bearer="stand"))
    with_discount = Discount(percent_bp=off, bearer=bearer)
    fits = all(
        line.terms.kind == "percent" and line.terms.rate_bp <= 5_000
        for line in (ln.item for ln in cart.lines)
    )
    if bearer == "stand" or fits:
        cart = cart.discount_cart(with_discount)

    priced = price_cart(cart)
    settled = settle(
        priced.total, (Tender("cash" if cash else "qris", priced.total + (100 if cash else 0)),)
    )

    shares = sum(line.split.share for line in priced.lines)
    kept = sum(line.split.commission - line.stand_discount for line in priced.lines)
    assert shares + kept + settled.rounding == sum(p.amount for p in settled.payments)
    assert sum(line.cart_discount for line in priced.lines) == priced.cart_discount
    assert all(line.cart_discount <= line.line.gross - line.line_discount for line in priced.lines)
    assert all(line.split.share >= 0 for line in priced.lines)
