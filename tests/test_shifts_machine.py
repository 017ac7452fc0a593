"""Sales, returns, payouts, cash moves, shifts, days and restarts in any order on a real till.

All Zs together are the ledger, and both are what the oracle says; no Z changes afterwards; Z,
receipt, return and slip numbers have no gap.
"""

from typing import Any, Literal

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from pos.cart import Cart
from pos.errors import UserError
from pos.receipts.documents_shift import ShiftPaper
from pos.services.shifts import ClosedShift, Closing
from pos.services.till import Till
from pos.tender import Tender
from tests.consignment_stand import STEP, ConsignmentStand
from tests.oracle import Basket, Off, RefusedError, pay
from tests.shifts_support import in_money
from tests.test_consignment_machine import ConsignmentMachine

_places = st.integers(0, 30)
_wrong = st.sampled_from([0, 0, 0, -2_000, 500])
_METHODS = ("cash", "qris", "transfer", "card")


class ShiftMachine(ConsignmentStand):
    """The drawer's days."""

    give_back = ConsignmentMachine.give_back
    void = ConsignmentMachine.void
    pay_out = ConsignmentMachine.pay_out
    undo_payout = ConsignmentMachine.undo_payout

    @initialize()
    def open_stand(self) -> None:
        super().open_stand()
        self.today = self.stand.day
        self.is_open = False
        self.closed: list[tuple[ClosedShift, ShiftPaper]] = []
        self.opening_over = 0
        self.brought = 0
        self.sold_rounding = 0
        self.sales = 0

    @property
    def drawer(self) -> int:
        """What the oracle says is in the drawer."""
        return self.stand.books.balances.get(("cash", ""), 0)

    # -- money -----------------------------------------------------------------------------

    @rule(
        place=_places,
        qty=st.integers(1, 3),
        off=st.none() | st.sampled_from([1, 999, 5_001]),
        way=st.sampled_from(["cash", "qris", "transfer", "card", "split"]),
    )
    def sell(self, place: int, qty: int, off: int | None, way: str) -> None:
        ware = self.ware(place)
        if ware.kind == "unique" and (qty > 1 or self.stand.on_hand[ware.item_id] <= 0):
            return
        given = Off(part=None, amount=off, bearer="seller", approved=True) if off else None
        try:
            basket = Basket().add(ware, qty, self.stand.agreement(ware)).discount_row(0, given)
        except RefusedError:
            return
        cart = Cart().add(self.till.catalog.find(self.codes[ware.item_id]), qty)
        cart = cart.discount_line(cart.lines[0].key, self.discount(given))
        half = basket.total // 3
        tenders = (
            [("qris", half), ("cash", 10_000_000)]
            if way == "split"
            else [(way, 10_000_000 if way == "cash" else basket.total)]
        )
        sale = self.till.selling.complete(
            cart,
            tuple(Tender(method, amount) for method, amount in tenders),  # type: ignore[arg-type]
            session=self.manager,
        )
        paid = pay(basket.total, tenders, STEP)
        self.stand.sell(sale.sale_id, basket.rows, basket.outcomes(), paid)
        self.sales += 1
        self.sold_rounding += paid.rounding

    @rule(
        kind=st.sampled_from(["in", "out", "deposit"]),
        amount=st.sampled_from([1_000, 20_000, 150_500]),
    )
    def move(self, kind: Literal["in", "out", "deposit"], amount: int) -> None:
        def do() -> None:
            self.till.shifts.move(kind, amount, "alasan", session=self.manager)

        if not self.is_open or (kind != "in" and amount > self.drawer):
            with pytest.raises(UserError):
                do()
            return
        do()
        signed = amount if kind == "in" else -amount
        self.stand.books.post("cash", signed)
        self.stand.books.post("expenses" if kind == "out" else "office", -signed)

    @rule()
    def open_drawer(self) -> None:
        if self.is_open:
            self.till.shifts.open_drawer("tukar uang", session=self.manager)
            return
        with pytest.raises(UserError):
            self.till.shifts.open_drawer("tukar uang", session=self.manager)

    @rule(which=_places)
    def tick(self, which: int) -> None:
        """Somebody saw a payment arrive: also one that a Z left open."""
        unchecked = self.till.shifts.unchecked()
        if unchecked:
            payment = unchecked[which % len(unchecked)]
            self.till.selling.check_payment(payment.payment_id, session=self.manager)

    # -- shifts ----------------------------------------------------------------------------

    @rule(brought=st.sampled_from([0, 100_000, 300_000]), wrong=_wrong)
    def open_shift(self, brought: int, wrong: int) -> None:
        counted = max(brought, (self.drawer + brought + wrong) // STEP * STEP)

        def do() -> None:
            self.till.shifts.open(
                in_money(counted), brought=brought, reason="dihitung", session=self.manager
            )

        if self.is_open:
            with pytest.raises(UserError):
                do()
            return
        over = counted - self.drawer - brought
        do()
        self.is_open = True
        self.opening_over += over
        self.brought += brought
        self.stand.books.post("cash", brought + over)
        self.stand.books.post("office", -brought)
        self.stand.books.post("over_short", -over)

    @precondition(lambda self: self.is_open)
    @rule(wrong=_wrong, keep=st.sampled_from([0, 100_000]))
    def close_shift(self, wrong: int, keep: int) -> None:
        figures = self.till.shifts.figures()
        assert figures.expected_cash == self.drawer
        counted = max(0, (self.drawer + wrong) // STEP * STEP)
        over, kept = counted - self.drawer, min(keep, counted)
        left_open = tuple(payment.payment_id for payment in self.till.shifts.unchecked())
        asked = Closing(in_money(counted), kept, left_open=left_open)
        if over:
            with pytest.raises(UserError):
                self.till.shifts.close(asked, session=self.manager)
            asked = msgspec.structs.replace(asked, reason="tidak diketahui")
        closed = self.till.shifts.close(asked, session=self.manager)
        paper = self.till.printing.last_preview()
        assert isinstance(paper, ShiftPaper)
        self.closed.append((closed, paper))
        assert closed.number == len(self.closed)
        assert (closed.over_short, closed.deposit, closed.kept) == (over, counted - kept, kept)
        self.stand.books.post("cash", over - closed.deposit)
        self.stand.books.post("over_short", -over)
        self.stand.books.post("office", closed.deposit)
        self.is_open = False
        self.stand.day = self.today

    # -- the stand goes on -------------------------------------------------------------------

    @rule(days=st.integers(1, 2))
    def wait(self, days: int) -> None:
        """A shift that is open keeps its own business day."""
        self.clock.pass_seconds(days * 86_400)
        self.today += days
        if not self.is_open:
            self.stand.day = self.today
        assert self.till.shifts.needs_closing() == (self.is_open and self.today > self.stand.day)

    @rule()
    def restart(self) -> None:
        self.till.close()
        self.till = Till.open(self.folder / "data", clock=self.clock, cheap_pins=True)

    # -- always ------------------------------------------------------------------------------

    @invariant()
    def the_open_shift_expects_what_the_oracle_says(self) -> None:
        if getattr(self, "is_open", False):
            assert self.till.shifts.figures().expected_cash == self.drawer
            assert self.till.business_date().toordinal() == self.stand.day

    def teardown(self) -> None:
        if hasattr(self, "closed"):
            if not self.is_open:
                self.open_shift(0, 0)
            self.close_shift(0, 0)
            self.all_z_together_are_the_ledger()
            self.no_z_has_changed()
            self.numbers_have_no_gap()
        super().teardown()

    def all_z_together_are_the_ledger(self) -> None:
        def total(of: Any) -> int:
            return sum(int(of(closed)) for closed, _paper in self.closed)

        books = self.stand.books.balances
        assert total(lambda z: z.figures.sales) == self.sales
        assert total(lambda z: z.figures.rounding) == self.sold_rounding
        receipts = self.stand.receipts.values()
        assert total(lambda z: z.figures.paid) == sum(sum(r.kept.values()) for r in receipts)
        assert total(lambda z: z.figures.returned) == sum(
            sum(r.refunded.values()) for r in receipts
        )
        assert total(lambda z: z.figures.commission) == -books.get(("commission", ""), 0)
        by_transfer = total(lambda z: z.figures.payouts - z.figures.payouts_cash)
        for method in _METHODS:
            net = total(lambda z, m=method: next(x.net for x in z.figures.methods if x.method == m))
            if method == "transfer":
                net -= by_transfer
            if method == "cash":
                net += self.brought + self.opening_over
                net += total(lambda z: z.figures.cash_in - z.figures.cash_out - z.figures.deposits)
                net += total(lambda z: z.over_short - z.deposit - z.figures.payouts_cash)
            assert net == books.get((method, ""), 0), method
        over = total(lambda z: z.over_short) + self.opening_over
        assert over == -books.get(("over_short", ""), 0)
        # The drawer holds what the last Z left in it, and each Z begins where the last one ended.
        assert self.drawer == self.closed[-1][0].kept == self.till.shifts.drawer()

    def no_z_has_changed(self) -> None:
        """Built anew from the book they say what they said when they were printed."""
        for closed, paper in self.closed:
            self.till.shifts.reprint(closed.closing_id)
            copy = self.till.printing.last_preview()
            assert isinstance(copy, ShiftPaper)
            assert copy.head.copy
            head = msgspec.structs.replace(copy.head, copy=False, copy_at_local="")
            assert msgspec.structs.replace(copy, head=head) == paper

    def numbers_have_no_gap(self) -> None:
        for table in ("sales", "returns", "cash_moves", "shift_closings"):
            numbers = [row[0] for row in self.rows(f"SELECT number FROM {table} ORDER BY id")]
            assert numbers == list(range(1, len(numbers) + 1)), table


ShiftMachine.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestShifts = ShiftMachine.TestCase
