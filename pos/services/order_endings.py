"""Money out of a deposit: material for the maker, some of it back, and how an order ends early."""

from typing import Literal

import msgspec

from pos.deposits import DepositRule, kept_of, share_of_kept
from pos.errors import ApprovalNeededError, UserError
from pos.events import AdvancePaid, OrderCancelled, OrderRefunded, Refund
from pos.events.orders import CancelledBy
from pos.i18n import _
from pos.money import rupiah
from pos.services.order_papers import OrderPapers
from pos.services.orders import MAX_NOTE
from pos.services.papers import LETTERS, paper_number
from pos.services.printing import Printing
from pos.services.queries.order_rows import Order
from pos.services.queries.orders import OrderQueries
from pos.services.staff import Session
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.tender import Method


class CancelQuote(msgspec.Struct, frozen=True):
    """What becomes of the deposit (rupiah)."""

    back: int
    kept: int
    share: int
    commission: int


class OrderEndings:
    """Commands about money that leaves a deposit other than by a hand-over."""

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

    def advance(
        self,
        order_id: int,
        amount: int,
        *,
        method: Literal["cash", "transfer"] = "cash",
        reference: str = "",
        session: Session,
        approver_id: int = 0,
    ) -> str:
        """Give the maker money for material, at most what is held of the deposit; its slip's number.

        Raises ApprovalNeededError without a manager's word, UserError for what does not fit.
        """
        if not session.is_manager and not approver_id:
            raise ApprovalNeededError(
                _("Only a manager can give an advance for material."), action="advance"
            )
        if method == "transfer" and not reference.strip():
            raise UserError(_("Type the reference of the transfer."), field="reference")
        with self._unit.write() as tx:
            order = self._open(tx, order_id)
            free = order.deposit - order.advance
            if not 0 < amount <= free:
                raise UserError(
                    _("At most {amount} of the deposit can be given.").format(
                        amount=rupiah(max(0, free))
                    ),
                    field="amount",
                )
            event = AdvancePaid(
                advance_id=tx.new_id(),
                order_id=order_id,
                stand_id=self._stand_id,
                seller_id=order.seller_id,
                number=tx.next_number("advance"),
                method=method,
                reference=reference.strip(),
                amount=amount,
            )
            entry = tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            number = paper_number(LETTERS["advance"], event.number)
            self._papers.queue_advance(
                tx,
                order,
                number,
                method,
                event.reference,
                amount,
                session=session,
                entry=entry,
            )
            self._papers.kick_for_cash(tx, order, has_cash=method == "cash")
            tx.changed("orders", "sellers", "print_jobs")
        self._printing.wake()
        return number

    def refund(
        self, order_id: int, amount: int, method: Method, reason: str, *, session: Session
    ) -> None:
        """Give some of the deposit back while the order goes on (a lower price). Raises UserError."""
        said = " ".join(reason.split())[:MAX_NOTE]
        if not said:
            raise UserError(_("Write down what it is for."), field="reason")
        with self._unit.write() as tx:
            order = self._open(tx, order_id)
            if not 0 < amount <= order.deposit:
                raise UserError(
                    _("At most {amount} can be given back.").format(amount=rupiah(order.deposit)),
                    field="amount",
                )
            event = OrderRefunded(
                refund_id=tx.new_id(),
                order_id=order_id,
                stand_id=self._stand_id,
                refunds=(Refund(tx.new_id(), method, amount),),
                reason=said,
            )
            entry = tx.append(event, staff_id=session.staff_id)
            now = self._queries.order(order_id, tx.cursor)
            self._papers.queue_money(
                tx, now, "refunded", ((method, amount),), session=session, entry=entry, reason=said
            )
            self._papers.kick_for_cash(tx, now, has_cash=method == "cash")
            tx.changed("orders", "payments", "print_jobs")
        self._printing.wake()

    def cancel_quote(self, order: Order, rule: DepositRule) -> CancelQuote:
        """What cancelling by this rule would do with the deposit."""
        return cancel_quote(order, rule)

    def cancel(
        self,
        order_id: int,
        *,
        by: CancelledBy,
        reason: str,
        rule: DepositRule | None = None,
        method: Method = "cash",
        session: Session,
        approver_id: int = 0,
    ) -> CancelQuote:
        """End an order that is not (all) handed over; money that goes back does so by `method`.

        `rule` None is what the slip says; another one needs a manager. Raises UserError.
        """
        said = " ".join(reason.split())[:MAX_NOTE]
        if not said:
            raise UserError(_("Write down why it is cancelled."), field="reason")
        with self._unit.write() as tx:
            order = self._open(tx, order_id)
            agreed = agreed_rule(order, by)
            chosen = rule or agreed
            if chosen != agreed and not session.is_manager and not approver_id:
                raise ApprovalNeededError(
                    _("The slip says otherwise about the deposit. A manager can allow it."),
                    action="cancel-order",
                )
            quoted = cancel_quote(order, chosen)
            event = OrderCancelled(
                cancel_id=tx.new_id(),
                order_id=order_id,
                stand_id=self._stand_id,
                seller_id=order.seller_id,
                by=by,
                reason=said,
                rule=chosen,
                kept=quoted.kept,
                share=quoted.share,
                commission=quoted.commission,
                refund_id=tx.new_id() if quoted.back else 0,
                refunds=(Refund(tx.new_id(), method, quoted.back),) if quoted.back else (),
            )
            entry = tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            now = self._queries.order(order_id, tx.cursor)
            self._papers.queue_money(
                tx,
                now,
                "cancelled",
                tuple((r.method, r.amount) for r in event.refunds),
                session=session,
                entry=entry,
                kept=quoted.kept,
                reason=said,
            )
            self._papers.kick_for_cash(tx, now, has_cash=bool(quoted.back) and method == "cash")
            tx.changed("orders", "sellers", "payments", "print_jobs")
        self._printing.wake()
        return quoted

    def _open(self, tx: Transaction, order_id: int) -> Order:
        order = self._queries.order(order_id, tx.cursor)
        if not order.is_open:
            raise UserError(_("This order is closed."))
        return order


def agreed_rule(order: Order, by: CancelledBy) -> DepositRule:
    """What the slip says; when the stand withdraws, the customer gets everything back."""
    rules: dict[CancelledBy, DepositRule] = {
        "customer": order.if_customer,
        "maker": order.if_maker,
        "stand": "returned",
    }
    return rules[by]


def cancel_quote(order: Order, rule: DepositRule) -> CancelQuote:
    """What cancelling by this rule does with the deposit that is held."""
    held = max(0, order.deposit)  # less than nothing where two tills gave it back
    kept = kept_of(held, rule)
    lines = [(line.left, line.price, line.terms) for line in order.lines]
    share = share_of_kept(kept, lines) if kept else 0
    return CancelQuote(held - kept, kept, share, kept - share)
