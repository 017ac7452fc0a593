"""The papers of orders, queued in the transaction of what they are about, or printed again."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Literal

from pos.models.entries import Entry
from pos.receipts.documents import DrawerKick
from pos.receipts.documents_consignment import PaperHead, PaperSeller
from pos.receipts.documents_orders import (
    AdvanceSlip,
    MakerList,
    OrderedPiece,
    OrderMoneySlip,
    OrderSlip,
    ToMake,
)
from pos.services.paper_heads import paper_head
from pos.services.print_jobs import add_job
from pos.services.printing import Printing
from pos.services.queries.order_rows import Order
from pos.services.queries.orders import OrderQueries
from pos.services.receipt_papers import Letterhead
from pos.services.staff import Session
from pos.services.unit_of_work import Transaction, UnitOfWork

Paid = Sequence[tuple[str, int]]


class OrderPapers:
    """Documents are complete in themselves; printing is a command, reading is not."""

    def __init__(
        self,
        unit: UnitOfWork,
        queries: OrderQueries,
        *,
        letterhead: Callable[[], Letterhead],
        printing: Printing,
    ) -> None:
        self._unit = unit
        self._queries = queries
        self._letterhead = letterhead
        self._printing = printing

    # -- documents ------------------------------------------------------------------------------

    def slip(self, order_id: int, *, copied_at: dt.datetime | None = None) -> OrderSlip:
        """The slip as the order stands now, for the customer."""
        order = self._queries.order(order_id)
        moment = int(order.at.timestamp() * 1000)
        head = paper_head(
            self._letterhead(), order.number, moment, order.staff, copied_at=copied_at
        )
        return order_slip(order, head, ())

    def maker_list(self, seller_id: int, today: dt.date, *, staff: str = "") -> MakerList:
        """What a maker has to make, the earliest day first."""
        rows = self._queries.of_seller(seller_id, today)
        full = [(row, self._queries.order(row.order_id)) for row in rows]
        head = paper_head(self._letterhead(), "", self._unit.clock.now_ms(), staff)
        first = full[0][1] if full else None
        seller = seller_of(first) if first else PaperSeller("", "")
        return MakerList(
            head=head,
            seller=seller,
            orders=tuple(
                ToMake(
                    number=order.number,
                    promised=order.promised.isoformat(),
                    late=row.late,
                    state=order.state,
                    customer=order.customer.name,
                    pieces=pieces_of(order, only_open=True),
                    note=order.note,
                    advance=order.advance,
                )
                for row, order in full
            ),
        )

    # -- commands -------------------------------------------------------------------------------

    def print_slip(self, order_id: int, *, copied_at: dt.datetime) -> None:
        """Queue a copy of the slip, marked as one."""
        paper = self.slip(order_id, copied_at=copied_at)
        self._print(paper, paper.head.number, order_id, copy=True)

    def print_maker_list(self, seller_id: int, today: dt.date, *, staff: str) -> None:
        """Queue a maker's list."""
        paper = self.maker_list(seller_id, today, staff=staff)
        self._print(paper, paper.seller.workshop, 0, copy=False)

    def _print(self, paper: OrderSlip | MakerList, title: str, of: int, *, copy: bool) -> None:
        with self._unit.write() as tx:
            add_job(tx.cursor, "slip", paper, title=title, at=tx.at, document_id=of, copy=copy)
            tx.changed("print_jobs")
        self._printing.wake()

    # -- within a transaction -------------------------------------------------------------------

    def queue_slip(
        self,
        tx: Transaction,
        order: Order,
        paid: Paid,
        *,
        session: Session,
        entry: Entry,
        agreement: str = "",
    ) -> None:
        """The slip, once for the customer and once for the stand."""
        paper = order_slip(order, self._head(order, session, entry), paid, agreement)
        self._queue(tx, order, paper)

    def queue_money(
        self,
        tx: Transaction,
        order: Order,
        kind: Literal["paid", "refunded", "cancelled"],
        methods: Paid,
        *,
        session: Session,
        entry: Entry,
        kept: int = 0,
        reason: str = "",
    ) -> None:
        """Money ahead or back."""
        paper = OrderMoneySlip(
            head=self._head(order, session, entry),
            kind=kind,
            customer=order.customer.name,
            seller=seller_of(order),
            methods=tuple(methods),
            held=order.deposit,
            kept=kept,
            reason=reason,
        )
        self._queue(tx, order, paper)

    def queue_advance(
        self,
        tx: Transaction,
        order: Order,
        number: str,
        method: str,
        reference: str,
        amount: int,
        *,
        session: Session,
        entry: Entry,
    ) -> None:
        """Money for material, signed by the maker."""
        head = paper_head(
            self._letterhead(), number, entry.at, session.name, entry_hash=entry.hash.hex()
        )
        paper = AdvanceSlip(head, order.number, seller_of(order), method, reference, amount)
        add_job(tx.cursor, "slip", paper, title=number, at=tx.at, document_id=order.order_id)

    def kick_for_cash(self, tx: Transaction, order: Order, *, has_cash: bool) -> None:
        """The drawer opens for cash that goes in or comes out."""
        if has_cash and self._printing.choice().has_drawer:
            add_job(tx.cursor, "drawer", DrawerKick(), title=order.number, at=tx.at)

    def _queue(self, tx: Transaction, order: Order, paper: OrderSlip | OrderMoneySlip) -> None:
        add_job(tx.cursor, "slip", paper, title=order.number, at=tx.at, document_id=order.order_id)

    def _head(self, order: Order, session: Session, entry: Entry) -> PaperHead:
        return paper_head(
            self._letterhead(), order.number, entry.at, session.name, entry_hash=entry.hash.hex()
        )


def order_slip(order: Order, head: PaperHead, paid: Paid, agreement: str = "") -> OrderSlip:
    """The slip of an order as it stands; `paid` is the money that came just now."""
    return OrderSlip(
        head=head,
        version=order.version,
        customer=order.customer.name,
        phone=order.customer.phone,
        seller=seller_of(order),
        promised=order.promised.isoformat(),
        pieces=pieces_of(order),
        note=order.note,
        total=order.total,
        paid=tuple(paid),
        deposit=order.deposit,
        if_customer=order.if_customer,
        if_maker=order.if_maker,
        agreement=agreement,
        copies=("customer",) if head.copy else ("customer", "stand"),
    )


def seller_of(order: Order) -> PaperSeller:
    """Who makes it, as papers name sellers."""
    return PaperSeller(order.seller_code, order.workshop, order.maker)


def pieces_of(order: Order, *, only_open: bool = False) -> tuple[OrderedPiece, ...]:
    """The pieces as papers show them."""
    return tuple(
        OrderedPiece(
            name=line.name,
            qty=line.qty,
            price=line.price,
            ceiling=line.ceiling,
            fields=tuple((one.name, one.value) for one in line.fields),
            handed=line.handed,
        )
        for line in order.lines
        if line.left or not only_open
    )
