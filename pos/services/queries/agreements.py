"""The agreement that holds on a day, and what a cart's items are in the book at this moment.

Each is found by two exact steps in the index of agreements (the item's own, then the seller's);
asked for with OR, SQLite reads and sorts all of a seller's.
"""

from collections.abc import Collection
from typing import NamedTuple

import msgspec

from pos.models.prepared import Cursor, Plain
from pos.terms import Terms

_ids = msgspec.json.Encoder()


def _latest(item: str, seller: str) -> str:
    return (
        f"SELECT id FROM terms WHERE seller_id = {seller} AND item_id {item} "  # noqa: S608 (constants)
        "AND valid_from <= :date ORDER BY valid_from DESC, id DESC LIMIT 1"
    )


def _holding(item: str, seller: str) -> str:
    return f"coalesce(({_latest(f'= {item}', seller)}), ({_latest('IS NULL', seller)}))"


_terms = Plain(
    "SELECT kind, rate_bp, base, net_price FROM terms "  # noqa: S608 (constants)
    f"WHERE id = {_holding(':item_id', ':seller_id')}"
)
_last_day = Plain("SELECT coalesce(max(business_date), '') FROM sales")
_now = Plain(
    "SELECT items.id, items.kind, coalesce(stock.on_hand, 0), items.seller_id, sellers.code, "  # noqa: S608 (constants)
    "terms.kind, terms.rate_bp, terms.base, terms.net_price "
    "FROM json_each(:ids) AS asked "
    "JOIN items ON items.id = asked.value "
    "JOIN sellers ON sellers.id = items.seller_id "
    "LEFT JOIN stock ON stock.stand_id = :stand_id AND stock.item_id = items.id "
    f"LEFT JOIN terms ON terms.id = {_holding('items.id', 'items.seller_id')}"
)


class ItemNow(NamedTuple):
    """An item as the book has it; `terms` is None where no agreement holds on that day."""

    kind: str
    on_hand: int
    seller_id: int
    seller_code: str
    terms: Terms | None


def agreed(cursor: Cursor, seller_id: int, item_id: int, date: str) -> Terms | None:
    """The agreement that holds on an ISO day: the item's own before the seller's, the latest first.

    Where a clock that was set back shows a day before any agreement, the one of the last sale's
    day holds.
    """
    row = _terms.one(cursor, seller_id=seller_id, item_id=item_id, date=date)
    if row is None:
        last = str((_last_day.one(cursor) or ("",))[0])
        row = _terms.one(cursor, seller_id=seller_id, item_id=item_id, date=last)
    return Terms(*row) if row else None


def items_now(
    cursor: Cursor, stand_id: int, item_ids: Collection[int], date: str
) -> dict[int, ItemNow]:
    """Items by id, with what is on a stand's shelf; those that are not in the book are left out."""
    asked = _ids.encode(list(item_ids)).decode()
    return {
        item_id: ItemNow(
            kind,
            on_hand,
            seller_id,
            seller_code,
            Terms(*agreement) if agreement[0] else agreed(cursor, seller_id, item_id, date),
        )
        for item_id, kind, on_hand, seller_id, seller_code, *agreement in _now.all(
            cursor, ids=asked, stand_id=stand_id, date=date
        )
    }
