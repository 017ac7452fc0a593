"""The five steps of the close, painted: done, now, still to come."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.i18n import _
from pos.ui import icons, theme
from pos.ui.fonts import font
from pos.ui.widgets import paint

_ROW: Final = 48
_CIRCLE: Final = 28


def step_names() -> tuple[str, ...]:
    """What the steps are called, in their order."""
    return (
        _("QRIS & transfers checked"),
        _("Count the drawer"),
        _("Difference & reason"),
        _("Deposit & float for tomorrow"),
        _("Print the Z report"),
    )


class StepList(QWidget):
    """Shows how far the close has come; it is not for pressing."""

    def __init__(self) -> None:
        super().__init__()
        self._names = step_names()
        self._at = 0
        self._all_done = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A row a step."""
        return QSize(200, _ROW * len(self._names))

    def minimumSizeHint(self) -> QSize:
        """Names are elided."""
        return QSize(100, _ROW * len(self._names))

    def show_step(self, at: int, *, all_done: bool = False) -> None:
        """The step that is now, from 0."""
        self._at, self._all_done = at, all_done
        self.setAccessibleName(f"{at + 1}. {self._names[at]}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, name in enumerate(self._names):
            area = QRect(0, at * _ROW, self.width(), _ROW)
            done, now = at < self._at or self._all_done, at == self._at and not self._all_done
            if now:
                paint.box(painter, area, theme.colour("brand_soft"), radius=10)
            self._circle(painter, QRect(12, area.top() + 10, _CIRCLE, _CIRCLE), at, done, now)
            ink = theme.colour("brand" if now else "muted")
            words = area.adjusted(52, 0, -6, 0)
            typeface = font("body-strong" if now else "item")
            if paint.text_width(name, typeface) <= words.width():
                paint.text(painter, words, name, typeface, ink)
            else:
                self._two_lines(painter, words, name, ink)

    def _two_lines(self, painter: QPainter, area: QRect, name: str, ink: QColor) -> None:
        """In a narrow window."""
        painter.setFont(font("small-strong"))
        painter.setPen(ink)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(area, int(align), name)

    def _circle(self, painter: QPainter, spot: QRect, at: int, done: bool, now: bool) -> None:
        fill = "good" if done else "brand" if now else "line"
        paint.box(painter, spot, theme.colour(fill), radius=_CIRCLE / 2)
        if done:
            icons.paint(painter, spot.adjusted(7, 7, -7, -7), "check", theme.colour("on_brand"))
            return
        ink = theme.colour("on_brand" if now else "muted")
        paint.text(painter, spot, str(at + 1), font("label"), ink, paint.Align.AlignCenter)
