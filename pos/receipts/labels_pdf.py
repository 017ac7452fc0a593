"""Labels on sheets, as a PDF at true size: to be printed without "fit to page"."""

from pos.i18n import _
from pos.receipts.label_sheets import POINTS_PER_MM, LabelSheet
from pos.receipts.labels import (
    QR_QUIET,
    Bars,
    ItemLabel,
    Square,
    Wanted,
    repeated,
    symbol_for,
)
from pos.receipts.pdf_pen import GREY, INK, Pen

_MM = POINTS_PER_MM
_PAD = 1.4
_MOST_BARS = 15.0
_BLACK = (0.0, 0.0, 0.0)


def labels_pdf(
    labels: tuple[ItemLabel, ...],
    sheet: LabelSheet,
    *,
    start: int = 1,
    offset_mm: tuple[float, float] = (0.0, 0.0),
    wanted: Wanted = "auto",
) -> bytes:
    """The labels on as many sheets as they need, the first on label `start` (from 1).

    `offset_mm` moves everything to the right and down, as the calibration found for this printer.
    Raises UserError for a start that the sheet has not, and for too many labels.
    """
    every = repeated(labels)
    pen = _pen(sheet, _("Labels"))
    at = 0
    for label, (number, x, y) in zip(every, sheet.places(start, len(every)), strict=True):
        if number != at:
            pen.end_page()
            at = number
        _Label(pen, sheet, label, (x + offset_mm[0], y + offset_mm[1]), wanted).draw()
    pen.end_page()
    return pen.finish()


def label_test_pdf(sheet: LabelSheet, offset_mm: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """Every label's outline and number, to be held against a real sheet, and a ruler."""
    pen = _pen(sheet, _("Label test page"))
    for number, (_sheet, x, y) in enumerate(sheet.places(1, sheet.count), 1):
        left, top = (x + offset_mm[0]) * _MM, (y + offset_mm[1]) * _MM
        width, height = sheet.width * _MM, sheet.height * _MM
        pen.frame(left, top, width, height)
        size = min(14.0, height * 0.3)
        middle = left + width / 2
        pen.text(middle, top + height / 2 + size / 3, str(number), size, align="center")
        if number == 1:
            _crosshair(pen, left, top)
            shown = f"x {offset_mm[0]:+.1f} mm, y {offset_mm[1]:+.1f} mm".replace(".", ",")
            pen.text(middle, top + height - 5, shown, 6, align="center", colour=GREY)
    pen.end_page()
    return pen.finish()


def _crosshair(pen: Pen, x: float, y: float) -> None:
    """Two rulers of a centimetre from the first label's corner, marked at each millimetre."""
    for mm in range(11):
        long = 3.0 if mm % 5 == 0 else 1.5
        pen.line(x + mm * _MM, y, x + mm * _MM, y + long * _MM, colour=INK, thick=0.3)
        pen.line(x, y + mm * _MM, x + long * _MM, y + mm * _MM, colour=INK, thick=0.3)


def _pen(sheet: LabelSheet, title: str) -> Pen:
    return Pen(title, (sheet.page_width * _MM, sheet.page_height * _MM))


class _Label:
    """One label in points: bars below the words, or a QR code to their left."""

    def __init__(
        self,
        pen: Pen,
        sheet: LabelSheet,
        label: ItemLabel,
        corner_mm: tuple[float, float],
        wanted: Wanted,
    ) -> None:
        self._pen, self._label = pen, label
        self._x, self._y = corner_mm[0] * _MM, corner_mm[1] * _MM
        self._width, self._height = sheet.width * _MM, sheet.height * _MM
        self._symbol = symbol_for(label.code, sheet.width, sheet.height, wanted)
        tall = sheet.height
        self._name_size = min(10.0, max(6.0, tall * 0.27))
        self._price_size = min(15.0, max(8.0, tall * 0.42))
        self._code_size = min(8.0, max(5.6, tall * 0.23))

    def draw(self) -> None:
        clean, pad = self._pen.font.clean, _PAD * _MM
        symbol = self._symbol
        left, right = self._x + pad, self._x + self._width - pad
        if isinstance(symbol, Square):
            side = symbol.side_mm * _MM
            self._square(symbol, self._x + pad / 2, self._y + (self._height - side) / 2)
            left = self._x + pad / 2 + side + 2
        bottom = self._y + self._height - pad
        top = self._y + pad
        lines = 2 if self._height > 24 * _MM or isinstance(symbol, Square) else 1
        name = self._pen.font.wrap(clean(self._label.name), self._name_size, right - left, lines)
        for line in name:
            top += self._name_size
            self._pen.text(left, top, line, self._name_size, colour=_BLACK)
            top += 1.2
        self._price(left, top, right)
        # The p of "Rp" hangs below the line that the price stands on.
        top += self._price_size * 1.25 + 1.0
        self._codes(left, bottom, right)
        if isinstance(symbol, Bars):
            self._bars(symbol, top, bottom - self._code_size - 1.2)

    def _price(self, left: float, top: float, right: float) -> None:
        price, size = self._label.price_text, self._price_size
        if not price:
            return
        size = min(size, size * (right - left) / self._pen.font.width(price, size))
        self._pen.text(left, top + self._price_size, price, size, colour=_BLACK, bold=True)

    def _codes(self, left: float, bottom: float, right: float) -> None:
        """The code in letters at the left, whose it is at the right; the code has priority."""
        font, size, room = self._pen.font, self._code_size, right - left
        code = font.elide(font.clean(self._label.code), size, room)
        self._pen.text(left, bottom - 0.5, code, size, colour=_BLACK)
        room -= font.width(code, size) + 4
        seller = font.clean(self._label.seller_code)
        if seller and room > 2 * size:
            shown = font.elide(seller, size, room)
            self._pen.text(right, bottom - 0.5, shown, size, align="right", colour=_BLACK)

    def _bars(self, bars: Bars, top: float, bottom: float) -> None:
        height = min(bottom - top, _MOST_BARS * _MM)
        module = bars.module_mm * _MM
        at = self._x + (self._width - bars.width_mm * _MM) / 2
        for index, width in enumerate(bars.widths):
            if index % 2 == 0:
                self._pen.field(at, bottom - height, width * module, height, _BLACK)
            at += width * module

    def _square(self, square: Square, x: float, y: float) -> None:
        """Dark modules of a row that touch are one field, so that no hairline parts them."""
        module = square.module_mm * _MM
        for row, modules in enumerate(square.matrix):
            start = -1
            for column, dark in enumerate((*modules, False)):
                if dark and start < 0:
                    start = column
                elif not dark and start >= 0:
                    left = x + (QR_QUIET + start) * module
                    top = y + (QR_QUIET + row) * module
                    wide = (column - start) * module
                    self._pen.field(left, top, wide, module + 0.02, _BLACK)
                    start = -1
