"""The report on the screen: charts and tables one below the other, scrolled, of any length."""

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScroller

from pos.i18n import _
from pos.receipts.report import Report, ReportRow, row_texts
from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.reports.chart import paint_chart
from pos.ui.reports.shapes import HEAD, PAD, ROW, Block, Shape, shape_of, title_lines
from pos.ui.widgets import paint

_MARGIN: Final = 20
_LINE: Final = 15
_HEADING: Final = "group"


class ReportView(QAbstractScrollArea):
    """Arrows, pages, Home and End scroll; a finger too."""

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | None = None
        self._shape = Shape((), 0, 0, small=False)
        self.setAccessibleName(_("Report"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    @property
    def report(self) -> Report | None:
        """What is shown."""
        return self._report

    def show_report(self, report: Report | None) -> None:
        """Show another one, from its top; the same kind again stays where it was."""
        if report is self._report:
            return
        same = report is not None and self._report is not None
        same = same and report is not None and report.title == self._report_title()
        self._report = report
        self._arrange()
        if not same:
            self.verticalScrollBar().setValue(0)
            self.horizontalScrollBar().setValue(0)
        self.viewport().update()

    def _report_title(self) -> str:
        return self._report.title if self._report is not None else ""

    def _arrange(self) -> None:
        room = self.viewport().size()
        width = max(200, room.width() - 2 * _MARGIN)
        self._shape = (
            shape_of(self._report, width) if self._report else Shape((), 0, 0, small=False)
        )
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, self._shape.height + 2 * _MARGIN - room.height()))
        down.setPageStep(room.height())
        down.setSingleStep(ROW)
        across.setRange(0, max(0, self._shape.width + 2 * _MARGIN - room.width()))
        across.setPageStep(room.width())
        across.setSingleStep(ROW)

    # -- see Qt ------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End too; the rest is as Qt has it."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is in view."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), theme.colour("surface"))
        x = _MARGIN - self.horizontalScrollBar().value()
        y = _MARGIN - self.verticalScrollBar().value()
        high = self.viewport().height()
        for block in self._shape.blocks:
            top = y + block.top
            if top + block.height < 0:
                continue
            if top > high:
                break
            self._paint(painter, block, QRect(x, top, self._shape.width, block.height))
        if self.hasFocus():
            ring = self.viewport().rect().adjusted(2, 2, -2, -2)
            paint.box(painter, ring, None, theme.colour("brand"), radius=10, width=2)

    # -- painting ----------------------------------------------------------------------------

    def _paint(self, painter: QPainter, block: Block, area: QRect) -> None:
        if block.part == "title":
            spot = area.adjusted(0, 0, 0, -8)
            align = paint.Align.AlignLeft | paint.Align.AlignBottom
            paint.text(painter, spot, block.text, font("lead"), theme.colour("text"), align)
        elif block.part == "sentence":
            spot = area.adjusted(PAD, 0, 0, 0)
            paint.text(painter, spot, block.text, font("small"), theme.colour("muted"))
        elif block.part == "chart" and block.table.chart is not None:
            room = min(area.width(), self.viewport().width() - 2 * _MARGIN)
            spot = QRect(area.left(), area.top(), room, area.height() - 12)
            paint_chart(painter, spot, block.table.chart)
        elif block.part == "head":
            _paint_head(painter, block, area)
        elif block.part == "rows":
            self._paint_rows(painter, block, area)

    def _paint_rows(self, painter: QPainter, block: Block, area: QRect) -> None:
        rows = block.table.all_rows
        first = max(0, -area.top() // ROW)
        last = min(len(rows), (self.viewport().height() - area.top()) // ROW + 1)
        for index in range(first, last):
            spot = QRect(area.left(), area.top() + index * ROW, area.width(), ROW)
            self._paint_row(painter, block, rows[index], spot)

    def _paint_row(self, painter: QPainter, block: Block, row: ReportRow, area: QRect) -> None:
        if row.style == "total":
            painter.fillRect(area.adjusted(0, 0, 0, -1), theme.colour("field"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())
        role = "small" if self._shape.small else "body"
        if row.style != "plain":
            role += "-strong"
        columns = block.table.columns
        texts = row_texts(row, columns)
        for column, (left, wide), text in zip(columns, block.places, texts, strict=True):
            if text:
                spot = QRect(area.left() + left + PAD, area.top(), wide - 2 * PAD, ROW)
                ink = _ink(text, figure=column.is_figure)
                paint.text(painter, spot, text, font(role), ink, _align(right=column.is_figure))


def _ink(text: str, *, figure: bool) -> QColor:
    return theme.colour("accent" if figure and text.startswith("-") else "text")


def _align(*, right: bool) -> paint.Align:
    side = paint.Align.AlignRight if right else paint.Align.AlignLeft
    return side | paint.Align.AlignVCenter


def _paint_head(painter: QPainter, block: Block, area: QRect) -> None:
    painter.fillRect(area, theme.colour("brand_soft"))
    for column, (left, wide) in zip(block.table.columns, block.places, strict=True):
        lines = title_lines(column.title)
        top = area.top() + (HEAD - _LINE * len(lines)) // 2
        for at, line in enumerate(lines):
            spot = QRect(area.left() + left + PAD, top + at * _LINE, wide - 2 * PAD, _LINE)
            align = _align(right=column.is_figure)
            paint.text(painter, spot, line, font("small-strong"), theme.colour("brand"), align)
