"""Pictures of goods for the tiles: read off the GUI thread, cut to size, kept up to a limit."""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QPixmap

from pos.ui.bridge import Done

LIMIT_BYTES: Final = 6 * 1024 * 1024
_AT_ONCE: Final = 4
"""So many are read in one go: one by one, each would wait for the window's loop in between."""
_WAITING: Final = 64
"""So many pictures wait to be read at most; those scrolled past are forgotten."""

Find = Callable[[str], Path | None]
RunAside = Callable[[Callable[[], list[QImage | None]], Done], object]
_Key = tuple[str, int, int]


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
    """`get` answers at once: the picture, or None until `arrived(name)` is told ("": any).

    What is missing is asked for while painting and read after it, a few at a time: nothing that is on
    its way to the screen waits for a picture.
    """

    def __init__(self, find: Find, run_aside: RunAside, arrived: Callable[[str], None]) -> None:
        self._find = find
        self._run_aside = run_aside
        self._arrived = arrived
        self.radius = 0.0
        self.least = 1
        """So many are kept whatever their size: as many as are in view, or they would push each
        other out for ever."""
        self._kept: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._bytes = 0
        self._wanted: OrderedDict[_Key, float] = OrderedDict()
        self._reading: dict[_Key, float] = {}
        self._put_off = False
        self._soon = QTimer()
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read_next)

    def get(self, name: str, size: QSize, ratio: float) -> QPixmap | None:
        """The picture at `size` device-independent pixels for a screen of `ratio`."""
        key = (name, round(size.width() * ratio), round(size.height() * ratio))
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return None if found.isNull() else found
        if key not in self._reading:
            self._want(key, ratio)
        return None

    @property
    def busy(self) -> bool:
        """Whether something that was asked for has not been read yet."""
        return bool(self._wanted or self._reading)

    def _want(self, key: _Key, ratio: float) -> None:
        self._wanted[key] = ratio
        if len(self._wanted) > _WAITING:
            self._wanted.popitem(last=False)
            self._put_off = True
        if not self._reading and not self._soon.isActive():
            self._soon.start(0)

    def _read_next(self) -> None:
        if self._wanted:
            count = min(_AT_ONCE, len(self._wanted))
            self._reading = dict(self._wanted.popitem(last=False) for _one in range(count))
            asked = [(key, self.radius * ratio) for key, ratio in self._reading.items()]
            self._run_aside(partial(_find_and_read, self._find, asked), self._read)
        elif self._put_off:
            self._put_off = False
            self._arrived("")

    def _read(self, images: list[QImage | None]) -> None:
        read, self._reading = self._reading, {}
        for (key, ratio), image in zip(read.items(), images, strict=True):
            # A file that has not come yet is looked for again when it is next painted.
            if image is not None:
                self._keep(key, ratio, image)
                self._arrived(key[0])
        self._read_next()

    def _keep(self, key: _Key, ratio: float, image: QImage) -> None:
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        self._kept[key] = picture
        self._bytes += _size_of(picture)
        while self._bytes > LIMIT_BYTES and len(self._kept) > self.least:
            _key, old = self._kept.popitem(last=False)
            self._bytes -= _size_of(old)


def _find_and_read(find: Find, asked: list[tuple[_Key, float]]) -> list[QImage | None]:
    images: list[QImage | None] = []
    for (name, width, height), radius in asked:
        try:
            path = find(name)
        except OSError:
            path = None
        images.append(read_picture(path, QSize(width, height), radius) if path else None)
    return images


def _size_of(picture: QPixmap) -> int:
    return 4 * picture.width() * picture.height()
