"""Documents as A4 PDFs. reportlab is imported only when the first one is made."""

from collections.abc import Callable, Iterable

from pos.i18n import _
from pos.receipts.documents_consignment import ConsignmentPaper, PayoutSlip
from pos.receipts.documents_orders import OrderDocument
from pos.receipts.documents_shift import ShiftDocument
from pos.receipts.documents_transfer import TransferSlip
from pos.receipts.slip import Slip
from pos.receipts.slips import slips_of
from pos.receipts.slips_batch import payout_list

Paper = ConsignmentPaper | ShiftDocument | OrderDocument | TransferSlip
"""The documents that are slips; receipts and labels are not, a report has `pdf_report`."""

Progress = Callable[[int], None]
"""Told how many papers are done, after each; may raise to stop."""


def _no_progress(_done: int) -> None:
    """Nobody watches."""


def paper_pdf(document: Paper) -> bytes:
    """One document, each of its copies beginning on a page of its own."""
    slip = slips_of(document)[0]
    title = " ".join(filter(None, (slip.title, document.head.number)))
    return papers_pdf((document,), title)


def papers_pdf(
    documents: Iterable[Paper],
    title: str,
    progress: Progress = _no_progress,
    *,
    first: Slip | None = None,
) -> bytes:
    """Many documents in one file, with an outline that leads to each; `first` lies on top."""
    from pos.receipts.pdf_pen import Pen
    from pos.receipts.pdf_slip import draw_slip

    pen = Pen(title)
    if first is not None:
        pen.bookmark(first.title)
        draw_slip(pen, first)
    done = 0
    for done, document in enumerate(documents, 1):
        for slip in slips_of(document):
            whose = getattr(getattr(document, "seller", None), "workshop", "")
            pen.bookmark(" ".join(filter(None, (slip.head.number, whose))) or slip.title)
            draw_slip(pen, slip)
        progress(done)
    if not done:
        pen.text(45, 60, pen.font.clean(_("There is nothing to print.")))
        pen.end_page()
    return pen.finish()


def payout_slips_pdf(slips: tuple[PayoutSlip, ...], progress: Progress = _no_progress) -> bytes:
    """A batch of payouts in one file, the list of them first; 500 take about two seconds."""
    title = _("Payouts to sellers")
    if len(slips) < 2:
        return papers_pdf(slips, title, progress)
    return papers_pdf(slips, title, progress, first=payout_list(slips))
