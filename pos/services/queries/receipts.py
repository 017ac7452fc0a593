"""Looking up earlier sales: the receipt browser, copies, payments not yet checked."""

import contextlib
import datetime as dt
import re

import msgspec
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from pos.clock import local
from pos.errors import UserError
from pos.events import SaleCompleted
from pos.i18n import _
from pos.ids import first_id
from pos.models.catalog import contact_cards, sellers
from pos.models.engine import Book
from pos.models.entries import Entry
from pos.models.journal import journal
from pos.models.orders import order_handovers, orders
from pos.models.prepared import Prepared, Row
from pos.models.sales import payments, sale_lines, sales
from pos.models.stands import staff, tills
from pos.money import parse_rupiah
from pos.receipts.documents import Receipt
from pos.services.papers import paper_number, parse_paper_number
from pos.services.queries.prepaid import PAID_AT, PAID_FOR, PAPER, paid_paper
from pos.services.queries.returns import returns_of
from pos.services.receipt_papers import Letterhead, receipt_of
from pos.tender import Method


class ReceiptQuery(msgspec.Struct, frozen=True):
    """What is asked for; all of it must hold. `amount` in rupiah, `day` a business day.

    `till_no` 0 is every till: then receipts stand till by till, since ids rise within one only.
    """

    text: str = ""
    day: dt.date | None = None
    seller_id: int = 0
    amount: int | None = None
    till_no: int = 0


class ReceiptRow(msgspec.Struct, frozen=True):
    """A sale in the list; `paid` in rupiah after rounding."""

    sale_id: int
    number: str
    at: dt.datetime
    staff: str
    pieces: int
    paid: int
    methods: tuple[Method, ...]
    unchecked: bool


class UncheckedPayment(msgspec.Struct, frozen=True):
    """Money that nobody has seen arrive yet; `sale_id` is 0 where it was paid ahead for an order."""

    payment_id: int
    sale_id: int
    number: str
    method: Method
    amount: int
    at: dt.datetime


_methods = (
    select(func.group_concat(payments.c.method, ","))
    .where(payments.c.sale_id == sales.c.id)
    .scalar_subquery()
)
_open_payments = (
    select(func.count())
    .select_from(payments)
    .where(payments.c.sale_id == sales.c.id, payments.c.checked == 0)
    .scalar_subquery()
)
_named_sales = (
    sales.join(tills, tills.c.till_no == sales.c.till_no)
    .join(staff, staff.c.id == sales.c.staff_id)
    .outerjoin(contact_cards, contact_cards.c.id == staff.c.contact_id)
)
_rows: Select[tuple[object, ...]] = select(
    sales.c.id,
    tills.c.prefix,
    sales.c.number,
    sales.c.at,
    func.coalesce(contact_cards.c.name, ""),
    sales.c.pieces,
    sales.c.paid,
    _methods,
    _open_payments,
).select_from(_named_sales)
_entry = Prepared(
    select(journal, func.coalesce(contact_cards.c.name, ""), tills.c.prefix)
    .select_from(_named_sales.join(journal, journal.c.id == sales.c.entry_id))
    .where(sales.c.id == bindparam("sale_id"))
)
_codes = Prepared(
    select(sellers.c.id, sellers.c.code)
    .select_from(sellers.join(sale_lines, sale_lines.c.seller_id == sellers.c.id))
    .where(sale_lines.c.sale_id == bindparam("sale_id"))
)
_order = Prepared(
    select(tills.c.prefix, orders.c.number, orders.c.id)
    .select_from(
        order_handovers.join(orders, orders.c.id == order_handovers.c.order_id).join(
            tills, tills.c.till_no == orders.c.till_no
        )
    )
    .where(order_handovers.c.sale_id == bindparam("sale_id"))
)
_by_number = Prepared(
    select(sales.c.id)
    .select_from(sales.join(tills, tills.c.till_no == sales.c.till_no))
    .where(tills.c.prefix == bindparam("prefix"), sales.c.number == bindparam("number"))
)
_unchecked = Prepared(
    select(
        payments.c.id,
        func.coalesce(sales.c.id, 0),
        *PAPER,
        payments.c.method,
        payments.c.amount,
        PAID_AT,
    )
    .select_from(PAID_FOR)
    .where(payments.c.checked == 0)
    .order_by(payments.c.id)
)


class ReceiptQueries:
    """Reads over all sales."""

    def __init__(self, book: Book, zone: str) -> None:
        self._book = book
        self._zone = zone

    def search(
        self, query: ReceiptQuery, *, limit: int = 50, before: int = 0
    ) -> tuple[ReceiptRow, ...]:
        """Newest first; `before` is the last sale id of the page before."""
        conditions = _conditions(query)
        if before:
            conditions.append(sales.c.id < before)
        statement = _rows.where(*conditions).order_by(sales.c.id.desc()).limit(limit)
        return tuple(self._row(row) for row in Prepared(statement).all(self._book.reader()))

    def by_number(self, text: str) -> int:
        """The sale with this paper number, or from the content of a receipt's QR.

        Raises UserError when there is none.
        """
        parsed = parse_paper_number(text)
        if parsed:
            prefix, number = parsed
            row = _by_number.one(self._book.reader(), prefix=prefix, number=number)
            if row:
                return int(row[0])
        raise UserError(_("No receipt has this number."), field="text")

    def document(
        self, sale_id: int, head: Letterhead, *, copied_at: dt.datetime | None = None
    ) -> Receipt:
        """The paper of a sale, from its journal entry. Raises UserError when there is no such sale."""
        cursor = self._book.reader()
        row = _entry.one(cursor, sale_id=sale_id)
        if row is None:
            raise UserError(_("This sale is not in the book."))
        *columns, staff_name, prefix = row
        entry = Entry(*columns)
        event = entry.event()
        if not isinstance(event, SaleCompleted):
            raise TypeError(entry.kind)
        codes = {row[0]: row[1] for row in _codes.all(cursor, sale_id=sale_id)}
        order = _order.one(cursor, sale_id=sale_id) if event.order_id else None
        own_head = msgspec.structs.replace(head, prefix=prefix)
        paper = receipt_of(
            entry,
            event,
            own_head,
            staff=staff_name,
            seller_code=codes.__getitem__,
            copied_at=copied_at,
            order=paid_paper(*order) if order else "",
        )
        voids = [row.number for row in returns_of(cursor, sale_id) if row.void]
        # A copy must not pass for the receipt of a sale that stands.
        return msgspec.structs.replace(paper, cancelled=voids[0]) if copied_at and voids else paper

    def unchecked(self) -> tuple[UncheckedPayment, ...]:
        """QRIS payments and transfers that nobody ticked yet, oldest first."""
        return tuple(
            UncheckedPayment(
                payment_id,
                sale_id,
                paid_paper(prefix, number, order_id),
                method,
                amount,
                local(at, self._zone),
            )
            for payment_id, sale_id, prefix, number, order_id, method, amount, at in _unchecked.all(
                self._book.reader()
            )
        )

    def _row(self, row: Row) -> ReceiptRow:
        sale_id, prefix, number, at, staff_name, pieces, paid, methods, unchecked = row
        named: tuple[Method, ...] = tuple(sorted(set(methods.split(",")))) if methods else ()
        when = local(at, self._zone)
        return ReceiptRow(
            sale_id,
            paper_number(prefix, number),
            when,
            staff_name,
            pieces,
            paid,
            named,
            unchecked > 0,
        )


def _conditions(query: ReceiptQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.till_no:
        first, end = first_id(query.till_no), first_id(query.till_no + 1)
        found.append(and_(sales.c.id >= first, sales.c.id < end))
    if query.day is not None:
        found.append(sales.c.business_date == query.day.isoformat())
    if query.amount is not None:
        found.append(sales.c.paid == query.amount)
    if query.seller_id:
        found.append(_has_line(sale_lines.c.seller_id == query.seller_id))
    if query.text.strip():
        found.append(_matches(query.text.strip()))
    return found


def _matches(text: str) -> ColumnElement[bool]:
    """A receipt number (whole or its digits), an amount, or words of an item, its code or seller."""
    parsed = parse_paper_number(text)
    if parsed:
        prefix, number = parsed
        by_number = and_(tills.c.prefix == prefix, sales.c.number == number)
        return or_(by_number, _has_line(sale_lines.c.code == text.upper()))
    ways = [
        _has_line(
            or_(
                sale_lines.c.name.contains(text, autoescape=True),
                sale_lines.c.code.startswith(text.upper(), autoescape=True),
                sale_lines.c.seller_id.in_(
                    select(sellers.c.id).where(
                        or_(
                            sellers.c.code == text.upper(),
                            sellers.c.workshop.contains(text, autoescape=True),
                        )
                    )
                ),
            )
        )
    ]
    if re.fullmatch(r"0{0,9}\d{1,9}", text):
        ways.append(sales.c.number == int(text))
    with contextlib.suppress(UserError):
        ways.append(sales.c.paid == parse_rupiah(text))
    return or_(*ways)


def _has_line(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(sale_lines.c.id).where(sale_lines.c.sale_id == sales.c.id, condition).exists()
