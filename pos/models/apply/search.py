"""The index behind search-as-you-type: name, code, seller and category of every item.

It stores no text of its own (contentless), only words to item ids. FTS5 is outside of what Core
can express, hence the literal SQL.
"""

from pos.models.prepared import Cursor

_TEXT = (
    "SELECT i.id, i.name, i.code || ' ' || i.barcode, s.code || ' ' || s.workshop, "
    "coalesce(c.name, '') FROM items i JOIN sellers s ON s.id = i.seller_id "
    "LEFT JOIN categories c ON c.id = i.category_id WHERE i.id = ?"
)
_ADD = f"INSERT INTO item_search (rowid, name, code, seller, category) {_TEXT}"
_FORGET = "DELETE FROM item_search WHERE rowid = ?"


def index_item(cursor: Cursor, item_id: int) -> None:
    """Make an item findable as it now stands in the tables."""
    cursor.execute(_ADD, (item_id,))


def forget_item(cursor: Cursor, item_id: int) -> None:
    """Take an item out of the index, before its card changes."""
    cursor.execute(_FORGET, (item_id,))
