"""Import & export of goods in the real window: looked at, confirmed, taken over, given back."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt

from pos.services.spreadsheet.plan import Plan, Progress
from pos.ui.goods.table_page import TablePage
from pos.ui.window import Window
from tests.support import manager_of
from tests.ui.goods_support import open_goods
from tests.ui.support import Keyboard, open_window, wait_for

HEADS = ("Nama barang", "Penitip", "Harga", "Stok", "Warna")


@pytest.fixture
def window(qapp: object, tmp_path: Path) -> Iterator[Window]:
    with open_window(tmp_path) as made:
        yield made


def table_page(window: Window) -> tuple[TablePage, Keyboard]:
    _screen, page, keys = open_goods(window, manager_of(window.till), 7)
    assert isinstance(page, TablePage)
    return page, keys


def table(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADS, *rows):
        sheet.append(row)
    book.save(path)
    return path


def read(page: TablePage, path: Path) -> None:
    page.choose_open = lambda _kinds: path
    page.choose.click()
    wait_for(lambda: not page.tables.busy, "the table to be read")


def shown(page: TablePage) -> list[tuple[str, ...]]:
    return [line.cells for line in page.table.lines]


def test_a_table_is_looked_at_confirmed_and_taken_over_once(window: Window, tmp_path: Path) -> None:
    page, keys = table_page(window)
    path = table(
        tmp_path / "stok.xlsx",
        ("Tatakan gelas", "SRI", "Rp 60.000,-", 6, "biru"),
        ("Gelas", "XYZ", 20_000, 1, ""),
        ("Lampu", "SRI", "=10*2", 1, ""),
    )
    read(page, path)
    assert not window.till.catalog.search("tatakan"), "nothing is written before it is confirmed"
    rows = shown(page)
    assert [row[0] for row in rows] == ["3", "4", "2"], "what needs mending stands first"
    assert "XYZ" in rows[0][-1]
    assert rows[1][-1], "a formula has its reason"
    assert rows[2][1:] == ("Tatakan gelas", "SRI", "60.000", "6", "akan ditambahkan")
    assert "Warna" in page._about.text()
    page.table.pressed.emit(3)
    assert page._row.text() == f"Baris 3: {rows[0][-1]}"
    page.tables.show_only("new")
    assert [row[0] for row in shown(page)] == ["2"]
    keys.key(Qt.Key.Key_F9)
    wait_for(lambda: page.tables.plan is None, "the rows to be written")
    assert "6 " in page.said.text()
    (tile,) = window.till.catalog.search("tatakan")
    assert (tile.on_hand, tile.price) == (6, 60_000)
    assert not page.take.isVisible()
    read(page, path)
    assert not page.take.isVisible(), "a second time there is nothing new in it"
    assert page.tables.plan is not None
    assert page.tables.plan.count("known") == 1
    keys.key(Qt.Key.Key_Escape)
    assert page.tables.plan is None


def test_what_is_no_table_gets_a_sentence(window: Window, tmp_path: Path) -> None:
    page, _keys = table_page(window)
    path = tmp_path / "surat.txt"
    path.write_text("Yth. Ibu Sri\n", encoding="utf-8")
    read(page, path)
    assert page.said.text()
    assert not page._card.isVisible()
    assert not page.take.isVisible()


def test_all_goods_as_a_table_that_comes_back_as_known(window: Window, tmp_path: Path) -> None:
    page, _keys = table_page(window)
    target = tmp_path / "barang.xlsx"
    page.choose_save = lambda _name, _kinds: target
    page.export.click()
    wait_for(lambda: bool(page.tables.note), "the file")
    assert target.name in page.said.text()
    sheet = load_workbook(target).active
    assert sheet is not None
    assert sheet.max_row == 1 + 5
    read(page, target)
    assert page.tables.plan is not None
    assert {row.status for row in page.tables.plan.rows} == {"known"}


def hold(page: TablePage) -> threading.Event:
    """From now on a table is read only after the event, so that a test can come in between."""
    go_on, check = threading.Event(), page.tables.check

    def check_later(path: Path, progress: Progress) -> Plan:
        go_on.wait(10)
        return check(path, progress)

    page.tables.check = check_later  # type: ignore[method-assign]
    return go_on


def test_esc_stops_and_leaves_nothing(window: Window, tmp_path: Path) -> None:
    page, keys = table_page(window)
    held = hold(page)
    rows = [(f"Piring {n}", "SRI", 10_000, 1, "") for n in range(300)]
    page.choose_open = lambda _kinds: table(tmp_path / "banyak.xlsx", *rows)
    page.choose.click()
    assert page.progress.isVisible()
    assert page.stop.isVisible()
    assert not page.choose.isEnabled()
    keys.key(Qt.Key.Key_Escape)
    held.set()
    wait_for(lambda: not page.tables.busy, "the end of it")
    assert page.tables.plan is None
    assert page.said.text()
    read(page, tmp_path / "banyak.xlsx")
    held.clear()
    window.till.worker.submit(held.wait, 10)
    page.take.click()
    page.stop.click()
    held.set()
    wait_for(lambda: not page.tables.busy, "the end of the writing")
    assert not window.till.catalog.search("piring")
    page.take.click()  # What was read can be taken over later.
    wait_for(lambda: page.tables.plan is None, "all of it")
    assert window.till.catalog.search("piring")


def test_stopped_half_way_says_what_is_in_the_book_and_what_is_not(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, _keys = table_page(window)
    rows = [(f"Piring {n}", "SRI", 10_000 + n, 1, "") for n in range(300)]
    read(page, table(tmp_path / "banyak.xlsx", *rows))
    monkeypatch.setattr("pos.services.spreadsheet.take_over.SLICE", 200)
    monkeypatch.setattr(window.till.importing, "_give_way", page.tables.cancel)
    page.take.click()
    wait_for(lambda: not page.tables.busy, "the end of the writing")
    assert "200 barang" in page.said.text()
    assert "100 baris belum ditulis" in page.said.text()
    assert page.tables.plan is None
    read(page, tmp_path / "banyak.xlsx")
    assert (page.tables.counts["known"], page.tables.counts["new"]) == (200, 100)
