"""Giving the tables back as XLSX: the same columns that an import understands.

A text that begins with = + - or @ is written as text, so that no spreadsheet runs it.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import func, select

from pos.errors import EnvironmentProblem
from pos.i18n import _
from pos.models.catalog import categories, clusters, contact_cards, items, sellers, stock
from pos.models.engine import Book
from pos.models.prepared import Prepared

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
    )
    .select_from(
        sellers.join(clusters, clusters.c.id == sellers.c.cluster_id).outerjoin(
            contact_cards, contact_cards.c.id == sellers.c.contact_id
        )
    )
    .order_by(sellers.c.workshop)
)


def export_items(book: Book, target: Path) -> int:
    """All items with their pieces; the number of rows."""
    rows = (
        (code, barcode, name, seller, category, _KINDS[kind], price, qty)
        for code, barcode, name, seller, category, kind, price, qty in _items.all(book.reader())
    )
    heads = ("Kode", "Barcode", "Nama barang", "Penitip", "Kategori", "Jenis", "Harga", "Stok")
    return write_xlsx(target, "Barang", heads, rows)


def export_sellers(book: Book, target: Path) -> int:
    """All sellers with their contact cards; the number of rows. For the stand's own use."""
    heads = ("Kode", "Nama usaha", "Nama pengrajin", "WhatsApp", "Rekening", "Klaster")
    return write_xlsx(target, "Penitip", heads, _sellers.all(book.reader()))


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
