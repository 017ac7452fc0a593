"""A paper on the screen, as the printer would make it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from pos.i18n import _
from pos.money import thousands
from pos.ui import theme

if TYPE_CHECKING:
    from pos.receipts.documents import Document
    from pos.receipts.escpos import ImageFolder, PaperProfile

_MOST: Final = 400
"""Pixels wide at most; wider only makes the letters coarse."""
_LEAST: Final = 220
_SHADOW: Final = 10
LONGEST: Final = 600
"""Lines of a paper: more than two metres of it nobody reads on the screen."""


def paper_image(
    document: "Document", profile: "PaperProfile", pictures: "ImageFolder | None" = None
) -> QImage:
    """The paper as a picture; some milliseconds of work. `pictures` finds the logo.

    Of a very long one the beginning, and how much more there is.
    """
    from pos.receipts.elements import Feed, Text
    from pos.receipts.layout import layout
    from pos.receipts.preview import render

    elements = layout(document, profile.columns)
    if len(elements) > LONGEST:
        more = _("... and {count} lines more").format(count=thousands(len(elements) - LONGEST))
        elements = (*elements[:LONGEST], Feed(), Text(more, "center"), Feed())
    picture = render(elements, profile, pictures)
    raw, wide = picture.tobytes(), picture.width
    made = QImage(raw, wide, picture.height, wide, QImage.Format.Format_Grayscale8)
    # The picture's bytes belong to Python; a copy belongs to Qt.
    return made.copy()


class _Sheet(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self._fitted = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def fit(self, width: int) -> None:
        """As wide as there is room, its height in proportion."""
        if self.image.isNull():
            self._fitted = QImage()
            self.setFixedHeight(0)
            return
        wide = max(_LEAST, min(_MOST, width - 2 * _SHADOW))
        high = self.image.height() * wide // self.image.width()
        self.setFixedHeight(high + 2 * _SHADOW)
        # Made smaller by averaging, once: while painting it would lose the letters' strokes.
        ratio = self.devicePixelRatioF()
        self._fitted = self.image.scaled(
            round(wide * ratio),
            round(high * ratio),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wide = max(_LEAST, min(_MOST, self.width() - 2 * _SHADOW))
        area = QRect((self.width() - wide) // 2, _SHADOW, wide, self.height() - 2 * _SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(1, 5):
            painter.setOpacity(0.04)
            painter.setBrush(Qt.GlobalColor.black)
            painter.drawRect(area.adjusted(-step, -step + 2, step, step + 2))
        painter.setOpacity(1)
        painter.drawImage(area, self._fitted)
        painter.setPen(theme.colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)


class PaperView(QScrollArea):
    """Scrolls where the paper is long. It takes the keyboard only to scroll, by Tab."""

    def __init__(self, name: str, pictures: "ImageFolder | None" = None) -> None:
        super().__init__()
        self._pictures = pictures
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._sheet = _Sheet()
        self.setWidget(self._sheet)
        self.viewport().setAutoFillBackground(False)
        self._sheet.setAutoFillBackground(False)
        self._shown: tuple[Document, PaperProfile] | None = None

    @property
    def document(self) -> "Document | None":
        """What is shown."""
        return self._shown[0] if self._shown else None

    def show_document(self, document: "Document | None", profile: "PaperProfile") -> None:
        """Show this paper from its top; None for nothing."""
        wanted = (document, profile) if document is not None else None
        if wanted == self._shown:
            return
        self._shown = wanted
        self._sheet.image = paper_image(*wanted, self._pictures) if wanted else QImage()
        self._sheet.fit(self.viewport().width())
        self.verticalScrollBar().setValue(0)

    def sizeHint(self) -> QSize:
        """Room for a paper."""
        return QSize(_MOST, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self._sheet.fit(self.viewport().width())
