"""Orders on a real till: every rupiah of a deposit, from the day it is paid to where it ends."""

import datetime as dt
from typing import Any

import pytest

from pos import i18n
from pos.config import book_path
from pos.models.verify import verify
from pos.receipts.documents import Receipt, decode
from pos.services.orders import NewOrder, NewPiece
from pos.services.print_jobs import last_document
from pos.services.queries.orders import Order
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender

DAY = dt.date(2026, 12, 5)


@pytest.fixture(autouse=True)
def english(till: Till) -> None:
    i18n.set_language("en")


def seller(till: Till, code: str = "KRT") -> int:
    return next(s.seller_id for s in till.catalog.sellers() if s.code == code)


def kebaya(**given: Any) -> NewPiece:
    return NewPiece(
        **{"name": "Kebaya ungu", "qty": 1, "price": 500_000, "fields": (("Size", "M"),)} | given
    )


def taken(till: Till, session: Session, deposit: int = 200_000, **given: Any) -> int:
    new = NewOrder(
        **{
            "customer": "Ibu Wati",
            "phone": "0812-3456-7890",
            "seller_id": seller(till),
            "promised": DAY,
            "pieces": (kebaya(),),
            "deposit": deposit,
        }
        | given
    )
    tenders = (Tender("cash", deposit),) if deposit else ()
    return till.office.orders.take(new, tenders, session=session).order_id


def order(till: Till, order_id: int) -> Order:
    return till.office.order_reads.order(order_id)


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


def test_a_deposit_is_owed_until_the_piece_is_with_the_customer(till: Till, kasir: Session) -> None:
    order_id = taken(till, kasir)
    assert balances(till) == {"cash": 200_000, "deposits": -200_000}
    now = order(till, order_id)
    assert now.number == "P-DKR1-000001" or now.number.startswith("P-")
    assert (now.state, now.deposit, now.rest, now.customer.phone) == (
        "ordered",
        200_000,
        300_000,
        "6281234567890",
    )
    till.office.orders.move(order_id, "ready", session=kasir)
    line = now.lines[0]
    sale = till.office.order_handover.hand_over(
        order_id, {line.line_id: 1}, (Tender("cash", 350_000),), session=kasir
    )
    assert (sale.total, sale.change) == (300_000, 50_000)
    assert balances(till) == {"cash": 500_000, "seller": -425_000, "commission": -75_000}
    receipt = last_paper(till)
    assert isinstance(receipt, Receipt)
    assert [(p.method, p.amount) for p in receipt.payments] == [
        ("deposit", 200_000),
        ("cash", 300_000),
    ]
    assert receipt.order == now.number
    done = order(till, order_id)
    assert (done.state, done.deposit) == ("handed", 0)
    assert till.statements.due(seller(till)) == 425_000
    assert whole(till)
