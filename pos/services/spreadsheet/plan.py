"""Checking a table row by row: what is new, what the book has already, what can't be taken and why."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import msgspec

from pos.cart import ItemKind
from pos.errors import UserError
from pos.i18n import _
from pos.money import rupiah
from pos.services.spreadsheet import cells
from pos.services.spreadsheet.cells import Cell, folded
from pos.services.spreadsheet.columns import (
    ITEM_COLUMNS,
    ITEM_NEEDS,
    SELLER_COLUMNS,
    SELLER_NEEDS,
    Matched,
    match_columns,
)
from pos.services.spreadsheet.reading import Sheet
from pos.terms import Terms

Status = Literal["new", "known", "bad"]
Progress = Callable[[int, int], None]
"""Told (done, total); may raise CancelledError."""
_EVERY = 200
LEAST_PRICE = 100
"""Rupiah. Less is a "35.000" that a spreadsheet took for the number 35."""
_CODE = re.compile(r"[!-~]{0,20}")
"""What Code 128 can carry, without spaces."""
_SCANNED = re.compile(r"[!-~]{1,40}")
_KINDS: Mapping[str, ItemKind] = {
    "": "stock",
    "stok": "stock",
    "stock": "stock",
    "banyak": "stock",
    "satu satunya": "unique",
    "satu": "unique",
    "unik": "unique",
    "unique": "unique",
    "pesanan": "made_to_order",
    "pre order": "made_to_order",
    "po": "made_to_order",
    "made to order": "made_to_order",
}
_BASES: Mapping[str, Literal["paid", "list"]] = {
    "": "paid",
    "harga bayar": "paid",
    "harga jual": "paid",
    "bayar": "paid",
    "price paid": "paid",
    "paid": "paid",
    "harga daftar": "list",
    "harga label": "list",
    "daftar": "list",
    "list price": "list",
    "list": "list",
}


class CancelledError(Exception):
    """A person asked to stop; nothing was written."""


class ItemRow(msgspec.Struct, frozen=True):
    """One row of an item table. `line` is its number in the file; `reason` says why it is bad."""

    line: int
    status: Status
    reason: str = ""
    code: str = ""
    barcode: str = ""
    name: str = ""
    seller: str = ""
    seller_id: int = 0
    category: str = ""
    kind: ItemKind = "stock"
    price: int = 0
    qty: int = 0
    return_by: str = ""
    terms: Terms | None = None


class SellerRow(msgspec.Struct, frozen=True):
    """One row of a seller table."""

    line: int
    status: Status
    reason: str = ""
    code: str = ""
    workshop: str = ""
    maker: str = ""
    phone: str = ""
    cluster: str = ""
    bank: str = ""
    terms: Terms = Terms()


class Known(msgspec.Struct):
    """What the book has: codes in capitals, and what else makes a row the same thing again.

    `barcodes` are those of items with the code of the item that has it. `namesakes` are folded
    workshop names that several sellers have, `inactive` the ids of those who bring nothing more.
    """

    item_codes: set[str]
    items: set[tuple[int, str, int]]
    sellers: dict[str, int]
    """Seller code and folded workshop name -> seller id."""
    barcodes: dict[str, str] = {}
    namesakes: set[str] = set()
    inactive: set[int] = set()


class Plan(msgspec.Struct, frozen=True):
    """A checked table; nothing is written yet."""

    rows: tuple[ItemRow | SellerRow, ...]
    ignored_columns: tuple[str, ...]
    note: str

    def count(self, status: Status) -> int:
        """Rows with this status."""
        return sum(row.status == status for row in self.rows)


def plan_items(sheet: Sheet, known: Known, progress: Progress) -> Plan:
    """Check an item table. Raises UserError when its headings don't do."""
    matched = match_columns(sheet, ITEM_COLUMNS, ITEM_NEEDS)
    seen: dict[object, int] = {}
    rows = _checked(sheet, matched, progress, lambda line, row: _item_row(line, row, known, seen))
    return Plan(rows, matched.ignored, sheet.note)


def plan_sellers(sheet: Sheet, known: Known, progress: Progress) -> Plan:
    """Check a seller table. Raises UserError when its headings don't do."""
    matched = match_columns(sheet, SELLER_COLUMNS, SELLER_NEEDS)
    seen: dict[object, int] = {}
    rows = _checked(sheet, matched, progress, lambda line, row: _seller_row(line, row, known, seen))
    return Plan(rows, matched.ignored, sheet.note)


_Row = ItemRow | SellerRow
_Fields = Mapping[str, Cell]


def _checked(
    sheet: Sheet,
    matched: Matched,
    progress: Progress,
    check: Callable[[int, _Fields], _Row],
) -> tuple[_Row, ...]:
    start = matched.header_row + 1
    body: Sequence[tuple[Cell, ...]] = sheet.rows[start:]
    found = []
    for index, row in enumerate(body):
        if index % _EVERY == 0:
            progress(index, len(body))
        fields = {
            field: row[place] if place < len(row) else None
            for field, place in matched.places.items()
        }
        if all(cell is None or cell == "" for cell in fields.values()):
            continue
        found.append(check(sheet.first_row + start + index, fields))
    progress(len(body), len(body))
    if not found:
        raise UserError(_("There are no rows under the headings."))
    return tuple(found)


def _named(field: str, row: _Fields, read: Callable[[Cell], object], label: str) -> object:
    """Read one cell; what is wrong with it is told with its column's name before it."""
    try:
        return read(row.get(field))
    except UserError as error:
        raise UserError(f"{label}: {error.sentence}") from error


def _text(field: str, row: _Fields, label: str, most: int = 80) -> str:
    return str(_named(field, row, lambda cell: cells.words(cell, most), label))


def _number(field: str, row: _Fields, read: Callable[[Cell], int], label: str, default: int) -> int:
    if row.get(field) in (None, ""):
        return default
    value = _named(field, row, read, label)
    return value if isinstance(value, int) else default


def _item_row(line: int, row: _Fields, known: Known, seen: dict[object, int]) -> ItemRow:
    name = seller = ""
    try:
        name = _text("name", row, _("name"))
        seller = _text("seller", row, _("seller"))
        return _good_item(line, row, name, seller, known, seen)
    except UserError as error:
        return ItemRow(line, "bad", error.sentence, name=name, seller=seller)


def _good_item(
    line: int, row: _Fields, name: str, seller: str, known: Known, seen: dict[object, int]
) -> ItemRow:
    if not name:
        raise UserError(_("name: missing"))
    seller_id = _seller_of(seller, known)
    price = _number("price", row, cells.amount, _("price"), 0)
    if price <= 0:
        raise UserError(_("price: missing"))
    if price < LEAST_PRICE:
        raise UserError(
            _("price: {amount} is too little; is it meant in thousands?").format(
                amount=rupiah(price)
            )
        )
    kind_text = _text("kind", row, _("kind"))
    kind = _KINDS.get(folded(kind_text))
    if kind is None:
        raise UserError(
            _("kind: “{text}” is none of stok, satu-satunya, pesanan").format(text=kind_text)
        )
    qty = _number("qty", row, cells.count, _("count"), 1 if kind == "unique" else 0)
    if kind == "unique" and qty > 1:
        raise UserError(
            _("count: a piece that is one of a kind can't be there {count} times").format(count=qty)
        )
    code = _text("code", row, _("code"), 20).upper()
    if not _CODE.fullmatch(code):
        raise UserError(_("code: “{text}” can't be printed as a barcode").format(text=code))
    status = _status(line, code, (seller_id, folded(name), price), known, seen)
    barcode = _text("barcode", row, _("barcode"), 40).upper()
    if status == "new":
        _check_barcode(line, barcode, known, seen)
    return ItemRow(
        line=line,
        status=status,
        code=code,
        barcode=barcode,
        name=name,
        seller=seller,
        seller_id=seller_id,
        category=_text("category", row, _("category"), 40),
        kind=kind,
        price=price,
        qty=0 if kind == "made_to_order" else qty,
        return_by=str(_named("return_by", row, cells.date, _("return by"))),
        terms=_item_terms(row, price),
    )


def _seller_of(seller: str, known: Known) -> int:
    """By code, else by name where only one has it; who is no longer active brings nothing."""
    by_code = known.sellers.get(seller.upper())
    if not by_code and folded(seller) in known.namesakes:
        raise UserError(
            _("seller: several have the name {name}; write the code").format(name=seller)
        )
    seller_id = by_code or known.sellers.get(folded(seller))
    if not seller_id:
        raise UserError(_("seller: {name} is not in the book").format(name=seller or "?"))
    if seller_id in known.inactive:
        raise UserError(_("seller: {name} is no longer active").format(name=seller))
    return seller_id


def _check_barcode(line: int, barcode: str, known: Known, seen: dict[object, int]) -> None:
    """What a scanner reads names one item only: nobody else's barcode, and nobody's code."""
    if not barcode:
        return
    if not _SCANNED.fullmatch(barcode):
        raise UserError(_("barcode: “{text}” can't be scanned").format(text=barcode))
    holder = known.barcodes.get(barcode) or (barcode if barcode in known.item_codes else "")
    if holder:
        raise UserError(_("barcode: {code} has it already").format(code=holder))
    first = seen.setdefault(("barcode", barcode), line)
    if first != line:
        raise UserError(_("barcode: the same as in row {line}").format(line=first))


def _status(
    line: int, code: str, same: tuple[int, str, int], known: Known, seen: dict[object, int]
) -> Status:
    """Whether the book has it already, by its code or else by seller, name and price."""
    identity: object = code or same
    if identity in seen:
        raise UserError(_("the same as row {line}").format(line=seen[identity]))
    seen[identity] = line
    if code:
        return "known" if code in known.item_codes else "new"
    return "known" if same in known.items else "new"


def _item_terms(row: _Fields, price: int) -> Terms | None:
    agreed = _terms(row)
    if agreed is not None and agreed.kind == "net" and agreed.net_price > price:
        raise UserError(_("net price: higher than the price"))
    return agreed


def _terms(row: _Fields) -> Terms | None:
    """What a row says about terms; None where it says nothing."""
    net = _number("net_price", row, cells.amount, _("net price"), 0)
    rate = _number("rate", row, cells.basis_points, _("commission"), -1)
    text = _text("base", row, _("commission of"))
    base = _BASES.get(folded(text))
    if base is None:
        raise UserError(
            _("commission of: “{text}” is neither harga bayar nor harga daftar").format(text=text)
        )
    if net:
        return Terms(kind="net", net_price=net)
    return Terms(rate_bp=rate, base=base) if rate >= 0 else None


def _seller_row(line: int, row: _Fields, known: Known, seen: dict[object, int]) -> SellerRow:
    workshop = ""
    try:
        workshop = _text("workshop", row, _("workshop"))
        return _good_seller(line, row, workshop, known, seen)
    except UserError as error:
        return SellerRow(line, "bad", error.sentence, workshop=workshop)


def _good_seller(
    line: int, row: _Fields, workshop: str, known: Known, seen: dict[object, int]
) -> SellerRow:
    if not workshop:
        raise UserError(_("workshop: missing"))
    code = _text("code", row, _("code"), 5).upper()
    for identity in filter(None, (code, folded(workshop))):
        if identity in seen:
            raise UserError(_("the same as row {line}").format(line=seen[identity]))
        seen[identity] = line
    there = (code and code in known.sellers) or folded(workshop) in known.sellers
    return SellerRow(
        line=line,
        status="known" if there else "new",
        code=code,
        workshop=workshop,
        maker=_text("maker", row, _("maker")),
        phone=_text("phone", row, _("WhatsApp"), 30),
        cluster=_text("cluster", row, _("cluster"), 40),
        bank=_text("bank", row, _("bank account")),
        terms=_terms(row) or Terms(),
    )
