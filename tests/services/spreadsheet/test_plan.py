"""What a row says, and what is told about a row that can't be taken."""

import datetime as dt

import pytest

from pos.errors import UserError
from pos.services.spreadsheet import cells
from pos.services.spreadsheet.columns import ITEM_COLUMNS, ITEM_NEEDS, match_columns
from pos.services.spreadsheet.plan import (
    CancelledError,
    ItemRow,
    Known,
    Plan,
    SellerRow,
    plan_items,
    plan_sellers,
)
from pos.services.spreadsheet.reading import Formula, Sheet, Value
from pos.terms import Terms


def quiet(_done: int, _total: int) -> None:
    pass


def known() -> Known:
    return Known(
        item_codes={"DKR-2041"},
        items={(7, "bros bunga", 35_000)},
        sellers={"SRI": 7, "anyaman sri": 7, "RKA": 8, "RKB": 9, "rumah kain": 9, "OFF": 10},
        barcodes={"8991234567890": "DKR-2041"},
        namesakes={"rumah kain"},
        inactive={10},
    )


def items(*rows: tuple[Value | Formula, ...], heads: tuple[str, ...] = ()) -> Plan:
    heading = heads or ("Kode", "Nama Barang", "Penitip", "Harga", "Stok", "Jenis", "Harga titip")
    return plan_items(Sheet((heading, *rows)), known(), quiet)


def only(plan: Plan) -> ItemRow:
    (row,) = plan.rows
    assert isinstance(row, ItemRow)
    return row


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        (35000, 35_000),
        (35000.0, 35_000),
        ("35.000", 35_000),
        ("Rp 1.250.000,-", 1_250_000),
        ("rp1.250.000,00", 1_250_000),
        ("35,000", 35_000),
        ("Rp 35,000.00", 35_000),
        ("0", 0),
        (9_999_999_999, 9_999_999_999),
    ],
)
def test_amounts_as_people_write_them(cell: Value, rupiah: int) -> None:
    assert cells.amount(cell) == rupiah


@pytest.mark.parametrize(
    "cell", ["35,5", "35.00.0", "gratis", -5, 12.5, "1e5", 10_000_000_000, "", Formula("=A1")]
)
def test_what_is_no_amount(cell: Value | Formula) -> None:
    with pytest.raises(UserError):
        cells.amount(cell)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (dt.date(2026, 12, 31), "2026-12-31"),
        ("31/12/2026", "2026-12-31"),
        ("1-2-26", "2026-02-01"),
        ("31 Des 2026", "2026-12-31"),
        ("5 agustus 2026", "2026-08-05"),
        ("2026-12-31", "2026-12-31"),
        ("2026-12-31 00:00:00", "2026-12-31"),
        (None, ""),
    ],
)
def test_dates_the_day_first(cell: Value, day: str) -> None:
    assert cells.date(cell) == day


@pytest.mark.parametrize("cell", ["12/31/2026", "besok", "31 Foo 2026", "2026-13-01", 46022])
def test_what_is_no_date(cell: Value) -> None:
    with pytest.raises(UserError):
        cells.date(cell)


@pytest.mark.parametrize(
    ("cell", "points"), [(20, 2000), ("12,5%", 1250), ("7.25 %", 725), (0.2, 2000), ("100", 10_000)]
)
def test_percentages(cell: Value, points: int) -> None:
    assert cells.basis_points(cell) == points


def test_a_whole_row() -> None:
    plan = items((None, "Tas  pandan", "sri", "Rp 185.000,-", "1", "Satu-satunya", "150.000"))
    assert only(plan) == ItemRow(
        line=2,
        status="new",
        name="Tas pandan",
        seller="sri",
        seller_id=7,
        kind="unique",
        price=185_000,
        qty=1,
        terms=Terms(kind="net", net_price=150_000),
    )


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ((None, "", "SRI", 500), "nama|name"),
        ((None, "Tas", "XYZ", 500), "XYZ"),
        ((None, "Tas", "SRI", None), "harga|price"),
        ((None, "Tas", "SRI", "lima"), "lima"),
        ((None, "Tas", "SRI", 500, "banyak"), "banyak"),
        ((None, "Tas", "SRI", 500, 2, "unik"), "2"),
        ((None, "Tas", "SRI", 500, 2, "aneh"), "aneh"),
        ((None, "Tas", "SRI", 500, 2, "", 600), "net|titip"),
        ((None, Formula("=B2"), "SRI", 500), "formula|rumus"),
        ((None, "x" * 81, "SRI", 500), "80"),
        ((None, "Tas", "SRI", 35), "Rp 35"),
        ((None, "Tas", "SRI", 35.5), "35.5"),
        ((None, "Tas", "Rumah Kain", 500), "Rumah Kain"),
        ((None, "Tas", "OFF", 500), "OFF"),
        ((None, "Tas", "", 500), "\\?"),
    ],
)
def test_a_bad_row_says_why_and_the_others_go_on(
    row: tuple[Value | Formula, ...], word: str
) -> None:
    plan = items(row, (None, "Topi", "Anyaman Sri", 90_000))
    bad, good = plan.rows
    assert bad.status == "bad"
    assert good.status == "new"
    import re

    assert re.search(word, bad.reason)


def test_what_the_book_has_is_known_by_code_or_by_seller_name_and_price() -> None:
    plan = items(
        ("dkr-2041", "Tas", "SRI", 100),
        (None, "Bros Bunga!", "SRI", 35_000),
        (None, "Bros bunga", "SRI", 36_000),
    )
    assert [row.status for row in plan.rows] == ["known", "known", "new"]
    assert (plan.count("known"), plan.count("new"), plan.count("bad")) == (2, 1, 0)


def test_the_same_row_twice_in_a_file_is_bad_the_second_time() -> None:
    plan = items(("A1", "Tas", "SRI", 100), ("A1", "Tas lain", "SRI", 200))
    assert plan.rows[1].status == "bad"
    assert "2" in plan.rows[1].reason


def test_of_two_sellers_with_one_name_the_code_says_who_is_meant() -> None:
    plan = items((None, "Tas", "rka", 35_000), (None, "Topi", "RUMAH  kain", 35_000))
    first, second = plan.rows
    assert isinstance(first, ItemRow)
    assert (first.status, first.seller_id, second.status) == ("new", 8, "bad")


def test_what_a_scanner_reads_names_one_item() -> None:
    heads = ("Nama Barang", "Penitip", "Harga", "Barcode", "Kode")
    plan = items(
        ("Tas", "SRI", 35_000, "8991234567890"),
        ("Topi", "SRI", 35_000, "dkr-2041"),
        ("Kipas", "SRI", 35_000, "899 1"),
        ("Tikar", "SRI", 35_000, 8990000000001),
        ("Sapu", "SRI", 35_000, "8990000000001"),
        ("Bros bunga", "SRI", 35_000, "8991234567890"),
        ("Apa saja", "SRI", 35_000, "8991234567890", "DKR-2041"),
        heads=heads,
    )
    assert [row.status for row in plan.rows] == [
        *("bad", "bad", "bad", "new", "bad"),
        *("known", "known"),
    ]
    assert "5" in plan.rows[4].reason, "the row that had it first"
    assert "DKR-2041" in plan.rows[0].reason


def test_headings_are_found_below_a_title_in_any_order_and_the_rest_is_told() -> None:
    sheet = Sheet(
        (
            ("DAFTAR BARANG",),
            (),
            ("HARGA", "Catatan", "umkm", "nama produk"),
            (5, "x", "SRI", "Tas"),
        )
    )
    matched = match_columns(sheet, ITEM_COLUMNS, ITEM_NEEDS)
    assert matched.header_row == 2
    assert matched.places == {"price": 0, "seller": 2, "name": 3}
    assert matched.ignored == ("Catatan",)
    plan = plan_items(sheet, known(), quiet)
    assert plan.rows[0].line == 4


def test_missing_headings_are_named() -> None:
    with pytest.raises(UserError, match="harga"):
        items((1,), heads=("Nama", "Penitip"))
    with pytest.raises(UserError):
        items()


def test_sellers() -> None:
    sheet = Sheet(
        (
            ("Kode", "Nama Usaha", "Nama", "WA", "Klaster", "Komisi %"),
            ("LMB", "Lembayung", "Contoh", "0812", "Craft", "15"),
            ("SRI", "Anyaman Sri", "", "", "", ""),
            (None, "ANYAMAN-SRI", "", "", "", ""),
            (None, "lembayung ", "", "", "", ""),
            (None, None, None, "0813", None, None),
        )
    )
    plan = plan_sellers(sheet, known(), quiet)
    assert plan.rows[0] == SellerRow(
        line=2,
        status="new",
        code="LMB",
        workshop="Lembayung",
        maker="Contoh",
        phone="0812",
        cluster="Craft",
        terms=Terms(rate_bp=1500),
    )
    assert [row.status for row in plan.rows] == ["new", "known", "bad", "bad", "bad"]


def test_a_check_can_be_stopped() -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise CancelledError

    sheet = Sheet((("Nama", "Penitip", "Harga"), *((f"x{n}", "SRI", 500) for n in range(500))))
    with pytest.raises(CancelledError):
        plan_items(sheet, known(), stop)
