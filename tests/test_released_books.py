"""A book of every earlier version opens in this one, after a backup that was checked.

tests/books holds one of each released version (`make release-book` writes it), and one of the
schema before the first release.
"""

import lzma
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pos
from pos.config import book_path
from pos.errors import BookDamagedError, EnvironmentProblem
from pos.models.backup import check_copy, read_facts
from pos.models.migrate import SCHEMA_VERSION, version_of
from pos.services import backup_places as places
from pos.services.till import Till
from tests.services.backup_support import assert_whole, backups_in, damage, sell
from tests.support import MANAGER_PIN, FakeClock, manager_of

BOOKS = Path(__file__).parent / "books"
OLDEST = BOOKS / "before-0.1.0.db.xz"
ALL = sorted(BOOKS.glob("*.db.xz"))


def unpacked(book: Path, folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    with lzma.open(book) as reading, book_path(folder).open("wb") as writing:
        shutil.copyfileobj(reading, writing)
    return folder


def opened(folder: Path) -> Till:
    clock = FakeClock()
    clock.pass_seconds(86_400)
    return Till.open(folder, clock=clock, cheap_pins=True)


def test_there_is_one_of_this_version() -> None:
    """Otherwise: `make release-book`, once, when the version is about to be released."""
    assert (BOOKS / f"titip-{pos.__version__}.db.xz").is_file()


@pytest.mark.parametrize("book", ALL, ids=lambda path: path.name)
def test_it_opens_holds_all_it_held_and_goes_on(book: Path, tmp_path: Path) -> None:
    folder = unpacked(book, tmp_path / "data")
    before = version_of(book_path(folder))
    old = read_facts(book_path(folder))
    till = opened(folder)
    made = backups_in(places.here(folder))
    assert len(made) == (1 if before < SCHEMA_VERSION else 0)
    for path in made:
        held = check_copy(path)
        assert (held.heads, held.schema) == (old.heads, before)
    manager = manager_of(till)
    assert till.staff.sign_in(manager.staff_id, MANAGER_PIN).is_manager
    assert sell(till) == f"DKR-{old.sales + 1:06d}"
    till.close()
    assert version_of(book_path(folder)) == SCHEMA_VERSION
    assert_whole(folder)


def test_the_oldest_really_is_of_an_older_schema(tmp_path: Path) -> None:
    folder = unpacked(OLDEST, tmp_path / "data")
    assert 0 < version_of(book_path(folder)) < SCHEMA_VERSION


def test_without_room_for_the_backup_nothing_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = unpacked(OLDEST, tmp_path / "data")
    before = book_path(folder).read_bytes()
    usage = shutil.disk_usage(folder)._replace(free=len(before))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(EnvironmentProblem):
        opened(folder)
    assert book_path(folder).read_bytes() == before
    monkeypatch.undo()
    opened(folder).close()


def test_a_damaged_older_book_is_not_migrated(tmp_path: Path) -> None:
    folder = unpacked(OLDEST, tmp_path / "data")
    size = book_path(folder).stat().st_size
    damage(book_path(folder), size // 2 // 4096 * 4096, b"\xa5" * 4096)
    before = book_path(folder).read_bytes()
    with pytest.raises(BookDamagedError):
        opened(folder)
    assert book_path(folder).read_bytes() == before
    assert backups_in(places.here(folder)) == []


_CUT = """
import os, sys
from pathlib import Path
from alembic.operations import Operations
import pos.models.migrate as migrate
left = int(sys.argv[2])
def counted(name):
    real = getattr(Operations, name)
    def call(self, *given, **named):
        global left
        left -= 1
        if left == 0:
            os._exit(9)
        return real(self, *given, **named)
    setattr(Operations, name, call)
for name in ("execute", "create_table", "create_index", "add_column"):
    counted(name)
from pos.services.till import Till
from tests.support import FakeClock
Till.open(Path(sys.argv[1]), clock=FakeClock(), cheap_pins=True).close()
"""


@pytest.mark.parametrize("step", [1, 4, 9])
def test_a_power_cut_in_mid_migration_leaves_a_book_that_opens(tmp_path: Path, step: int) -> None:
    """The program ends at once, without a word, at some step of the migrations."""
    folder = unpacked(OLDEST, tmp_path / "data")
    old = read_facts(book_path(folder))
    cut = subprocess.run(
        [sys.executable, "-c", _CUT, str(folder), str(step)],
        check=False,
        timeout=120,
        cwd=Path(__file__).parents[1],
    )
    assert cut.returncode == 9
    assert version_of(book_path(folder)) == old.schema
    till = opened(folder)
    assert sell(till) == f"DKR-{old.sales + 1:06d}"
    till.close()
    assert_whole(folder)
    assert backups_in(places.here(folder))
