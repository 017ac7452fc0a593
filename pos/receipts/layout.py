"""Document to layout elements for 32, 42 or 48 columns; pure, and the only place that sets words.

The words are those of the language that is on; what a person typed stays as it is.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, assert_never

from pos.formats import format_datetime
from pos.i18n import _
from pos.money import thousands
from pos.receipts.documents import Document, DrawerKick, Receipt, ReceiptLine, TestPage
from pos.receipts.elements import Cut, Dots, Element, Feed, Image, Kick, Qr, Rule, Text
from pos.receipts.label_strip import label_strip
from pos.receipts.labels import LabelStrip
from pos.receipts.lines import centred, pair, wrap
from pos.receipts.report import Report
from pos.receipts.report_layout import report_elements
from pos.receipts.safe import paper_text
from pos.receipts.slips import SLIPS, slip_paper

__all__ = [
    "COLUMNS",
    "LAYOUTS",
    "Cut",
    "Dots",
    "Element",
    "Feed",
    "Image",
    "Kick",
    "Qr",
    "Rule",
    "Text",
    "layout",
    "qr_data",
    "render_text",
]

COLUMNS = (32, 42, 48)


def layout(document: Document, columns: int) -> tuple[Element, ...]:
    """The paper of a document, for a printer of 32, 42 or 48 columns."""
    return tuple(LAYOUTS[type(document)](document, columns))


def qr_data(receipt: Receipt) -> str:
    """What a receipt's QR code says; the number and total can be checked against the journal."""
    return f"TITIP|{receipt.number}|{receipt.total}|{receipt.entry_hash[:16]}"


def render_text(elements: tuple[Element, ...], columns: int = 0) -> str:
    """The paper as plain text, for the preview's file, for the screen and for tests.

    Large text keeps its letters and loses its size. `columns` 0 takes the widest line's width.
    """
    texts = [element for element in elements if isinstance(element, Text)]
    width = columns or max((len(text.line) * text.size for text in texts), default=0)
    return "\n".join(_as_text(element, width) for element in elements) + "\n"


def _as_text(element: Element, width: int) -> str:
    match element:
        case Text():
            shown = _text_line(element, width)
        case Rule():
            shown = "-" * width
        case Qr(data):
            shown = f"[QR {data}]".center(width).rstrip()
        case Image(fallback=fallback):
            shown = "\n".join(_text_line(text, width) for text in fallback)
        case Dots(says=says):
            shown = says
        case Feed(n):
            shown = "\n" * (n - 1)
        case Cut():
            shown = "=" * width
        case Kick():
            shown = "[DRAWER]"
        case _:
            assert_never(element)
    return shown


def _text_line(text: Text, width: int) -> str:
    line = text.line
    if text.align == "center":
        line = line.center(width)
    elif text.align == "right":
        line = line.rjust(width)
    return line.rstrip()


def _receipt(receipt: Receipt, columns: int) -> list[Element]:
    out: list[Element] = [
        *_head(receipt, columns),
        Rule(),
        *_what_and_when(receipt, columns),
        Rule(),
    ]
    for line in receipt.lines:
        out += [Text(text) for text in _line(line, columns)]
    return [
        *out,
        Rule(),
        *_totals(receipt, columns),
        Rule(),
        *[Text(text) for text in _payments(receipt, columns)],
        Feed(),
        Qr(qr_data(receipt)),
        Feed(),
        *[part for words in receipt.closing for part in centred(words, columns)],
        *_sample_mark(receipt, columns),
        Cut(),
    ]


def _head(receipt: Receipt, columns: int) -> list[Element]:
    name = centred(receipt.stand_name, columns, bold=True, size=2)
    out: list[Element] = [*_sample_mark(receipt, columns)]
    if receipt.logo:
        caption = centred(receipt.stand_name, columns, bold=True)
        out += [Image(receipt.logo, caption=caption, fallback=name)]
    else:
        out += name
    for address in receipt.address:
        out += centred(address, columns)
    if receipt.copy:
        out += centred(_("COPY"), columns, bold=True, size=2)
        if receipt.copy_at_local:
            when = _moment(receipt.copy_at_local)
            out += centred(_("Printed again {when}").format(when=when), columns)
    if receipt.cancelled:
        said = _("SALE CANCELLED, {number}").format(number=receipt.cancelled)
        out += centred(said, columns, bold=True)
    return out


def _sample_mark(receipt: Receipt, columns: int) -> tuple[Text, ...]:
    return centred(_("SAMPLE – NOT A RECEIPT"), columns, bold=True) if receipt.sample else ()


def _what_and_when(receipt: Receipt, columns: int) -> list[Element]:
    lines = pair(receipt.number, _moment(receipt.at_local), columns)
    staff = (
        wrap(_("Served by: {name}").format(name=receipt.staff), columns) if receipt.staff else ()
    )
    order = wrap(_("Order {number}").format(number=receipt.order), columns) if receipt.order else ()
    return [Text(line) for line in (*lines, *staff, *order)]


def _line(line: ReceiptLine, columns: int) -> list[str]:
    """The name, then quantity x price with the codes beside it where they fit, then discount."""
    codes = " ".join(filter(None, (paper_text(line.code), paper_text(line.seller_code))))
    times = f"  {line.qty} x {thousands(line.unit_price)}"
    gross = thousands(line.gross)
    out = [*wrap(line.name, columns)]
    beside = f"{times}  {codes}" if codes else times
    if len(beside) + 1 + len(gross) <= columns:
        out.append(beside + gross.rjust(columns - len(beside)))
    else:
        out += [f"  {part}" for part in wrap(codes, columns - 2)]
        out += _amount(times, gross, columns)
    if line.discount:
        note = paper_text(line.discount_note)
        label = _("Discount {note}").format(note=note) if note else _("Discount")
        out += [f"  {part}" for part in pair(label, thousands(-line.discount), columns - 2)]
    return out


def _amount(left: str, right: str, columns: int) -> list[str]:
    """`left` and `right` on one line, or on two when they don't fit."""
    if len(left) + 1 + len(right) <= columns:
        return [left + right.rjust(columns - len(left))]
    return [left, right.rjust(columns)]


def _totals(receipt: Receipt, columns: int) -> list[Element]:
    rows: list[tuple[str, int]] = []
    if receipt.subtotal != receipt.total:
        rows.append((_("Subtotal"), receipt.subtotal))
    if receipt.line_discounts:
        rows.append((_("Discounts on items"), -receipt.line_discounts))
    if receipt.cart_discount:
        note = paper_text(receipt.cart_discount_note)
        label = _("Discount {note}").format(note=note) if note else _("Discount")
        rows.append((label, -receipt.cart_discount))
    if receipt.rounding:
        rows.append((_("Rounding"), receipt.rounding))
    out: list[Element] = []
    for label, amount in rows:
        out += [Text(line) for line in pair(label, thousands(amount), columns)]
    return [*out, *_total(receipt.total, columns)]


def _total(total: int, columns: int) -> list[Element]:
    """The total, large where label and amount fit side by side in half the columns."""
    label, half = paper_text(_("TOTAL")), columns // 2
    for amount in (f"Rp {thousands(total)}", thousands(total)):
        if len(label) + 1 + len(amount) <= half:
            return [Text(line, bold=True, size=2) for line in pair(label, amount, half)]
    amount = f"Rp {thousands(total)}"
    return [Text(line, bold=True) for line in pair(label, amount, columns)]


def _payments(receipt: Receipt, columns: int) -> list[str]:
    out: list[str] = []
    for payment in receipt.payments:
        given = payment.tendered or payment.amount
        out += pair(_method(payment.method), thousands(given), columns)
    if receipt.change or any(payment.tendered for payment in receipt.payments):
        out += pair(_("Change"), thousands(receipt.change), columns)
    return out


def _method(method: str) -> str:
    names = {
        "cash": _("Cash"),
        "qris": _("QRIS"),
        "transfer": _("Bank transfer"),
        "card": _("Card"),
        "deposit": _("Deposit"),
    }
    return names.get(method, method)


def _moment(iso_local: str) -> str:
    """2026-11-22T14:07:31 -> "22 Nov 2026 14.07"."""
    return format_datetime(datetime.fromisoformat(iso_local))


_CHARACTERS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789 !\"#$%&'()*+,-./",
    ":;<=>?@[\\]^_`{|}~",
)


def _test_page(page: TestPage, columns: int) -> list[Element]:
    """Shows what can go wrong: a wrong code page, width, alignment, code or cut."""
    tens = "".join(str(n // 10 % 10) if n % 10 == 0 else "." for n in range(1, columns + 1))
    ones = "".join(str(n % 10) for n in range(1, columns + 1))
    widest = _("These two lines reach from edge to edge and stay on one line each.")
    printed = _("Printed {when}").format(when=_moment(page.at_local))
    return [
        *centred(page.stand_name, columns, bold=True, size=2),
        *centred(_("Test print"), columns, bold=True),
        *[Text(line) for line in wrap(page.printer_label, columns)],
        *[Text(line) for line in wrap(printed, columns)],
        Rule(),
        Text(tens),
        Text(ones),
        *[Text(line) for line in wrap(widest, columns)],
        Rule(),
        *[Text(line) for line in _CHARACTERS],
        Text(paper_text(_("bold")), bold=True),
        Text(paper_text(_("large")), size=2),
        *[Text(line) for line in pair(_("amounts"), thousands(1_250_000), columns)],
        Feed(),
        Qr(f"TITIP|TEST|{page.at_local}"),
        Feed(),
        *centred(_("If all of this can be read, the printer is ready."), columns),
        Cut(),
    ]


def _drawer_kick(_kick: DrawerKick, _columns: int) -> list[Element]:
    return [Kick()]


LAYOUTS: dict[type, Callable[[Any, int], list[Element]]] = {
    Receipt: _receipt,
    TestPage: _test_page,
    DrawerKick: _drawer_kick,
    LabelStrip: label_strip,
    Report: report_elements,
    **dict.fromkeys(SLIPS, slip_paper),
}
"""One entry a paper; a new paper adds its type to `documents.Document` and its function here."""
