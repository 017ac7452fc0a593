"""An order's history, and the state that follows from its pieces."""

from sqlalchemy import bindparam, case, func, select, update

from pos.models.entries import Entry
from pos.models.orders import order_lines, order_steps, orders
from pos.models.prepared import Cursor, Prepared, insert_into

_step = insert_into(order_steps)
_this = orders.c.id == bindparam("order_id")
_lines_of = order_lines.c.order_id == bindparam("order_id")
_left = select(order_lines.c.id).where(_lines_of, order_lines.c.handed < order_lines.c.qty).exists()
_sum_up = Prepared(
    update(orders)
    .where(_this)
    .values(
        state=case((_left, orders.c.step), else_="handed"),
        total=select(func.sum(order_lines.c.qty * order_lines.c.price))
        .where(_lines_of)
        .scalar_subquery(),
    )
)


def note_step(
    cursor: Cursor, entry: Entry, order_id: int, kind: str, amount: int, note: str = ""
) -> None:
    """A line of the order's history."""
    row = (entry.id, order_id, entry.at, entry.business_date, entry.staff_id, kind, amount, note)
    cursor.execute(_step.sql, row)


def sum_up(cursor: Cursor, order_id: int) -> None:
    """State and total, from the order's lines."""
    _sum_up.run(cursor, order_id=order_id)
