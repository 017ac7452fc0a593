"""From a shift's figures, a move of money or a return to its paper."""

import msgspec

from pos.events import ShiftClosed
from pos.receipts.documents_consignment import PaperHead
from pos.receipts.documents_shift import (
    CountedMoney,
    MethodTotal,
    ShiftPaper,
    UncheckedTotal,
)
from pos.services.queries.shifts import OpenPayment, OpenShift, ShiftFigures


def shift_paper(
    head: PaperHead, shift: OpenShift, figures: ShiftFigures, *, blind: bool = False
) -> ShiftPaper:
    """An X report; `blind` leaves out what tells how much the drawer should hold."""
    return ShiftPaper(
        head=head,
        kind="x",
        opened_at_local=shift.opened_at.replace(microsecond=0, tzinfo=None).isoformat(),
        opened_by=shift.opened_by,
        day=shift.business_date.isoformat(),
        sales=figures.sales,
        pieces=figures.pieces,
        subtotal=figures.subtotal,
        seller_discounts=figures.seller_discounts,
        stand_discounts=figures.stand_discounts,
        rounding=figures.rounding,
        paid=figures.paid,
        commission=figures.commission,
        returns=figures.returns,
        voids=figures.voids,
        returned=figures.returned,
        methods=tuple(MethodTotal(m.method, m.count, m.taken, m.refunded) for m in figures.methods),
        opening=figures.opening,
        payouts_cash=figures.payouts_cash,
        cash_in=figures.cash_in,
        cash_out=figures.cash_out,
        deposits=figures.deposits,
        drawer_openings=figures.drawer_openings,
        expected_cash=None if blind else figures.expected_cash,
        prepaid_taken=figures.prepaid.taken,
        prepaid_used=figures.prepaid.used,
        prepaid_back=figures.prepaid.back,
        early_sales=figures.early_sales,
        early_paid=figures.early_paid,
        early_cash=figures.early_cash,
    )


def closing_paper(
    head: PaperHead,
    shift: OpenShift,
    figures: ShiftFigures,
    event: ShiftClosed,
    left_open: tuple[OpenPayment, ...],
) -> ShiftPaper:
    """The Z report of a closing."""
    counted: dict[str, int] = {m.method: m.counted for m in event.methods}
    so_far = shift_paper(head, shift, figures)
    return msgspec.structs.replace(
        so_far,
        kind="z",
        methods=tuple(
            msgspec.structs.replace(m, counted=counted.get(m.method)) for m in so_far.methods
        ),
        counted=tuple(CountedMoney(c.value, c.coin, c.pieces) for c in event.counted if c.pieces),
        counted_cash=counted["cash"],
        over_short=event.over_short,
        reason=event.reason,
        deposit=event.deposit,
        kept=event.left,
        left_open=tuple(UncheckedTotal(p.number, p.method, p.amount, p.staff) for p in left_open),
    )
