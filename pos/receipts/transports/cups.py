"""`cups:`: a queue of CUPS, through its own programs `lp` and `lpstat`."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from shutil import which

from pos.i18n import _
from pos.receipts.addresses import CupsAddress
from pos.receipts.outcomes import (
    UNKNOWN_STATUS,
    ErrorKind,
    FoundPrinter,
    Limits,
    PrinterError,
    PrinterState,
    PrinterStatus,
    SendResult,
)
from pos.receipts.transports.base import Cancelled, never, nothing


@dataclass(frozen=True)
class CupsTransport:
    """Hands jobs to CUPS as they are (`-o raw`); what becomes of them is CUPS's affair."""

    address: CupsAddress
    limits: Limits

    def send(
        self,
        job: bytes,
        *,
        is_cancelled: Cancelled = never,
        before_first_byte: Callable[[], None] = nothing,
        check_first: bool = True,
        confirm: bool = True,  # noqa: ARG002 (CUPS has no word to give)
    ) -> SendResult:
        """See `Transport.send`."""
        if check_first:
            status = self.status()
            if status.state is PrinterState.ABSENT:
                raise PrinterError(ErrorKind.ABSENT, str(self.address))
            if not status.can_print:
                raise PrinterError(
                    ErrorKind.STALLED, "queue stopped", advice=_stopped(), state=status.state
                )
        if is_cancelled():
            raise PrinterError(ErrorKind.STALLED, "cancelled")
        before_first_byte()
        command = ["lp", "-d", self.address.name, "-o", "raw", "-t", "Titip"]
        try:
            done = _run(command, self.limits.stall, job)
        except FileNotFoundError as error:
            raise _no_cups() from error
        except subprocess.TimeoutExpired as error:
            raise PrinterError(ErrorKind.STALLED, "lp did not end", partial=True) from error
        if done.returncode:
            raise _refused(done.stderr.decode(errors="replace").strip())
        return SendResult.HANDED_OVER

    def status(self) -> PrinterStatus:
        """See `Transport.status`."""
        try:
            done = _run(["lpstat", "-p", self.address.name], self.limits.connect)
        except (OSError, subprocess.TimeoutExpired):
            return UNKNOWN_STATUS
        said = done.stdout.decode(errors="replace")
        if done.returncode or not said.strip():
            return PrinterStatus(PrinterState.ABSENT)
        # "printer NAME disabled since ...": a name may hold the word as well.
        if said.split()[2:3] == ["disabled"] or "is holding new jobs" in said:
            return PrinterStatus(PrinterState.OFFLINE)
        return UNKNOWN_STATUS


def _run(
    command: list[str], seconds: float, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run one of CUPS's programs; its words are wanted in English."""
    environment = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(  # noqa: S603 (a list, no shell; the name was checked when parsed)
        command, input=given, capture_output=True, timeout=seconds, check=False, env=environment
    )


def _refused(said: str) -> PrinterError:
    """What `lp` complained of; it has taken nothing then."""
    if "not accepting" in said:
        return PrinterError(ErrorKind.STALLED, said, advice=_stopped())
    if "cheduler" in said:
        return PrinterError(
            ErrorKind.UNKNOWN, said, advice=_("CUPS does not answer. Restart the computer.")
        )
    missing = "exist" in said or "nvalid" in said
    return PrinterError(ErrorKind.ABSENT if missing else ErrorKind.UNKNOWN, said)


def _stopped() -> str:
    return _("The print queue is stopped. Start it again in the system's printer settings.")


def _no_cups() -> PrinterError:
    return PrinterError(
        ErrorKind.ABSENT, "no lp", advice=_("This computer has no CUPS. Choose the printer itself.")
    )


def cups_printers(limits: Limits) -> tuple[FoundPrinter, ...]:
    """The queues that CUPS knows."""
    if which("lpstat") is None:
        return ()
    done = _run(["lpstat", "-e"], limits.connect)
    names = done.stdout.decode(errors="replace").split()
    return tuple(
        FoundPrinter(str(CupsAddress(name)), _("CUPS: {name}").format(name=name)) for name in names
    )
