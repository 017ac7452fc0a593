"""Settling the deposit of an order that is closed, where tills acted without knowing of each other.

Each till did what was right for what it knew: one took a deposit while another cancelled, or both
gave the same deposit back. Nothing of that is undone. What is left of the deposit (or was given
too much) is brought to nothing by one more entry, in a manager's name.
"""

from typing import Literal

from pos.errors import ApprovalNeededError, UserError
from pos.events import OrderCancelled, OrderPaid, OrderRefunded, Refund
from pos.i18n import _
from pos.money import div_round
from pos.services.order_endings import cancel_quote
from pos.services.order_papers import OrderPapers
from pos.services.orders import MAX_NOTE, TakenOrder, paid_ahead, payments_of
from pos.services.printing import Printing
from pos.services.queries.order_rows import Kept, Order
from pos.services.queries.orders import OrderQueries
from pos.services.staff import Session
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.tender import Method, Tender

SettleWay = Literal["back", "keep", "pay", "unkeep", "bear"]
"""Given back to the customer; kept; paid by the customer; what was kept is not; the stand's loss."""


def ways(order: Order) -> tuple[SettleWay, ...]:
    """What may be done about an order's unsettled deposit, the likeliest first."""
    left = order.unsettled
    if left > 0:
        return ("back", "keep") if order.cancelled else ("back",)
    if left < 0:
        kept = order.cancelled is not None and order.cancelled.kept >= -left
        return ("unkeep", "pay", "bear") if kept else ("pay", "bear")
    return ()


class OrderSettling:
    """The commands; each raises ApprovalNeededError without a manager, UserError for what can't be."""

    def __init__(
        self,
        unit: UnitOfWork,
        queries: OrderQueries,
        papers: OrderPapers,
        *,
        stand_id: int,
        printing: Printing,
    ) -> None:
        self._unit = unit
        self._queries = queries
        self._papers = papers
        self._stand_id = stand_id
        self._printing = printing

    def give_back(
        self, order_id: int, method: Method, reason: str, *, session: Session, approver_id: int = 0
    ) -> int:
        """Give what is left back to the customer; how much that is (rupiah)."""
        said = _allowed(session, approver_id, reason)
        with self._unit.write() as tx:
            left = self._left(tx, order_id, "back").unsettled
            event = OrderRefunded(
                refund_id=tx.new_id(),
                order_id=order_id,
                stand_id=self._stand_id,
                refunds=(Refund(tx.new_id(), method, left),),
                reason=said,
            )
            entry = tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            now = self._queries.order(order_id, tx.cursor)
            self._papers.queue_money(
                tx, now, "refunded", ((method, left),), session=session, entry=entry, reason=said
            )
            self._papers.kick_for_cash(tx, now, has_cash=method == "cash")
            tx.changed("orders", "payments", "print_jobs", "stands")
        self._printing.wake()
        return left

    def keep(self, order_id: int, reason: str, *, session: Session, approver_id: int = 0) -> int:
        """Keep what is left of a cancelled order's deposit: shared as its price would have been."""
        said = _allowed(session, approver_id, reason)
        with self._unit.write() as tx:
            order = self._left(tx, order_id, "keep")
            quoted = cancel_quote(order, "kept")
            shared = Kept(self._stand_id, quoted.kept, quoted.share)
            self._end(tx, order, shared, said, session, approver_id)
        return quoted.kept

    def take_back_kept(
        self, order_id: int, reason: str, *, session: Session, approver_id: int = 0
    ) -> int:
        """What was kept pays after all: maker and stand give back their parts; how much in all."""
        said = _allowed(session, approver_id, reason)
        with self._unit.write() as tx:
            order = self._left(tx, order_id, "unkeep")
            missing = left = -order.unsettled
            for kept in self._queries.kept(order_id, tx.cursor):
                part = min(left, kept.kept)
                if part <= 0:
                    continue
                share = div_round(part * kept.share, kept.kept)
                shared = Kept(kept.stand_id, -part, -share)
                self._end(tx, order, shared, said, session, approver_id)
                left -= part
        return missing

    def bear(self, order_id: int, reason: str, *, session: Session, approver_id: int = 0) -> int:
        """The stand bears what went back too much: its commission of the day is so much less."""
        said = _allowed(session, approver_id, reason)
        with self._unit.write() as tx:
            order = self._left(tx, order_id, "bear")
            missing = -order.unsettled
            self._end(tx, order, Kept(self._stand_id, -missing, 0), said, session, approver_id)
        return missing

    def collect(
        self, order_id: int, tenders: tuple[Tender, ...], *, session: Session
    ) -> TakenOrder:
        """The customer pays what went back too much; whoever is at the till may take it."""
        with self._unit.write() as tx:
            missing = -self._left(tx, order_id, "pay").unsettled
            settled = paid_ahead(missing, tenders, missing)
            event = OrderPaid(
                deposit_id=tx.new_id(),
                order_id=order_id,
                stand_id=self._stand_id,
                payments=payments_of(tx, settled),
                change=settled.change if settled else 0,
            )
            entry = tx.append(event, staff_id=session.staff_id)
            now = self._queries.order(order_id, tx.cursor)
            paid = [(p.method, p.amount) for p in event.payments]
            self._papers.queue_money(tx, now, "paid", paid, session=session, entry=entry)
            has_cash = any(p.method == "cash" for p in event.payments)
            self._papers.kick_for_cash(tx, now, has_cash=has_cash)
            tx.changed("orders", "payments", "print_jobs", "stands")
        self._printing.wake()
        return TakenOrder(order_id, now.number, now.total, missing, event.change, has_cash=has_cash)

    def _left(self, tx: Transaction, order_id: int, way: SettleWay) -> Order:
        order = self._queries.order(order_id, tx.cursor)
        if way not in ways(order):
            raise UserError(_("This is settled already."))
        return order

    def _end(
        self,
        tx: Transaction,
        order: Order,
        shared: Kept,
        reason: str,
        session: Session,
        approver_id: int,
    ) -> None:
        """One more ending of the order: no money moves, parts of its deposit change hands."""
        event = OrderCancelled(
            cancel_id=tx.new_id(),
            order_id=order.order_id,
            stand_id=shared.stand_id,
            seller_id=order.seller_id,
            by="stand",
            reason=reason,
            rule="kept",
            kept=shared.kept,
            share=shared.share,
            commission=shared.kept - shared.share,
            refund_id=0,
            refunds=(),
        )
        tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
        tx.changed("orders", "sellers", "stands")


def _allowed(session: Session, approver_id: int, reason: str) -> str:
    said = " ".join(reason.split())[:MAX_NOTE]
    if not said:
        raise UserError(_("Write down why."), field="reason")
    if not session.is_manager and not approver_id:
        raise ApprovalNeededError(
            _("Only a manager can settle what two tills did."), action="settle-order"
        )
    return said
