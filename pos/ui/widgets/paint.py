"""Drawing that several widgets share: rounded boxes, keycaps, elided text."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText, QTransform

from pos.ui import theme
from pos.ui.fonts import font

Align = Qt.AlignmentFlag


def box(
    painter: QPainter,
    area: QRect | QRectF,
    fill: QColor | None,
    border: QColor | None = None,
    *,
    radius: float = theme.RADIUS,
    width: float = 1,
) -> None:
    """A rounded box whose border lies inside `area`."""
    inset = width / 2 if border is not None else 0
    painter.setPen(QPen(border, width) if border is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inner = QRectF(area).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(inner, radius, radius)


def text(
    painter: QPainter,
    area: QRect,
    words: str,
    typeface: QFont,
    colour: QColor,
    align: Align = Align.AlignLeft | Align.AlignVCenter,
) -> int:
    """One line of text, elided where it does not fit. Returns the width it took."""
    line, wide = _line(words, typeface)
    room = area.width()
    if wide > room:
        line, _least = _line(_elided(words, typeface, room), typeface)
        wide = room
    size = line.size()
    left = float(area.x())
    top = area.y() + (area.height() - size.height()) / 2 + _TO_BASELINE
    if align & Align.AlignRight:
        left += room - size.width()
    elif align & Align.AlignHCenter:
        left += (room - size.width()) / 2
    painter.setFont(typeface)
    painter.setPen(colour)
    painter.drawStaticText(QPointF(left, top), line)
    return wide


def text_once(
    painter: QPainter,
    area: QRect,
    words: str,
    typeface: QFont,
    colour: QColor,
    align: Align = Align.AlignLeft | Align.AlignVCenter,
) -> None:
    """As `text`, for words that are drawn once and kept as a picture: nothing else is kept of them."""
    painter.setFont(typeface)
    painter.setPen(colour)
    fitting = QFontMetrics(typeface).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, align | Qt.TextFlag.TextSingleLine, fitting)


_TO_BASELINE: Final = 0.25
"""So that half a pixel is rounded down to the pixel on which QPainter.drawText puts the line."""


@lru_cache(maxsize=1_024)
def _line(words: str, typeface: QFont) -> tuple[QStaticText, int]:
    """A line of text as it is laid out, and its width. Names and prices come again and again, and
    to lay one out takes longer than to draw it.
    """
    line = QStaticText(words)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.prepare(QTransform(), typeface)
    return line, round(line.size().width())


@lru_cache(maxsize=512)
def _elided(words: str, typeface: QFont, room: int) -> str:
    return QFontMetrics(typeface).elidedText(words, Qt.TextElideMode.ElideRight, room)


def text_width(words: str, typeface: QFont) -> int:
    """How wide a line of text is."""
    return _line(words, typeface)[1]


def keycap_width(key: str) -> int:
    """How wide a keycap with this key is."""
    return text_width(key, font("small-strong")) + 16


def keycap(
    painter: QPainter, area: QRect, key: str, ink: QColor, fill: QColor, border: QColor
) -> None:
    """A key as it looks on a keyboard, filling `area` (20 px or so high)."""
    box(painter, area, fill, border, radius=5)
    painter.setPen(QPen(border, 1))
    base = area.bottom() - 1
    painter.drawLine(area.left() + 4, base, area.right() - 4, base)
    text(painter, area, key, font("small-strong"), ink, Align.AlignCenter)


def blend(colour: QColor, over: QColor, share: float) -> QColor:
    """`colour` laid over another at `share` (0 to 1)."""
    rest = 1 - share
    return QColor(
        round(colour.red() * share + over.red() * rest),
        round(colour.green() * share + over.green() * rest),
        round(colour.blue() * share + over.blue() * rest),
    )
