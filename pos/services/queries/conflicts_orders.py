"""Orders that two tills went on with, not knowing of each other: money left over, pieces handed over twice."""

from sqlalchemy import BindParameter, and_, bindparam, func, or_, select

from pos.models.catalog import contact_cards
from pos.models.orders import order_handed, order_lines, order_steps, orders
from pos.models.prepared import Cursor, Prepared
from pos.models.returns import return_lines
from pos.models.sales import sale_lines, sales
from pos.models.stands import stands, tills
from pos.services.queries.statement_sources import till_of_id

_subject: BindParameter[int] = bindparam("subject_id")
_closed = or_(orders.c.state == "handed", orders.c.state == "cancelled")
_order = (orders.c.id, tills.c.prefix, orders.c.number, contact_cards.c.name, orders.c.deposit)
_orders = orders.join(tills, tills.c.till_no == orders.c.till_no).outerjoin(
    contact_cards, contact_cards.c.id == orders.c.contact_id
)
UNSETTLED = Prepared(
    select(*_order)
    .select_from(_orders)
    .where(or_(orders.c.deposit < 0, and_(orders.c.deposit > 0, _closed)))
    .order_by(orders.c.id)
)
OVER_HANDED = Prepared(
    select(*_order)
    .select_from(_orders)
    .where(
        orders.c.id.in_(
            select(order_lines.c.order_id).where(order_lines.c.handed > order_lines.c.qty)
        )
    )
    .order_by(orders.c.id)
)
MONEY_OF = Prepared(
    select(stands.c.name, order_steps.c.kind, order_steps.c.at, order_steps.c.amount)
    .select_from(
        order_steps.join(tills, tills.c.till_no == till_of_id(order_steps.c.entry_id)).join(
            stands, stands.c.id == tills.c.stand_id
        )
    )
    .where(order_steps.c.order_id == _subject, order_steps.c.kind != "changed")
    .order_by(order_steps.c.at, order_steps.c.entry_id)
)
HANDED_OF = Prepared(
    select(
        stands.c.name,
        tills.c.prefix,
        sales.c.number,
        sales.c.at,
        func.sum(sale_lines.c.paid),
        func.sum(order_handed.c.qty)
        - func.sum(
            select(func.coalesce(func.sum(return_lines.c.qty), 0))
            .where(return_lines.c.line_id == sale_lines.c.id)
            .scalar_subquery()
        ),
        sales.c.stand_id,
    )
    .select_from(
        order_handed.join(order_lines, order_lines.c.id == order_handed.c.line_id)
        .join(sale_lines, sale_lines.c.id == order_handed.c.sale_line_id)
        .join(sales, sales.c.id == sale_lines.c.sale_id)
        .join(stands, stands.c.id == sales.c.stand_id)
        .join(tills, tills.c.till_no == sales.c.till_no)
    )
    .where(order_lines.c.order_id == _subject)
    .group_by(sales.c.id)
    .order_by(sales.c.at, sales.c.id)
)
_over_lines = Prepared(
    select(
        func.sum(
            func.max(
                0,
                select(
                    func.coalesce(
                        func.sum(
                            order_handed.c.qty
                            - select(func.coalesce(func.sum(return_lines.c.qty), 0))
                            .where(return_lines.c.line_id == order_handed.c.sale_line_id)
                            .scalar_subquery()
                        ),
                        0,
                    )
                )
                .where(order_handed.c.line_id == order_lines.c.id)
                .scalar_subquery()
                - order_lines.c.qty,
            )
        )
    ).where(order_lines.c.order_id == _subject)
)


def handed_too_often(cursor: Cursor, order_id: int) -> int:
    """How many pieces of an order more than it has are with the customer."""
    row = _over_lines.one(cursor, subject_id=order_id)
    return int(row[0] or 0) if row else 0
