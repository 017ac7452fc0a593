"""Returns and voids on a real till: the sale's own figures, reversed, and in the end nothing left."""

from typing import Any

import msgspec
import pytest

from pos import i18n
from pos.cart import Cart, Discount
from pos.config import book_path
from pos.errors import ApprovalNeededError, UserError
from pos.events import WithdrawnLine
from pos.models.verify import verify
from pos.receipts.documents import decode
from pos.receipts.documents_shift import ReturnSlip
from pos.services.queries.catalog import SoldError
from pos.services.returns import CompletedReturn, ReturnAsked
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.support import FakeClock

BROS = "DKR-1187"


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


def sell(till: Till, session: Session, tenders: tuple[Tender, ...], *codes: tuple[str, int]) -> int:
    cart = Cart()
    for code, qty in codes:
        cart = cart.add(till.catalog.find(code), qty)
    return till.selling.complete(cart, tenders, session=session).sale_id


def back(till: Till, sale_id: int, session: Session, *pieces: int, **given: Any) -> CompletedReturn:
    lines = till.returns.returnable(sale_id).lines
    asked = tuple(
        ReturnAsked(line.line_id, qty, to_shelf=given.get("to_shelf", True))
        for line, qty in zip(lines, pieces, strict=False)
        if qty
    )
    return till.returns.give_back(
        sale_id, asked, refund=given.get("refund", "cash"), reason="sobek", session=session
    )


def balances(till: Till) -> dict[str, int]:
    cursor = till.book.reader()
    cursor.execute(
        "SELECT account, sum(amount) FROM balances GROUP BY account HAVING sum(amount) <> 0"
    )
    return dict(cursor.fetchall())


CASH = (Tender("cash", 10_000_000),)


def test_all_pieces_one_by_one_leave_nothing_anywhere(till: Till, manager: Session) -> None:
    """7 pieces, an odd shared discount, 33,33 %: every division has a remainder."""
    bros = till.catalog.find(BROS)
    till.sellers.agree(
        bros.seller_id,
        Terms(rate_bp=3_333),
        valid_from=till.business_date(),
        by=manager.staff_id,
    )
    cart = Cart().add(bros, 7)
    off = Discount(amount=10_001, bearer="shared", approved_by=manager.staff_id)
    cart = cart.discount_line(cart.lines[0].key, off)
    sale_id = till.selling.complete(cart, CASH, session=manager).sale_id
    sold = balances(till)
    assert sold["cash"] == 235_000  # 234.999 rounded
    assert sold["rounding"] == -1
    refunded = [back(till, sale_id, manager, 1).refunded for _piece in range(7)]
    assert sum(refunded) == 235_000
    assert all(amount % 100 == 0 for amount in refunded)
    assert balances(till) == {}
    assert till.stock.on_hand(bros.item_id) == 12
    assert till.statements.due(bros.seller_id) == 0
    with pytest.raises(UserError, match="already"):
        back(till, sale_id, manager, 1)
    assert verify(book_path(till.folder)).ok


def test_the_sale_s_own_terms_and_prices_come_back_never_today_s(
    till: Till, manager: Session, clock: FakeClock
) -> None:
    bros = till.catalog.find(BROS)
    sale_id = sell(till, manager, CASH, (BROS, 2))
    till.sellers.agree(
        bros.seller_id, Terms(rate_bp=9_000), valid_from=till.business_date(), by=manager.staff_id
    )
    clock.pass_seconds(5 * 86_400)
    back(till, sale_id, manager, 1)
    lines = till.statements.page(bros.seller_id)
    assert [(ln.kind, ln.qty, ln.price, ln.commission, ln.amount) for ln in lines] == [
        ("return", -1, -35_000, -7_000, -28_000),
        ("sale", 2, 70_000, 14_000, 56_000),
    ]
    assert {ln.paper for ln in lines} == {"DKR-000001"}


def test_damaged_pieces_do_not_come_back_to_the_shelf(till: Till, manager: Session) -> None:
    sale_id = sell(till, manager, CASH, (BROS, 2))
    item_id = till.catalog.find(BROS).item_id
    back(till, sale_id, manager, 1, to_shelf=False)
    assert till.stock.on_hand(item_id) == 10
    assert [(m.kind, m.qty, m.paper) for m in till.stock.moves(item_id)][:2] == [
        ("damage", -1, "R-000001"),
        ("return", 1, "R-000001"),
    ]


def test_a_unique_piece_can_be_sold_again(till: Till, manager: Session) -> None:
    sale_id = sell(till, manager, CASH, ("DKR-2041", 1))
    back(till, sale_id, manager, 1)
    assert till.catalog.find("DKR-2041").on_hand == 1


def test_refunded_as_paid_over_mixed_methods_after_cash_was_given(
    till: Till, manager: Session
) -> None:
    """3 x 35.000 paid 50.000 QRIS and 55.000 cash; a piece back in cash, then the rest as paid."""
    sale_id = sell(till, manager, (Tender("qris", 50_000), Tender("cash", 60_000)), (BROS, 3))
    assert back(till, sale_id, manager, 1).refunds == (("cash", 35_000),)
    assert back(till, sale_id, manager, 2, refund="as_paid").refunds == (
        ("qris", 50_000),
        ("cash", 20_000),
    )
    assert balances(till) == {}


def test_as_paid_when_more_cash_is_gone_than_came_in(till: Till, manager: Session) -> None:
    """2 x 35.000 by QRIS; one back in cash: the other goes back by QRIS, which still holds it."""
    sale_id = sell(till, manager, (Tender("qris", 70_000),), (BROS, 2))
    assert back(till, sale_id, manager, 1).refunds == (("cash", 35_000),)
    assert back(till, sale_id, manager, 1, refund="as_paid").refunds == (("qris", 35_000),)
    # The drawer is short by what the bank has too much: both are explained.
    assert balances(till) == {"cash": -35_000, "qris": 35_000}


@pytest.mark.parametrize(
    ("discount", "handed"), [(4_950, 30_100), (4_949, 30_100), (4_951, 30_000)]
)
def test_cash_handed_back_is_rounded_in_the_buyer_s_favour(
    till: Till, manager: Session, discount: int, handed: int
) -> None:
    cart = Cart().add(till.catalog.find(BROS), 2)
    off = Discount(amount=2 * discount, approved_by=manager.staff_id)
    cart = cart.discount_line(cart.lines[0].key, off)
    total = 2 * (35_000 - discount)
    sale = till.selling.complete(cart, (Tender("qris", total),), session=manager)
    assert back(till, sale.sale_id, manager, 1).refunded == handed


def test_what_can_not_come_back(till: Till, manager: Session) -> None:
    sale_id = sell(till, manager, CASH, (BROS, 2), ("DKR-3001", 1))
    first, second = till.returns.returnable(sale_id).lines
    for asked in (
        (),
        (ReturnAsked(first.line_id, 0),),
        (ReturnAsked(first.line_id, 3),),
        (ReturnAsked(99, 1),),
        (ReturnAsked(second.line_id, 1), ReturnAsked(second.line_id, 1)),
    ):
        with pytest.raises(UserError):
            till.returns.give_back(sale_id, asked, refund="cash", reason="sobek", session=manager)
    with pytest.raises(UserError):
        till.returns.returnable(7)
    assert [line.left for line in till.returns.returnable(sale_id).lines] == [2, 1]


def test_a_void_is_for_the_same_business_day_and_a_manager(
    till: Till, manager: Session, kasir: Session, clock: FakeClock
) -> None:
    sale_id = sell(till, kasir, CASH, (BROS, 3), ("DKR-2210", 1))
    with pytest.raises(ApprovalNeededError):
        till.returns.void(sale_id, reason="salah", session=kasir)
    clock.pass_seconds(18.9 * 3_600)  # 03.54: still the same business day
    done = till.returns.void(sale_id, reason="salah", session=kasir, approver_id=manager.staff_id)
    assert done.refunded == 415_000
    assert balances(till) == {}
    lmb = till.catalog.find(BROS).seller_id
    assert [ln.kind for ln in till.statements.page(lmb)] == ["void", "sale"]
    with pytest.raises(UserError):
        till.returns.void(sale_id, reason="salah", session=manager)
    late = sell(till, kasir, CASH, (BROS, 1))
    clock.pass_seconds(600)
    with pytest.raises(UserError, match="own day"):
        till.returns.void(late, reason="salah", session=manager)


def test_a_sale_of_which_something_came_back_is_not_voided(till: Till, manager: Session) -> None:
    sale_id = sell(till, manager, CASH, (BROS, 3))
    back(till, sale_id, manager, 1)
    with pytest.raises(UserError):
        till.returns.void(sale_id, reason="salah", session=manager)


def test_a_return_s_slip_is_printed_again_as_it_was(
    till: Till, manager: Session, kasir: Session
) -> None:
    sale_id = sell(till, kasir, CASH, (BROS, 3), ("DKR-2210", 1))
    back(till, sale_id, manager, 1, to_shelf=False)
    other = sell(till, kasir, CASH, (BROS, 1))
    till.returns.void(other, reason="salah", session=kasir, approver_id=manager.staff_id)
    for sale, approved_by in ((other, "Sari"), (sale_id, "")):
        (row,) = till.returns.of_sale(sale)
        till.returns.reprint(row.return_id)
        copy = till.printing.last_preview()
        assert isinstance(copy, ReturnSlip)
        assert copy.head.copy
        assert copy.approved_by == approved_by
        till.book.driver_connection.execute("DELETE FROM print_jobs WHERE copy = 1")
        cursor = till.book.reader()
        cursor.execute("SELECT document FROM print_jobs WHERE document_id = ?", (row.return_id,))
        first = decode(cursor.fetchone()[0])
        head = msgspec.structs.replace(copy.head, copy=False, copy_at_local="")
        assert msgspec.structs.replace(copy, head=head) == first
    with pytest.raises(KeyError):
        till.returns.reprint(7)


@pytest.mark.parametrize("voided", [True, False])
def test_a_piece_that_came_back_and_went_home_is_not_said_to_be_sold(
    till: Till, manager: Session, *, voided: bool
) -> None:
    bag = till.catalog.find("DKR-2041")
    sale_id = sell(till, manager, CASH, ("DKR-2041", 1))
    with pytest.raises(SoldError, match=r"already sold .* receipt DKR-000001"):
        till.catalog.find("DKR-2041")
    if voided:
        till.returns.void(sale_id, reason="salah ketik", session=manager)
    else:
        back(till, sale_id, manager, 1)
    till.stock.withdraw(
        bag.seller_id, (WithdrawnLine(bag.item_id, 1),), reason="unsold", by=manager.staff_id
    )
    with pytest.raises(SoldError, match="is not on the shelf of this stand"):
        till.catalog.find("DKR-2041")
