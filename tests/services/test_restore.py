"""Restoring: what would be lost, what is saved from a damaged book, and that nothing is deleted."""

import os
import shutil
from pathlib import Path

import pytest

from pos.cart import Cart
from pos.config import book_path
from pos.errors import BookDamagedError, BookTooNewError, UserError
from pos.events import BookRestored
from pos.models.engine import driver
from pos.models.verify import verify
from pos.services import backup_places as places
from pos.services import restore_moves as moves
from pos.services.restore import Restored, list_choices, look_ahead, restore
from pos.services.till import Till
from tests.faults.stand import Robot
from tests.services.backup_support import (
    assert_whole,
    damage,
    entries_of,
    receipts_of,
    root_page,
    sell,
)
from tests.support import MANAGER_PIN, FakeClock, empty_folder, make_till, manager_of

HEADER = bytes(range(100))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed till: two sales, a backup, three sales more."""
    till = make_till(tmp_path)
    sell(till)
    sell(till)
    till.backups.make()
    for _more in range(3):
        sell(till)
    till.close()
    return till.folder


def only_backup(folder: Path) -> Path:
    return next(iter(places.stamps_in(places.here(folder)).values()))


def reopened(folder: Path) -> Till:
    return Till.open(folder, clock=FakeClock(), cheap_pins=True)


def restored(folder: Path, *, take_newer: bool = True) -> Restored:
    return restore(folder, only_backup(folder), take_newer=take_newer, clock=FakeClock())


# -- a book that is whole --------------------------------------------------------------


def test_what_would_be_lost_is_told_before(folder: Path) -> None:
    outlook = look_ahead(folder, only_backup(folder))
    assert (outlook.present, outlook.other) == ("whole", False)
    assert outlook.facts.receipt == "DKR-000002"
    newer = outlook.newer
    assert (newer.sales, newer.amount, newer.last_number) == (3, 45_000, 5)
    assert newer.entries == 3
    assert not newer.broken


def test_going_back_keeps_the_present_book_aside(folder: Path) -> None:
    before = book_path(folder).read_bytes()
    done = restored(folder, take_newer=False)
    assert receipts_of(folder) == [1, 2]
    assert_whole(folder)
    assert done.aside is not None
    assert (done.aside / "titip.db").read_bytes() == before
    assert receipts_of(done.aside) == [1, 2, 3, 4, 5]
    assert only_backup(folder).exists()


def test_or_what_is_newer_is_taken_over(folder: Path) -> None:
    done = restored(folder)
    assert (done.newer.entries, done.newer.sales) == (3, 3)
    assert receipts_of(folder) == [1, 2, 3, 4, 5]
    assert_whole(folder)


def test_the_journal_keeps_the_trace(folder: Path) -> None:
    path = only_backup(folder)
    facts = look_ahead(folder, path).facts
    restore(folder, path, by=7, clock=FakeClock())
    last = entries_of(book_path(folder))[-1]
    event = last.event()
    assert isinstance(event, BookRestored)
    assert (event.seq, event.taken, last.staff_id) == (facts.seq, 3, 7)
    assert event.head == facts.heads[0][2].hex()


def test_the_till_opens_and_goes_on_with_the_next_number(folder: Path) -> None:
    restored(folder)
    till = reopened(folder)
    assert sell(till) == "DKR-000006"
    assert till.staff.sign_in(manager_of(till).staff_id, MANAGER_PIN).is_manager
    till.close()
    assert_whole(folder)


def test_papers_of_then_are_not_printed_again_unasked(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    sell(till)
    till.backups.make()
    till.close()
    restored(till.folder, take_newer=False)
    again = reopened(till.folder)
    assert {job.status for job in again.printing.jobs()} == {"unknown"}
    again.close()


def test_the_open_cart_of_the_present_book_is_kept(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    till.backups.make()
    till.carts.save_open(Cart().add(till.catalog.find("DKR-2041")), staff_id=1)
    till.close()
    restored(till.folder)
    again = reopened(till.folder)
    cart = again.carts.load_open()
    assert cart is not None
    assert [line.item.code for line in cart.lines] == ["DKR-2041"]
    again.close()


def test_a_cart_from_before_is_not_offered_for_sale_again(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    till.carts.save_open(Cart().add(till.catalog.find("DKR-2041")), staff_id=1)
    till.backups.make()
    sell(till, "DKR-2041", 185_000)
    till.close()
    book_path(till.folder).unlink()
    restored(till.folder)
    again = reopened(till.folder)
    assert again.carts.load_open() is None
    again.close()


def test_people_who_came_after_the_backup_keep_name_and_pin(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    till.backups.make()
    added = till.staff.add("Dewi", "kasir", "9753", by=manager_of(till).staff_id)
    till.close()
    restored(till.folder)
    again = reopened(till.folder)
    assert "Dewi" in [tile.name for tile in again.staff.tiles()]
    assert again.staff.sign_in(added, "9753").role == "kasir"
    again.close()


# -- a damaged book --------------------------------------------------------------------


def test_a_file_whose_first_page_is_gone_still_gives_its_entries(folder: Path) -> None:
    damage(book_path(folder), 0, b"\xff" * 4096)
    with pytest.raises(BookDamagedError):
        reopened(folder)
    outlook = look_ahead(folder, only_backup(folder))
    assert (outlook.present, outlook.newer.sales) == ("damaged", 3)
    done = restored(folder)
    assert (done.newer.sales, done.newer.broken) == (3, False)
    assert receipts_of(folder) == [1, 2, 3, 4, 5]
    assert_whole(folder)
    assert done.aside is not None
    assert (done.aside / "titip.db").read_bytes()[:4] == b"\xff" * 4


def test_a_file_that_is_no_database_at_all(folder: Path) -> None:
    book_path(folder).write_bytes(bytes((n * 37) % 251 for n in range(40_000)))
    with pytest.raises(BookDamagedError):
        reopened(folder)
    assert look_ahead(folder, only_backup(folder)).present == "unreadable"
    done = restored(folder)
    assert done.newer.entries == 0
    assert receipts_of(folder) == [1, 2]
    assert_whole(folder)


def test_the_way_to_the_entries_is_gone_but_not_they(tmp_path: Path) -> None:
    """The root of the journal's tree, in a book that has grown beyond one page of them."""
    till = make_till(tmp_path)
    till.backups.make()
    for _sale in range(40):
        sell(till)
    till.close()
    damage(book_path(till.folder), root_page(book_path(till.folder), "journal"), bytes(4096))
    done = restored(till.folder)
    assert (done.newer.sales, done.newer.broken) == (40, False)
    assert receipts_of(till.folder) == list(range(1, 41))
    assert_whole(till.folder)


def test_entries_that_fill_several_pages_are_found_as_well(tmp_path: Path) -> None:
    """One entry for a table of goods."""
    till = make_till(tmp_path)
    till.backups.make()
    robot = Robot(till)
    for work in ("import", "sale", "import"):
        robot.do(work)
    till.close()
    entries = entries_of(book_path(till.folder))
    assert max(len(entry.body) for entry in entries) > 6_000
    damage(book_path(till.folder), 0, bytes(4096))
    done = restored(till.folder)
    assert (done.newer.sales, done.newer.broken) == (1, False)
    assert entries_of(book_path(till.folder))[: len(entries)] == entries
    assert_whole(till.folder)


def test_what_stands_in_the_log_is_found_without_the_first_page(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    till.backups.make()
    sell(till)
    till.book.checkpoint()
    sell(till)
    crashed = tmp_path / "crashed"
    shutil.copytree(till.folder, crashed)
    till.close()
    damage(book_path(crashed), 0, bytes(4096))
    # So that SQLite finds no first page there either.
    log = crashed / "titip.db-wal"
    damage(log, 0, bytes(16))
    done = restored(crashed)
    assert done.newer.sales == 2
    assert receipts_of(crashed) == [1, 2]
    assert_whole(crashed)


def test_a_damaged_table_beside_a_readable_journal_loses_nothing(folder: Path) -> None:
    damage(book_path(folder), root_page(book_path(folder), "sales"), b"\xff" * 4096)
    assert not verify(book_path(folder)).ok
    outlook = look_ahead(folder, only_backup(folder))
    assert (outlook.present, outlook.newer.sales) == ("damaged", 3)
    done = restored(folder)
    assert done.newer.sales == 3
    assert receipts_of(folder) == [1, 2, 3, 4, 5]
    assert_whole(folder)


def test_entries_are_saved_as_far_as_the_chain_holds(folder: Path) -> None:
    """One byte of the second of three newer sales is wrong: the first is saved, no other."""
    book = book_path(folder)
    body = next(
        e.body for e in entries_of(book) if e.kind == "sale_completed" and '"number":4,' in e.body
    )
    damage(book, book.read_bytes().index(body.encode()) + body.index('"number":4,') + 9, b"7")
    outlook = look_ahead(folder, only_backup(folder))
    assert (outlook.newer.sales, outlook.newer.broken) == (1, True)
    done = restored(folder)
    assert (done.newer.sales, done.newer.broken) == (1, True)
    assert receipts_of(folder) == [1, 2, 3]
    assert_whole(folder)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_page_is_hit_the_restored_book_is_whole(folder: Path, seed: int) -> None:
    """Damage at any place: nothing before the backup is lost, what comes after is a whole chain."""
    book = book_path(folder)
    size = book.stat().st_size
    page = (seed * 7919) % (size // 4096)
    damage(
        book, page * 4096 + (seed * 131) % 3500, bytes((seed * 37 + n) % 251 for n in range(500))
    )
    done = restored(folder)
    assert receipts_of(folder)[:2] == [1, 2]
    assert len(receipts_of(folder)) == 2 + done.newer.sales
    assert_whole(folder)
    reopened(folder).close()


def test_what_stands_in_the_log_beside_the_file_is_saved_too(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    sell(till)
    till.backups.make()
    till.book.checkpoint()
    sell(till)
    crashed = tmp_path / "crashed"
    shutil.copytree(till.folder, crashed)
    till.close()
    assert (crashed / "titip.db-wal").stat().st_size > 0
    damage(book_path(crashed), root_page(book_path(till.folder), "sale_lines"), b"\0" * 4096)
    done = restored(crashed)
    assert not (crashed / "titip.db-wal").exists()
    assert receipts_of(crashed) == [1, 2]
    assert_whole(crashed)
    assert done.aside is not None
    assert (done.aside / "titip.db-wal").exists()


def test_a_truncated_file(folder: Path) -> None:
    book = book_path(folder)
    os.truncate(book, book.stat().st_size // 3 // 4096 * 4096)
    restored(folder)
    assert receipts_of(folder)[:2] == [1, 2]
    assert_whole(folder)


def test_a_book_that_is_gone(folder: Path) -> None:
    book_path(folder).unlink()
    assert look_ahead(folder, only_backup(folder)).present == "absent"
    done = restored(folder)
    assert done.aside is None
    assert receipts_of(folder) == [1, 2]
    assert_whole(folder)


# -- what is refused -------------------------------------------------------------------


def test_a_damaged_backup_is_refused_and_nothing_is_touched(folder: Path) -> None:
    path = only_backup(folder)
    path.chmod(0o600)
    damage(path, path.stat().st_size // 2, b"\xa5" * 4096)
    before = book_path(folder).read_bytes()
    with pytest.raises(BookDamagedError):
        restored(folder)
    assert book_path(folder).read_bytes() == before
    assert not (folder / moves.ASIDE).exists()


def test_a_changed_amount_in_a_backup_is_refused(folder: Path) -> None:
    path = only_backup(folder)
    path.chmod(0o600)
    body = next(e.body for e in entries_of(path) if '"tendered":15000' in e.body)
    at = path.read_bytes().index(body.encode()) + body.index('"tendered":15000')
    damage(path, at, b'"tendered":95000')
    with pytest.raises(BookDamagedError):
        restored(folder)


def test_a_newer_versions_backup_is_refused(folder: Path) -> None:
    path = only_backup(folder)
    path.chmod(0o600)
    connection = driver.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(BookTooNewError):
        restored(folder)


def test_a_book_that_was_never_set_up_is_no_backup(folder: Path, tmp_path: Path) -> None:
    empty = book_path(empty_folder(tmp_path / "empty"))
    with pytest.raises(UserError):
        restore(folder, empty, clock=FakeClock())


def test_another_tills_backup_takes_nothing_from_this_one(folder: Path, tmp_path: Path) -> None:
    other = make_till(tmp_path / "other")
    sell(other)
    path = other.backups.make()
    other.close()
    outlook = look_ahead(folder, path)
    assert outlook.other
    done = restore(folder, path, clock=FakeClock())
    assert done.newer.entries == 0
    assert receipts_of(folder) == [1]
    assert_whole(folder)


# -- power cuts ------------------------------------------------------------------------


class _PowerCutError(Exception):
    pass


@pytest.mark.parametrize("moves_before", range(5))
def test_a_power_cut_between_any_two_moves(
    folder: Path, moves_before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the note is there, the old book opens; after it, the new one."""
    replace = Path.replace
    made: list[Path] = []

    def cut(source: Path, target: Path) -> Path:
        if source.name == moves.NEW or source.name.startswith(("titip.db", moves.NOTE)):
            if len(made) == moves_before:
                raise _PowerCutError
            made.append(source)
        return replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut)
        try:
            restored(folder)
        except _PowerCutError:
            pass
        else:
            assert moves_before >= len(made)
    till = reopened(folder)
    till.close()
    assert_whole(folder)
    assert receipts_of(folder) == [1, 2, 3, 4, 5]
    assert not (folder / moves.NOTE).exists()
    assert not (folder / moves.NEW).exists()
    entries = [entry.kind for entry in entries_of(book_path(folder))]
    assert entries.count("book_restored") == (0 if moves_before == 0 else 1)


def test_a_restore_that_broke_off_before_the_note_leaves_the_book(folder: Path) -> None:
    (folder / moves.NEW).write_bytes(b"half")
    (folder / (moves.NEW + "-wal")).write_bytes(b"half")
    till = reopened(folder)
    till.close()
    assert receipts_of(folder) == [1, 2, 3, 4, 5]
    assert not (folder / moves.NEW).exists()


# -- the list --------------------------------------------------------------------------


def test_the_list_is_the_newest_first_and_each_backup_once(tmp_path: Path) -> None:
    clock = FakeClock()
    till = make_till(tmp_path, clock=clock)
    stick = tmp_path / "stick"
    stick.mkdir()
    till.backups.choose_second(stick)
    sell(till)
    till.backups.make()
    clock.pass_seconds(60)
    sell(till)
    newest = till.backups.make()
    till.close()
    choices = list_choices(till.folder)
    assert [choice.facts and choice.facts.sales for choice in choices] == [2, 1]
    assert {choice.place for choice in choices} == {"here"}
    newest.unlink()
    choices = list_choices(till.folder)
    assert [choice.place for choice in choices] == ["second", "here"]
    # On a new machine the stick is all there is.
    assert len(list_choices(tmp_path / "new", stick)) == 2


def test_a_file_that_can_not_be_read_is_listed_as_such(folder: Path) -> None:
    path = only_backup(folder)
    path.chmod(0o600)
    damage(path, 0, b"\xff" * 200)
    assert [choice.facts for choice in list_choices(folder)] == [None]
