"""Code 128 as widths of bars and spaces; the caller decides how wide a module is.

The encoding is reportlab's, drawn by us: on a thermal head each module must be whole dots.
"""

from functools import lru_cache

QUIET = 10
"""Modules of white that a reader needs on each side."""

LONGEST = 24
"""Letters; a longer code would be wider than any label, and is read from a QR code instead."""


@lru_cache(maxsize=4096)
def code128(text: str) -> tuple[int, ...]:
    """Widths in modules, a bar first, then a space and so on; () for what Code 128 can't say here.

    Only printable ASCII is taken: a code must be typed from the label when the scanner fails.
    """
    from reportlab.graphics.barcode.code128 import Code128

    if not 0 < len(text) <= LONGEST or not (text.isascii() and text.isprintable()):
        return ()
    code = Code128(text)
    code.validate()
    code.encode()
    code.decompose()
    # Bars are capital letters, spaces small ones; A and a are one module wide.
    return tuple(ord(letter.upper()) - ord("A") + 1 for letter in code.decomposed)
