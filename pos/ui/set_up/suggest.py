"""Suggestions of codes from names, so that a stand is set up with few keys."""

import re
import unicodedata

CODE_LENGTH = 3
_VOWELS = frozenset("AEIOU")
_GENERIC = frozenset(
    {
        *(
            "GALERI",
            "GALLERY",
            "TOKO",
            "SHOP",
            "STORE",
            "GERAI",
            "STAN",
            "STAND",
            "BAZAR",
            "BAZAAR",
        ),
        *("PAMERAN", "KIOS", "RUMAH", "OUTLET", "UMKM", "BUTIK", "SENTRA", "PUSAT"),
        *("THE", "DAN", "AND", "DI"),
    }
)
"""Words that many stands have in their names, and that tell none from another."""


def suggest_code(name: str) -> str:
    """Three letters for a stand: "Galeri Dekranasda" -> "DKR"; "" when the name has no letters.

    The first letter and the consonants after it, of the words that tell this stand from others.
    """
    words = re.findall(r"[A-Z0-9]+", _plain(name))
    letters = "".join(word for word in words if word not in _GENERIC) or "".join(words)
    if not letters:
        return ""
    first, rest = letters[0], letters[1:]
    consonants = first + "".join(letter for letter in rest if letter not in _VOWELS)
    if len(consonants) >= CODE_LENGTH:
        return consonants[:CODE_LENGTH]
    return letters[:CODE_LENGTH]


def suggest_till_code(stand_code: str) -> str:
    """The first till of a stand: "DKR" -> "DKR1"."""
    return f"{stand_code}1" if stand_code else ""


def _plain(text: str) -> str:
    """Capitals without accents: "Kédai" -> "KEDAI"."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).upper()
