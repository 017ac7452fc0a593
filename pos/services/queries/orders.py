"""Orders as screens and papers show them."""

import datetime as dt
import re
from collections.abc import Iterable

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, or_, select

from pos.clock import local
from pos.errors import UserError
from pos.events.orders import OrderField
from pos.i18n import _
from pos.models.catalog import contact_cards, sellers
from pos.models.engine import Book
from pos.models.orders import (
    order_advances,
    order_cancellations,
    order_fields,
    order_handovers,
    order_lines,
    order_steps,
    orders,
)
from pos.models.prepared import Cursor, Prepared, Row
from pos.models.sales import sales
from pos.models.stands import staff, tills
from pos.services.contacts import read_card
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.order_history import Step, in_order
from pos.services.queries.order_rows import (
    OPEN,
    Advance,
    Cancellation,
    Handover,
    Kept,
    Order,
    OrderEvent,
    OrderLine,
    OrderRow,
)
from pos.terms import Terms

_NUMBER = re.compile(r"(?:TITIP\|)?PS-([A-Z0-9]{1,8})-(\d{1,9})(?:\|.*)?", re.IGNORECASE)

_card = contact_cards.alias("customer")
_rows: Select[tuple[object, ...]] = select(
    orders.c.id,
    tills.c.prefix,
    orders.c.number,
    orders.c.state,
    func.coalesce(_card.c.name, ""),
    func.coalesce(_card.c.phone, ""),
    orders.c.seller_id,
    sellers.c.code,
    sellers.c.workshop,
    select(func.group_concat(order_lines.c.name, ", "))
    .where(order_lines.c.order_id == orders.c.id)
    .scalar_subquery(),
    select(func.sum(order_lines.c.qty - order_lines.c.handed))
    .where(order_lines.c.order_id == orders.c.id)
    .scalar_subquery(),
    orders.c.promised,
    orders.c.business_date,
    orders.c.total,
    orders.c.deposit,
).select_from(
    orders.join(tills, tills.c.till_no == orders.c.till_no)
    .join(sellers, sellers.c.id == orders.c.seller_id)
    .outerjoin(_card, _card.c.id == orders.c.contact_id)
)


def _is(*states: str) -> ColumnElement[bool]:
    return or_(*(orders.c.state == state for state in states))


_here = orders.c.stand_id == bindparam("stand_id")
_by_day = (orders.c.promised, orders.c.id)
# An order that is closed and yet holds money is nobody's but the board's: it waits, too.
_unsettled = and_(_is("handed", "cancelled"), orders.c.deposit != 0)
_open = Prepared(_rows.where(_here, or_(_is(*OPEN), _unsettled)).order_by(*_by_day))
_of_seller = Prepared(
    _rows.where(_is(*OPEN), orders.c.seller_id == bindparam("seller_id")).order_by(*_by_day)
)
_closed = Prepared(
    _rows.where(_here, _is("handed", "cancelled"))
    .order_by(orders.c.id.desc())
    .limit(bindparam("limit"))
)
_typed: BindParameter[str] = bindparam("typed")


def _has(column: ColumnElement[str]) -> ColumnElement[bool]:
    return func.instr(func.lower(column), func.lower(_typed)) > 0


_found = Prepared(
    _rows.where(
        or_(
            _has(_card.c.name),
            _has(_card.c.phone),
            _has(sellers.c.workshop),
            sellers.c.code == func.upper(_typed),
            select(order_lines.c.id)
            .where(
                order_lines.c.order_id == orders.c.id,
                _has(order_lines.c.name),
            )
            .exists(),
        )
    )
    .order_by(orders.c.id.desc())
    .limit(bindparam("limit"))
)
_by_number = Prepared(
    select(orders.c.id)
    .select_from(orders.join(tills, tills.c.till_no == orders.c.till_no))
    .where(tills.c.prefix == bindparam("prefix"), orders.c.number == bindparam("number"))
)
_maker = contact_cards.alias("maker")
_by = contact_cards.alias("by")
_one = Prepared(
    select(
        tills.c.prefix,
        orders.c.number,
        orders.c.stand_id,
        orders.c.state,
        orders.c.step,
        orders.c.version,
        orders.c.at,
        orders.c.business_date,
        func.coalesce(_by.c.name, ""),
        orders.c.contact_id,
        orders.c.seller_id,
        sellers.c.code,
        sellers.c.workshop,
        func.coalesce(_maker.c.name, ""),
        func.coalesce(_maker.c.phone, ""),
        orders.c.promised,
        orders.c.note,
        orders.c.if_customer,
        orders.c.if_maker,
        orders.c.total,
        orders.c.deposit,
        orders.c.advance,
    )
    .select_from(
        orders.join(tills, tills.c.till_no == orders.c.till_no)
        .join(sellers, sellers.c.id == orders.c.seller_id)
        .outerjoin(_maker, _maker.c.id == sellers.c.contact_id)
        .join(staff, staff.c.id == orders.c.staff_id)
        .outerjoin(_by, _by.c.id == staff.c.contact_id)
    )
    .where(orders.c.id == bindparam("order_id"))
)
_this: BindParameter[int] = bindparam("order_id")
_lines = Prepared(
    select(order_lines).where(order_lines.c.order_id == _this).order_by(order_lines.c.no)
)
_fields = Prepared(
    select(order_fields.c.line_id, order_fields.c.name, order_fields.c.value)
    .select_from(order_fields.join(order_lines, order_lines.c.id == order_fields.c.line_id))
    .where(order_lines.c.order_id == _this)
    .order_by(order_fields.c.line_id, order_fields.c.no)
)
_history = Prepared(
    select(
        order_steps.c.entry_id,
        order_steps.c.kind,
        order_steps.c.at,
        func.coalesce(_by.c.name, ""),
        order_steps.c.amount,
        order_steps.c.note,
    )
    .select_from(
        order_steps.outerjoin(staff, staff.c.id == order_steps.c.staff_id).outerjoin(
            _by, _by.c.id == staff.c.contact_id
        )
    )
    .where(order_steps.c.order_id == _this)
)
_handovers = Prepared(
    select(sales.c.id, tills.c.prefix, sales.c.number, order_handovers.c.deposit)
    .select_from(
        order_handovers.join(sales, sales.c.id == order_handovers.c.sale_id).join(
            tills, tills.c.till_no == sales.c.till_no
        )
    )
    .where(order_handovers.c.order_id == _this)
    .order_by(sales.c.id)
)
_advances = Prepared(
    select(
        order_advances.c.number,
        order_advances.c.business_date,
        order_advances.c.method,
        order_advances.c.reference,
        order_advances.c.amount,
    )
    .where(order_advances.c.order_id == _this)
    .order_by(order_advances.c.id)
)
_cancelled = Prepared(
    select(
        func.count(),
        func.sum(order_cancellations.c.returned),
        func.sum(order_cancellations.c.kept),
        func.sum(order_cancellations.c.share),
    ).where(order_cancellations.c.order_id == _this)
)
_kept = Prepared(
    select(
        order_cancellations.c.stand_id,
        func.sum(order_cancellations.c.kept),
        func.sum(order_cancellations.c.share),
    )
    .where(order_cancellations.c.order_id == _this)
    .group_by(order_cancellations.c.stand_id)
    .order_by(order_cancellations.c.stand_id)
)
_customers = Prepared(
    select(_card.c.id, _card.c.name, _card.c.phone)
    .where(
        or_(
            _has(_card.c.name),
            _has(_card.c.phone),
        ),
        select(orders.c.id).where(orders.c.contact_id == _card.c.id).exists(),
    )
    .order_by(_card.c.name)
    .limit(bindparam("limit"))
)


def order_number(prefix: str, number: int) -> str:
    """("DKR", 12) -> "PS-DKR-000012"; the till is in it, since an order may be fetched elsewhere."""
    return f"{LETTERS['order']}-{paper_number(prefix, number)}"


class OrderQueries:
    """Reads about orders."""

    def __init__(self, book: Book, stand_id: int, zone: str) -> None:
        self._book = book
        self._stand_id = stand_id
        self._zone = zone

    def board(self, today: dt.date) -> tuple[OrderRow, ...]:
        """Orders of this stand that wait for somebody, the earliest day first."""
        return _as_rows(_open.all(self._book.reader(), stand_id=self._stand_id), today)

    def closed(self, today: dt.date, limit: int = 100) -> tuple[OrderRow, ...]:
        """Orders handed over or cancelled, newest first."""
        rows = _closed.all(self._book.reader(), stand_id=self._stand_id, limit=limit)
        return _as_rows(rows, today)

    def of_seller(self, seller_id: int, today: dt.date) -> tuple[OrderRow, ...]:
        """What a maker has to make."""
        return _as_rows(_of_seller.all(self._book.reader(), seller_id=seller_id), today)

    def search(self, text: str, today: dt.date, limit: int = 50) -> tuple[OrderRow, ...]:
        """Orders by customer, number of either kind, maker or what is made; newest first."""
        found = self.find(text)
        if found:
            row = Prepared(_rows.where(orders.c.id == found)).all(self._book.reader())
            return _as_rows(row, today)
        rows = _found.all(self._book.reader(), typed=text.strip()[:60], limit=limit)
        return _as_rows(rows, today)

    def find(self, text: str) -> int:
        """The order with this number, as typed or from a slip's QR; 0 when there is none."""
        match = _NUMBER.fullmatch(text.strip())
        if match is None:
            return 0
        row = _by_number.one(self._book.reader(), prefix=match[1].upper(), number=int(match[2]))
        return int(row[0]) if row else 0

    def customers(self, typed: str, limit: int = 8) -> tuple[tuple[int, str, str], ...]:
        """(contact id, name, number) of people who ordered before."""
        if len(typed.strip()) < 2:
            return ()
        rows = _customers.all(self._book.reader(), typed=typed.strip()[:60], limit=limit)
        return tuple((row[0], row[1], row[2]) for row in rows)

    def order(self, order_id: int, cursor: Cursor | None = None) -> Order:
        """All of an order. Raises UserError for an unknown one."""
        at = cursor or self._book.reader()
        row = _one.one(at, order_id=order_id)
        if row is None:
            raise UserError(_("This order is not in the book."))
        cancelled = _cancelled.one(at, order_id=order_id)
        return Order(
            order_id=order_id,
            number=order_number(row[0], row[1]),
            stand_id=row[2],
            state=row[3],
            step=row[4],
            version=row[5],
            at=local(row[6], self._zone),
            business_date=dt.date.fromisoformat(row[7]),
            staff=row[8],
            contact_id=row[9],
            customer=read_card(at, row[9]),
            seller_id=row[10],
            seller_code=row[11],
            workshop=row[12],
            maker=row[13],
            maker_phone=row[14],
            promised=dt.date.fromisoformat(row[15]),
            note=row[16],
            if_customer=row[17],
            if_maker=row[18],
            total=row[19],
            deposit=row[20],
            advance=row[21],
            lines=_order_lines(at, order_id),
            history=tuple(
                OrderEvent(
                    step.kind, local(step.at, self._zone), step.staff, step.amount, step.note
                )
                for step in in_order(at, [Step(*it) for it in _history.all(at, order_id=order_id)])
            ),
            handovers=tuple(
                Handover(sale_id, paper_number(prefix, number), deposit)
                for sale_id, prefix, number, deposit in _handovers.all(at, order_id=order_id)
            ),
            advances=tuple(
                Advance(
                    paper_number(LETTERS["advance"], number),
                    dt.date.fromisoformat(day),
                    method,
                    reference,
                    amount,
                )
                for number, day, method, reference, amount in _advances.all(at, order_id=order_id)
            ),
            cancelled=Cancellation(*cancelled[1:]) if cancelled and cancelled[0] else None,
        )

    def kept(self, order_id: int, cursor: Cursor) -> tuple[Kept, ...]:
        """What each stand kept of an order's deposit."""
        return tuple(Kept(*row) for row in _kept.all(cursor, order_id=order_id))


def _order_lines(cursor: Cursor, order_id: int) -> tuple[OrderLine, ...]:
    fields: dict[int, list[OrderField]] = {}
    for line_id, name, value in _fields.all(cursor, order_id=order_id):
        fields.setdefault(line_id, []).append(OrderField(name, value))
    found = []
    for row in _lines.all(cursor, order_id=order_id):
        line_id, _order, _no, item_id, model_id, category_id, name, qty, price, ceiling = row[:10]
        kind, rate_bp, base, net_price, picture, handed = row[10:]
        found.append(
            OrderLine(
                line_id=line_id,
                item_id=item_id,
                model_id=model_id,
                category_id=category_id,
                name=name,
                qty=qty,
                price=price,
                ceiling=ceiling,
                terms=Terms(kind, rate_bp, base, net_price),
                picture=picture,
                handed=handed,
                fields=tuple(fields.get(line_id, ())),
            )
        )
    return tuple(found)


def _as_rows(rows: Iterable[Row], today: dt.date) -> tuple[OrderRow, ...]:
    return tuple(_as_row(row, today) for row in rows)


def _as_row(row: Row, today: dt.date) -> OrderRow:
    order_id, prefix, number, state, customer, phone, seller_id, code, workshop = row[:9]
    what, pieces, promised, taken, total, deposit = row[9:]
    day = dt.date.fromisoformat(promised)
    waits = state in OPEN
    return OrderRow(
        order_id=order_id,
        number=order_number(prefix, number),
        state=state,
        customer=customer,
        phone=phone,
        seller_id=seller_id,
        seller_code=code,
        workshop=workshop,
        what=what or "",
        pieces=pieces or 0,
        promised=day,
        taken=dt.date.fromisoformat(taken),
        total=total,
        deposit=deposit,
        late=max(0, (today - day).days) if waits and state != "ready" else 0,
    )
