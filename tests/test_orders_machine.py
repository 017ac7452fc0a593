"""Orders in any order of events on a real till: every rupiah is where the oracle says it is."""

import datetime as dt
import shutil
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos.config import book_path
from pos.errors import UserError
from pos.models.verify import verify
from pos.services.orders import NewOrder, NewPiece, OrderChange, PieceChange
from pos.services.payouts import PayoutAsked
from pos.services.queries.reports_orders import deposits_by_ledger, open_orders
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.oracle_orders import Money, Ordered, Piece
from tests.report_check import reports_agree
from tests.support import FakeClock, make_till, manager_of

_RATES = {"SRI": 2_000, "LMB": 2_000, "KRT": 1_500}
_pieces = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from([33_333, 100_000, 7_001])), min_size=1, max_size=2
)
_places = st.integers(0, 20)
_parts = st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)])
_LATER = dt.timedelta(days=30)


class OrdersMachine(RuleBasedStateMachine):
    """Take, pay ahead, change, lend, refund, hand over in parts, void, cancel, pay sellers."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="titip-orders-"))
        self.clock = FakeClock()
        self.till: Till = make_till(self.folder, clock=self.clock)
        self.session = manager_of(self.till)
        self.sellers = {s.code: s.seller_id for s in self.till.catalog.sellers()}
        self.rates = {code: Fraction(bp, 10_000) for code, bp in _RATES.items()}
        self.money = Money()
        self.voidable: list[tuple[int, int, list[int], int, int]] = []

    def teardown(self) -> None:
        if not hasattr(self, "till"):
            return
        reports_agree(self.till)
        report = verify(book_path(self.till.folder))
        assert report.first_failure is None
        self.till.close()
        shutil.rmtree(self.folder)

    # -- help --------------------------------------------------------------------------------

    @property
    def open(self) -> list[int]:
        return [key for key, one in self.money.orders.items() if one.state == "open"]

    def pick(self, place: int) -> tuple[int, Ordered]:
        order_id = self.open[place % len(self.open)]
        return order_id, self.money.orders[order_id]

    def order(self, order_id: int) -> Any:
        return self.till.office.order_reads.order(order_id)

    # -- rules -------------------------------------------------------------------------------

    @rule(code=st.sampled_from(sorted(_RATES)), pieces=_pieces, part=_parts, qris=st.booleans())
    def take(self, code: str, pieces: list[tuple[int, int]], part: Fraction, *, qris: bool) -> None:
        total = sum(qty * price for qty, price in pieces)
        deposit, method = int(total * part), "qris" if qris else "cash"
        new = NewOrder(
            "Ibu Wati",
            "",
            self.sellers[code],
            self.till.business_date() + _LATER,
            tuple(NewPiece(f"Piece {at}", qty, price) for at, (qty, price) in enumerate(pieces)),
            deposit=deposit,
        )
        tenders = (Tender(method, deposit),) if deposit else ()  # type: ignore[arg-type]  # a method
        taken = self.till.office.orders.take(new, tenders, session=self.session)
        made = [Piece(qty, price, self.rates[code]) for qty, price in pieces]
        self.money.orders[taken.order_id] = Ordered(code, made)
        if deposit:
            self.money.ahead(taken.order_id, method, deposit)

    @precondition(lambda self: self.open)
    @rule(place=_places, part=_parts)
    def pay_ahead(self, place: int, part: Fraction) -> None:
        order_id, order = self.pick(place)
        amount = int((order.worth_left - order.held) * part)
        if amount <= 0:
            return
        tenders = (Tender("cash", amount + 500),)
        self.till.office.orders.pay(order_id, amount, tenders, session=self.session)
        self.money.ahead(order_id, "cash", amount)

    @precondition(lambda self: self.open)
    @rule(place=_places, asked=st.lists(st.integers(0, 3), min_size=2, max_size=2))
    def hand_over(self, place: int, asked: list[int]) -> None:
        order_id, order = self.pick(place)
        asked = [min(qty, piece.left) for qty, piece in zip(asked, order.pieces, strict=False)]
        if not any(asked):
            return
        lines = self.order(order_id).lines
        pieces = {line.line_id: qty for line, qty in zip(lines, asked, strict=True)}
        cash, used = self.money.hand_over(order_id, asked)
        tenders = (Tender("cash", cash),) if cash else ()
        sale = self.till.office.order_handover.hand_over(
            order_id, pieces, tenders, session=self.session
        )
        self.voidable.append((sale.sale_id, order_id, asked, cash, used))

    @precondition(lambda self: self.voidable)
    @rule()
    def void(self) -> None:
        sale_id, order_id, asked, cash, used = self.voidable.pop()
        if self.money.orders[order_id].over:
            with pytest.raises(UserError):
                self.till.returns.void(sale_id, reason="a mistake", session=self.session)
            return
        self.till.returns.void(sale_id, reason="a mistake", session=self.session)
        self.money.undo(order_id, asked, cash, used)

    @precondition(lambda self: self.open)
    @rule(place=_places, price=st.sampled_from([25_000, 50_001, 140_000]))
    def agree_anew(self, place: int, price: int) -> None:
        order_id, order = self.pick(place)
        now = self.order(order_id)
        line, piece = now.lines[0], order.pieces[0]
        if price == piece.price:
            return
        after = order.worth_left + piece.left * (price - piece.price)
        change = OrderChange(now.promised, "", (PieceChange(line.line_id, line.name, price),))

        def asked() -> int:
            return self.till.office.orders.change(
                order_id, change, agreement="by phone", session=self.session
            )

        if piece.handed or after < order.held:
            with pytest.raises(UserError):
                asked()
            return
        assert asked() == now.version + 1
        piece.price = price

    @precondition(lambda self: self.open)
    @rule(place=_places, part=_parts)
    def lend(self, place: int, part: Fraction) -> None:
        order_id, order = self.pick(place)
        amount = int((order.held - order.lent) * part)
        if amount <= 0:
            return
        self.till.office.order_endings.advance(order_id, amount, session=self.session)
        self.money.lend(order_id, amount)

    @precondition(lambda self: self.open)
    @rule(place=_places, part=_parts)
    def refund(self, place: int, part: Fraction) -> None:
        order_id, order = self.pick(place)
        amount = int(order.held * part)
        if amount <= 0:
            return
        self.till.office.order_endings.refund(
            order_id, amount, "cash", "cheaper", session=self.session
        )
        self.money.back(order_id, "cash", amount)

    @precondition(lambda self: self.open)
    @rule(place=_places, outcome=st.sampled_from(["returned", "kept", "split"]))
    def cancel(self, place: int, outcome: str) -> None:
        order_id, order = self.pick(place)
        kept = {"returned": 0, "kept": order.held, "split": order.held // 2}[outcome]
        self.till.office.order_endings.cancel(
            order_id,
            by="customer",
            rule=outcome,  # type: ignore[arg-type]  # a rule
            reason="moved away",
            session=self.session,
        )
        self.money.cancel(order_id, kept)

    @rule(code=st.sampled_from(sorted(_RATES)))
    def pay_seller(self, code: str) -> None:
        """What is earned is paid in full; advances for open orders wait."""
        waiting = sum(
            one.lent
            for one in self.money.orders.values()
            if one.seller == code and one.state == "open"
        )
        due = self.money.earned.get(code, 0) + waiting
        account = self.till.statements.open_account(self.sellers[code])
        assert account.due == due
        assert -sum(line.amount for line in account.pending) == waiting
        if due <= 0:
            return
        paid = self.till.payouts.pay(PayoutAsked(self.sellers[code]), session=self.session)
        assert paid.amount == due
        self.money.move("cash", -due)
        self.money.owe(code, -due)

    @rule(code=st.sampled_from(sorted(_RATES)), rate=st.sampled_from([0, 3_333, 10_000]))
    def agree_terms(self, code: str, rate: int) -> None:
        """Terms of today are of no account for orders taken before."""
        today = self.till.business_date()
        self.till.sellers.agree(
            self.sellers[code], Terms(rate_bp=rate), valid_from=today, by=self.session.staff_id
        )
        self.rates[code] = Fraction(rate, 10_000)

    @rule()
    def a_day_passes(self) -> None:
        self.clock.pass_seconds(86_400)
        self.voidable = []

    @rule()
    def restart(self) -> None:
        folder = self.till.folder
        self.till.close()
        self.till = Till.open(folder, clock=self.clock, cheap_pins=True)

    # -- what always holds -----------------------------------------------------------------

    @invariant()
    def all_accounts_are_the_oracles(self) -> None:
        if not hasattr(self, "till"):
            return
        cursor = self.till.book.reader()
        cursor.execute("SELECT account, sum(amount) FROM balances GROUP BY account")
        found = {account: amount for account, amount in cursor.fetchall() if amount}
        assert found == {name: n for name, n in self.money.accounts.items() if n}
        assert sum(found.values()) == 0
        for code, earned in self.money.earned.items():
            assert self.till.statements.due(self.sellers[code]) == earned

    @invariant()
    def deposits_are_those_of_open_orders(self) -> None:
        if not hasattr(self, "till"):
            return
        cursor, stand, day = (
            self.till.book.reader(),
            self.till.info.stand_id,
            self.till.business_date(),
        )
        found = open_orders(cursor, stand, day)
        held = sum(one.held for one in self.money.orders.values())
        assert sum(one.held for one in found) == deposits_by_ledger(cursor, stand, day) == held
        assert sum(one.left for one in found) == sum(
            one.worth_left for one in self.money.orders.values() if one.state == "open"
        )
        cursor.execute("SELECT id, deposit, advance, state FROM orders")
        for order_id, deposit, lent, state in cursor.fetchall():
            one = self.money.orders[order_id]
            assert (deposit, lent) == (one.held, one.lent)
            assert one.state == "open" or not deposit, "nothing is held for an order that is over"
            assert (state if state in {"handed", "cancelled"} else "open") == one.state


OrdersMachine.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestOrders = OrdersMachine.TestCase
