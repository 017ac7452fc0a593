"""Offline and online by month, seller and cluster, as the makers' chairmen quote it."""

from pos.formats import format_month
from pos.i18n import _
from pos.money import div_round
from pos.receipts.charts import BarChart, Series
from pos.receipts.report import Report, ReportColumn, ReportTable
from pos.services.queries.reports_online import CHANNELS, Oversold, Share, online_shares, oversold
from pos.services.reports.ask import Ask, rows
from pos.services.reports.words import channel_text

Shown = tuple[tuple[str, Share], ...]


def online_report(ask: Ask) -> Report:
    """A year: what the stand sold, what sellers sold elsewhere, in pieces and in rupiah."""
    found = online_shares(ask.cursor, ask.stand_id, ask.period)
    months = tuple((format_month(one.month), one) for one in found.months if one.month)
    sellers = tuple((f"{one.code} {one.name}", one) for one in found.sellers)
    clusters = tuple((one.name, one) for one in found.clusters)
    chart = BarChart(
        title=_("Pieces sold"),
        labels=tuple(name for name, _one in months),
        series=(
            Series(_("Offline: at the stand"), tuple(one.offline_pieces for _n, one in months)),
            Series(_("Online"), tuple(one.online_pieces for _n, one in months)),
        ),
    )
    return ask.report(
        _("Offline and online"),
        "",
        _table(_("By month"), _("Month"), months, chart if len(months) > 1 else None),
        _table(_("By cluster"), _("Cluster"), clusters),
        _table(_("By seller"), _("Seller"), sellers),
        _too_much(oversold(ask.cursor, ask.stand_id)),
    )


def part_of(one: Share) -> int | None:
    """The online part of the pieces, in basis points; None where nothing was sold."""
    whole = one.offline_pieces + one.online_pieces
    return div_round(one.online_pieces * 10_000, whole) if whole > 0 else None


def _table(title: str, what: str, shown: Shown, chart: BarChart | None = None) -> ReportTable:
    sums = Share(
        _("Total"),
        "",
        None,
        sum(one.offline_pieces for _name, one in shown),
        sum(one.offline for _name, one in shown),
        tuple(sum(one.channels[at] for _name, one in shown) for at in range(len(CHANNELS))),
        sum(one.online for _name, one in shown),
        sum(one.untold for _name, one in shown),
    )
    return ReportTable(
        title=title,
        columns=(
            ReportColumn(what, share=1),
            ReportColumn(_("Offline"), "count"),
            *(ReportColumn(channel_text(one), "count", narrow=False) for one in CHANNELS),
            ReportColumn(_("Online"), "count"),
            ReportColumn(_("Online part"), "percent"),
            ReportColumn(_("Offline (Rp)"), "amount", narrow=False),
            ReportColumn(_("Online (Rp), as told"), "amount", narrow=False),
        ),
        rows=rows(*(_cells(name, one) for name, one in shown)),
        totals=_cells(_("Total"), sums),
        chart=chart,
        empty=_("Nothing was sold in this period."),
        notes=(_("{count} pieces sold online have no price told.").format(count=sums.untold),)
        if sums.untold
        else (),
    )


def _cells(name: str, one: Share) -> tuple[str | int | None, ...]:
    return (
        name,
        one.offline_pieces,
        *one.channels,
        one.online_pieces,
        part_of(one),
        one.offline,
        one.online,
    )


def _too_much(found: tuple[Oversold, ...]) -> ReportTable:
    return ReportTable(
        title=_("Sold more than was taken in"),
        columns=(
            ReportColumn(_("Code")),
            ReportColumn(_("Item"), share=1),
            ReportColumn(_("Seller")),
            ReportColumn(_("Taken in"), "count"),
            ReportColumn(_("Offline"), "count"),
            ReportColumn(_("Online"), "count"),
        ),
        rows=rows(
            *(
                (one.code, one.name, one.seller_code, one.taken_in, one.offline, one.online)
                for one in found
            )
        ),
        empty=_("None: of no item was more sold, here and online, than was taken in."),
        notes=(_("Count these: pieces came that nobody wrote down."),) if found else (),
    )
