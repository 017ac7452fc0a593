"""The month: day by day, beside the month before and the same one last year, offline and online."""

import datetime as dt
from collections.abc import Callable

from pos.formats import format_month
from pos.i18n import _
from pos.money import div_round
from pos.receipts.charts import BarChart, Series
from pos.receipts.report import Report, ReportColumn, ReportTable
from pos.services.queries.periods import Period
from pos.services.queries.reports import category_figures, cluster_figures, seller_figures
from pos.services.queries.reports_month import (
    DaySums,
    OnlineFigures,
    daily_sums,
    online_figures,
)
from pos.services.reports.ask import Ask, rows
from pos.services.reports.day import group_table
from pos.services.reports.words import channel_text

Days = tuple[DaySums, ...]


def month_report(ask: Ask) -> Report:
    """The month that the period begins in."""
    period = Period.of_month(ask.period.since)
    before = Period.of_month(period.since - dt.timedelta(days=1))
    last_year = Period.of_month(period.since.replace(year=period.since.year - 1))
    this, previous, earlier = (
        daily_sums(ask.cursor, ask.stand_id, one) for one in (period, before, last_year)
    )
    sellers = seller_figures(ask.cursor, ask.stand_id, period)
    clusters = tuple(one for one in cluster_figures(sellers) if one.pieces or one.returned)
    none = _("Without a category")
    categories = category_figures(ask.cursor, ask.stand_id, period, none)
    return ask.report(
        _("Month report"),
        "",
        _comparison(this, previous, earlier),
        _by_day(this, previous),
        _channels(this, online_figures(ask.cursor, ask.stand_id, period)),
        group_table(_("By cluster"), _("Cluster"), clusters),
        group_table(_("By category"), _("Category"), categories),
    )


def _comparison(this: Days, before: Days, last_year: Days) -> ReportTable:
    figures: tuple[tuple[str, Callable[[Days], int]], ...] = (
        (_("Sales"), lambda days: _sum(days, "sales")),
        (_("Pieces sold"), lambda days: _sum(days, "pieces")),
        (_("Gross"), lambda days: _sum(days, "gross")),
        (_("Discounts"), lambda days: _sum(days, "discounts")),
        (_("Given back"), lambda days: _sum(days, "refunded")),
        (_("Takings"), lambda days: _sum(days, "net")),
        (_("A sale on average"), _average),
        (_("Commission earned"), lambda days: _sum(days, "commission")),
    )
    lines = [(what, come(this), come(before), come(last_year)) for what, come in figures]
    return ReportTable(
        title=_("Beside other months"),
        columns=(
            ReportColumn(_("What"), share=1),
            ReportColumn(_month(this), "amount"),
            ReportColumn(_month(before), "amount"),
            ReportColumn(_("Growth"), "percent"),
            ReportColumn(_month(last_year), "amount"),
            ReportColumn(_("Growth"), "percent"),
        ),
        rows=rows(
            *(
                (what, now, then, change(now, then), once, change(now, once))
                for what, now, then, once in lines
            )
        ),
    )


def change(now: int, then: int) -> int | None:
    """By how much something grew, in basis points; None where it was nothing before."""
    return div_round((now - then) * 10_000, then) if then > 0 else None


def _month(days: Days) -> str:
    return format_month(days[0].day)


def _sum(days: Days, name: str) -> int:
    return sum(int(getattr(day, name)) for day in days)


def _average(days: Days) -> int:
    sales = _sum(days, "sales")
    return div_round(_sum(days, "paid"), sales) if sales else 0


def _by_day(this: Days, before: Days) -> ReportTable:
    then = {day.day.day: day.net for day in before}
    chart = BarChart(
        title=_("Takings by day"),
        labels=tuple(str(day.day.day) for day in this),
        series=(
            Series(_month(this), tuple(day.net for day in this)),
            Series(_month(before), tuple(then.get(day.day.day, 0) for day in this)),
        ),
    )
    return ReportTable(
        title=_("Day by day"),
        columns=(
            ReportColumn(_("Day"), "date", share=1),
            ReportColumn(_("Sales"), "count", narrow=False),
            ReportColumn(_("Pieces"), "count", narrow=False),
            ReportColumn(_("Gross"), "amount", narrow=False),
            ReportColumn(_("Discounts"), "amount", narrow=False),
            ReportColumn(_("Given back"), "amount", narrow=False),
            ReportColumn(_("Takings"), "amount"),
        ),
        rows=rows(
            *(
                (
                    day.day.isoformat(),
                    day.sales or None,
                    day.pieces or None,
                    day.gross or None,
                    -day.discounts or None,
                    -day.refunded or None,
                    day.net or None,
                )
                for day in this
            )
        ),
        totals=(
            _("Total"),
            _sum(this, "sales"),
            _sum(this, "pieces"),
            _sum(this, "gross"),
            -_sum(this, "discounts"),
            -_sum(this, "refunded"),
            _sum(this, "net"),
        ),
        chart=chart,
    )


def _channels(this: Days, online: tuple[OnlineFigures, ...]) -> ReportTable:
    """Offline is what the stand sold; online what sellers took back because it was sold there."""
    offline = (_sum(this, "pieces"), _sum(this, "net"))
    whole = offline[1] + sum(one.told for one in online)

    def part(amount: int) -> int | None:
        return div_round(amount * 10_000, whole) if whole > 0 else None

    shown = [
        (_("Offline: at the stand"), *offline, None, part(offline[1])),
        *(
            (
                _("Online: {channel}").format(channel=channel_text(one.channel)),
                one.pieces,
                one.told,
                one.untold or None,
                part(one.told),
            )
            for one in online
        ),
    ]
    return ReportTable(
        title=_("Offline and online"),
        columns=(
            ReportColumn(_("Where"), share=1),
            ReportColumn(_("Pieces"), "count"),
            ReportColumn(_("Amount"), "amount"),
            ReportColumn(_("Pieces without a price told"), "count", narrow=False),
            ReportColumn(_("Part"), "percent"),
        ),
        rows=rows(*shown),
        totals=(
            _("Total"),
            sum(int(one[1] or 0) for one in shown),
            whole,
            sum(one.untold for one in online) or None,
            None,
        ),
        notes=(
            _(
                "Online: goods that sellers took back with the reason “sold online”, "
                "at the price that they told."
            ),
        ),
    )
