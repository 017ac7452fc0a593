"""A till restored from an old backup that went on selling: recognised, explained, nothing lost."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.config import book_path
from pos.errors import ApprovalNeededError, UserError
from pos.events import StaffChanged
from pos.models.verify import verify
from pos.services.boxes.words import fork_sentence
from pos.services.restore import restore
from pos.services.restore_words import took_over
from pos.services.till import Till
from tests.boxes_support import give, make_till, plan_bazaar, rows_of, sell, start_from
from tests.support import FakeClock, kasir_of, manager_of


def kinds(till: Till) -> list[str]:
    """What kinds of entries this till wrote, in their order."""
    cursor = till.book.reader()
    cursor.execute("SELECT kind FROM journal WHERE till_no = ? ORDER BY seq", (till.unit.till_no,))
    return [kind for (kind,) in cursor.fetchall()]


class Three:
    """A gallery, a bazaar, and the bazaar's machine restored from an older copy of its book."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        clock = self.clock = FakeClock()
        self.home = make_till(folder, clock=clock)
        stand = plan_bazaar(self.home)
        box = folder / "first.titipbox"
        self.home.boxes.write(box)
        bazaar = start_from(box, folder / "bazaar", stand, clock=clock, code="BZR1")
        sell(bazaar, "DKR-1187")
        bazaar.close()
        shutil.copytree(folder / "bazaar", folder / "restored")
        self.bazaar = Till.open(folder / "bazaar", clock=clock, cheap_pins=True)
        self.restored = Till.open(folder / "restored", clock=clock, cheap_pins=True)

    def close(self) -> None:
        for till in (self.home, self.bazaar, self.restored):
            till.close()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    made = Three(tmp_path)
    yield made
    made.close()


def test_the_other_branch_is_explained_and_kept(three: Three) -> None:
    sell(three.bazaar, "DKR-1187", 2)
    sell(three.restored, "DKR-3001", 5)
    sell(three.restored, "DKR-3001", 1)
    give(three.bazaar, three.home, three.folder)
    before = rows_of(three.home.folder)
    taken = give(three.restored, three.home, three.folder)
    (fork,) = taken.facts.forks
    assert fork.tail.till_code == "BZR1"
    assert "bercabang dua sejak catatan" in fork_sentence(fork, "Asia/Jakarta")
    assert taken.aside == 2
    assert rows_of(three.home.folder) == before
    (branch,) = three.home.boxes.branches()
    assert (branch.count, branch.sales, branch.seq) == (2, 2, fork.fork_seq)
    assert verify(book_path(three.home.folder)).ok


def test_what_the_other_branch_sold_is_booked_again_by_a_manager(three: Three) -> None:
    """At a till of that stand, at the shares of that day, and once; other books hear of it."""
    sell(three.bazaar, "DKR-1187", 2)
    sell(three.restored, "DKR-3001", 5)
    sell(three.restored, "DKR-1187", 1)
    give(three.restored, three.home, three.folder)
    give(three.bazaar, three.home, three.folder)  # whichever came first stays
    give(three.home, three.bazaar, three.folder)
    # At home the restored machine's branch came first; for the bazaar's own book it is the other.
    assert [sale.why_not for sale in three.home.boxes.aside.sales()] == ["di mesin kasir stan itu"]
    lost = three.bazaar.boxes.aside.sales()
    assert [(sale.number, sale.what, sale.total) for sale in lost] == [
        ("BZR-000002", "5 x Gantungan kunci bambu", 75_000),
        ("BZR-000003", "1 x Bros bunga kain perca", 35_000),
    ]
    before = owed(three.bazaar)
    with pytest.raises(ApprovalNeededError):
        three.bazaar.boxes.aside.book(session=kasir_of(three.home))
    assert three.bazaar.boxes.aside.book(session=manager_of(three.bazaar)) == 2
    assert three.bazaar.boxes.aside.sales() == ()
    with pytest.raises(UserError):
        three.bazaar.boxes.aside.book(session=manager_of(three.bazaar))
    shares = sum(line.share for sale in lost for line in sale.event.lines)
    assert owed(three.bazaar) - before == shares
    assert kinds(three.bazaar)[-4:] == ["sale_completed", "conflict_settled"] * 2
    cursor = three.bazaar.book.reader()
    cursor.execute("SELECT decision FROM settlements ORDER BY id")
    assert cursor.fetchall() == [("BZR-000002 = BZR-000003",), ("BZR-000003 = BZR-000004",)]
    assert sell(three.bazaar, "DKR-1187").number == "BZR-000005"
    report = verify(book_path(three.bazaar.folder))
    assert report.ok, report.first_failure


def owed(till: Till) -> int:
    cursor = till.book.reader()
    cursor.execute("SELECT -coalesce(sum(amount), 0) FROM balances WHERE account = 'seller'")
    return int(cursor.fetchone()[0])


def test_the_branch_travels_on_and_comes_only_once(three: Three, tmp_path: Path) -> None:
    sell(three.bazaar, "DKR-1187", 2)
    sell(three.restored, "DKR-3001", 5)
    give(three.bazaar, three.home, three.folder)
    give(three.restored, three.home, three.folder)
    give(three.restored, three.home, three.folder)
    assert [branch.count for branch in three.home.boxes.branches()] == [1]
    fourth = Till.open(tmp_path / "fourth", cheap_pins=True)
    try:
        box = tmp_path / "all.titipbox"
        three.home.boxes.write(box)
        fourth.boxes.take(box, by=0)
        assert [branch.count for branch in fourth.boxes.branches()] == [1]
    finally:
        fourth.close()


def test_what_rests_on_the_other_branch_is_put_aside_with_it(three: Three, tmp_path: Path) -> None:
    """A third till knows the other branch; what it did since can't be applied here."""
    sell(three.restored, "DKR-3001", 5)
    stand = plan_bazaar(three.restored, "THR")
    box = tmp_path / "third.titipbox"
    three.restored.boxes.write(box)
    third = start_from(box, tmp_path / "third", stand, clock=FakeClock(), code="THR1")
    try:
        sell(three.bazaar, "DKR-1187", 2)
        sell(third, "DKR-1187")
        give(three.bazaar, three.home, three.folder)
        before = rows_of(three.home.folder)
        taken = give(third, three.home, three.folder)
        assert taken.entries == 0
        assert {branch.why for branch in three.home.boxes.branches()} == {"fork", "rests_on_fork"}
        assert rows_of(three.home.folder) == before
        assert verify(book_path(three.home.folder)).ok
    finally:
        third.close()


def test_a_till_restored_from_a_backup_gets_back_what_others_have_of_it(three: Three) -> None:
    """Until it has written anything itself, its own lost entries come home in a box."""
    receipt = sell(three.bazaar, "DKR-1187", 2)
    give(three.bazaar, three.home, three.folder)
    box = three.folder / "back.titipbox"
    three.home.boxes.write(box)
    taken = three.restored.boxes.take(box, by=manager_of(three.restored).staff_id)
    assert not taken.facts.forks
    assert three.restored.receipts.by_number(receipt.number) == receipt.sale_id
    after = sell(three.restored, "DKR-1187")
    assert after.number == "BZR-000003"
    assert verify(book_path(three.restored.folder)).ok


def test_another_till_with_the_same_number_is_refused(three: Three, tmp_path: Path) -> None:

    other = _with_number(tmp_path / "twin", three.home.unit.till_no)
    try:
        box = tmp_path / "twin.titipbox"
        other.boxes.write(box)
        before = rows_of(three.home.folder)
        with pytest.raises(Exception, match="nomor yang sama"):
            three.home.boxes.take(box, by=manager_of(three.home).staff_id)
        assert rows_of(three.home.folder) == before
    finally:
        other.close()


def _with_number(folder: Path, till_no: int) -> Till:
    from pos.services.setup import SetUp
    from tests.support import MANAGER_PIN, empty_folder

    till = Till.open(empty_folder(folder), cheap_pins=True)
    till.unit.till_no = till_no
    till.set_up(
        SetUp(
            stand_name="Toko Blu",
            stand_code="BLU",
            till_code="BLU1",
            manager_name="Tono",
            pin=MANAGER_PIN,
        )
    )
    return till


def test_a_box_taken_right_after_a_restore_brings_back_what_was_lost(
    three: Three, tmp_path: Path
) -> None:
    """The trace of the restore waits, so that it takes no entry's place."""
    three.bazaar.close()
    backup = tmp_path / "backup.db"
    shutil.copyfile(book_path(three.folder / "bazaar"), backup)
    bazaar = Till.open(three.folder / "bazaar", clock=three.clock, cheap_pins=True)
    receipt = sell(bazaar, "DKR-3001", 2)
    give(bazaar, three.home, three.folder)
    bazaar.close()
    sell(three.home, "DKR-1187", 1)
    done = restore(three.folder / "bazaar", backup, take_newer=False, by=7, clock=three.clock)
    assert done.others
    assert "kotak" in took_over(done)
    bazaar = Till.open(three.folder / "bazaar", clock=three.clock, cheap_pins=True)
    assert "book_restored" not in kinds(bazaar)
    taken = give(three.home, bazaar, three.folder)
    assert not taken.facts.forks
    assert kinds(bazaar)[-3:] == ["sale_completed", "book_restored", "box_taken"]
    assert (receipt.number, sell(bazaar, "DKR-3001").number) == ("BZR-000002", "BZR-000003")
    give(bazaar, three.home, three.folder)
    assert rows_of(bazaar.folder) == rows_of(three.home.folder)
    assert kinds(bazaar).count("book_restored") == 1
    assert verify(book_path(bazaar.folder)).ok
    bazaar.close()
    again = Till.open(three.folder / "bazaar", clock=three.clock, cheap_pins=True)
    assert again.unit.waiting is None
    again.close()


def test_without_a_box_the_trace_comes_before_the_first_sale(three: Three, tmp_path: Path) -> None:
    three.bazaar.close()
    backup = tmp_path / "backup.db"
    shutil.copyfile(book_path(three.folder / "bazaar"), backup)
    restore(three.folder / "bazaar", backup, by=7, clock=three.clock)
    bazaar = Till.open(three.folder / "bazaar", clock=three.clock, cheap_pins=True)
    by = manager_of(bazaar).staff_id
    with contextlib.suppress(ZeroDivisionError), bazaar.unit.write() as tx:
        tx.append(StaffChanged(staff_id=by, role="manajer", active=True), staff_id=by)
        raise ZeroDivisionError
    assert "book_restored" not in kinds(bazaar)
    sell(bazaar, "DKR-3001")
    assert kinds(bazaar)[-2:] == ["book_restored", "sale_completed"]
    sell(bazaar, "DKR-3001")
    assert kinds(bazaar).count("book_restored") == 1
    assert verify(book_path(bazaar.folder)).ok
    bazaar.close()
