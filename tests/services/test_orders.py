"""Orders on a real till: every rupiah of a deposit, from the day it is paid to where it ends."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from pos import i18n
from pos.config import book_path
from pos.errors import ApprovalNeededError, UserError
from pos.models.verify import verify
from pos.receipts.documents import Receipt, decode
from pos.receipts.documents_orders import OrderSlip
from pos.services.orders import NewOrder, NewPiece, OrderChange, PieceChange
from pos.services.print_jobs import last_document
from pos.services.queries.orders import Order
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.support import FakeClock

DAY = dt.date(2026, 12, 5)


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


def seller(till: Till, code: str = "KRT") -> int:
    return next(s.seller_id for s in till.catalog.sellers() if s.code == code)


KEBAYA = NewPiece("Kebaya ungu", 1, 500_000, fields=(("Size", "M"),))


def taken(till: Till, session: Session, deposit: int = 200_000, **given: Any) -> int:
    new = NewOrder("Ibu Wati", "0812-3456-7890", seller(till), DAY, (KEBAYA,), deposit=deposit)
    tenders = given.pop("tenders", (Tender("cash", deposit),) if deposit else ())
    new = msgspec.structs.replace(new, **given)
    return till.office.orders.take(new, tenders, session=session).order_id


def order(till: Till, order_id: int) -> Order:
    return till.office.order_reads.order(order_id)


def hand_over(till: Till, order_id: int, session: Session, *pieces: int, cash: int = 0) -> Any:
    lines = order(till, order_id).lines
    asked = {line.line_id: qty for line, qty in zip(lines, pieces, strict=True)}
    due = till.office.order_handover.quote(order(till, order_id), asked).due
    tenders = (Tender("cash", cash or due),) if due else ()
    return till.office.order_handover.hand_over(order_id, asked, tenders, session=session)


def balances(till: Till) -> dict[str, int]:
    cursor = till.book.reader()
    cursor.execute(
        "SELECT account, sum(amount) FROM balances GROUP BY account HAVING sum(amount) <> 0"
    )
    return dict(cursor.fetchall())


def whole(till: Till) -> bool:
    report = verify(book_path(till.folder))
    assert report.first_failure is None
    return report.ok


def last_paper(till: Till) -> Any:
    return decode(last_document(till.book.reader()) or b"")


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
    assert till.office.check.sums(maker).amount == 0, "nothing is earned"
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
