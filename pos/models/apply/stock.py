"""Stock: on hand is the sum of an item's moves, kept beside them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.dialects.sqlite import insert

from pos.models.catalog import stock, stock_moves
from pos.models.gathering import add
from pos.models.prepared import Cursor, Prepared, insert_into

_move = insert_into(stock_moves)
_upsert = insert(stock)
_on_hand = Prepared(
    _upsert.on_conflict_do_update(
        index_elements=[stock.c.stand_id, stock.c.item_id],
        set_={"on_hand": stock.c.on_hand + _upsert.excluded.on_hand},
    )
)


class Move(NamedTuple):
    """Pieces coming onto (positive) or leaving (negative) a stand's shelf."""

    stand_id: int
    item_id: int
    kind: str
    qty: int


def move_stock(cursor: Cursor, entry_id: int, document_id: int, moves: Sequence[Move]) -> None:
    """Write an entry's moves and bring on hand up to date."""
    cursor.executemany(
        _move.sql,
        [
            (entry_id, no, move.stand_id, move.item_id, move.kind, move.qty, document_id)
            for no, move in enumerate(moves, start=1)
        ],
    )
    add(cursor, _on_hand.sql, 2, [(move.stand_id, move.item_id, move.qty) for move in moves])
