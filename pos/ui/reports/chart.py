"""A chart on the screen: the same drawing as on paper, in the colours of the theme."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from pos.receipts.charts import BarChart, Word, arrange, legend_marks
from pos.ui import theme
from pos.ui.fonts import font

_TITLE: Final = 24
_LETTERS: Final = 11.0
_SERIES: Final = ("brand", "accent", "faint")


def paint_chart(painter: QPainter, area: QRect, chart: BarChart) -> None:
    """Draw it into `area`, its title above."""
    painter.setFont(font("small-strong"))
    painter.setPen(theme.colour("muted"))
    title = QFontMetrics(font("small-strong")).elidedText(
        chart.title, Qt.TextElideMode.ElideRight, area.width()
    )
    painter.drawText(QPointF(area.left(), area.top() + 14), title)
    left, top = float(area.left()), float(area.top() + _TITLE)
    drawing = arrange(chart, area.width(), area.height() - _TITLE, _LETTERS)
    for line in drawing.lines:
        painter.setPen(theme.colour("faint" if line.strong else "line"))
        painter.drawLine(
            QPointF(left + line.x, top + line.y), QPointF(left + line.to_x, top + line.y)
        )
    painter.setPen(Qt.PenStyle.NoPen)
    for bar in (*drawing.bars, *legend_marks(drawing, chart, _LETTERS)):
        painter.setBrush(_colour(bar.series))
        painter.drawRoundedRect(QRectF(left + bar.x, top + bar.y, bar.width, bar.height), 2, 2)
    painter.setFont(font("tiny"))
    painter.setPen(theme.colour("muted"))
    for word in drawing.words:
        _word(painter, word, left, top)


def _colour(series: int) -> QColor:
    return theme.colour(_SERIES[series % len(_SERIES)])


def _word(painter: QPainter, word: Word, left: float, top: float) -> None:
    wide = QFontMetrics(font("tiny")).horizontalAdvance(word.text)
    back = {"left": 0.0, "center": wide / 2, "right": float(wide)}[word.align]
    painter.drawText(QPointF(left + word.x - back, top + word.y), word.text)
