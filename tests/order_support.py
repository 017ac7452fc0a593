"""Orders of a made-up customer, for the tests about them."""

import datetime as dt
from typing import Any

import msgspec

from pos.config import book_path
from pos.models.verify import verify
from pos.receipts.documents import decode
from pos.services.orders import NewOrder, NewPiece
from pos.services.print_jobs import last_document
from pos.services.queries.order_rows import Order
from pos.services.staff import Session
from pos.services.till import Till
from pos.tender import Tender

DAY = dt.date(2026, 12, 5)


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
