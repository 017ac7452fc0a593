"""A slip between its document and its paper: every word set, every figure written out.

Each document becomes slips once (`slips_goods` and its kin); the receipt printer
(`slip_layout`) and A4 (`pdf_slip`) only place them, so the two can't differ in a figure.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from pos.formats import format_date, format_datetime
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.documents_consignment import PaperHead, PaperSeller
from pos.terms import Terms

Align = Literal["left", "right"]


@dataclass(frozen=True)
class SlipColumn:
    """A column of the table on A4; `width` is its share of what is free, 0 as wide as its text."""

    title: str
    align: Align = "left"
    width: float = 0


@dataclass(frozen=True)
class SlipRow:
    """One line: `cells` as A4 has it, the rest as narrow paper has it.

    On narrow paper `name` comes first, then `left` and `right` on one line, then `notes`.
    `cells[n]` may hold a second, smaller line after a line feed.
    """

    cells: tuple[str, ...]
    name: str
    left: str
    right: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sum:
    """One line below the table."""

    label: str
    figure: str
    strong: bool = False


@dataclass(frozen=True)
class Signature:
    """Who signs: in what role, and the name below the line ("" leaves it open)."""

    role: str
    name: str = ""


@dataclass(frozen=True)
class Slip:
    """One paper. `marks` stand out at the top (a copy, whom it is for); `words` is the amount, `qr`
    what a QR code at its end says.
    """

    head: PaperHead
    title: str
    marks: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[SlipColumn, ...] = ()
    rows: tuple[SlipRow, ...] = ()
    empty: str = ""
    sums: tuple[Sum, ...] = ()
    words: str = ""
    notes: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    qr: str = ""


def day_text(iso_day: str) -> str:
    """2026-11-22 -> "22 Nov 2026"; "" stays ""."""
    return format_date(dt.date.fromisoformat(iso_day)) if iso_day else ""


def moment_text(iso_local: str) -> str:
    """2026-11-22T14:07:31 -> "22 Nov 2026 14.07"; "" stays ""."""
    return format_datetime(dt.datetime.fromisoformat(iso_local)) if iso_local else ""


def percent_text(basis_points: int) -> str:
    """1250 -> "12,5 %"."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") + " %"


def terms_text(terms: Terms) -> str:
    """An agreement in words: "commission 20 % of the price paid"."""
    if terms.kind == "net":
        return _("net price {amount} a piece").format(amount=rupiah(terms.net_price))
    rate = percent_text(terms.rate_bp)
    if terms.base == "paid":
        return _("commission {rate} of the price paid").format(rate=rate)
    return _("commission {rate} of the list price").format(rate=rate)


def kind_text(kind: str) -> str:
    """The kind of an item in words; an unknown one as it is."""
    names = {
        "unique": _("one of a kind"),
        "stock": _("stock"),
        "made_to_order": _("made to order"),
    }
    return names.get(kind, kind)


_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){4,}")


def hide_account(text: str) -> str:
    """Hide all but the last four digits of each number of five and more: "BCA ****7890".

    What is hidden already stays as it is.
    """
    return _LONG_NUMBER.sub(lambda found: "****" + re.sub(r"\D", "", found[0])[-4:], text)


def seller_facts(seller: PaperSeller) -> tuple[tuple[str, str], ...]:
    """Whose paper it is: the workshop with its code, and the maker."""
    name = f"{seller.workshop} ({seller.code})" if seller.code else seller.workshop
    maker = ((_("Maker"), seller.maker),) if seller.maker else ()
    return ((_("Seller"), name), *maker)


def both_sign(head: PaperHead, seller: PaperSeller) -> tuple[Signature, ...]:
    """The seller and who serves at the stand."""
    return (
        Signature(_("Seller"), seller.maker or seller.workshop),
        Signature(_("For the stand"), head.staff),
    )


def copy_marks(head: PaperHead) -> tuple[str, ...]:
    """What a paper printed again, or one of a sample stand, says of itself."""
    marks = (_("SAMPLE – NOT A RECEIPT"),) if head.sample else ()
    if not head.copy:
        return marks
    when = moment_text(head.copy_at_local)
    return (*marks, _("COPY"), *((_("Printed again {when}").format(when=when),) if when else ()))


def pieces_text(count: int) -> str:
    """3 -> "3 pcs", with dots at thousands."""
    return _("{count} pcs").format(count=thousands(count))
