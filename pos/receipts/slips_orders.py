"""Papers of orders: the slip, a maker's list, deposits, money for material."""

from pos.deposits import DepositRule
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.documents_orders import (
    AdvanceSlip,
    MakerList,
    OrderCopyFor,
    OrderedPiece,
    OrderMoneySlip,
    OrderSlip,
    ToMake,
)
from pos.receipts.slip import (
    Signature,
    Slip,
    SlipColumn,
    SlipRow,
    Sum,
    copy_marks,
    day_text,
    seller_facts,
)
from pos.terbilang import rupiah_in_words


def order_qr(slip: OrderSlip) -> str:
    """What the slip's QR says: a scan on the screen of orders opens the order."""
    return f"TITIP|{slip.head.number}|{slip.version}"


def order_slips(slip: OrderSlip) -> tuple[Slip, ...]:
    """One for the customer and one for the stand."""
    return tuple(_order_slip(slip, copy_for) for copy_for in slip.copies)


def _order_slip(slip: OrderSlip, copy_for: OrderCopyFor) -> Slip:
    whose = {"customer": _("for the customer"), "stand": _("for the stand")}[copy_for]
    version = (_("Version {number}").format(number=slip.version),) if slip.version > 1 else ()
    return Slip(
        head=slip.head,
        title=_("Order"),
        marks=(*copy_marks(slip.head), *version, whose),
        facts=_order_facts(slip, copy_for),
        columns=(
            SlipColumn(_("What is made"), width=1),
            SlipColumn(_("Qty"), "right"),
            SlipColumn(_("Price"), "right"),
            SlipColumn(_("Together"), "right"),
        ),
        rows=tuple(_piece(piece) for piece in slip.pieces),
        sums=_order_sums(slip),
        notes=_order_notes(slip),
        signatures=(
            Signature(_("Customer"), slip.customer),
            Signature(_("For the stand"), slip.head.staff),
        ),
        qr=order_qr(slip),
    )


def _order_facts(slip: OrderSlip, copy_for: OrderCopyFor) -> tuple[tuple[str, str], ...]:
    facts = [(_("Customer"), slip.customer)]
    if slip.phone and copy_for == "stand":
        facts.append((_("WhatsApp"), f"+{slip.phone}"))
    facts += [*seller_facts(slip.seller), (_("Promised for"), day_text(slip.promised))]
    if slip.note:
        facts.append((_("Note"), slip.note))
    return tuple(facts)


def _piece(piece: OrderedPiece) -> SlipRow:
    details = ", ".join(f"{name}: {value}" for name, value in piece.fields)
    together = thousands(piece.qty * piece.price)
    estimate = ceiling_text(piece.ceiling)
    handed = _("{count} handed over").format(count=piece.handed) if piece.handed else ""
    below = " · ".join(filter(None, (details, estimate, handed)))
    return SlipRow(
        cells=(
            f"{piece.name}\n{below}" if below else piece.name,
            thousands(piece.qty),
            thousands(piece.price),
            together,
        ),
        name=piece.name,
        left=f"{thousands(piece.qty)} x {thousands(piece.price)}",
        right=together,
        notes=tuple(filter(None, (details, estimate, handed))),
    )


def ceiling_text(ceiling: int) -> str:
    """An estimate in words; "" for a price that is agreed."""
    return _("estimate, at most {amount} a piece").format(amount=rupiah(ceiling)) if ceiling else ""


def _order_sums(slip: OrderSlip) -> tuple[Sum, ...]:
    sums = [Sum(_("Total"), rupiah(slip.total))]
    sums += [Sum(method_text(method), rupiah(amount)) for method, amount in slip.paid]
    if slip.deposit or slip.paid:
        sums.append(Sum(_("Deposit held"), rupiah(slip.deposit)))
    sums.append(Sum(_("STILL TO PAY"), rupiah(slip.rest), strong=True))
    return tuple(sums)


def _order_notes(slip: OrderSlip) -> tuple[str, ...]:
    notes = []
    if slip.agreement:
        notes.append(_("Changed and agreed: {words}").format(words=slip.agreement))
    notes += [
        _("If the customer withdraws: {rule}.").format(rule=rule_text(slip.if_customer)),
        _("If the maker withdraws: {rule}.").format(rule=rule_text(slip.if_maker)),
        _("Please bring this slip when you fetch the order."),
    ]
    return tuple(notes)


def rule_text(rule: DepositRule) -> str:
    """What becomes of a deposit, in words."""
    return {
        "returned": _("the deposit is given back"),
        "kept": _("the deposit is not given back"),
        "split": _("half of the deposit is given back"),
    }[rule]


def method_text(method: str) -> str:
    """A way to pay, on paper; an unknown one as it is."""
    names = {
        "cash": _("Cash"),
        "qris": _("QRIS"),
        "transfer": _("Bank transfer"),
        "card": _("Card"),
    }
    return names.get(method, method)


def state_text(state: str) -> str:
    """An order's state in words; an unknown one as it is."""
    names = {
        "ordered": _("ordered"),
        "confirmed": _("confirmed by the maker"),
        "making": _("being made"),
        "ready": _("ready"),
        "handed": _("handed over"),
        "cancelled": _("cancelled"),
    }
    return names.get(state, state)


def maker_lists(paper: MakerList) -> tuple[Slip, ...]:
    """What one maker has to make."""
    advance = sum(order.advance for order in paper.orders)
    pieces = sum(piece.qty - piece.handed for order in paper.orders for piece in order.pieces)
    return (
        Slip(
            head=paper.head,
            title=_("Orders to make"),
            marks=copy_marks(paper.head),
            facts=seller_facts(paper.seller),
            columns=(
                SlipColumn(_("Promised for")),
                SlipColumn(_("Order")),
                SlipColumn(_("What is made"), width=1),
                SlipColumn(_("Qty"), "right"),
                SlipColumn(_("State")),
            ),
            rows=tuple(row for order in paper.orders for row in _to_make(order)),
            empty=_("Nothing is on order."),
            sums=(
                Sum(_("Pieces"), thousands(pieces), strong=True),
                *((Sum(_("Advances for material"), rupiah(advance)),) if advance else ()),
            ),
        ),
    )


def _to_make(order: ToMake) -> list[SlipRow]:
    late = _("{count} days late").format(count=order.late) if order.late else ""
    state = state_text(order.state)
    day = day_text(order.promised)
    rows = []
    for piece in order.pieces:
        details = ", ".join(f"{name}: {value}" for name, value in piece.fields)
        below = " · ".join(filter(None, (details, order.note, order.customer)))
        left = thousands(piece.qty - piece.handed)
        rows.append(
            SlipRow(
                cells=(
                    f"{day}\n{late}" if late else day,
                    order.number,
                    f"{piece.name}\n{below}" if below else piece.name,
                    left,
                    state,
                ),
                name=piece.name,
                left=" ".join(filter(None, (day, late))),
                right=_("{count} pcs").format(count=left),
                notes=tuple(
                    filter(None, (details, order.note, f"{order.number} {order.customer}", state))
                ),
            )
        )
    return rows


def order_money_slips(slip: OrderMoneySlip) -> tuple[Slip, ...]:
    """Money ahead, or back, with who signs for it."""
    titles = {
        "paid": _("Deposit for an order"),
        "refunded": _("Deposit given back"),
        "cancelled": _("Order cancelled"),
    }
    sums = [Sum(method_text(method), rupiah(amount)) for method, amount in slip.methods]
    strong = _("PAID AHEAD") if slip.kind == "paid" else _("GIVEN BACK")
    sums.append(Sum(strong, rupiah(slip.amount), strong=True))
    if slip.kept:
        sums.append(Sum(_("Kept of the deposit"), rupiah(slip.kept)))
    sums.append(Sum(_("Deposit held"), rupiah(slip.held)))
    signs = (
        Signature(_("Customer"), slip.customer),
        Signature(_("For the stand"), slip.head.staff),
    )
    return (
        Slip(
            head=slip.head,
            title=titles[slip.kind],
            marks=copy_marks(slip.head),
            facts=(
                (_("Customer"), slip.customer),
                *seller_facts(slip.seller),
                *(((_("Reason"), slip.reason),) if slip.reason else ()),
            ),
            sums=tuple(sums),
            words=rupiah_in_words(slip.amount) if slip.amount else "",
            signatures=signs,
        ),
    )


def advance_slips(slip: AdvanceSlip) -> tuple[Slip, ...]:
    """Money for material: what it is for, that it is an advance, and who got it."""
    return (
        Slip(
            head=slip.head,
            title=_("Advance for material"),
            marks=copy_marks(slip.head),
            facts=(
                *seller_facts(slip.seller),
                (_("Order"), slip.order),
                (_("Paid by way of"), method_text(slip.method)),
                *(((_("Reference"), slip.reference),) if slip.reference else ()),
            ),
            sums=(Sum(_("ADVANCE"), rupiah(slip.amount), strong=True),),
            words=rupiah_in_words(slip.amount),
            notes=(
                _("An advance is nothing earned: it is set off when the order is handed over."),
            ),
            signatures=(
                Signature(_("Received by"), slip.seller.maker or slip.seller.workshop),
                Signature(_("Paid by"), slip.head.staff),
            ),
        ),
    )
