"""Drawing on PDF pages: texts, lines, fields of colour. Points, from the page's upper left corner.

A long report has some hundred thousand texts. Plain ones (ASCII) are written into the page
directly, three times as fast as through reportlab's text objects; the others go through these.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Literal

from pos.receipts.pdf_font import NAME, PdfFont, pdf_font

A4 = (595.28, 841.89)
Colour = tuple[float, float, float]

INK: Colour = (0.114, 0.141, 0.2)
GREY: Colour = (0.357, 0.392, 0.471)
LINE: Colour = (0.804, 0.827, 0.863)
BAND: Colour = (0.933, 0.957, 0.961)
BRAND: Colour = (0.122, 0.373, 0.42)
ACCENT: Colour = (0.725, 0.376, 0.11)
PAPER: Colour = (1.0, 1.0, 1.0)

Align = Literal["left", "right", "center"]

_BOLD = 0.035
"""The outline that makes letters bold, as a part of their size."""

_SPECIAL = re.compile(r"[()\\]")
_ESCAPED = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})


class Pen:
    """A PDF in the making; `finish` gives its bytes."""

    def __init__(self, title: str, size: tuple[float, float] = A4) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        # Pages as text of 85 letters are for mail of the nineties, and a fifth of the time.
        rl_config.useA85 = 0
        self.width, self.height = size
        self.font: PdfFont = pdf_font()
        self._file = BytesIO()
        self._canvas = Canvas(self._file, pagesize=size, pageCompression=1, invariant=1)
        self._canvas.setTitle(self.font.clean(title))
        self._canvas.setCreator("Titip")
        self._name = self.font.registered.getSubsetInternalName(0, self._canvas._doc)  # noqa: SLF001
        self._code: list[str] = self._canvas._code  # noqa: SLF001 (see the module's docstring)
        self._fill: Colour | None = None

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 9,
        *,
        align: Align = "left",
        colour: Colour = INK,
        bold: bool = False,
    ) -> None:
        """A clean text (`font.clean`) whose baseline is `y` below the top."""
        if not text:
            return
        if align == "right":
            x -= self.font.width(text, size)
        elif align == "center":
            x -= self.font.width(text, size) / 2
        self._set_fill(colour)
        up = self.height - y
        if bold:
            r, g, b = colour
            self._code.append(f"q {size * _BOLD:.3f} w {r:.3f} {g:.3f} {b:.3f} RG")
        if text.isascii():
            mode = "2 Tr " if bold else ""
            shown = text.translate(_ESCAPED)
            self._code.append(
                f"BT {mode}{self._name} {size:.2f} Tf 1 0 0 1 {x:.2f} {up:.2f} Tm ({shown}) Tj ET"
            )
        else:
            self._canvas.setFont(NAME, size)
            self._canvas.drawString(x, up, text, mode=2 if bold else None)
        if bold:
            self._code.append("Q")

    def texts(
        self, placed: Sequence[tuple[float, float, str]], size: float, colour: Colour = INK
    ) -> None:
        """Clean texts of one size and colour, each from its (x, y) to the right: a table's row in one
        go, in a third of the time that each of its texts would take.
        """
        shown, up = [], self.height
        for x, y, text in placed:
            if text.isascii():
                safe = text.translate(_ESCAPED) if _SPECIAL.search(text) else text
                shown.append(f"1 0 0 1 {x:.2f} {up - y:.2f} Tm ({safe}) Tj")
            else:
                self.text(x, y, text, size, colour=colour)
        if shown:
            self._set_fill(colour)
            self._code.append(f"BT {self._name} {size:.2f} Tf {' '.join(shown)} ET")

    def line(
        self,
        x: float,
        y: float,
        to_x: float,
        to_y: float,
        *,
        colour: Colour = LINE,
        thick: float = 0.5,
    ) -> None:
        """A straight line."""
        r, g, b = colour
        top = self.height
        self._code.append(
            f"{r:.3f} {g:.3f} {b:.3f} RG {thick:.2f} w "
            f"{x:.2f} {top - y:.2f} m {to_x:.2f} {top - to_y:.2f} l S"
        )

    def field(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle whose upper left corner is (x, y)."""
        self._set_fill(colour)
        self._code.append(f"{x:.3f} {self.height - y - height:.3f} {width:.3f} {height:.3f} re f")

    def frame(self, x: float, y: float, width: float, height: float, *, radius: float = 0) -> None:
        """A thin outline, with round corners where `radius` says so."""
        self._canvas.setStrokeColorRGB(*LINE)
        self._canvas.setLineWidth(0.6)
        self._canvas.roundRect(x, self.height - y - height, width, height, radius)

    def bookmark(self, title: str) -> None:
        """An entry in the reader's outline that leads to this page."""
        key = f"p{self._canvas.getPageNumber()}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(self.font.clean(title), key, 0, 0)

    def end_page(self) -> None:
        """Finish this page; what comes next stands on a new one."""
        self._canvas.showPage()
        self._code = self._canvas._code  # noqa: SLF001
        self._fill = None

    def finish(self) -> bytes:
        """The file's bytes; the last page must have been ended."""
        self._canvas.save()
        return self._file.getvalue()

    def _set_fill(self, colour: Colour) -> None:
        if colour != self._fill:
            r, g, b = colour
            self._code.append(f"{r:.3f} {g:.3f} {b:.3f} rg")
            self._fill = colour
