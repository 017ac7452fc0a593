"""Restoring: what would be lost, what is saved from a damaged book, and that nothing is deleted."""

from pathlib import Path

import pytest

from pos.cart import Cart
from pos.config import book_path
from pos.errors import BookDamagedError, BookTooNewError, UserError
from pos.events import BookRestored
from pos.models.engine import driver
from pos.services import restore_moves as moves
from pos.services.restore import list_choices, look_ahead, restore
from tests.services.backup_support import (
    assert_whole,
    damage,
    entries_of,
    five_sales_and_a_backup,
    only_backup,
    receipts_of,
    reopened,
    restored,
    sell,
)
from tests.support import MANAGER_PIN, FakeClock, empty_folder, make_till, manager_of

HEADER = bytes(range(100))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return five_sales_and_a_backup(tmp_path)


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
