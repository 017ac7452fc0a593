"""Handing an order over: a sale at the terms of the day the order was taken, less its deposit."""

from collections.abc import Callable

import msgspec

from pos.deposits import part_for
from pos.errors import UserError
from pos.events import SaleCompleted, SaleLine, SalePayment
from pos.i18n import _
from pos.receipts.documents import DrawerKick
from pos.services.papers import paper_number
from pos.services.print_jobs import add_job
from pos.services.printing import Printing
from pos.services.queries.order_rows import Order, OrderLine
from pos.services.queries.orders import OrderQueries
from pos.services.receipt_papers import Letterhead, receipt_of
from pos.services.selling import CompletedSale
from pos.services.settings import Settings
from pos.services.staff import Session
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.tender import Settlement, Tender, settle
from pos.terms import split_line


class HandoverQuote(msgspec.Struct, frozen=True):
    """What a hand-over comes to (rupiah): the pieces, the deposit that pays for them, the rest."""

    worth: int
    deposit: int

    @property
    def due(self) -> int:
        """What is to be paid now."""
        return self.worth - self.deposit


class OrderHandover:
    """The command of the hand-over."""

    def __init__(
        self,
        unit: UnitOfWork,
        queries: OrderQueries,
        settings: Settings,
        *,
        stand_id: int,
        letterhead: Callable[[], Letterhead],
        printing: Printing,
    ) -> None:
        self._unit = unit
        self._queries = queries
        self._settings = settings
        self._stand_id = stand_id
        self._letterhead = letterhead
        self._printing = printing

    def quote(self, order: Order, pieces: dict[int, int]) -> HandoverQuote:
        """What so many pieces by line come to. Raises UserError when they can't be handed over."""
        return quote(order, pieces, self._settings.rounding_step())

    def hand_over(
        self,
        order_id: int,
        pieces: dict[int, int],
        tenders: tuple[Tender, ...],
        *,
        session: Session,
    ) -> CompletedSale:
        """Hand pieces over (by line) and take the rest; one receipt shows deposit and rest.

        Raises UserError when a piece went already, a price is still an estimate, or money is
        missing.
        """
        with self._unit.write() as tx:
            order = self._queries.order(order_id, tx.cursor)
            step = self._settings.rounding_step()
            quoted = quote(order, pieces, step)
            settled = settle(quoted.due, tenders, step)
            event = self._sale(tx, order, pieces, quoted, settled)
            entry = tx.append(event, staff_id=session.staff_id)
            head = self._letterhead()
            code = {order.seller_id: order.seller_code}
            paper = receipt_of(
                entry,
                event,
                head,
                staff=session.name,
                seller_code=code.__getitem__,
                order=order.number,
            )
            has_cash = any(p.method == "cash" for p in settled.payments)
            if has_cash and self._printing.choice().has_drawer:
                add_job(tx.cursor, "drawer", DrawerKick(), title=paper.number, at=tx.at)
            add_job(
                tx.cursor, "receipt", paper, title=paper.number, at=tx.at, document_id=event.sale_id
            )
            tx.changed("orders", "sales", "stock", "items", "print_jobs", "payments", "sellers")
        self._printing.wake()
        return CompletedSale(
            sale_id=event.sale_id,
            number=paper_number(head.prefix, event.number),
            total=quoted.due,
            paid=sum(p.amount for p in settled.payments),
            change=settled.change,
            rounding=settled.rounding,
            has_cash=has_cash,
            entry_hash=entry.hash.hex(),
        )

    def _sale(
        self,
        tx: Transaction,
        order: Order,
        pieces: dict[int, int],
        quoted: HandoverQuote,
        settled: Settlement,
    ) -> SaleCompleted:
        return SaleCompleted(
            sale_id=tx.new_id(),
            stand_id=self._stand_id,
            number=tx.next_number("sale"),
            lines=tuple(
                _sold(tx, order, no, line, pieces[line.line_id])
                for no, line in enumerate(order.lines, start=1)
                if pieces.get(line.line_id)
            ),
            payments=tuple(
                SalePayment(tx.new_id(), p.method, p.amount, p.tendered, p.checked, p.reference)
                for p in settled.payments
            ),
            rounding=settled.rounding,
            change=settled.change,
            order_id=order.order_id,
            deposit=quoted.deposit,
        )


def quote(order: Order, pieces: dict[int, int], step: int) -> HandoverQuote:
    """What so many pieces by line come to. Raises UserError when they can't be handed over.

    The deposit pays for its part in multiples of `step` rupiah.
    """
    if not order.is_open:
        raise UserError(_("This order is closed."))
    chosen = {line_id: qty for line_id, qty in pieces.items() if qty}
    if not chosen:
        raise UserError(_("Choose what is handed over."), field="pieces")
    lines = {line.line_id: line for line in order.lines}
    worth = 0
    for line_id, qty in chosen.items():
        line = lines[line_id]
        if not 0 < qty <= line.left:
            raise UserError(
                _("Of {name} only {count} are left to hand over.").format(
                    name=line.name, count=line.left
                ),
                field="pieces",
            )
        if line.ceiling:
            raise UserError(
                _("The price of {name} is still an estimate. Agree on it first.").format(
                    name=line.name
                ),
                field="price",
            )
        worth += qty * line.price
    return HandoverQuote(worth, part_for(order.deposit, worth, order.open_worth, step))


def _sold(tx: Transaction, order: Order, no: int, line: OrderLine, qty: int) -> SaleLine:
    """A line of the sale, at the terms that held when the order was taken."""
    split = split_line(qty * line.price, qty, 0, line.terms)
    return SaleLine(
        line_id=tx.new_id(),
        item_id=line.item_id,
        seller_id=order.seller_id,
        code=f"{order.number}-{no}",
        name=line.name,
        kind="unique" if line.qty == 1 else "stock",
        qty=qty,
        list_price=line.price,
        price=line.price,
        terms=line.terms,
        discounts=(),
        share=split.share,
        commission=split.commission,
        order_line_id=line.line_id,
    )
