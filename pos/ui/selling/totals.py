"""The totals below the cart, in one painted widget: a scan changes figures, never the layout."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.ui import theme
from pos.ui.fonts import font as role_font
from pos.ui.fonts import make_font
from pos.ui.selling.notes import minus
from pos.ui.widgets import paint

_ROW: Final = 25
_TOTAL: Final = 62
_TOTAL_LOW: Final = 44
_END: Final = paint.Align.AlignRight | paint.Align.AlignVCenter


def fitting_font(words: str, room: int, pixels: int, least: int = 18) -> QFont:
    """The heaviest type, as large as `pixels` or as the room allows."""
    typeface = _heavy(pixels)
    wide = paint.text_width(words, typeface)
    if wide <= room:
        return typeface
    return _heavy(max(least, pixels * room // max(1, wide)))


@cache
def _heavy(pixels: int) -> QFont:
    return make_font(pixels, 800)


@dataclass(frozen=True)
class Figures:
    """Rupiah, all before cash rounding."""

    subtotal: int = 0
    discount: int = 0
    total: int = 0
    note: str = ""


class Totals(QWidget):
    """Subtotal, discounts, and the total in large digits."""

    def __init__(self) -> None:
        super().__init__()
        self._figures = Figures()
        self._low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_low(self, low: bool) -> None:
        """Subtotal and discount share a line where the window is low."""
        if low != self._low:
            self._low = low
            self.updateGeometry()

    def show_figures(self, figures: Figures) -> None:
        """Repaints only when something is different."""
        if figures != self._figures:
            self._figures = figures
            self.setAccessibleName(f"{_('Total')} {rupiah(figures.total)}")
            self.update()

    def sizeHint(self) -> QSize:
        """Always the same height: nothing jumps when a discount comes in."""
        return QSize(200, _ROW + _TOTAL_LOW if self._low else 2 * _ROW + _TOTAL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        figures = self._figures
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_parts(painter, figures)
        words = rupiah(figures.total)
        label = _("Total")
        title = role_font("lead")
        taken = paint.text_width(label, title) + 16
        top = _ROW if self._low else 2 * _ROW
        base = QRect(0, top, self.width(), self.height() - top)
        big = fitting_font(words, self.width() - taken, 34 if self._low else 44)
        text = theme.colour("text")
        paint.text(painter, base.adjusted(taken, 0, 0, 0), words, big, text, _END)
        paint.text(painter, base.adjusted(0, base.height() // 4, 0, 0), label, title, text)

    def _paint_parts(self, painter: QPainter, figures: Figures) -> None:
        body, muted = role_font("body"), theme.colour("muted")
        line = QRect(0, 0, self.width(), _ROW)
        if not self._low or not figures.discount:
            paint.text(painter, line, _("Subtotal"), body, muted)
            paint.text(painter, line, thousands(figures.subtotal), body, muted, _END)
            line.translate(0, _ROW)
        if not figures.discount:
            return
        amount = minus(figures.discount)
        paint.text(painter, line, amount, body, theme.colour("accent"), _END)
        room = line.width() - paint.text_width(amount, body) - 12
        label = figures.note or _("Discount")
        if self._low:
            label = f"{_('Subtotal')} {thousands(figures.subtotal)} · {label}"
        paint.text(painter, QRect(0, line.top(), room, _ROW), label, body, muted)
