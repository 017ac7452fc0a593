"""A QR code, large, on white in every theme (phones read dark on light)."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.qr import Matrix
from pos.ui import theme
from pos.ui.widgets import paint

_QUIET = 4
"""Modules of quiet zone, as the standard asks."""


class QrView(QWidget):
    """Paints the modules on whole pixels of the screen."""

    def __init__(self, largest: int = 240) -> None:
        super().__init__()
        self._matrix: Matrix = ()
        self._largest = largest
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(120, 120)

    def set_matrix(self, matrix: Matrix) -> None:
        """Show this code; an empty one shows a white square."""
        self._matrix = matrix
        self.update()

    def sizeHint(self) -> QSize:
        """As large as it may be."""
        return QSize(self._largest, self._largest)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        side = min(self.width(), self.height(), self._largest)
        square = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_code(painter, square, self._matrix, self.devicePixelRatioF())


def paint_code(painter: QPainter, square: QRect, matrix: Matrix, ratio: float) -> None:
    """A code as large as fits a white square, its modules whole pixels of a screen of `ratio`."""
    paint.box(painter, square, QColor("#ffffff"), theme.colour("line"))
    if not matrix:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#000000"))
    modules = len(matrix) + 2 * _QUIET
    step = max(1, int(square.width() * ratio) // modules) / ratio
    inset = (square.width() - step * len(matrix)) / 2
    painter.translate(square.left() + inset, square.top() + inset)
    painter.scale(step, step)
    for y, line in enumerate(matrix):
        for x, dark in enumerate(line):
            if dark:
                painter.drawRect(x, y, 1, 1)
    painter.restore()
