"""Returns and voids: the sale's own figures reversed, piece by piece, never today's."""

from collections.abc import Callable
from typing import Literal

import msgspec

from pos.clock import business_date, local
from pos.errors import ApprovalNeededError, UserError
from pos.events import Refund, ReturnedLine, SaleReturned
from pos.i18n import _
from pos.models.entries import Entry
from pos.receipts.documents import DrawerKick
from pos.services.order_returns import handed_back, hold_again
from pos.services.paper_heads import paper_head
from pos.services.papers import LETTERS, paper_number
from pos.services.print_jobs import add_job
from pos.services.printing import Printing
from pos.services.queries.people import staff_name
from pos.services.queries.returns import (
    Returnable,
    ReturnableLine,
    ReturnRow,
    as_paid,
    returnable,
    returns_of,
)
from pos.services.receipt_papers import Letterhead
from pos.services.return_papers import copy_of_return, return_slip
from pos.services.settings import Settings
from pos.services.staff import Session
from pos.services.texts import one_line
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.tender import Method

RefundWay = Literal["cash", "as_paid"]


class ReturnAsked(msgspec.Struct, frozen=True):
    """Pieces of one line that come back: onto the shelf, or damaged."""

    line_id: int
    qty: int
    to_shelf: bool = True


class CompletedReturn(msgspec.Struct, frozen=True):
    """A return that is in the book; `refunded` is what to hand back, by method (rupiah)."""

    return_id: int
    number: int
    refunds: tuple[tuple[Method, int], ...]
    refunded: int


class Returns:
    """Commands and reads about returns."""

    def __init__(
        self,
        unit: UnitOfWork,
        settings: Settings,
        *,
        letterhead: Callable[[], Letterhead],
        printing: Printing,
    ) -> None:
        self._unit = unit
        self._settings = settings
        self._letterhead = letterhead
        self._printing = printing

    def returnable(self, sale_id: int) -> Returnable:
        """What can still come back. Raises UserError for an unknown sale."""
        return returnable(self._unit.book.reader(), sale_id)

    def quote(
        self, sale: Returnable, back: dict[int, int], refund: RefundWay
    ) -> tuple[tuple[Method, int], ...]:
        """What would be handed back now for so many pieces by line, by method (rupiah)."""
        step = self._settings.rounding_step()
        amount = sale.due(back, cash=refund == "cash", step=step)
        if refund == "cash":
            return (("cash", amount),)
        shares = as_paid(self._unit.book.reader(), sale, amount)
        return tuple((method, share) for method, share in shares if share)

    def of_sale(self, sale_id: int) -> tuple[ReturnRow, ...]:
        """What was taken back of a sale so far, oldest first."""
        return returns_of(self._unit.book.reader(), sale_id)

    def reprint(self, return_id: int) -> None:
        """Queue a copy of a return's slip, marked as one."""
        with self._unit.write() as tx:
            now = local(tx.at, self._unit.zone)
            slip = copy_of_return(tx.cursor, return_id, self._letterhead(), now)
            add_job(
                tx.cursor,
                "slip",
                slip,
                title=slip.head.number,
                at=tx.at,
                document_id=return_id,
                copy=True,
            )
            tx.changed("print_jobs")
        self._printing.wake()

    def can_void(self, sale: Returnable) -> bool:
        """Whether the whole sale could be cancelled now: on its own day, and nothing came back."""
        unit = self._unit
        today = unit.shift_date or business_date(
            unit.clock.now_ms(), unit.zone, unit.cutoff_minutes
        )
        return sale.untouched and sale.business_date == today.isoformat()

    def give_back(
        self,
        sale_id: int,
        asked: tuple[ReturnAsked, ...],
        *,
        refund: RefundWay,
        reason: str,
        session: Session,
        approver_id: int = 0,
    ) -> CompletedReturn:
        """Take pieces back and refund them, in one transaction.

        Raises UserError when a piece has come back already, nothing was chosen or no reason given.
        """
        if not asked or any(line.qty <= 0 for line in asked):
            raise UserError(_("Choose what comes back."), field="lines")
        if len({line.line_id for line in asked}) != len(asked):
            raise UserError(_("Choose each line once."), field="lines")
        _check_reason(reason)
        with self._unit.write() as tx:
            sale = returnable(tx.cursor, sale_id)
            by_id = {line.line_id: line for line in sale.lines}
            for line in asked:
                if line.line_id not in by_id or by_id[line.line_id].left < line.qty:
                    raise UserError(_("This piece has already come back."), field="lines")
            done = self._write(
                tx,
                sale,
                asked,
                refund=refund,
                reason=reason,
                void=False,
                session=session,
                approver_id=approver_id,
            )
        self._printing.wake()
        return done

    def void(
        self, sale_id: int, *, reason: str, session: Session, approver_id: int = 0
    ) -> CompletedReturn:
        """Cancel a whole sale on its business day, refunded as it was paid.

        Raises ApprovalNeededError without a manager, UserError on another day or after a return.
        """
        if not session.is_manager and not approver_id:
            raise ApprovalNeededError(_("Only a manager can cancel a sale."), action="void")
        _check_reason(reason)
        with self._unit.write() as tx:
            sale = returnable(tx.cursor, sale_id)
            if sale.business_date != tx.business_date:
                raise UserError(
                    _("A sale can be cancelled on its own day only. Take it back as a return.")
                )
            if not sale.untouched:
                raise UserError(_("Something of this sale has come back already. Return the rest."))
            asked = tuple(ReturnAsked(line.line_id, line.qty) for line in sale.lines)
            done = self._write(
                tx,
                sale,
                asked,
                refund="as_paid",
                reason=reason,
                void=True,
                session=session,
                approver_id=approver_id,
            )
        self._printing.wake()
        return done

    def _write(
        self,
        tx: Transaction,
        sale: Returnable,
        asked: tuple[ReturnAsked, ...],
        *,
        refund: RefundWay,
        reason: str,
        void: bool,
        session: Session,
        approver_id: int,
    ) -> CompletedReturn:
        by_id = {line.line_id: line for line in sale.lines}
        lines = tuple(_returned(tx, by_id[line.line_id], line) for line in asked)
        paid = sum(line.paid for line in lines)
        back = {line.line_id: line.qty for line in asked}
        step = self._settings.rounding_step()
        amount = sale.due(back, cash=refund == "cash", step=step)
        methods: list[tuple[Method, int]] = (
            [("cash", amount)] if refund == "cash" else as_paid(tx.cursor, sale, amount)
        )
        event = SaleReturned(
            return_id=tx.new_id(),
            stand_id=sale.stand_id,
            number=tx.next_number("return"),
            sale_id=sale.sale_id,
            void=void,
            reason=one_line(reason),
            lines=lines,
            refunds=tuple(Refund(tx.new_id(), m, n) for m, n in methods if n),
            rounding=amount - paid,
        )
        entry = tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
        held = 0
        if void:
            held = hold_again(tx, sale.sale_id, sale.stand_id, staff_id=session.staff_id)
        handed = handed_back(event.refunds, held)
        self._queue(tx, entry, event, sale, session, approved_by=approver_id, held=held)
        tx.changed("sales", "stock", "items", "print_jobs")
        return CompletedReturn(event.return_id, event.number, handed, amount - held)

    def _queue(
        self,
        tx: Transaction,
        entry: Entry,
        event: SaleReturned,
        sale: Returnable,
        session: Session,
        *,
        approved_by: int,
        held: int,
    ) -> None:
        """The slip, and the drawer for money that leaves it."""
        head = paper_head(
            self._letterhead(),
            paper_number(LETTERS["return"], event.number),
            entry.at,
            session.name,
            entry_hash=entry.hash.hex(),
        )
        slip = return_slip(
            head, event, sale, held=held, approved_by=staff_name(tx.cursor, approved_by)
        )
        cash = any(method == "cash" for method, _amount in slip.refunds)
        if cash and self._printing.choice().has_drawer:
            add_job(tx.cursor, "drawer", DrawerKick(), title=head.number, at=tx.at)
        add_job(tx.cursor, "slip", slip, title=head.number, at=tx.at, document_id=event.return_id)


def _check_reason(reason: str) -> None:
    if not one_line(reason):
        raise UserError(_("Write down why it comes back."), field="reason")


def _returned(tx: Transaction, line: ReturnableLine, asked: ReturnAsked) -> ReturnedLine:
    seller_discount, stand_discount, paid, share = line.figures(asked.qty)
    return ReturnedLine(
        return_line_id=tx.new_id(),
        line_id=line.line_id,
        item_id=line.item_id,
        seller_id=line.seller_id,
        qty=asked.qty,
        seller_discount=seller_discount,
        stand_discount=stand_discount,
        paid=paid,
        share=share,
        commission=paid + stand_discount - share,
        counted=line.kind != "made_to_order",
        to_shelf=asked.to_shelf,
    )
