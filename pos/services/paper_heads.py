"""What every slip begins with, from the stand's letterhead."""

import datetime as dt

from pos.clock import local
from pos.receipts.documents_consignment import PaperHead
from pos.services.receipt_papers import Letterhead


def paper_head(
    letterhead: Letterhead,
    number: str,
    at_ms: int,
    staff: str,
    *,
    entry_hash: str = "",
    copied_at: dt.datetime | None = None,
) -> PaperHead:
    """The head of a slip; with `copied_at` it says that it is a copy."""
    return PaperHead(
        stand_name=letterhead.stand_name,
        stand_code=letterhead.stand_code,
        address=letterhead.address,
        number=number,
        at_local=_iso(local(at_ms, letterhead.zone)),
        staff=staff,
        entry_hash=entry_hash,
        copy=copied_at is not None,
        copy_at_local=_iso(copied_at) if copied_at else "",
        sample=letterhead.sample,
    )


def _iso(moment: dt.datetime) -> str:
    return moment.replace(microsecond=0, tzinfo=None).isoformat()
