"""The slip that goes with pieces from one stand to another."""

import datetime as dt

from pos.receipts.documents_transfer import MovedLine, TransferSlip
from pos.services.goods_papers import paper_head
from pos.services.queries.transfers import Transfer
from pos.services.receipt_papers import Letterhead


def transfer_paper(
    transfer: Transfer, head: Letterhead, copied_at: dt.datetime | None = None
) -> TransferSlip:
    """A transfer as its paper says it."""
    return TransferSlip(
        head=paper_head(
            head,
            at=transfer.at,
            number=transfer.number,
            staff=transfer.staff,
            copied_at=copied_at,
        ),
        from_name=transfer.from_name,
        to_name=transfer.to_name,
        note=transfer.note,
        lines=tuple(
            MovedLine(line.code, line.name, line.seller_code, line.price, line.qty)
            for line in transfer.lines
        ),
    )
