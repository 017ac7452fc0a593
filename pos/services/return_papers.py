"""The slip of a return: the same for the first print and a copy, built from the journal's entry."""

import datetime as dt

from sqlalchemy import bindparam, select

from pos.events import ReturnedLine, SaleReturned, read_event
from pos.models.journal import journal
from pos.models.orders import order_handovers
from pos.models.prepared import Cursor, Prepared
from pos.models.returns import returns
from pos.receipts.documents_consignment import PaperHead
from pos.receipts.documents_shift import ReturnedPiece, ReturnSlip
from pos.services.order_returns import handed_back
from pos.services.paper_heads import paper_head
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.people import staff_name
from pos.services.queries.returns import Returnable, ReturnableLine, returnable
from pos.services.receipt_papers import Letterhead

_entry = Prepared(
    select(
        journal.c.at,
        journal.c.staff_id,
        journal.c.approver_id,
        journal.c.kind,
        journal.c.body,
        journal.c.hash,
    )
    .select_from(returns.join(journal, journal.c.id == returns.c.entry_id))
    .where(returns.c.id == bindparam("return_id"))
)
_held = Prepared(
    select(order_handovers.c.deposit).where(order_handovers.c.sale_id == bindparam("sale_id"))
)


def return_slip(
    head: PaperHead,
    event: SaleReturned,
    sale: Returnable,
    *,
    held: int,
    approved_by: str,
) -> ReturnSlip:
    """The paper of a return; `held` rupiah of an order's deposit stay with the stand."""
    by_id = {line.line_id: line for line in sale.lines}
    handed: tuple[tuple[str, int], ...] = handed_back(event.refunds, held)
    return ReturnSlip(
        head=head,
        void=event.void,
        sale_number=sale.number,
        lines=tuple(_piece(by_id[line.line_id], line) for line in event.lines),
        rounding=event.rounding,
        refunds=(*handed, ("deposit", held)) if held else handed,
        reason=event.reason,
        approved_by=approved_by,
    )


def copy_of_return(
    cursor: Cursor, return_id: int, letterhead: Letterhead, copied_at: dt.datetime
) -> ReturnSlip:
    """A return's slip as it was, marked as a copy. Raises KeyError for an unknown one."""
    row = _entry.one(cursor, return_id=return_id)
    if row is None:
        raise KeyError(return_id)
    at, staff_id, approver_id, kind, body, digest = row
    event = read_event(kind, body)
    if not isinstance(event, SaleReturned):
        raise TypeError(kind)
    held = _held.one(cursor, sale_id=event.sale_id) if event.void else None
    head = paper_head(
        letterhead,
        paper_number(LETTERS["return"], event.number),
        at,
        staff_name(cursor, staff_id),
        entry_hash=bytes(digest).hex(),
        copied_at=copied_at,
    )
    return return_slip(
        head,
        event,
        returnable(cursor, event.sale_id),
        held=int(held[0]) if held else 0,
        approved_by=staff_name(cursor, approver_id),
    )


def _piece(sold: ReturnableLine, back: ReturnedLine) -> ReturnedPiece:
    return ReturnedPiece(
        name=sold.name,
        code=sold.code,
        seller_code=sold.seller_code,
        qty=back.qty,
        paid=back.paid,
        to_shelf=back.to_shelf,
    )
