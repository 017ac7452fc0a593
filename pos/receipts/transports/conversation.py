"""The one way of sending a job over a two-way channel: ask, send, count, have it confirmed."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from pos.receipts.outcomes import (
    UNKNOWN_STATUS,
    ErrorKind,
    Limits,
    PrinterError,
    PrinterState,
    PrinterStatus,
    SendResult,
)
from pos.receipts.transports.base import Cancelled, Channel, never, nothing

CHUNK = 4096
"""Bytes offered at once: enough for speed, few enough to see progress."""

_PRINTED_SO_FAR = b"\x1dr\x01"  # GS r 1: answered when the printer has come this far
_NEAR_END = 0x03  # the sensor's two bits in that answer
_STATUS, _OFFLINE_CAUSE, _PAPER = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"  # DLE EOT n


@dataclass(frozen=True)
class ConversationTransport:
    """Opens a channel for each job or question and closes it after. `mute`: never answers."""

    connect: Callable[[], Channel]
    limits: Limits
    mute: bool = False

    def send(
        self,
        job: bytes,
        *,
        is_cancelled: Cancelled = never,
        before_first_byte: Callable[[], None] = nothing,
        check_first: bool = True,
        confirm: bool = True,
    ) -> SendResult:
        """See `Transport.send`."""
        channel = self.connect()
        clean = False
        try:
            status = UNKNOWN_STATUS
            if check_first and not self.mute and channel.two_way:
                status = ask_status(channel, self.limits)
                _refuse_if_unable(status)
            before_first_byte()
            asks = channel.two_way and confirm
            _write(channel, job, self.limits, is_cancelled)
            result = self._conclude(channel, len(job), is_cancelled, asks=asks)
            clean = True
            low = result is SendResult.PRINTED and status.state is PrinterState.PAPER_LOW
            return SendResult.PAPER_LOW if low else result
        finally:
            if not clean:
                channel.abandon()
            channel.close()

    def _conclude(
        self, channel: Channel, sent: int, is_cancelled: Cancelled, *, asks: bool
    ) -> SendResult:
        """After the last byte: wait for the printer's word, or until the bytes have left."""
        try:
            if asks:
                _drain_input(channel)
                _write(channel, _PRINTED_SO_FAR, self.limits, is_cancelled)
                said = self._confirmation(channel, sent, is_cancelled)
                if said is not None:
                    return SendResult.PAPER_LOW if said & _NEAR_END else SendResult.PRINTED
            self._drain(channel, is_cancelled)
        except PrinterError as error:
            raise error.after(sent) from error
        return SendResult.UNKNOWN if channel.two_way else SendResult.HANDED_OVER

    def _confirmation(self, channel: Channel, sent: int, is_cancelled: Cancelled) -> int | None:
        """The printer's answer to "printed so far", with what it says of its paper."""
        patient = self.limits.answer + sent / self.limits.print_rate
        ends = time.monotonic() + (self.limits.mute_answer if self.mute else patient)
        while (left := ends - time.monotonic()) > 0 and not is_cancelled():
            wait = min(left, self.limits.slice)
            said = _answer(channel, wait, _is_paper_answer)
            if said is not None:
                return said
        return None

    def _drain(self, channel: Channel, is_cancelled: Cancelled) -> None:
        """Wait until the last bytes have left this computer; raises when they don't."""
        ends = time.monotonic() + self.limits.stall
        while not channel.is_drained(self.limits.slice):
            if is_cancelled() or time.monotonic() > ends:
                raise PrinterError(ErrorKind.STALLED, "the last bytes did not leave")

    def status(self) -> PrinterStatus:
        """See `Transport.status`."""
        try:
            channel = self.connect()
        except PrinterError as error:
            absent = error.kind is ErrorKind.ABSENT
            return PrinterStatus(PrinterState.ABSENT) if absent else UNKNOWN_STATUS
        try:
            if self.mute or not channel.two_way:
                return UNKNOWN_STATUS
            return ask_status(channel, self.limits)
        finally:
            channel.abandon()
            channel.close()


def _write(channel: Channel, job: bytes, limits: Limits, is_cancelled: Cancelled) -> None:
    """Write all of it or raise, counting what was taken; the total limit allows any size."""
    sent = 0
    started = moved = time.monotonic()
    while sent < len(job):
        if is_cancelled():
            raise PrinterError(ErrorKind.STALLED, "cancelled").after(sent)
        try:
            taken = channel.write_some(job[sent : sent + CHUNK], limits.slice)
        except PrinterError as error:
            raise error.after(sent) from error
        now = time.monotonic()
        if taken:
            sent += taken
            moved = now
        elif now - moved > limits.stall:
            raise PrinterError(ErrorKind.STALLED, f"{sent} of {len(job)} bytes taken").after(sent)
        if now - started > limits.total and sent < len(job):
            raise PrinterError(ErrorKind.STALLED, f"only {sent} of {len(job)} bytes").after(sent)


def _refuse_if_unable(status: PrinterStatus) -> None:
    if not status.can_print:
        raise PrinterError(
            ErrorKind.STALLED, status.state, advice=status.sentence, state=status.state
        )


def ask_status(channel: Channel, limits: Limits) -> PrinterStatus:
    """Ask with `DLE EOT`, within `limits.status` for all questions together; never raises."""
    try:
        return _ask_status(channel, limits)
    except PrinterError:
        return UNKNOWN_STATUS


def _ask_status(channel: Channel, limits: Limits) -> PrinterStatus:
    ends = time.monotonic() + limits.status
    _drain_input(channel)
    state = _ask(channel, _STATUS, ends)
    if state is None:
        return UNKNOWN_STATUS
    paper = _ask(channel, _PAPER, ends) or 0
    if paper & 0x60:
        return PrinterStatus(PrinterState.PAPER_OUT)
    if state & 0x08:
        cause = _ask(channel, _OFFLINE_CAUSE, ends) or 0
        if cause & 0x04:
            return PrinterStatus(PrinterState.COVER_OPEN)
        out = PrinterState.PAPER_OUT if cause & 0x20 else PrinterState.OFFLINE
        return PrinterStatus(out)
    return PrinterStatus(PrinterState.PAPER_LOW if paper & 0x0C else PrinterState.READY)


def _ask(channel: Channel, question: bytes, ends: float) -> int | None:
    sent = 0
    while sent < len(question):
        left = ends - time.monotonic()
        if left <= 0:
            return None
        sent += channel.write_some(question[sent:], left)
    return _answer(channel, ends - time.monotonic(), _is_realtime_answer)


def _answer(channel: Channel, seconds: float, fits: Callable[[int], bool]) -> int | None:
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        got = channel.read_some(left)
        for byte in got:
            if fits(byte):
                return byte
        if not got and time.monotonic() < ends:
            # Some printers answer a read at once with nothing; that must not become a busy loop.
            time.sleep(0.01)
    return None


def _drain_input(channel: Channel) -> None:
    """Forget old answers: one that came too late must not confirm this job."""
    for _round in range(16):
        if not channel.read_some(0):
            return


def _is_realtime_answer(byte: int) -> bool:
    return byte & 0x93 == 0x12


def _is_paper_answer(byte: int) -> bool:
    return byte & 0x90 == 0
