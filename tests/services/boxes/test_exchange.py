"""Boxes between tills: to a bazaar and home, crossed, repeated, and what is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.config import book_path
from pos.models.verify import verify
from pos.services.till import Till
from tests.boxes_support import give, make_till, plan_bazaar, rows_of, sell, start_from
from tests.support import FakeClock, manager_of


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def home(tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    till = make_till(tmp_path, clock=clock)
    yield till
    till.close()


@pytest.fixture
def bazaar(home: Till, tmp_path: Path, clock: FakeClock) -> Iterator[Till]:
    stand = plan_bazaar(home)
    box = tmp_path / "first.titipbox"
    home.boxes.write(box)
    till = start_from(box, tmp_path / "bazaar", stand, clock=clock, code="BZR1")
    yield till
    till.close()


def test_a_new_machine_starts_from_a_box(home: Till, bazaar: Till) -> None:
    assert bazaar.info.stand_name == "Bazar BZR"
    assert bazaar.info.prefix == "BZR"
    assert bazaar.info.till_no != home.info.till_no
    assert [tile.name for tile in bazaar.staff.tiles()] == ["Sari"]
    assert {known.stand_name for known in bazaar.boxes.known()} == {
        "Galeri Dekranasda",
        "Bazar BZR",
    }
    assert verify(book_path(bazaar.folder)).ok


def test_there_and_back_makes_equal_books(home: Till, bazaar: Till, tmp_path: Path) -> None:
    sell(home, "DKR-1187", 2)
    receipt = sell(bazaar, "DKR-1187", 3)
    assert receipt.number == "BZR-000001"
    give(bazaar, home, tmp_path)
    give(home, bazaar, tmp_path)
    assert rows_of(home.folder) == rows_of(bazaar.folder)
    for till in (home, bazaar):
        report = verify(book_path(till.folder))
        assert report.ok, report.first_failure


def test_the_same_box_twice_and_an_old_one_after_a_new_one(
    home: Till, bazaar: Till, tmp_path: Path
) -> None:
    sell(bazaar, "DKR-1187")
    old, new = tmp_path / "old.titipbox", tmp_path / "new.titipbox"
    bazaar.boxes.write(old)
    sell(bazaar, "DKR-1187")
    bazaar.boxes.write(new)
    by = manager_of(home).staff_id
    assert home.boxes.take(new, by=by).entries > 0
    before = rows_of(home.folder)
    assert home.boxes.take(new, by=by).entries == 0
    assert home.boxes.take(old, by=by).entries == 0
    assert rows_of(home.folder) == before


def test_a_box_meant_for_a_till_holds_only_what_it_lacks(
    home: Till, bazaar: Till, tmp_path: Path
) -> None:
    give(bazaar, home, tmp_path)
    sell(home, "DKR-1187")
    box = tmp_path / "tail.titipbox"
    written = home.boxes.write(box, meant_for=bazaar.unit.till_no)
    assert written.manifest.entries == 2  # what home took down, and the sale
    assert bazaar.boxes.take(box, by=manager_of(bazaar).staff_id).entries == 2


def test_the_newer_card_wins_and_an_older_box_does_not_bring_the_old_one_back(
    home: Till, bazaar: Till, tmp_path: Path
) -> None:
    box = tmp_path / "old.titipbox"
    home.boxes.write(box)
    sari = manager_of(bazaar).staff_id
    bazaar.staff.rename(sari, "Sari Dewi", by=sari)
    bazaar.boxes.take(box, by=sari)
    assert [tile.name for tile in bazaar.staff.tiles()] == ["Sari Dewi"]
    give(bazaar, home, tmp_path)
    assert "Sari Dewi" in {tile.name for tile in home.staff.tiles()}
