"""Which backups are kept, whatever the clock did."""

import datetime as dt
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pos.services.backup_names import DAILY, MONTHLY, WEEKLY, Stamp, kept, read_stamp, second_folder


def naive(iso: str) -> dt.datetime:
    """Local time at a stand."""
    return dt.datetime.fromisoformat(iso)


NOON = naive("2026-11-22T12:00")


def at(days: float, seq: int = 1) -> Stamp:
    """So many days before noon of 22 November."""
    return Stamp(NOON - dt.timedelta(days=days), seq, "DKR1")


def test_a_name_says_which_till_when_and_how_far() -> None:
    stamp = Stamp(NOON, 123, "DKR1")
    assert stamp.file_name == "titip-DKR1-20261122-120000-00000123.db"
    assert read_stamp(stamp.file_name) == stamp


def test_other_files_are_no_backups() -> None:
    for name in (
        "titip.db",
        "titip-DKR1-20261122-120000-00000123.db.part",
        "titip-DKR1-20261322-120000-00000123.db",
        "titip-DKR1-20261122-120000-123.db",
        "",
    ):
        assert read_stamp(name) is None


def test_tills_share_a_stick_in_folders_of_their_own() -> None:
    assert second_folder(Path("/stick"), "DKR1", 0x1A2B3) == Path("/stick/titip-DKR1-1a2b3")


def test_all_of_two_days_then_days_weeks_and_months() -> None:
    half_hours = [at(n / 48, 100_000 - n) for n in range(48 * 400)]
    left = sorted(kept(half_hours, half_hours[0]), reverse=True)
    recent = [stamp for stamp in left if stamp.at > NOON - dt.timedelta(days=2)]
    assert len(recent) == 96
    days = [stamp.at.date() for stamp in left if stamp not in recent]
    # The last of each day, week and month; the newest of each three stand for later ones too.
    assert len(days) == len(set(days))
    assert len({stamp.at.date() for stamp in left}) >= DAILY
    assert {stamp.at.date() for stamp in left} >= {
        (NOON - dt.timedelta(days=n)).date() for n in range(DAILY)
    }
    weeks = {stamp.at.isocalendar()[:2] for stamp in left}
    assert len(weeks) >= WEEKLY
    months = sorted({(stamp.at.year, stamp.at.month) for stamp in left}, reverse=True)
    assert months == [(2026, n) for n in range(11, 2, -1)]
    assert len(months) == MONTHLY
    assert all(stamp.at.time() > dt.time(23) for stamp in left if stamp not in recent)


def test_days_without_a_backup_are_not_counted() -> None:
    rare = [at(n * 200, 50 - n) for n in range(14)]
    assert kept(rare, rare[0]) == set(rare[:12])


def test_a_clock_that_fell_back_to_1970_loses_neither_the_new_nor_the_good_ones() -> None:
    good = [at(n / 24, 1000 - n) for n in range(48)]
    lost = Stamp(naive("1970-01-01T00:30"), 1001, "DKR1")
    before = Stamp(naive("1970-01-01"), 1000, "DKR1")
    assert kept([*good, before], lost) >= {*good, before, lost}


def test_a_clock_that_jumped_ahead_thins_out_but_empties_nothing() -> None:
    good = [at(n, 1000 - n) for n in range(10)]
    ahead = Stamp(naive("2031-01-01"), 1001, "DKR1")
    assert kept(good, ahead) == {*good, ahead}


@given(
    st.lists(st.tuples(st.datetimes(), st.integers(0, 10**6)), max_size=200),
    st.datetimes(),
)
def test_the_newest_stays_and_nothing_comes_from_nowhere(
    made: list[tuple[dt.datetime, int]], newest: dt.datetime
) -> None:
    stamps = [Stamp(when.replace(microsecond=0), seq) for when, seq in made]
    last = Stamp(newest.replace(microsecond=0), 10**7)
    left = kept(stamps, last)
    assert last in left
    assert left <= {*stamps, last}
    # Thinning out what was thinned out removes nothing more.
    assert kept(left, last) == left
