import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos import i18n
from pos.errors import UserError
from pos.tender import METHODS, Payment, Tender, cash_due, quick_amounts, settle


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.set_language("en")


def refused(total: int, *tenders: Tender) -> UserError:
    with pytest.raises(UserError) as caught:
        settle(total, tenders)
    assert caught.value.field == "amount"
    return caught.value


def test_the_methods_are_those_of_the_ledger() -> None:
    assert METHODS == ("cash", "qris", "transfer", "card")


def test_cash_with_change() -> None:
    settled = settle(87_500, (Tender("cash", 100_000),))
    assert settled.payments == (Payment("cash", 87_500, 100_000, checked=True),)
    assert (settled.rounding, settled.change) == (0, 12_500)


def test_notes_handed_over_one_after_the_other_are_one_payment() -> None:
    settled = settle(87_500, (Tender("cash", 50_000), Tender("cash", 50_000)))
    assert settled.payments == (Payment("cash", 87_500, 100_000, checked=True),)
    assert settled.change == 12_500


@pytest.mark.parametrize(
    ("tender", "checked"),
    [
        (Tender("qris", 87_530), False),
        (Tender("qris", 87_530, checked=True), True),
        (Tender("transfer", 87_530), False),
        (Tender("transfer", 87_530, checked=True), True),
        (Tender("card", 87_530), True),
    ],
)
def test_without_cash_nothing_is_rounded_and_a_card_counts_as_seen(
    tender: Tender, checked: bool
) -> None:
    settled = settle(87_530, (tender,))
    assert settled.payments == (Payment(tender.method, 87_530, 87_530, checked),)
    assert (settled.rounding, settled.change) == (0, 0)


def test_only_the_rest_in_cash_is_rounded() -> None:
    settled = settle(
        187_530,
        (Tender("cash", 50_000), Tender("qris", 100_000), Tender("card", 40_000, True, "7")),
    )
    assert settled.payments == (
        Payment("qris", 100_000, 100_000, checked=False),
        Payment("card", 40_000, 40_000, checked=True, reference="7"),
        Payment("cash", 47_500, 50_000, checked=True),
    )
    assert (settled.rounding, settled.change) == (-30, 2_500)


def test_the_step_is_a_setting() -> None:
    assert cash_due(12_345, 0, 500) == 12_500
    assert cash_due(12_345, 0, 1) == 12_345
    assert cash_due(112_345, 100_000) == 12_300
    assert settle(12_345, (Tender("cash", 12_345),), step=1).rounding == 0


def test_missing_money_is_named() -> None:
    assert "Rp 7.500" in refused(87_500, Tender("cash", 80_000)).sentence
    assert "Rp 87.500" in refused(87_500).sentence
    assert "Rp 500" in refused(87_500, Tender("qris", 87_000)).sentence
    # What is missing is what is missing in cash, rounded.
    assert "Rp 400" in refused(87_430, Tender("qris", 87_000)).sentence


def test_a_rest_too_small_for_any_coin_is_not_rounded_away() -> None:
    assert "Rp 30" in refused(100_030, Tender("qris", 100_000)).sentence
    assert settle(30, ()).rounding == -30
    assert cash_due(100_030, 100_000) == 30
    given = settle(100_030, (Tender("qris", 100_000), Tender("cash", 100)))
    assert given.payments[1:] == (Payment("cash", 30, 100, checked=True),)
    assert (given.rounding, given.change) == (0, 70)


def test_only_cash_can_be_given_back() -> None:
    error = refused(87_500, Tender("qris", 90_000))
    assert "Rp 2.500" in error.sentence
    assert "Rp 2.500" in refused(87_500, Tender("card", 90_000), Tender("cash", 5)).sentence


def test_cash_on_top_of_what_is_paid_already_is_refused() -> None:
    assert "Nothing is left" in refused(87_500, Tender("card", 87_500), Tender("cash", 5)).sentence


@pytest.mark.parametrize("amount", [0, -5])
def test_an_amount_is_more_than_zero(amount: int) -> None:
    assert "more than zero" in refused(87_500, Tender("cash", amount)).sentence


def test_a_sale_of_nothing_needs_no_payment() -> None:
    settled = settle(0, ())
    assert (settled.payments, settled.rounding, settled.change) == ((), 0, 0)


def test_a_total_that_rounds_to_nothing_needs_no_cash() -> None:
    settled = settle(50, ())
    assert (settled.payments, settled.rounding, settled.change) == ((), -50, 0)


@given(
    total=st.integers(0, 10**7),
    parts=st.lists(st.sampled_from(["qris", "transfer", "card"]), max_size=3),
    step=st.sampled_from([1, 50, 100, 500, 1_000]),
    extra=st.integers(0, 10**5),
    data=st.data(),
)
def test_what_stays_is_the_total_plus_rounding(
    total: int, parts: list[str], step: int, extra: int, data: st.DataObject
) -> None:
    left, tenders = total, []
    for method in parts:
        amount = data.draw(st.integers(0, left))
        if amount:
            tenders.append(Tender(method, amount))  # type: ignore[arg-type]
            left -= amount
    due = cash_due(total, total - left, step)
    if due + extra and left:
        tenders.append(Tender("cash", due + extra))
    settled = settle(total, tuple(tenders), step)
    assert sum(p.amount for p in settled.payments) == total + settled.rounding
    assert sum(p.tendered - p.amount for p in settled.payments) == settled.change
    assert -step <= 2 * settled.rounding < step
    assert settled.rounding == 0 or left


@pytest.mark.parametrize(
    ("due", "amounts"),
    [
        (0, ()),
        (-100, ()),
        (7_500, (10_000, 20_000, 50_000, 100_000)),
        (23_000, (30_000, 40_000, 50_000, 100_000)),
        (87_500, (90_000, 100_000, 150_000)),
        (100_000, (110_000, 120_000, 150_000, 200_000)),
        (245_300, (250_000, 260_000, 300_000, 500_000, 1_000_000)),
        (1_234_500, (1_240_000, 1_250_000, 1_300_000, 1_500_000, 2_000_000)),
    ],
)
def test_quick_amounts_are_what_people_hand_over(due: int, amounts: tuple[int, ...]) -> None:
    assert quick_amounts(due) == amounts


@given(st.integers(1, 10**8))
def test_each_quick_amount_pays_and_is_made_of_large_notes(due: int) -> None:
    found = quick_amounts(due)
    assert 1 <= len(found) <= 5
    assert list(found) == sorted(set(found))
    assert all(amount > due and amount % 10_000 == 0 for amount in found)
