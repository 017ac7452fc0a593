"""Which column is which: matched by name, in Indonesian or English, in any order."""

from collections.abc import Mapping

import msgspec

from pos.errors import UserError
from pos.i18n import _
from pos.services.spreadsheet.cells import folded
from pos.services.spreadsheet.reading import Formula, Sheet, Value

_SEARCHED = 20
"""The heading is looked for in this many rows; above it a sheet may carry a title."""

ITEM_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("kode", "kode barang", "sku", "code", "item code", "no barang"),
    "barcode": ("barcode", "kode batang", "ean"),
    "name": ("nama", "nama barang", "barang", "produk", "nama produk", "item", "name", "product"),
    "seller": (
        "penitip",
        "kode penitip",
        "penjual",
        "umkm",
        "nama umkm",
        "nama usaha",
        "seller",
        "vendor",
    ),
    "category": ("kategori", "category", "kelompok"),
    "kind": ("jenis", "tipe", "kind", "type"),
    "price": ("harga", "harga jual", "price", "harga satuan"),
    "qty": ("jumlah", "stok", "stock", "qty", "quantity", "jml", "pcs", "sisa"),
    "return_by": ("batas ambil", "tanggal ambil", "ambil sebelum", "return by", "kembali sebelum"),
    "net_price": ("harga titip", "harga penitip", "harga modal", "net price", "harga bersih"),
    "rate": ("komisi", "komisi %", "commission", "persen", "bagi hasil"),
    "base": ("dasar komisi", "komisi dari", "commission of"),
}
ITEM_NEEDS = ("name", "seller", "price")
SELLER_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("kode", "kode penitip", "code", "seller code"),
    "workshop": (
        "nama usaha",
        "usaha",
        "umkm",
        "nama umkm",
        "penitip",
        "workshop",
        "merek",
        "brand",
    ),
    "maker": ("nama", "nama pengrajin", "pengrajin", "pemilik", "nama pemilik", "maker", "owner"),
    "phone": ("whatsapp", "wa", "no wa", "telepon", "no telepon", "hp", "no hp", "phone"),
    "cluster": ("klaster", "cluster", "kelompok"),
    "rate": ("komisi", "komisi %", "commission", "persen", "bagi hasil"),
    "base": ("dasar komisi", "komisi dari", "commission of"),
    "net_price": ("harga titip", "harga penitip", "net price", "harga bersih"),
    "bank": ("rekening", "bank", "no rekening", "e wallet", "bank account"),
}
SELLER_NEEDS = ("workshop",)


class Matched(msgspec.Struct, frozen=True):
    """Where the heading is, and which column holds what. `ignored` are headings not understood."""

    header_row: int
    places: dict[str, int]
    ignored: tuple[str, ...]


def match_columns(
    sheet: Sheet, known: Mapping[str, tuple[str, ...]], needs: tuple[str, ...]
) -> Matched:
    """Find the row of headings. Raises UserError that names what is missing."""
    synonyms = {folded(word): field for field, names in known.items() for word in names}
    best: tuple[int, dict[str, int], tuple[str, ...]] = (-1, {}, ())
    for index, row in enumerate(sheet.rows[:_SEARCHED]):
        places, ignored = _places(row, synonyms)
        if len(places) > len(best[1]):
            best = (index, places, ignored)
    missing = [known[field][0] for field in needs if field not in best[1]]
    if missing:
        raise UserError(
            _("The table needs a row of headings with: {names}. Not found: {missing}.").format(
                names=", ".join(known[field][0] for field in needs), missing=", ".join(missing)
            )
        )
    return Matched(*best)


def _places(
    row: tuple[Value | Formula, ...], synonyms: Mapping[str, str]
) -> tuple[dict[str, int], tuple[str, ...]]:
    places: dict[str, int] = {}
    ignored = []
    for column, cell in enumerate(row):
        if not isinstance(cell, str) or not cell.strip():
            continue
        field = synonyms.get(folded(cell))
        if field is None or field in places:
            ignored.append(cell.strip())
        else:
            places[field] = column
    return places, tuple(ignored)
