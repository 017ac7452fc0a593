"""Goods taken in as the sellers' papers show them, and an item's own card."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, func, or_, select

from pos.cart import ItemKind
from pos.clock import local
from pos.models.catalog import (
    consignment_lines,
    consignment_notes,
    contact_cards,
    items,
    sellers,
    stock,
    terms,
)
from pos.models.engine import Book
from pos.models.journal import journal
from pos.models.prepared import Cursor, Prepared
from pos.models.stands import staff
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.statement import END
from pos.terms import Terms


class NoteLine(msgspec.Struct, frozen=True):
    """Pieces of one item taken in, at the price and the terms of that moment."""

    item_id: int
    code: str
    name: str
    kind: ItemKind
    price: int
    qty: int
    return_by: dt.date | None
    terms: Terms


class ConsignmentNote(msgspec.Struct, frozen=True):
    """A consignment note with all that its paper says."""

    note_id: int
    number: str
    at: dt.datetime
    staff: str
    seller_id: int
    seller_code: str
    workshop: str
    maker: str
    lines: tuple[NoteLine, ...]

    @property
    def pieces(self) -> int:
        """Pieces taken in."""
        return sum(line.qty for line in self.lines)


class NoteRow(msgspec.Struct, frozen=True):
    """A consignment note in the list."""

    note_id: int
    number: str
    at: dt.datetime
    seller_id: int
    seller_code: str
    workshop: str
    pieces: int
    lines: int


class ItemDetail(msgspec.Struct, frozen=True):
    """An item's card; `terms` are those that hold today, its own or its seller's."""

    item_id: int
    code: str
    name: str
    kind: ItemKind
    price: int
    category_id: int | None
    seller_id: int
    seller_code: str
    picture: str
    barcode: str
    return_by: dt.date | None
    on_hand: int
    to_complete: bool
    terms: Terms | None


_written = (journal.join(staff, staff.c.id == journal.c.staff_id, isouter=True)).join(
    contact_cards, contact_cards.c.id == staff.c.contact_id, isouter=True
)
_staff_of = Prepared(
    select(journal.c.at, func.coalesce(contact_cards.c.name, ""))
    .select_from(_written)
    .where(journal.c.id == bindparam("entry_id"))
)
_note = Prepared(
    select(
        consignment_notes.c.entry_id,
        consignment_notes.c.number,
        consignment_notes.c.business_date,
        sellers.c.id,
        sellers.c.code,
        sellers.c.workshop,
        func.coalesce(contact_cards.c.name, ""),
    )
    .select_from(
        consignment_notes.join(sellers, sellers.c.id == consignment_notes.c.seller_id).outerjoin(
            contact_cards, contact_cards.c.id == sellers.c.contact_id
        )
    )
    .where(consignment_notes.c.id == bindparam("note_id"))
)
_lines = Prepared(
    select(
        items.c.id,
        items.c.code,
        consignment_lines.c.name,
        items.c.kind,
        consignment_lines.c.price,
        consignment_lines.c.qty,
        consignment_lines.c.return_by,
    )
    .select_from(consignment_lines.join(items, items.c.id == consignment_lines.c.item_id))
    .where(consignment_lines.c.note_id == bindparam("note_id"))
    .order_by(consignment_lines.c.no)
)
_terms = Prepared(
    select(terms.c.kind, terms.c.rate_bp, terms.c.base, terms.c.net_price)
    .where(
        terms.c.seller_id == bindparam("seller_id"),
        or_(terms.c.item_id == bindparam("item_id"), terms.c.item_id.is_(None)),
        terms.c.valid_from <= bindparam("date"),
        terms.c.id < bindparam("before"),
    )
    .order_by(terms.c.item_id.is_(None), terms.c.valid_from.desc(), terms.c.id.desc())
    .limit(1)
)
_summed = (
    select(func.coalesce(func.sum(consignment_lines.c.qty), 0))
    .where(consignment_lines.c.note_id == consignment_notes.c.id)
    .scalar_subquery()
)
_counted = (
    select(func.count())
    .where(consignment_lines.c.note_id == consignment_notes.c.id)
    .scalar_subquery()
)


def _rows(*, of_seller: bool) -> Prepared:
    asked = (
        select(
            consignment_notes.c.id,
            consignment_notes.c.number,
            journal.c.at,
            sellers.c.id,
            sellers.c.code,
            sellers.c.workshop,
            _summed,
            _counted,
        )
        .select_from(
            consignment_notes.join(sellers, sellers.c.id == consignment_notes.c.seller_id).join(
                journal, journal.c.id == consignment_notes.c.entry_id
            )
        )
        .where(consignment_notes.c.id < bindparam("before"))
        .order_by(consignment_notes.c.id.desc())
        .limit(bindparam("limit"))
    )
    if of_seller:
        asked = asked.where(consignment_notes.c.seller_id == bindparam("seller_id"))
    return Prepared(asked)


_list = {of_seller: _rows(of_seller=of_seller) for of_seller in (False, True)}
_item = Prepared(
    select(
        items.c.id,
        items.c.code,
        items.c.name,
        items.c.kind,
        items.c.price,
        items.c.category_id,
        items.c.seller_id,
        sellers.c.code,
        items.c.picture,
        items.c.barcode,
        items.c.return_by,
        func.coalesce(stock.c.on_hand, 0),
        items.c.to_complete,
    )
    .select_from(
        items.join(sellers, sellers.c.id == items.c.seller_id).outerjoin(
            stock,
            (stock.c.item_id == items.c.id) & (stock.c.stand_id == bindparam("stand_id")),
        )
    )
    .where(items.c.id == bindparam("item_id"))
)


class NoteQueries:
    """Reads of what was taken in."""

    def __init__(self, book: Book, stand_id: int, zone: str) -> None:
        self._book = book
        self._stand_id = stand_id
        self._zone = zone

    def note(self, note_id: int) -> ConsignmentNote:
        """A note as it was. Raises KeyError for an unknown id."""
        cursor = self._book.reader()
        row = _note.one(cursor, note_id=note_id)
        if row is None:
            raise KeyError(note_id)
        entry_id, number, date, seller_id, code, workshop, maker = row
        at, by = written(cursor, entry_id)
        lines = []
        for *line, return_by in _lines.all(cursor, note_id=note_id):
            agreed = _terms.one(
                cursor, seller_id=seller_id, item_id=line[0], date=date, before=note_id
            )
            terms_then = Terms(*agreed) if agreed else Terms()
            lines.append(NoteLine(*(*line, as_date(return_by), terms_then)))
        return ConsignmentNote(
            note_id=note_id,
            number=paper_number(LETTERS["consignment_note"], number),
            at=local(at, self._zone),
            staff=by,
            seller_id=seller_id,
            seller_code=code,
            workshop=workshop,
            maker=maker,
            lines=tuple(lines),
        )

    def notes(
        self, *, seller_id: int = 0, limit: int = 50, before: int = END
    ) -> tuple[NoteRow, ...]:
        """Notes, the newest first; `before` is the last id of the page before."""
        rows = _list[bool(seller_id)].all(
            self._book.reader(), seller_id=seller_id, limit=limit, before=before
        )
        return tuple(
            NoteRow(
                row[0],
                paper_number(LETTERS["consignment_note"], row[1]),
                local(row[2], self._zone),
                *row[3:],
            )
            for row in rows
        )

    def item(self, item_id: int, today: dt.date) -> ItemDetail:
        """An item's card. Raises KeyError for an unknown id."""
        cursor = self._book.reader()
        row = _item.one(cursor, item_id=item_id, stand_id=self._stand_id)
        if row is None:
            raise KeyError(item_id)
        agreed = _terms.one(
            cursor, seller_id=row[6], item_id=item_id, date=today.isoformat(), before=END
        )
        held = Terms(*agreed) if agreed else None
        return ItemDetail(*(*row[:10], as_date(row[10]), row[11], bool(row[12]), held))


def written(cursor: Cursor, entry_id: int) -> tuple[int, str]:
    """When an entry was written (UTC milliseconds), and by whom."""
    row = _staff_of.one(cursor, entry_id=entry_id)
    if row is None:
        raise KeyError(entry_id)
    return int(row[0]), str(row[1])


def as_date(iso: str) -> dt.date | None:
    """An ISO date, or None for ""."""
    return dt.date.fromisoformat(iso) if iso else None
