"""Money out of a deposit, and orders beside the rest of the till."""

from typing import Any

import pytest

from pos import i18n
from pos.config import book_path
from pos.errors import ApprovalNeededError, UserError
from pos.models.verify import verify
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from tests.order_support import DAY, balances, hand_over, last_paper, order, seller, taken, whole


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


# -- money out of the deposit ----------------------------------------------------------------------


def test_an_advance_for_material_is_an_advance_and_never_earned(
    till: Till, kasir: Session, manager: Session
) -> None:
    maker = seller(till)
    order_id = taken(till, kasir)
    endings = till.office.order_endings
    with pytest.raises(ApprovalNeededError):
        endings.advance(order_id, 100_000, session=kasir)
    with pytest.raises(UserError, match=r"At most Rp 200.000"):
        endings.advance(order_id, 200_001, session=manager)
    number = endings.advance(order_id, 150_000, session=kasir, approver_id=manager.staff_id)
    assert number == "B-000001"
    assert balances(till) == {"cash": 50_000, "deposits": -200_000, "seller": 150_000}
    account = till.statements.page(maker)
    assert [(line.kind, line.amount, line.balance) for line in account] == [
        ("advance", -150_000, -150_000)
    ]
    assert till.office.check.of_all(maker).amount == 0, "nothing is earned"
    open_account = till.statements.open_account(maker)
    assert open_account.lines == ()
    assert [line.amount for line in open_account.pending] == [-150_000]
    assert open_account.due == 0
    hand_over(till, order_id, manager, 1)
    open_account = till.statements.open_account(maker)
    assert [line.amount for line in open_account.lines] == [-150_000, 425_000]
    assert open_account.due == 275_000
    assert whole(till)


def test_an_advance_waits_for_its_order_through_a_payout(
    till: Till, kasir: Session, manager: Session
) -> None:
    """Other goods of the maker are paid in full meanwhile; the advance is set off at hand-over."""
    from pos.cart import Cart
    from pos.services.payouts import PayoutAsked

    maker = seller(till, "LMB")
    order_id = taken(till, kasir, seller_id=maker)
    till.office.order_endings.advance(order_id, 150_000, session=manager)
    cart = Cart().add(till.catalog.find("DKR-1187"), 2)
    till.selling.complete(cart, (Tender("cash", 70_000),), session=kasir)
    assert till.payouts.pay(PayoutAsked(maker), session=manager).amount == 56_000
    assert till.statements.open_account(maker).due == 0
    assert till.statements.due(maker) == -150_000
    hand_over(till, order_id, kasir, 1)
    account = till.statements.open_account(maker)
    assert [line.kind for line in account.lines] == ["advance", "sale"]
    assert till.payouts.pay(PayoutAsked(maker), session=manager).amount == 250_000
    assert till.statements.due(maker) == 0
    assert till.statements.open_account(maker).lines == ()
    assert whole(till)


@pytest.mark.parametrize(
    ("by", "rule", "back", "share", "commission"),
    [
        ("maker", "returned", 200_001, 0, 0),
        ("customer", "kept", 0, 170_001, 30_000),
        ("customer", "split", 100_001, 85_000, 15_000),
    ],
)
def test_a_cancelled_order_leaves_nothing_held(
    till: Till, manager: Session, by: Any, rule: Any, back: int, share: int, commission: int
) -> None:
    order_id = taken(till, manager, 200_001)
    done = till.office.order_endings.cancel(
        order_id, by=by, rule=rule, reason="moved away", session=manager
    )
    assert (done.back, done.share, done.commission) == (back, share, commission)
    expected = {"cash": 200_001 - back, "seller": -share, "commission": -commission}
    assert balances(till) == {name: amount for name, amount in expected.items() if amount}
    assert till.statements.due(seller(till)) == share
    assert order(till, order_id).state == "cancelled"
    with pytest.raises(UserError, match="closed"):
        till.office.orders.move(order_id, "ready", session=manager)
    kinds = [line.kind for line in till.statements.page(seller(till))]
    assert kinds == (["kept"] if share else [])
    assert whole(till)


def test_another_rule_than_the_slips_needs_a_manager(
    till: Till, kasir: Session, manager: Session
) -> None:
    order_id = taken(till, kasir)
    cancel = till.office.order_endings.cancel
    with pytest.raises(ApprovalNeededError):
        cancel(order_id, by="customer", rule="returned", reason="ill", session=kasir)
    done = cancel(
        order_id,
        by="customer",
        rule="returned",
        reason="ill",
        session=kasir,
        approver_id=manager.staff_id,
    )
    assert done.back == 200_000
    assert balances(till) == {}


# -- beside the rest of the till ---------------------------------------------------------------------


def test_a_hand_over_cancelled_on_its_day_waits_again(till: Till, manager: Session) -> None:
    order_id = taken(till, manager)
    sale = hand_over(till, order_id, manager, 1)
    till.returns.void(sale.sale_id, reason="wrong one", session=manager)
    now = order(till, order_id)
    assert (now.state, now.deposit, now.rest) == ("ordered", 200_000, 300_000)
    assert balances(till) == {"cash": 200_000, "deposits": -200_000}
    hand_over(till, order_id, manager, 1)
    assert order(till, order_id).state == "handed"
    assert whole(till)


def test_a_piece_that_comes_back_stands_on_the_shelf_and_can_be_sold(
    till: Till, manager: Session
) -> None:
    from pos.services.returns import ReturnAsked

    order_id = taken(till, manager)
    sale = hand_over(till, order_id, manager, 1)
    line = till.returns.returnable(sale.sale_id).lines[0]
    till.returns.give_back(
        sale.sale_id,
        (ReturnAsked(line.line_id, 1),),
        refund="as_paid",
        reason="too small",
        session=manager,
    )
    assert balances(till) == {}
    assert till.catalog.find("PS-DKR-000001-1").price == 500_000
    assert till.stock.on_hand(line.item_id) == 1
    assert whole(till)


def test_the_drawer_knows_of_deposits_and_advances(
    till: Till, kasir: Session, manager: Session
) -> None:
    till.shifts.open((), brought=0, session=kasir)
    order_id = taken(till, kasir)
    other = taken(till, kasir, 100_000, tenders=(Tender("transfer", 100_000, reference="BCA"),))
    till.office.order_endings.advance(order_id, 50_000, session=manager)
    till.office.order_endings.refund(other, 10_000, "cash", "cheaper", session=kasir)
    hand_over(till, order_id, kasir, 1)
    figures = till.shifts.figures()
    assert figures.expected_cash == till.shifts.drawer() == 200_000 - 50_000 - 10_000 + 300_000
    assert (figures.prepaid.taken, figures.prepaid.used, figures.prepaid.back) == (
        300_000,
        200_000,
        10_000,
    )
    taken_in = sum(method.net for method in figures.methods)
    prepaid = figures.prepaid
    assert taken_in == figures.paid + prepaid.taken - prepaid.used - prepaid.back
    assert figures.paid == 500_000
    assert [p.number for p in till.shifts.unchecked()] == ["PS-DKR-000002"]


def test_a_makers_list_says_what_is_to_be_made(till: Till, kasir: Session) -> None:
    taken(till, kasir, promised=DAY)
    taken(till, kasir, 0, customer="Pak Joko", promised=till.business_date())
    papers, maker = till.office.order_papers, seller(till)
    paper = papers.maker_list(maker, till.business_date(), staff="Rina")
    assert [one.customer for one in paper.orders] == ["Pak Joko", "Ibu Wati"]
    papers.print_maker_list(maker, till.business_date(), staff="Rina")
    assert last_paper(till) == paper


def test_a_deposit_that_is_not_the_ledgers_is_found(till: Till, kasir: Session) -> None:
    taken(till, kasir)
    with till.book.transaction() as cursor:
        cursor.execute("UPDATE balances SET amount = amount - 1 WHERE account = 'deposits'")
        cursor.execute("UPDATE balances SET amount = amount + 1 WHERE account = 'cash'")
        cursor.execute("UPDATE postings SET amount = amount - 1 WHERE account = 'deposits'")
        cursor.execute("UPDATE postings SET amount = amount + 1 WHERE account = 'cash'")
    report = verify(book_path(till.folder))
    ledger = next(one for one in report.findings if one.check == "ledger")
    assert "holds a deposit of 200000, the ledger owes 200001" in ledger.detail
