"""QR codes as plain rows of dark and light, for the screen and for paper."""

from functools import lru_cache

from pos.errors import UserError
from pos.i18n import _

Matrix = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=16)
def qr_matrix(text: str, mask: int | None = None) -> Matrix:
    """The code's modules, True for dark, without the quiet zone; error correction M or better.

    `mask` (0 to 7) spares the search for the best-looking mask, which takes four fifths of the
    time; a reader takes any. Raises UserError when the text is empty or fits into no QR code.
    """
    import segno

    if not text:
        raise UserError(_("There is nothing to make a QR code of."))
    try:
        code = segno.make_qr(text, error="m", mask=mask)
    except (segno.DataOverflowError, UnicodeError) as error:
        raise UserError(_("This text is too long for a QR code.")) from error
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
