"""Papers about goods: taken in, given back, to be picked up, lost, counted."""

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.documents_consignment import (
    AgedLine,
    ConsignmentNote,
    CopyFor,
    CountedLine,
    CountSheet,
    LossSlip,
    LostPiece,
    NotedLine,
    PickupSlip,
    TakenBackLine,
    WithdrawalSlip,
)
from pos.receipts.slip import (
    Signature,
    Slip,
    SlipColumn,
    SlipRow,
    Sum,
    both_sign,
    copy_marks,
    day_text,
    kind_text,
    moment_text,
    pieces_text,
    seller_facts,
    terms_text,
)


def consignment_notes(note: ConsignmentNote) -> tuple[Slip, ...]:
    """One slip for each party."""
    return tuple(_consignment_note(note, copy_for) for copy_for in note.copies)


def _consignment_note(note: ConsignmentNote, copy_for: CopyFor) -> Slip:
    whose = {"seller": _("for the seller"), "stand": _("for the stand")}[copy_for]
    terms = {line.terms for line in note.lines}
    common = terms_text(note.lines[0].terms) if len(terms) == 1 else ""
    pieces = sum(line.qty for line in note.lines)
    return Slip(
        head=note.head,
        title=_("Consignment note"),
        marks=(*copy_marks(note.head), whose),
        facts=(
            *seller_facts(note.seller),
            *(((_("Terms"), common),) if common else ()),
        ),
        columns=(
            SlipColumn(_("Code")),
            SlipColumn(_("Item"), width=1),
            SlipColumn(_("Return by")),
            SlipColumn(_("Qty"), "right"),
            SlipColumn(_("Price"), "right"),
            SlipColumn(_("Value"), "right"),
        ),
        rows=tuple(_noted(line, "" if common else terms_text(line.terms)) for line in note.lines),
        empty=_("Nothing was taken in."),
        sums=(
            Sum(_("Pieces"), thousands(pieces)),
            Sum(
                _("Value at these prices"),
                rupiah(sum(line.value for line in note.lines)),
                strong=True,
            ),
        ),
        notes=(
            _("The goods stay the seller's until they are sold."),
            _("Please keep this note. Sold, unsold and lost pieces are settled by it."),
        ),
        signatures=both_sign(note.head, note.seller),
    )


def _noted(line: NotedLine, terms: str) -> SlipRow:
    below = " · ".join(filter(None, (kind_text(line.kind), terms)))
    until = day_text(line.return_by)
    return SlipRow(
        cells=(
            line.code,
            f"{line.name}\n{below}",
            until,
            thousands(line.qty),
            thousands(line.price),
            thousands(line.value),
        ),
        name=line.name,
        left=f"{thousands(line.qty)} x {thousands(line.price)}  {line.code}",
        right=thousands(line.value),
        notes=(
            kind_text(line.kind),
            *((terms,) if terms else ()),
            *((_("Return by {day}").format(day=until),) if until else ()),
        ),
    )


def withdrawal_slips(slip: WithdrawalSlip) -> tuple[Slip, ...]:
    """What went back, or was sold online."""
    online = slip.reason == "online"
    channel = channel_text(slip.channel)
    sums = [
        Sum(_("Pieces"), thousands(sum(line.qty for line in slip.lines))),
        Sum(
            _("Value at these prices"),
            rupiah(sum(ln.price * ln.qty for ln in slip.lines)),
            strong=True,
        ),
    ]
    told = sum(line.online_price * line.qty for line in slip.lines)
    if online and told:
        sums.append(Sum(_("Sold online for"), rupiah(told)))
    return (
        Slip(
            head=slip.head,
            title=_("Withdrawal slip"),
            marks=copy_marks(slip.head),
            facts=(
                *seller_facts(slip.seller),
                (_("Reason"), withdrawal_reason_text(slip.reason)),
                *(((_("Sold through"), channel),) if channel else ()),
                *(((_("Note"), slip.note),) if slip.note else ()),
            ),
            columns=(
                SlipColumn(_("Code")),
                SlipColumn(_("Item"), width=1),
                SlipColumn(_("Qty"), "right"),
                SlipColumn(_("Price"), "right"),
                *((SlipColumn(_("Sold online for"), "right"),) if online else ()),
                SlipColumn(_("Value"), "right"),
            ),
            rows=tuple(_taken_back(line, online=online) for line in slip.lines),
            empty=_("Nothing was taken back."),
            sums=tuple(sums),
            signatures=both_sign(slip.head, slip.seller),
        ),
    )


def _taken_back(line: TakenBackLine, *, online: bool) -> SlipRow:
    told = thousands(line.online_price) if line.online_price else ""
    value = thousands(line.price * line.qty)
    return SlipRow(
        cells=(
            line.code,
            line.name,
            thousands(line.qty),
            thousands(line.price),
            *((told or "–",) if online else ()),
            value,
        ),
        name=line.name,
        left=f"{thousands(line.qty)} x {thousands(line.price)}  {line.code}",
        right=value,
        notes=(_("Sold online for {amount}").format(amount=told),) if online and told else (),
    )


def withdrawal_reason_text(reason: str) -> str:
    """Why goods went back, in words; an unknown one as it is."""
    names = {
        "unsold": _("unsold"),
        "online": _("sold online by the seller"),
        "repair": _("to be repaired"),
        "other": _("another reason"),
    }
    return names.get(reason, reason)


def channel_text(channel: str) -> str:
    """Where the seller sold it; an unknown one as it is."""
    names = {"shopee": "Shopee", "tokopedia": "Tokopedia", "tiktok": "TikTok Shop"}
    return names.get(channel, _("another channel") if channel == "other" else channel)


def pickup_slips(slip: PickupSlip) -> tuple[Slip, ...]:
    """What has lain long, for the seller to come for."""
    return (
        Slip(
            head=slip.head,
            title=_("To be picked up"),
            marks=copy_marks(slip.head),
            facts=seller_facts(slip.seller),
            columns=(
                SlipColumn(_("Code")),
                SlipColumn(_("Item"), width=1),
                SlipColumn(_("Days"), "right"),
                SlipColumn(_("Return by")),
                SlipColumn(_("Qty"), "right"),
                SlipColumn(_("Price"), "right"),
            ),
            rows=tuple(_aged(line) for line in slip.lines),
            empty=_("Nothing has to be picked up."),
            sums=(
                Sum(_("Pieces"), thousands(sum(line.qty for line in slip.lines))),
                Sum(
                    _("Value at these prices"),
                    rupiah(sum(ln.price * ln.qty for ln in slip.lines)),
                    strong=True,
                ),
            ),
            signatures=both_sign(slip.head, slip.seller),
        ),
    )


def _aged(line: AgedLine) -> SlipRow:
    until = day_text(line.return_by)
    days = _("{count} days").format(count=thousands(line.days))
    late = _("past its day") if line.overdue else ""
    return SlipRow(
        cells=(
            line.code,
            line.name,
            thousands(line.days),
            f"{until}\n{late}" if late else until or "–",
            thousands(line.qty),
            thousands(line.price),
        ),
        name=line.name,
        left=f"{thousands(line.qty)} x {thousands(line.price)}",
        right=days,
        notes=(
            line.code,
            *((_("Return by {day}").format(day=until),) if until else ()),
            *((late,) if late else ()),
        ),
    )


def loss_slips(slip: LossSlip) -> tuple[Slip, ...]:
    """What was lost or damaged."""
    return (
        Slip(
            head=slip.head,
            title=_("Lost and damaged goods"),
            marks=copy_marks(slip.head),
            facts=((_("Reason"), slip.reason),) if slip.reason else (),
            columns=(
                SlipColumn(_("Code")),
                SlipColumn(_("Item"), width=1),
                SlipColumn(_("Seller")),
                SlipColumn(_("Qty"), "right"),
                SlipColumn(_("Borne by")),
                SlipColumn(_("To the seller"), "right"),
            ),
            rows=tuple(_lost(line) for line in slip.lines),
            empty=_("Nothing was lost."),
            sums=(
                Sum(_("Pieces"), thousands(sum(line.qty for line in slip.lines))),
                Sum(
                    _("Owed to sellers"), rupiah(sum(line.owed for line in slip.lines)), strong=True
                ),
            ),
            signatures=(
                Signature(_("Recorded by"), slip.head.staff),
                Signature(_("Manager")),
            ),
        ),
    )


def _lost(line: LostPiece) -> SlipRow:
    kind = {"loss": _("lost"), "damage": _("damaged")}.get(line.kind, line.kind)
    bearer = {
        "seller": _("the seller"),
        "stand": _("the stand"),
        "shared": _("each half"),
    }.get(line.bearer, line.bearer)
    basis = {"price": _("at the price"), "share": _("at the seller's share")}.get(
        line.basis, line.basis
    )
    if line.bearer == "seller":
        basis = ""
    return SlipRow(
        cells=(
            line.code,
            f"{line.name}\n{kind}",
            line.seller_code,
            thousands(line.qty),
            f"{bearer}\n{basis}" if basis else bearer,
            thousands(line.owed),
        ),
        name=line.name,
        left=f"{pieces_text(line.qty)} {kind}  {line.code}",
        right=thousands(line.owed),
        notes=(
            _("Seller: {code}").format(code=line.seller_code),
            _("Borne by: {who}").format(who=", ".join(filter(None, (bearer, basis)))),
        ),
    )


def count_sheets(sheet: CountSheet) -> tuple[Slip, ...]:
    """What a stock count found: lines that differ from the book, and the whole."""
    off = tuple(line for line in sheet.lines if line.on_hand != line.scanned)
    sums = [
        Sum(_("In the book"), pieces_text(sum(line.on_hand for line in sheet.lines))),
        Sum(_("Counted"), pieces_text(sum(line.scanned for line in sheet.lines)), strong=True),
    ]
    for label, count in (
        (_("Found later"), sum(line.found for line in sheet.lines)),
        (_("Lost"), sum(line.lost for line in sheet.lines)),
        (_("Damaged"), sum(line.damaged for line in sheet.lines)),
        (_("Sold but not recorded"), sum(line.sold for line in sheet.lines)),
        (_("Added to the book"), sum(line.added for line in sheet.lines)),
        (_("Not found yet"), sum(line.missing for line in sheet.lines)),
    ):
        if count:
            sums.append(Sum(label, pieces_text(count)))
    if sheet.owed:
        sums.append(Sum(_("Owed to sellers"), rupiah(sheet.owed)))
    return (
        Slip(
            head=sheet.head,
            title=_("Stock count"),
            marks=copy_marks(sheet.head),
            facts=(
                (_("Counted goods of"), sheet.workshop or _("all sellers")),
                (_("Started"), moment_text(sheet.started_local)),
            ),
            columns=(
                SlipColumn(_("Code")),
                SlipColumn(_("Item"), width=1),
                SlipColumn(_("Seller")),
                SlipColumn(_("In the book"), "right"),
                SlipColumn(_("Counted"), "right"),
                SlipColumn(_("Explained"), width=0.45),
            ),
            rows=tuple(_counted(line) for line in off),
            empty=_("All pieces are as the book has them."),
            sums=tuple(sums),
            signatures=(
                Signature(_("Counted by"), sheet.head.staff),
                Signature(_("Manager")),
            ),
        ),
    )


def _counted(line: CountedLine) -> SlipRow:
    parts = (
        (line.found, _("found later")),
        (line.lost, _("lost")),
        (line.damaged, _("damaged")),
        (line.sold, _("sold")),
        (line.added, _("added")),
        (line.missing, _("not found yet")),
    )
    explained = ", ".join(f"{thousands(count)} {word}" for count, word in parts if count)
    return SlipRow(
        cells=(
            line.code,
            line.name,
            line.seller_code,
            thousands(line.on_hand),
            thousands(line.scanned),
            explained,
        ),
        name=line.name,
        left=f"{line.code}  {line.seller_code}",
        right=_("{counted} of {book}").format(
            counted=thousands(line.scanned), book=thousands(line.on_hand)
        ),
        notes=(explained,) if explained else (),
    )
