"""Sell, hold, discount and pay in any order on a real till, against the oracle of the arithmetic."""

import shutil
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from pos.cart import Cart, price_cart
from pos.clock import DEFAULT_ZONE
from pos.config import book_path
from pos.events import GoodsLine
from pos.models.verify import verify
from pos.services.goods import agree
from pos.services.queries.catalog import SoldError
from pos.services.queries.receipts import ReceiptQuery
from pos.services.till import Till
from tests.oracle import Agreement, Basket, Off, Ware
from tests.till_and_oracle import TillAndOracle, terms_of

NONCASH = ("qris", "transfer", "card")

_offs = st.builds(
    Off,
    part=st.none()
    | st.sampled_from([100, 750, 1_000, 1_001, 3_333, 7_000, 10_000]).map(
        lambda bp: Fraction(bp, 10_000)
    ),
    amount=st.sampled_from([1, 99, 1_000, 2_500, 5_001, 20_000, 150_001, 600_000]),
    bearer=st.sampled_from(["seller", "stand", "shared"]),
    approved=st.sampled_from([True, True, True, False]),
)
_agreements = st.one_of(
    st.builds(
        Agreement,
        rate=st.sampled_from([0, 1_250, 2_000, 3_333, 10_000]).map(lambda bp: Fraction(bp, 10_000)),
        on_list_price=st.booleans(),
    ),
    st.builds(Agreement, net_price=st.sampled_from([5_000, 10_000, 12_501])),
)
_places = st.integers(0, 20)


class TillMachine(TillAndOracle):
    """All that a day may bring, in any order."""

    # -- filling the cart ------------------------------------------------------------

    @rule(place=_places, qty=st.sampled_from([1, 1, 1, 2, 5, 13, 0, 9_999]))
    def add(self, place: int, qty: int) -> None:
        ware = self.wares[place % len(self.wares)]
        if ware.kind == "unique" and self.on_hand[ware.item_id] <= 0:
            with pytest.raises(SoldError):
                self._find(ware)
            return
        item = self._find(ware)
        agreement = self.agreements[ware.seller]
        self._change(
            lambda cart: cart.add(item, qty), lambda basket: basket.add(ware, qty, agreement)
        )

    @rule(
        seller=st.sampled_from(["SRI", "BBU", "TNH"]), price=st.sampled_from([1, 12_345, 100_000])
    )
    def add_unlisted(self, seller: str, price: int) -> None:
        item = self.till.catalog.unlisted(
            "Barang baru", price, self.sellers[seller], approved_by=self.manager.staff_id
        )
        ware, agreement = Ware(0, "stock", price, seller), self.agreements[seller]
        self._change(lambda cart: cart.add(item), lambda basket: basket.add(ware, 1, agreement))

    @precondition(lambda self: self.basket.rows)
    @rule(place=_places, qty=st.sampled_from([0, 1, 2, 3, 30, -1, 10_000]))
    def quantity(self, place: int, qty: int) -> None:
        i = place % len(self.basket.rows)
        self._change(
            lambda cart: cart.set_qty(cart.lines[i].key, qty),
            lambda basket: basket.quantity(i, qty),
        )

    @precondition(lambda self: self.basket.rows)
    @rule(
        place=_places,
        price=st.sampled_from([0, 1, 9_999, 33_333, 35_000, 35_050, 123_457, -1]),
        approved=st.sampled_from([True, True, True, True, False]),
    )
    def override(self, place: int, price: int, *, approved: bool) -> None:
        i = place % len(self.basket.rows)
        by = self.manager.staff_id if approved else 0
        self._change(
            lambda cart: cart.set_price(cart.lines[i].key, price, approved_by=by, reason="x"),
            lambda basket: basket.price(i, price, approved=approved),
        )

    @precondition(lambda self: self.basket.rows)
    @rule(place=_places, off=st.none() | _offs)
    def discount_line(self, place: int, off: Off | None) -> None:
        i = place % len(self.basket.rows)
        self._change(
            lambda cart: cart.discount_line(cart.lines[i].key, self._discount(off)),
            lambda basket: basket.discount_row(i, off),
        )

    @rule(off=st.none() | _offs)
    def discount_cart(self, off: Off | None) -> None:
        self._change(
            lambda cart: cart.discount_cart(self._discount(off)),
            lambda basket: basket.discount(off),
        )

    @rule(place=_places, first=st.sampled_from([1, 8]), more=st.sampled_from([1, 8, 35]))
    def two_prices(self, place: int, first: int, more: int) -> None:
        """Some pieces cheaper than the rest: two lines, one shelf."""
        known = len(self.basket.rows)
        self.add(place, first)
        if len(self.basket.rows) > known:
            self.override(known, 9_999, approved=True)
            self.add(place, more)

    # -- carts aside -----------------------------------------------------------------

    @precondition(lambda self: self.basket.rows)
    @rule(name=st.sampled_from(["Bu Ani", "merah"]))
    def hold(self, name: str) -> None:
        cart_id = self.till.carts.hold(self.cart, name, self.session.staff_id)
        self.held[cart_id] = (name, self.cart, self.basket)
        self.cart, self.basket = Cart(), Basket()

    @precondition(lambda self: self.held and not self.basket.rows)
    @rule(place=_places)
    def resume(self, place: int) -> None:
        cart_id = sorted(self.held)[place % len(self.held)]
        name, cart, basket = self.held.pop(cart_id)
        self.cart, self.basket = self.till.carts.resume(cart_id), basket
        assert self.cart.lines == cart.lines
        assert self.cart.discount == cart.discount
        assert self.cart.name == name

    @precondition(lambda self: self.held)
    @rule(place=_places)
    def discard(self, place: int) -> None:
        cart_id = sorted(self.held)[place % len(self.held)]
        del self.held[cart_id]
        self.till.carts.discard(cart_id)

    # -- the stand goes on -------------------------------------------------------------

    @rule(manager=st.booleans())
    def sign_in(self, *, manager: bool) -> None:
        self.session = self.manager if manager else self.kasir

    @rule(seller=st.sampled_from(["SRI", "LMB", "BBU", "TNH", "KRT"]), agreement=_agreements)
    def new_terms(self, seller: str, agreement: Agreement) -> None:
        """They hold for whatever is sold from now on, also from a cart that was filled before."""
        with self.till.unit.write() as tx:
            agree(
                tx,
                self.sellers[seller],
                None,
                terms_of(agreement),
                by=self.manager.staff_id,
            )
        self.agreements[seller] = agreement

    @rule(step=st.sampled_from([1, 50, 100, 500, 1_000]))
    def rounding(self, step: int) -> None:
        self.till.settings.set_setting("rounding_step", str(step), by=self.manager.staff_id)
        self.step = step

    @rule(place=_places, qty=st.integers(1, 9))
    def receive(self, place: int, qty: int) -> None:
        wares = [ware for ware in self.wares if ware.kind == "stock"]
        ware = wares[place % len(wares)]
        self.till.goods.receive(
            self.sellers[ware.seller],
            (GoodsLine(ware.item_id, qty),),
            by=self.manager.staff_id,
        )
        self.on_hand[ware.item_id] += qty

    @rule(seconds=st.sampled_from([1, 3_600, 86_400]))
    def wait(self, seconds: int) -> None:
        self.clock.pass_seconds(seconds)

    @rule()
    def restart(self) -> None:
        self.till.close()
        self.till = Till.open(self.folder / "data", clock=self.clock, cheap_pins=True)
        assert self.till.info.zone == DEFAULT_ZONE
        kept = self.till.carts.load_open()
        if self.basket.rows:
            assert kept == self.cart
        else:
            assert kept is None
            self.cart, self.basket = Cart(), Basket()

    # -- paying --------------------------------------------------------------------------

    @rule(
        parts=st.lists(
            st.tuples(st.sampled_from(NONCASH), st.integers(0, 11), st.booleans()), max_size=2
        ),
        cash=st.sampled_from([None, 0, 0, 12_000, 100_000, -100]),
    )
    def pay_mixed(self, parts: list[tuple[str, int, bool]], cash: int | None) -> None:
        """Parts in tenths of the total; cash as what is due and so much more or less."""
        total = self._total()
        tenders = [(method, total * tenths // 10, seen) for method, tenths, seen in parts]
        if cash is not None:
            rest = max(0, total - sum(amount for _method, amount, _seen in tenders))
            tenders.append(("cash", rest // self.step * self.step + cash, False))
        self._complete(tenders)

    @precondition(lambda self: self.basket.rows)
    @rule(note=st.sampled_from([100_000, 2_000_000]))
    def pay_cash(self, note: int) -> None:
        self._complete([("cash", note, False)])

    @precondition(lambda self: self.basket.rows)
    @rule(method=st.sampled_from(NONCASH))
    def pay_exactly(self, method: str) -> None:
        total = self._total()
        self._complete([(method, total, False)] if total else [])

    @rule(
        places=st.lists(st.tuples(_places, st.integers(1, 3)), min_size=1, max_size=4),
        on_line=st.none() | _offs,
        over_cart=st.none() | _offs,
        cash_tenths=st.sampled_from([0, 3, 10, 10]),
        method=st.sampled_from(NONCASH),
    )
    def serve(
        self,
        places: list[tuple[int, int]],
        on_line: Off | None,
        over_cart: Off | None,
        cash_tenths: int,
        method: str,
    ) -> None:
        """A customer as most are: a few pieces, perhaps a discount, paid in one or two ways."""
        for place, qty in places:
            self.add(place, qty)
        if not self.basket.rows:
            return
        if on_line:
            self.discount_line(places[0][0], on_line)
        if over_cart:
            self.discount_cart(over_cart)
        total = self._total()
        elsewhere = total * (10 - cash_tenths) // 10
        tenders = [(method, elsewhere, False)] if elsewhere else []
        if elsewhere < total:
            tenders.append(("cash", total - elsewhere + 1_000, False))
        self._complete(tenders)

    @precondition(lambda self: self.unchecked)
    @rule(place=_places)
    def check_payment(self, place: int) -> None:
        payment_id = sorted(self.unchecked)[place % len(self.unchecked)]
        self.till.receipts.check_payment(payment_id, session=self.session)
        del self.unchecked[payment_id]

    # -- always -----------------------------------------------------------------------------

    @invariant()
    def the_cart_is_as_the_oracle_says(self) -> None:
        if not hasattr(self, "basket"):
            return
        priced = price_cart(self.cart)
        assert priced.total == self.basket.total
        assert priced.pieces == self.basket.pieces
        assert [line.split.share for line in priced.lines] == [
            outcome.share for outcome in self.basket.outcomes()
        ]

    @invariant()
    def the_books_are_as_the_oracle_says(self) -> None:
        if not hasattr(self, "basket"):
            return
        codes = {seller_id: code for code, seller_id in self.sellers.items()}
        balances = self._rows("SELECT account, subject_id, amount FROM balances WHERE amount <> 0")
        named = {(account, codes.get(subject, "")): amount for account, subject, amount in balances}
        assert named == self.ledger.nonzero()
        assert self._rows(
            "SELECT account, subject_id, sum(amount) FROM postings GROUP BY 1, 2 "
            "HAVING sum(amount) <> 0 ORDER BY 1, 2"
        ) == sorted(balances)
        assert not self._rows("SELECT 1 FROM postings GROUP BY entry_id HAVING sum(amount) <> 0")
        stock = dict(self._rows("SELECT item_id, on_hand FROM stock"))
        assert {item_id: stock[item_id] for item_id in self.on_hand} == self.on_hand
        numbers = [row[0] for row in self._rows("SELECT number FROM sales ORDER BY id")]
        assert numbers == self.numbers == list(range(1, len(numbers) + 1))
        assert {u.payment_id: u.amount for u in self.till.receipts.unchecked()} == self.unchecked

    @invariant()
    def held_carts_are_all_there(self) -> None:
        if not hasattr(self, "basket"):
            return
        assert {
            held.cart_id: (held.name, held.pieces, held.total) for held in self.till.carts.held()
        } == {
            cart_id: (name, basket.pieces, basket.total)
            for cart_id, (name, _cart, basket) in self.held.items()
        }

    def teardown(self) -> None:
        if not hasattr(self, "basket"):
            return
        try:
            found = self.till.receipts.search(ReceiptQuery(), limit=1_000)
            assert len(found) == len(self.numbers)
            assert len(self.till.catalog.to_complete()) == self.incomplete
            report = verify(book_path(self.folder / "data"))
            assert report.ok, report.first_failure
        finally:
            self.till.close()
            shutil.rmtree(self.folder)


TillMachine.TestCase.settings = settings(
    # The explore profile looks further here too.
    max_examples=max(150, settings().max_examples),
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestTill = TillMachine.TestCase
