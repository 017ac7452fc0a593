"""One-bit pictures for paper: QR codes on the dot grid, and the stand's logo.

Rows are packed, a set bit is a black dot. Nothing here is scaled by fractions: a thermal head has
dots, and a module of 4.3 of them can't be read.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pos.qr import qr_matrix

QR_MASK = 3
"""A fixed mask: a receipt's code is new each time and must not hold up the paper."""

MAX_STRIP = 100
"""Rows sent in one raster command: small printers lose more than their buffer holds."""

AVOIDED_MULTIPLE = 48
"""Strips of a multiple of so many rows print wrongly on some clones."""

MAX_LOGO_ROWS = 240
"""A logo of 30 mm; a higher one is made smaller."""

MAX_PIXELS = 40_000_000
"""A picture of more pixels is not opened: a bomb, or a mistake."""


@dataclass(frozen=True)
class Bitmap:
    """`width` dots in `rows`, each of (width + 7) // 8 bytes."""

    width: int
    rows: tuple[bytes, ...]

    @property
    def stride(self) -> int:
        """Bytes a row."""
        return (self.width + 7) // 8


def strips(height: int) -> tuple[int, ...]:
    """Cut `height` rows into strips a printer can take: at most 100, no multiple of 48."""
    out: list[int] = []
    while height:
        strip = min(MAX_STRIP, height)
        if strip % AVOIDED_MULTIPLE == 0:
            strip -= 1
        out.append(strip)
        height -= strip
    return tuple(out)


def qr_bitmap(data: str, dots: int) -> Bitmap:
    """The QR code centred on paper of `dots`, its modules as large as suits: 3 to 6 dots.

    No text stands beside it, and the white above and below is the layout's, so only the left
    margin is part of the picture.
    """
    matrix = qr_matrix(data, QR_MASK)
    modules = len(matrix)
    scale = max(2, min(6, dots // 2 // modules))
    width = modules * scale
    margin = max(0, (dots - width) // 2)
    rows: list[bytes] = []
    stride = (margin + width + 7) // 8
    for row in matrix:
        bits = "0" * margin + "".join(("1" if dark else "0") * scale for dark in row)
        packed = int(bits.ljust(stride * 8, "0"), 2).to_bytes(stride, "big")
        rows += [packed] * scale
    return Bitmap(margin + width, tuple(rows))


@lru_cache(maxsize=4)
def _load_logo(path: Path, _modified_ns: int, dots: int) -> Bitmap:
    from PIL import Image, ImageOps

    with Image.open(path) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise ValueError(f"{opened.width}x{opened.height} is too large for a logo")
        opened.draft("L", (dots, dots))
        rgba = ImageOps.exif_transpose(opened).convert("RGBA")
    # Fitted once, to whole dots: larger ones shrink, smaller ones keep their size.
    rgba.thumbnail((dots, MAX_LOGO_ROWS), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", rgba.size, "white")
    paper.paste(rgba, mask=rgba.getchannel("A"))
    black = ImageOps.invert(paper.convert("L")).convert("1")
    margin = (dots - black.width) // 2
    placed = Image.new("1", (margin + black.width, black.height))
    placed.paste(black, (margin, 0))
    raw, stride = placed.tobytes(), (placed.width + 7) // 8
    rows = tuple(raw[at : at + stride] for at in range(0, len(raw), stride))
    return Bitmap(placed.width, rows)


def logo_bitmap(path: Path, dots: int) -> Bitmap | None:
    """The logo centred on paper of `dots`, dithered to one bit; None when it can't be read.

    A broken logo must not keep a receipt from being printed: the name is set large instead.
    """
    try:
        return _load_logo(path, path.stat().st_mtime_ns, dots)
    except (OSError, ValueError, SyntaxError, MemoryError):
        return None
