"""Taking goods in: new items and more of known ones on one consignment note; changing cards."""

import datetime as dt
import re
from collections.abc import Callable

import msgspec
from sqlalchemy import bindparam, select

from pos.cart import ItemKind
from pos.errors import UserError
from pos.events import GoodsLine, ItemChanged, ReturnByChanged
from pos.i18n import _
from pos.models.apply.numbers import last_number
from pos.models.catalog import categories, items
from pos.models.prepared import Cursor, Prepared
from pos.money import MAX_AMOUNT
from pos.services.goods import Goods, NewItem, add_category, add_item, checked_name
from pos.services.queries.notes import ConsignmentNote, ItemDetail, NoteQueries
from pos.services.queries.sellers import SellerQueries, name_key
from pos.services.sellers import check_terms
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.terms import Terms

MAX_PIECES = 9_999
MAX_LINES = 500
FIRST_NUMBER = 1_001
"""Codes have four digits from the first on: all are equally easy to read aloud."""
_BARCODE = re.compile(r"[!-~]{0,64}")

_taken = Prepared(select(items.c.id).where(items.c.code == bindparam("code")))
_known = Prepared(
    select(items.c.seller_id, items.c.kind, items.c.to_complete).where(
        items.c.id == bindparam("item_id")
    )
)
_card = Prepared(
    select(items.c.seller_id, items.c.kind, items.c.to_complete, items.c.code).where(
        items.c.id == bindparam("item_id")
    )
)
_barcode = Prepared(
    select(items.c.id).where((items.c.barcode == bindparam("asked")) & (items.c.barcode != ""))
)
_categories = Prepared(select(categories.c.id, categories.c.name))


class IntakeLine(msgspec.Struct, frozen=True):
    """A line as typed: more pieces of a known item (`item_id`), or a new one with its card.

    `price` in rupiah; `picture` a name given by services.pictures; `terms` only where they differ
    from the seller's.
    """

    qty: int
    item_id: int = 0
    name: str = ""
    kind: ItemKind = "stock"
    price: int = 0
    category_id: int | None = None
    picture: str = ""
    return_by: dt.date | None = None
    terms: Terms | None = None
    barcode: str = ""


class ItemEdit(msgspec.Struct, frozen=True):
    """An item's card as staff change it; the code and the seller stay."""

    item_id: int
    name: str
    kind: ItemKind
    price: int
    category_id: int | None = None
    picture: str = ""
    barcode: str = ""


class Intake:
    """Commands of the intake panel."""

    def __init__(
        self,
        unit: UnitOfWork,
        goods: Goods,
        notes: NoteQueries,
        sellers: SellerQueries,
        *,
        prefix: str,
        today: Callable[[], dt.date],
    ) -> None:
        self._unit = unit
        self._goods = goods
        self._queries = notes
        self._sellers = sellers
        self._prefix = prefix
        self._today = today
        self.note = notes.note
        self.notes = notes.notes

    def item(self, item_id: int) -> ItemDetail:
        """An item's card. Raises KeyError for an unknown id."""
        return self._queries.item(item_id, self._today())

    def take_in(self, seller_id: int, lines: tuple[IntakeLine, ...], *, by: int) -> ConsignmentNote:
        """Take goods in, in one transaction: cards, codes, note and pieces.

        Raises UserError; its field is "lines.<index>.<name>" for the fault of a line.
        """
        if not lines:
            raise UserError(_("Type what came."), field="lines")
        if len(lines) > MAX_LINES:
            raise UserError(
                _("At most {count} lines fit on one note.").format(count=MAX_LINES), field="lines"
            )
        with self._unit.write() as tx:
            if not self._sellers.facts(seller_id, tx.cursor).active:
                raise UserError(_("This seller is no longer active."), field="seller")
            received = []
            for index, line in enumerate(lines):
                try:
                    received.append(self._line(tx, seller_id, line, by=by))
                except UserError as error:
                    field = f"lines.{index}.{error.field}"
                    raise UserError(error.sentence, field=field) from None
            note_id = self._goods.receive_in(tx, seller_id, tuple(received), by=by)
        return self._queries.note(note_id)

    def add_model(self, seller_id: int, line: IntakeLine, *, by: int) -> int:
        """The id of something new that is made to order only: a card without pieces."""
        with self._unit.write() as tx:
            self._sellers.facts(seller_id, tx.cursor)
            made = msgspec.structs.replace(line, kind="made_to_order")
            return self._new_item(tx, seller_id, made, by=by)

    def change_item(self, edit: ItemEdit, *, by: int) -> None:
        """Change an item's card. What was sold or noted keeps the name and price it had."""
        name = checked_name(edit.name)
        _check_card(edit.price, edit.barcode)
        with self._unit.write() as tx:
            row = _card.one(tx.cursor, item_id=edit.item_id)
            if row is None:
                raise KeyError(edit.item_id)
            barcode = edit.barcode.strip().upper()
            _check_category(tx.cursor, edit.category_id)
            _check_barcode(tx.cursor, barcode, edit.item_id)
            if edit.kind != row[1] and "made_to_order" in {edit.kind, row[1]}:
                self._check_no_pieces(edit.item_id)
            event = ItemChanged(
                item_id=edit.item_id,
                name=name,
                kind=edit.kind,
                price=edit.price,
                category_id=edit.category_id,
                seller_id=row[0],
                picture=edit.picture,
                barcode=barcode,
            )
            tx.append(event, staff_id=by)
            tx.changed("items")

    def change_return_by(self, item_id: int, return_by: dt.date | None, *, by: int) -> None:
        """Until when an item may stay, or None for no end; its notes keep what they said."""
        with self._unit.write() as tx:
            if _known.one(tx.cursor, item_id=item_id) is None:
                raise KeyError(item_id)
            iso = _return_by(tx, return_by)
            tx.append(ReturnByChanged(item_id=item_id, return_by=iso), staff_id=by)
            tx.changed("items", "stock")

    def add_category(self, name: str, *, by: int) -> int:
        """A new category's id. Raises UserError when there is one of this name."""
        checked = checked_name(name)
        with self._unit.write() as tx:
            if name_key(checked) in {name_key(row[1]) for row in _categories.all(tx.cursor)}:
                raise UserError(_("There is already a category of this name."), field="name")
            tx.changed("items")
            return add_category(tx, checked, by=by)

    def new_code(self, tx: Transaction) -> tuple[str, int]:
        """The next free code, such as DKR-2041, and its running number."""
        number = max(last_number(tx.cursor, self._unit.till_no, "item") + 1, FIRST_NUMBER)
        while _taken.one(tx.cursor, code=f"{self._prefix}-{number}") is not None:
            number += 1
        return f"{self._prefix}-{number}", number

    # -- inside ----------------------------------------------------------------------

    def _line(self, tx: Transaction, seller_id: int, line: IntakeLine, *, by: int) -> GoodsLine:
        if not 0 < line.qty <= MAX_PIECES:
            raise UserError(_("Type how many pieces came."), field="qty")
        return_by = _return_by(tx, line.return_by)
        if line.item_id:
            return GoodsLine(_more_of(tx, seller_id, line), line.qty, return_by)
        if line.kind == "unique" and line.qty != 1:
            raise UserError(_("There is only one of a unique piece."), field="qty")
        if line.kind == "made_to_order":
            raise UserError(
                _("Made to order: there are no pieces of it on the shelf."), field="kind"
            )
        return GoodsLine(self._new_item(tx, seller_id, line, by=by), line.qty, return_by)

    def _new_item(self, tx: Transaction, seller_id: int, line: IntakeLine, *, by: int) -> int:
        name = checked_name(line.name)
        barcode = line.barcode.strip().upper()
        _check_card(line.price, barcode)
        _check_category(tx.cursor, line.category_id)
        _check_barcode(tx.cursor, barcode, 0)
        if line.terms is not None:
            check_terms(line.terms)
            if line.terms.kind == "net" and line.terms.net_price > line.price:
                raise UserError(_("The net price is above the price."), field="terms")
        code, number = self.new_code(tx)
        new = NewItem(
            code=code,
            name=name,
            kind=line.kind,
            price=line.price,
            seller_id=seller_id,
            category_id=line.category_id,
            picture=line.picture,
            barcode=barcode,
            terms=line.terms,
            number=number,
        )
        return add_item(tx, new, by=by)

    def _check_no_pieces(self, item_id: int) -> None:
        if self._queries.item(item_id, self._today()).on_hand:
            raise UserError(
                _("There are pieces of it on the shelf; it can't be made to order."), field="kind"
            )


def _more_of(tx: Transaction, seller_id: int, line: IntakeLine) -> int:
    row = _known.one(tx.cursor, item_id=line.item_id)
    if row is None or row[0] != seller_id:
        raise UserError(_("This item belongs to another seller."), field="item")
    if row[1] != "stock":
        tx.cursor.execute(
            "SELECT coalesce(sum(on_hand), 0) FROM stock WHERE item_id = ?", [line.item_id]
        )
        if row[1] == "made_to_order" or line.qty + tx.cursor.fetchone()[0] > 1:
            raise UserError(_("There is only one of a unique piece."), field="qty")
    return line.item_id


def _return_by(tx: Transaction, date: dt.date | None) -> str:
    if date is not None and date.isoformat() < tx.business_date:
        raise UserError(_("The day of return is past."), field="return_by")
    return date.isoformat() if date else ""


def _check_card(price: int, barcode: str) -> None:
    if not 0 < price <= MAX_AMOUNT:
        raise UserError(_("Type its price."), field="price")
    if not _BARCODE.fullmatch(barcode.strip()):
        raise UserError(
            _("A barcode has at most 64 letters, digits and signs, without spaces."),
            field="barcode",
        )


def _check_category(cursor: Cursor, category_id: int | None) -> None:
    if category_id is not None and category_id not in {row[0] for row in _categories.all(cursor)}:
        raise UserError(_("Choose a category."), field="category")


def _check_barcode(cursor: Cursor, barcode: str, item_id: int) -> None:
    """A barcode is read as one item only, and a code is nobody else's barcode."""
    if not barcode:
        return
    for found in (_barcode.one(cursor, asked=barcode), _taken.one(cursor, code=barcode)):
        if found is not None and found[0] != item_id:
            raise UserError(_("Another item has this barcode."), field="barcode")
