"""Each report's own cells against the journal's bodies; printed, as pages, as a spreadsheet."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pos import i18n
from pos.config import book_path
from pos.errors import UserError
from pos.receipts.documents import decode
from pos.receipts.report import Report, ReportTable, row_texts
from pos.services.queries.periods import Period
from pos.services.reports.kinds import KINDS, ReportKind
from pos.services.reports.making import LONGEST_STRIP, Reports, pdf_of, save_xlsx
from pos.services.reports.month import change
from tests.receipts.pdf_reading import page_texts
from tests.report_oracle import Figures, Oracle
from tests.report_stand import DAYS, QUIET, BusyStand, busy_stand

DAY = DAYS[-1]
MONTH = Period.of_month(DAY)
YEAR = Period.of_year(DAY.year)


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.set_language("en")


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BusyStand]:
    made = busy_stand(tmp_path_factory.mktemp("busy"))
    yield made
    made.till.close()


@pytest.fixture(scope="module")
def oracle(stand: BusyStand) -> Oracle:
    return Oracle(str(book_path(stand.till.folder)))


@pytest.fixture
def reports(stand: BusyStand) -> Reports:
    return stand.till.office.reports


def part(report: Report, title: str) -> ReportTable:
    return next(table for table in report.tables if table.title == title)


def cells(table: ReportTable) -> dict[Any, tuple[Any, ...]]:
    """Rows by their first cell, the total too."""
    return {row.cells[0]: row.cells[1:] for row in table.all_rows}


def on(oracle: Oracle, day: dt.date) -> Figures:
    return oracle.between(day.isoformat(), day.isoformat())


def test_the_daily_report(reports: Reports, oracle: Oracle) -> None:
    report, expected = reports.make("day", Period.of_day(DAY), staff="Sari"), on(oracle, DAY)
    total, cash = expected.total, expected.cash
    overview = {what: figure for what, (figure,) in cells(part(report, "Overview")).items()}
    assert overview == {
        "Sales": total["sales"],
        "Pieces sold": total["pieces"],
        "Pieces that came back": -sum(one["returned"] for one in expected.sellers.values()),
        "Gross": total["gross"],
        "Discounts": -total["discounts"],
        "Rounding": total["rounding"],
        "Paid by customers": total["paid"],
        "Returns": total["returns"],
        "Sales cancelled": total["voids"],
        "Given back": -total["refunded"],
        "Takings": total["paid"] - total["refunded"],
        "Commission earned": total["commission"],
        "Discounts borne by the stand": -sum(
            one["amount"] - one["seller_part"] for one in expected.bearers.values()
        ),
    }
    hours = part(report, "By hour")
    assert [row.cells[2] for row in hours.rows] == list(expected.hours.values())
    assert hours.rows[-1].cells[0] == "01:00 – 02:00"
    assert hours.chart is not None
    assert hours.chart.labels == tuple(f"{hour % 24:02d}" for hour in range(9, 26))
    assert hours.chart.series[0].values == tuple(expected.hours[hour % 24] for hour in range(9, 26))
    drawer = {
        what: figure
        for what, (figure,) in cells(part(report, "Cash, from before to after")).items()
    }
    assert drawer == {
        "Cash in the book before": oracle.drawer((DAY - dt.timedelta(days=1)).isoformat()),
        "Float brought from the office": cash["brought"],
        "Cash sales": cash["taken"],
        "Given back in cash": cash["refunded"],
        "Payouts in cash": cash["payouts"],
        "Cash in": cash["in"],
        "Cash out": cash["out"],
        "To the office": cash["deposit"],
        "Over (+) or short (-)": cash["over_short"],
        "Cash in the book after": oracle.drawer(DAY.isoformat()),
    }
    (z,) = part(report, "Closings (Z)").rows
    assert z.cells[1:4] == expected.z[0]
    assert report.staff == "Sari"
    assert report.period == "Sunday, 22 November 2026"
    assert len(report.footer_hash) == 64


def test_the_daily_report_by_payment_seller_and_group(reports: Reports, oracle: Oracle) -> None:
    report, expected = reports.make("day", Period.of_day(DAY)), on(oracle, DAY)
    methods = {"Cash": "cash", "QRIS": "qris", "Bank transfer": "transfer", "Card": "card"}
    found = cells(part(report, "By payment method"))
    for name, method in methods.items():
        sums = expected.methods[method]
        left = sums["taken"] - sums["refunded"]
        assert found[name] == (sums["count"], sums["taken"], -sums["refunded"], left)
    dues = oracle.dues(DAY.isoformat())
    by_code = {oracle.code[seller]: seller for seller in oracle.code}
    sellers = part(report, "By seller")
    for row in sellers.rows:
        sums = expected.sellers[by_code[str(row.cells[1])]]
        assert row.cells[2:] == (
            sums["pieces"],
            sums["gross"],
            sums["commission"],
            sums["share"],
            dues[by_code[str(row.cells[1])]],
        )
    assert len(sellers.rows) == len(expected.sellers)
    for title in ("By cluster", "By category"):
        for index, name in enumerate(("pieces", "gross", "commission", "share"), start=1):
            whole = sum(one[name] for one in expected.sellers.values())
            assert part(report, title).totals[index] == whole
    discounts = cells(part(report, "Discounts, and who bore them"))
    for bearer, name in (("seller", "Seller"), ("stand", "Stand"), ("shared", "Shared")):
        sums = expected.bearers[bearer]
        assert discounts[name] == (
            sums["count"],
            sums["amount"],
            sums["seller_part"],
            sums["amount"] - sums["seller_part"],
        )
    assert [row.cells[3] for row in part(report, "Returns and cancelled sales").rows] == [
        "return",
        "cancelled",
    ]
    waiting = part(report, "Items to be completed").rows
    assert len(waiting) == sum(
        line["unlisted"]
        for entry in oracle.entries
        if entry.kind == "sale_completed"
        for line in entry.body["lines"]
    )


def test_the_sellers_of_the_day_and_their_slips(reports: Reports, oracle: Oracle) -> None:
    expected, dues = on(oracle, DAY), oracle.dues(DAY.isoformat())
    (table,) = reports.make("day-sellers", Period.of_day(DAY)).tables
    by_code = {code: seller for seller, code in oracle.code.items()}
    for row in table.rows:
        seller = by_code[str(row.cells[1])]
        sums = expected.sellers[seller]
        assert row.cells[2:] == (
            sums["pieces"],
            sums["gross"],
            sums["share"],
            sums["paid_out"],
            dues[seller],
        )
    slips = reports.slips("day-sellers", Period.of_day(DAY))
    assert [slip.title for slip in slips] == ["Bambu Bekasi", "Kartini Busana", "Lembayung"]
    for slip in slips:
        seller = by_code[slip.subtitle]
        sold, account = slip.tables
        sums = expected.sellers[seller]
        unrecorded = sum(
            line["share"]
            for entry in oracle.entries
            if entry.kind == "stock_counted" and entry.date == DAY.isoformat()
            for line in entry.body["unrecorded"]
            if line["seller_id"] == seller
        )
        assert sum(int(row.cells[5] or 0) for row in sold.rows) == sums["share"] - unrecorded
        assert cells(account)["Due at the end"] == (dues[seller],)
        assert cells(account)["Paid out"] == (-sums["paid_out"],)
    assert reports.slips("day", Period.of_day(DAY)) == ()


def test_the_month_beside_others(reports: Reports, oracle: Oracle) -> None:
    report = reports.make("month", Period.of_day(DAY))
    beside = cells(part(report, "Beside other months"))
    months = (
        ("2026-11-01", "2026-11-30"),
        ("2026-10-01", "2026-10-31"),
        ("2025-11-01", "2025-11-30"),
    )
    now, before, last_year = (oracle.between(*month).total for month in months)
    for name, key in (
        ("Sales", "sales"),
        ("Pieces sold", "pieces"),
        ("Gross", "gross"),
        ("Discounts", "discounts"),
        ("Given back", "refunded"),
        ("Commission earned", "commission"),
    ):
        mine, then, once = now[key], before[key], last_year[key]
        assert beside[name] == (mine, then, change(mine, then), once, change(mine, once))
    assert beside["Sales"] == (28, 18, 5_556, 10, 18_000)
    days = part(report, "Day by day")
    assert [row.cells[0] for row in days.rows] == [day.isoformat() for day in MONTH.days]
    by_day = {row.cells[0]: row.cells[1:] for row in days.rows}
    for day in MONTH.days:
        sums = on(oracle, day).total
        shown = (
            sums["sales"],
            sums["pieces"],
            sums["gross"],
            -sums["discounts"],
            -sums["refunded"],
            sums["paid"] - sums["refunded"],
        )
        assert by_day[day.isoformat()] == tuple(figure or None for figure in shown)
    assert days.totals[1:] == (
        now["sales"],
        now["pieces"],
        now["gross"],
        -now["discounts"],
        -now["refunded"],
        now["paid"] - now["refunded"],
    )
    assert days.chart is not None
    assert len(days.chart.series) == 2
    online = oracle.between(*months[0]).online
    channels = cells(part(report, "Offline and online"))
    assert channels["Online: Shopee"][:2] == (online["shopee"]["pieces"], online["shopee"]["told"])
    assert channels["Online: TikTok Shop"][2] == online["tiktok"]["untold"]
    assert channels["Offline: at the stand"][:2] == (now["pieces"], now["paid"] - now["refunded"])
    parts = [row.cells[4] for row in part(report, "Offline and online").rows]
    assert sum(part for part in parts if isinstance(part, int)) in range(9_998, 10_003)


def test_growth_is_half_up_and_nothing_from_nothing() -> None:
    assert change(3, 2) == 5_000
    assert change(1, 3) == -6_667
    assert change(5, 0) is None
    assert change(0, 5) == -10_000


@pytest.mark.parametrize("kind", ["sellers", "clusters", "categories"])
def test_sellers_clusters_and_categories(reports: Reports, oracle: Oracle, kind: str) -> None:
    period = Period(dt.date(2026, 10, 31), dt.date(2026, 11, 21))
    expected = oracle.between("2026-10-31", "2026-11-21")
    (table,) = reports.make(kind, period).tables
    titles = [column.title for column in table.columns]
    total = dict(zip(titles, table.totals, strict=True))
    sums: Counter[str] = Counter()
    # What stays of a cancelled order's deposit is earned, by no goods of any category.
    groups = expected.categories if kind == "categories" else expected.sellers
    for one in groups.values():
        sums.update(one)
    assert total["Pieces"] == sums["pieces"]
    assert total["Returned"] == sums["returned"]
    assert total["Gross"] == sums["gross"]
    assert total["Discount: seller"] == sums["seller_discount"]
    assert total["Discount: stand"] == sums["stand_discount"]
    assert total["Commission"] == sums["commission"]
    assert total["For sellers"] == sums["share"]
    if kind != "categories":
        assert total["Paid out"] == sums["paid_out"]
        assert total["For losses"] == sums["compensation"] - sums["kept"]
        assert total["Deposits kept"] == sums["kept"]
        assert total["Due at the end"] == sum(oracle.dues("2026-11-21").values())


def test_the_year_beside_the_threshold(reports: Reports, oracle: Oracle) -> None:
    report = reports.make("year", Period.of_day(DAY))
    (table,) = report.tables
    assert report.period == "2026"
    expected = oracle.between("2026-01-01", "2026-12-31").sellers
    found = {row.cells[1]: row.cells[2] for row in table.rows}
    assert found == {oracle.code[seller]: one["gross"] for seller, one in expected.items()}


def test_the_cash_book_and_an_account(reports: Reports, oracle: Oracle) -> None:
    (table,) = reports.make("cash-book", MONTH).tables
    first, *lines, last = table.rows
    assert first.cells[5] == oracle.drawer("2026-10-31")
    assert last.cells[5] == oracle.drawer("2026-11-30")
    cash = oracle.between("2026-11-01", "2026-11-30").cash
    assert int(last.cells[3] or 0) - int(last.cells[4] or 0) == sum(cash.values())
    assert sum(int(row.cells[3] or 0) for row in lines) == last.cells[3]
    assert sum(int(row.cells[4] or 0) for row in lines) == last.cells[4]
    papers = [str(row.cells[1]) for row in lines]
    assert {paper[:2] for paper in papers if paper} >= {"DK", "R-", "S-", "M-", "Z-"}
    (ledger,) = reports.make("ledger", MONTH, account="commission").tables
    earned = oracle.between("2026-11-01", "2026-11-30").total["commission"]
    assert int(ledger.rows[0].cells[5] or 0) - int(ledger.rows[-1].cells[5] or 0) == earned
    with pytest.raises(UserError, match="no account “pantry”"):
        reports.make("ledger", MONTH, account="pantry")


def test_the_trial_balance_is_zero_and_says_so(reports: Reports) -> None:
    (table,) = reports.make("trial-balance", MONTH).tables
    assert table.totals[2] == table.totals[5] == 0
    assert table.totals[3] == table.totals[4]
    assert "as they must" in table.notes[0]


def test_a_trial_balance_that_is_not_zero_cries_out(tmp_path: Path) -> None:
    busy = BusyStand(tmp_path)
    busy.live(DAYS[0], 0)
    i18n.set_language("en")
    with busy.till.book.transaction() as cursor:
        cursor.execute("UPDATE balances SET amount = amount + 1 WHERE account = 'commission'")
    (table,) = busy.till.office.reports.make("trial-balance", Period.of_day(DAYS[0])).tables
    assert table.totals[5] == 1
    assert "THE SUMS DIFFER" in table.notes[0]
    busy.till.close()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_report_of_a_quiet_day_and_of_a_busy_one(
    reports: Reports, kind: ReportKind, language: str, tmp_path: Path
) -> None:
    """All of it is on A4 and on the strip, and in the spreadsheet the same figures stand."""
    i18n.set_language(language)
    for day in (QUIET, DAY):
        report = reports.make(kind.id, Period.of_day(day))
        pages = page_texts(pdf_of(report), tmp_path)
        assert report.footer_hash[:16] in pages[0]
        shown = " ".join(" ".join(pages).split())
        for table in report.tables:
            for row in table.all_rows:
                for text in row_texts(row, table.columns):
                    assert all(word in shown for word in text.split()), text
        save_xlsx(report, tmp_path / "report.xlsx")
        assert list(_figures(tmp_path / "report.xlsx")) == [
            cell
            for table in report.tables
            for row in table.all_rows
            for cell, column in zip(row.cells, table.columns, strict=True)
            if isinstance(cell, int) and column.kind != "percent"
        ]
        sheet = openpyxl.load_workbook(tmp_path / "report.xlsx").worksheets[0]
        assert any(" 23 Nov 2026 12" in str(row[0].value) for row in sheet["A1:A5"])


def _figures(path: Path) -> Iterator[int]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int) and cell.number_format == "#,##0":
                    yield cell.value


def test_a_long_report_does_not_go_on_the_strip(reports: Reports, stand: BusyStand) -> None:
    report = reports.make("day", Period.of_day(DAY))
    reports.print_all((report, *reports.slips("day-sellers", Period.of_day(DAY))))
    jobs = stand.till.printing.jobs()
    assert [job.title for job in jobs[-4:]] == [
        "Daily report",
        "Bambu Bekasi",
        "Kartini Busana",
        "Lembayung",
    ]
    last = stand.till.printing.last_preview()
    assert isinstance(last, Report)
    assert decode(_raw(stand)) == last
    (table,) = reports.make("cash-book", YEAR).tables
    long = ReportTable("", table.columns, table.rows * (LONGEST_STRIP // len(table.rows) + 1))
    with pytest.raises(UserError, match="too many for the receipt printer"):
        reports.print_all((Report("x", "", "", "", "", (long,), "2026-11-22T12:00:00"),))


def _raw(stand: BusyStand) -> bytes:
    cursor = stand.till.book.reader()
    cursor.execute("SELECT document FROM print_jobs ORDER BY id DESC LIMIT 1")
    return bytes(cursor.fetchone()[0])


def test_who_watches_can_stop(reports: Reports) -> None:
    class StopError(Exception):
        pass

    def stop(_done: int, _all: int) -> None:
        raise StopError

    with pytest.raises(StopError):
        reports.make("trial-balance", YEAR, told=stop)
    # ... and the connection is free for the next one.
    assert reports.make("trial-balance", YEAR).tables
