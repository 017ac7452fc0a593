"""Text from people, made safe for paper.

A receipt printer obeys control bytes, has no letters beyond its code page, and a name of 10,000
characters would be a metre of paper; a PDF paragraph obeys markup. So both get reduced text.
"""

import unicodedata
from html import escape

LONGEST = 200
"""Characters kept of any one text on a receipt; more is cut and ends in "..."."""

LONGEST_PDF = 500
"""Characters kept of any one text in a PDF cell."""

_PLAIN = str.maketrans(
    {
        "×": "x",
        "÷": "/",
        "⁄": "/",
        "–": "-",
        "—": "-",
        "‒": "-",
        "―": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "•": "*",
        "·": "-",
        "…": "...",
        "‘": "'",
        "’": "'",
        "‚": ",",
        "‹": "<",
        "›": ">",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "ß": "ss",
        "Æ": "AE",
        "æ": "ae",
        "Ø": "O",
        "ø": "o",
        "Œ": "OE",
        "œ": "oe",
        "Đ": "D",
        "đ": "d",
        "Ł": "L",
        "ł": "l",
        "ı": "i",
        "€": "EUR",
        "£": "GBP",
        "¥": "JPY",
        "°": "o",
    }
)

# Cc, Cf (bidi marks, zero-width, BOM), Cs, Co, Cn print nothing; Zl and Zp count as spaces.
_DROPPED = frozenset({"Cf", "Cs", "Co", "Cn"})
_MARKS = frozenset({"Mn", "Me", "Mc"})


def _kept(text: str) -> str:
    """The text on one line, without control, bidi, zero-width and unassigned characters."""
    out: list[str] = []
    for char in text:
        if char == " " or char.isspace():
            out.append(" ")
            continue
        category = unicodedata.category(char)
        if category == "Cc":
            out.append(" ")
        elif category not in _DROPPED:
            out.append(char)
    return " ".join("".join(out).split())


def _shorten(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 3].rstrip() + "..."


def paper_text(text: str, longest: int = LONGEST) -> str:
    """One line of printable ASCII: × becomes x, é becomes e, what has no likeness becomes ?.

    Emoji and symbols without a likeness are left out, letters of other scripts become one "?" each.
    """
    if text.isascii() and text.isprintable() and len(text) <= longest:
        return text.strip() if "  " not in text else " ".join(text.split())
    # Cut first: a text of megabytes must not be taken apart character by character.
    kept = _kept(text[: longest * 20]).translate(_PLAIN)
    out: list[str] = []
    for char in unicodedata.normalize("NFKD", kept).translate(_PLAIN):
        if char.isascii():
            out.append(char if char.isprintable() else " ")
        elif char.isalnum():
            out.append("?")
        elif unicodedata.category(char) not in _MARKS:
            out.append(" " if char.isspace() else "")
    return _shorten(" ".join("".join(out).split()), longest)


def pdf_text(text: str, longest: int = LONGEST_PDF) -> str:
    """The text on one line for a PDF, without what obeys or hides.

    Characters outside the basic plane (emoji) are left out: the font has no glyphs for them.
    """
    if text.isascii() and text.isprintable() and len(text) <= longest:
        return text.strip() if "  " not in text else " ".join(text.split())
    kept = "".join(char for char in _kept(text[: longest * 20]) if ord(char) <= 0xFFFF)
    return _shorten(" ".join(unicodedata.normalize("NFC", kept).split()), longest)


def pdf_markup(text: str, longest: int = LONGEST_PDF) -> str:
    """As `pdf_text`, for a reportlab Paragraph: shown as it is, never obeyed as markup."""
    return escape(pdf_text(text, longest), quote=True)
