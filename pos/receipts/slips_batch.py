"""The list that lies on top of a batch of payout slips: who gets how much, room to sign."""

import msgspec

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.documents_consignment import PayoutSlip
from pos.receipts.slip import Signature, Slip, SlipColumn, SlipRow, Sum, copy_marks
from pos.terbilang import rupiah_in_words


def payout_list(slips: tuple[PayoutSlip, ...]) -> Slip:
    """One line a payout, in the order of the slips; `slips` must not be empty."""
    last = slips[-1].head
    total = sum(slip.paid for slip in slips)
    count = _("{count} sellers").format(count=thousands(len(slips)))
    return Slip(
        head=msgspec.structs.replace(last, number="", entry_hash=""),
        title=_("Payouts to sellers"),
        marks=copy_marks(last),
        facts=((_("Slips"), f"{slips[0].head.number} – {last.number}"), (_("Sellers"), count)),
        columns=(
            SlipColumn(_("Slip")),
            SlipColumn(_("Code")),
            SlipColumn(_("Workshop"), width=2),
            SlipColumn(_("Paid by way of"), width=2),
            SlipColumn(_("Amount"), "right"),
            SlipColumn(_("Received"), width=2),
        ),
        rows=tuple(_row(slip) for slip in slips),
        sums=(Sum(_("PAID"), rupiah(total), strong=True),),
        words=rupiah_in_words(total),
        signatures=(Signature(_("Paid by"), last.staff), Signature(_("Checked by"))),
    )


def _row(slip: PayoutSlip) -> SlipRow:
    method = {"cash": _("Cash"), "transfer": _("Bank transfer")}.get(slip.method, slip.method)
    way = f"{method}\n{slip.reference}" if slip.reference else method
    who = f"{slip.seller.workshop} ({slip.seller.code})"
    amount = thousands(slip.paid)
    cells = (slip.head.number, slip.seller.code, slip.seller.workshop, way, amount, "")
    return SlipRow(cells, name=who, left=slip.head.number, right=amount, notes=(method,))
