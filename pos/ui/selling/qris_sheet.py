"""The stand's QRIS code in the place of the goods, for the customer to scan, and the amount beside it."""

from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.errors import UserError
from pos.i18n import _
from pos.money import rupiah
from pos.qr import Matrix, qr_matrix
from pos.qris import parse_qris
from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.selling.totals import fitting_font
from pos.ui.widgets import paint
from pos.ui.widgets.qr import paint_code

LEAST: Final = 400
"""Pixels each way; in less room the code stands in the payment's own panel."""
_MOST: Final = 560
_AROUND: Final = 18
_PAD: Final = 28
_WORDS: Final = 270
"""Width of the words beside the code; where there is not so much room they stand below it."""
_AMOUNT: Final = 56
_LINE: Final = 30


class QrisSheet(QWidget):
    """Shows one code and one amount; both are told to the customer, so both are large."""

    def __init__(self) -> None:
        super().__init__()
        self._matrix: Matrix = ()
        self._amount = 0
        self._whose = ("", "")
        self._hint = ""

    def show_code(self, text: str, amount: int) -> None:
        """This code; the amount is what is to be paid by it."""
        try:
            code = parse_qris(text)
            place = " · ".join(part for part in (code.city, code.nmid) if part)
            self._whose = (code.name, place)
            filled = code.has_amount
        except UserError:
            self._whose, filled = ("", ""), False
        self._hint = (
            _("The amount is in the code.") if filled else _("Type this amount on the phone.")
        )
        self._matrix = qr_matrix(text)
        self._amount = amount
        self.setAccessibleName(f"QRIS {rupiah(amount)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = self.rect().adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
        paint.box(painter, card, theme.colour("surface"), theme.colour("line"))
        inside = card.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        below = _AMOUNT + 3 * _LINE + 24
        beside = inside.width() - _WORDS - _PAD
        if min(beside, inside.height()) > min(inside.width(), inside.height() - below):
            side = min(beside, inside.height(), _MOST)
            left = inside.left() + (inside.width() - side - _PAD - _WORDS) // 2
            code = QRect(left, inside.center().y() - side // 2, side, side)
            words = QRect(
                code.right() + _PAD, code.top(), inside.right() - code.right() - _PAD, side
            )
            words.adjust(0, (side - below) // 2, 0, 0)
            align = paint.Align.AlignLeft | paint.Align.AlignVCenter
        else:
            side = max(1, min(inside.width(), inside.height() - below, _MOST))
            top = inside.top() + max(0, (inside.height() - side - below) // 2)
            code = QRect(inside.center().x() - side // 2, top, side, side)
            words = QRect(inside.left(), code.bottom() + 24, inside.width(), below)
            align = paint.Align.AlignCenter
        paint_code(painter, code, self._matrix, self.devicePixelRatioF())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_words(painter, words, align)

    def _paint_words(self, painter: QPainter, words: QRect, align: paint.Align) -> None:
        name, place = self._whose
        ink, muted = theme.colour("text"), theme.colour("muted")
        line = QRect(words.left(), words.top(), words.width(), _LINE)
        paint.text(painter, line, name or "QRIS", font("lead"), ink, align)
        line.translate(0, _LINE - 4)
        paint.text(painter, line, place, font("small"), muted, align)
        amount = QRect(words.left(), line.bottom() + 6, words.width(), round(_AMOUNT * 1.25))
        shown = rupiah(self._amount)
        typeface = fitting_font(shown, words.width(), _AMOUNT)
        paint.text(painter, amount, shown, typeface, ink, align)
        line.moveTop(amount.bottom() + 2)
        paint.text(painter, line, self._hint, font("body"), muted, align)
