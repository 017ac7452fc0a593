"""Orders that three tills go on with, not knowing of each other, until the boxes meet.

Each takes deposits, goes steps on, agrees anew, lends, gives back, hands over, cancels as it likes.
When everybody has heard of everything the books are equal, what was cancelled stays so, every
drawer holds what an oracle says, and all deposits of the ledger are those of the orders. Then one
till settles what is left over, and only open orders hold a deposit.
"""

import contextlib
import itertools
import shutil
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pos.config import book_path
from pos.errors import UserError
from pos.models.verify import verify
from pos.services.order_settling import SettleWay, ways
from pos.services.orders import OrderChange, PieceChange
from pos.services.queries.order_rows import Order
from pos.services.queries.reports_orders import deposits_by_ledger, open_orders
from pos.services.till import Till
from pos.tender import Tender
from tests.boxes_support import give, rows_of
from tests.order_support import KEBAYA, hand_over, order, taken
from tests.support import FakeClock, manager_of
from tests.test_boxes_machine import DAY, PHASES, template

_tills = st.integers(0, 2)
_places = st.integers(0, 1)
FIRST = 200_000
_amounts = st.sampled_from([50_000, 100_000, 200_000])


@cache
def with_orders() -> Path:
    """Three tills that know of two orders, of the gallery and of a bazaar; copied for each run."""
    folder = Path(tempfile.mkdtemp(prefix="titip-three-orders-"))
    shutil.copytree(template(), folder, dirs_exist_ok=True)
    tills = [
        Till.open(folder / str(n) / "data", clock=FakeClock(), cheap_pins=True) for n in range(3)
    ]
    taken(tills[0], manager_of(tills[0]), FIRST, pieces=(KEBAYA, KEBAYA))
    taken(tills[1], manager_of(tills[1]), FIRST)
    for writer, taker in itertools.permutations(tills, 2):
        give(writer, taker, folder)
    for till in tills:
        till.close()
    return folder


class OrdersOfTills(RuleBasedStateMachine):
    """Tills 0 (gallery), 1 and 2 (bazaars), whose clocks differ by days."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="titip-orders-of-tills-"))
        shutil.copytree(with_orders(), self.folder, dirs_exist_ok=True)
        self.clocks = [FakeClock(), FakeClock(), FakeClock()]
        self.clocks[0].pass_seconds(2 * DAY)
        self.clocks[2].pass_seconds(DAY)
        self.tills = [
            Till.open(self.folder / str(n) / "data", clock=clock, cheap_pins=True)
            for n, clock in enumerate(self.clocks)
        ]
        self.drawers = Counter({0: FIRST, 1: FIRST})
        self.cancelled: set[int] = set()

    # -- what a till does ------------------------------------------------------------------------

    @precondition(lambda self: len(self._all(0)) < 3)
    @rule(at=_tills, deposit=st.sampled_from([0, 100_000, 200_000]), pieces=st.integers(1, 2))
    def take(self, at: int, deposit: int, pieces: int) -> None:
        till = self.tills[at]
        taken(till, manager_of(till), deposit, pieces=(KEBAYA,) * pieces)
        self.drawers[at] += deposit

    @rule(at=_tills, place=_places, amount=_amounts)
    def pay_ahead(self, at: int, place: int, amount: int) -> None:
        found = self._pick(at, place)
        if found is None:
            return
        till = self.tills[at]
        with contextlib.suppress(UserError):
            till.office.orders.pay(
                found.order_id, amount, (Tender("cash", amount),), session=manager_of(till)
            )
            self.drawers[at] += amount

    @rule(at=_tills, place=_places, step=st.sampled_from(["confirmed", "making", "ready"]))
    def move(self, at: int, place: int, step: str) -> None:
        found = self._pick(at, place)
        if found is not None:
            self.tills[at].office.orders.move(
                found.order_id,
                step,  # type: ignore[arg-type]  # a step
                session=manager_of(self.tills[at]),
                note="so it is",
            )

    @rule(at=_tills, place=_places, price=st.sampled_from([300_000, 450_000, 600_000]))
    def agree_anew(self, at: int, place: int, price: int) -> None:
        found = self._pick(at, place)
        if found is None:
            return
        line = found.lines[0]
        piece = PieceChange(line.line_id, f"Kebaya {price}", price, picture=f"{price:064x}")
        change = OrderChange(found.promised, "", (piece,))
        with contextlib.suppress(UserError):
            self.tills[at].office.orders.change(
                found.order_id, change, agreement="by phone", session=manager_of(self.tills[at])
            )

    @rule(at=_tills, place=_places, amount=_amounts)
    def lend(self, at: int, place: int, amount: int) -> None:
        found = self._pick(at, place)
        if found is None:
            return
        with contextlib.suppress(UserError):
            self.tills[at].office.order_endings.advance(
                found.order_id, amount, session=manager_of(self.tills[at])
            )
            self.drawers[at] -= amount

    @rule(at=_tills, place=_places, amount=_amounts)
    def give_some_back(self, at: int, place: int, amount: int) -> None:
        found = self._pick(at, place)
        if found is None:
            return
        till = self.tills[at]
        with contextlib.suppress(UserError):
            till.office.order_endings.refund(
                found.order_id, amount, "cash", "cheaper", session=manager_of(till)
            )
            self.drawers[at] -= amount

    @rule(at=_tills, place=_places, pieces=st.integers(1, 2))
    def hand_over(self, at: int, place: int, pieces: int) -> None:
        found = self._pick(at, place)
        if found is None:
            return
        asked = [min(line.left, 1) for line in found.lines][:pieces]
        asked += [0] * (len(found.lines) - len(asked))
        with contextlib.suppress(UserError):
            done = hand_over(self.tills[at], found.order_id, manager_of(self.tills[at]), *asked)
            self.drawers[at] += done.total

    @rule(at=_tills, place=_places, rule=st.sampled_from(["returned", "kept", "split"]))
    def cancel(self, at: int, place: int, rule: str) -> None:
        found = self._pick(at, place)
        if found is None:
            return
        quoted = self.tills[at].office.order_endings.cancel(
            found.order_id,
            by="customer",
            rule=rule,  # type: ignore[arg-type]  # a rule
            reason="moved away",
            session=manager_of(self.tills[at]),
        )
        self.drawers[at] -= quoted.back
        self.cancelled.add(found.order_id)

    @precondition(lambda self: self.cancelled)
    @rule(at=_tills, hours=st.sampled_from([1, 30]))
    def time_passes(self, at: int, hours: int) -> None:
        self.clocks[at].pass_seconds(hours * 3_600)

    @rule(writer=_tills, taker=_tills)
    def exchange(self, writer: int, taker: int) -> None:
        if writer != taker:
            give(self.tills[writer], self.tills[taker], self.folder)

    @precondition(lambda self: self.cancelled)
    @rule(at=_tills, place=_places, way=st.integers(0, 2))
    def settle_early(self, at: int, place: int, way: int) -> None:
        """A manager settles what this till knows, though more may be on its way."""
        found = self._pick(at, place, closed=True)
        if found is not None:
            self._settle(at, found, way)

    # -- what holds -------------------------------------------------------------------------------

    @invariant()
    def deposits_are_those_of_the_orders(self) -> None:
        for till in self.tills:
            cursor = till.book.reader()
            cursor.execute("SELECT coalesce(sum(amount), 0) FROM balances")
            assert cursor.fetchone()[0] == 0
            cursor.execute(
                "SELECT stand_id, coalesce(sum(deposit), 0) FROM orders GROUP BY stand_id"
            )
            day = till.business_date().replace(year=2030)
            for stand_id, held in cursor.fetchall():
                reported = sum(one.held for one in open_orders(cursor, stand_id, day))
                assert reported == held == deposits_by_ledger(cursor, stand_id, day)

    def teardown(self) -> None:
        try:
            self._meet()
            self._check_met()
            listed = {
                c.subject_id
                for c in self.tills[0].office.bazaars.conflicts()
                if c.kind == "order_money"
            }
            for place, found in enumerate(self._all(0), start=len(self.cancelled)):
                assert (found.order_id in listed) == (bool(found.unsettled) or found.deposit < 0)
                if found.unsettled:
                    self._settle(0, found, place)
            for found in self._all(0):
                assert found.is_open or not found.deposit
            self._meet()
            self._check_met()
        finally:
            for till in self.tills:
                till.close()
            shutil.rmtree(self.folder)

    # -- inside -----------------------------------------------------------------------------------

    def _meet(self) -> None:
        for writer, taker in itertools.permutations(self.tills, 2):
            give(writer, taker, self.folder)

    def _check_met(self) -> None:
        books = [rows_of(till.folder) for till in self.tills]
        for name in books[0]:
            assert books[0][name] == books[1][name] == books[2][name], name
        for found in self._all(0):
            if found.order_id in self.cancelled:
                assert found.state in {"cancelled", "handed"}
        for at, till in enumerate(self.tills):
            cursor = self.tills[0].book.reader()
            cursor.execute(
                "SELECT coalesce(sum(amount), 0) FROM balances "
                "WHERE account = 'cash' AND subject_id = ?",
                (till.unit.till_no,),
            )
            assert cursor.fetchone()[0] == self.drawers[at]
            report = verify(book_path(till.folder))
            assert report.ok, report.first_failure

    def _all(self, at: int) -> list[Order]:
        cursor = self.tills[at].book.reader()
        cursor.execute("SELECT id FROM orders ORDER BY id")
        return [order(self.tills[at], order_id) for (order_id,) in cursor.fetchall()]

    def _pick(self, at: int, place: int, *, closed: bool = False) -> Order | None:
        found = [one for one in self._all(at) if one.is_open != closed]
        return found[place % len(found)] if found else None

    def _settle(self, at: int, found: Order, place: int) -> None:
        offered = ways(found)
        if not offered:
            return
        way: SettleWay = offered[place % len(offered)]
        settling, session = self.tills[at].office.order_settling, manager_of(self.tills[at])
        match way:
            case "back":
                self.drawers[at] -= settling.give_back(
                    found.order_id, "cash", "too much", session=session
                )
            case "pay":
                due = -found.unsettled
                settling.collect(found.order_id, (Tender("cash", due),), session=session)
                self.drawers[at] += due
            case "keep":
                settling.keep(found.order_id, "as agreed", session=session)
            case "unkeep":
                settling.take_back_kept(found.order_id, "it was fetched", session=session)
            case "bear":
                settling.bear(found.order_id, "our mistake", session=session)


OrdersOfTills.TestCase.settings = settings(
    max_examples=max(8, settings().max_examples // 12), stateful_step_count=20, phases=PHASES
)
TestOrdersOfTills = OrdersOfTills.TestCase
