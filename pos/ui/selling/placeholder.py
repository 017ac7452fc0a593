"""What stands in for a missing picture: the item's initials on a quiet colour of its own."""

from functools import lru_cache
from typing import Final
from zlib import crc32

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from pos.ui.fonts import make_font
from pos.ui.selling.pictures import round_top

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


def placeholder(name: str, shade: str, size: QSize, ratio: float, radius: float) -> QPixmap:
    """A picture for an item without one; items of one `shade` (a seller) look alike."""
    pair = crc32(shade.encode()) % len(_PAIRS)
    return _draw(initials(name), pair, size.width(), size.height(), ratio, radius)


@lru_cache(maxsize=160)
def _draw(letters: str, pair: int, width: int, height: int, ratio: float, radius: float) -> QPixmap:
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
        radius = height * (0.55 + 0.35 * ring)
        painter.drawEllipse(QPointF(width * 0.92, height * 0.95), radius, radius)
    painter.setPen(ink)
    painter.setFont(make_font(round(height * 0.36), 700))
    painter.drawText(QRect(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, letters)
    painter.end()
    rounded = QPixmap.fromImage(round_top(picture, radius * ratio))
    rounded.setDevicePixelRatio(ratio)
    return rounded
