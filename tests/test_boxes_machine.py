"""Three tills that exchange boxes in any order end with the same books.

Each till sells, takes in, moves, changes cards and pays as it likes, on clocks that differ by days.
Boxes are written for a till or for any, and delivered late, twice, crossed, old after new, or
never. When in the end everybody has had everybody's box, all rows that the tills share are equal,
every book verifies, each ledger balances, every piece is counted once against an oracle, and a
fourth book made of the journals alone is the same.
"""

import contextlib
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from pos.config import book_path
from pos.errors import UserError
from pos.events import TransferLine
from pos.models.engine import driver
from pos.models.verify import verify
from pos.services.intake import IntakeLine, ItemEdit
from pos.services.payouts import PayoutAsked
from pos.services.returns import ReturnAsked
from pos.services.till import Till
from tests.boxes_support import give, make_till, plan_bazaar, rows_of, sell, start_from
from tests.order_support import hand_over, taken
from tests.support import FakeClock, empty_folder, manager_of

PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
"""Not shrunk: a failing run is short, and each step of it takes a real till."""
DAY = 24 * 3600
_tills = st.integers(0, 2)
_places = st.integers(0, 30)


@cache
def template() -> Path:
    """A gallery and two bazaars, just set up; copied for each run."""
    folder = Path(tempfile.mkdtemp(prefix="titip-three-"))
    home = make_till(folder / "0")
    stands = [plan_bazaar(home, "BZA"), plan_bazaar(home, "BZB")]
    box = folder / "first.titipbox"
    home.boxes.write(box)
    for place, stand in enumerate(stands, start=1):
        code = f"BZ{place}"
        start_from(box, folder / str(place) / "data", stand, clock=FakeClock(), code=code).close()
    home.close()
    return folder


class Boxes(RuleBasedStateMachine):
    """Tills 0 (gallery), 1 and 2 (bazaars)."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="titip-boxes-"))
        shutil.copytree(template(), self.folder, dirs_exist_ok=True)
        self.clocks = [FakeClock(), FakeClock(), FakeClock()]
        self.clocks[0].pass_seconds(2 * DAY)
        self.clocks[2].pass_seconds(5 * DAY)
        self.tills = [
            Till.open(self.folder / str(n) / "data", clock=clock, cheap_pins=True)
            for n, clock in enumerate(self.clocks)
        ]
        self.written: list[tuple[int, Path]] = []
        self.last_sale: list[int] = [0, 0, 0]
        self.pieces = self._counted()

    # -- what a till does by itself ------------------------------------------------------------

    @rule(at=_tills, place=_places, qty=st.integers(1, 3))
    def sell(self, at: int, place: int, qty: int) -> None:
        till = self.tills[at]
        item_id, code, kind, _seller = self._item(at, place)
        try:
            done = sell(till, code, 1 if kind == "unique" else qty)
        except UserError:
            return
        self.last_sale[at] = done.sale_id
        if kind != "made_to_order":
            self.pieces[item_id] -= 1 if kind == "unique" else qty

    @rule(at=_tills, shelf=st.booleans())
    def take_back(self, at: int, shelf: bool) -> None:
        if not self.last_sale[at]:
            return
        till = self.tills[at]
        line = till.returns.returnable(self.last_sale[at]).lines[0]
        try:
            till.returns.give_back(
                self.last_sale[at],
                (ReturnAsked(line.line_id, 1, to_shelf=shelf),),
                refund="cash",
                reason="tidak pas",
                session=manager_of(till),
            )
        except UserError:
            return
        if shelf and self._kind(at, line.item_id) != "made_to_order":
            self.pieces[line.item_id] += 1

    @rule(at=_tills, qty=st.integers(1, 5), price=st.sampled_from([20_000, 75_000]))
    def take_in(self, at: int, qty: int, price: int) -> None:
        till = self.tills[at]
        seller = till.catalog.sellers()[qty % 3].seller_id
        line = IntakeLine(qty, name=f"Baru {at} {price}", price=price)
        note = till.intake.take_in(seller, (line,), by=manager_of(till).staff_id)
        self.pieces[note.lines[0].item_id] = qty

    @rule(at=_tills, place=_places, name=st.sampled_from(["Tas", "Bros merah", "Vas", "Kain"]))
    def change_item(self, at: int, place: int, name: str) -> None:
        till = self.tills[at]
        item_id, _code, kind, _seller = self._item(at, place)
        shelf = till.catalog.categories()[place % 3].category_id
        edit = ItemEdit(item_id, name, kind, 10_000 + place, shelf)  # type: ignore[arg-type]
        till.intake.change_item(edit, by=manager_of(till).staff_id)

    @rule(at=_tills, place=_places, name=st.sampled_from(["Sanggar Satu", "Sanggar Dua"]))
    def change_seller(self, at: int, place: int, name: str) -> None:
        till = self.tills[at]
        sellers = till.catalog.sellers()
        row = sellers[place % len(sellers)]
        card = till.sellers.card(row.seller_id).card
        fresh = msgspec.structs.replace(
            card, workshop=f"{name} {row.code}", phone=f"6281100000{place:02d}"
        )
        till.sellers.change(fresh, by=manager_of(till).staff_id)

    @rule(at=_tills, place=_places)
    def pay(self, at: int, place: int) -> None:
        till = self.tills[at]
        sellers = till.catalog.sellers()
        asked = PayoutAsked(sellers[place % len(sellers)].seller_id)
        try:
            till.payouts.pay(asked, session=manager_of(till))
        except UserError:
            return

    @rule(at=_tills, deposit=st.sampled_from([0, 100_000, 200_000]))
    def take_order(self, at: int, deposit: int) -> None:
        till = self.tills[at]
        taken(till, manager_of(till), deposit)

    @rule(at=_tills, place=_places)
    def hand_over_order(self, at: int, place: int) -> None:
        till = self.tills[at]
        cursor = till.book.reader()
        cursor.execute("SELECT id FROM orders ORDER BY id")
        orders = [row[0] for row in cursor.fetchall()]
        if orders:
            with contextlib.suppress(UserError):
                hand_over(till, orders[place % len(orders)], manager_of(till), 1)

    @rule(at=_tills, payer=st.integers(-1, 2))
    def choose_payer(self, at: int, payer: int) -> None:
        till = self.tills[at]
        number = self.tills[payer].unit.till_no if payer >= 0 else 0
        with contextlib.suppress(UserError):  # a till that this one has not heard of
            till.office.bazaars.choose_payer(number, session=manager_of(till))

    @rule(at=_tills, to=_tills, place=_places, qty=st.integers(1, 4))
    def transfer(self, at: int, to: int, place: int, qty: int) -> None:
        till = self.tills[at]
        item_id, _code, _kind, _seller = self._item(at, place)
        try:
            till.office.transfers.send(
                self.tills[to].info.stand_id,
                (TransferLine(item_id, qty),),
                by=manager_of(till).staff_id,
            )
        except UserError:
            return

    @rule(at=_tills, source=_tills, place=_places)
    def bring_home(self, at: int, source: int, place: int) -> None:
        till = self.tills[at]
        item_id, _code, _kind, _seller = self._item(at, place)
        try:
            till.office.transfers.bring_home(
                self.tills[source].info.stand_id,
                (TransferLine(item_id, 1),),
                by=manager_of(till).staff_id,
            )
        except UserError:
            return

    @rule(at=_tills)
    def check_arrivals(self, at: int) -> None:
        till = self.tills[at]
        for row in till.office.transfers.unchecked()[:1]:
            lines = till.office.transfers.transfer(row.transfer_id).lines
            till.office.transfers.check(
                row.transfer_id,
                (TransferLine(lines[0].item_id, 1),),
                by=manager_of(till).staff_id,
            )

    @rule(at=_tills, name=st.sampled_from(["Sari", "Sari Dewi", "Sari D."]))
    def rename(self, at: int, name: str) -> None:
        till = self.tills[at]
        till.staff.rename(manager_of(till).staff_id, name, by=manager_of(till).staff_id)

    @rule(at=_tills, seconds=st.sampled_from([1, 3_600, DAY]))
    def time_passes(self, at: int, seconds: int) -> None:
        self.clocks[at].pass_seconds(seconds)

    @rule(at=_tills)
    def restart(self, at: int) -> None:
        self.tills[at].close()
        self.tills[at] = Till.open(
            self.folder / str(at) / "data", clock=self.clocks[at], cheap_pins=True
        )

    # -- boxes -----------------------------------------------------------------------------------

    @rule(at=_tills, meant=st.integers(-1, 2))
    def write(self, at: int, meant: int) -> None:
        path = self.folder / f"{len(self.written)}.titipbox"
        number = self.tills[meant].unit.till_no if meant >= 0 else 0
        self.tills[at].boxes.write(path, meant_for=number)
        self.written.append((meant, path))

    @precondition(lambda self: self.written)
    @rule(data=st.data(), at=_tills)
    def deliver(self, data: st.DataObject, at: int) -> None:
        """Any box to anybody: one that continues what is not here is refused, and changes nothing."""
        meant, path = data.draw(st.sampled_from(self.written))
        before = rows_of(self.tills[at].folder)
        refused = False
        try:
            self.tills[at].boxes.take(path, by=manager_of(self.tills[at]).staff_id)
        except UserError:
            refused = True
        if refused:
            assert meant not in {-1, at}
            assert rows_of(self.tills[at].folder) == before

    @invariant()
    def ledgers_balance(self) -> None:
        for till in self.tills:
            cursor = till.book.reader()
            cursor.execute("SELECT coalesce(sum(amount), 0) FROM balances")
            assert cursor.fetchone()[0] == 0

    def teardown(self) -> None:
        try:
            self._everybody_to_everybody()
            self._check_equal()
            self._check_fourth()
        finally:
            for till in self.tills:
                till.close()
            shutil.rmtree(self.folder)

    # -- inside ------------------------------------------------------------------------------

    def _everybody_to_everybody(self) -> None:
        for writer in self.tills:
            for taker in self.tills:
                if taker is not writer:
                    give(writer, taker, self.folder)

    def _check_equal(self) -> None:
        books = [rows_of(till.folder) for till in self.tills]
        # The last takings of all are not heard of by all: till 0 took first, the others later.
        for name in books[0]:
            assert books[0][name] == books[1][name] == books[2][name], name
        cards = [self._cards(till) for till in self.tills]
        assert cards[0] == cards[1] == cards[2]
        there = {item: count for item, count in self._counted().items() if count}
        assert there == {item: count for item, count in self.pieces.items() if count}
        conflicts = [
            {(c.kind, c.subject_id) for c in till.office.bazaars.conflicts()} for till in self.tills
        ]
        assert conflicts[0] == conflicts[1] == conflicts[2]
        for till in self.tills:
            report = verify(book_path(till.folder))
            assert report.ok, report.first_failure
            assert not till.boxes.branches()

    def _check_fourth(self) -> None:
        fourth = Till.open(empty_folder(self.folder / "fourth"), cheap_pins=True)
        try:
            box = self.folder / "all.titipbox"
            self.tills[1].boxes.write(box)
            fourth.boxes.take(box, by=0)
            assert rows_of(fourth.folder) == rows_of(self.tills[1].folder)
            report = verify(book_path(fourth.folder))
            assert report.ok, report.first_failure
        finally:
            fourth.close()

    def _item(self, at: int, place: int) -> tuple[int, str, str, int]:
        cursor = self.tills[at].book.reader()
        cursor.execute("SELECT id, code, kind, seller_id FROM items ORDER BY code")
        rows = cursor.fetchall()
        found: tuple[int, str, str, int] = rows[place % len(rows)]
        return found

    def _kind(self, at: int, item_id: int) -> str:
        cursor = self.tills[at].book.reader()
        cursor.execute("SELECT kind FROM items WHERE id = ?", (item_id,))
        return str(cursor.fetchone()[0])

    def _counted(self) -> dict[int, int]:
        """Pieces of each item over all stands, as till 0's book has them; each is counted once."""
        connection = driver.connect(book_path(self.tills[0].folder))
        try:
            rows: list[Any] = connection.execute(
                "SELECT i.id, coalesce(sum(s.on_hand), 0) FROM items i "
                "LEFT JOIN stock s ON s.item_id = i.id GROUP BY i.id"
            ).fetchall()
        finally:
            connection.close()
        return dict(rows)

    def _cards(self, till: Till) -> list[Any]:
        cursor = till.book.reader()
        cursor.execute("SELECT * FROM contact_cards ORDER BY id")
        return cursor.fetchall()


Boxes.TestCase.settings = settings(
    max_examples=max(12, settings().max_examples // 10), stateful_step_count=25, phases=PHASES
)
TestBoxes = Boxes.TestCase


def test_a_box_that_goes_on_from_what_is_not_here_is_refused(tmp_path: Path) -> None:
    shutil.copytree(template(), tmp_path, dirs_exist_ok=True)
    tills = [Till.open(tmp_path / str(n) / "data", cheap_pins=True) for n in range(2)]
    try:
        home, bazaar = tills
        sell(bazaar, "DKR-1187")
        give(bazaar, home, tmp_path)
        sell(home, "DKR-1187")
        give(home, bazaar, tmp_path)
        sell(home, "DKR-1187")
        box = tmp_path / "tail.titipbox"
        home.boxes.write(box, meant_for=bazaar.unit.till_no)
        third = Till.open(tmp_path / "2" / "data", cheap_pins=True)
        try:
            before = rows_of(third.folder)
            with pytest.raises(UserError, match="Mintalah kotak lengkap"):
                third.boxes.take(box, by=manager_of(third).staff_id)
            assert rows_of(third.folder) == before
        finally:
            third.close()
    finally:
        for till in tills:
            till.close()
