"""The report about sellers: per seller, cluster or category, for any period, and the year's gross."""

from typing import Literal

import msgspec

from pos.i18n import _
from pos.money import rupiah
from pos.receipts.charts import BarChart, Series
from pos.receipts.report import Cell, Report, ReportColumn, ReportRow, ReportTable

FINAL_TAX_THRESHOLD = 500_000_000
"""Rupiah of gross a year up to which a person pays no final income tax (PP 55/2022)."""

CHART_BARS = 12
"""The largest ones that the chart shows."""

Grouping = Literal["seller", "cluster", "category"]


class SellerFigures(msgspec.Struct, frozen=True):
    """What one seller, cluster or category came to in a period (rupiah and pieces).

    `gross` is before discounts, returns are taken off everywhere. `share` is what sellers got of
    the sales, `compensation` what the stand owes them beside, of which `kept` is their part of deposits
    that stayed and the rest is for lost pieces, `paid_out` what was paid to
    them in the period, `due` what was owed at its end (None where nobody is owed: a category).
    """

    name: str
    code: str
    gross: int
    seller_discount: int
    stand_discount: int
    commission: int
    share: int
    paid_out: int
    pieces: int
    returned: int
    compensation: int = 0
    kept: int = 0
    due: int | None = None

    @property
    def losses(self) -> int:
        """What the stand owes for lost pieces."""
        return self.compensation - self.kept


class ReportHead(msgspec.Struct, frozen=True):
    """What every report begins and ends with."""

    stand_name: str
    stand_code: str
    period: str
    made_local: str
    staff: str = ""
    footer_hash: str = ""
    sample: bool = False


def report_of(
    head: ReportHead, title: str, subtitle: str, tables: tuple[ReportTable, ...]
) -> Report:
    """A report from its head and its parts."""
    return Report(
        title=title,
        subtitle=subtitle,
        stand_name=head.stand_name,
        stand_code=head.stand_code,
        period=head.period,
        tables=tables,
        made_local=head.made_local,
        staff=head.staff,
        footer_hash=head.footer_hash,
        sample=head.sample,
    )


def seller_report(
    head: ReportHead, by: Grouping, figures: tuple[SellerFigures, ...], *, chart: bool = True
) -> Report:
    """Gross, discounts and who bore them, commission, dues, payouts, pieces, returns."""
    subtitle = {
        "seller": _("Per seller"),
        "cluster": _("Per cluster"),
        "category": _("Per category"),
    }[by]
    names = {"seller": _("Seller"), "cluster": _("Cluster"), "category": _("Category")}
    columns = (
        ReportColumn(names[by], share=1),
        *((ReportColumn(_("Code")),) if by == "seller" else ()),
        ReportColumn(_("Pieces"), "count"),
        ReportColumn(_("Returned"), "count", narrow=False),
        ReportColumn(_("Gross"), "amount"),
        ReportColumn(_("Discount: seller"), "amount", narrow=False),
        ReportColumn(_("Discount: stand"), "amount", narrow=False),
        ReportColumn(_("Commission"), "amount"),
        ReportColumn(_("For sellers"), "amount"),
        # What was paid belongs to a seller, not to a category.
        *((ReportColumn(_("Paid out"), "amount"),) if by != "category" else ()),
    )
    lost = any(one.losses for one in figures)
    kept = any(one.kept for one in figures)
    due = any(one.due is not None for one in figures)
    if lost:
        columns += (ReportColumn(_("For losses"), "amount", narrow=False),)
    if kept:
        columns += (ReportColumn(_("Deposits kept"), "amount", narrow=False),)
    if due:
        columns += (ReportColumn(_("Due at the end"), "amount"),)

    def cells(one: SellerFigures) -> tuple[Cell, ...]:
        return (
            *_cells(one, by),
            *((one.losses,) if lost else ()),
            *((one.kept,) if kept else ()),
            *((one.due,) if due else ()),
        )

    table = ReportTable(
        title="",
        columns=columns,
        rows=tuple(ReportRow(cells(one)) for one in figures),
        totals=cells(total_of(figures)),
        chart=_chart(figures) if chart and len(figures) > 1 else None,
        empty=_("Nothing was sold, returned or paid out in this period."),
    )
    return report_of(head, _("Sellers"), subtitle, (table,))


def _cells(one: SellerFigures, by: Grouping) -> tuple[Cell, ...]:
    return (
        one.name,
        *((one.code,) if by == "seller" else ()),
        one.pieces,
        one.returned,
        one.gross,
        one.seller_discount,
        one.stand_discount,
        one.commission,
        one.share,
        *((one.paid_out,) if by != "category" else ()),
    )


def total_of(figures: tuple[SellerFigures, ...]) -> SellerFigures:
    """All of them together."""
    dues = [one.due for one in figures if one.due is not None]
    return SellerFigures(
        name=_("Total"),
        code="",
        gross=sum(one.gross for one in figures),
        seller_discount=sum(one.seller_discount for one in figures),
        stand_discount=sum(one.stand_discount for one in figures),
        commission=sum(one.commission for one in figures),
        share=sum(one.share for one in figures),
        paid_out=sum(one.paid_out for one in figures),
        pieces=sum(one.pieces for one in figures),
        returned=sum(one.returned for one in figures),
        compensation=sum(one.compensation for one in figures),
        kept=sum(one.kept for one in figures),
        due=sum(dues) if dues else None,
    )


def _chart(figures: tuple[SellerFigures, ...]) -> BarChart:
    largest = sorted(figures, key=lambda one: -one.gross)[:CHART_BARS]
    return BarChart(
        title=_("Gross of the largest"),
        labels=tuple(one.code or one.name for one in largest),
        series=(Series(_("Gross"), tuple(one.gross for one in largest)),),
    )


class YearlyGross(msgspec.Struct, frozen=True):
    """A seller's gross of a calendar year, in rupiah."""

    code: str
    workshop: str
    gross: int


def yearly_report(
    head: ReportHead, year: int, sellers: tuple[YearlyGross, ...], notes: tuple[str, ...] = ()
) -> Report:
    """Each seller's gross of a year against the threshold of the final income tax."""
    rows = tuple(
        ReportRow(
            (
                one.workshop,
                one.code,
                one.gross,
                FINAL_TAX_THRESHOLD - one.gross if one.gross <= FINAL_TAX_THRESHOLD else 0,
                one.gross * 10_000 // FINAL_TAX_THRESHOLD,
                _("above") if one.gross > FINAL_TAX_THRESHOLD else "",
            )
        )
        for one in sorted(sellers, key=lambda one: (-one.gross, one.workshop))
    )
    table = ReportTable(
        title="",
        columns=(
            ReportColumn(_("Seller"), share=1),
            ReportColumn(_("Code")),
            ReportColumn(_("Gross"), "amount"),
            ReportColumn(_("Left to the threshold"), "amount"),
            ReportColumn(_("Of the threshold"), "percent", narrow=False),
            ReportColumn(_("Threshold")),
        ),
        rows=rows,
        totals=(_("Total"), "", sum(one.gross for one in sellers), None, None, ""),
        empty=_("Nothing was sold in this year."),
        notes=(
            _(
                "Up to {amount} of gross a year a person pays no final income tax. "
                "What was sold elsewhere counts too and is not in here."
            ).format(amount=rupiah(FINAL_TAX_THRESHOLD)),
            *notes,
        ),
    )
    title = _("Gross of the year {year}").format(year=year)
    return report_of(head, title, _("Per seller"), (table,))
