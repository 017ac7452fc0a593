"""Which keys were typed by a scanner: the judgement alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.ui.burst import MAX_AVERAGE_MS, Burst


def burst_of(text: str, times: list[int]) -> Burst:
    burst = Burst()
    for character, at in zip(text, times, strict=True):
        assert burst.fits(at)
        burst.add(character, at)
    return burst


@pytest.mark.parametrize("gap", [1, 5, 8, 20, 30])
def test_quick_keys_are_a_scan(gap: int) -> None:
    times = [1_000 + gap * at for at in range(8)]
    assert burst_of("DKR-1187", times).is_scan(times[-1] + gap)


def test_three_characters_are_too_few() -> None:
    assert not burst_of("123", [100, 105, 110]).is_scan(115)


def test_four_are_enough() -> None:
    assert burst_of("1234", [100, 105, 110, 115]).is_scan(120)


def test_a_long_gap_ends_a_burst() -> None:
    assert not burst_of("12", [100, 105]).fits(200)


def test_enter_long_after_the_keys_is_a_persons() -> None:
    assert not burst_of("DKR-1187", [100 + 8 * at for at in range(8)]).is_scan(400)


def test_unknown_times_are_never_a_scanners() -> None:
    burst = Burst()
    burst.add("1", 0)
    assert not burst.fits(0)


def test_a_prefix_decides_whatever_the_pace() -> None:
    slow = burst_of("~12", [100, 150, 200])
    assert slow.is_scan(250, "~")
    assert not burst_of("12", [100, 110]).is_scan(120, "~")


@given(gaps=st.lists(st.integers(41, 59), min_size=4, max_size=30))
def test_no_typist_is_taken_for_a_scanner(gaps: list[int]) -> None:
    at, burst = 1_000, Burst()
    for gap in gaps:
        at += gap
        burst.add("a", at)
    assert not burst.is_scan(at + min(gaps))


@given(gaps=st.lists(st.integers(0, MAX_AVERAGE_MS), min_size=4, max_size=40))
def test_no_scanner_is_taken_for_a_typist(gaps: list[int]) -> None:
    at, burst = 1_000, Burst()
    for gap in gaps:
        at += gap
        burst.add("a", at)
    assert burst.is_scan(at + MAX_AVERAGE_MS)
