"""What input from outside is thrown at, each with what must hold whatever comes in.

A target takes bytes, and raises only when something is wrong: what the product may answer (a
UserError, an error that its callers take) is taken here too.
"""

import contextlib
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from pos.cart import decode_cart
from pos.errors import UserError
from pos.events import KINDS, UnknownEventError, read_event, write_event
from pos.money import MAX_AMOUNT, parse_rupiah, rupiah
from pos.qris import crc16, parse_qris, with_amount
from pos.receipts.addresses import parse_address
from pos.receipts.documents import Receipt, decode, encode
from pos.receipts.escpos import PAPER_80, compose
from pos.receipts.layout import Text, layout, render_text
from pos.receipts.safe import paper_text, pdf_markup, pdf_text
from pos.services.papers import parse_paper_number
from pos.services.pictures import ITEM_SIZE, _png
from pos.services.settings import NUMBERS, TEXTS, _checked
from pos.services.spreadsheet.cells import amount
from pos.services.spreadsheet.plan import ItemRow, Known, plan_items, plan_sellers
from pos.services.spreadsheet.reading import _read_csv, read_sheet
from pos.services.till import Till
from pos.ui.burst import Burst
from pos.ui.selling.entry import read_entry
from tests.faults.stand import fresh, lasting_folder, open_till
from tests.receipts.decoder import decode_job
from tests.receipts.samples import line, receipt

Target = Callable[[bytes], None]
TARGETS: dict[str, Target] = {}
"""By name; what `tests.faults.inputs` runs at length."""


def target(function: Target) -> Target:
    """Put a target into the list, under its own name."""
    TARGETS[function.__name__] = function
    return function


def text_of(data: bytes) -> str:
    """Text as a widget or a file may hand it over: half of the draws are mostly plain."""
    if data[:1] and data[0] % 2:
        return data[1:].decode("latin-1")
    return data[1:].decode("utf-8", errors="replace")


@cache
def _till() -> Till:
    """A till to look codes up in; it lives as long as the process."""
    return open_till(fresh(lasting_folder("titip-input-") / "data"))


@target
def scanner(data: bytes) -> None:
    """A scanned or typed code: a cart line, or a sentence."""
    text = text_of(data)
    pace = len(data) % 40
    burst = Burst()
    for at, character in enumerate(text):
        if burst.fits(1_000 + at * pace):
            burst.add(character, 1_000 + at * pace)
    burst.is_scan(1_000 + len(text) * pace, text[:1])
    assert len(burst.text) <= 512
    with contextlib.suppress(UserError):
        entry = read_entry(text)
        assert 0 < entry.qty <= 999_999
        item = _till().catalog.find(entry.what)
        assert item.code.casefold() == entry.what.casefold()


@target
def search(data: bytes) -> None:
    """Search as you type, and a receipt's number or QR."""
    text = text_of(data)
    found = _till().catalog.search(text)
    assert all(tile.price >= 0 for tile in found)
    parsed = parse_paper_number(text)
    assert parsed is None or parsed[1] >= 0
    with contextlib.suppress(UserError):
        _till().receipts.by_number(text)


@target
def rupiah_typed(data: bytes) -> None:
    """An amount means what its digits say, or is refused."""
    text = text_of(data)
    with contextlib.suppress(UserError):
        value = parse_rupiah(text)
        assert 0 <= value <= MAX_AMOUNT
        assert parse_rupiah(rupiah(value)) == value
        whole = re.sub(r",(-|00?)$", "", text.strip())
        assert int("".join(c for c in whole if c.isdigit()) or "0") == value
    with contextlib.suppress(UserError):
        assert 0 <= amount(text) <= MAX_AMOUNT


@target
def csv_table(data: bytes) -> None:
    """A text table: its rows are checked or refused, each with a sentence."""
    _table(data)
    _table(b"Nama barang;Penitip;Harga;Stok;Kode\n" + data)


def _table(raw: bytes) -> None:
    known = Known(item_codes={"A-1"}, items=set(), sellers={"SRI": 1, "anyaman sri": 1})
    with contextlib.suppress(UserError):
        sheet = _read_csv(raw)
        with contextlib.suppress(UserError):
            _check_plan(plan_items(sheet, known, _quiet).rows)
        plan_sellers(sheet, known, _quiet)


def _check_plan(rows: Any) -> None:
    for row in rows:
        assert row.status in {"new", "known", "bad"}
        assert bool(row.reason) or row.status != "bad"
        if isinstance(row, ItemRow) and row.status == "new":
            assert type(row.price) is int
            assert 0 <= row.price <= MAX_AMOUNT
            assert 0 <= row.qty <= 99_999
            assert row.name.strip()


def _quiet(_done: int, _total: int) -> None:
    pass


@cache
def _workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    for row in (
        ("Nama barang", "Penitip", "Harga"),
        ("Tas", "SRI", 185_000),
        ("Vas", "SRI", "Rp 3"),
    ):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@target
def xlsx_table(data: bytes) -> None:
    """A workbook with one of its parts damaged; whole inside the archive, as a careless program makes it."""
    rng = random.Random(data)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as old, zipfile.ZipFile(held, "w") as new:
        names = old.namelist()
        hurt = rng.choice(names)
        for name in names:
            part = bytearray(old.read(name))
            if name == hurt:
                at = rng.randrange(len(part))
                part[at : at + rng.choice((0, 1, 5, len(data)))] = data
            new.writestr(name, bytes(part))
    known = Known(item_codes=set(), items=set(), sellers={"SRI": 1})
    path = _scratch() / "table.xlsx"
    path.write_bytes(held.getvalue())
    with contextlib.suppress(UserError):
        _check_plan(plan_items(read_sheet(path), known, _quiet).rows)


@cache
def _scratch() -> Path:
    return lasting_folder("titip-input-")


@target
def receipt_text(data: bytes) -> None:
    """A receipt with this text wherever a person's text may stand: within its columns, and no control byte."""
    text = text_of(data)
    one = line(text, note=text)
    paper: Receipt = msgspec.structs.replace(
        receipt(),
        stand_name=text,
        address=(text, text),
        staff=text,
        lines=(msgspec.structs.replace(one, code=text, seller_code=text), one),
        cart_discount=5,
        cart_discount_note=text,
        closing=(text,),
    )
    for columns in (32, 48):
        for element in layout(paper, columns):
            if isinstance(element, Text):
                assert len(element.line) * element.size <= columns
                assert element.line.isprintable()
    assert paper_text(text).isascii()
    assert pdf_text(text).isprintable()
    assert not re.search("[<>]", pdf_markup(text))


@target
def receipt_bytes(data: bytes) -> None:
    """... and as bytes for a printer: an independent reader understands each of them."""
    text = text_of(data)
    one = line(text, note=text)
    paper = msgspec.structs.replace(receipt(), stand_name=text, staff=text, lines=(one,))
    read = decode_job(compose(paper, PAPER_80))
    assert read.cuts == 1
    assert "125.000" in read.text


@target
def qris(data: bytes) -> None:
    """A code is refused in a sentence, or carries the amount that it is given and nothing else changed."""
    text = text_of(data)
    for code in (text, _sealed(text)):
        with contextlib.suppress(UserError):
            found = parse_qris(code)
            assert found.name
            paid = with_amount(code, 35_000)
            again = parse_qris(paid)
            assert again.has_amount
            assert (again.name, again.nmid) == (found.name, found.nmid)
            assert "540535000" in paid


def _sealed(text: str) -> str:
    """The text with the checksum that it would need, so that more than the checksum is tried."""
    inner = "".join(c for c in text if c.isprintable())[:40]
    body = (
        "00020101021126"
        f"{len('0014ID.CO.QRIS.WWW0215' + inner):02}0014ID.CO.QRIS.WWW0215{inner}"
        f"5303360580{2}ID59{len(inner):02}{inner}6006BEKASI6304"
    )
    return body + f"{crc16(body.encode(errors='replace')):04X}"


@target
def journal_body(data: bytes) -> None:
    """A body from elsewhere is read, or refused by the errors that verify and boxes take."""
    kinds = sorted(KINDS)
    kind = kinds[(data[0] if data else 0) % len(kinds)]
    bodies = [data[1:]]
    known = _bodies().get(kind)
    if known:
        bodies.append(_changed(known[len(data) % len(known)], data))
    for body in bodies:
        with contextlib.suppress(UnknownEventError, msgspec.MsgspecError, UnicodeDecodeError):
            event = read_event(kind, body)
            assert read_event(kind, write_event(event)) == event


@cache
def _bodies() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, body in _till().book.reader().execute("SELECT kind, body FROM journal"):
        found.setdefault(kind, []).append(body)
    return found


def _changed(body: str, data: bytes) -> bytes:
    """A real body with one value replaced by another kind of thing."""
    held: dict[str, Any] = json.loads(body)
    rng = random.Random(data)
    strange: tuple[Any, ...] = (
        None,
        -1,
        1 << 70,
        0.5,
        "",
        text_of(data),
        [],
        {},
        True,
        [dict(held)],
    )
    held[rng.choice(sorted(held))] = rng.choice(strange)
    return json.dumps(held).encode()


@target
def settings(data: bytes) -> None:
    """A setting is taken as it can be read again, or refused."""
    text = text_of(data)
    for name in (*NUMBERS, *TEXTS):
        with contextlib.suppress(UserError):
            kept = _checked(name, text)
            limits = NUMBERS.get(name)
            assert limits is None or limits.least <= int(kept) <= limits.most
    with contextlib.suppress(UserError):
        address = parse_address(text)
        assert parse_address(str(address)) == address


@target
def kept_by_this_machine(data: bytes) -> None:
    """Carts and papers that lie in the book's local tables, damaged: refused as such."""
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
        decode_cart(data)
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError):
        decode(data)
    whole = bytearray(encode(receipt()))
    at = random.Random(data).randrange(len(whole))
    whole[at : at + len(data) % 7] = data[:9]
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError, ValueError):
        # A date that is none: the queue gives such a paper up and goes on with the next.
        paper = decode(bytes(whole))
        render_text(layout(paper, 32), 32)


@cache
def _pictures() -> list[bytes]:
    """A small picture in each way that is read."""
    made = []
    for kind, mode in (
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "I;16"),
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("WEBP", "RGB"),
        ("BMP", "RGB"),
        ("GIF", "P"),
    ):
        held = io.BytesIO()
        picture = Image.new(mode, (24, 16))
        more = {"exif": picture.getexif().tobytes()} if kind == "JPEG" else {}
        picture.save(held, kind, **more)
        made.append(held.getvalue())
    return made


@target
def picture(data: bytes) -> None:
    """A file that calls itself a picture: kept small, or refused."""
    rng = random.Random(data)
    whole = bytearray(rng.choice(_pictures()))
    for at in range(0, len(data), 2):
        place = int.from_bytes(data[at : at + 2], "big") % len(whole)
        whole[place] = data[at - 1]
    if data and data[0] % 4 == 0:
        del whole[rng.randrange(len(whole)) :]
    path = _scratch() / "picture.jpg"
    for raw in (bytes(whole), data):
        path.write_bytes(raw)
        with contextlib.suppress(UserError):
            kept = Image.open(io.BytesIO(_png(path, ITEM_SIZE)))
            assert max(kept.size) <= max(ITEM_SIZE)
