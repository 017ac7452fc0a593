"""The daily report: what a day came to, and how the drawer's cash came about."""

import datetime as dt
from collections.abc import Iterable

from pos.formats import format_time
from pos.i18n import _
from pos.money import rupiah
from pos.receipts.charts import BarChart, Series
from pos.receipts.report import Report, ReportColumn, ReportTable
from pos.receipts.reports_sellers import SellerFigures
from pos.receipts.slips_shift import method_text
from pos.services.queries.reports import (
    category_figures,
    cluster_figures,
    seller_figures,
)
from pos.services.queries.reports_day import DayFigures, day_figures
from pos.services.reports import day_parts as parts
from pos.services.reports.ask import Ask, pairs, rows


def day_report(ask: Ask) -> Report:
    """All of the day, in the order in which one asks at its end."""
    figures = day_figures(ask.cursor, ask.stand_id, ask.period, ask.zone)
    sellers = seller_figures(ask.cursor, ask.stand_id, ask.period)
    today = tuple(one for _name, one in sellers if _moved(one))
    clusters = tuple(one for one in cluster_figures(sellers) if _moved(one))
    none = _("Without a category")
    categories = category_figures(ask.cursor, ask.stand_id, ask.period, none)
    return ask.report(
        _("Daily report"),
        "",
        _overview(figures, sum(one.returned for one in today)),
        _by_hour(figures),
        _by_method(figures),
        _by_seller(today),
        group_table(_("By cluster"), _("Cluster"), clusters),
        group_table(_("By category"), _("Category"), categories),
        parts.discounts(figures),
        parts.came_back(figures),
        parts.openings(figures),
        parts.cash(figures),
        parts.closings(figures),
        parts.top(figures),
        parts.to_complete(figures),
    )


def _moved(one: SellerFigures) -> bool:
    return bool(one.pieces or one.returned or one.gross or one.paid_out or one.compensation)


def _overview(figures: DayFigures, came_back: int) -> ReportTable:
    stand_part = sum(one.amount - one.seller_part for one in figures.bearers)
    return pairs(
        _("Overview"),
        _("What"),
        _("Figure"),
        (_("Sales"), figures.sales),
        (_("Pieces sold"), figures.pieces),
        (_("Pieces that came back"), -came_back),
        (_("Gross"), figures.gross),
        (_("Discounts"), -figures.discounts),
        (_("Rounding"), figures.rounding),
        (_("Paid by customers"), figures.paid),
        (_("Returns"), figures.returns),
        (_("Sales cancelled"), figures.voids),
        (_("Given back"), -figures.refunded),
        (_("Takings"), figures.net),
        (_("Commission earned"), figures.commission),
        (_("Discounts borne by the stand"), -stand_part),
    )


def _by_hour(figures: DayFigures) -> ReportTable:
    known = {one.hour: one for one in figures.hours}
    hours = _all_hours(tuple(known))
    chart = BarChart(
        title=_("Sales by hour"),
        labels=tuple(f"{hour:02d}" for hour in hours),
        series=(
            Series(_("Amount"), tuple(known[hour].paid if hour in known else 0 for hour in hours)),
        ),
    )
    return ReportTable(
        title=_("By hour"),
        columns=(
            ReportColumn(_("Hour"), share=1),
            ReportColumn(_("Sales"), "count", narrow=False),
            ReportColumn(_("Amount"), "amount"),
        ),
        rows=rows(*((hour_text(one.hour), one.sales, one.paid) for one in figures.hours)),
        totals=(_("Total"), figures.sales, figures.paid),
        chart=chart,
        empty=_("Nothing was sold."),
    )


def hour_text(hour: int) -> str:
    """9 -> "09.00 – 10.00"."""
    return f"{format_time(dt.time(hour))} – {format_time(dt.time((hour + 1) % 24))}"


def _all_hours(hours: tuple[int, ...]) -> tuple[int, ...]:
    """From the first to the last, also those in which nothing was sold; over midnight too."""
    if not hours:
        return ()
    count = (hours[-1] - hours[0]) % 24 + 1
    return tuple((hours[0] + n) % 24 for n in range(count))


def _by_method(figures: DayFigures) -> ReportTable:
    shown = [one for one in figures.methods if one.count or one.refunded]
    return ReportTable(
        title=_("By payment method"),
        columns=(
            ReportColumn(_("Paid with"), share=1),
            ReportColumn(_("Payments"), "count", narrow=False),
            ReportColumn(_("Taken"), "amount"),
            ReportColumn(_("Given back"), "amount"),
            ReportColumn(_("Remains"), "amount"),
        ),
        rows=rows(
            *(
                (method_text(one.method), one.count, one.taken, -one.refunded, one.net)
                for one in shown
            )
        ),
        totals=(
            _("Total"),
            sum(one.count for one in shown),
            sum(one.taken for one in shown),
            -sum(one.refunded for one in shown),
            sum(one.net for one in shown),
        ),
        empty=_("Nothing was paid."),
        notes=_prepaid_notes(figures),
    )


def _prepaid_notes(figures: DayFigures) -> tuple[str, ...]:
    """How the money differs from the takings: what was paid ahead for orders, and used."""
    one = figures.prepaid
    if not (one.taken or one.used or one.back):
        return ()
    return (
        _(
            "With deposits for orders {taken}, less deposits used {used} and given back {back}."
        ).format(taken=rupiah(one.taken), used=rupiah(one.used), back=rupiah(one.back)),
    )


def _by_seller(sellers: tuple[SellerFigures, ...]) -> ReportTable:
    return ReportTable(
        title=_("By seller"),
        columns=(
            ReportColumn(_("Seller"), share=1),
            ReportColumn(_("Code")),
            ReportColumn(_("Pieces"), "count", narrow=False),
            ReportColumn(_("Gross"), "amount", narrow=False),
            ReportColumn(_("Commission"), "amount", narrow=False),
            ReportColumn(_("For the seller"), "amount"),
            ReportColumn(_("Due at the end"), "amount"),
        ),
        rows=rows(
            *(
                (one.name, one.code, one.pieces, one.gross, one.commission, one.share, one.due)
                for one in sellers
            )
        ),
        totals=(_("Total"), "", *_sums(sellers), sum(one.due or 0 for one in sellers)),
        empty=_("Nothing of any seller was sold, returned or paid out."),
        notes=(_("What came back is taken off."),),
    )


def group_table(title: str, what: str, groups: tuple[SellerFigures, ...]) -> ReportTable:
    """Clusters or categories: pieces, gross, commission, for the sellers."""
    return ReportTable(
        title=title,
        columns=(
            ReportColumn(what, share=1),
            ReportColumn(_("Pieces"), "count"),
            ReportColumn(_("Gross"), "amount"),
            ReportColumn(_("Commission"), "amount", narrow=False),
            ReportColumn(_("For sellers"), "amount", narrow=False),
        ),
        rows=rows(
            *((one.name, one.pieces, one.gross, one.commission, one.share) for one in groups)
        ),
        totals=(_("Total"), *_sums(groups)),
        empty=_("Nothing was sold or returned."),
        notes=(_("What came back is taken off."),) if groups else (),
    )


def _sums(figures: Iterable[SellerFigures]) -> tuple[int, int, int, int]:
    shown = tuple(figures)
    return (
        sum(one.pieces for one in shown),
        sum(one.gross for one in shown),
        sum(one.commission for one in shown),
        sum(one.share for one in shown),
    )
