"""What the table of Cek titipan shows for each view: columns, rows, sums."""

from typing import TYPE_CHECKING, Final

from pos.formats import format_date
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.slips_account import kind_of_line
from pos.ui.sellers.words import figure, line_name, method_text, moment, percent_text
from pos.ui.widgets.columns import Line, TableColumn

if TYPE_CHECKING:
    from pos.services.queries.statement import StatementLine
    from pos.ui.check.presenter import Mine

_CARRIED: Final = -1
_TOTAL: Final = -2


def columns_of(mine: "Mine") -> tuple[TableColumn, ...]:
    """The heads for the view."""
    if mine.view == "shelf":
        return (
            TableColumn(_("Code"), 1.6, tone="muted"),
            TableColumn(_("Item"), 4, tone="name"),
            TableColumn(_("Price"), 1.6, right=True),
            TableColumn(_("On the shelf"), 1.5, right=True, tone="strong"),
        )
    if mine.view == "payouts":
        return (
            TableColumn(_("Slip"), 1.6, tone="name"),
            TableColumn(_("Date"), 2, tone="muted"),
            TableColumn(_("Paid by way of"), 3, tone="muted"),
            TableColumn(_("Amount"), 1.6, right=True, tone="strong"),
        )
    rate = common_rate(mine)
    commission = _("Stand's part {rate}%").format(rate=rate) if rate else _("Stand's part")
    return (
        TableColumn(_("Time"), 1.6, tone="muted"),
        TableColumn(_("Item"), 2.75, tone="name"),
        TableColumn(_("Receipt"), 1.4, tone="muted"),
        TableColumn(_("Price sold"), 1.25, right=True),
        TableColumn(commission, 1.65, right=True, tone="muted"),
        TableColumn(_("Your part"), 1.35, right=True, tone="strong"),
    )


def lines_of(mine: "Mine") -> tuple[Line, ...]:
    """The rows of the view."""
    if mine.view == "shelf":
        return tuple(
            Line(one.item_id, (one.code, one.name, rupiah(one.price), thousands(one.on_hand)))
            for one in mine.shelf
        )
    if mine.view == "payouts":
        return tuple(
            Line(
                one.payout_id,
                (
                    one.number,
                    format_date(one.business_date),
                    f"{method_text(one.method)}, {kind_of_line('undo')}"
                    if one.undone
                    else method_text(one.method),
                    rupiah(one.amount),
                ),
                faded=one.undone,
            )
            for one in mine.payouts
        )
    rows = tuple(_sold(line) for line in mine.lines)
    return (*rows, _carried(mine)) if mine.carried and not mine.more else rows


def total_of(mine: "Mine") -> Line | None:
    """The sums under the lines sold; of all lines, also those not loaded yet."""
    if mine.view in {"shelf", "payouts"} or not (mine.lines or mine.carried):
        return None
    sums = mine.sums
    kept = _kept(sums.commission, sums.stand_discount)
    cells = (figure(sums.price), kept, figure(sums.amount))
    said = _("Sum")
    if sums.stand_discount:
        said = _("Sum; the stand bore {amount} of discounts").format(
            amount=figure(sums.stand_discount)
        )
    return Line(_TOTAL, ("", said, "", *cells), total=True)


def empty_sentence(mine: "Mine") -> str:
    """Why there are no rows."""
    if mine.reading:
        return _("The lines are being read ...")
    sentences = {
        "today": _("Nothing was sold today yet."),
        "month": _("Nothing was sold this month yet."),
        "payout": _("Nothing was sold since the last payout."),
        "shelf": _("None of your goods are on the shelf."),
        "payouts": _("Nothing has been paid out yet."),
    }
    return sentences.get(mine.view, _("Nothing was sold yet."))


def common_rate(mine: "Mine") -> str:
    """The percentage that all lines in view bear, "" where they differ or it isn't one."""
    terms = mine.terms
    if terms is None or terms.kind != "percent":
        return ""
    for line in mine.lines:
        base = line.price + line.stand_discount
        apart = abs(line.commission * 10_000 - base * terms.rate_bp)
        if apart > 10_000 and line.price:
            return ""
    return percent_text(terms.rate_bp)


def _sold(line: "StatementLine") -> Line:
    return Line(
        line.line_id,
        (
            moment(line.at),
            line_name(line),
            line.paper,
            figure(line.price),
            _kept(line.commission, line.stand_discount),
            figure(line.amount),
        ),
    )


def _kept(commission: int, stand_discount: int) -> str:
    """The stand's part, less what it bore of a discount: with the seller's, what was paid."""
    if not stand_discount:
        return figure(commission)
    plus = "+" if stand_discount < 0 else ""
    return f"{figure(commission)} {plus}{figure(-stand_discount)}"


def _carried(mine: "Mine") -> Line:
    number = mine.last.number if mine.last else ""
    said = _("Carried over from {number}").format(number=number) if number else _("Carried over")
    return Line(_CARRIED, ("", said, number, "", "", figure(mine.carried)))


def beside_text(mine: "Mine") -> str:
    """What the figures above leave out: money lent for material, and what other stands sold."""
    lent = _("Advance for material: {amount}, to be set off when those orders are handed over.")
    parts = [lent.format(amount=rupiah(mine.lent))] if mine.lent else []
    return "\n".join([*parts, *filter(None, [mine.elsewhere])])
