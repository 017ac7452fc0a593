"""What stands in for a missing picture: the item's initials on a quiet colour of its own."""

from functools import lru_cache
from typing import Final
from zlib import crc32

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPixmap

from pos.ui.fonts import make_font
from pos.ui.selling.pictures import round_top
from pos.ui.widgets import paint

_PAIRS: Final = (
    ("#d9b48a", "#8a5a2b"),
    ("#9fc5c9", "#1f5f6b"),
    ("#e3c9d4", "#8c3b5e"),
    ("#c9d6a8", "#586e27"),
    ("#c5c3e6", "#4a4694"),
    ("#f0cfa0", "#b5651d"),
    ("#b8d8c4", "#2c7a4b"),
    ("#e6b8a8", "#9c3f22"),
)


def initials(name: str) -> str:
    """Tas anyam pandan -> "TA"."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()


def paint_placeholder(
    painter: QPainter, area: QRect, name: str, shade: str, ratio: float, radius: float
) -> None:
    """Paint it for an item without a picture; items of one `shade` (a seller) look alike.

    The grounds are drawn once and kept, the letters are painted each time: initials are too many.
    """
    pair = crc32(shade.encode()) % len(_PAIRS)
    painter.drawPixmap(area.topLeft(), _ground(pair, area.width(), area.height(), ratio, radius))
    letters, ink = _letters_font(area.height()), QColor(_PAIRS[pair][1])
    paint.text_once(painter, area, initials(name), letters, ink, paint.Align.AlignCenter)


@lru_cache(maxsize=4)
def _letters_font(height: int) -> QFont:
    return make_font(round(height * 0.36), 700)


@lru_cache(maxsize=3 * len(_PAIRS))
def _ground(pair: int, width: int, height: int, ratio: float, radius: float) -> QPixmap:
    ground, ink = (QColor(name) for name in _PAIRS[pair])
    picture = QImage(
        round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    picture.fill(ground)
    painter = QPainter(picture)
    painter.scale(ratio, ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    faint = QColor(ink)
    faint.setAlphaF(0.16)
    painter.setPen(QPen(faint, 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ring in range(3):
        reach = height * (0.55 + 0.35 * ring)
        painter.drawEllipse(QPointF(width * 0.92, height * 0.95), reach, reach)
    painter.end()
    rounded = QPixmap.fromImage(round_top(picture, radius * ratio))
    rounded.setDevicePixelRatio(ratio)
    return rounded
