"""What a hand-over that is cancelled on its day does with the order's deposit: it is held again.

In the book the deposit goes back in cash and comes in again in cash, so that the return reverses
the sale to the rupiah; nothing of it leaves the drawer.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from pos.errors import UserError
from pos.events import OrderPaid, Refund, SalePayment
from pos.i18n import _
from pos.models.orders import order_handovers, orders
from pos.models.prepared import Prepared
from pos.services.unit_of_work import Transaction
from pos.tender import Method

_used = Prepared(
    select(order_handovers.c.order_id, order_handovers.c.deposit, orders.c.step)
    .select_from(order_handovers.join(orders, orders.c.id == order_handovers.c.order_id))
    .where(order_handovers.c.sale_id == bindparam("sale_id"))
)


def hold_again(tx: Transaction, sale_id: int, stand_id: int, *, staff_id: int) -> int:
    """Take the deposit that paid for a sale ahead again; how much that is (rupiah).

    Raises UserError when the rest of the order was cancelled since: nothing could be held for it.
    """
    row = _used.one(tx.cursor, sale_id=sale_id)
    order_id, deposit, step = row or (0, 0, "")
    if step == "cancelled":
        raise UserError(_("Its order was cancelled since. Take it back as a return."))
    if order_id:
        tx.changed("orders")
    if not deposit:
        return 0
    event = OrderPaid(
        deposit_id=tx.new_id(),
        order_id=order_id,
        stand_id=stand_id,
        payments=(SalePayment(tx.new_id(), "cash", deposit, deposit, checked=True, reference=""),),
        change=0,
    )
    tx.append(event, staff_id=staff_id)
    return int(deposit)


def handed_back(refunds: Sequence[Refund], held: int) -> tuple[tuple[Method, int], ...]:
    """What really leaves the drawer or the account, by method, when `held` rupiah stay."""
    sums: dict[Method, int] = {}
    for refund in refunds:
        sums[refund.method] = sums.get(refund.method, 0) + refund.amount
    sums["cash"] = sums.get("cash", 0) - held
    return tuple((method, amount) for method, amount in sums.items() if amount)
