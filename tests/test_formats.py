import datetime as dt

import pytest

from pos import formats
from pos.i18n import set_language

SUNDAY = dt.date(2026, 11, 22)
AFTERNOON = dt.datetime(2026, 11, 22, 14, 7, tzinfo=dt.UTC)


def test_indonesian() -> None:
    assert formats.format_date_long(SUNDAY) == "Minggu, 22 November 2026"
    assert formats.format_date(SUNDAY) == "22 Nov 2026"
    assert formats.format_date_short(SUNDAY) == "22 Nov"
    assert formats.format_weekday(SUNDAY) == "Minggu"
    assert formats.format_time(AFTERNOON) == "14.07"
    assert formats.format_datetime(AFTERNOON) == "22 Nov 2026 14.07"


def test_english() -> None:
    set_language("en")
    assert formats.format_date_long(SUNDAY) == "Sunday, 22 November 2026"
    assert formats.format_time(AFTERNOON) == "14:07"
    assert formats.format_datetime(AFTERNOON) == "22 Nov 2026 14:07"


def test_midnight_and_single_digits() -> None:
    assert formats.format_time(dt.time(0, 5)) == "00.05"
    assert formats.format_date_short(dt.date(2026, 5, 3)) == "3 Mei"


@pytest.mark.parametrize(
    ("code", "days", "months"),
    [
        (
            "id",
            "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
            "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        ),
        ("en", dt.date(2026, 11, 23), "%B"),
    ],
)
def test_every_day_and_month(code: str, days: str | dt.date, months: str) -> None:
    set_language(code)
    week = [dt.date(2026, 11, 23) + dt.timedelta(n) for n in range(7)]
    year = [dt.date(2026, month, 1) for month in range(1, 13)]
    # Python's own names are English as long as no locale is set, and nothing here sets one.
    expected_days = days.split() if isinstance(days, str) else [f"{day:%A}" for day in week]
    expected_months = [f"{day:%B}" for day in year] if months == "%B" else months.split()
    assert [formats.format_date_long(day).split(",")[0] for day in week] == expected_days
    assert [formats.format_date_long(day).split()[2] for day in year] == expected_months


def test_short_months_are_three_letters_of_the_long_ones_but_for_the_usual_one() -> None:
    year = [dt.date(2026, month, 1) for month in range(1, 13)]
    pairs = [
        (formats.format_date_short(d).split()[1], formats.format_date_long(d).split()[2])
        for d in year
    ]
    assert [short for short, long in pairs if short != long[:3]] == []
    assert ("Agu", "Agustus") in pairs


def test_a_month() -> None:
    assert formats.format_month(dt.date(2026, 11, 22)) == "November 2026"
    assert formats.format_month(dt.date(2026, 5, 1)) == "Mei 2026"
