"""What people write into cells: amounts, counts, percentages, dates, words."""

import datetime as dt
import re
import unicodedata

from pos.errors import UserError
from pos.i18n import _
from pos.money import MAX_AMOUNT, parse_rupiah
from pos.services.spreadsheet.reading import Formula, Value
from pos.services.texts import one_line

Cell = Value | Formula
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2}|[A-Za-z]{3,9})[/.\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari february pebruari",
            "mar maret march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu agustus aug august ags agt",
            "sep september sept",
            "okt oktober oct october",
            "nov november nopember",
            "des desember dec december",
        ),
        start=1,
    )
    for name in names.split()
}


def folded(text: str) -> str:
    """For comparing names: without case, accents, punctuation and repeated spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9&]+", plain))


def words(cell: Cell, most: int = 80) -> str:
    """A text with single spaces; whole numbers as written. Raises UserError when too long."""
    if isinstance(cell, Formula):
        raise UserError(_("a formula; replace it by its value"))
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = one_line(str(cell), most + 1)
    if len(text) > most:
        raise UserError(_("longer than {count} letters").format(count=most))
    return text


def amount(cell: Cell) -> int:
    """Whole rupiah: 35000, "Rp 35.000", "Rp 1.250.000,-". Raises UserError otherwise."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int):
        if not 0 <= cell <= MAX_AMOUNT:
            raise UserError(_("not an amount that can be charged"))
        return cell
    text = words(cell)
    # "35,000" is how an English spreadsheet writes 35.000; "35,5" is nobody's price.
    if re.fullmatch(r"(?i:rp\.?\s*)?\d{1,3}(,\d{3})+(\.00?)?", text):
        text = text.split(".")[0] if text.endswith((".0", ".00")) else text
        text = text.replace(",", ".")
    try:
        return parse_rupiah(text)
    except UserError as error:
        raise UserError(_("“{text}” is not an amount in rupiah").format(text=text)) from error


def count(cell: Cell) -> int:
    """A whole number of pieces, 0 to 99,999."""
    text = words(cell)
    if not re.fullmatch(r"\d{1,5}", text):
        raise UserError(_("“{text}” is not a number of pieces").format(text=text))
    return int(text)


def basis_points(cell: Cell) -> int:
    """A percentage in basis points: 20, "20 %", "12,5%", or 0.2 in a cell formatted as percent."""
    if isinstance(cell, float) and 0 < cell < 1:
        return round(cell * 10_000)
    match = re.fullmatch(r"(\d{1,3})(?:[.,](\d{1,2}))?\s*%?", words(cell))
    if match is None or int(match[1]) > 100:
        raise UserError(_("“{text}” is not a percentage").format(text=words(cell)))
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0") or 0)


def date(cell: Cell) -> str:
    """An ISO date, from a date cell or text, the day first: "31/12/2026", "31 Des 2026"; "" for none."""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    text = words(cell)
    if not text:
        return ""
    try:
        if match := _ISO.fullmatch(text):
            return dt.date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        if match := _DAY_FIRST.fullmatch(text):
            month = int(match[2]) if match[2].isdigit() else _MONTHS[match[2].casefold()]
            year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
            return dt.date(year, month, int(match[1])).isoformat()
    except (ValueError, KeyError):
        pass
    raise UserError(_("“{text}” is not a date; write it as 31/12/2026").format(text=text))
