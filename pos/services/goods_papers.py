"""The papers about goods: from what the book says to the document that is printed or saved."""

import datetime as dt
from collections.abc import Iterable

from pos.receipts.documents import Document
from pos.receipts.documents_consignment import (
    AgedLine,
    CountedLine,
    CountSheet,
    LostPiece,
    NotedLine,
    PaperHead,
    PaperSeller,
    PickupSlip,
    TakenBackLine,
)
from pos.receipts.documents_consignment import ConsignmentNote as NotePaper
from pos.receipts.documents_consignment import LossSlip as LossPaper
from pos.receipts.documents_consignment import WithdrawalSlip as WithdrawalPaper
from pos.services.print_jobs import add_job
from pos.services.printing import Printing
from pos.services.queries.ageing import AgeRow
from pos.services.queries.counts import CountResult, OpenCount
from pos.services.queries.notes import ConsignmentNote
from pos.services.queries.slips import LossSlip, WithdrawalSlip
from pos.services.receipt_papers import Letterhead
from pos.services.unit_of_work import UnitOfWork


def paper_head(
    head: Letterhead,
    *,
    at: dt.datetime,
    number: str = "",
    staff: str = "",
    copied_at: dt.datetime | None = None,
) -> PaperHead:
    """What each paper begins with; with `copied_at` it says that it is a copy."""
    return PaperHead(
        stand_name=head.stand_name,
        stand_code=head.stand_code,
        address=head.address,
        number=number,
        at_local=_iso(at),
        staff=staff,
        copy=copied_at is not None,
        copy_at_local=_iso(copied_at) if copied_at else "",
        sample=head.sample,
    )


def note_paper(
    note: ConsignmentNote, head: Letterhead, copied_at: dt.datetime | None = None
) -> NotePaper:
    """The consignment note, one copy for each party."""
    return NotePaper(
        head=paper_head(
            head, at=note.at, number=note.number, staff=note.staff, copied_at=copied_at
        ),
        seller=PaperSeller(note.seller_code, note.workshop, note.maker),
        lines=tuple(
            NotedLine(
                code=line.code,
                name=line.name,
                kind=line.kind,
                price=line.price,
                qty=line.qty,
                terms=line.terms,
                return_by=line.return_by.isoformat() if line.return_by else "",
            )
            for line in note.lines
        ),
    )


def withdrawal_paper(
    slip: WithdrawalSlip, head: Letterhead, copied_at: dt.datetime | None = None
) -> WithdrawalPaper:
    """What went back to its seller."""
    return WithdrawalPaper(
        head=paper_head(
            head, at=slip.at, number=slip.number, staff=slip.staff, copied_at=copied_at
        ),
        seller=PaperSeller(slip.seller_code, slip.workshop, slip.maker),
        reason=slip.reason,
        channel=slip.channel,
        note=slip.note,
        lines=tuple(
            TakenBackLine(line.code, line.name, line.price, line.qty, line.online_price)
            for line in slip.lines
        ),
    )


def loss_paper(slip: LossSlip, head: Letterhead, copied_at: dt.datetime | None = None) -> LossPaper:
    """What was lost or damaged."""
    return LossPaper(
        head=paper_head(
            head, at=slip.at, number=slip.number, staff=slip.staff, copied_at=copied_at
        ),
        reason=slip.reason,
        lines=tuple(
            LostPiece(
                seller_code=line.seller_code,
                code=line.code,
                name=line.name,
                kind=line.kind,
                qty=line.qty,
                bearer=line.bearer,
                basis=line.basis,
                owed=line.owed,
            )
            for line in slip.lines
        ),
    )


def pickup_paper(
    rows: Iterable[AgeRow], head: Letterhead, *, maker: str, staff: str, at: dt.datetime
) -> PickupSlip:
    """What one seller should come for; ValueError without rows."""
    aged = tuple(rows)
    if not aged:
        raise ValueError("a slip for picking up nothing")
    return PickupSlip(
        head=paper_head(head, at=at, staff=staff),
        seller=PaperSeller(aged[0].seller_code, aged[0].workshop, maker),
        lines=tuple(
            AgedLine(
                code=row.code,
                name=row.name,
                price=row.price,
                qty=row.on_hand,
                days=row.days,
                return_by=row.return_by.isoformat() if row.return_by else "",
                overdue=row.overdue,
            )
            for row in aged
        ),
    )


def count_paper(
    result: CountResult,
    count: OpenCount,
    head: Letterhead,
    *,
    number: str,
    owed: int,
    at: dt.datetime,
    staff: str,
) -> CountSheet:
    """What a stock count came to, made of what was known when it was closed."""
    return CountSheet(
        head=paper_head(head, at=at, number=number, staff=staff),
        started_local=_iso(count.started_at),
        workshop=count.workshop,
        owed=owed,
        lines=tuple(
            CountedLine(
                code=line.code,
                seller_code=line.seller_code,
                name=line.name,
                on_hand=line.on_hand,
                scanned=line.scanned,
                found=line.found,
                lost=line.lost,
                damaged=line.damaged,
                sold=line.sold,
                added=line.added,
                missing=line.missing,
            )
            for line in result.lines
        ),
    )


def queue_paper(
    unit: UnitOfWork,
    printing: Printing,
    kind: str,
    document: Document,
    *,
    title: str,
    document_id: int = 0,
    copy: bool = False,
) -> None:
    """Give a paper to the printer's queue, in a transaction of its own."""
    with unit.write() as tx:
        add_job(
            tx.cursor, kind, document, title=title, at=tx.at, document_id=document_id, copy=copy
        )
        tx.changed("print_jobs")
    printing.wake()


def _iso(moment: dt.datetime) -> str:
    return moment.replace(microsecond=0, tzinfo=None).isoformat()
