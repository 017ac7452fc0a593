"""Transports with short limits, for the tests of each kind of printer."""

from pathlib import Path

from pos.receipts.outcomes import (
    Limits,
)
from pos.receipts.printers import open_transport, parse_address
from pos.receipts.transports.base import Transport

QUICK = Limits(connect=0.5, stall=0.5, total=2.0, answer=0.5, print_rate=1e6, status=0.3, slice=0.1)


def transport(address: str, folder: Path, *, mute: bool = False, text: str = "") -> Transport:
    return open_transport(
        parse_address(address), preview_folder=folder, preview_text=text, limits=QUICK, mute=mute
    )


def cancelled() -> bool:
    return True
