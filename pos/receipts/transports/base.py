"""What every transport is, and what a two-way channel to a printer is."""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from pos.receipts.outcomes import PrinterStatus, SendResult

Cancelled = Callable[[], bool]

T = TypeVar("T")


def never() -> bool:
    """A job that nobody cancels."""
    return False


def nothing() -> None:
    """Nothing to be done before the first byte."""


class Transport(Protocol):
    """A way to one printer; it holds nothing open between jobs."""

    def send(
        self,
        job: bytes,
        *,
        is_cancelled: Cancelled = never,
        before_first_byte: Callable[[], None] = nothing,
        check_first: bool = True,
        confirm: bool = True,
    ) -> SendResult:
        """Send one job within the limits; raises PrinterError.

        `before_first_byte` is called once the printer is open and before any byte of the job
        leaves, so that "sending" can be written down; what it raises ends the attempt.
        `check_first` asks the printer whether it can print, and refuses if it says no. `confirm`
        waits for the printer's word that it has printed.
        """
        ...

    def status(self) -> PrinterStatus:
        """What the printer says of itself; never raises."""
        ...


class Channel(Protocol):
    """An open connection to a printer. All of it may raise PrinterError and closes quietly."""

    @property
    def two_way(self) -> bool:
        """Whether answers can be read at all."""
        ...

    def write_some(self, data: bytes, seconds: float) -> int:
        """Bytes taken within the time; 0 for none.

        An error leaves `partial` unset only when nothing of `data` was taken for certain.
        """
        ...

    def read_some(self, seconds: float) -> bytes:
        """Bytes that are there or come within the time; empty for none."""
        ...

    def is_drained(self, seconds: float) -> bool:
        """Whether all that was written has left this computer, waiting as long at most."""
        ...

    def abandon(self) -> None:
        """Throw away what was written and has not left yet, before closing after a failure."""
        ...

    def close(self) -> None:
        """Give the printer back; never raises."""
        ...


def bounded(call: Callable[[], T], seconds: float) -> T:
    """The call's result, or TimeoutError; for system calls that know no time limit of their own.

    The thread of a call that never ends is left behind: it is a daemon and holds nothing of ours.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:  # noqa: BLE001 (handed to the caller as it is)
            errors.append(error)

    thread = threading.Thread(target=run, name="titip-printer-call", daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError(f"no answer within {seconds} s")
    return results[0]
