"""A bazaar from the scan out to the last piece: goods, money, conflicts, who pays."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.config import book_path
from pos.errors import ApprovalNeededError, UserError
from pos.events import TransferLine
from pos.models.verify import verify
from pos.services.bazaars import BazaarPlan
from pos.services.payouts import PayoutAsked
from pos.services.queries.payouts import PayoutQueries
from pos.services.queries.transfers import Whereabouts
from pos.services.stock import LossAsked
from pos.services.till import Till
from tests.boxes_support import give, make_till, sell, start_from
from tests.support import FakeClock, kasir_of, manager_of

PLAN = BazaarPlan(
    "Bazar Alun-alun", "ALN", "Alun-alun Contoh", dt.date(2026, 11, 27), dt.date(2026, 11, 29)
)


class Pair:
    """The gallery and the bazaar's laptop, started from the gallery's box with goods on a slip."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.home = make_till(folder, clock=self.clock)
        self.stand = self.home.office.bazaars.plan(PLAN, session=manager_of(self.home))
        self.items = {
            code: self.home.catalog.find(code).item_id
            for code in ("DKR-2041", "DKR-1187", "DKR-3001")
        }
        self.slip = self.home.office.transfers.send(
            self.stand,
            (
                TransferLine(self.items["DKR-2041"], 1),
                TransferLine(self.items["DKR-1187"], 5),
                TransferLine(self.items["DKR-3001"], 10),
            ),
            by=manager_of(self.home).staff_id,
        )
        box = folder / "out.titipbox"
        self.home.boxes.write(box)
        self.bazaar = start_from(box, folder / "laptop", self.stand, clock=self.clock, code="ALN1")

    def box_home(self) -> None:
        give(self.bazaar, self.home, self.folder)

    def whereabouts(self) -> dict[str, Whereabouts]:
        found = self.home.office.transfer_queries.whereabouts(self.stand)
        return {row.code: row for row in found}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.home.close()
    made.bazaar.close()


def on_hand(till: Till, code: str) -> int:
    return till.stock.on_hand(till.catalog.find(code).item_id)


def test_pieces_scanned_out_are_on_the_other_shelf_and_counted_once(pair: Pair) -> None:
    assert pair.slip.number == "P-000001"
    assert pair.slip.pieces == 16
    assert on_hand(pair.home, "DKR-1187") == 7
    assert on_hand(pair.bazaar, "DKR-1187") == 5
    with pytest.raises(UserError, match="stan ini"):
        pair.home.catalog.find("DKR-2041")
    assert pair.bazaar.catalog.find("DKR-2041").price == 185_000


def test_what_was_scanned_in_says_what_is_missing(pair: Pair) -> None:
    (waiting,) = pair.bazaar.office.transfers.unchecked()
    by = manager_of(pair.bazaar).staff_id
    missing = pair.bazaar.office.transfers.check(
        waiting.transfer_id,
        (TransferLine(pair.items["DKR-2041"], 1), TransferLine(pair.items["DKR-1187"], 4)),
        by=by,
    )
    assert {(line.item_id, line.qty) for line in missing} == {
        (pair.items["DKR-1187"], 1),
        (pair.items["DKR-3001"], 10),
    }
    assert pair.bazaar.office.transfers.unchecked() == ()
    arrived = {
        line.code: line.arrived
        for line in pair.bazaar.office.transfers.transfer(waiting.transfer_id).lines
    }
    assert arrived == {"DKR-2041": 1, "DKR-1187": 4, "DKR-3001": 0}
    with pytest.raises(UserError, match="Bros bunga kain perca"):
        pair.bazaar.office.transfers.check(
            waiting.transfer_id, (TransferLine(pair.items["DKR-1187"], 6),), by=by
        )


def test_coming_home_says_what_was_sold_came_back_and_is_missing(pair: Pair) -> None:
    sell(pair.bazaar, "DKR-2041")
    sell(pair.bazaar, "DKR-1187", 2)
    pair.box_home()
    by = manager_of(pair.home).staff_id
    home = (TransferLine(pair.items["DKR-1187"], 2), TransferLine(pair.items["DKR-3001"], 10))
    pair.home.office.transfers.bring_home(pair.stand, home, by=by)
    found = pair.whereabouts()
    assert [
        (row.code, row.sent, row.sold, row.came_back, row.left)
        for row in sorted(found.values(), key=lambda row: row.code)
    ] == [
        ("DKR-1187", 5, 2, 2, 1),
        ("DKR-2041", 1, 1, 0, 0),
        ("DKR-3001", 10, 0, 10, 0),
    ]
    pair.home.office.bazaars.write_off(
        pair.stand,
        (LossAsked(pair.items["DKR-1187"], 1),),
        reason="hilang di bazar",
        session=manager_of(pair.home),
    )
    assert pair.whereabouts()["DKR-1187"].left == 0
    assert verify(book_path(pair.home.folder)).ok


def test_a_sellers_account_shows_the_sales_by_stand_and_up_to_when(pair: Pair) -> None:
    sell(pair.home, "DKR-1187", 1)
    pair.clock.pass_seconds(3_600)
    sell(pair.bazaar, "DKR-1187", 2)
    pair.box_home()
    pair.clock.pass_seconds(3_600)
    seller = next(row for row in pair.home.catalog.sellers() if row.code == "LMB")
    here, there = pair.home.office.bazaars.seller_by_stand(seller.seller_id)
    assert (here.stand_name, here.pieces, here.paid, here.due) == (
        "Galeri Dekranasda",
        1,
        35_000,
        28_000,
    )
    assert (there.stand_name, there.pieces, there.paid, there.due) == (
        "Bazar Alun-alun",
        2,
        70_000,
        56_000,
    )
    assert here.known_until is None
    assert there.known_until is not None
    assert there.known_until.hour == 10
    # What is due here, and what is paid out here, is this stand's alone.
    assert pair.home.statements.due(seller.seller_id) == 28_000
    assert [line.amount for line in pair.home.statements.page(seller.seller_id)] == [28_000]
    paid = pair.home.payouts.pay(PayoutAsked(seller.seller_id), session=manager_of(pair.home))
    assert (paid.amount, paid.carried) == (28_000, 0)


def test_each_stand_pays_until_one_till_is_chosen_and_then_no_other_can(pair: Pair) -> None:
    sell(pair.home, "DKR-1187", 1)
    sell(pair.bazaar, "DKR-1187", 2)
    pair.box_home()
    seller = next(row for row in pair.home.catalog.sellers() if row.code == "LMB").seller_id
    manager = manager_of(pair.home)
    with pytest.raises(UserError, match="stan"):
        pair.home.payouts.pay(PayoutAsked(seller, stand_id=pair.stand), session=manager)
    with pytest.raises(ApprovalNeededError):
        pair.home.office.bazaars.choose_payer(pair.home.unit.till_no, session=kasir_of(pair.home))
    pair.home.office.bazaars.choose_payer(pair.home.unit.till_no, session=manager)
    for_bazaar = pair.home.payouts.pay(PayoutAsked(seller, stand_id=pair.stand), session=manager)
    for_home = pair.home.payouts.pay(PayoutAsked(seller), session=manager)
    assert (for_bazaar.amount, for_home.amount) == (56_000, 28_000)
    assert pair.home.office.bazaars.dues() == ()
    give(pair.home, pair.bazaar, pair.folder)
    with pytest.raises(UserError, match="DKR1"):
        pair.bazaar.payouts.pay(PayoutAsked(seller), session=manager_of(pair.bazaar))
    assert pair.bazaar.statements.open_account(seller).due == 0
    assert pair.bazaar.statements.open_account(seller).lines == ()
    info = pair.home.info
    slips = PayoutQueries(pair.home.book, info.stand_id, info.zone)
    slip = slips.slip(for_bazaar.payout_id)
    assert (slip.amount, slip.carried, len(slip.lines)) == (56_000, 0, 1)
    for till in (pair.home, pair.bazaar):
        report = verify(book_path(till.folder))
        assert report.ok, report.first_failure


def test_the_same_piece_sold_by_two_tills_is_listed_until_it_is_settled(pair: Pair) -> None:
    by = manager_of(pair.home).staff_id
    # Somebody carried the bag home without a slip from the bazaar, and it was sold there as well.
    pair.home.office.transfers.bring_home(
        pair.stand, (TransferLine(pair.items["DKR-2041"], 1),), by=by
    )
    sell(pair.home, "DKR-2041")
    sell(pair.bazaar, "DKR-2041")
    pair.box_home()
    give(pair.home, pair.bazaar, pair.folder)
    for till in (pair.home, pair.bazaar):
        (twice,) = till.office.bazaars.conflicts()
        assert twice.kind == "sold_twice"
        assert {happening.paper for happening in twice.happenings} == {"DKR-000001", "ALN-000001"}
    (found,) = pair.home.office.bazaars.conflicts()
    with pytest.raises(ApprovalNeededError):
        pair.home.office.bazaars.settle(
            found.kind, found.subject_id, "tas kedua milik Sri", session=kasir_of(pair.home)
        )
    pair.home.office.bazaars.settle(
        found.kind, found.subject_id, "tas kedua milik Sri", session=manager_of(pair.home)
    )
    assert pair.home.office.bazaars.conflicts() == ()
    give(pair.home, pair.bazaar, pair.folder)
    assert pair.bazaar.office.bazaars.conflicts() == ()


def test_a_bazaar_has_days_and_a_code_of_its_own(pair: Pair) -> None:
    manager = manager_of(pair.home)
    with pytest.raises(UserError, match="kode"):
        pair.home.office.bazaars.plan(PLAN, session=manager)
    with pytest.raises(UserError, match="terakhir"):
        pair.home.office.bazaars.plan(
            BazaarPlan("Lain", "LAI", "", dt.date(2026, 12, 2), dt.date(2026, 12, 1)),
            session=manager,
        )
    stands = {stand.code: stand for stand in pair.bazaar.office.bazaars.stands()}
    assert stands["ALN"].mine
    assert (stands["ALN"].first_day, stands["ALN"].last_day) == (
        dt.date(2026, 11, 27),
        dt.date(2026, 11, 29),
    )
    assert stands["ALN"].pieces == 16


def test_two_managers_change_the_same_bazaar_and_the_later_word_holds_everywhere(
    pair: Pair,
) -> None:
    later = BazaarPlan(
        "Bazar Malam", "ALN", "Alun-alun", dt.date(2026, 11, 28), dt.date(2026, 11, 30)
    )
    pair.home.office.bazaars.change(pair.stand, PLAN, session=manager_of(pair.home))
    pair.clock.pass_seconds(60)
    pair.bazaar.office.bazaars.change(pair.stand, later, session=manager_of(pair.bazaar))
    pair.clock.pass_seconds(60)
    give(pair.home, pair.bazaar, pair.folder)
    pair.box_home()
    for till in (pair.home, pair.bazaar):
        names = {stand.name for stand in till.office.bazaars.stands()}
        assert "Bazar Malam" in names
