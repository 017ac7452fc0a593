"""Papers about money between stand and seller: the payout's slip and the statement."""

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.documents_consignment import (
    STAMP_DUTY_ABOVE,
    AccountLine,
    PaidLine,
    PayoutSlip,
    SellerStatement,
)
from pos.receipts.slip import (
    Signature,
    Slip,
    SlipColumn,
    SlipRow,
    Sum,
    copy_marks,
    day_text,
    hide_account,
    moment_text,
    pieces_text,
    seller_facts,
)
from pos.terbilang import rupiah_in_words


def payout_slips(slip: PayoutSlip) -> tuple[Slip, ...]:
    """What was paid, line by line, with the sums and the amount in words."""
    undone = slip.undone_at_local
    taken_back = _("TAKEN BACK {when}").format(when=moment_text(undone))
    return (
        Slip(
            head=slip.head,
            title=_("Payout to the seller"),
            marks=(*copy_marks(slip.head), *((taken_back,) if undone else ())),
            facts=_payout_facts(slip),
            columns=(
                SlipColumn(_("Date")),
                SlipColumn(_("Paper")),
                SlipColumn(_("Item"), width=1),
                SlipColumn(_("Qty"), "right"),
                SlipColumn(_("Paid price"), "right"),
                SlipColumn(_("Commission"), "right"),
                SlipColumn(_("For the seller"), "right"),
            ),
            rows=tuple(_paid(line) for line in slip.lines),
            empty=_("No lines: this payout is for what was carried over."),
            sums=_payout_sums(slip),
            words=rupiah_in_words(slip.paid),
            notes=_payout_notes(slip),
            signatures=(
                Signature(_("Received by"), slip.seller.maker or slip.seller.workshop),
                Signature(_("Paid by"), slip.head.staff),
            ),
        ),
    )


def _payout_facts(slip: PayoutSlip) -> tuple[tuple[str, str], ...]:
    facts = [*seller_facts(slip.seller)]
    method = {"cash": _("Cash"), "transfer": _("Bank transfer")}.get(slip.method, slip.method)
    facts.append((_("Paid by way of"), method))
    if slip.account and slip.method != "cash":
        facts.append((_("To account"), hide_account(slip.account)))
    if slip.reference:
        facts.append((_("Reference"), slip.reference))
    if slip.note:
        facts.append((_("Note"), slip.note))
    return tuple(facts)


def _payout_sums(slip: PayoutSlip) -> tuple[Sum, ...]:
    sums = [Sum(_("Sum of the lines"), rupiah(slip.total))]
    if slip.carried:
        label = (
            _("Carried over from {number}").format(number=slip.carried_from)
            if slip.carried_from
            else _("Carried over")
        )
        sums += [
            Sum(label, rupiah(slip.carried)),
            Sum(_("Owed to the seller"), rupiah(slip.owed)),
        ]
    sums.append(Sum(_("PAID"), rupiah(slip.paid), strong=True))
    if slip.advance:
        sums.append(Sum(_("of this as an advance"), rupiah(slip.advance)))
    if slip.rest:
        sums.append(Sum(_("Carried over to the next payout"), rupiah(slip.rest)))
    return tuple(sums)


def _payout_notes(slip: PayoutSlip) -> tuple[str, ...]:
    notes = []
    if slip.left_out:
        notes.append(
            _("Lines that are not in this payout and stay open: {count}").format(
                count=thousands(slip.left_out)
            )
        )
    if slip.waiting:
        notes.append(
            _("Lent for orders that are not handed over yet: {amount}. It is set off then.").format(
                amount=rupiah(slip.waiting)
            )
        )
    if slip.needs_stamp:
        notes.append(
            _("Above {amount}: needs a duty stamp (meterai) of {stamp}.").format(
                amount=rupiah(STAMP_DUTY_ABOVE), stamp=rupiah(10_000)
            )
        )
    return tuple(notes)


def _paid(line: PaidLine) -> SlipRow:
    day, amount = day_text(line.day), thousands(line.amount)
    qty, price = thousands(line.qty), thousands(line.price)
    kind = "" if line.kind == "sale" else kind_of_line(line.kind)
    notes = (kind,) if kind else ()
    if line.price or line.commission:
        notes = (
            *notes,
            _("{qty} pcs for {price}, commission {commission}").format(
                qty=qty,
                price=price,
                commission=thousands(line.commission),
            ),
        )
    borne = _borne(line.stand_discount)
    return SlipRow(
        cells=(
            day,
            line.paper or "–",
            "\n".join(filter(None, (line.name, ", ".join(filter(None, (kind, *borne)))))),
            qty,
            price,
            thousands(-line.commission),
            amount,
        ),
        name=line.name,
        left=" ".join(filter(None, (day, line.paper))),
        right=amount,
        notes=(*notes, *borne),
    )


def _borne(stand_discount: int) -> tuple[str, ...]:
    """Why a seller gets more of a price than it less the commission; nothing for most lines."""
    if not stand_discount:
        return ()
    said = _("discount of {amount} borne by the stand")
    if stand_discount < 0:
        said = _("the stand's discount of {amount} goes back")
    return (said.format(amount=thousands(abs(stand_discount))),)


def kind_of_line(kind: str) -> str:
    """What moved a seller's account, in a word; an unknown one as it is."""
    names = {
        "sale": _("sale"),
        "return": _("returned by the buyer"),
        "void": _("sale cancelled"),
        "loss": _("lost"),
        "damage": _("damaged"),
        "unrecorded": _("sold, not recorded"),
        "kept": _("deposit kept, order cancelled"),
        "advance": _("advance for material"),
        "payout": _("payout"),
        "undo": _("payout taken back"),
    }
    return names.get(kind, kind)


def statements(statement: SellerStatement) -> tuple[Slip, ...]:
    """The account over a period, with the balance after each line."""
    since, until = day_text(statement.since), day_text(statement.until)
    period = f"{since} – {until}" if since else _("up to {day}").format(day=until)
    return (
        Slip(
            head=statement.head,
            title=_("Seller's statement"),
            marks=copy_marks(statement.head),
            facts=(*seller_facts(statement.seller), (_("Period"), period)),
            columns=(
                SlipColumn(_("Date")),
                SlipColumn(_("Paper")),
                SlipColumn(_("What"), width=1),
                SlipColumn(_("Qty"), "right"),
                SlipColumn(_("Paid price"), "right"),
                SlipColumn(_("Commission"), "right"),
                SlipColumn(_("For the seller"), "right"),
                SlipColumn(_("Balance"), "right"),
            ),
            rows=tuple(_moved(line) for line in statement.lines),
            empty=_("Nothing happened in this period."),
            sums=(
                Sum(_("Opening balance"), rupiah(statement.opening)),
                Sum(_("Changes"), rupiah(statement.closing - statement.opening)),
                Sum(_("Closing balance"), rupiah(statement.closing), strong=True),
            ),
            notes=(_("The balance is what the stand owes the seller."),),
        ),
    )


def _moved(line: AccountLine) -> SlipRow:
    money = line.kind in {"payout", "undo"}
    name = kind_of_line(line.kind) if money else line.name
    kind = "" if money or line.kind == "sale" else kind_of_line(line.kind)
    balance = _("Balance {amount}").format(amount=thousands(line.balance))
    borne = _borne(line.stand_discount)
    sold = ""
    if line.price or line.commission:
        sold = _("{qty} pcs for {price}, commission {commission}").format(
            qty=thousands(line.qty),
            price=thousands(line.price),
            commission=thousands(line.commission),
        )
    elif line.qty:
        sold = pieces_text(line.qty)
    return SlipRow(
        cells=(
            day_text(line.day),
            line.paper or "–",
            "\n".join(filter(None, (name, ", ".join(filter(None, (kind, *borne)))))),
            "" if money else thousands(line.qty),
            "" if money else thousands(line.price),
            "" if money else thousands(-line.commission),
            thousands(line.amount),
            thousands(line.balance),
        ),
        name=name,
        left=" ".join(filter(None, (day_text(line.day), line.paper))),
        right=thousands(line.amount),
        notes=tuple(filter(None, (kind, sold, *borne, balance))),
    )
