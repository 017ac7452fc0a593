"""What becomes of a deposit, with the numbers visible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.deposits import kept_of, part_for, share_of_kept
from pos.terms import Terms

amounts = st.integers(0, 10_000_000)


@pytest.mark.parametrize(
    ("held", "worth", "open_worth", "step", "used"),
    [
        (100_000, 100_000, 300_000, 100, 33_300),
        (100_000, 100_000, 300_000, 1, 33_333),
        (66_700, 200_000, 200_000, 100, 66_700),
        (500_000, 100_000, 100_000, 100, 100_000),
        (0, 50_000, 100_000, 100, 0),
        (900_000, 50_000, 100_000, 100, 50_000),
    ],
)
def test_the_deposit_pays_its_part(
    held: int, worth: int, open_worth: int, step: int, used: int
) -> None:
    assert part_for(held, worth, open_worth, step) == used


@given(held=amounts, worths=st.lists(st.integers(1, 1_000_000), min_size=1, max_size=6))
def test_all_pieces_together_use_all_of_it(held: int, worths: list[int]) -> None:
    left, open_worth = held, sum(worths)
    for worth in worths:
        used = part_for(left, worth, open_worth, 100)
        assert 0 <= used <= min(left, worth)
        left, open_worth = left - used, open_worth - worth
    assert left == max(0, held - sum(worths)), "nothing is held for nothing"


def test_kept_or_given_back() -> None:
    assert [kept_of(100_001, rule) for rule in ("returned", "kept", "split")] == [
        0,
        100_001,
        50_000,
    ]


@pytest.mark.parametrize(
    ("kept", "lines", "share"),
    [
        (200_000, [(1, 500_000, Terms(rate_bp=1_500))], 170_000),
        (100_000, [(1, 100_000, Terms()), (2, 50_000, Terms(rate_bp=0))], 90_000),
        (10_000, [(1, 50_000, Terms(kind="net", net_price=70_000))], 10_000),
        (10_000, [(1, 100_000, Terms(kind="net", net_price=70_000))], 7_000),
        (10_000, [], 10_000),
    ],
)
def test_what_is_kept_is_shared_like_the_price(
    kept: int, lines: list[tuple[int, int, Terms]], share: int
) -> None:
    assert share_of_kept(kept, lines) == share
