"""Finding things to sell: by code, by browsing, by typing."""

import datetime as dt
import re
from collections.abc import Iterable

import msgspec
from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from pos.cart import CartItem, ItemKind
from pos.clock import local
from pos.errors import UserError
from pos.formats import format_date_long, format_time
from pos.i18n import _
from pos.models.catalog import categories, clusters, items, sellers, stock
from pos.models.engine import Book
from pos.models.prepared import Cursor, Plain, Prepared, Row
from pos.models.returns import return_lines
from pos.models.sales import sale_lines, sales
from pos.models.stands import tills
from pos.services.papers import paper_number
from pos.services.queries.agreements import agreed
from pos.terms import Terms

PAGE = 60
NEWEST_MATCHES = 400
"""A search looks at no more matches than this, newest first: one letter costs no more than a word."""
_WORD = re.compile(r"\w+", re.UNICODE)
MAX_CODE = 64


class UnknownCodeError(UserError):
    """No item has this code."""


class SoldError(UserError):
    """The one piece there was has been sold."""


def no_agreement() -> UserError:
    """A seller without terms on that day."""
    return UserError(_("This seller has no agreement yet. Ask a manager to enter one."))


class Tile(msgspec.Struct, frozen=True):
    """An item in the grid; `price` in rupiah, `picture` the SHA-256 of its file or ""."""

    item_id: int
    code: str
    name: str
    kind: ItemKind
    price: int
    seller_code: str
    seller_name: str
    category: str
    on_hand: int
    picture: str


class Category(msgspec.Struct, frozen=True):
    """A shelf of the catalogue."""

    category_id: int
    name: str


class SellerChoice(msgspec.Struct, frozen=True):
    """A seller to choose."""

    seller_id: int
    code: str
    workshop: str
    cluster: str


class IncompleteItem(msgspec.Struct, frozen=True):
    """Something sold before anybody entered it in the book."""

    item_id: int
    code: str
    name: str
    price: int
    seller_id: int
    seller_code: str
    sold_number: str
    sold_at: dt.datetime


_here = (stock.c.item_id == items.c.id) & (stock.c.stand_id == bindparam("stand_id"))
_on_hand = func.coalesce(stock.c.on_hand, 0)
_tile_columns = (
    items.c.id,
    items.c.code,
    items.c.name,
    items.c.kind,
    items.c.price,
    sellers.c.code,
    sellers.c.workshop,
    func.coalesce(categories.c.name, ""),
    _on_hand,
    items.c.picture,
)


def _tiles(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    joined = (
        items.join(sellers, sellers.c.id == items.c.seller_id)
        .outerjoin(categories, categories.c.id == items.c.category_id)
        .outerjoin(stock, _here)
    )
    return select(*_tile_columns).select_from(joined).where(*conditions)


_by_category = items.c.category_id == bindparam("category_id")
_by_seller = items.c.seller_id == bindparam("seller_id")
_filters: dict[tuple[bool, bool], tuple[ColumnElement[bool], ...]] = {
    (False, False): (),
    (True, False): (_by_category,),
    (False, True): (_by_seller,),
    (True, True): (_by_category, _by_seller),
}
_for_sale = or_(_on_hand > 0, items.c.kind == "made_to_order")
_browse = {
    asked: Prepared(
        _tiles(_for_sale, *conditions)
        .order_by(items.c.id.desc())
        .limit(bindparam("limit"))
        .offset(bindparam("offset"))
    )
    for asked, conditions in _filters.items()
}
_newest = {
    asked: Plain(
        "SELECT found.rowid, items.kind = 'made_to_order' OR coalesce(stock.on_hand, 0) > 0 "  # noqa: S608 (literals only)
        "FROM (SELECT rowid FROM item_search WHERE item_search MATCH :words "
        f"ORDER BY rowid DESC LIMIT {NEWEST_MATCHES}) AS found "
        "CROSS JOIN items ON items.id = found.rowid "
        "LEFT JOIN stock ON stock.item_id = found.rowid AND stock.stand_id = :stand_id "
        f"WHERE {conditions}"
    )
    for asked, conditions in {
        (False, False): "true",
        (True, False): "items.category_id = :category_id",
        (False, True): "items.seller_id = :seller_id",
        (True, True): "items.category_id = :category_id AND items.seller_id = :seller_id",
    }.items()
}
"""The matches, newest first, and whether each can be sold; row by row, so that one who has enough
of them can stop (FTS5 is beyond what Core expresses). CROSS JOIN keeps SQLite from turning it."""
_picked = Prepared(
    _tiles(
        items.c.id.in_(select(func.json_each(bindparam("picked")).table_valued("value").c.value))
    ).order_by(_for_sale.desc(), items.c.id.desc())
)
_item_columns = (
    items.c.id,
    items.c.code,
    items.c.name,
    items.c.kind,
    items.c.price,
    items.c.seller_id,
    sellers.c.code,
    _on_hand,
    items.c.picture,
)


def _card(condition: ColumnElement[bool]) -> Prepared:
    joined = items.join(sellers, sellers.c.id == items.c.seller_id).outerjoin(stock, _here)
    return Prepared(select(*_item_columns).select_from(joined).where(condition).limit(1))


_by_id = _card(items.c.id == bindparam("item_id"))
_by_code = _card(items.c.code == bindparam("code"))
_by_barcode = _card((items.c.barcode == bindparam("code")) & (items.c.barcode != ""))
_sales_of = (
    select(tills.c.prefix, sales.c.number, sales.c.at)
    .select_from(
        sale_lines.join(sales, sales.c.id == sale_lines.c.sale_id).join(
            tills, tills.c.till_no == sales.c.till_no
        )
    )
    .where(sale_lines.c.item_id == bindparam("item_id"))
    .order_by(sales.c.at.desc(), sales.c.id.desc())
    .limit(1)
)
_last_sale = Prepared(_sales_of)
_came_back = (
    select(func.coalesce(func.sum(return_lines.c.qty), 0))
    .where(return_lines.c.line_id == sale_lines.c.id)
    .scalar_subquery()
)
_standing_sale = Prepared(_sales_of.where(sale_lines.c.qty > _came_back))
_categories = Prepared(select(categories.c.id, categories.c.name).order_by(categories.c.id))
_sellers = Prepared(
    select(sellers.c.id, sellers.c.code, sellers.c.workshop, clusters.c.name)
    .select_from(sellers.join(clusters, clusters.c.id == sellers.c.cluster_id))
    .where(sellers.c.active == 1)
    .order_by(sellers.c.workshop)
)
_incomplete = Prepared(
    select(items.c.id, items.c.code, items.c.name, items.c.price, items.c.seller_id, sellers.c.code)
    .select_from(items.join(sellers, sellers.c.id == items.c.seller_id))
    .where(items.c.to_complete == 1)
    .order_by(items.c.id)
)


def _best(matches: Iterable[tuple[int, int]], limit: int) -> list[int]:
    """The ids of so many matches: what can be sold before what can't, each as they come."""
    for_sale: list[int] = []
    others: list[int] = []
    for item_id, can_be_sold in matches:
        if not can_be_sold:
            others.append(item_id)
            continue
        for_sale.append(item_id)
        if len(for_sale) == limit:
            break
    return (for_sale + others)[:limit]


def _ids(numbers: Iterable[int]) -> str:
    """Ids as SQLite's json_each reads them."""
    return f"[{','.join(map(str, numbers))}]"


class CatalogQueries:
    """Reads for the selling screen; each ends within about a millisecond."""

    def __init__(self, book: Book, stand_id: int, zone: str) -> None:
        self._book = book
        self._stand_id = stand_id
        self._zone = zone

    def categories(self) -> tuple[Category, ...]:
        """All categories."""
        return tuple(Category(*row) for row in _categories.all(self._book.reader()))

    def sellers(self) -> tuple[SellerChoice, ...]:
        """Active sellers by name."""
        return tuple(SellerChoice(*row) for row in _sellers.all(self._book.reader()))

    def browse(
        self, *, category_id: int = 0, seller_id: int = 0, offset: int = 0, limit: int = PAGE
    ) -> tuple[Tile, ...]:
        """What can be sold now, newest first."""
        rows = _browse[bool(category_id), bool(seller_id)].all(
            self._book.reader(),
            stand_id=self._stand_id,
            category_id=category_id,
            seller_id=seller_id,
            offset=offset,
            limit=limit,
        )
        return tuple(Tile(*row) for row in rows)

    def search(
        self, text: str, *, category_id: int = 0, seller_id: int = 0, limit: int = PAGE
    ) -> tuple[Tile, ...]:
        """Items in which every typed word begins a word of name, code, seller or category."""
        words = _WORD.findall(text[:MAX_CODE])
        if not words:
            return self.browse(category_id=category_id, seller_id=seller_id, limit=limit)
        cursor = self._book.reader()
        matches = _newest[bool(category_id), bool(seller_id)].each(
            cursor,
            stand_id=self._stand_id,
            category_id=category_id,
            seller_id=seller_id,
            words=" ".join(f'"{word}"*' for word in words),
        )
        # On the same cursor: its next statement ends the first one, which may have more to give.
        rows = _picked.all(cursor, stand_id=self._stand_id, picked=_ids(_best(matches, limit)))
        return tuple(Tile(*row) for row in rows)

    def find(self, code: str, date: dt.date) -> CartItem:
        """The item with this code or barcode, as it is sold on `date`.

        Raises UnknownCodeError, or SoldError for a unique piece that is gone.
        """
        asked = code.strip().upper()[:MAX_CODE]
        cursor = self._book.reader()
        row = _by_code.one(cursor, stand_id=self._stand_id, code=asked) or _by_barcode.one(
            cursor, stand_id=self._stand_id, code=asked
        )
        if row is None:
            raise UnknownCodeError(
                _("No item has the code {code}.").format(code=asked), field="code"
            )
        return self._cart_item(row, date)

    def item(self, item_id: int, date: dt.date) -> CartItem:
        """The item with this id; raises like `find`."""
        row = _by_id.one(self._book.reader(), stand_id=self._stand_id, item_id=item_id)
        if row is None:
            raise UnknownCodeError(_("This item is no longer in the book."), field="code")
        return self._cart_item(row, date)

    def terms_for(
        self, seller_id: int, item_id: int, date: dt.date, cursor: Cursor | None = None
    ) -> Terms:
        """The agreement that holds on a day: the item's own before the seller's, the latest first.

        A command gives its transaction's cursor, which has the book's pages at hand. Raises
        UserError where there is none.
        """
        asked = cursor or self._book.reader()
        found = agreed(asked, seller_id, item_id, date.isoformat())
        if found is None:
            raise no_agreement()
        return found

    def to_complete(self) -> tuple[IncompleteItem, ...]:
        """Items sold unlisted that wait for their card."""
        found = []
        for row in _incomplete.all(self._book.reader()):
            item_id, code, name, price, seller_id, seller_code = row
            prefix, number, at = self._sold(item_id) or ("", 0, 0)
            found.append(
                IncompleteItem(
                    item_id,
                    code,
                    name,
                    price,
                    seller_id,
                    seller_code,
                    paper_number(prefix, number),
                    local(at, self._zone),
                )
            )
        return tuple(found)

    def _sold(self, item_id: int) -> Row | None:
        return _last_sale.one(self._book.reader(), item_id=item_id)

    def _cart_item(self, row: Row, date: dt.date) -> CartItem:
        item_id, code, name, kind, price, seller_id, seller_code, on_hand, picture = row
        if kind == "unique" and on_hand <= 0:
            raise self._gone(item_id, name)
        return CartItem(
            item_id=item_id,
            code=code,
            name=name,
            kind=kind,
            price=price,
            seller_id=seller_id,
            seller_code=seller_code,
            terms=self.terms_for(seller_id, item_id, date),
            on_hand=on_hand,
            picture=picture,
        )

    def _gone(self, item_id: int, name: str) -> SoldError:
        sold = _standing_sale.one(self._book.reader(), item_id=item_id)
        if sold is None:  # taken back by its seller, lost, elsewhere; or sold and brought back
            return SoldError(_("{name} is not on the shelf of this stand.").format(name=name))
        prefix, number, at = sold
        when = local(at, self._zone)
        return SoldError(
            _("{name} was already sold on {date} at {time}, receipt {number}.").format(
                name=name,
                date=format_date_long(when.date()),
                time=format_time(when.time()),
                number=paper_number(prefix, number),
            )
        )
