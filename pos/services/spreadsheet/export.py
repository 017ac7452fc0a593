"""Giving the tables back as XLSX: the same columns that an import understands.

A text that begins with = + - or @ is written as text, so that no spreadsheet runs it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import bindparam, func, select

from pos.errors import EnvironmentProblem
from pos.i18n import _
from pos.models.catalog import (
    categories,
    clusters,
    contact_cards,
    items,
    sellers,
    stock,
    terms,
)
from pos.models.engine import Book
from pos.models.prepared import Cursor, Prepared
from pos.terms import Terms

Value = str | int | dt.date | None
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MAX_CELL = 32_767
_KINDS = {"unique": "satu-satunya", "stock": "stok", "made_to_order": "pesanan"}
_items = Prepared(
    select(
        items.c.code,
        items.c.barcode,
        items.c.name,
        sellers.c.code,
        func.coalesce(categories.c.name, ""),
        items.c.kind,
        items.c.price,
        func.coalesce(func.sum(stock.c.on_hand), 0),
        items.c.return_by,
        items.c.id,
    )
    .select_from(
        items.join(sellers, sellers.c.id == items.c.seller_id)
        .outerjoin(categories, categories.c.id == items.c.category_id)
        .outerjoin(stock, stock.c.item_id == items.c.id)
    )
    .group_by(items.c.id)
    .order_by(items.c.id)
)
_sellers = Prepared(
    select(
        sellers.c.code,
        sellers.c.workshop,
        contact_cards.c.name,
        contact_cards.c.phone,
        contact_cards.c.bank,
        clusters.c.name,
        sellers.c.id,
    )
    .select_from(
        sellers.join(clusters, clusters.c.id == sellers.c.cluster_id).outerjoin(
            contact_cards, contact_cards.c.id == sellers.c.contact_id
        )
    )
    .order_by(sellers.c.workshop)
)
_terms = Prepared(
    select(
        terms.c.seller_id,
        terms.c.item_id,
        terms.c.kind,
        terms.c.rate_bp,
        terms.c.base,
        terms.c.net_price,
    )
    .where(terms.c.valid_from <= bindparam("date"))
    .order_by(terms.c.valid_from, terms.c.id)
)
_ITEM_HEADS = ("Kode", "Barcode", "Nama barang", "Penitip", "Kategori", "Jenis", "Harga", "Stok")
_SELLER_HEADS = ("Kode", "Nama usaha", "Nama pengrajin", "WhatsApp", "Rekening", "Klaster")
_TERMS_HEADS = ("Komisi", "Dasar komisi", "Harga titip")
_BASES = {"paid": "harga bayar", "list": "harga daftar"}


def export_items(book: Book, target: Path, today: dt.date) -> int:
    """All items with their pieces, and the terms of those that have their own; the number of rows."""
    cursor = book.reader()
    _sellers_own, own = _agreed(cursor, today)
    rows = (
        (*row[:5], _KINDS[row[5]], row[6], row[7], _day(row[8]), *_terms_cells(own.get(row[9])))
        for row in _items.all(cursor)
    )
    heads = (*_ITEM_HEADS, "Batas ambil", *_TERMS_HEADS)
    return write_xlsx(target, "Barang", heads, rows)


def export_sellers(book: Book, target: Path, today: dt.date) -> int:
    """All sellers with their contact cards and terms; the number of rows. For the stand's own use."""
    cursor = book.reader()
    agreed, _own = _agreed(cursor, today)
    rows = ((*row[:6], *_terms_cells(agreed.get(row[6]))) for row in _sellers.all(cursor))
    return write_xlsx(target, "Penitip", (*_SELLER_HEADS, *_TERMS_HEADS), rows)


def _agreed(cursor: Cursor, today: dt.date) -> tuple[dict[int, Terms], dict[int, Terms]]:
    """What holds today: by seller, and by item where one has terms of its own."""
    by_seller: dict[int, Terms] = {}
    by_item: dict[int, Terms] = {}
    for seller_id, item_id, *rest in _terms.all(cursor, date=today.isoformat()):
        if item_id is None:
            by_seller[seller_id] = Terms(*rest)
        else:
            by_item[item_id] = Terms(*rest)
    return by_seller, by_item


def _terms_cells(agreed: Terms | None) -> tuple[Value, Value, Value]:
    """Commission in percent and of what, or the net price."""
    if agreed is None:
        return "", "", ""
    if agreed.kind == "net":
        return "", "", agreed.net_price
    whole, part = divmod(agreed.rate_bp, 100)
    rate = f"{whole},{part:02d}%" if part else f"{whole}%"
    return rate, _BASES[agreed.base], ""


def _day(day: str | None) -> Value:
    return dt.date.fromisoformat(day) if day else ""


def write_xlsx(
    target: Path, title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]
) -> int:
    """Write one sheet, all of it or nothing. Raises EnvironmentProblem when the disk refuses."""
    unfinished = target.with_name(target.name + ".new")
    try:
        with unfinished.open("wb") as file:
            count = _write(file, title, heads, rows)
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise EnvironmentProblem(
            _("The file could not be written: {why}").format(why=error.strerror)
        ) from error
    return count


def _write(
    file: BinaryIO, title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]
) -> int:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title)
    sheet.freeze_panes = "A2"

    def cell(value: Value, *, bold: bool = False) -> Any:
        shown: Any = _CONTROL.sub("", value)[:_MAX_CELL] if isinstance(value, str) else value
        made = WriteOnlyCell(sheet, shown)
        if isinstance(value, str):
            made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    sheet.append([cell(head, bold=True) for head in heads])
    count = 0
    for row in rows:
        sheet.append([cell(value) for value in row])
        count += 1
    book.save(file)
    return count
