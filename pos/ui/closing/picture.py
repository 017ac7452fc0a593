"""The picture of a cash move's slip: a small one to press, and the whole of it, large."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.i18n import _
from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.goods.picture import Thumb
from pos.ui.widgets import paint
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel

if TYPE_CHECKING:
    from pos.ui.closing.presenter import ClosingPresenter
    from pos.ui.closing.state import ClosingState
    from pos.ui.desk import Desk

_THUMB: Final = QSize(60, 45)
_MOST: Final = QSize(1_600, 1_600)
"""Pixels that are read at most: enough to read a slip on a till's screen."""


class SlipThumb(Thumb):
    """Opens by a touch, Enter or Space."""

    pressed = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk, _THUMB)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Picture of the slip"))
        self.setToolTip(_("Show it large"))

    def show_picture(self, name: str) -> None:
        """See Thumb; without a picture there is nothing to press."""
        super().show_picture(name)
        self.setEnabled(bool(name))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A touch."""
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that press a button."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The focus shows around it."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.box(painter, self.rect(), None, theme.colour("accent"), radius=4, width=3)


class WholePicture(QWidget):
    """All of a picture, as large as fits; read beside the screen."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self._desk = desk
        self._name = ""
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def image(self) -> QImage | None:
        """What is shown: None while it is read, a null image when it can't be."""
        return self._image

    def show_picture(self, name: str) -> None:
        """Another one; "" for none."""
        if name == self._name:
            return
        self._name, self._image = name, None
        path = self._desk.till.catalog.picture_path(name) if name else None
        if path is not None:
            self._desk.run_aside(partial(read_whole, path), partial(self._read, name))
        elif name:
            self._image = QImage()
        self.update()

    def _read(self, name: str, image: QImage) -> None:
        if name == self._name:
            self._image = image
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        paint.box(painter, self.rect(), theme.colour("field"), radius=10)
        if self._image is None:
            return
        if self._image.isNull():
            centre = Qt.AlignmentFlag.AlignCenter
            said = _("This picture can't be read.")
            colour: QColor = theme.colour("muted")
            paint.text(painter, self.rect(), said, font("body"), colour, centre)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.rect().adjusted(8, 8, -8, -8)
        spot = QRect()
        spot.setSize(self._image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
        spot.moveCenter(room.center())
        painter.drawImage(spot, self._image)


class PicturePage(QWidget):
    """Stands in for the whole screen until it is left."""

    def __init__(self, presenter: "ClosingPresenter", desk: "Desk") -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = ElidedLabel("", "heading")
        self.whole = WholePicture(desk)
        self.back = Button(_("Back"), "outline", icon="arrow-left", key="Esc")
        self.back.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.back.clicked.connect(presenter.back)
        top = row(self._title, self.back, gap=12)
        top.setStretch(0, 1)
        box = column(top, gap=10)
        box.addWidget(self.whole, 1)
        self.setLayout(box)

    def show_state(self, state: "ClosingState") -> None:
        """Show what has changed."""
        self._title.set_text(state.viewed_title)
        self.whole.show_picture(state.viewed)


def read_whole(path: Path) -> QImage:
    """All of the picture, not larger than a till's screen needs; a null image if unreadable."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and (size.width() > _MOST.width() or size.height() > _MOST.height()):
        reader.setScaledSize(size.scaled(_MOST, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()
