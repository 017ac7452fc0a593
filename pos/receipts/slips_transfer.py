"""The paper that goes with pieces from one stand to another."""

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.documents_transfer import MovedLine, TransferSlip
from pos.receipts.slip import Signature, Slip, SlipColumn, SlipRow, Sum, copy_marks


def transfer_slips(slip: TransferSlip) -> tuple[Slip, ...]:
    """From where, to where, and what."""
    return (
        Slip(
            head=slip.head,
            title=_("Transfer slip"),
            marks=copy_marks(slip.head),
            facts=(
                (_("From"), slip.from_name),
                (_("To"), slip.to_name),
                *(((_("Note"), slip.note),) if slip.note else ()),
            ),
            columns=(
                SlipColumn(_("Code")),
                SlipColumn(_("Item"), width=1),
                SlipColumn(_("Seller")),
                SlipColumn(_("Qty"), "right"),
                SlipColumn(_("Price"), "right"),
            ),
            rows=tuple(_moved(line) for line in slip.lines),
            empty=_("Nothing was sent."),
            sums=(
                Sum(_("Pieces"), thousands(sum(line.qty for line in slip.lines)), strong=True),
                Sum(
                    _("Value at these prices"),
                    rupiah(sum(line.qty * line.price for line in slip.lines)),
                ),
            ),
            signatures=(
                Signature(_("Handed over by"), slip.head.staff),
                Signature(_("Received by"), ""),
            ),
        ),
    )


def _moved(line: MovedLine) -> SlipRow:
    return SlipRow(
        cells=(
            line.code,
            line.name,
            line.seller_code,
            thousands(line.qty),
            thousands(line.price),
        ),
        name=line.name,
        left=f"{thousands(line.qty)} x {thousands(line.price)}  {line.code}",
        right=line.seller_code,
    )
