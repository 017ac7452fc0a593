"""Documents as A4 PDFs. reportlab is imported only when the first one is made."""

from collections.abc import Callable, Iterable

from pos.i18n import _
from pos.receipts.documents_consignment import ConsignmentPaper, PayoutSlip
from pos.receipts.documents_orders import OrderDocument
from pos.receipts.documents_shift import ShiftDocument
from pos.receipts.slips import slips_of

Paper = ConsignmentPaper | ShiftDocument | OrderDocument
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


def papers_pdf(documents: Iterable[Paper], title: str, progress: Progress = _no_progress) -> bytes:
    """Many documents in one file, with an outline that leads to each."""
    from pos.receipts.pdf_pen import Pen
    from pos.receipts.pdf_slip import draw_slip

    pen = Pen(title)
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


def payout_slips_pdf(slips: Iterable[PayoutSlip], progress: Progress = _no_progress) -> bytes:
    """The slips of a batch of payouts in one file; 500 take about two seconds."""
    return papers_pdf(slips, _("Payouts to sellers"), progress)
