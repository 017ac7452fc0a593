"""Paying sellers on a real till: what is due, what is left over, what is taken back."""

import datetime as dt

import pytest

from pos import i18n
from pos.cart import Cart
from pos.config import book_path
from pos.errors import ApprovalNeededError, UserError
from pos.models.verify import verify
from pos.services.intake import IntakeLine
from pos.services.payouts import CompletedPayout, PayoutAsked
from pos.services.returns import ReturnAsked
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from tests.support import FakeClock

DAY = 86_400


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


@pytest.fixture
def sri(till: Till, manager: Session) -> int:
    """SRI (20 % of the price paid) with 30 bags at 100.000, so 80.000 each for the seller."""
    seller_id = till.catalog.find("DKR-2041").seller_id
    line = IntakeLine(30, name="Tas kain", price=100_000)
    till.intake.take_in(seller_id, (line,), by=manager.staff_id)
    return seller_id


def sell(till: Till, session: Session, qty: int = 1) -> int:
    cart = Cart().add(till.catalog.find("DKR-1001"), qty)
    return till.selling.complete(cart, (Tender("cash", 10_000_000),), session=session).sale_id


def give_back(till: Till, sale_id: int, session: Session) -> None:
    line = till.returns.returnable(sale_id).lines[0]
    till.returns.give_back(
        sale_id,
        (ReturnAsked(line.line_id, 1),),
        refund="cash",
        reason="sobek",
        session=session,
    )


def pay(till: Till, session: Session, seller_id: int, **asked: object) -> CompletedPayout:
    return till.payouts.pay(PayoutAsked(seller_id, **asked), session=session)  # type: ignore[arg-type]


def test_returned_after_the_payout_is_netted_from_the_next_with_the_old_receipt_s_number(
    till: Till, manager: Session, sri: int, clock: FakeClock
) -> None:
    old = sell(till, manager)
    assert pay(till, manager, sri).amount == 80_000
    assert till.statements.due(sri) == 0
    clock.pass_seconds(DAY)
    give_back(till, old, manager)
    assert till.statements.due(sri) == -80_000
    with pytest.raises(UserError):
        pay(till, manager, sri)
    sell(till, manager, 3)
    done = pay(till, manager, sri)
    assert (done.number, done.amount, done.rest) == ("S-000002", 160_000, 0)
    assert [(ln.kind, ln.paper, ln.amount) for ln in done.lines] == [
        ("return", "DKR-000001", -80_000),
        ("sale", "DKR-000002", 240_000),
    ]
    assert [line.balance for line in till.statements.page(sri)] == [
        0,
        160_000,
        -80_000,
        0,
        80_000,
    ]
    assert verify(book_path(till.folder)).ok


def test_the_money_table_s_row_returned_after_the_seller_was_paid(
    till: Till, manager: Session, sri: int, clock: FakeClock
) -> None:
    """A piece of 100.000 at 20 %: the return takes 80.000 from the seller, 20.000 from the stand."""

    def accounts() -> dict[str, int]:
        rows = till.book.reader().execute("SELECT account, sum(amount) FROM balances GROUP BY 1")
        return {account: amount for account, amount in rows if amount}

    old = sell(till, manager)
    # Credits are negative: what the stand owes, and what it earned.
    assert accounts() == {"cash": 100_000, "seller": -80_000, "commission": -20_000}
    assert pay(till, manager, sri).amount == 80_000
    assert accounts() == {"cash": 20_000, "commission": -20_000}
    clock.pass_seconds(DAY)
    give_back(till, old, manager)
    assert till.statements.due(sri) == -80_000
    (back, *_older) = till.statements.page(sri)
    assert (back.kind, back.paper) == ("return", "DKR-000001")
    assert (back.amount, back.commission, back.price) == (-80_000, -20_000, -100_000)
    assert accounts() == {"cash": -80_000, "seller": 80_000}, "20.000 of commission is gone again"
    sell(till, manager, 2)
    netted = pay(till, manager, sri)
    assert netted.amount == 2 * 80_000 - 80_000
    assert (netted.lines[0].paper, netted.lines[0].amount) == ("DKR-000001", -80_000)
    assert accounts() == {"cash": 40_000, "commission": -40_000}


def test_cash_comes_out_of_this_till_s_drawer_and_a_transfer_has_its_reference(
    till: Till, manager: Session, sri: int
) -> None:
    sell(till, manager, 2)
    pay(till, manager, sri, amount=60_000)
    with pytest.raises(UserError) as error:
        pay(till, manager, sri, method="transfer", reference=" ")
    assert error.value.field == "reference"
    pay(till, manager, sri, method="transfer", reference="BCA 17")
    cursor = till.book.reader()
    cursor.execute("SELECT account, subject_id, amount FROM balances WHERE amount <> 0 ORDER BY 1")
    assert cursor.fetchall() == [
        ("cash", till.info.till_no, 140_000),
        ("commission", 0, -40_000),
        ("transfer", 0, -100_000),
    ]


def test_what_a_part_payment_leaves_is_carried_over_with_its_number(
    till: Till, manager: Session, sri: int
) -> None:
    sell(till, manager, 2)
    first = pay(till, manager, sri, amount=100_000)
    assert (first.amount, first.advance, first.rest) == (100_000, 0, 60_000)
    account = till.statements.open_account(sri)
    assert (account.lines, account.carried, account.carried_from) == ((), 60_000, "S-000001")
    second = pay(till, manager, sri)
    assert (second.amount, second.carried, second.carried_from) == (60_000, 60_000, "S-000001")
    assert till.statements.due(sri) == 0


def test_more_than_is_owed_is_an_advance_that_a_manager_allows(
    till: Till, manager: Session, kasir: Session, sri: int
) -> None:
    sell(till, manager)
    with pytest.raises(ApprovalNeededError):
        pay(till, kasir, sri, amount=100_000)
    asked = PayoutAsked(sri, amount=100_000)
    done = till.payouts.pay(asked, session=kasir, approver_id=manager.staff_id)
    assert (done.amount, done.advance, done.rest) == (100_000, 20_000, -20_000)
    assert till.statements.due(sri) == -20_000
    sell(till, manager)
    assert pay(till, kasir, sri).amount == 60_000


def test_lines_in_dispute_stay_open_for_the_next_payout(
    till: Till, manager: Session, sri: int
) -> None:
    for _sale in range(3):
        sell(till, manager)
    disputed = till.statements.open_account(sri).lines[1].line_id
    done = pay(till, manager, sri, left_out=frozenset({disputed}))
    assert (done.amount, len(done.lines)) == (160_000, 2)
    assert [ln.line_id for ln in till.statements.open_account(sri).lines] == [disputed]
    sell(till, manager)
    again = pay(till, manager, sri, left_out=frozenset({disputed}))
    assert again.amount == 80_000
    assert [ln.paper for ln in pay(till, manager, sri).lines] == ["DKR-000002"]
    assert till.statements.due(sri) == 0


def test_a_period_settles_only_its_own_days(
    till: Till, manager: Session, sri: int, clock: FakeClock
) -> None:
    days = []
    for _day in range(3):
        days.append(till.business_date())
        sell(till, manager)
        clock.pass_seconds(DAY)
    middle = PayoutAsked(sri, since=days[1], until=days[1])
    account, chosen = till.payouts.proposal(middle)
    assert (account.due, [line.business_date for line in chosen]) == (240_000, [days[1]])
    assert till.payouts.pay(middle, session=manager).amount == 80_000
    assert [ln.business_date for ln in till.statements.open_account(sri).lines] == [
        days[0],
        days[2],
    ]
    assert pay(till, manager, sri, until=days[2]).amount == 160_000
    assert dt.timedelta(1) == days[1] - days[0]


def test_never_more_than_is_due_though_a_return_is_left_out(
    till: Till, manager: Session, sri: int
) -> None:
    first = sell(till, manager)
    sell(till, manager)
    give_back(till, first, manager)
    back = next(ln for ln in till.statements.open_account(sri).lines if ln.kind == "return")
    assert pay(till, manager, sri, left_out=frozenset({back.line_id})).amount == 80_000
    assert till.statements.due(sri) == 0


def test_a_payout_is_taken_back_on_its_day_by_a_counter_entry(
    till: Till, manager: Session, sri: int, clock: FakeClock
) -> None:
    sell(till, manager, 2)
    first = pay(till, manager, sri, amount=50_000)
    second = pay(till, manager, sri)
    with pytest.raises(UserError, match="later"):
        till.payouts.undo(first.payout_id, reason="salah", session=manager)
    till.payouts.undo(second.payout_id, reason="salah", session=manager)
    with pytest.raises(UserError):
        till.payouts.undo(second.payout_id, reason="salah", session=manager)
    till.payouts.undo(first.payout_id, reason="salah", session=manager)
    assert [ln.kind for ln in till.statements.page(sri)] == [
        "undo",
        "undo",
        "payout",
        "payout",
        "sale",
    ]
    account = till.statements.open_account(sri)
    assert (account.due, account.carried, len(account.lines)) == (160_000, 0, 1)
    last = pay(till, manager, sri)
    assert (last.number, last.amount) == ("S-000003", 160_000)
    clock.pass_seconds(DAY)
    with pytest.raises(UserError, match="own day"):
        till.payouts.undo(last.payout_id, reason="salah", session=manager)
    assert verify(book_path(till.folder)).ok


def test_nothing_due_pays_nothing(till: Till, manager: Session, sri: int) -> None:
    for asked in ({}, {"amount": 0}, {"amount": -5}):
        with pytest.raises(UserError):
            pay(till, manager, sri, **asked)
    assert till.statements.last_payout(sri) is None
    assert till.statements.page(sri) == ()


def test_settled_lines_are_skipped_however_many_there_are(
    till: Till, manager: Session, sri: int
) -> None:
    disputed = sell(till, manager)
    line = till.statements.open_account(sri).lines[0]
    for _day in range(3):
        sell(till, manager)
        pay(till, manager, sri, left_out=frozenset({line.line_id}))
    newest = sell(till, manager)
    account = till.statements.open_account(sri)
    assert [one.line_id for one in account.lines] == [disputed + 1, newest + 1]
    assert not till.statements.is_long(sri, 1), "five were sold, of which one is newer"
    sell(till, manager)
    assert till.statements.is_long(sri, 1)
