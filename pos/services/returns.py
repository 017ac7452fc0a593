"""Returns and voids: the sale's own figures reversed, piece by piece, never today's."""

from collections.abc import Callable
from typing import Literal

import msgspec
from sqlalchemy import bindparam, func, select

from pos.errors import ApprovalNeededError, UserError
from pos.events import Refund, ReturnedLine, SaleReturned
from pos.i18n import _
from pos.models.catalog import items, sellers
from pos.models.journal import Entry
from pos.models.prepared import Cursor, Prepared
from pos.models.returns import refunds, return_lines, returns
from pos.models.sales import payments, sale_lines, sales
from pos.models.stands import tills
from pos.money import div_round, round_cash
from pos.receipts.documents import DrawerKick
from pos.receipts.documents_shift import ReturnedPiece, ReturnSlip
from pos.services.paper_heads import paper_head
from pos.services.papers import LETTERS, paper_number
from pos.services.print_jobs import add_job
from pos.services.printing import Printing
from pos.services.receipt_papers import Letterhead
from pos.services.settings import Settings
from pos.services.staff import Session
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.tender import Method

_sale = Prepared(
    select(
        sales.c.stand_id,
        sales.c.business_date,
        sales.c.paid,
        tills.c.prefix,
        sales.c.number,
    )
    .select_from(sales.join(tills, tills.c.till_no == sales.c.till_no))
    .where(sales.c.id == bindparam("sale_id"))
)
_back = (
    select(func.coalesce(func.sum(return_lines.c.qty), 0))
    .where(return_lines.c.line_id == sale_lines.c.id)
    .scalar_subquery()
)
_lines = Prepared(
    select(
        sale_lines.c.id,
        sale_lines.c.item_id,
        sale_lines.c.seller_id,
        sellers.c.code,
        sale_lines.c.name,
        sale_lines.c.code,
        items.c.kind,
        sale_lines.c.qty,
        _back,
        sale_lines.c.seller_discount,
        sale_lines.c.stand_discount,
        sale_lines.c.paid,
        sale_lines.c.share,
    )
    .select_from(
        sale_lines.join(items, items.c.id == sale_lines.c.item_id).join(
            sellers, sellers.c.id == sale_lines.c.seller_id
        )
    )
    .where(sale_lines.c.sale_id == bindparam("sale_id"))
    .order_by(sale_lines.c.no)
)
_payments = Prepared(
    select(payments.c.method, payments.c.amount)
    .where(payments.c.sale_id == bindparam("sale_id"))
    .order_by(payments.c.id)
)
_refunds = Prepared(
    select(refunds.c.method, refunds.c.amount)
    .select_from(refunds.join(returns, returns.c.id == refunds.c.return_id))
    .where(returns.c.sale_id == bindparam("sale_id"))
)
_refunded = Prepared(
    select(func.coalesce(func.sum(returns.c.refunded), 0)).where(
        returns.c.sale_id == bindparam("sale_id")
    )
)


class ReturnableLine(msgspec.Struct, frozen=True):
    """A line sold, with how many of its pieces can still come back (rupiah for the whole line)."""

    line_id: int
    item_id: int
    seller_id: int
    seller_code: str
    name: str
    code: str
    kind: str
    qty: int
    returned: int
    seller_discount: int
    stand_discount: int
    paid: int
    share: int

    @property
    def left(self) -> int:
        """Pieces that have not come back."""
        return self.qty - self.returned

    def figures(self, pieces: int) -> tuple[int, int, int, int]:
        """(seller_discount, stand_discount, paid, share) of the next `pieces` to come back.

        Each is the difference of two roundings of the line's own figure, so that all pieces
        together give exactly the line.
        """
        before, after = self.returned, self.returned + pieces
        whole = (self.seller_discount, self.stand_discount, self.paid, self.share)
        first, second, third, fourth = (
            div_round(figure * after, self.qty) - div_round(figure * before, self.qty)
            for figure in whole
        )
        return first, second, third, fourth


class Returnable(msgspec.Struct, frozen=True):
    """What of a sale can come back, and how it was paid."""

    sale_id: int
    number: str
    business_date: str
    lines: tuple[ReturnableLine, ...]
    payments: tuple[tuple[Method, int], ...]


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
        return _returnable(self._unit.book.reader(), sale_id)

    def give_back(
        self,
        sale_id: int,
        asked: tuple[ReturnAsked, ...],
        *,
        refund: Literal["cash", "as_paid"],
        reason: str,
        session: Session,
        approver_id: int = 0,
    ) -> CompletedReturn:
        """Take pieces back and refund them, in one transaction.

        Raises UserError when a piece has come back already or nothing was chosen.
        """
        if not asked or any(line.qty <= 0 for line in asked):
            raise UserError(_("Choose what comes back."), field="lines")
        if len({line.line_id for line in asked}) != len(asked):
            raise UserError(_("Choose each line once."), field="lines")
        with self._unit.write() as tx:
            sale = _returnable(tx.cursor, sale_id)
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
        with self._unit.write() as tx:
            sale = _returnable(tx.cursor, sale_id)
            if sale.business_date != tx.business_date:
                raise UserError(
                    _("A sale can be cancelled on its own day only. Take it back as a return.")
                )
            if any(line.returned for line in sale.lines):
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
        refund: Literal["cash", "as_paid"],
        reason: str,
        void: bool,
        session: Session,
        approver_id: int,
    ) -> CompletedReturn:
        by_id = {line.line_id: line for line in sale.lines}
        lines = tuple(_returned(tx, by_id[line.line_id], line) for line in asked)
        paid = sum(line.paid for line in lines)
        amount = self._amount(tx.cursor, sale, lines, refund)
        methods: list[tuple[Method, int]] = (
            [("cash", amount)] if refund == "cash" else _as_paid(tx.cursor, sale, amount)
        )
        event = SaleReturned(
            return_id=tx.new_id(),
            stand_id=_stand_of(tx.cursor, sale.sale_id),
            number=tx.next_number("return"),
            sale_id=sale.sale_id,
            void=void,
            reason=reason.strip(),
            lines=lines,
            refunds=tuple(Refund(tx.new_id(), m, n) for m, n in methods if n),
            rounding=amount - paid,
        )
        entry = tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
        self._queue(tx, entry, event, sale, session)
        tx.changed("sales", "stock", "items", "print_jobs")
        given = tuple((r.method, r.amount) for r in event.refunds)
        return CompletedReturn(event.return_id, event.number, given, amount)

    def _queue(
        self,
        tx: Transaction,
        entry: Entry,
        event: SaleReturned,
        sale: Returnable,
        session: Session,
    ) -> None:
        """The slip, and the drawer for money that leaves it."""
        head = paper_head(
            self._letterhead(),
            paper_number(LETTERS["return"], event.number),
            entry.at,
            session.name,
            entry_hash=entry.hash.hex(),
        )
        by_id = {line.line_id: line for line in sale.lines}
        slip = ReturnSlip(
            head=head,
            void=event.void,
            sale_number=sale.number,
            lines=tuple(_piece(by_id[line.line_id], line) for line in event.lines),
            rounding=event.rounding,
            refunds=tuple((r.method, r.amount) for r in event.refunds),
            reason=event.reason,
        )
        cash = any(refund.method == "cash" for refund in event.refunds)
        if cash and self._printing.choice().has_drawer:
            add_job(tx.cursor, "drawer", DrawerKick(), title=head.number, at=tx.at)
        add_job(tx.cursor, "slip", slip, title=head.number, at=tx.at, document_id=event.return_id)

    def _amount(
        self,
        cursor: Cursor,
        sale: Returnable,
        lines: tuple[ReturnedLine, ...],
        refund: Literal["cash", "as_paid"],
    ) -> int:
        """What to hand back: rounded in cash, and in the end exactly what was paid for the sale."""
        row = _sale.one(cursor, sale_id=sale.sale_id) or (0, "", 0, 0)
        done = int((_refunded.one(cursor, sale_id=sale.sale_id) or (0,))[0])
        back_now = {line.line_id: line.qty for line in lines}
        if all(line.left == back_now.get(line.line_id, 0) for line in sale.lines):
            return int(row[2]) - done
        paid = sum(line.paid for line in lines)
        step = self._settings.rounding_step()
        # Ties go to the buyer here too: what is handed back is rounded the other way round.
        due = -round_cash(-paid, step) if refund == "cash" else paid
        return min(due, int(row[2]) - done)


def _returnable(cursor: Cursor, sale_id: int) -> Returnable:
    row = _sale.one(cursor, sale_id=sale_id)
    if row is None:
        raise UserError(_("This sale is not in the book."))
    lines = tuple(ReturnableLine(*line) for line in _lines.all(cursor, sale_id=sale_id))
    paid = tuple((method, amount) for method, amount in _payments.all(cursor, sale_id=sale_id))
    return Returnable(sale_id, paper_number(row[3], row[4]), row[1], lines, paid)


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


def _piece(sold: ReturnableLine, back: ReturnedLine) -> ReturnedPiece:
    return ReturnedPiece(
        name=sold.name,
        code=sold.code,
        seller_code=sold.seller_code,
        qty=back.qty,
        paid=back.paid,
        to_shelf=back.to_shelf,
    )


def _stand_of(cursor: Cursor, sale_id: int) -> int:
    row = _sale.one(cursor, sale_id=sale_id)
    if row is None:
        raise KeyError(sale_id)
    return int(row[0])


def _as_paid(cursor: Cursor, sale: Returnable, amount: int) -> list[tuple[Method, int]]:
    """Share a refund out over what each method still holds of the sale, cash last."""
    held: dict[Method, int] = {}
    for method, paid in sorted(sale.payments, key=lambda payment: payment[0] == "cash"):
        held[method] = held.get(method, 0) + paid
    for method, given in _refunds.all(cursor, sale_id=sale.sale_id):
        held[method] = held.get(method, 0) - given
    left, shares = amount, []
    for method, most in held.items():
        part = max(0, min(left, most))
        shares.append((method, part))
        left -= part
    # Earlier cash refunds can have used up more than was paid in cash; the rest is cash as well.
    return [*shares, ("cash", left)] if left else shares
