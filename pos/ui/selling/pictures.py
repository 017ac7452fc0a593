"""Pictures of goods for the tiles: read off the GUI thread, cut to size, kept up to a limit."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QPixmap

from pos.ui.bridge import Done

LIMIT_BYTES: Final = 24 * 1024 * 1024
_AT_ONCE: Final = 24
"""So many pictures wait to be read at most; those scrolled past are forgotten."""

Find = Callable[[str], Path | None]
RunAside = Callable[[Callable[[], QImage], Done], object]


def round_top(image: QImage, radius: float) -> QImage:
    """The picture with its upper corners rounded (`radius` in pixels).

    Done once: clipping to a rounded shape while painting takes a millisecond for each card.
    """
    rounded = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    rounded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(image))
    below = image.height() + 2 * radius
    painter.drawRoundedRect(QRectF(0, 0, image.width(), below), radius, radius)
    painter.end()
    return rounded


def read_picture(path: Path, size: QSize, radius: float = 0) -> QImage:
    """The picture, filling `size` pixels with its middle; a null image when it can't be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    whole = reader.size()
    if whole.isValid():
        reader.setScaledSize(whole.scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return image
    left = (image.width() - size.width()) // 2
    top = (image.height() - size.height()) // 2
    return round_top(image.copy(left, top, size.width(), size.height()), radius)


class Pictures:
    """`get` answers at once: the picture, or None until `arrived(name)` is told ("": any)."""

    def __init__(self, find: Find, run_aside: RunAside, arrived: Callable[[str], None]) -> None:
        self._find = find
        self._run_aside = run_aside
        self._arrived = arrived
        self.radius = 0.0
        self._kept: OrderedDict[tuple[str, int, int], QPixmap] = OrderedDict()
        self._bytes = 0
        self._reading: set[tuple[str, int, int]] = set()
        self._put_off = False

    def get(self, name: str, size: QSize, ratio: float) -> QPixmap | None:
        """The picture at `size` device-independent pixels for a screen of `ratio`."""
        pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
        key = (name, pixels.width(), pixels.height())
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return None if found.isNull() else found
        if key in self._reading:
            return None
        if len(self._reading) >= _AT_ONCE:
            self._put_off = True
        else:
            path = self._find(name)
            if path is not None:
                self._reading.add(key)
                done = partial(self._read, key, ratio)
                self._run_aside(partial(read_picture, path, pixels, self.radius * ratio), done)
        return None

    def _read(self, key: tuple[str, int, int], ratio: float, image: QImage) -> None:
        self._reading.discard(key)
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        self._kept[key] = picture
        self._bytes += _size_of(picture)
        while self._bytes > LIMIT_BYTES and len(self._kept) > 1:
            _key, old = self._kept.popitem(last=False)
            self._bytes -= _size_of(old)
        if self._put_off and len(self._reading) < _AT_ONCE // 2:
            self._put_off = False
            self._arrived("")
        else:
            self._arrived(key[0])


def _size_of(picture: QPixmap) -> int:
    return 4 * picture.width() * picture.height()
