import datetime as dt
import time

import pytest

from pos.clock import SystemClock, business_date, local, to_ms

JAKARTA = dt.timezone(dt.timedelta(hours=7))


def jakarta(*parts: int) -> int:
    return to_ms(dt.datetime(*parts, tzinfo=JAKARTA))  # type: ignore[arg-type,misc]


def test_an_instant_reads_as_local_time_and_comes_back() -> None:
    at = jakarta(2026, 11, 22, 9, 30, 15)
    assert at == 1_795_314_615_000
    assert local(at).isoformat() == "2026-11-22T09:30:15+07:00"
    assert local(at, "Asia/Jayapura").isoformat() == "2026-11-22T11:30:15+09:00"
    assert to_ms(local(at)) == at


def test_milliseconds_are_cut_never_rounded_up() -> None:
    moment = dt.datetime(2026, 11, 22, 9, 30, 15, 123_999, tzinfo=JAKARTA)
    assert to_ms(moment) % 1000 == 123
    assert local(to_ms(moment)).microsecond == 123_000


@pytest.mark.parametrize(
    ("at", "cutoff", "day"),
    [
        (jakarta(2026, 11, 22, 9, 0), 240, 22),
        (jakarta(2026, 11, 22, 23, 59, 59), 240, 22),
        # A bazaar that closes after midnight is still yesterday.
        (jakarta(2026, 11, 23, 0, 30), 240, 22),
        (jakarta(2026, 11, 23, 3, 59, 59), 240, 22),
        (jakarta(2026, 11, 23, 4, 0), 240, 23),
        (jakarta(2026, 11, 23, 0, 0), 0, 23),
        (jakarta(2026, 11, 23, 11, 59), 720, 22),
    ],
)
def test_the_business_day_turns_at_the_cutoff(at: int, cutoff: int, day: int) -> None:
    assert business_date(at, cutoff_minutes=cutoff) == dt.date(2026, 11, day)


def test_the_cutoff_is_at_four_in_the_zone_of_the_stand_unless_set() -> None:
    at = jakarta(2026, 11, 23, 3, 0)
    assert business_date(at) == dt.date(2026, 11, 22)
    assert business_date(at, "Asia/Jayapura") == dt.date(2026, 11, 23)


def test_the_first_of_january_before_the_cutoff_is_last_year() -> None:
    assert business_date(jakarta(2027, 1, 1, 2, 0)) == dt.date(2026, 12, 31)


def test_the_machines_clock() -> None:
    clock = SystemClock()
    before = time.time()
    assert before - 1 <= clock.now_ms() / 1000 <= time.time() + 1
    first = clock.monotonic()
    assert clock.monotonic() >= first
