"""A picture of goods: shown small, chosen from a file, pasted from the clipboard."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui import icons, theme
from pos.ui.selling.pictures import Pictures
from pos.ui.widgets import paint

if TYPE_CHECKING:
    from pos.ui.desk import Desk

PICTURE_FILES: Final = "*.png *.jpg *.jpeg *.webp *.bmp *.gif"


class Thumb(QWidget):
    """The picture, or the mark of one that is not there."""

    def __init__(self, desk: "Desk", size: QSize) -> None:
        super().__init__()
        self._name = ""
        self._pictures = Pictures(
            desk.till.catalog.picture_path, desk.run_aside, lambda _name: self.update()
        )
        self._pictures.radius = 0
        self.setFixedSize(size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, name: str) -> None:
        """Another one; "" for none."""
        if name != self._name:
            self._name = name
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        found = None
        if self._name:
            found = self._pictures.get(self._name, self.size(), self.devicePixelRatioF())
        if found is None:
            paint.box(painter, self.rect(), theme.colour("field"), radius=10)
            spot = QRect(0, 0, 24, 24)
            spot.moveCenter(self.rect().center())
            icons.paint(painter, spot, "image", theme.colour("faint"))
            return
        painter.drawPixmap(0, 0, found)


def clipboard_picture() -> Path | None:
    """What lies on the clipboard as a file of its own (to be deleted), or None without a picture."""
    clipboard = QGuiApplication.clipboard()
    image: QImage = clipboard.image()
    if image.isNull():
        for address in clipboard.mimeData().urls():
            loaded = QImage(address.toLocalFile()) if address.isLocalFile() else QImage()
            if not loaded.isNull():
                image = loaded
                break
    if image.isNull():
        return None
    with tempfile.NamedTemporaryFile(prefix="titip-", suffix=".png", delete=False) as file:
        target = Path(file.name)
    if not image.save(str(target)):
        target.unlink(missing_ok=True)
        return None
    return target
