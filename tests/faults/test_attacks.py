"""Texts and files that somebody made to do harm: each is shown as what it is, or refused in a sentence."""

import contextlib
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.cart import Cart
from pos.config import book_path
from pos.errors import UserError
from pos.events import Counted, WithdrawnLine
from pos.models.engine import driver
from pos.models.verify import verify
from pos.receipts.documents import decode
from pos.receipts.escpos import PAPER_80, compose
from pos.receipts.pdf_report import report_pdf
from pos.receipts.report import Report
from pos.services.goods import NewSeller
from pos.services.intake import IntakeLine
from pos.services.pictures import add_picture
from pos.services.queries.periods import Period
from pos.services.reports.kinds import KINDS
from pos.services.returns import ReturnAsked
from pos.services.spreadsheet.export import export_items, export_sellers
from pos.services.spreadsheet.plan import Known, plan_items
from pos.services.spreadsheet.reading import read_sheet
from pos.services.spreadsheet.report import write_report
from pos.services.stock import LossAsked
from pos.services.till import Till
from pos.tender import Tender
from pos.terms import Terms
from tests.receipts.decoder import decode_job
from tests.support import make_till, manager_of
from tests.ui.support import Keyboard, open_window

NASTY = {
    "formula": '=HYPERLINK("http://contoh.invalid/?"&A1;"klik")',
    "plus": "+62 811",
    "minus": "-1+1",
    "at": "@SUM(A1:A9)",
    "markup": "<b>tebal</b><img src='x'><a href='http://contoh.invalid'>y</a>",
    "entities": "a &amp; b &lt;br/&gt; <font size=99>",
    "printer commands": "a\x1b@\x1dV\x00b\x10\x14\x01\x00\x01c",
    "right to left": "abc\u202e000.01 pR\u2066x\u2069",
    "null byte": "a\x00b",
    "emoji": "🧶🧵 rajut 👩‍👩‍👧",
    "endless": "N" * 10_000,
    "endless words": "kata " * 2_000,
    "combining": "a" + "\u0301" * 500,
}


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    made = make_till(tmp_path)
    yield made
    made.close()


def everywhere(till: Till, text: str) -> list[str]:
    """Write this text wherever staff can; the names of the places that took it."""
    session = manager_of(till)
    by = session.staff_id
    till.shifts.open(
        (Counted(100_000, False, 5),), brought=500_000, reason="modal awal", session=session
    )
    sri = next(row.seller_id for row in till.sellers.list_all() if row.code == "SRI")
    cluster = next(row.cluster_id for row in till.sellers.list_all() if row.code == "SRI")
    bros = till.catalog.find("DKR-1187")
    sold = till.selling.complete(
        Cart().add(bros, 2), (Tender("transfer", 70_000, reference=text[:900]),), session=session
    )
    line = till.returns.returnable(sold.sale_id).lines[0].line_id

    def unlisted() -> None:
        item = till.catalog.unlisted(text, 9_000, sri, approved_by=by)
        till.selling.complete(Cart().add(item), (Tender("cash", 9_000),), session=session)

    places: dict[str, Callable[[], object]] = {
        "item": lambda: till.intake.take_in(sri, (IntakeLine(2, name=text, price=12_000),), by=by),
        "barcode": lambda: till.intake.take_in(
            sri, (IntakeLine(1, name="Tas", price=12_000, barcode=text),), by=by
        ),
        "category": lambda: till.intake.add_category(text, by=by),
        "cluster": lambda: till.sellers.add_cluster(text, by=by),
        "seller": lambda: till.sellers.add(
            NewSeller("JHT", text, cluster, Terms(), text, "0811000000", text), by=by
        ),
        "unlisted": unlisted,
        "hold": lambda: till.carts.hold(Cart().add(bros), text, by),
        "cash move": lambda: till.shifts.move("in", 1_000, text, session=session),
        "drawer": lambda: till.shifts.open_drawer(text, session=session),
        "loss": lambda: till.stock.lose((_lost(bros.item_id),), reason=text, session=session),
        "withdrawal": lambda: till.stock.withdraw(
            next(row.seller_id for row in till.sellers.list_all() if row.code == "LMB"),
            (WithdrawnLine(bros.item_id, 1),),
            reason="other",
            by=by,
            note=text,
        ),
        "return": lambda: till.returns.give_back(
            sold.sale_id, (ReturnAsked(line, 1),), refund="cash", reason=text, session=session
        ),
        "staff": lambda: till.staff.add(text, "kasir", "975310", by=by),
        "closing words": lambda: till.settings.set_setting("closing_words", text, by=by),
        "reprint": lambda: till.receipts.reprint(sold.sale_id),
        "X": lambda: till.shifts.print_so_far(session=session, blind=False),
    }
    took = []
    for name, place in places.items():
        try:
            place()
        except UserError:
            continue  # a sentence beside the field
        took.append(name)
    return took


def _lost(item_id: int) -> LossAsked:
    return LossAsked(item_id, 1)


def papers(till: Till) -> list[bytes]:
    rows = till.book.reader().execute("SELECT document FROM print_jobs WHERE kind <> 'drawer'")
    return [bytes(row[0]) for row in rows.fetchall()]


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_text_from_people_is_printed_exported_and_kept_as_text(
    till: Till, tmp_path: Path, text: str
) -> None:
    took = everywhere(till, text)
    assert {"reprint", "X"} <= set(took)
    found = papers(till)
    assert len(found) >= 3
    for raw in found:
        read = decode_job(compose(decode(raw), PAPER_80))
        assert read.cuts == 1, "a command in a name would cut where it likes"
        assert read.text.replace("\n", "").isprintable()
    for made in reports(till):
        assert report_pdf(made).startswith(b"%PDF")
        write_report(made, tmp_path / "laporan.xlsx", _quiet)
        only_text(tmp_path / "laporan.xlsx")
    export_items(till.book, tmp_path / "barang.xlsx", till.business_date())
    export_sellers(till.book, tmp_path / "penitip.xlsx", till.business_date())
    only_text(tmp_path / "barang.xlsx")
    only_text(tmp_path / "penitip.xlsx")
    till.close()
    report = verify(book_path(tmp_path / "data"))
    assert report.ok, report.first_failure
    with contextlib.closing(driver.connect(book_path(tmp_path / "data"))) as book:
        bodies = [row[0] for row in book.execute("SELECT body FROM journal")]
    # One name on a screen is not to turn the words beside it around.
    assert not any(
        re.search(r"\\u00|[\u202a-\u202e\u2066-\u2069\x00-\x1f]", body)
        for body in bodies
        if "closing_words" not in body
    )


def reports(till: Till) -> list[Report]:
    today = till.business_date()
    return [till.office.reports.make(kind.id, Period(today, today)) for kind in KINDS]


def only_text(path: Path) -> None:
    """No cell is a formula, neither to a reader of the file nor in its XML."""
    with contextlib.closing(load_workbook(path)) as book:
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    with zipfile.ZipFile(path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        assert all(b"<f>" not in package.read(name) for name in sheets)


def _quiet(_done: int, _total: int) -> None:
    pass


def test_a_name_with_markup_is_shown_as_it_is(qapp: object, tmp_path: Path) -> None:
    """Also in the tip under the pointer, which Qt would otherwise read as a page."""
    with open_window(tmp_path) as window:
        session = manager_of(window.till)
        window.till.staff.add(NASTY["markup"][:40], "kasir", "975310", by=session.staff_id)
        sri = next(r.seller_id for r in window.till.sellers.list_all() if r.code == "SRI")
        name = "<h1>Tas</h1> <img src=x>"
        line = IntakeLine(1, name=name, price=12_000)
        note = window.till.intake.take_in(sri, (line,), by=session.staff_id)
        window.desk.sign_in(session)
        keys = Keyboard(window.windowHandle())
        keys.scan(note.lines[0].code)
        tips = [w.toolTip() for w in window.findChildren(QWidget) if w.toolTip()]
        tips += list(item_tips(window))
        assert any("Tas" in tip for tip in tips)
        for tip in tips:
            assert not re.search(r"<(h1|img|b|a)\b", tip), tip


def item_tips(window: QWidget) -> Iterator[str]:
    from PySide6.QtWidgets import QAbstractItemView

    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(model.rowCount()):
            tip = model.data(model.index(row, 0), Qt.ItemDataRole.ToolTipRole)
            if tip:
                yield tip


@pytest.mark.parametrize(
    "code",
    [
        "9" * 5_000,
        "DKR\x1d-20\x1d41",
        "]C1" + "\x1d01089" * 30,
        "🧶" * 200,
        "' OR 1=1 --",
        '%_*"((',
    ],
    ids=["5,000 digits", "GS", "GS1", "emoji", "SQL", "search syntax"],
)
def test_a_scanned_code_is_found_or_gets_a_sentence(
    qapp: object, tmp_path: Path, code: str
) -> None:
    with open_window(tmp_path) as window:
        window.desk.sign_in(manager_of(window.till))
        screen = window.current
        keys = Keyboard(window.windowHandle())
        keys.scan(code)
        if "DKR" not in code:
            assert screen.presenter.cart.lines == ()  # type: ignore[union-attr]
            assert 0 < len(screen.notice.text) < 300  # type: ignore[union-attr]
        keys.press(Qt.Key.Key_Escape)
        keys.scan("DKR-2041")
        assert len(screen.presenter.cart.lines) == 1  # type: ignore[union-attr]


# -- files -----------------------------------------------------------------------------


def workbook(path: Path, sheet: str, **more: str) -> Path:
    """A workbook whose sheet is this XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELS)
        package.writestr("xl/workbook.xml", _BOOK)
        package.writestr("xl/_rels/workbook.xml.rels", _BOOK_RELS)
        package.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in more.items():
            package.writestr(name, content)
    return path


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>'
)
_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_BOOK = (
    f'<workbook {_MAIN} xmlns:r="{_REL}"><sheets>'
    '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
)
_BOOK_RELS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_HEADS = "".join(
    f'<c t="inlineStr"><is><t>{head}</t></is></c>' for head in ("Nama barang", "Penitip", "Harga")
)


def _row(cells: str) -> str:
    return f"<row>{cells}</row>"


BOMBS = {
    "entities": f'<!DOCTYPE w [<!ENTITY l0 "ha">{_LAUGHS}]><worksheet {_MAIN}><sheetData>'
    f'{_row(_HEADS)}<row><c t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData></worksheet>',
    "a file of the machine": '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<worksheet {_MAIN}><sheetData>{_row(_HEADS)}"
    '<row><c t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>',
    "numbers that are none": f"<worksheet {_MAIN}><sheetData>{_row(_HEADS)}"
    + _row("".join(f"<c><v>{value}</v></c>" for value in ("1e999", "nan", "9" * 5_000)))
    + "</sheetData></worksheet>",
    "a row that is far away": f"<worksheet {_MAIN}><sheetData>{_row(_HEADS)}"
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>',
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_workbook_made_to_explode_is_refused_or_read_as_what_it_is(
    tmp_path: Path, name: str
) -> None:
    """Refused in a sentence, or its bad rows named; within the memory that a table needs."""
    path = workbook(tmp_path / "bom.xlsx", BOMBS[name])
    known = Known(item_codes=set(), items=set(), sellers={"SRI": 1})
    try:
        plan = plan_items(read_sheet(path), known, _quiet)
    except UserError:
        return
    else:
        assert all(row.status == "bad" for row in plan.rows)
        assert "root:" not in str(plan)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gambar.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n"),
        ("gambar.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
        ("gambar.png", b"MZ\x90\x00" + bytes(400)),
        ("gambar.png", b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR" + b"\xff" * 17),
        ("gambar.gif", b"GIF89a\xff\xff\xff\xff\xf7\x00\x00" + bytes(40)),
    ],
    ids=["postscript", "svg", "program", "endless PNG", "endless GIF"],
)
def test_a_lying_picture_gets_a_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError) as refused:
        add_picture(tmp_path, tmp_path / name)
    assert refused.value.sentence
