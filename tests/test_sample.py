"""The sample stand as `titip sample` makes it."""

import datetime as dt
import hashlib
import io
import zoneinfo
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pos.clock import to_ms
from pos.config import book_path
from pos.errors import EnvironmentProblem, UserError
from pos.i18n import language, set_language
from pos.models.verify import verify
from pos.qris import parse_qris
from pos.sample import make_sample
from pos.sample.crafts import CRAFTS
from pos.sample.people import STAFF, WORKSHOPS
from pos.sample.pictures import COLOURWAYS, PATTERNS, SIZE, picture
from pos.services.till import Till
from tests.support import FakeClock

JAKARTA = zoneinfo.ZoneInfo("Asia/Jakarta")
YESTERDAY = dt.date(2026, 11, 21)


def rows(till: Till, sql: str) -> list[tuple[Any, ...]]:
    cursor = till.book.reader()
    cursor.execute(sql)
    return cursor.fetchall()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sample") / "stand"
    make_sample(made, clock=FakeClock(), cheap_pins=True)
    return made


@pytest.fixture
def till(folder: Path) -> Iterator[Till]:
    opened = Till.open(folder, clock=FakeClock(), cheap_pins=True)
    yield opened
    opened.close()


def test_the_book_holds_every_check(folder: Path) -> None:
    report = verify(book_path(folder))
    assert report.first_failure is None


def test_orders_wait_one_of_them_late_and_one_to_be_fetched(till: Till) -> None:
    board = till.office.order_reads.board(YESTERDAY + dt.timedelta(days=1))
    assert [(row.customer, row.state, row.late) for row in board] == [
        ("Ibu Wati", "making", 3),
        ("Ibu Ratna", "ready", 0),
        ("Pak Joko", "ordered", 0),
        ("Dinas Contoh", "ordered", 0),
    ]


def test_it_says_that_it_is_a_sample_and_tells_the_pins(till: Till) -> None:
    assert till.info.sample
    assert till.info.stand_name == "Galeri Dekranasda"
    assert till.letterhead().sample
    assert [name for name, _pin in till.info.sample_pins] == [t.name for t in till.staff.tiles()]
    for tile, (_name, pin) in zip(till.staff.tiles(), till.info.sample_pins, strict=True):
        assert till.staff.sign_in(tile.staff_id, pin).role == tile.role
    assert "Rina" in {person.name for person in STAFF}


def test_sellers_and_items_are_as_many_and_as_mixed_as_a_real_stand_has(till: Till) -> None:
    sellers = till.catalog.sellers()
    assert len(sellers) == 25
    assert {seller.cluster for seller in sellers} == {"Fashion", "Craft & Aksesoris"}
    kinds = dict(rows(till, "SELECT kind, count(*) FROM items GROUP BY kind"))
    assert kinds["unique"] == 134
    assert kinds["made_to_order"] == 24
    assert kinds["stock"] == 242 + 2  # the two that were sold before anybody entered them
    prices = [row[0] for row in rows(till, "SELECT price FROM items")]
    assert all(isinstance(price, int) and price % 500 == 0 for price in prices)
    agreed = rows(till, "SELECT DISTINCT kind, base, rate_bp FROM terms WHERE item_id IS NULL")
    assert set(agreed) == {
        ("percent", "paid", 1_500),
        ("percent", "paid", 2_000),
        ("percent", "paid", 2_500),
        ("percent", "list", 2_000),
    }
    assert rows(till, "SELECT count(*) FROM terms WHERE kind = 'net'")[0][0]


def test_the_first_screen_shows_pictures(till: Till) -> None:
    first = till.catalog.browse(limit=24)
    assert first[0].name == "Tas anyam pandan"
    for tile in first:
        path = till.catalog.picture_path(tile.picture)
        assert path is not None
        assert hashlib.sha256(path.read_bytes()).hexdigest() == tile.picture


def test_many_items_have_a_picture_of_their_own(till: Till) -> None:
    names = [row[0] for row in rows(till, "SELECT picture FROM items WHERE picture <> ''")]
    assert len(names) == len(set(names)) == 126
    logo = till.settings.logo()
    assert logo
    assert {path.stem for path in (till.folder / "pictures").iterdir()} == {*names, logo}


def test_two_weeks_of_sales_end_yesterday(till: Till) -> None:
    per_day = dict(rows(till, "SELECT business_date, count(*) FROM sales GROUP BY 1 ORDER BY 1"))
    days = [YESTERDAY - dt.timedelta(days=back) for back in range(13, -1, -1)]
    assert list(per_day) == [day.isoformat() for day in days]
    assert all(isinstance(count, int) and 15 <= count <= 45 for count in per_day.values())
    times = [
        dt.datetime.fromtimestamp(int(str(row[0])) / 1000, JAKARTA)
        for row in rows(till, "SELECT at FROM sales")
    ]
    assert all(9 <= time.hour < 20 for time in times)
    methods = {row[0] for row in rows(till, "SELECT DISTINCT method FROM payments")}
    assert methods == {"cash", "qris", "transfer", "card"}


def test_there_is_something_of_everything(till: Till) -> None:
    assert len(till.catalog.to_complete()) == 2
    assert len(till.carts.held()) == 2
    assert len(till.receipts.unchecked()) == 4
    overridden = rows(till, "SELECT count(*) FROM sale_lines WHERE price <> list_price")
    assert overridden == [(3,)]
    bearers = {row[0] for row in rows(till, "SELECT DISTINCT bearer FROM line_discounts")}
    assert bearers == {"seller", "stand", "shared"}
    assert parse_qris(till.settings.qris()).name == "CONTOH TITIP"
    assert till.settings.closing_words()


def test_nothing_waits_to_be_printed(till: Till) -> None:
    state = till.printing.state()
    assert (state.waiting, state.unknown) == (0, 0)
    assert Counter(row[0] for row in rows(till, "SELECT kind FROM print_jobs"))["drawer"] == 0


def test_a_unique_piece_that_was_sold_says_so(till: Till) -> None:
    sold = rows(
        till,
        "SELECT i.code FROM items i JOIN stock s ON s.item_id = i.id "
        "WHERE i.kind = 'unique' AND s.on_hand = 0",
    )
    assert len(sold) > 10
    with pytest.raises(UserError):
        till.catalog.find(str(sold[0][0]))


def test_the_same_day_gives_the_same_book(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    set_language("en")
    seen: list[tuple[str, int, int]] = []
    make_sample(
        again,
        clock=FakeClock(),
        cheap_pins=True,
        progress=lambda what, done, total: seen.append((what, done, total)),
    )
    assert language() == "en"
    assert {what for what, _done, _total in seen} == {"Goods", "Sales"}
    assert all(0 <= done <= total for _what, done, total in seen)
    heads = []
    for each in (folder, again):
        till = Till.open(each, clock=FakeClock(), cheap_pins=True)
        heads.append(rows(till, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"))
        till.close()
    assert heads[0] == heads[1]


def test_a_folder_in_use_is_refused(folder: Path, tmp_path: Path) -> None:
    before = book_path(folder).read_bytes()
    with pytest.raises(UserError, match="stand"):
        make_sample(folder)
    assert book_path(folder).read_bytes() == before
    (tmp_path / "letter.txt").write_text("Dear Sari", encoding="utf-8")
    with pytest.raises(UserError):
        make_sample(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_that_can_not_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentProblem):
        make_sample(tmp_path / "file" / "stand", clock=FakeClock(), cheap_pins=True)


def test_a_relative_path_does_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make_sample(Path("stand"), clock=FakeClock(), cheap_pins=True)
    assert verify(book_path(Path("stand"))).ok


def test_an_empty_folder_and_a_half_made_one_are_taken(tmp_path: Path) -> None:
    target = tmp_path / ".sample"
    target.mkdir()
    half = tmp_path / ".sample.unfinished"
    half.mkdir()
    (half / "titip.db").write_bytes(b"half a book")
    night = FakeClock()
    night.ms = to_ms(dt.datetime(2026, 3, 1, 0, 30, tzinfo=JAKARTA))
    make_sample(target, clock=night, cheap_pins=True)
    assert [path.name for path in tmp_path.iterdir()] == [".sample"]
    till = Till.open(target, clock=night, cheap_pins=True)
    assert rows(till, "SELECT max(business_date) FROM sales") == [("2026-02-28",)]
    till.close()


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_pictures_are_small_files_with_something_on_them(pattern: str) -> None:
    png = picture(pattern, "teal")
    assert len(png) < 8_000
    with Image.open(io.BytesIO(png)) as opened:
        assert opened.size == SIZE
        colours = opened.convert("RGB").getcolors()
    assert colours is not None
    shares = {colour: count / (SIZE[0] * SIZE[1]) for count, colour in colours}
    ground = (0x9F, 0xC4, 0xC9)
    assert 0.2 < shares[ground] < 0.9
    assert shares[(0x1F, 0x5F, 0x6B)] > 0.05


def test_every_craft_is_somebodys_and_its_patterns_exist() -> None:
    assert {shop.craft for shop in WORKSHOPS} == set(CRAFTS)
    assert {pattern for craft in CRAFTS.values() for pattern in craft.patterns} <= set(PATTERNS)
    assert len(COLOURWAYS) >= 10
