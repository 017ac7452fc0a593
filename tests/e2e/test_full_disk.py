"""A disk that is full, or may not be written to, while a customer stands there: through the window.

Needs root, to mount a small memory disk; skipped where that can't be.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.errors import EnvironmentProblem
from pos.models.backup import check_copy
from pos.services import backup_places as places
from pos.services.till import Till
from pos.ui.selling.done_panel import DonePanel
from pos.ui.selling.payment_panel import PaymentPanel
from tests.e2e.test_first_sale import TOTAL, ring_up, sign_in, till_with_printer
from tests.services.backup_support import assert_whole, backups_in, receipts_of
from tests.ui.support import Keyboard, settle, wait_for, window_on


def _mount(*words: str) -> bool:
    tool = shutil.which("mount")
    if tool is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    return subprocess.run([tool, *words], check=False, capture_output=True).returncode == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if not _mount("-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)):
        pytest.skip("a memory disk can't be mounted here (needs root)")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def fill(disk: Path) -> Path:
    """Take all the room that is left."""
    film = disk / "film"
    with film.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    return film


def pay(keys: Keyboard) -> None:
    keys.press(Qt.Key.Key_F12)
    keys.type("600000")
    keys.key(Qt.Key.Key_Return, "\r")


def test_it_is_said_before_any_paper_the_cart_stays_and_it_works_again(
    disk: Path, tmp_path: Path
) -> None:
    printed = tmp_path / "lp0"
    printed.touch()
    till = till_with_printer(disk, printed)
    with window_on(till) as window:
        keys = Keyboard(window.windowHandle())
        screen = sign_in(window, keys)
        ring_up(screen, keys)
        settle(till)
        film = fill(disk)
        before = printed.read_bytes()
        pay(keys)
        panel = screen.side.currentWidget()
        assert isinstance(panel, PaymentPanel)
        wait_for(lambda: bool(panel.message.text()), "the sentence")
        assert not isinstance(screen.side.currentWidget(), DonePanel)
        assert screen.presenter.priced.total == TOTAL
        assert printed.read_bytes() == before
        _jobs_are(till, 0)
        film.unlink()
        keys.key(Qt.Key.Key_Return, "\r")
        wait_for(lambda: isinstance(screen.side.currentWidget(), DonePanel), "the end of the sale")
        wait_for(lambda: b"DKR-000001" in printed.read_bytes(), "the receipt")
        settle(till)
    folder = disk / "data"
    assert receipts_of(folder) == [1]
    assert_whole(folder)


def test_a_disk_that_may_only_be_read_is_a_sentence_at_the_start(
    disk: Path, tmp_path: Path
) -> None:
    printed = tmp_path / "lp0"
    printed.touch()
    till = till_with_printer(disk, printed)
    till.close()
    if not _mount("-o", "remount,ro", str(disk)):
        pytest.skip("this disk can't be made read-only")
    with pytest.raises(EnvironmentProblem):
        Till.open(till.folder, cheap_pins=True)
    assert _mount("-o", "remount,rw", str(disk))
    Till.open(till.folder, cheap_pins=True).close()
    assert_whole(till.folder)


def _jobs_are(till: Till, count: int) -> None:
    found = till.book.reader().execute("SELECT count(*) FROM print_jobs").fetchone()
    assert found[0] == count


def test_no_backup_takes_the_room_of_the_next_sale(disk: Path, tmp_path: Path) -> None:
    printed = tmp_path / "lp0"
    printed.touch()
    till = till_with_printer(disk, printed)
    with pytest.raises(EnvironmentProblem):
        till.backups.make()
    assert backups_in(places.here(till.folder)) == []
    till.close()
    assert_whole(till.folder)


def test_a_stick_that_runs_full_costs_nothing_but_its_copy(disk: Path, tmp_path: Path) -> None:
    """The second place is the full disk; the first has the backup, and the next one reaches both."""
    printed = tmp_path / "lp0"
    printed.touch()
    till = till_with_printer(tmp_path / "till", printed)
    till.backups.choose_second(disk)
    film = fill(disk)
    path = till.backups.make()
    check_copy(path)
    assert till.backups.state.second == "failed"
    film.unlink()
    again = till.backups.make()
    own = next(disk.iterdir())
    assert [found.name for found in backups_in(own)] == [again.name]
    assert [one.name for one in own.iterdir() if one.name.endswith(places.PART)] == []
    till.close()
