from pathlib import Path

import msgspec
import pytest

from pos.errors import UserError
from pos.models.journal import walk
from pos.services.setup import SetUp
from pos.services.till import Till
from pos.services.till_info import draw_till_no
from tests.support import FakeClock, empty_folder, make_till

ASKED = SetUp(
    stand_name="  Toko  UMKM Blu Plaza ",
    stand_code="BLU",
    till_code="BLU1",
    manager_name="Sari",
    pin="2486",
    address=(" Jl. Contoh 1 ", "", "Bekasi"),
    language="en",
)


@pytest.fixture
def fresh(tmp_path: Path) -> Till:
    return Till.open(empty_folder(tmp_path / "data"), clock=FakeClock(), cheap_pins=True)


def test_a_new_folder_is_not_set_up_yet(fresh: Till) -> None:
    assert not fresh.is_set_up
    assert fresh.staff.tiles() == ()
    assert fresh.now().isoformat() == "2026-11-22T09:00:00+07:00"
    fresh.close()


def test_set_up_makes_stand_till_and_manager(tmp_path: Path, fresh: Till) -> None:
    fresh.set_up(ASKED)
    assert fresh.is_set_up
    info = fresh.info
    assert (info.stand_name, info.stand_code, info.prefix) == ("Toko UMKM Blu Plaza", "BLU", "BLU")
    assert info.address == ("Jl. Contoh 1", "Bekasi")
    assert (info.zone, info.sample, info.sample_pins) == ("Asia/Jakarta", False, ())
    assert [(tile.name, tile.role) for tile in fresh.staff.tiles()] == [("Sari", "manajer")]
    assert fresh.staff.sign_in(fresh.staff.tiles()[0].staff_id, "2486").is_manager
    assert fresh.settings.preference("language") == "en"
    kinds = [entry.kind for entry in walk(fresh.book.reader())]
    assert kinds[:2] == ["till_opened", "staff_added"]
    fresh.close()
    again = Till.open(tmp_path / "data", clock=FakeClock(), cheap_pins=True)
    assert again.info == info
    again.close()


def test_a_stand_is_set_up_once(tmp_path: Path) -> None:
    till = make_till(tmp_path, goods=False)
    with pytest.raises(UserError):
        till.set_up(ASKED)
    assert till.info.stand_code == "DKR"
    till.close()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("stand_name", "  "),
        ("stand_name", "x" * 61),
        ("stand_name", "Galeri\x1b"),
        ("stand_name", "Galeri\u202e"),
        ("address", ("Lobi", "x" * 61)),
        ("address", ("a", "b", "c", "d", "e")),
        ("address", ("Jl.\x00",)),
        ("stand_code", "B"),
        ("stand_code", "blu"),
        ("stand_code", "1BL"),
        ("stand_code", "BLUPLAZ"),
        ("stand_code", "BL-U"),
        ("till_code", ""),
        ("till_code", "BLU 1"),
        ("pin", "1111"),
        ("pin", "12"),
    ],
)
def test_an_answer_that_does_not_do_leaves_an_empty_book(
    fresh: Till, field: str, value: object
) -> None:
    with pytest.raises(UserError) as refused:
        fresh.set_up(msgspec.structs.replace(ASKED, **{field: value}))
    assert refused.value.field == field
    assert not fresh.is_set_up
    assert list(walk(fresh.book.reader())) == []
    fresh.close()


def test_a_managers_name_that_does_not_do_leaves_an_empty_book(fresh: Till) -> None:
    with pytest.raises(UserError) as refused:
        fresh.set_up(msgspec.structs.replace(ASKED, manager_name=" "))
    assert refused.value.field == "name"
    assert list(walk(fresh.book.reader())) == []
    fresh.set_up(ASKED)
    assert fresh.is_set_up
    fresh.close()


def test_till_numbers_are_drawn_from_twenty_bits() -> None:
    drawn = {draw_till_no() for _ in range(200)}
    assert len(drawn) > 190
    assert all(0 < number < 1 << 20 for number in drawn)


def test_the_sample_stand_tells_its_pins(tmp_path: Path) -> None:
    folder = empty_folder(tmp_path / "sample")
    till = Till.open(folder, clock=FakeClock(), cheap_pins=True)
    till.set_up(msgspec.structs.replace(ASKED, sample=True))
    till.settings.set_preference("sample_pins", '[["Sari","2486"]]')
    till.close()
    again = Till.open(folder, clock=FakeClock(), cheap_pins=True)
    assert again.info.sample
    assert again.info.sample_pins == (("Sari", "2486"),)
    again.close()


def test_a_real_stand_never_tells_pins(till: Till) -> None:
    till.settings.set_preference("sample_pins", '[["Sari","2486"]]')
    till.close()
    again = Till.open(till.folder, clock=FakeClock(), cheap_pins=True)
    assert again.info.sample_pins == ()
    again.close()
