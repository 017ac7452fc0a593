"""Goods in, sold, back, paid for, lost, counted, on any terms, in any order on a real till.

Each seller's account is, line by line, what the oracle of the design's rules says.
"""

import datetime as dt
from fractions import Fraction
from typing import Any, Literal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos.cart import Cart
from pos.errors import UserError
from pos.events import CorrectedLine, WithdrawnLine
from pos.services.intake import IntakeLine
from pos.services.payouts import PayoutAsked
from pos.services.queries.sellers import SellerCard
from pos.services.returns import ReturnAsked
from pos.services.stock import LossAsked
from pos.services.till import Till
from pos.tender import Tender
from tests.consignment_stand import CODES, STEP, ConsignmentStand, terms_of
from tests.oracle import Agreement, Basket, Off, RefusedError, Ware, pay

_places = st.integers(0, 30)
_sellers = st.sampled_from(CODES)
_offs = st.builds(
    Off,
    part=st.none() | st.sampled_from([Fraction(1, 10), Fraction(333, 10_000)]),
    amount=st.sampled_from([1, 999, 5_001]),
    bearer=st.sampled_from(["seller", "stand", "shared"]),
    approved=st.just(True),
)
_agreements = st.one_of(
    st.builds(
        Agreement,
        rate=st.sampled_from([0, 1_250, 2_000, 3_333]).map(lambda bp: Fraction(bp, 10_000)),
        on_list_price=st.booleans(),
    ),
    st.builds(Agreement, net_price=st.sampled_from([5_000, 12_501])),
)


class ConsignmentMachine(ConsignmentStand):
    """Everything that happens, in any order."""

    # -- goods -----------------------------------------------------------------------------

    @rule(seller=_sellers, price=st.sampled_from([25_000, 33_333]), qty=st.integers(1, 5))
    def take_in_new(self, seller: str, price: int, qty: int) -> None:
        line = IntakeLine(qty, name="Barang baru", price=price)
        note = self.till.intake.take_in(self.ids[seller], (line,), by=self.manager.staff_id)
        (taken,) = note.lines
        assert taken.terms == terms_of(
            self.stand.agreement(Ware(taken.item_id, "stock", price, seller))
        )
        self.stand.wares.append(Ware(taken.item_id, "stock", price, seller))
        self.codes[taken.item_id] = taken.code
        self.stand.on_hand[taken.item_id] = qty
        assert len(set(self.codes.values())) == len(self.codes)

    @rule(place=_places, qty=st.integers(1, 9))
    def take_in_more(self, place: int, qty: int) -> None:
        ware = self.ware(place)
        asked = (IntakeLine(qty, item_id=ware.item_id),)
        by = self.manager.staff_id
        if ware.kind == "unique" and self.stand.on_hand[ware.item_id] + qty > 1:
            with pytest.raises(UserError):
                self.till.intake.take_in(self.ids[ware.seller], asked, by=by)
            return
        self.till.intake.take_in(self.ids[ware.seller], asked, by=by)
        self.stand.on_hand[ware.item_id] += qty

    @rule(place=_places, qty=st.integers(1, 3), online=st.booleans())
    def withdraw(self, place: int, qty: int, *, online: bool) -> None:
        ware = self.ware(place)

        def do() -> None:
            self.till.stock.withdraw(
                self.ids[ware.seller],
                (WithdrawnLine(ware.item_id, qty, 40_000 if online else 0),),
                reason="online" if online else "unsold",
                channel="tokopedia" if online else "",
                by=self.manager.staff_id,
            )

        if self.refused_beyond_stock(do, ware, qty):
            return
        self.stand.on_hand[ware.item_id] -= qty

    @rule(place=_places, qty=st.integers(1, 3), damaged=st.booleans())
    def lose(self, place: int, qty: int, *, damaged: bool) -> None:
        ware = self.ware(place)
        kind: Literal["damage", "loss"] = "damage" if damaged else "loss"

        def do() -> None:
            asked = (LossAsked(ware.item_id, qty, kind),)
            self.till.stock.lose(asked, reason="pecah", session=self.manager)

        if self.refused_beyond_stock(do, ware, qty):
            return
        self.stand.lose(ware, qty, kind)

    @rule(place=_places, qty=st.sampled_from([-2, -1, 1, 4]))
    def correct(self, place: int, qty: int) -> None:
        ware = self.ware(place)
        after = self.stand.on_hand[ware.item_id] + qty
        asked = (CorrectedLine(ware.item_id, qty),)
        if (qty < 0 and after < 0) or (ware.kind == "unique" and after > 1):
            with pytest.raises(UserError):
                self.till.stock.correct(asked, reason="salah", session=self.manager)
            return
        self.till.stock.correct(asked, reason="salah", session=self.manager)
        self.stand.on_hand[ware.item_id] = after

    @rule(
        place=_places,
        short=st.integers(0, 3),
        sold_between=st.booleans(),
        outcome=st.sampled_from(["lost", "damaged", "sold", "found", "nothing"]),
    )
    def count(self, place: int, short: int, *, sold_between: bool, outcome: str) -> None:
        """Count one item, all but `short` pieces of it, and sell one after it was scanned."""
        ware = self.ware(place)
        had = self.stand.on_hand[ware.item_id]
        count_id = self.till.stocktake.start(session=self.manager)
        scanned = max(0, had - short)
        if scanned:
            self.till.stocktake.scan(count_id, self.codes[ware.item_id], scanned)
        if sold_between and scanned and had > 0:
            self.sell([(place, 1)], None, None, cash=True)
        self.restart()
        left = self.stand.on_hand[ware.item_id]
        missing = max(0, min(had - scanned, left))
        lines = {line.item_id: line for line in self.till.stocktake.result(count_id).lines}
        line = lines.get(ware.item_id)
        assert (line.missing if line else 0) == missing
        assert (line.extra if line else 0) == (-left if left < 0 and not scanned else 0)
        if missing and outcome != "nothing":
            self.till.stocktake.answer(count_id, ware.item_id, outcome, missing)  # type: ignore[arg-type]
            if outcome == "sold":
                self.stand.sold_unrecorded(ware, missing)
            elif outcome != "found":
                self.stand.lose(ware, missing, "loss" if outcome == "lost" else "damage")
        self.till.stocktake.close(count_id, session=self.manager)

    # -- money -----------------------------------------------------------------------------

    @rule(
        places=st.lists(st.tuples(_places, st.integers(1, 3)), min_size=1, max_size=3),
        on_line=st.none() | _offs,
        over_cart=st.none() | _offs,
        cash=st.booleans(),
    )
    def sell(
        self,
        places: list[tuple[int, int]],
        on_line: Off | None,
        over_cart: Off | None,
        *,
        cash: bool,
    ) -> None:
        cart, basket = Cart(), Basket()
        try:
            for place, qty in places:
                ware = self.ware(place)
                if ware.kind == "unique" and self.stand.on_hand[ware.item_id] <= 0:
                    continue
                basket = basket.add(ware, qty, self.stand.agreement(ware))
                cart = cart.add(self.till.catalog.find(self.codes[ware.item_id]), qty)
            if not basket.rows:
                return
            basket = basket.discount_row(0, on_line).discount(over_cart)
        except RefusedError:
            return
        cart = cart.discount_line(cart.lines[0].key, self.discount(on_line))
        cart = cart.discount_cart(self.discount(over_cart))
        if not basket.total:
            return
        half = basket.total // 2
        tenders = (
            [("qris", half), ("cash", 10_000_000)] if cash and half else [("qris", basket.total)]
        )
        sale = self.till.selling.complete(
            cart,
            tuple(Tender(method, amount) for method, amount in tenders),  # type: ignore[arg-type]
            session=self.manager,
        )
        paid = pay(basket.total, tenders, STEP)
        self.stand.sell(sale.sale_id, basket.rows, basket.outcomes(), paid)

    @rule(
        place=_places,
        qty=st.integers(1, 5),
        off=st.none() | _offs,
        leave=st.frozensets(st.integers(0, 3), max_size=1),
        part=st.sampled_from([None, None, Fraction(1, 3), 2]),
        then=st.lists(
            st.sampled_from(["return", "return", "pay", "undo", "sell", "wait", "void", "terms"]),
            min_size=1,
            max_size=4,
        ),
        cash=st.booleans(),
    )
    def trade(
        self,
        place: int,
        qty: int,
        off: Off | None,
        leave: frozenset[int],
        part: Fraction | int | None,
        then: list[str],
        *,
        cash: bool,
    ) -> None:
        """What a seller sees most: sold, paid, and then something happens to it."""
        seller = self.ware(place).seller
        self.sell([(place, qty)], off, None, cash=cash)
        self.pay_out(seller, leave, part, cash=cash)
        newest = len(self.stand.receipts) - 1
        for what in then:
            if what == "return" and self.stand.receipts:
                self.give_back(newest, 1, cash=cash, shelf=True)
            elif what == "void" and self.stand.receipts:
                self.void(newest)
            elif what == "pay":
                self.pay_out(seller, frozenset(), None, cash=cash)
            elif what == "undo":
                self.undo_payout(seller)
            elif what == "sell":
                self.sell([(place, 1)], None, off, cash=not cash)
            elif what == "terms":
                self.agree(seller, None, Agreement(rate=Fraction(1_429, 10_000)), 0)
            elif what == "wait":
                self.wait(1)

    @precondition(lambda self: self.stand.receipts)
    @rule(place=_places, pieces=st.integers(1, 4), cash=st.booleans(), shelf=st.booleans())
    def give_back(self, place: int, pieces: int, *, cash: bool, shelf: bool) -> None:
        """So many pieces of each line, or what is left of it."""
        sale_id = sorted(self.stand.receipts)[place % len(self.stand.receipts)]
        receipt = self.stand.receipts[sale_id]
        found = self.till.returns.returnable(sale_id)
        asked = tuple(
            ReturnAsked(line.line_id, min(pieces, line.left), to_shelf=shelf)
            for line in found.lines
            if line.left
        )
        assert [line.left for line in found.lines] == [line.left for line in receipt.lines]
        if not asked:
            first = (ReturnAsked(found.lines[0].line_id, 1),)
            with pytest.raises(UserError):
                self.till.returns.give_back(
                    sale_id, first, refund="cash", reason="", session=self.manager
                )
            return
        done = self.till.returns.give_back(
            sale_id,
            asked,
            refund="cash" if cash else "as_paid",
            reason="sobek",
            session=self.manager,
        )
        assert done.refunded == self.stand.take_back(
            sale_id, pieces, STEP, cash=cash, shelf=shelf, kind="return"
        )

    @precondition(lambda self: self.stand.receipts)
    @rule(place=_places)
    def void(self, place: int) -> None:
        sale_id = sorted(self.stand.receipts)[place % len(self.stand.receipts)]
        receipt = self.stand.receipts[sale_id]
        if receipt.day != self.stand.day or any(line.back for line in receipt.lines):
            with pytest.raises(UserError):
                self.till.returns.void(sale_id, reason="", session=self.manager)
            return
        done = self.till.returns.void(sale_id, reason="salah", session=self.manager)
        assert done.refunded == self.stand.take_back(
            sale_id, 9_999, STEP, cash=False, shelf=True, kind="void"
        )

    @rule(
        seller=_sellers,
        leave=st.frozensets(_places, max_size=2),
        part=st.sampled_from([None, None, Fraction(1, 3), 1, 2]),
        cash=st.booleans(),
    )
    def pay_out(
        self, seller: str, leave: frozenset[int], part: Fraction | int | None, *, cash: bool
    ) -> None:
        """All of it, a third of it, just it, or twice of it: what is too much is an advance."""
        account, seller_id = self.stand.accounts[seller], self.ids[seller]
        found = self.till.statements.open_account(seller_id)
        left_out = {index % len(account.open) for index in leave} if account.open else set()
        chosen = [move for i, move in enumerate(account.open) if i not in left_out]
        owed = account.owed_for(chosen)
        amount = None if part is None else int(owed * part)
        asked = PayoutAsked(
            seller_id,
            method="cash" if cash else "transfer",
            reference="" if cash else "TRX-1",
            left_out=frozenset(found.lines[i].line_id for i in left_out),
            amount=amount,
        )
        due = owed if amount is None else amount
        if due <= 0:
            with pytest.raises(UserError):
                self.till.payouts.pay(asked, session=self.manager)
            return
        done = self.till.payouts.pay(asked, session=self.manager)
        assert (done.amount, done.advance) == (due, max(0, due - owed))
        self.stand.pay(seller, due, chosen, asked.method)

    @rule(seller=_sellers)
    def undo_payout(self, seller: str) -> None:
        account = self.stand.accounts[seller]
        last = self.till.statements.last_payout(self.ids[seller])
        known = account.last_payout
        assert (last.amount if last else None) == (known.amount if known else None)
        if last is None or known is None:
            return
        if known.day != self.stand.day:
            with pytest.raises(UserError):
                self.till.payouts.undo(last.payout_id, reason="", session=self.manager)
            return
        self.till.payouts.undo(last.payout_id, reason="salah hitung", session=self.manager)
        self.stand.undo(seller)

    # -- the stand goes on --------------------------------------------------------------------

    @rule(
        seller=_sellers,
        place=st.none() | _places,
        agreement=_agreements,
        days=st.sampled_from([-1, 0, 0, 2]),
    )
    def agree(self, seller: str, place: int | None, agreement: Agreement, days: int) -> None:
        own = [ware for ware in self.stand.wares if ware.seller == seller]
        item_id = None if place is None else own[place % len(own)].item_id
        day = self.stand.day + days

        def do() -> None:
            self.till.sellers.agree(
                self.ids[seller],
                terms_of(agreement),
                valid_from=dt.date.fromordinal(day),
                item_id=item_id,
                by=self.manager.staff_id,
            )

        if days < 0:
            with pytest.raises(UserError):
                do()
            return
        do()
        self.stand.agreed.append((day, seller, item_id, agreement))

    @rule(
        seller=_sellers,
        bearer=st.sampled_from(["seller", "stand", "shared"]),
        basis=st.sampled_from(["price", "share"]),
    )
    def change_loss_rule(self, seller: str, bearer: Any, basis: Any) -> None:
        card: SellerCard = self.till.sellers.card(self.ids[seller]).card
        changed = SellerCard(
            card.seller_id, card.workshop, card.cluster_id, loss_bearer=bearer, loss_basis=basis
        )
        self.till.sellers.change(changed, by=self.manager.staff_id)
        self.stand.loss_rules[seller] = (bearer, basis)

    @rule(days=st.integers(1, 2))
    def wait(self, days: int) -> None:
        self.clock.pass_seconds(days * 86_400)
        self.stand.day += days

    @rule()
    def restart(self) -> None:
        self.till.close()
        self.till = Till.open(self.folder / "data", clock=self.clock, cheap_pins=True)


ConsignmentMachine.TestCase.settings = settings(
    # Forty in CI; the explore profile looks twenty times further.
    max_examples=settings().max_examples * 2 // 5,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestConsignment = ConsignmentMachine.TestCase
