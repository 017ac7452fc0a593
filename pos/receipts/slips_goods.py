"""Papers that go with goods: taken in, given back, to be picked up."""

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.documents_consignment import (
    AgedLine,
    ConsignmentNote,
    CopyFor,
    NotedLine,
    PickupSlip,
    TakenBackLine,
    WithdrawalSlip,
)
from pos.receipts.slip import (
    Slip,
    SlipColumn,
    SlipRow,
    Sum,
    both_sign,
    copy_marks,
    day_text,
    kind_text,
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
        sums=_worth(note.lines),
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
    sums = list(_worth(slip.lines))
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
            sums=_worth(slip.lines),
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


def _worth(lines: tuple[NotedLine | TakenBackLine | AgedLine, ...]) -> tuple[Sum, Sum]:
    """How many pieces there are, and what they come to at their prices."""
    return (
        Sum(_("Pieces"), thousands(sum(line.qty for line in lines))),
        Sum(
            _("Value at these prices"),
            rupiah(sum(line.price * line.qty for line in lines)),
            strong=True,
        ),
    )
