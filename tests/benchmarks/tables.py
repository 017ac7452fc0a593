"""A stand's spreadsheet of 10,000 rows through the window: checked, confirmed, in the book.

The file has what real ones have: a title above the headings, prices as people write them, dates as
text, a few rows that can't be taken. The window's own timer tells for how long it did not answer.
"""

import random
import time
from pathlib import Path

from openpyxl import Workbook

from pos.services.till import Till
from pos.ui.goods.screen import GoodsScreen
from pos.ui.goods.table_page import TablePage
from pos.ui.window import Window
from tests.benchmarks.measure import Figure, ms
from tests.benchmarks.window import Heartbeat, open_window, rest, until

ROWS = 10_000
BAD = 100
SECONDS = 20.0
ANSWERS = 0.1
_HEADS = (
    "Nama barang",
    "Penitip",
    "Kategori",
    "Jenis",
    "Harga",
    "Stok",
    "Batas ambil",
    "Komisi",
)


def figures(book: Path, work: Path) -> list[Figure]:
    """One file, from the choice of it to the last row in the book."""
    with open_window(book, work / "tables", lambda _till: None) as window:
        path = _table(window.till, work / "stok.xlsx")
        return _take(window, path)


def _table(till: Till, path: Path) -> Path:
    rng = random.Random(11)
    codes = [row.code for row in till.sellers.list_all()]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(("Daftar barang Galeri",))
    sheet.append(_HEADS)
    for number in range(ROWS):
        price = 500 * rng.randint(10, 900)
        written = f"Rp {price:,}".replace(",", ".") + ",-"
        sheet.append(
            (
                f"Gantungan rajut {number}",
                "tidak ada" if number % (ROWS // BAD) == 0 else rng.choice(codes),
                rng.choice(("Aksesoris", "Rumah", "Tas & dompet")),
                "satu-satunya" if number % 3 == 0 else "stok",
                written if number % 2 else price,
                1 if number % 3 == 0 else rng.randint(1, 20),
                "31/12/2027" if number % 5 == 0 else "",
                "15%" if number % 7 == 0 else "",
            )
        )
    book.save(path)
    return path


def _take(window: Window, path: Path) -> list[Figure]:
    window.desk.navigate.emit("goods")
    screen = window.shop.current
    if not isinstance(screen, GoodsScreen):
        raise TypeError(type(screen))
    screen.open_section("goods-table")
    page = screen.page
    if not isinstance(page, TablePage):
        raise TypeError(type(page))
    page.choose_open = lambda _kinds: path
    rest(500)
    beats = Heartbeat()
    beats.start()
    began = time.perf_counter()
    page.choose.click()
    until(lambda: not page.tables.busy)
    checked = time.perf_counter()
    plan = page.tables.plan
    if plan is None or (plan.count("new"), plan.count("bad")) != (ROWS - BAD, BAD):
        raise AssertionError("the table was not understood")
    page.take.click()
    until(lambda: not page.tables.busy)
    ended = time.perf_counter()
    widest = beats.stop()
    if page.tables.plan is not None:
        raise AssertionError(page.said.text())
    seconds = ended - began
    figure = f"{seconds:.1f} s (checked {checked - began:.1f} s, written {ended - checked:.1f} s)"
    return [
        Figure(
            "10,000 rows of XLSX checked and imported",
            figure,
            f"{SECONDS:.0f} s",
            met=seconds <= SECONDS,
        ),
        Figure("... the window's longest silence", ms(widest), ms(ANSWERS), met=widest <= ANSWERS),
    ]
