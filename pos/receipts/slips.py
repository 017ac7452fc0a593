"""Which slips a document makes: the one table that paper and PDF both go by."""

from collections.abc import Callable
from typing import Any

from pos.receipts.documents_consignment import (
    ConsignmentNote,
    ConsignmentPaper,
    CountSheet,
    LossSlip,
    PayoutSlip,
    PickupSlip,
    SellerStatement,
    WithdrawalSlip,
)
from pos.receipts.documents_orders import (
    AdvanceSlip,
    MakerList,
    OrderDocument,
    OrderMoneySlip,
    OrderSlip,
)
from pos.receipts.documents_shift import CashMoveSlip, ReturnSlip, ShiftDocument, ShiftPaper
from pos.receipts.documents_transfer import TransferSlip
from pos.receipts.elements import Element
from pos.receipts.slip import Slip
from pos.receipts.slip_layout import slip_elements
from pos.receipts.slips_account import payout_slips, statements
from pos.receipts.slips_goods import consignment_notes, pickup_slips, withdrawal_slips
from pos.receipts.slips_orders import (
    advance_slips,
    maker_lists,
    order_money_slips,
    order_slips,
)
from pos.receipts.slips_shift import cash_move_slips, return_slips, shift_papers
from pos.receipts.slips_stock import count_sheets, loss_slips
from pos.receipts.slips_transfer import transfer_slips

SLIPS: dict[type, Callable[[Any], tuple[Slip, ...]]] = {
    ConsignmentNote: consignment_notes,
    WithdrawalSlip: withdrawal_slips,
    PickupSlip: pickup_slips,
    PayoutSlip: payout_slips,
    SellerStatement: statements,
    LossSlip: loss_slips,
    CountSheet: count_sheets,
    ShiftPaper: shift_papers,
    CashMoveSlip: cash_move_slips,
    ReturnSlip: return_slips,
    OrderSlip: order_slips,
    MakerList: maker_lists,
    OrderMoneySlip: order_money_slips,
    AdvanceSlip: advance_slips,
    TransferSlip: transfer_slips,
}
"""One entry a paper of `documents_consignment`, `documents_shift` and `documents_orders`."""

SlipDocument = ConsignmentPaper | ShiftDocument | OrderDocument | TransferSlip


def slips_of(document: SlipDocument) -> tuple[Slip, ...]:
    """The document's slips in the language in force."""
    return SLIPS[type(document)](document)


def slip_paper(document: SlipDocument, columns: int) -> list[Element]:
    """The document on the receipt printer, its slips one after the other, each with its cut."""
    return [part for slip in slips_of(document) for part in slip_elements(slip, columns)]
