"""Papers about what is on the shelf: lost and damaged goods, and the stock count."""

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.documents_consignment import CountedLine, CountSheet, LossSlip, LostPiece
from pos.receipts.slip import (
    Signature,
    Slip,
    SlipColumn,
    SlipRow,
    Sum,
    copy_marks,
    moment_text,
    pieces_text,
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
            sums=_count_sums(sheet),
            signatures=(
                Signature(_("Counted by"), sheet.head.staff),
                Signature(_("Manager")),
            ),
        ),
    )


def _count_sums(sheet: CountSheet) -> tuple[Sum, ...]:
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
    return tuple(sums)


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
