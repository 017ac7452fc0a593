"""Orders: taking one, paying ahead, its steps, and what is agreed anew."""

import datetime as dt
from collections.abc import Callable, Iterable

import msgspec
from sqlalchemy import bindparam, select

from pos.deposits import DepositRule
from pos.errors import UserError
from pos.events import (
    OrderChanged,
    OrderField,
    OrderMoved,
    OrderPaid,
    OrderPiece,
    OrderTaken,
    PieceChanged,
    SalePayment,
)
from pos.events.orders import OrderStep
from pos.i18n import _
from pos.models.catalog import sellers
from pos.models.prepared import Prepared
from pos.money import MAX_AMOUNT, rupiah
from pos.services.contacts import put_card, read_card
from pos.services.order_papers import OrderPapers
from pos.services.phone import normal_phone
from pos.services.queries.catalog import CatalogQueries
from pos.services.queries.order_rows import Order
from pos.services.queries.orders import OrderQueries
from pos.services.staff import Session
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.tender import Settlement, Tender, settle

MAX_NAME = 80
MAX_PIECES = 999
MAX_NOTE = 200
EXACT = 1
"""The rounding of money paid ahead: none, a deposit is the round sum that people agree on."""
STEPS: tuple[OrderStep, ...] = ("ordered", "confirmed", "making", "ready")
_active = Prepared(select(sellers.c.active).where(sellers.c.id == bindparam("seller_id")))


class NewPiece(msgspec.Struct, frozen=True):
    """What is to be made (rupiah a piece); `ceiling` above 0 makes the price an estimate."""

    name: str
    qty: int
    price: int
    ceiling: int = 0
    category_id: int = 0
    model_id: int = 0
    fields: tuple[tuple[str, str], ...] = ()
    picture: str = ""


class NewOrder(msgspec.Struct, frozen=True):
    """An order as it is taken, with `deposit` rupiah ahead.

    `contact_id` above 0 is a customer who ordered before.
    """

    customer: str
    phone: str
    seller_id: int
    promised: dt.date
    pieces: tuple[NewPiece, ...]
    note: str = ""
    deposit: int = 0
    contact_id: int = 0
    if_customer: DepositRule = "kept"
    if_maker: DepositRule = "returned"


class PieceChange(msgspec.Struct, frozen=True):
    """A piece as it is from now on."""

    line_id: int
    name: str
    price: int
    ceiling: int = 0
    fields: tuple[tuple[str, str], ...] = ()
    picture: str = ""


class OrderChange(msgspec.Struct, frozen=True):
    """What is agreed anew; pieces that are not named stay as they are."""

    promised: dt.date
    note: str
    pieces: tuple[PieceChange, ...] = ()


class TakenOrder(msgspec.Struct, frozen=True):
    """An order that is in the book for good (rupiah)."""

    order_id: int
    number: str
    total: int
    deposit: int
    change: int
    has_cash: bool


class Orders:
    """Commands about orders. Each writes its paper in the same transaction."""

    def __init__(
        self,
        unit: UnitOfWork,
        queries: OrderQueries,
        catalog: CatalogQueries,
        papers: OrderPapers,
        *,
        stand_id: int,
        wake_printer: Callable[[], None],
    ) -> None:
        self._unit = unit
        self._queries = queries
        self._catalog = catalog
        self._papers = papers
        self._stand_id = stand_id
        self._wake = wake_printer

    def take(
        self, new: NewOrder, tenders: tuple[Tender, ...] = (), *, session: Session
    ) -> TakenOrder:
        """Take an order, with its deposit if there is one; its slip is printed twice.

        Raises UserError for what does not fit, with the field's name.
        """
        phone = normal_phone(new.phone)
        customer = checked_line(new.customer, "customer", _("Type the customer's name."))
        pieces = checked_pieces(new.pieces)
        with self._unit.write() as tx:
            today = dt.date.fromisoformat(tx.business_date)
            if new.promised < today:
                raise UserError(_("This day is over. Choose a later one."), field="promised")
            self._check_seller(tx, new.seller_id)
            total = sum(piece.qty * piece.price for piece in pieces)
            settled = paid_ahead(new.deposit, tenders, total)
            deposit = sum(p.amount for p in settled.payments) if settled else 0
            event = OrderTaken(
                order_id=tx.new_id(),
                stand_id=self._stand_id,
                number=tx.next_number("order"),
                contact_id=self._contact(tx, new.contact_id, customer, phone),
                seller_id=new.seller_id,
                promised=new.promised.isoformat(),
                note=" ".join(new.note.split())[:MAX_NOTE],
                if_customer=new.if_customer,
                if_maker=new.if_maker,
                pieces=tuple(self._piece(tx, new.seller_id, piece, today) for piece in pieces),
                deposit_id=tx.new_id() if settled else 0,
                payments=payments_of(tx, settled),
                change=settled.change if settled else 0,
            )
            entry = tx.append(event, staff_id=session.staff_id)
            order = self._queries.order(event.order_id, tx.cursor)
            paid = [(p.method, p.amount) for p in event.payments]
            self._papers.queue_slip(tx, order, paid, session=session, entry=entry)
            has_cash = any(p.method == "cash" for p in event.payments)
            self._papers.kick_for_cash(tx, order, has_cash=has_cash)
            tx.changed("orders", "payments", "print_jobs")
        self._wake()
        return TakenOrder(
            order_id=event.order_id,
            number=order.number,
            total=total,
            deposit=deposit,
            change=event.change,
            has_cash=has_cash,
        )

    def pay(
        self, order_id: int, amount: int, tenders: tuple[Tender, ...], *, session: Session
    ) -> TakenOrder:
        """More money ahead. Raises UserError for more than the order still costs."""
        with self._unit.write() as tx:
            order = self.opened(tx, order_id)
            settled = paid_ahead(amount, tenders, order.rest)
            if settled is None:
                raise UserError(_("Type the amount."), field="amount")
            event = OrderPaid(
                deposit_id=tx.new_id(),
                order_id=order_id,
                stand_id=self._stand_id,
                payments=payments_of(tx, settled),
                change=settled.change,
            )
            entry = tx.append(event, staff_id=session.staff_id)
            now = self._queries.order(order_id, tx.cursor)
            paid = [(p.method, p.amount) for p in event.payments]
            self._papers.queue_money(tx, now, "paid", paid, session=session, entry=entry)
            has_cash = any(p.method == "cash" for p in event.payments)
            self._papers.kick_for_cash(tx, now, has_cash=has_cash)
            tx.changed("orders", "payments", "print_jobs")
        self._wake()
        return TakenOrder(
            order_id, now.number, now.total, now.deposit, settled.change, has_cash=has_cash
        )

    def move(self, order_id: int, step: OrderStep, *, session: Session, note: str = "") -> None:
        """The next step, or with a reason an earlier one again. Raises UserError without one."""
        said = " ".join(note.split())[:MAX_NOTE]
        with self._unit.write() as tx:
            order = self.opened(tx, order_id)
            if step not in STEPS:
                raise ValueError(step)
            if order.step == step:
                return
            if STEPS.index(step) < STEPS.index(order.step) and not said:
                raise UserError(_("Write down why it goes back a step."), field="note")
            tx.append(
                OrderMoved(order_id=order_id, step=step, note=said), staff_id=session.staff_id
            )
            tx.changed("orders")

    def change(
        self, order_id: int, change: OrderChange, *, agreement: str = "", session: Session
    ) -> int:
        """Agree anew on price, description or day; the new version of the slip is printed.

        A price is changed with the customer's agreement only, noted in `agreement` (who, how, when),
        but for an estimate that becomes a price within its ceiling. Raises UserError.
        """
        agreed = " ".join(agreement.split())[:MAX_NOTE]
        with self._unit.write() as tx:
            order = self.opened(tx, order_id)
            pieces = tuple(self._changed(order, piece) for piece in change.pieces)
            note = " ".join(change.note.split())[:MAX_NOTE]
            nothing = not pieces and change.promised == order.promised and note == order.note
            if nothing:
                raise UserError(_("Nothing was changed."))
            if needs_agreement(order, change) and not agreed:
                raise UserError(
                    _("Note how the customer agreed to the new price."), field="agreement"
                )
            event = OrderChanged(
                order_id=order_id,
                version=order.version + 1,
                promised=change.promised.isoformat(),
                note=note,
                pieces=pieces,
                agreement=agreed,
            )
            entry = tx.append(event, staff_id=session.staff_id)
            now = self._queries.order(order_id, tx.cursor)
            if now.open_worth < now.deposit:
                raise UserError(
                    _(
                        "The deposit of {amount} is more than that. Give some of it back first."
                    ).format(amount=rupiah(now.deposit)),
                    field="price",
                )
            self._papers.queue_slip(tx, now, (), session=session, entry=entry, agreement=agreed)
            tx.changed("orders", "print_jobs")
        self._wake()
        return event.version

    # -- checks -----------------------------------------------------------------------------

    def opened(self, tx: Transaction, order_id: int) -> Order:
        """The order, if something is still to be handed over. Raises UserError."""
        order = self._queries.order(order_id, tx.cursor)
        if not order.is_open:
            raise UserError(_("This order is closed."))
        return order

    def _check_seller(self, tx: Transaction, seller_id: int) -> None:
        row = _active.one(tx.cursor, seller_id=seller_id)
        if row is None or not row[0]:
            raise UserError(_("Choose who makes it."), field="seller")

    def _contact(self, tx: Transaction, contact_id: int, name: str, phone: str) -> int:
        """The customer's card, made or brought up to date: the journal names its id only."""
        if contact_id:
            before = read_card(tx.cursor, contact_id)
            if (before.name, before.phone) == (name, phone):
                return contact_id
            put_card(tx.cursor, contact_id, name, tx.at, phone=phone, bank=before.bank)
            return contact_id
        made = tx.new_id()
        put_card(tx.cursor, made, name, tx.at, phone=phone)
        return made

    def _piece(
        self, tx: Transaction, seller_id: int, piece: NewPiece, today: dt.date
    ) -> OrderPiece:
        terms = self._catalog.terms_for(seller_id, piece.model_id, today, tx.cursor)
        return OrderPiece(
            line_id=tx.new_id(),
            item_id=tx.new_id(),
            model_id=piece.model_id,
            category_id=piece.category_id,
            name=piece.name,
            qty=piece.qty,
            price=piece.price,
            ceiling=piece.ceiling,
            terms=terms,
            fields=fields_of(piece.fields),
            picture=piece.picture,
        )

    def _changed(self, order: Order, piece: PieceChange) -> PieceChanged:
        line = next((ln for ln in order.lines if ln.line_id == piece.line_id), None)
        if line is None:
            raise KeyError(piece.line_id)
        if line.handed and piece.price != line.price:
            raise UserError(
                _("Pieces of {name} are handed over already at the old price.").format(
                    name=line.name
                ),
                field="price",
            )
        check_price(piece.price, piece.ceiling)
        return PieceChanged(
            line_id=piece.line_id,
            name=checked_line(piece.name, "what", _("Type what is to be made.")),
            price=piece.price,
            ceiling=piece.ceiling,
            fields=fields_of(piece.fields),
            picture=piece.picture,
        )


def needs_agreement(order: Order, change: OrderChange) -> bool:
    """Whether the customer has to agree: a price is another, and not an estimate made firm."""
    lines = {line.line_id: line for line in order.lines}
    for piece in change.pieces:
        line = lines[piece.line_id]
        within = line.ceiling and piece.price <= line.ceiling and piece.ceiling <= line.ceiling
        if (piece.price, piece.ceiling) != (line.price, line.ceiling) and not within:
            return True
    return False


def checked_pieces(pieces: tuple[NewPiece, ...]) -> tuple[NewPiece, ...]:
    """The pieces with their names in order. Raises UserError for what does not fit."""
    if not pieces:
        raise UserError(_("Type what is to be made."), field="what")
    found = []
    for piece in pieces:
        name = checked_line(piece.name, "what", _("Type what is to be made."))
        if not 0 < piece.qty <= MAX_PIECES:
            raise UserError(_("Type how many pieces."), field="qty")
        check_price(piece.price, piece.ceiling)
        found.append(msgspec.structs.replace(piece, name=name))
    if sum(piece.qty * max(piece.price, piece.ceiling) for piece in found) > MAX_AMOUNT:
        raise UserError(_("This order is too large. Divide it in two."), field="price")
    return tuple(found)


def check_price(price: int, ceiling: int) -> None:
    """Raises UserError for a price that is none, or a ceiling below it."""
    if not 0 < price <= MAX_AMOUNT:
        raise UserError(_("Type its price."), field="price")
    if ceiling and not price <= ceiling <= MAX_AMOUNT:
        raise UserError(_("The ceiling can't be below the estimate."), field="ceiling")


def checked_line(text: str, field: str, missing: str) -> str:
    """A line of text, not empty and not too long. Raises UserError."""
    line = " ".join(text.split())
    if not line:
        raise UserError(missing, field=field)
    if len(line) > MAX_NAME:
        raise UserError(_("At most {count} letters fit here.").format(count=MAX_NAME), field=field)
    return line


def fields_of(fields: Iterable[tuple[str, str]]) -> tuple[OrderField, ...]:
    """Details that were filled in."""
    tidy = ((" ".join(name.split()), " ".join(value.split())) for name, value in fields)
    return tuple(OrderField(name[:40], value[:MAX_NAME]) for name, value in tidy if name and value)


def paid_ahead(amount: int, tenders: tuple[Tender, ...], most: int) -> Settlement | None:
    """The deposit, settled to the rupiah; None where nothing is paid. Raises UserError."""
    if not amount:
        return None
    if not 0 < amount <= most:
        raise UserError(
            _("A deposit is at most {amount}, what the order still costs.").format(
                amount=rupiah(most)
            ),
            field="deposit",
        )
    return settle(amount, tenders, EXACT)


def payments_of(tx: Transaction, settled: Settlement | None) -> tuple[SalePayment, ...]:
    """Payments as an event carries them."""
    if settled is None:
        return ()
    return tuple(
        SalePayment(tx.new_id(), p.method, p.amount, p.tendered, p.checked, p.reference)
        for p in settled.payments
    )
