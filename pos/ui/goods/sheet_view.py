"""A label sheet drawn small: where the first label goes is chosen on it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.receipts.label_sheets import SHEETS, LabelSheet
from pos.ui import theme


class SheetView(QWidget):
    """`chosen` carries the number of the label that was touched, from 1."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._sheet: LabelSheet = SHEETS[0]
        self._first, self._count = 1, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(110)

    def sizeHint(self) -> QSize:
        """Room enough to touch a label of most sheets."""
        return QSize(240, 220)

    def show_sheet(self, sheet: LabelSheet, first: int, count: int) -> None:
        """This sheet; `count` labels from label `first` on are to be printed."""
        self._sheet, self._first, self._count = sheet, first, count
        self.update()

    def _scale(self) -> tuple[float, float, float]:
        sheet = self._sheet
        scale = min((self.width() - 4) / sheet.page_width, (self.height() - 4) / sheet.page_height)
        return (
            scale,
            (self.width() - sheet.page_width * scale) / 2,
            (self.height() - sheet.page_height * scale) / 2,
        )

    def _area(self, position: int) -> QRectF:
        scale, left, top = self._scale()
        x, y = self._sheet.place(position)
        wide, high = self._sheet.width, self._sheet.height
        return QRectF(left + x * scale, top + y * scale, wide * scale, high * scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale, left, top = self._scale()
        sheet = self._sheet
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("surface"))
        page = QRectF(left, top, sheet.page_width * scale, sheet.page_height * scale)
        painter.drawRoundedRect(page, 4, 4)
        for position in range(sheet.count):
            used = self._first - 1 <= position < self._first - 1 + self._count
            gone = position < self._first - 1
            role = "brand" if used else "ground" if gone else "field"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(role))
            painter.drawRoundedRect(self._area(position).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The label under the finger is the first one."""
        for position in range(self._sheet.count):
            if self._area(position).contains(event.position()):
                self.chosen.emit(position + 1)
                return
