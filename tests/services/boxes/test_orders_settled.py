"""Two tills go on with one order, not knowing of each other; a manager settles what is left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.config import book_path
from pos.errors import ApprovalNeededError, UserError
from pos.events import TransferLine
from pos.models.verify import verify
from pos.receipts.documents_orders import OrderMoneySlip
from pos.services.order_settling import OrderSettling, ways
from pos.services.payouts import PayoutAsked
from pos.services.queries.conflict_rows import Conflict
from pos.services.queries.reports_orders import deposits_by_ledger, open_orders
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from tests.boxes_support import give, make_till, plan_bazaar, rows_of, sell, start_from
from tests.order_support import balances, hand_over, last_paper, order, seller, taken
from tests.support import FakeClock, kasir_of, manager_of

HELD = 200_000


class Two:
    """A gallery with an order, and a bazaar that knows of it; their clocks are their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.bazaar_clock = FakeClock()
        self.home = make_till(folder, clock=self.clock)
        stand = self.stand = plan_bazaar(self.home)
        self.order_id = taken(self.home, manager_of(self.home), HELD)
        box = folder / "first.titipbox"
        self.home.boxes.write(box)
        self.bazaar = start_from(
            box, folder / "bazaar", stand, clock=self.bazaar_clock, code="BZR1"
        )

    def cancel(self, till: Till, rule: str = "returned") -> None:
        till.office.order_endings.cancel(
            self.order_id,
            by="customer",
            reason="moved away",
            rule=rule,  # type: ignore[arg-type]  # a rule
            session=manager_of(till),
        )

    def meet(self, *, home_first: bool = True) -> None:
        tills = (self.home, self.bazaar)
        writer, taker = tills if home_first else reversed(tills)
        give(writer, taker, self.folder)
        give(taker, writer, self.folder)
        give(writer, taker, self.folder)
        assert rows_of(self.home.folder) == rows_of(self.bazaar.folder)

    @property
    def settling(self) -> OrderSettling:
        return self.home.office.order_settling

    @property
    def session(self) -> Session:
        return manager_of(self.home)

    def conflicts(self) -> list[Conflict]:
        found = self.home.office.bazaars.conflicts()
        assert [one.kind for one in found] == [
            one.kind for one in self.bazaar.office.bazaars.conflicts()
        ]
        return list(found)

    def check(self) -> None:
        """Nothing is left over; the books are the same and sound; deposits are those of orders."""
        self.meet()
        assert not self.conflicts()
        for till in (self.home, self.bazaar):
            cursor, stand, day = till.book.reader(), self.home.info.stand_id, till.business_date()
            found = sum(one.held for one in open_orders(cursor, stand, day))
            assert found == deposits_by_ledger(cursor, stand, day) == 0
            report = verify(book_path(till.folder))
            assert report.ok, report.first_failure


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = Two(tmp_path)
    yield made
    made.home.close()
    made.bazaar.close()


@pytest.mark.parametrize("home_first", [True, False])
@pytest.mark.parametrize("later", [-60, 60])
def test_a_cancellation_holds_over_a_step_that_knew_nothing_of_it(
    two: Two, later: int, *, home_first: bool
) -> None:
    two.clock.pass_seconds(600)
    two.bazaar_clock.pass_seconds(600 + later)
    two.cancel(two.home)
    two.bazaar.office.orders.move(two.order_id, "ready", session=manager_of(two.bazaar))
    two.meet(home_first=home_first)
    assert order(two.bazaar, two.order_id).state == "cancelled"
    with pytest.raises(UserError):
        two.bazaar.office.orders.move(two.order_id, "ready", session=manager_of(two.bazaar))
    two.check()


def test_a_deposit_taken_beside_a_cancellation_waits_to_be_given_back(two: Two) -> None:
    two.cancel(two.home)
    two.bazaar.office.orders.pay(
        two.order_id, 100_000, (Tender("cash", 100_000),), session=manager_of(two.bazaar)
    )
    two.meet()
    now = order(two.home, two.order_id)
    assert (now.state, now.unsettled, ways(now)) == ("cancelled", 100_000, ("back", "keep"))
    (found,) = two.conflicts()
    assert (found.kind, found.order_id, found.amount) == ("order_money", two.order_id, 100_000)
    assert {one.stand_name for one in found.happenings} == {"Galeri Dekranasda", "Bazar BZR"}
    (row,) = two.home.office.order_reads.board(two.home.business_date())
    assert row.unsettled
    with pytest.raises(ApprovalNeededError):
        two.settling.give_back(
            two.order_id, "cash", "paid at the bazaar", session=kasir_of(two.home)
        )
    with pytest.raises(UserError, match="sebab"):
        two.settling.give_back(two.order_id, "cash", " ", session=two.session)
    assert two.settling.give_back(two.order_id, "cash", "so", session=two.session) == 100_000
    paper = last_paper(two.home)
    assert isinstance(paper, OrderMoneySlip)
    assert (paper.kind, paper.methods, paper.held) == ("refunded", (("cash", 100_000),), 0)
    assert not two.home.office.order_reads.board(two.home.business_date())
    with pytest.raises(UserError, match="sudah dibereskan"):
        two.settling.give_back(two.order_id, "cash", "again", session=two.session)
    two.check()


def test_it_may_be_kept_and_is_shared(two: Two) -> None:
    two.cancel(two.home)
    two.bazaar.office.orders.pay(
        two.order_id, 100_000, (Tender("cash", 100_000),), session=manager_of(two.bazaar)
    )
    two.meet()
    assert two.settling.keep(two.order_id, "agreed by phone", session=two.session) == 100_000
    assert balances(two.home)["commission"] == -15_000
    assert two.home.statements.due(seller(two.home)) == 85_000
    two.check()


@pytest.mark.parametrize("way", ["pay", "bear"])
def test_a_deposit_given_back_twice(two: Two, way: str) -> None:
    two.cancel(two.home)
    two.cancel(two.bazaar)
    two.meet()
    now = order(two.home, two.order_id)
    assert (now.unsettled, ways(now)) == (-HELD, ("pay", "bear"))
    if way == "pay":
        paid = two.settling.collect(
            two.order_id, (Tender("cash", 250_000),), session=kasir_of(two.home)
        )
        assert (paid.deposit, paid.change) == (HELD, 50_000)
        assert "commission" not in balances(two.home)
    else:
        assert two.settling.bear(two.order_id, "our mistake", session=two.session) == HELD
        assert balances(two.home)["commission"] == HELD
    two.check()


def test_what_was_kept_pays_for_what_was_fetched_elsewhere(two: Two) -> None:
    """Cancelled and kept at home, fetched at the bazaar: in the end it is a plain hand-over."""
    two.cancel(two.home, "kept")
    hand_over(two.bazaar, two.order_id, manager_of(two.bazaar), 1)
    two.meet()
    now = order(two.home, two.order_id)
    assert (now.state, now.unsettled) == ("handed", -HELD)
    assert ways(now)[0] == "unkeep"
    assert two.settling.take_back_kept(two.order_id, "fetched", session=two.session) == HELD
    two.meet()
    found = balances(two.home)
    assert (found["commission"], found["seller"]) == (-75_000, -425_000)
    due = two.home.statements.open_account(seller(two.home))
    assert [line.amount for line in due.lines] == [170_000, -170_000]
    assert due.due == 0
    with pytest.raises(UserError):
        two.home.payouts.pay(PayoutAsked(seller(two.home)), session=two.session)
    two.check()


def test_one_piece_handed_over_by_two_tills(two: Two) -> None:
    """Both sales stand. One is cancelled where it was made: then nothing is left to settle."""
    done = hand_over(two.home, two.order_id, two.session, 1)
    hand_over(two.bazaar, two.order_id, manager_of(two.bazaar), 1)
    two.meet()
    assert {one.kind for one in two.conflicts()} == {"order_money", "order_twice"}
    twice = next(one for one in two.conflicts() if one.kind == "order_twice")
    assert {one.stand_name: one.here for one in twice.happenings} == {
        "Galeri Dekranasda": True,
        "Bazar BZR": False,
    }
    two.home.returns.void(done.sale_id, reason="fetched at the bazaar", session=two.session)
    two.check()


def test_two_pieces_were_handed_over_after_all(two: Two) -> None:
    hand_over(two.home, two.order_id, two.session, 1)
    hand_over(two.bazaar, two.order_id, manager_of(two.bazaar), 1)
    two.meet()
    two.settling.bear(two.order_id, "the deposit counted twice", session=two.session)
    two.meet()
    (left,) = two.conflicts()
    two.home.office.bazaars.settle(left.kind, left.subject_id, "two were made", session=two.session)
    two.check()


def test_the_history_stands_in_the_order_of_what_was_known(two: Two) -> None:
    """The bazaar's clock is two days behind; what it did after home's step stands behind it."""
    two.clock.pass_seconds(60)
    two.home.office.orders.move(two.order_id, "confirmed", session=two.session)
    two.meet()
    two.bazaar_clock.ms = two.clock.ms - 48 * 3_600_000
    two.bazaar.accept_clock(by=manager_of(two.bazaar).staff_id)
    two.bazaar.office.orders.move(two.order_id, "making", session=manager_of(two.bazaar))
    two.meet()
    two.home.office.orders.move(two.order_id, "ready", session=two.session)
    two.meet()
    for till in (two.home, two.bazaar):
        kinds = [event.kind for event in order(till, two.order_id).history]
        assert kinds == ["ordered", "confirmed", "making", "ready"]


def test_a_piece_sold_twice_was_two_pieces(two: Two) -> None:
    """The same label on two bags: the book counts both, and both makers' shares stand."""
    # The bag went to the bazaar; somebody carried another one home, and both were sold.
    line = TransferLine(two.home.catalog.find("DKR-2041").item_id, 1)
    transfers, by, stand = two.home.office.transfers, two.session.staff_id, two.stand
    transfers.send(stand, (line,), by=by)
    two.meet()
    transfers.bring_home(stand, (line,), by=by)
    sell(two.home, "DKR-2041")
    sell(two.bazaar, "DKR-2041")
    two.meet()
    (found,) = two.conflicts()
    assert (found.kind, {one.here for one in found.happenings}) == ("sold_twice", {True, False})
    bazaars = two.home.office.bazaars
    with pytest.raises(ApprovalNeededError):
        bazaars.two_pieces(found.subject_id, session=kasir_of(two.home))
    bazaars.two_pieces(found.subject_id, session=two.session)
    with pytest.raises(UserError, match="sudah dibereskan"):
        bazaars.two_pieces(found.subject_id, session=two.session)
    two.meet()
    assert not two.conflicts()
    cursor = two.bazaar.book.reader()
    cursor.execute("SELECT min(on_hand) FROM stock WHERE item_id = ?", (found.subject_id,))
    assert cursor.fetchone()[0] == 0
