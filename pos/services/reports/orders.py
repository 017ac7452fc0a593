"""Orders: what is open with its deposits, what is late by maker, the orders of each month."""

from pos.formats import format_month
from pos.i18n import _
from pos.receipts.charts import BarChart, Series
from pos.receipts.report import Report, ReportColumn, ReportTable
from pos.receipts.slips_orders import state_text
from pos.services.queries.reports_orders import (
    OpenOrder,
    deposits_by_ledger,
    open_orders,
    orders_by_month,
)
from pos.services.reports.ask import Ask, rows


def open_report(ask: Ask) -> Report:
    """Open orders at the end of the day, with the deposits that the ledger must have, too."""
    day = ask.period.until
    found = open_orders(ask.cursor, ask.stand_id, day)
    ledger = deposits_by_ledger(ask.cursor, ask.stand_id, day)
    held = sum(one.held for one in found)
    table = ReportTable(
        title=_("Open orders"),
        columns=(
            ReportColumn(_("Promised for"), "date"),
            ReportColumn(_("Order")),
            ReportColumn(_("Customer"), share=1),
            ReportColumn(_("Who makes it"), share=1, narrow=False),
            ReportColumn(_("State"), narrow=False),
            ReportColumn(_("Days late"), "count", narrow=False),
            ReportColumn(_("Worth"), "amount", narrow=False),
            ReportColumn(_("Deposit held"), "amount"),
            ReportColumn(_("Still to pay"), "amount", narrow=False),
        ),
        rows=rows(
            *(
                (
                    one.promised.isoformat(),
                    one.number,
                    one.customer,
                    f"{one.seller_code} {one.workshop}",
                    state_text(one.state),
                    one.late or None,
                    one.left,
                    one.held,
                    max(0, one.left - one.held),
                )
                for one in found
            )
        ),
        totals=(
            None,
            "",
            _("Total"),
            "",
            "",
            None,
            sum(one.left for one in found),
            held,
            sum(max(0, one.left - one.held) for one in found),
        ),
        empty=_("No order was open."),
        notes=(_ledger_note(held, ledger),),
    )
    return ask.report(_("Open orders"), "", table, _late(found))


def _ledger_note(held: int, ledger: int) -> str:
    if held == ledger:
        return _("The ledger's account of deposits says the same.")
    return _(
        "THE LEDGER SAYS {amount}. The book is damaged: check it with “titip verify” and restore "
        "a backup."
    ).format(amount=ledger)


def _late(found: tuple[OpenOrder, ...]) -> ReportTable:
    makers: dict[str, list[OpenOrder]] = {}
    for one in found:
        makers.setdefault(f"{one.seller_code} {one.workshop}", []).append(one)
    late = [(name, [one for one in mine if one.late], len(mine)) for name, mine in makers.items()]
    return ReportTable(
        title=_("Late, by maker"),
        columns=(
            ReportColumn(_("Who makes it"), share=1),
            ReportColumn(_("Open"), "count"),
            ReportColumn(_("Late"), "count"),
            ReportColumn(_("Days late at most"), "count"),
            ReportColumn(_("Orders"), share=1, narrow=False),
        ),
        rows=rows(
            *(
                (
                    name,
                    count,
                    len(mine),
                    max(one.late for one in mine),
                    ", ".join(one.number for one in mine),
                )
                for name, mine, count in sorted(late, key=lambda entry: -len(entry[1]))
                if mine
            )
        ),
        empty=_("Nothing was late."),
    )


def months_report(ask: Ask) -> Report:
    """The orders of a year, month by month, and what became of them."""
    found = orders_by_month(ask.cursor, ask.stand_id, ask.period)
    names = tuple(format_month(one.month) for one in found)
    figures = [
        (
            one.taken,
            one.handed,
            one.open,
            one.cancelled,
            one.worth,
            one.deposits,
            one.used,
            one.returned,
            one.kept,
        )
        for one in found
    ]
    chart = BarChart(
        title=_("Orders taken"),
        labels=names,
        series=(Series(_("Orders taken"), tuple(one.taken for one in found)),),
    )
    table = ReportTable(
        title=_("Orders by month"),
        columns=(
            ReportColumn(_("Month"), share=1),
            ReportColumn(_("Taken"), "count"),
            ReportColumn(_("Handed over"), "count"),
            ReportColumn(_("Open"), "count"),
            ReportColumn(_("Cancelled"), "count"),
            ReportColumn(_("Worth"), "amount"),
            ReportColumn(_("Deposits"), "amount", narrow=False),
            ReportColumn(_("of these used"), "amount", narrow=False),
            ReportColumn(_("given back"), "amount", narrow=False),
            ReportColumn(_("kept"), "amount", narrow=False),
        ),
        rows=rows(*((name, *row) for name, row in zip(names, figures, strict=True))),
        totals=(_("Total"), *(sum(column) for column in zip(*figures, strict=True))),
        chart=chart if len(found) > 1 else None,
        empty=_("No order was taken in this period."),
    )
    return ask.report(_("Orders by month"), "", table)
