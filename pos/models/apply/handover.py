"""Handing an order over is a sale; this is what it means for the order and its pieces."""

from sqlalchemy import bindparam, update

from pos.events import SaleCompleted, SaleLine, SaleReturned
from pos.models.apply import search
from pos.models.apply.order_money import deposit_leg, hold
from pos.models.apply.order_steps import note_step, sum_up
from pos.models.apply.stock import Move
from pos.models.catalog import items
from pos.models.entries import Entry
from pos.models.ledger import Leg
from pos.models.orders import order_handed, order_handovers, order_lines
from pos.models.prepared import Cursor, Prepared, insert_into

_item = insert_into(items)
_handover = insert_into(order_handovers)
_handed = insert_into(order_handed)
_count = Prepared(
    update(order_lines)
    .where(order_lines.c.id == bindparam("line_id"))
    .values(handed=order_lines.c.handed + bindparam("pieces"))
)


_FIRST = """
    SELECT s.at, s.id FROM order_handed h JOIN sale_lines l ON l.id = h.sale_line_id
    JOIN sales s ON s.id = l.sale_id WHERE h.line_id = ? ORDER BY s.at, s.id LIMIT 1
"""
_CHANGED = "SELECT 1 FROM newest WHERE kind = 'item' AND subject_id = ?"


def make_items(cursor: Cursor, entry: Entry, event: SaleCompleted) -> None:
    """What was made becomes an item with its first piece; it could come back and be sold again.

    Two tills may each hand over a first piece, at a name and price of their own: the earlier one's
    holds, whichever comes first, until somebody changes the item's card.
    """
    for line in event.lines:
        cursor.execute("SELECT 1 FROM items WHERE id = ?", (line.item_id,))
        if cursor.fetchone() is not None:
            _name_by_earlier(cursor, entry, event.sale_id, line)
            continue
        cursor.execute(
            "SELECT category_id, picture FROM order_lines WHERE id = ?", (line.order_line_id,)
        )
        category_id, picture = cursor.fetchone()
        cursor.execute(
            _item.sql,
            (
                line.item_id,
                line.code,
                "",
                line.name,
                line.kind,
                line.price,
                category_id or None,
                line.seller_id,
                picture,
                0,
                "",
            ),
        )
        search.index_item(cursor, line.item_id)


def _name_by_earlier(cursor: Cursor, entry: Entry, sale_id: int, line: SaleLine) -> None:
    cursor.execute(_FIRST, (line.order_line_id,))
    first = cursor.fetchone()
    cursor.execute(_CHANGED, (line.item_id,))
    if cursor.fetchone() is None and first is not None and (entry.at, sale_id) < tuple(first):
        facts = (line.name, line.price, line.item_id)
        search.forget_item(cursor, line.item_id)
        cursor.execute("UPDATE items SET name = ?, price = ? WHERE id = ?", facts)
        search.index_item(cursor, line.item_id)


def show_picture(cursor: Cursor, line_id: int, picture: str) -> None:
    """An item that was made shows the picture that was agreed last, as long as it has no other card."""
    cursor.execute("SELECT item_id FROM order_lines WHERE id = ?", (line_id,))
    item_id = cursor.fetchone()[0]
    cursor.execute(_CHANGED, (item_id,))
    if cursor.fetchone() is None:
        cursor.execute("UPDATE items SET picture = ? WHERE id = ?", (picture, item_id))


def hand_over(cursor: Cursor, entry: Entry, event: SaleCompleted) -> None:
    """Pieces and deposit of the order that this sale is for; after the sale's own rows."""
    cursor.execute(_handover.sql, (event.sale_id, event.order_id, event.deposit))
    for line in event.lines:
        cursor.execute(_handed.sql, (line.line_id, line.order_line_id, line.qty))
        _count.run(cursor, line_id=line.order_line_id, pieces=line.qty)
    hold(cursor, event.order_id, -event.deposit)
    worth = sum(line.qty * line.price for line in event.lines)
    note_step(cursor, entry, event.order_id, "handed", worth)
    sum_up(cursor, event.order_id)


def arrivals(event: SaleCompleted) -> list[Move]:
    """What is handed over came in first: nothing is sold that was not taken in."""
    return [Move(event.stand_id, line.item_id, "intake", line.qty) for line in event.lines]


def used_deposit(cursor: Cursor, event: SaleCompleted) -> Leg:
    """The customer is owed less: the deposit pays."""
    return deposit_leg(cursor, event.order_id, event.deposit)


def take_back(cursor: Cursor, entry: Entry, event: SaleReturned) -> list[Move]:
    """A hand-over that is cancelled on its day: its pieces wait again, and left the shelf again."""
    cursor.execute("SELECT order_id FROM order_handovers WHERE sale_id = ?", (event.sale_id,))
    found = cursor.fetchone()
    if found is None:
        return []
    moves = []
    for line in event.lines:
        cursor.execute("SELECT line_id FROM order_handed WHERE sale_line_id = ?", (line.line_id,))
        _count.run(cursor, line_id=int(cursor.fetchone()[0]), pieces=-line.qty)
        moves.append(Move(event.stand_id, line.item_id, "intake", -line.qty))
    note_step(cursor, entry, int(found[0]), "returned", sum(ln.paid for ln in event.lines))
    sum_up(cursor, int(found[0]))
    return moves
