"""Backups that make themselves: while selling goes on, checked, in two places, thinned out."""

import os
import shutil
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.errors import BookDamagedError, EnvironmentProblem
from pos.events import Counted
from pos.models import backup as copies
from pos.models.backup import check_copy, read_facts
from pos.models.engine import driver
from pos.services import backup_places as places
from pos.services import backups as service
from pos.services.backups import EVERY_SECONDS, BackupState
from pos.services.shifts import Closing
from pos.services.till import Till
from tests.services.backup_support import backups_in, damage, sell
from tests.support import FakeClock, make_till, manager_of

PATIENCE = 30.0


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def till(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    made = make_till(tmp_path, clock=clock)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def wait_for_thread(till: Till) -> None:
    thread = till.backups._thread
    if thread is not None:
        thread.join(PATIENCE)


# -- one backup ------------------------------------------------------------------------


def test_a_backup_holds_the_book_and_says_what_it_holds(till: Till) -> None:
    sell(till)
    number = sell(till)
    path = till.backups.make()
    facts = check_copy(path)
    assert facts.receipt == number == "DKR-000002"
    assert (facts.stand, facts.till_code, facts.sales) == ("Galeri Dekranasda", "DKR1", 2)
    assert facts.business_date == "2026-11-22"
    assert facts == read_facts(path)
    assert path.name.startswith("titip-DKR1-20261122-090000-")
    assert till.backups.state.path == path
    assert not till.backups.state.problem
    assert list(path.parent.glob("*-wal")) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX systems")
def test_only_the_owner_reads_a_backup_and_nobody_writes_it(till: Till) -> None:
    path = till.backups.make()
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_sales_go_on_between_two_steps_and_are_in_the_copy(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "STEP_PAGES", 1)
    sold_during: list[str] = []
    give_way = till.worker.give_way
    waiting: list[object] = []

    def served() -> None:
        if len(waiting) < 5:
            waiting.append(till.worker.submit(lambda: sold_during.append(sell(till))))
        give_way()

    monkeypatch.setattr(till.worker, "give_way", served)
    path = till.backups.make()
    assert sold_during == [f"DKR-{n:06d}" for n in range(1, 6)]
    assert check_copy(path).receipt == "DKR-000005"


def test_a_sale_asked_for_in_mid_copy_does_not_wait_for_its_end(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another thread's sale is done while the copy still has steps to go."""
    monkeypatch.setattr(copies, "STEP_PAGES", 1)
    asked, done = threading.Event(), threading.Event()
    steps_after: list[int] = []
    give_way = till.worker.give_way

    def slow() -> None:
        if not asked.is_set():
            asked.set()
            assert _until(lambda: not till.worker._tasks.empty())
            give_way()
            assert done.wait(PATIENCE)
        else:
            steps_after.append(1)
            give_way()

    monkeypatch.setattr(till.worker, "give_way", slow)
    maker = threading.Thread(target=till.backups.make)
    maker.start()
    assert asked.wait(PATIENCE)
    sell(till)
    done.set()
    maker.join(PATIENCE)
    assert steps_after
    assert till.backups.state.facts is not None


def _until(is_so: object) -> bool:
    for _attempt in range(3_000):
        if is_so():  # type: ignore[operator]
            return True
        threading.Event().wait(0.01)
    return False


def test_a_copy_that_does_not_hold_does_not_count(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    sell(till)
    good = till.backups.make()
    sell(till)
    real = copies.copy_book

    def torn(source: object, target: Path, step: object = None) -> None:
        real(source, target, step)  # type: ignore[arg-type]
        size = target.stat().st_size
        damage(target, size // 2, os.urandom(4096))

    monkeypatch.setattr(service, "copy_book", torn)
    with pytest.raises(BookDamagedError):
        till.backups.make()
    assert backups_in(good.parent) == [good]
    assert till.backups.state.problem


def test_a_copy_of_another_book_does_not_count(
    till: Till, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_till(tmp_path / "other")
    foreign = other.backups.make()
    other.close()

    def wrong(_source: object, target: Path, _step: object = None) -> None:
        shutil.copy(foreign, target)
        target.chmod(0o600)

    monkeypatch.setattr(service, "copy_book", wrong)
    with pytest.raises(BookDamagedError):
        till.backups.make()
    assert backups_in(places.here(till.folder)) == []


def test_too_little_room_is_said_and_nothing_is_begun(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(till.folder)._replace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(EnvironmentProblem):
        till.backups.make()
    assert list(places.here(till.folder).iterdir()) == []


# -- by itself -------------------------------------------------------------------------


def test_after_each_close(till: Till) -> None:
    till.start_backups()
    manager = manager_of(till)
    drawer = (Counted(100_000, coin=False, pieces=2),)
    till.shifts.open(drawer, brought=200_000, session=manager)
    wait_for_thread(till)
    assert backups_in(places.here(till.folder)) == []
    sell(till)
    till.shifts.close(
        Closing((*drawer, Counted(5_000, coin=False, pieces=3)), kept=200_000), session=manager
    )
    wait_for_thread(till)
    made = backups_in(places.here(till.folder))
    assert len(made) == 1
    assert check_copy(made[0]).heads == till.backups._heads


def test_in_quiet_moments_at_most_every_half_hour(till: Till, clock: FakeClock) -> None:
    till.start_backups()
    folder = places.here(till.folder)
    till.backups.idle()
    wait_for_thread(till)
    assert len(backups_in(folder)) == 1
    for _minute in range(29):
        sell(till)
        clock.pass_seconds(60)
        till.backups.idle()
        wait_for_thread(till)
    assert len(backups_in(folder)) == 1
    clock.pass_seconds(60)
    till.backups.idle()
    wait_for_thread(till)
    assert len(backups_in(folder)) == 2
    # Nothing changed since: none is made.
    clock.pass_seconds(EVERY_SECONDS)
    till.backups.idle()
    wait_for_thread(till)
    assert len(backups_in(folder)) == 2


def test_the_half_hour_is_not_the_clocks(till: Till, clock: FakeClock) -> None:
    """A clock that jumps a year ahead makes none due; half an hour that really passed does."""
    till.start_backups()
    till.backups.idle()
    wait_for_thread(till)
    clock.ms += 365 * 86_400_000
    till.settings.set_setting("rounding_step", "500", by=manager_of(till).staff_id)
    till.backups.idle()
    wait_for_thread(till)
    assert len(backups_in(places.here(till.folder))) == 1
    clock.seconds += EVERY_SECONDS
    till.backups.idle()
    wait_for_thread(till)
    assert len(backups_in(places.here(till.folder))) == 2


def test_at_the_end_if_anything_changed(tmp_path: Path, clock: FakeClock) -> None:
    till = make_till(tmp_path, clock=clock)
    till.start_backups()
    sell(till)
    till.close()
    made = backups_in(places.here(till.folder))
    assert [read_facts(path).receipt for path in made] == ["DKR-000001"]
    again = Till.open(till.folder, clock=clock, cheap_pins=True)
    again.start_backups()
    again.close()
    assert backups_in(places.here(till.folder)) == made


def test_a_till_without_a_window_makes_none_unless_asked(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    sell(till)
    till.close()
    assert not places.here(till.folder).exists()


def test_a_failure_in_the_background_is_told_and_tried_again(
    till: Till, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.start_backups()
    told: list[BackupState] = []
    till.backups.subscribe(told.append)
    with monkeypatch.context() as patch:
        patch.setattr(service, "check_copy", _fails)
        till.backups.ask()
        wait_for_thread(till)
    assert told[-1].problem
    assert not told[-1].running
    clock.pass_seconds(EVERY_SECONDS)
    till.backups.idle()
    wait_for_thread(till)
    assert not told[-1].problem
    assert len(backups_in(places.here(till.folder))) == 1


def _fails(*_given: object, **_named: object) -> None:
    raise RuntimeError("a bug")


@pytest.mark.parametrize("what", ["heads_of", "contains"])
def test_a_book_that_can_not_be_read_while_it_is_backed_up_is_told_in_a_sentence(
    till: Till, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    def fails(*_given: object) -> None:
        raise driver.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(service, what, fails)
    with pytest.raises(BookDamagedError):
        till.backups.make()
    assert till.backups.state.problem
    assert not till.backups.state.running
