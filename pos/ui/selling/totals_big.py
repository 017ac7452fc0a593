"""One amount in digits as large as fit."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.money import rupiah
from pos.ui import theme
from pos.ui.selling.totals import fitting_font
from pos.ui.widgets import paint


class BigAmount(QWidget):
    """Left-aligned rupiah."""

    def __init__(self, pixels: int, role: str = "text") -> None:
        super().__init__()
        self._pixels = pixels
        self._role = role
        self._amount = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def amount(self) -> int:
        """What is shown (rupiah)."""
        return self._amount

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(160, round(self._pixels * 1.28))

    def set_pixels(self, pixels: int) -> None:
        """Smaller digits, where the window is low."""
        if pixels != self._pixels:
            self._pixels = pixels
            self.updateGeometry()

    def show_amount(self, amount: int) -> None:
        """Repaints only when it is another one."""
        if amount != self._amount:
            self._amount = amount
            self.setAccessibleName(rupiah(amount))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        words = rupiah(self._amount)
        typeface = fitting_font(words, self.width(), self._pixels)
        paint.text(painter, self.rect(), words, typeface, theme.colour(self._role))
