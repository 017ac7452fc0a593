"""Dates and times as people write them, in the language in force.

The tables stand here rather than in the operating system's locales, which many machines lack.
Each function takes local time: see `pos.clock.local`.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from pos.i18n import Language, language


@dataclass(frozen=True)
class _Names:
    days: tuple[str, ...]
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    time_separator: str


_NAMES: Final[dict[Language, _Names]] = {
    "id": _Names(
        days=("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        months=(
            *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
            *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
        ),
        months_short=(
            *("Jan", "Feb", "Mar", "Apr", "Mei", "Jun"),
            *("Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
        ),
        time_separator=".",
    ),
    "en": _Names(
        days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        months_short=(
            *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
            *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        ),
        time_separator=":",
    ),
}


def format_weekday(day: dt.date) -> str:
    """22 November 2026 -> "Minggu"."""
    return _NAMES[language()].days[day.weekday()]


def format_date_long(day: dt.date) -> str:
    """22 November 2026 -> "Minggu, 22 November 2026"."""
    month = _NAMES[language()].months[day.month - 1]
    return f"{format_weekday(day)}, {day.day} {month} {day.year}"


def format_date(day: dt.date) -> str:
    """22 November 2026 -> "22 Nov 2026"."""
    return f"{format_date_short(day)} {day.year}"


def format_date_short(day: dt.date) -> str:
    """22 November 2026 -> "22 Nov", where the year is plain from the place it stands."""
    return f"{day.day} {_NAMES[language()].months_short[day.month - 1]}"


def format_time(moment: dt.datetime | dt.time) -> str:
    """Seven past two in the afternoon -> "14.07" in Indonesian, "14:07" in English."""
    return f"{moment.hour:02}{_NAMES[language()].time_separator}{moment.minute:02}"


def format_datetime(moment: dt.datetime) -> str:
    """Date and time in short -> "22 Nov 2026 14.07"."""
    return f"{format_date(moment)} {format_time(moment)}"


def format_month(day: dt.date) -> str:
    """22 November 2026 -> "November 2026"."""
    return f"{_NAMES[language()].months[day.month - 1]} {day.year}"
