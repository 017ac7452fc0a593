"""The stand's logo on its receipts: shown as paper shows it, in black and white."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from pos.i18n import _
from pos.receipts.images import Bitmap, logo_bitmap
from pos.ui import icons, theme
from pos.ui.goods.picture import PICTURE_FILES
from pos.ui.listen import listen
from pos.ui.settings.gate import Word
from pos.ui.settings.page import caption, hint
from pos.ui.settings.section import Section
from pos.ui.widgets import paint
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label

DOTS: Final = 384
"""It is shown as on the narrow paper, whose dots are those of the wide one too."""


class LogoSection(Section):
    """Reads and changes the logo; `shown` is what the paper shows of it, None without one."""

    shown: Bitmap | None = None

    @property
    def has_logo(self) -> bool:
        """Whether receipts begin with a picture."""
        return bool(self._till.settings.logo())

    def refresh(self) -> None:
        """See Section; the picture is read off the GUI thread."""
        path = self._till.catalog.picture_path(self._till.settings.logo())
        if path is None:
            self.shown = None
        else:
            self._run(lambda: logo_bitmap(path, DOTS), self._read)
        super().refresh()

    def _read(self, shown: Bitmap | None) -> None:
        self.shown = shown
        self.on_change()

    def change(self, source: Path | None) -> None:
        """Take this picture (None: none any more), in a manager's name."""

        def write(word: Word) -> None:
            def done(_nothing: object) -> None:
                self.refresh()
                self.tell(note=_("Saved."))

            self.do(
                lambda: self._till.set_logo(source, by=word.by, approver_id=word.approver_id), done
            )

        self._gate.ask(_("A manager's PIN is needed to change the logo."), write)


class LogoField(QWidget):
    """The logo as paper shows it, and the buttons to change it."""

    def __init__(self, section: LogoSection) -> None:
        super().__init__()
        self._section = section
        self._paper = _Paper()
        self.choose = Button(_("Choose a picture"), "outline", icon="image")
        self.choose.clicked.connect(self._choose)
        self.remove = Button(_("Remove"), "danger", icon="trash")
        self.remove.clicked.connect(lambda: section.change(None))
        self._said = Label("", "small", wrap=True)
        self._said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = hint(_("Black on white prints best. Without a logo the stand's name is set large."))
        buttons = column(row(self.choose, self.remove, None, gap=8), words, self._said, None, gap=8)
        line = row(self._paper, gap=16)
        line.addLayout(buttons, 1)
        self.setLayout(column(caption(_("Logo on the receipt")), line, gap=6))
        listen(self, section, self.show_section)

    def refresh(self) -> None:
        """Read what holds."""
        self._section.refresh()

    def show_section(self) -> None:
        """What the section says."""
        section = self._section
        self._paper.show_bitmap(section.shown)
        self.remove.setVisible(section.has_logo)
        self.choose.setEnabled(not section.busy)
        self.remove.setEnabled(not section.busy)
        wrong = next(iter(section.errors.values()), "")
        self._said.set_tone("bad" if wrong else "good")
        self._said.setText(wrong or section.note)
        self._said.setVisible(bool(wrong or section.note))

    def _choose(self) -> None:
        kinds = f"{_('Pictures')} ({PICTURE_FILES})"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open"), "", kinds)
        if chosen:
            self._section.change(Path(chosen))


class _Paper(QWidget):
    """A piece of white paper, in every theme."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setFixedSize(220, 120)

    def show_bitmap(self, bitmap: Bitmap | None) -> None:
        """What lies on it; None for nothing."""
        self._image = image_of(bitmap) if bitmap is not None else None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paper = self.rect()
        paint.box(painter, paper, QColor("#ffffff"), theme.colour("line"), radius=10)
        if self._image is None:
            spot = QRect(QPoint(), QSize(24, 24))
            spot.moveCenter(paper.center())
            icons.paint(painter, spot, "image", QColor("#8a92a3"))
            return
        room = paper.size() - QSize(16, 16)
        size = self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint(), size)
        place.moveCenter(paper.center())
        painter.drawImage(place, self._image)


def image_of(bitmap: Bitmap) -> QImage:
    """Dots as a picture, the white around them cut off."""
    raw = b"".join(bitmap.rows)
    dots = QImage(raw, bitmap.width, len(bitmap.rows), bitmap.stride, QImage.Format.Format_Mono)
    dots.setColorTable([0xFFFFFFFF, 0xFF000000])
    margin = _white_columns(bitmap)
    return dots.copy(margin, 0, bitmap.width - margin, len(bitmap.rows)).convertToFormat(
        QImage.Format.Format_RGB32
    )


def _white_columns(bitmap: Bitmap) -> int:
    """Whole bytes without a dot at the left, in dots: the margin that centres it on paper."""
    for at in range(bitmap.stride):
        if any(line[at] for line in bitmap.rows):
            return at * 8
    return 0
