"""Short words for the tests of selling."""

from typing import Any

from pos.cart import Cart
from pos.events import SaleCompleted
from pos.models.entries import Entry
from pos.models.journal import walk
from pos.services.till import Till
from pos.tender import Tender

PLENTY = (Tender("cash", 1_000_000),)


def rows(till: Till, sql: str) -> list[Any]:
    cursor = till.book.reader()
    cursor.execute(sql)
    return cursor.fetchall()


def last_entry(till: Till) -> Entry:
    return list(walk(till.book.reader()))[-1]


def last_sale(till: Till) -> SaleCompleted:
    event = last_entry(till).event()
    assert isinstance(event, SaleCompleted)
    return event


def bros(till: Till, qty: int = 1) -> Cart:
    return Cart().add(till.catalog.find("DKR-1187"), qty)


def seller_id(till: Till, code: str) -> int:
    return next(s.seller_id for s in till.catalog.sellers() if s.code == code)


def everything(till: Till) -> dict[str, list[Any]]:
    names = [row[0] for row in rows(till, "SELECT name FROM pragma_table_list WHERE schema='main'")]
    kept = [name for name in names if not name.startswith(("sqlite_", "item_search"))]
    return {name: rows(till, f"SELECT * FROM {name}") for name in kept}
