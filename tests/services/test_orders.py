"""Orders on a real till: every rupiah of a deposit, from the day it is paid to where it ends."""

import datetime as dt
from typing import Any

import pytest

from pos import i18n
from pos.errors import UserError
from pos.receipts.documents import Receipt
from pos.receipts.documents_orders import OrderSlip
from pos.services.orders import NewPiece, OrderChange, PieceChange
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.order_support import (
    balances,
    hand_over,
    last_paper,
    order,
    seller,
    taken,
    whole,
)
from tests.support import FakeClock


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


# -- the plain way ---------------------------------------------------------------------------------


def test_a_deposit_is_owed_until_the_piece_is_with_the_customer(till: Till, kasir: Session) -> None:
    order_id = taken(till, kasir)
    assert balances(till) == {"cash": 200_000, "deposits": -200_000}
    slip = last_paper(till)
    assert isinstance(slip, OrderSlip)
    assert (slip.version, slip.copies, slip.rest) == (1, ("customer", "stand"), 300_000)
    now = order(till, order_id)
    assert now.number == "PS-DKR-000001"
    assert (now.state, now.deposit, now.rest) == ("ordered", 200_000, 300_000)
    assert now.customer.phone == "6281234567890"
    till.office.orders.move(order_id, "ready", session=kasir)
    sale = hand_over(till, order_id, kasir, 1, cash=350_000)
    assert (sale.total, sale.change) == (300_000, 50_000)
    assert balances(till) == {"cash": 500_000, "seller": -425_000, "commission": -75_000}
    receipt = last_paper(till)
    assert isinstance(receipt, Receipt)
    assert [(p.method, p.amount) for p in receipt.payments] == [
        ("deposit", 200_000),
        ("cash", 300_000),
    ]
    assert (receipt.order, receipt.total) == (now.number, 500_000)
    done = order(till, order_id)
    assert (done.state, done.deposit) == ("handed", 0)
    assert till.statements.due(seller(till)) == 425_000
    assert whole(till)


def test_the_customer_is_on_a_card_and_not_in_the_journal(till: Till, kasir: Session) -> None:
    taken(till, kasir)
    cursor = till.book.reader()
    cursor.execute("SELECT count(*) FROM journal WHERE body LIKE '%Wati%' OR body LIKE '%3456%'")
    assert cursor.fetchone() == (0,)


def test_the_terms_are_those_of_the_day_of_the_order(
    till: Till, clock: FakeClock, manager: Session
) -> None:
    order_id = taken(till, manager)
    clock.pass_seconds(3 * 86_400)
    till.sellers.agree(
        seller(till), Terms(rate_bp=5_000), valid_from=till.business_date(), by=manager.staff_id
    )
    hand_over(till, order_id, manager, 1)
    assert till.statements.due(seller(till)) == 425_000


def test_pieces_of_an_order_are_handed_over_one_after_the_other(till: Till, kasir: Session) -> None:
    """Three at 100.000 with 100.000 ahead: each takes its part in whole hundreds, the last the rest."""
    souvenir = NewPiece("Souvenir", 3, 100_000)
    order_id = taken(till, kasir, 100_000, pieces=(souvenir,), seller_id=seller(till, "LMB"))
    used = []
    for _piece in range(3):
        before = order(till, order_id)
        assert before.is_open
        hand_over(till, order_id, kasir, 1)
        used.append(before.deposit - order(till, order_id).deposit)
    assert used == [33_300, 33_300, 33_400]
    assert order(till, order_id).state == "handed"
    assert balances(till)["seller"] == -240_000
    assert "deposits" not in balances(till)
    with pytest.raises(UserError, match="closed"):
        hand_over(till, order_id, kasir, 1)
    assert whole(till)


def test_more_is_paid_ahead_and_the_rest_is_nothing(till: Till, kasir: Session) -> None:
    order_id = taken(till, kasir)
    orders = till.office.orders
    with pytest.raises(UserError, match=r"at most Rp 300.000"):
        orders.pay(order_id, 300_001, (Tender("cash", 300_001),), session=kasir)
    orders.pay(order_id, 300_000, (Tender("qris", 300_000),), session=kasir)
    unchecked = till.receipts.unchecked()
    assert [(p.number, p.amount, p.sale_id) for p in unchecked] == [("PS-DKR-000001", 300_000, 0)]
    till.receipts.check_payment(unchecked[0].payment_id, session=kasir)
    assert till.receipts.unchecked() == ()
    hand_over(till, order_id, kasir, 1)
    assert balances(till) == {
        "cash": 200_000,
        "qris": 300_000,
        "seller": -425_000,
        "commission": -75_000,
    }
    assert whole(till)


def test_what_does_not_fit_is_refused_beside_its_field(till: Till, kasir: Session) -> None:
    for field, given in {
        "customer": {"customer": " "},
        "phone": {"phone": "12"},
        "seller": {"seller_id": 5},
        "promised": {"promised": dt.date(2026, 11, 1)},
        "what": {"pieces": ()},
        "qty": {"pieces": (NewPiece("Kebaya", 0, 1),)},
        "price": {"pieces": (NewPiece("Kebaya", 1, 0),)},
        "ceiling": {"pieces": (NewPiece("Kebaya", 1, 100, ceiling=99),)},
        "deposit": {"deposit": 500_001},
    }.items():
        with pytest.raises(UserError) as refused:
            taken(till, kasir, **given)  # type: ignore[arg-type]
        assert refused.value.field == field
    assert balances(till) == {}
    assert till.office.order_reads.board(till.business_date()) == ()


# -- agreed anew -----------------------------------------------------------------------------------


def change(till: Till, order_id: int, price: int, session: Session, **given: Any) -> int:
    now = order(till, order_id)
    line = now.lines[0]
    piece = PieceChange(line.line_id, line.name, price, given.pop("ceiling", 0), (("Size", "L"),))
    asked = OrderChange(now.promised, now.note, (piece,))
    return till.office.orders.change(order_id, asked, session=session, **given)


def test_another_price_needs_the_customers_word_and_prints_version_two(
    till: Till, kasir: Session
) -> None:
    order_id = taken(till, kasir)
    with pytest.raises(UserError) as refused:
        change(till, order_id, 600_000, kasir)
    assert refused.value.field == "agreement"
    assert change(till, order_id, 600_000, kasir, agreement="WA 22 Nov") == 2
    slip = last_paper(till)
    assert (slip.version, slip.total, slip.rest, slip.agreement) == (
        2,
        600_000,
        400_000,
        "WA 22 Nov",
    )
    assert slip.pieces[0].fields == (("Size", "L"),)
    assert till.office.order_reads.order(order_id).version == 2
    assert whole(till)


def test_an_estimate_becomes_a_price_within_its_ceiling_without_asking(
    till: Till, kasir: Session
) -> None:
    estimate = NewPiece("Tas", 1, 300_000, ceiling=400_000)
    order_id = taken(till, kasir, 100_000, pieces=(estimate,))
    with pytest.raises(UserError, match="estimate"):
        hand_over(till, order_id, kasir, 1)
    with pytest.raises(UserError, match="agreed"):
        change(till, order_id, 400_001, kasir)
    assert change(till, order_id, 390_000, kasir) == 2
    assert hand_over(till, order_id, kasir, 1).total == 290_000


def test_a_price_below_the_deposit_needs_money_back_first(till: Till, kasir: Session) -> None:
    order_id = taken(till, kasir)
    with pytest.raises(UserError, match="Give some of it back"):
        change(till, order_id, 150_000, kasir, agreement="by phone")
    till.office.order_endings.refund(order_id, 50_000, "cash", "cheaper cloth", session=kasir)
    change(till, order_id, 150_000, kasir, agreement="by phone")
    assert balances(till) == {"cash": 150_000, "deposits": -150_000}
    hand_over(till, order_id, kasir, 1)
    assert order(till, order_id).state == "handed"
    assert whole(till)


# -- steps -----------------------------------------------------------------------------------------


def test_steps_go_on_freely_and_back_with_a_reason(till: Till, kasir: Session) -> None:
    order_id = taken(till, kasir)
    orders = till.office.orders
    orders.move(order_id, "making", session=kasir)
    with pytest.raises(UserError, match="why"):
        orders.move(order_id, "ordered", session=kasir)
    orders.move(order_id, "ordered", session=kasir, note="wrong order")
    orders.move(order_id, "ordered", session=kasir)
    history = order(till, order_id).history
    assert [(e.kind, e.note) for e in history] == [
        ("ordered", ""),
        ("making", ""),
        ("ordered", "wrong order"),
    ]


def test_late_is_what_is_promised_and_not_ready(
    till: Till, clock: FakeClock, kasir: Session
) -> None:
    order_id = taken(till, kasir, promised=till.business_date())
    reads = till.office.order_reads
    assert reads.board(till.business_date())[0].late == 0
    clock.pass_seconds(2 * 86_400)
    assert reads.board(till.business_date())[0].late == 2
    till.office.orders.move(order_id, "ready", session=kasir)
    assert reads.board(till.business_date())[0].late == 0


def test_an_order_is_found_by_number_qr_customer_maker_and_thing(
    till: Till, kasir: Session
) -> None:
    order_id = taken(till, kasir)
    reads, today = till.office.order_reads, till.business_date()
    for text in ("PS-DKR-1", "TITIP|PS-DKR-000001|2", "wati", "628123", "krt", "kebaya", "kartini"):
        assert [row.order_id for row in reads.search(text, today)] == [order_id], text
    for text in ("100%", "_", "PS-DKR-2", "siti"):
        assert reads.search(text, today) == (), text
