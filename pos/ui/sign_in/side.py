"""The coloured side of the sign-in screen: which stand, what day, and whether it is a sample."""

import datetime as dt
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.formats import format_date_long, format_time
from pos.i18n import _
from pos.ui import icons, theme
from pos.ui.fonts import font
from pos.ui.widgets import paint
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.services.till_info import TillInfo

_LOGO: Final = 44


class Side(QWidget):
    """Painted in the brand's colour. `foot` is a layout for buttons of later screens."""

    def __init__(self, info: "TillInfo") -> None:
        super().__init__()
        self._clock = _Bright("", "figure")
        self._day = _Bright("", "body", wrap=True)
        parts = QVBoxLayout(self)
        self._margin = 0
        parts.setSpacing(6)
        parts.addWidget(_Bright(info.stand_name, "heading", wrap=True))
        for line in info.address:
            parts.addWidget(_Bright(line, "small", wrap=True))
        parts.addWidget(_Bright(_("Till {code}").format(code=info.till_code), "small"))
        parts.addStretch(1)
        parts.addWidget(self._clock)
        parts.addWidget(self._day)
        if info.sample:
            parts.addSpacing(18)
            parts.addWidget(_SampleNote())
        self.foot = QVBoxLayout()
        parts.addLayout(self.foot)

    def set_room(self, width: int, margin: int) -> None:
        """As wide as this, with such margins: less of both in a small window."""
        self.setFixedWidth(width)
        if margin != self._margin:
            self._margin = margin
            layout = self.layout()
            if layout is not None:
                layout.setContentsMargins(margin, margin + _LOGO + 20, margin, margin)

    def show_time(self, now: dt.datetime) -> None:
        """The time and the day, as they are at the stand."""
        self._clock.setText(format_time(now))
        self._day.setText(format_date_long(now.date()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), _ground())
        logo = QRect(self._margin, self._margin, _LOGO, _LOGO)
        paint.box(painter, logo, _ink())
        paint.text(painter, logo, "t", font("heading"), _ground(), paint.Align.AlignCenter)


class _Bright(Label):
    """Text on the brand's colour, in either theme."""

    def __init__(self, text: str, role: str, *, wrap: bool = False) -> None:
        super().__init__(text, role, wrap=wrap)
        self.setProperty("tone", "on-brand")
        self._colour()
        theme.state().changed.connect(self._colour)  # type: ignore[attr-defined]  # a signal of its class

    def _colour(self) -> None:
        role = "text" if theme.is_dark() else "on_brand"
        self.setStyleSheet(f"color: {theme.colour(role).name()};")


class _SampleNote(QWidget):
    """Says that nothing here is real."""

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(52, 14, 16, 14)
        box.setSpacing(2)
        box.addWidget(Label(_("Sample stand"), "title", "accent"))
        said = _("To try things out. Nothing here is real; the PINs stand beside the names.")
        box.addWidget(Label(said, "small", wrap=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, self.rect(), theme.colour("accent_soft"))
        area = QRect(16, 14, 24, 24)
        icons.paint(painter, area, "flask", theme.colour("accent"))


def _ground() -> QColor:
    return theme.colour("brand_soft" if theme.is_dark() else "brand")


def _ink() -> QColor:
    return theme.colour("brand" if theme.is_dark() else "on_brand")
