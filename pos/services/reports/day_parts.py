"""The daily report's second half: discounts, what came back, the drawer, the best, what is left."""

from pos.formats import format_time
from pos.i18n import _
from pos.receipts.report import ReportColumn, ReportRow, ReportTable
from pos.services.queries.reports_day import DayFigures
from pos.services.reports.ask import pairs, rows
from pos.services.reports.words import bearer_text


def discounts(figures: DayFigures) -> ReportTable:
    """Who bore what."""
    lines = [
        (
            bearer_text(one.bearer),
            one.count,
            one.amount,
            one.seller_part,
            one.amount - one.seller_part,
        )
        for one in figures.bearers
    ]
    given = figures.bearers
    return ReportTable(
        title=_("Discounts, and who bore them"),
        columns=(
            ReportColumn(_("Borne by"), share=1),
            ReportColumn(_("Discounts"), "count", narrow=False),
            ReportColumn(_("Amount"), "amount"),
            ReportColumn(_("Seller's part"), "amount", narrow=False),
            ReportColumn(_("Stand's part"), "amount", narrow=False),
        ),
        rows=rows(*lines),
        totals=(
            _("Total"),
            sum(one.count for one in given),
            sum(one.amount for one in given),
            sum(one.seller_part for one in given),
            sum(one.amount - one.seller_part for one in given),
        ),
        empty=_("No discount was given."),
    )


def came_back(figures: DayFigures) -> ReportTable:
    """Returns and voids."""
    return ReportTable(
        title=_("Returns and cancelled sales"),
        columns=(
            ReportColumn(_("Paper")),
            ReportColumn(_("Receipt")),
            ReportColumn(_("Time"), narrow=False),
            ReportColumn(_("What")),
            ReportColumn(_("Reason"), share=1),
            ReportColumn(_("By"), narrow=False),
            ReportColumn(_("Given back"), "amount"),
        ),
        rows=rows(
            *(
                (
                    one.number,
                    one.sale,
                    format_time(one.at),
                    _("cancelled") if one.void else _("return"),
                    one.reason,
                    one.staff,
                    one.refunded,
                )
                for one in figures.back
            )
        ),
        totals=(_("Total"), "", "", "", "", "", figures.refunded),
        empty=_("Nothing came back and no sale was cancelled."),
    )


def openings(figures: DayFigures) -> ReportTable:
    """The drawer, opened without a sale."""
    return ReportTable(
        title=_("Drawer opened without a sale"),
        columns=(
            ReportColumn(_("Time")),
            ReportColumn(_("Reason"), share=2),
            ReportColumn(_("By"), share=1),
        ),
        rows=rows(*((format_time(one.at), one.reason, one.staff) for one in figures.openings)),
        empty=_("Never."),
    )


def cash(figures: DayFigures) -> ReportTable:
    """The drawers, from before the day to after it."""
    cash = figures.cash
    lines = [
        (_("Cash in the book before"), cash.opening),
        (_("Float brought from the office"), cash.brought),
        (_("Cash sales"), cash.taken),
        (_("Given back in cash"), -cash.refunded),
        (_("Payouts in cash"), -cash.payouts),
        (_("Cash in"), cash.cash_in),
        (_("Cash out"), -cash.cash_out),
        (_("To the office"), -cash.deposits),
        (_("Over (+) or short (-)"), cash.over_short),
    ]
    if cash.other:
        lines.append((_("Other cash, such as deposits on orders"), cash.other))
    table = pairs(_("Cash, from before to after"), _("What"), _("Amount"), *lines)
    return ReportTable(
        table.title,
        table.columns,
        (*table.rows, ReportRow((_("Cash in the book after"), cash.end), "total")),
    )


def closings(figures: DayFigures) -> ReportTable:
    """The Z reports."""
    return ReportTable(
        title=_("Closings (Z)"),
        columns=(
            ReportColumn(_("Number")),
            ReportColumn(_("Expected"), "amount"),
            ReportColumn(_("Counted"), "amount"),
            ReportColumn(_("Difference"), "amount"),
            ReportColumn(_("To the office"), "amount", narrow=False),
            ReportColumn(_("Stays"), "amount", narrow=False),
            ReportColumn(_("Reason"), share=1),
        ),
        rows=rows(
            *(
                (z.number, z.expected, z.counted, z.over_short, z.deposit, z.kept, z.reason)
                for z in figures.closings
            )
        ),
        empty=_("No shift of this day is closed."),
    )


def top(figures: DayFigures) -> ReportTable:
    """What brought most."""
    return ReportTable(
        title=_("Top ten"),
        columns=(
            ReportColumn(_("Item"), share=1),
            ReportColumn(_("Code")),
            ReportColumn(_("Seller"), narrow=False),
            ReportColumn(_("Pieces"), "count"),
            ReportColumn(_("Amount"), "amount"),
        ),
        rows=rows(
            *((one.name, one.code, one.seller_code, one.pieces, one.paid) for one in figures.top)
        ),
        empty=_("Nothing was sold."),
    )


def to_complete(figures: DayFigures) -> ReportTable:
    """What was sold before anybody entered it."""
    return ReportTable(
        title=_("Items to be completed"),
        columns=(
            ReportColumn(_("Item"), share=1),
            ReportColumn(_("Code")),
            ReportColumn(_("Seller")),
            ReportColumn(_("Price"), "amount"),
        ),
        rows=rows(
            *((one.name, one.code, one.seller_code, one.price) for one in figures.to_complete)
        ),
        empty=_("All items are complete."),
    )
