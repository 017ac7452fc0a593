"""`preview:`: no printer at all; each paper is kept in a folder, as bytes and as text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pos.receipts.outcomes import (
    ErrorKind,
    Limits,
    PrinterError,
    PrinterState,
    PrinterStatus,
    SendResult,
)
from pos.receipts.transports.base import Cancelled, never, nothing


@dataclass(frozen=True)
class PreviewTransport:
    """Writes `<time>-<n>.bin` and, where the paper's text is known, `<time>-<n>.txt`."""

    folder: Path
    limits: Limits
    text: str = ""

    def send(
        self,
        job: bytes,
        *,
        is_cancelled: Cancelled = never,
        before_first_byte: Callable[[], None] = nothing,
        check_first: bool = True,  # noqa: ARG002 (a folder is always ready)
        confirm: bool = True,  # noqa: ARG002 (nor is there anything to confirm)
    ) -> SendResult:
        """See `Transport.send`."""
        if is_cancelled():
            raise PrinterError(ErrorKind.STALLED, "cancelled")
        before_first_byte()
        # Local time: the names are for people who look into the folder.
        moment = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path = _write_new(self.folder, moment, job)
            if self.text:
                path.with_suffix(".txt").write_text(self.text, encoding="utf-8")
        except PermissionError as error:
            raise PrinterError(ErrorKind.DENIED, str(error)) from error
        except OSError as error:
            raise PrinterError(ErrorKind.UNKNOWN, str(error)) from error
        return SendResult.HANDED_OVER

    def status(self) -> PrinterStatus:
        """See `Transport.status`."""
        return PrinterStatus(PrinterState.READY)


def _write_new(folder: Path, moment: str, job: bytes) -> Path:
    number = 1
    while True:
        path = folder / f"{moment}-{number:03}.bin"
        try:
            with path.open("xb") as file:
                file.write(job)
        except FileExistsError:
            number += 1
        else:
            return path
