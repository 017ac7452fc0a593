"""Papers of the drawer's day: X and Z reports, money moved by hand, returns."""

from collections.abc import Iterator

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.documents_shift import (
    CashMoveSlip,
    ReturnedPiece,
    ReturnSlip,
    ShiftPaper,
)
from pos.receipts.slip import (
    Signature,
    Slip,
    SlipColumn,
    SlipRow,
    Sum,
    copy_marks,
    day_text,
    moment_text,
)
from pos.terbilang import rupiah_in_words

SHORT_HASH = 16


def method_text(method: str) -> str:
    """A payment method in words; an unknown one as it is."""
    names = {
        "cash": _("Cash"),
        "qris": _("QRIS"),
        "transfer": _("Bank transfer"),
        "card": _("Card"),
        "deposit": _("Deposit held"),
    }
    return names.get(method, method)


def shift_papers(paper: ShiftPaper) -> tuple[Slip, ...]:
    """The X or the Z, section by section."""
    closed = paper.kind == "z"
    sums = (*_sales(paper), *_methods(paper), *_prepaid(paper), *_cash(paper), *_close(paper))
    notes = [_("Reason: {reason}").format(reason=paper.reason)] if paper.reason else []
    if paper.head.entry_hash:
        short = paper.head.entry_hash[:SHORT_HASH]
        notes.append(_("Journal: {hash}").format(hash=" ".join(_groups(short))))
    return (
        Slip(
            head=paper.head,
            title=_("Z report: till closed") if closed else _("X report: so far"),
            marks=copy_marks(paper.head),
            facts=(
                (_("Business day"), day_text(paper.day)),
                (_("Opened"), f"{moment_text(paper.opened_at_local)} · {paper.opened_by}"),
            ),
            sums=sums,
            notes=tuple(notes),
            signatures=(Signature(_("Cashier"), paper.head.staff), Signature(_("Manager")))
            if closed
            else (),
        ),
    )


def _groups(digits: str) -> Iterator[str]:
    """In fours, so that two papers can be compared by eye."""
    return (digits[start : start + 4] for start in range(0, len(digits), 4))


def _heading(text: str) -> Sum:
    return Sum(text.upper(), "", strong=True)


def _sales(paper: ShiftPaper) -> Iterator[Sum]:
    yield _heading(_("Sales"))
    yield Sum(_("Sales, pieces"), f"{thousands(paper.sales)}, {thousands(paper.pieces)}")
    if paper.early_sales:
        yield Sum(_("of these before the opening"), thousands(paper.early_sales))
    if paper.returns or paper.voids:
        yield Sum(_("Returns, cancelled"), f"{paper.returns}, {paper.voids}")
    if paper.blind:
        # Sold, less what came by the other ways, is the cash: so none of it stands here.
        return
    yield Sum(_("Before discounts"), rupiah(paper.subtotal))
    if paper.seller_discounts:
        yield Sum(_("Discounts borne by sellers"), rupiah(-paper.seller_discounts))
    if paper.stand_discounts:
        yield Sum(_("Discounts borne by the stand"), rupiah(-paper.stand_discounts))
    if paper.rounding:
        yield Sum(_("Rounding"), rupiah(paper.rounding))
    yield Sum(_("Sold"), rupiah(paper.paid), strong=True)
    if paper.returned:
        yield Sum(_("Given back"), rupiah(-paper.returned))
    yield Sum(_("Commission of the stand"), rupiah(paper.commission))


def _methods(paper: ShiftPaper) -> Iterator[Sum]:
    yield _heading(_("Payments"))
    for method in paper.methods:
        label = f"{method_text(method.method)} ({thousands(method.count)})"
        if method.method == "cash" and paper.blind:
            yield Sum(label, _("after the count"))
            continue
        yield Sum(label, rupiah(method.expected))
        if method.counted is not None and method.method != "cash":
            difference = method.counted - method.expected
            if difference:
                yield Sum(
                    _("  counted {amount}").format(amount=rupiah(method.counted)),
                    rupiah(difference),
                )


def _prepaid(paper: ShiftPaper) -> Iterator[Sum]:
    """What of the payments is no turnover, and what of the turnover was paid earlier."""
    if paper.blind:
        return
    figures = (
        (_("Deposits for orders"), paper.prepaid_taken),
        (_("Deposits used at hand-over"), -paper.prepaid_used),
        (_("Deposits given back"), -paper.prepaid_back),
    )
    if any(amount for _label, amount in figures):
        yield _heading(_("Orders"))
    for label, amount in figures:
        if amount:
            yield Sum(label, rupiah(amount))


def _cash(paper: ShiftPaper) -> Iterator[Sum]:
    yield _heading(_("Drawer"))
    cash = next((m for m in paper.methods if m.method == "cash"), None)
    if not paper.blind:
        yield Sum(_("Opening float"), rupiah(paper.opening))
        if paper.early_cash:
            yield Sum(_("In it from before the opening"), rupiah(-paper.early_cash))
        if cash is not None:
            yield Sum(_("Sold in cash"), rupiah(cash.taken))
            if cash.refunded:
                yield Sum(_("Given back in cash"), rupiah(-cash.refunded))
    for label, amount in (
        (_("Cash in"), paper.cash_in),
        (_("Cash out"), -paper.cash_out),
        (_("To the office"), -paper.deposits),
        (_("Paid to sellers"), -paper.payouts_cash),
    ):
        if amount:
            yield Sum(label, rupiah(amount))
    if paper.drawer_openings:
        yield Sum(_("Drawer opened without a sale"), thousands(paper.drawer_openings))
    if paper.expected_cash is not None:
        yield Sum(_("Should be there"), rupiah(paper.expected_cash), strong=True)


def _close(paper: ShiftPaper) -> Iterator[Sum]:
    if paper.kind != "z":
        return
    yield _heading(_("Count"))
    for line in paper.counted:
        coin = _("coin") + " " if line.coin else ""
        label = f"{coin}{thousands(line.value)} x {thousands(line.pieces)}"
        yield Sum(label, rupiah(line.value * line.pieces))
    if paper.counted_cash is not None:
        yield Sum(_("Counted"), rupiah(paper.counted_cash), strong=True)
    yield Sum(_over_short(paper.over_short), rupiah(paper.over_short), strong=True)
    yield Sum(_("To the office"), rupiah(paper.deposit))
    yield Sum(_("Float for tomorrow"), rupiah(paper.kept))
    if paper.left_open:
        yield _heading(_("Not checked yet"))
        for payment in paper.left_open:
            yield Sum(f"{payment.number} {method_text(payment.method)}", rupiah(payment.amount))
            if payment.staff:
                yield Sum(_("  looked after by {name}").format(name=payment.staff), "")


def _over_short(amount: int) -> str:
    if amount == 0:
        return _("No difference")
    return _("Too much") if amount > 0 else _("Too little")


def cash_move_slips(slip: CashMoveSlip) -> tuple[Slip, ...]:
    """Money moved by hand, signed by who gave and who took it."""
    titles = {"in": _("Cash in"), "out": _("Cash out"), "deposit": _("Cash to the office")}
    return (
        Slip(
            head=slip.head,
            title=titles[slip.kind],
            marks=copy_marks(slip.head),
            facts=((_("For"), slip.reason),),
            sums=(Sum(_("Amount"), rupiah(slip.amount), strong=True),),
            words=rupiah_in_words(slip.amount),
            signatures=(Signature(_("Given by")), Signature(_("Taken by"))),
        ),
    )


def return_slips(slip: ReturnSlip) -> tuple[Slip, ...]:
    """What came back and what was given for it, signed by the buyer."""
    facts = [(_("Receipt"), slip.sale_number)]
    if slip.reason:
        facts.append((_("Reason"), slip.reason))
    if slip.approved_by:
        facts.append((_("Allowed by"), slip.approved_by))
    sums = [Sum(_("Rounding"), rupiah(slip.rounding))] if slip.rounding else []
    sums += [Sum(method_text(method), rupiah(amount)) for method, amount in slip.refunds]
    sums.append(Sum(_("Given back"), rupiah(slip.refunded), strong=True))
    return (
        Slip(
            head=slip.head,
            title=_("Sale cancelled") if slip.void else _("Return"),
            marks=copy_marks(slip.head),
            facts=tuple(facts),
            columns=(
                SlipColumn(_("Item"), width=1),
                SlipColumn(_("Code")),
                SlipColumn(_("Qty"), "right"),
                SlipColumn(_("Paid price"), "right"),
            ),
            rows=tuple(_came_back(line) for line in slip.lines),
            sums=tuple(sums),
            words=rupiah_in_words(slip.refunded),
            signatures=(Signature(_("Received by")), Signature(_("Paid by"), slip.head.staff)),
        ),
    )


def _came_back(line: ReturnedPiece) -> SlipRow:
    damaged = "" if line.to_shelf else _("damaged")
    return SlipRow(
        cells=(
            f"{line.name}\n{damaged}" if damaged else line.name,
            line.code,
            thousands(line.qty),
            thousands(line.paid),
        ),
        name=line.name,
        left=f"{thousands(line.qty)} x {line.code} {line.seller_code}".strip(),
        right=thousands(line.paid),
        notes=(damaged,) if damaged else (),
    )
