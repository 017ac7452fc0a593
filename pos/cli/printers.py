"""`titip printers`: what is connected, and a test page."""

import datetime as dt
import sys
from pathlib import Path

from pos.i18n import _, language
from pos.receipts.documents import TestPage
from pos.receipts.escpos import PAPER_58, PAPER_80, PAPER_80_NARROW, compose
from pos.receipts.printers import PrinterError, SendResult, discover, open_transport, parse_address

_PAPERS = {"58": PAPER_58, "80-42": PAPER_80_NARROW, "80-48": PAPER_80}


def list_printers() -> int:
    """One line a printer: its address, then what it calls itself."""
    for found in discover():
        print(f"{found.address}\t{found.label}")
    return 0


def test_print(address: str, paper: str) -> int:
    """Send a test page straight to an address; 1 with a sentence when it was refused."""
    page = TestPage(
        stand_name="Titip",
        printer_label=address,
        at_local=dt.datetime.now().astimezone().replace(microsecond=0, tzinfo=None).isoformat(),
        language=language(),
    )
    return send(compose(page, _PAPERS[paper]), address, Path("preview"))


def send(raw: bytes, address: str, preview_folder: Path) -> int:
    """Send a paper straight to a printer and say how it went; 1 when it was refused."""
    transport = open_transport(parse_address(address), preview_folder=preview_folder)
    try:
        result = transport.send(raw, is_cancelled=lambda: False)
    except PrinterError as error:
        print(error.sentence(), file=sys.stderr)
        return 1
    said = {
        SendResult.PRINTED: _("Printed."),
        SendResult.PAPER_LOW: _("Printed. The paper is running out. Keep a new roll at hand."),
        SendResult.HANDED_OVER: _("Handed over; the printer does not say more."),
        SendResult.UNKNOWN: _("Sent; the printer did not answer. Look at the paper."),
    }
    print(said[result])
    return 0
