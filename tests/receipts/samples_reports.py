"""Reports for tests."""

from pos.receipts.charts import BarChart, Series
from pos.receipts.report import Report, ReportColumn, ReportRow, ReportTable
from pos.receipts.reports_sellers import (
    ReportHead,
    SellerFigures,
    YearlyGross,
    report_of,
    seller_report,
    yearly_report,
)

HEAD = ReportHead(
    stand_name="Galeri Dekranasda",
    stand_code="DKR",
    period="1 Nov 2026 – 30 Nov 2026",
    made_local="2026-11-30T21:03:00",
    staff="Sari Dewi",
    footer_hash="0123456789abcdef" * 4,
)
NAMES = (
    ("Rumah Kain Lembayung", "LMB"),
    ("Sri Anyaman Pandan", "SRI"),
    ("Keramik Muara Gembong", "KRM"),
    ("Batik Tulis Kampung Ciketing Udik Bantargebang Kota Bekasi", "BTK"),
    ("Tas Rajut Ibu Ningsih", "NGS"),
)


def figures(count: int) -> tuple[SellerFigures, ...]:
    out = []
    for n in range(count):
        name, code = NAMES[n % len(NAMES)]
        gross = 12_350_000 - 97_000 * (n % 120)
        borne, stand = gross // 40, gross // 90
        commission = (gross - borne) // 5
        out.append(
            SellerFigures(
                name=name if n < len(NAMES) else f"{name} {n}",
                code=code if n < len(NAMES) else f"{code}{n}",
                gross=gross,
                seller_discount=borne,
                stand_discount=stand,
                commission=commission,
                share=gross - borne - commission,
                paid_out=gross // 2,
                pieces=87 - n % 60,
                returned=n % 3,
            )
        )
    return tuple(out)


def sellers(count: int = 5) -> Report:
    return seller_report(HEAD, "seller", figures(count))


def year() -> Report:
    return yearly_report(
        HEAD,
        2026,
        (
            YearlyGross("LMB", "Rumah Kain Lembayung", 612_400_000),
            YearlyGross("SRI", "Sri Anyaman Pandan", 500_000_000),
            YearlyGross("KRM", "Keramik Muara Gembong", 0),
        ),
    )


def long(rows: int) -> Report:
    """A cash book of many rows."""
    table = ReportTable(
        title="",
        columns=(
            ReportColumn("Date", "date"),
            ReportColumn("Paper"),
            ReportColumn("What", share=1),
            ReportColumn("In", "amount"),
            ReportColumn("Out", "amount"),
            ReportColumn("Balance", "amount"),
        ),
        rows=tuple(
            ReportRow(
                (
                    f"2026-11-{1 + n % 30:02d}",
                    f"DKR-{n:06d}",
                    "Penjualan tunai",
                    35_000 + n,
                    None,
                    35_000 * n,
                )
            )
            for n in range(rows)
        ),
        totals=("", "", "Total", sum(35_000 + n for n in range(rows)), 0, None),
    )
    return report_of(HEAD, "Cash book", "Cash in the drawer", (table,))


def day() -> Report:
    """A chart of two series, a heading and a subtotal within a table, an empty table."""
    hours = tuple(f"{hour:02d}" for hour in range(9, 22))
    chart = BarChart(
        "Sales by hour",
        hours,
        (
            Series("Today", tuple(125_000 * (n * 7 % 11) for n in range(13))),
            Series("Yesterday", tuple(110_000 * (n * 5 % 9) - 90_000 for n in range(13))),
        ),
    )
    methods = ReportTable(
        "Payments",
        (ReportColumn("Method", share=1), ReportColumn("Amount", "amount")),
        (
            ReportRow(("Cash", 1_250_000)),
            ReportRow(("QRIS", 875_500)),
            ReportRow(("Sum", 2_125_500), "subtotal"),
            ReportRow(("Given back", None), "group"),
            ReportRow(("Cash", -35_000)),
        ),
        ("Total", 2_090_500),
        chart,
    )
    none = ReportTable("Voids", methods.columns, (), empty="No sale was cancelled.")
    return report_of(HEAD, "Day report", "Sunday, 22 November 2026", (methods, none))
