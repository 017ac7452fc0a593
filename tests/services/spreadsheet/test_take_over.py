"""A stand's own spreadsheet becomes its book, once."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook

from pos.cart import Cart
from pos.config import book_path
from pos.errors import EnvironmentProblem, UserError
from pos.models.verify import verify
from pos.services.spreadsheet.export import export_items, export_sellers, write_xlsx
from pos.services.spreadsheet.plan import CancelledError
from pos.services.spreadsheet.take_over import NOTE_LINES, SLICE
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.support import make_till, manager_of

if TYPE_CHECKING:
    from concurrent.futures import Future


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    made = make_till(tmp_path)
    yield made
    made.close()
    report = verify(book_path(made.folder))
    assert report.ok, report.first_failure


def quiet(_done: int, _total: int) -> None:
    pass


def table(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


HEADS = (
    "Kode",
    "Nama barang",
    "Penitip",
    "Kategori",
    "Jenis",
    "Harga",
    "Stok",
    "Batas ambil",
    "Komisi",
)


def test_items_come_in_with_codes_notes_and_pieces_and_only_once(
    till: Till, tmp_path: Path
) -> None:
    by = manager_of(till).staff_id
    path = table(
        tmp_path / "stok lama.xlsx",
        HEADS,
        ("", "Tatakan gelas", "SRI", "Rumah", "stok", "Rp 60.000,-", 6, dt.date(2027, 1, 31), ""),
        ("A-17", "Syal tenun", "Anyaman Sri", "Syal", "satu-satunya", 175_000, "", "", "15%"),
        ("", "Kebaya bordir", "KRT", "", "pesanan", 450_000, "", "", ""),
        ("", "Salah", "XYZ", "", "", 5, "", "", ""),
        ("DKR-2041", "Tas anyam pandan", "SRI", "", "", 185_000, 1, "", ""),
    )
    plan = till.importing.read_items(path, quiet)
    assert [row.status for row in plan.rows] == ["new", "new", "new", "bad", "known"]
    before = till.book.reader().execute("SELECT count(*) FROM journal").fetchone()
    taken = till.importing.take_items(plan, quiet, by=by)
    assert (taken.cards, taken.pieces, taken.notes) == (3, 7, 1)
    kinds = [
        row[0]
        for row in till.book.reader().execute(
            "SELECT kind FROM journal ORDER BY id LIMIT -1 OFFSET ?", before
        )
    ]
    assert kinds == ["category_added", "items_imported", "goods_received"]
    (tile,) = till.catalog.search("tatakan")
    assert (tile.code, tile.on_hand, tile.category) == ("DKR-1001", 6, "Rumah")
    shawl = till.catalog.find("a-17")
    assert (shawl.kind, shawl.on_hand, shawl.terms.rate_bp) == ("unique", 1, 1500)
    again = till.importing.read_items(path, quiet)
    assert [row.status for row in again.rows] == ["known", "known", "known", "bad", "known"]
    with pytest.raises(UserError):
        till.importing.take_items(again, quiet, by=by)


def test_codes_that_the_table_brings_are_never_given_to_another_row(
    till: Till, tmp_path: Path
) -> None:
    path = table(
        tmp_path / "x.xlsx",
        HEADS,
        ("", "Satu", "SRI", "", "", 1_000, 1, "", ""),
        ("DKR-1001", "Dua", "SRI", "", "", 2_000, 1, "", ""),
        ("DKR-1003", "Tiga", "SRI", "", "", 3_000, 1, "", ""),
        ("", "Empat", "SRI", "", "", 4_000, 1, "", ""),
    )
    plan = till.importing.read_items(path, quiet)
    till.importing.take_items(plan, quiet, by=manager_of(till).staff_id)
    codes = {tile.name: tile.code for tile in till.catalog.browse() if tile.seller_code == "SRI"}
    assert {codes[name] for name in ("Dua", "Tiga")} == {"DKR-1001", "DKR-1003"}
    assert {codes[name] for name in ("Satu", "Empat")} == {"DKR-1002", "DKR-1004"}


def test_stopping_half_way_leaves_nothing(till: Till, tmp_path: Path) -> None:
    rows = [("", f"Barang {n}", "SRI", "Baru", "", 1_000 + n, 1, "", "") for n in range(300)]
    plan = till.importing.read_items(table(tmp_path / "x.xlsx", HEADS, *rows), quiet)
    before = till.book.reader().execute("SELECT max(id) FROM journal").fetchone()

    def stop(done: int, _total: int) -> None:
        if done >= 200:
            raise CancelledError

    with pytest.raises(CancelledError):
        till.importing.take_items(plan, stop, by=manager_of(till).staff_id)
    assert till.book.reader().execute("SELECT max(id) FROM journal").fetchone() == before
    assert "Baru" not in {category.name for category in till.catalog.categories()}


def long_table(till: Till, path: Path) -> Path:
    """Some slices: 700 rows of two sellers turn about, then 401 of a third."""
    rows = [
        ("", f"Barang {n}", ("SRI", "LMB")[n % 2] if n < 700 else "KRT", "", "", 1_000 + n, 1)
        for n in range(1_101)
    ]
    return table(path, HEADS[:7], *rows)


def test_a_long_table_lets_a_sale_in_between_its_slices(till: Till, tmp_path: Path) -> None:
    manager = manager_of(till)
    plan = till.importing.read_items(long_table(till, tmp_path / "x.xlsx"), quiet)
    waiting: list[Future[str]] = []

    def sale() -> str:
        cart = Cart().add(till.catalog.find("DKR-2041"), 1)
        done = till.selling.complete(cart, (Tender("cash", 500_000),), session=manager)
        return done.number

    def told(done: int, _total: int) -> None:
        if done >= 100 and not waiting:
            waiting.append(till.worker.submit(sale))

    taken = till.worker.call(till.importing.take_items, plan, told, by=manager.staff_id)
    assert (taken.cards, taken.pieces, taken.left) == (1_101, 1_101, 0)
    assert waiting[0].result(20) == "DKR-000001"
    kinds = [row[0] for row in till.book.reader().execute("SELECT kind FROM journal ORDER BY id")]
    first = kinds.index("items_imported")
    slices = kinds.count("items_imported")
    assert slices > 1_101 // SLICE
    assert kinds[first:] == [
        *("items_imported", "goods_received", "sale_completed"),
        *("items_imported", "goods_received") * (slices - 1),
    ]
    again = till.importing.read_items(tmp_path / "x.xlsx", quiet)
    assert (again.count("known"), again.count("new")) == (1_101, 0)


def test_stopped_between_two_slices_says_what_is_left_and_goes_on_from_there(
    till: Till, tmp_path: Path
) -> None:
    by = manager_of(till).staff_id
    path = long_table(till, tmp_path / "x.xlsx")
    plan = till.importing.read_items(path, quiet)

    def stop(done: int, _total: int) -> None:
        if done > 700:
            raise CancelledError

    taken = till.importing.take_items(plan, stop, by=by)
    assert (taken.cards, taken.pieces, taken.notes, taken.left) == (700, 700, 4, 401)
    rest = till.importing.read_items(path, quiet)
    assert (rest.count("known"), rest.count("new")) == (700, 401)
    # The old plan, still on somebody's screen, adds no more than the new one would.
    assert till.importing.take_items(plan, quiet, by=by).cards == 401
    with pytest.raises(UserError, match="Tidak ada yang baru"):
        till.importing.take_items(rest, quiet, by=by)
    count = till.book.reader().execute("SELECT count(*), count(DISTINCT code) FROM items")
    assert count.fetchone() == (5 + 1_101, 5 + 1_101)


def test_a_code_given_by_hand_since_the_check_is_not_given_twice(
    till: Till, tmp_path: Path
) -> None:
    by = manager_of(till).staff_id
    rows = (("A-1", "Satu", "SRI", "", "", 1_000), ("A-2", "Dua", "SRI", "", "", 2_000))
    path = table(tmp_path / "x.xlsx", HEADS[:6], *rows)
    early, late = (till.importing.read_items(path, quiet) for _ in range(2))
    assert till.importing.take_items(early, quiet, by=by).cards == 2
    with pytest.raises(UserError):
        till.importing.take_items(late, quiet, by=by)


def test_the_file_s_name_stays_out_of_the_journal(till: Till, tmp_path: Path) -> None:
    path = table(tmp_path / "stok Ibu Contoh.xlsx", HEADS[:6], ("", "Satu", "SRI", "", "", 1_000))
    plan = till.importing.read_items(path, quiet)
    till.importing.take_items(plan, quiet, by=manager_of(till).staff_id)
    bodies = " ".join(row[0] for row in till.book.reader().execute("SELECT body FROM journal"))
    assert "Satu" in bodies
    assert "Ibu Contoh" not in bodies


def test_a_seller_with_many_rows_gets_several_notes(till: Till, tmp_path: Path) -> None:
    rows = [("", f"Barang {n}", "SRI", "", "", 1_000, 2, "", "") for n in range(NOTE_LINES + 1)]
    plan = till.importing.read_items(table(tmp_path / "x.xlsx", HEADS, *rows), quiet)
    taken = till.importing.take_items(plan, quiet, by=manager_of(till).staff_id)
    assert (taken.cards, taken.pieces, taken.notes) == (NOTE_LINES + 1, 2 * NOTE_LINES + 2, 2)


def test_sellers_come_in_with_clusters_terms_and_cards_outside_of_the_journal(
    till: Till, tmp_path: Path
) -> None:
    path = tmp_path / "penitip.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(
            [
                ("Kode", "Nama Usaha", "Nama Pengrajin", "No WA", "Klaster", "Komisi", "Rekening"),
                (
                    "NLM",
                    "Nilam Rajut",
                    "Ibu Contoh",
                    "0812-3456-7890",
                    "Fashion",
                    "15",
                    "BCA 1234567890",
                ),
                ("", "Kayu Jati Kecil", "", "", "Mebel", "", ""),
                ("", "anyaman  SRI", "", "", "", "", ""),
            ]
        )
    plan = till.importing.read_sellers(path, quiet)
    assert [row.status for row in plan.rows] == ["new", "new", "known"]
    assert till.importing.take_sellers(plan, quiet, by=manager_of(till).staff_id).cards == 2
    added = {row.workshop: row for row in till.sellers.list_all()}
    assert added["Nilam Rajut"].phone == "6281234567890"
    assert added["Nilam Rajut"].terms is not None
    assert added["Nilam Rajut"].terms.rate_bp == 1500
    assert added["Kayu Jati Kecil"].cluster == "Mebel"
    bodies = " ".join(row[0] for row in till.book.reader().execute("SELECT body FROM journal"))
    assert "Nilam Rajut" in bodies
    for secret in ("Ibu Contoh", "34567890", "1234567890"):
        assert secret not in bodies


def test_one_wrong_seller_row_found_while_writing_takes_all_back(
    till: Till, tmp_path: Path
) -> None:
    path = table(
        tmp_path / "x.xlsx",
        ("Kode", "Usaha", "WA"),
        ("AAA", "Satu", "0812345678"),
        ("BBB", "Dua", "bukan nomor"),
    )
    plan = till.importing.read_sellers(path, quiet)
    with pytest.raises(UserError, match="3"):
        till.importing.take_sellers(plan, quiet, by=manager_of(till).staff_id)
    assert "Satu" not in {row.workshop for row in till.sellers.list_all()}


def test_what_is_exported_comes_back_as_known(till: Till, tmp_path: Path) -> None:
    items, sellers = tmp_path / "barang.xlsx", tmp_path / "penitip.xlsx"
    today = till.business_date()
    assert export_items(till.book, items, today) == 5
    assert export_sellers(till.book, sellers, today) == 5
    plan = till.importing.read_items(items, quiet)
    assert plan.count("known") == 5
    assert till.importing.read_sellers(sellers, quiet).count("known") == 5
    assert plan.ignored_columns == ()


def test_exported_tables_make_the_same_stand_elsewhere(till: Till, tmp_path: Path) -> None:
    by, today = manager_of(till).staff_id, till.business_date()
    bag = till.catalog.find("DKR-2041")
    own = Terms(rate_bp=1_250, base="list")
    till.sellers.agree(bag.seller_id, own, valid_from=today, item_id=bag.item_id, by=by)
    export_items(till.book, tmp_path / "barang.xlsx", today)
    export_sellers(till.book, tmp_path / "penitip.xlsx", today)
    other = make_till(tmp_path / "other", goods=False)
    manager = manager_of(other).staff_id
    for name, read, take in (
        ("penitip", other.importing.read_sellers, other.importing.take_sellers),
        ("barang", other.importing.read_items, other.importing.take_items),
    ):
        plan = read(tmp_path / f"{name}.xlsx", quiet)
        assert {row.status for row in plan.rows} == {"new"}, plan.rows
        take(plan, quiet, by=manager)

    def sold(at: Till) -> dict[str, tuple[object, ...]]:
        found = (at.catalog.find(tile.code) for tile in at.catalog.browse())
        return {
            item.code: (item.name, item.kind, item.price, item.seller_code, item.terms)
            for item in found
        }

    assert sold(other) == sold(till)
    assert sold(other)["DKR-2041"][-1] == own
    assert sold(other)["DKR-3001"][-1] == Terms(kind="net", net_price=10_000)
    other.close()


def test_exported_texts_are_never_formulas(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "a\x00b\x1fc", "x" * 40_000, "\ufffe"]
    assert write_xlsx(path, "T", ["=kepala"], [[text] for text in evil]) == len(evil)
    sheet = load_workbook(path).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows()]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert [cell.value for cell in cells[:6]] == ["=kepala", *evil[:4], "abc"]
    assert len(str(cells[6].value)) == 32_767


def test_an_export_that_can_not_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "folder" / "x.xlsx"
    with pytest.raises(EnvironmentProblem):
        write_xlsx(target, "T", ["a"], [])
    assert not target.exists()
