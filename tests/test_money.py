import contextlib
import fractions

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.errors import UserError
from pos.money import (
    MAX_AMOUNT,
    div_round,
    parse_rupiah,
    percent_of,
    round_cash,
    rupiah,
    spread,
    thousands,
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "up", "down"),
    [
        (5, 2, 3, 2),
        (-5, 2, -2, -3),
        (7, 2, 4, 3),
        (7, 3, 2, 2),
        (8, 3, 3, 3),
        (-7, 3, -2, -2),
        (0, 9, 0, 0),
        (12, 4, 3, 3),
    ],
)
def test_div_round_goes_to_the_nearest_and_ties_as_asked(
    numerator: int, denominator: int, up: int, down: int
) -> None:
    assert div_round(numerator, denominator) == up
    assert div_round(numerator, denominator, ties="up") == up
    assert div_round(numerator, denominator, ties="down") == down


@given(st.integers(-(10**14), 10**14), st.integers(1, 10**6))
def test_div_round_is_never_further_than_half_a_unit_away(a: int, b: int) -> None:
    exact = fractions.Fraction(a, b)
    half = fractions.Fraction(1, 2)
    assert -half < div_round(a, b, "up") - exact <= half
    assert -half <= div_round(a, b, "down") - exact < half


@pytest.mark.parametrize(
    ("amount", "step", "rounded"),
    [
        (125_049, 100, 125_000),
        (125_050, 100, 125_000),
        (125_051, 100, 125_100),
        (125_250, 500, 125_000),
        (125_251, 500, 125_500),
        (125_037, 1, 125_037),
        (49, 100, 0),
        (0, 100, 0),
    ],
)
def test_cash_is_rounded_to_the_step_ties_down(amount: int, step: int, rounded: int) -> None:
    assert round_cash(amount, step) == rounded


@pytest.mark.parametrize(
    ("amount", "basis_points", "part"),
    [(100_000, 1_000, 10_000), (15, 1_000, 2), (14, 1_000, 1), (99_999, 1_250, 12_500), (7, 0, 0)],
)
def test_percent_is_rounded_half_up(amount: int, basis_points: int, part: int) -> None:
    assert percent_of(amount, basis_points) == part


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (200, [1, 1, 1], [67, 67, 66]),
        (10, [1, 2, 7], [1, 2, 7]),
        (1, [1, 99], [0, 1]),
        (0, [5, 0], [0, 0]),
        (0, [], []),
        (0, [0, 0], [0, 0]),
        (9, [0, 3], [0, 9]),
    ],
)
def test_spread_by_largest_remainder(total: int, weights: list[int], parts: list[int]) -> None:
    assert spread(total, weights) == parts


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30), st.data())
def test_spread_keeps_the_total_and_gives_nobody_more_than_the_next_whole(
    weights: list[int], data: st.DataObject
) -> None:
    whole = sum(weights)
    total = data.draw(st.integers(0, whole))
    parts = spread(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert part <= weight
        if whole:
            assert abs(part - fractions.Fraction(total * weight, whole)) < 1


def test_spread_over_nothing_is_a_bug() -> None:
    with pytest.raises(ValueError, match="nothing to spread over"):
        spread(1, [0, 0])


@pytest.mark.parametrize(
    ("amount", "plain", "with_sign"),
    [
        (0, "0", "Rp 0"),
        (999, "999", "Rp 999"),
        (1_000, "1.000", "Rp 1.000"),
        (1_250_000, "1.250.000", "Rp 1.250.000"),
        (-7_000, "-7.000", "-Rp 7.000"),
    ],
)
def test_amounts_read_as_on_indonesian_receipts(amount: int, plain: str, with_sign: str) -> None:
    assert thousands(amount) == plain
    assert rupiah(amount) == with_sign


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("35000", 35_000),
        ("35.000", 35_000),
        (" Rp 35.000 ", 35_000),
        ("rp35.000", 35_000),
        ("Rp. 35.000", 35_000),
        ("RP 1.250.000,-", 1_250_000),
        ("1.250.000,00", 1_250_000),
        ("35 000", 35_000),
        ("0", 0),
        ("007", 7),
        ("9.999.999.999", MAX_AMOUNT),
    ],
)
def test_amounts_as_people_type_them(typed: str, amount: int) -> None:
    assert parse_rupiah(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "-5", "35.00", "3.5", "1,5", "1.2.3", "35.000,50", "Rp", "1e3", "35.0000", "12a"],
)
def test_what_is_no_amount_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_rupiah(typed)
    assert "35.000" in refused.value.sentence


@pytest.mark.parametrize("typed", ["10.000.000.000", "9" * 30, "9" * 5_000])
def test_amounts_too_large_for_the_paper_are_refused(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_rupiah(typed)
    assert "Rp 9.999.999.999" in refused.value.sentence


@given(st.integers(0, MAX_AMOUNT))
def test_what_is_shown_can_be_typed_back(amount: int) -> None:
    assert parse_rupiah(rupiah(amount)) == amount
    assert parse_rupiah(thousands(amount)) == amount
    assert parse_rupiah(str(amount)) == amount


@given(st.text(max_size=40))
def test_any_text_is_an_amount_or_refused(typed: str) -> None:
    with contextlib.suppress(UserError):
        assert 0 <= parse_rupiah(typed) <= MAX_AMOUNT
