"""Time: milliseconds since 1970 in UTC for the book, local time for people, the business day."""

import datetime as dt
import time
from typing import Protocol
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Jakarta"
DEFAULT_CUTOFF_MINUTES = 4 * 60
"""The business day turns at 04.00, not at midnight: a bazaar that closes at 00.30 is still yesterday."""


class Clock(Protocol):
    """Where the time comes from; tests bring their own."""

    def now_ms(self) -> int:
        """Milliseconds since 1970-01-01 00:00 UTC by the machine's clock, right or wrong."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever rise within this process, whatever happens to the clock."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now_ms(self) -> int:
        """See Clock."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """See Clock."""
        return time.monotonic()


def local(at_ms: int, zone: str = DEFAULT_ZONE) -> dt.datetime:
    """The wall-clock time of an instant in a zone (aware)."""
    utc = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=at_ms)
    return utc.astimezone(ZoneInfo(zone))


def to_ms(moment: dt.datetime) -> int:
    """The instant of an aware datetime, in milliseconds."""
    return (moment - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(milliseconds=1)


def business_date(
    at_ms: int, zone: str = DEFAULT_ZONE, cutoff_minutes: int = DEFAULT_CUTOFF_MINUTES
) -> dt.date:
    """The business day that an instant belongs to: before the cut-off it is still the day before."""
    return (local(at_ms, zone) - dt.timedelta(minutes=cutoff_minutes)).date()
