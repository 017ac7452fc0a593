"""Taking the money, against a real till; no widgets."""

from typing import TYPE_CHECKING

import pytest

from pos.cart import Cart
from pos.errors import EnvironmentProblem
from pos.services.till import Till
from pos.ui.selling.paying import Paying, PayingPresenter
from tests.support import kasir_of
from tests.ui.support import run_now

if TYPE_CHECKING:
    from pos.services.selling import CompletedSale


def cart_of(till: Till, *codes: str) -> Cart:
    cart = Cart()
    for code in codes:
        cart = cart.add(till.catalog.find(code))
    return cart


class Counter:
    """A payment and how it ended."""

    def __init__(self, till: Till, *codes: str) -> None:
        self.sales: list[CompletedSale] = []
        self.paying = PayingPresenter(till, run_now, cart_of(till, *codes), lambda: kasir_of(till))
        self.paying.finished = self.sales.append


@pytest.fixture
def counter(till: Till) -> Counter:
    return Counter(till, "DKR-2041", "DKR-1187")  # 220.000


def test_enter_on_an_empty_field_is_the_exact_amount(counter: Counter) -> None:
    counter.paying.go_on()
    (sale,) = counter.sales
    assert (sale.total, sale.change, sale.has_cash) == (220_000, 0, True)


def test_more_cash_gives_change(counter: Counter) -> None:
    counter.paying.type_amount(250_000)
    settled = counter.paying.settlement
    assert settled is not None
    assert settled.change == 30_000
    counter.paying.go_on()
    assert counter.sales[0].change == 30_000


def test_less_is_a_part_and_the_rest_is_asked(counter: Counter) -> None:
    paying = counter.paying
    paying.choose("qris")
    paying.type_amount(100_000)
    assert paying.is_part
    paying.go_on()
    assert counter.sales == []
    assert paying.due == 120_000
    paying.choose("cash")
    paying.type_amount(150_000)
    paying.go_on()
    assert counter.sales[0].change == 30_000


def test_cash_first_and_the_rest_by_card(counter: Counter) -> None:
    paying = counter.paying
    paying.type_amount(20_000)
    paying.go_on()
    paying.choose("card")
    assert paying.due == 200_000
    paying.go_on()
    assert [(p.method, p.amount) for p in paying.tenders] == [("cash", 20_000), ("card", 200_000)]
    assert counter.sales[0].change == 0


def test_a_part_can_be_taken_back(counter: Counter) -> None:
    paying = counter.paying
    paying.type_amount(20_000)
    paying.go_on()
    paying.drop_part(0)
    assert paying.parts == ()
    assert paying.due == 220_000


def test_more_than_the_total_is_refused_without_cash(counter: Counter) -> None:
    paying = counter.paying
    paying.choose("transfer")
    paying.type_amount(300_000)
    paying.go_on()
    assert counter.sales == []
    assert "80.000" in paying.message


def test_qris_is_unchecked_until_ticked(till: Till) -> None:
    unticked = Counter(till, "DKR-1187")
    unticked.paying.choose("qris")
    unticked.paying.go_on()
    ticked = Counter(till, "DKR-3001")
    ticked.paying.choose("qris")
    ticked.paying.tick(True)
    ticked.paying.go_on()
    assert [p.number for p in till.receipts.unchecked()] == [unticked.sales[0].number]


def test_rounding_shows_for_cash_only(till: Till) -> None:
    cart = cart_of(till, "DKR-1187")
    cart = cart.set_price(cart.lines[0].key, 34_930, approved_by=1, reason="")
    paying = PayingPresenter(till, run_now, cart, lambda: kasir_of(till))
    assert (paying.due, paying.rounding) == (34_900, -30)
    paying.choose("card")
    assert (paying.due, paying.rounding) == (34_930, 0)


def test_while_the_disk_is_full_everything_is_kept(
    counter: Counter, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit itself is refused here; the fault tests fill a real disk."""

    def full(*_args: object, **_named: object) -> None:
        raise EnvironmentProblem("The disk is full.")

    paying = counter.paying
    paying.type_amount(100_000)
    paying.go_on()
    paying.type_amount(150_000)
    with monkeypatch.context() as patch:
        patch.setattr(till.unit, "write", full)
        paying.go_on()
    assert counter.sales == []
    assert "The disk is full." in paying.message
    assert [part.amount for part in paying.tenders] == [100_000, 150_000]
    paying.go_on()
    assert counter.sales[0].change == 30_000


def test_nothing_is_recorded_twice_by_a_second_enter(till: Till) -> None:
    waiting: list[object] = []
    paying = PayingPresenter(
        till,
        lambda work, *_handlers: waiting.append(work),
        cart_of(till, "DKR-1187"),
        lambda: kasir_of(till),
    )
    paying.go_on()
    paying.go_on()
    assert len(waiting) == 1


def test_the_chosen_method_says_what_is_offered(counter: Counter) -> None:
    assert counter.paying.quick[0] > 220_000
    counter.paying.choose("qris")
    assert counter.paying.offered == 220_000
    counter.paying.type_amount(10)
    assert counter.paying.is_part


def test_the_book_is_asked_between_two_words(till: Till) -> None:
    counter = Counter(till, "DKR-1187")
    heard: list[bool] = []
    counter.paying.recording = heard.append
    counter.paying.go_on()
    assert counter.sales
    assert heard == [True]


def test_a_sale_that_is_refused_lets_the_cart_go(till: Till) -> None:
    counter = Counter(till, "DKR-2041")
    heard: list[bool] = []
    counter.paying.recording = heard.append
    Counter(till, "DKR-2041").paying.go_on()  # the only one is gone meanwhile
    counter.paying.go_on()
    assert counter.paying.message
    assert not counter.sales
    assert heard == [True, False]


def test_a_rest_too_small_for_any_coin_is_shown_and_can_be_paid(till: Till) -> None:
    paying = Paying(till, run_now, 50_040, step=100)
    paying.choose("qris")
    paying.type_amount(50_000)
    paying.go_on()
    for method in ("cash", "qris", "cash"):
        paying.choose(method)
        assert paying.due == 40
        assert paying.settlement is not None
        assert (paying.settlement.change, paying.rounding) == (0, 0)
