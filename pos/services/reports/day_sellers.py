"""The sellers' day: one line a seller, and a slip to tear off for each."""

import datetime as dt
from collections import defaultdict

import msgspec
from sqlalchemy import bindparam, select, union_all

from pos.clock import local
from pos.formats import format_time
from pos.i18n import _
from pos.models.prepared import Prepared
from pos.models.returns import return_lines, returns
from pos.models.sales import sale_lines, sales
from pos.models.stands import tills
from pos.receipts.report import Report, ReportColumn, ReportTable
from pos.receipts.reports_sellers import SellerFigures
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.periods import within
from pos.services.queries.reports import SellerName, seller_figures
from pos.services.reports.ask import Ask, pairs, rows


class SoldLine(msgspec.Struct, frozen=True):
    """A line of a seller's day (rupiah, pieces); what came back is negative."""

    at: dt.datetime
    paper: str
    name: str
    pieces: int
    paid: int
    share: int


_back_to = sale_lines.alias("back_to")
_lines = Prepared(
    union_all(
        select(
            sales.c.at,
            tills.c.prefix,
            sales.c.number,
            sale_lines.c.seller_id,
            sale_lines.c.name,
            sale_lines.c.qty,
            sale_lines.c.paid,
            sale_lines.c.share,
            sale_lines.c.id,
        )
        .select_from(
            sales.join(sale_lines, sale_lines.c.sale_id == sales.c.id).join(
                tills, tills.c.till_no == sales.c.till_no
            )
        )
        .where(sales.c.stand_id == bindparam("stand_id"), within(sales.c.business_date)),
        select(
            returns.c.at,
            bindparam("letter"),
            returns.c.number,
            return_lines.c.seller_id,
            _back_to.c.name,
            -return_lines.c.qty,
            -return_lines.c.paid,
            -return_lines.c.share,
            return_lines.c.id,
        )
        .select_from(
            returns.join(return_lines, return_lines.c.return_id == returns.c.id).join(
                _back_to, _back_to.c.id == return_lines.c.line_id
            )
        )
        .where(returns.c.stand_id == bindparam("stand_id"), within(returns.c.business_date)),
    )
)


def sellers_day(ask: Ask) -> Report:
    """One line a seller with something sold, returned, paid out or made good."""
    sellers = [one for _name, one in seller_figures(ask.cursor, ask.stand_id, ask.period)]
    shown = [one for one in sellers if _has_moved(one)]
    table = ReportTable(
        title="",
        columns=(
            ReportColumn(_("Seller"), share=1),
            ReportColumn(_("Code")),
            ReportColumn(_("Pieces"), "count"),
            ReportColumn(_("Gross"), "amount", narrow=False),
            ReportColumn(_("For the seller"), "amount"),
            ReportColumn(_("Paid out"), "amount", narrow=False),
            ReportColumn(_("Due at the end"), "amount"),
        ),
        rows=rows(
            *(
                (one.name, one.code, one.pieces, one.gross, one.share, one.paid_out, one.due)
                for one in shown
            )
        ),
        totals=(
            _("{count} sellers").format(count=len(shown)),
            "",
            sum(one.pieces for one in shown),
            sum(one.gross for one in shown),
            sum(one.share for one in shown),
            sum(one.paid_out for one in shown),
            sum(one.due or 0 for one in shown),
        ),
        empty=_("Nothing of any seller was sold, returned or paid out."),
    )
    return ask.report(_("Sellers of the day"), "", table)


def seller_slips(ask: Ask) -> tuple[Report, ...]:
    """A slip for each seller of whose goods something was sold or came back, by workshop."""
    found = _sold(ask)
    slips = [
        _slip(ask, name, figures, found[name.seller_id])
        for name, figures in seller_figures(ask.cursor, ask.stand_id, ask.period)
        if name.seller_id in found
    ]
    return tuple(slips)


def _sold(ask: Ask) -> dict[int, list[SoldLine]]:
    found: dict[int, list[SoldLine]] = defaultdict(list)
    bounds = {**ask.period.bounds(ask.stand_id), "letter": LETTERS["return"]}
    for row in sorted(_lines.all(ask.cursor, **bounds), key=lambda row: (row[0], row[-1])):
        at, prefix, number, seller_id, name, pieces, paid, share, _id = row
        paper = paper_number(prefix, number)
        line = SoldLine(local(at, ask.zone), paper, name, pieces, paid, share)
        found[seller_id].append(line)
    return found


def _slip(ask: Ask, name: SellerName, figures: SellerFigures, lines: list[SoldLine]) -> Report:
    sold = ReportTable(
        title=_("What was sold"),
        columns=(
            ReportColumn(_("Time")),
            ReportColumn(_("Item"), share=1),
            ReportColumn(_("Paper"), narrow=False),
            ReportColumn(_("Pieces"), "count"),
            ReportColumn(_("Amount"), "amount"),
            ReportColumn(_("For the seller"), "amount"),
        ),
        rows=rows(
            *(
                (format_time(line.at), line.name, line.paper, line.pieces, line.paid, line.share)
                for line in lines
            )
        ),
        totals=(
            "",
            _("Total"),
            "",
            sum(line.pieces for line in lines),
            sum(line.paid for line in lines),
            sum(line.share for line in lines),
        ),
    )
    account = pairs(
        _("Account"),
        _("What"),
        _("Amount"),
        (_("For the seller"), figures.share),
        (_("For losses"), figures.losses),
        *(((_("Deposits kept"), figures.kept),) if figures.kept else ()),
        (_("Paid out"), -figures.paid_out),
        (_("Due at the end"), figures.due or 0),
    )
    return ask.report(name.workshop, name.code, sold, account)


def _has_moved(one: SellerFigures) -> bool:
    return bool(one.pieces or one.returned or one.share or one.paid_out or one.compensation)
