"""The second place, pictures, and which backups stay."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.errors import UserError
from pos.services import backup_places as places
from pos.services.till import Till
from tests.services.backup_support import backups_in, second_of, sell
from tests.support import FakeClock, make_till


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


# -- the second place ------------------------------------------------------------------


def test_the_second_place_gets_the_same_file(till: Till, stick: Path) -> None:
    till.backups.choose_second(stick)
    path = till.backups.make()
    own = next(stick.iterdir())
    assert own.name.startswith("titip-DKR1-")
    assert (own / path.name).read_bytes() == path.read_bytes()
    assert second_of(till) == "good"


def test_an_absent_stick_is_a_state_not_a_failure_and_it_is_taken_up_again(
    till: Till, stick: Path
) -> None:
    till.backups.choose_second(stick)
    away = stick.rename(stick.with_name("away"))
    till.backups.make()
    assert second_of(till) == "absent"
    assert not till.backups.state.problem
    # An empty mount point is not the stick.
    stick.mkdir()
    till.backups.make()
    assert second_of(till) == "absent"
    assert list(stick.iterdir()) == []
    stick.rmdir()
    away.rename(stick)
    till.backups.make()
    assert second_of(till) == "good"


def test_a_stick_that_refuses_is_told_and_the_first_place_counts(
    till: Till, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.backups.choose_second(stick)

    def refuses(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(places, "copy_checked", refuses)
    path = till.backups.make()
    assert path.exists()
    assert second_of(till) == "failed"
    assert "space" in till.backups.state.second_problem


def test_what_a_bad_stick_gives_back_is_compared(
    till: Till, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.backups.choose_second(stick)
    monkeypatch.setattr(places, "_digest", lambda _path: "something else")
    till.backups.make()
    assert second_of(till) == "failed"
    assert backups_in(next(stick.iterdir())) == []


@pytest.mark.parametrize("where", ["absent", "inside"])
def test_a_place_that_will_not_do_is_refused(till: Till, tmp_path: Path, where: str) -> None:
    place = tmp_path / "nowhere" if where == "absent" else till.folder / "pictures"
    if where == "inside":
        place.mkdir(exist_ok=True)
    with pytest.raises(UserError) as refused:
        till.backups.choose_second(place)
    assert refused.value.field == "second"
    assert places.second_place(till.folder) is None


def test_the_second_place_is_known_without_the_book(till: Till, stick: Path) -> None:
    till.backups.choose_second(stick)
    assert places.second_place(till.folder) == stick.resolve()
    till.backups.choose_second(None)
    assert places.second_place(till.folder) is None
    (till.folder / places.SETTINGS).write_text("{")
    assert places.second_place(till.folder) is None


# -- pictures and thinning out ---------------------------------------------------------


def test_pictures_are_kept_once_not_at_each_backup(till: Till, stick: Path, tmp_path: Path) -> None:
    from PIL import Image

    from pos.services.pictures import add_picture

    source = tmp_path / "a.png"
    Image.new("RGB", (20, 20), "red").save(source)
    name = add_picture(till.folder, source)
    till.backups.choose_second(stick)
    first = till.backups.make()
    kept = first.parent / "pictures" / f"{name}.png"
    on_stick = next(stick.iterdir()) / "pictures" / f"{name}.png"
    assert kept.samefile(till.folder / "pictures" / f"{name}.png")
    before = on_stick.stat().st_mtime_ns, on_stick.stat().st_ino
    till.backups.make()
    assert (on_stick.stat().st_mtime_ns, on_stick.stat().st_ino) == before
    # A picture that is gone from the data folder comes back from either.
    for place in (first.parent, next(stick.iterdir())):
        shutil.rmtree(till.folder / "pictures")
        assert places.bring_pictures_back(place, till.folder) == 1
        assert (till.folder / "pictures" / f"{name}.png").is_file()


def test_a_picture_that_rotted_does_not_come_back(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf" / "pictures"
    shelf.mkdir(parents=True)
    (shelf / ("0" * 64 + ".png")).write_bytes(b"not what the name says")
    data = tmp_path / "data"
    data.mkdir()
    assert places.bring_pictures_back(shelf.parent, data) == 0
    assert list((data / "pictures").iterdir()) == []


def test_old_backups_go_and_other_files_stay(till: Till, clock: FakeClock) -> None:
    folder = places.here(till.folder)
    for _day in range(20):
        sell(till)
        till.backups.make()
        clock.pass_seconds(24 * 3600)
    (folder / "note.txt").write_text("mine")
    till.backups.make()
    # Twelve days, and the last of each earlier week and month.
    assert 12 <= len(backups_in(folder)) <= 17
    assert (folder / "note.txt").exists()
