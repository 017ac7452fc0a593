"""Drawing that several widgets share: rounded boxes, keycaps, elided text."""

from functools import cache, lru_cache

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

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
    shown = words
    wide = text_width(words, typeface)
    if wide > area.width():
        metrics = QFontMetrics(typeface)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        wide = area.width()
    painter.setFont(typeface)
    painter.setPen(colour)
    painter.drawText(area, _one_line(align), shown)
    return wide


@lru_cache(maxsize=1_024)
def text_width(words: str, typeface: QFont) -> int:
    """How wide a line of text is; prices, codes and labels come again and again."""
    return QFontMetrics(typeface).horizontalAdvance(words)


@cache
def _one_line(align: Align) -> int:
    """The flags as the painter wants them; putting enums together is slow in Python."""
    return int(align | Qt.TextFlag.TextSingleLine)


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
