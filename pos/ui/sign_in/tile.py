"""A name on the sign-in screen: initials in a circle, the name, the role."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos.ui import theme
from pos.ui.fonts import font
from pos.ui.widgets import paint
from pos.ui.widgets.tip import plain_tip

HEIGHT: Final = 76
_CIRCLE: Final = 44


def initials(name: str) -> str:
    """Two letters at most: "Rina Kartika" -> "RK"."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def paint_circle(painter: QPainter, area: QRect, name: str, role: str = "title") -> None:
    """The person's initials in a soft circle."""
    paint.box(painter, area, theme.colour("brand_soft"), radius=area.width() / 2)
    ink = theme.colour("brand")
    paint.text(painter, area, initials(name), font(role), ink, paint.Align.AlignCenter)


class Circle(QWidget):
    """The circle alone, large, over the keypad."""

    def __init__(self, size: int = 64) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self._name = ""

    def set_name(self, name: str) -> None:
        """Whose initials."""
        self._name = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_circle(painter, self.rect(), self._name, "heading")


class NameTile(QAbstractButton):
    """`keys` gets what the tile has no use for. `note` is a pill: the PIN, on the sample stand."""

    def __init__(
        self, name: str, role: str, keys: Callable[[QKeyEvent], None], note: str = ""
    ) -> None:
        super().__init__()
        self._keys = keys
        self.setText(name)
        self._role, self._note = role, note
        self.setAccessibleName(f"{name}, {role}")
        self.setToolTip(plain_tip(name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Wide enough for most names."""
        return QSize(240, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A long name is elided."""
        return QSize(160, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus, over = self.hasFocus(), self.underMouse()
        border = theme.colour("brand" if focus else "line")
        fill = theme.colour("brand_soft" if self.isDown() else "surface")
        if over and not self.isDown():
            fill = paint.blend(theme.colour("brand"), theme.colour("surface"), 0.04)
        paint.box(painter, self.rect(), fill, border, width=2 if focus else 1)
        top = (self.height() - _CIRCLE) // 2
        paint_circle(painter, QRect(16, top, _CIRCLE, _CIRCLE), self.text())
        left, right = 16 + _CIRCLE + 14, self.width() - 16
        if self._note:
            right -= self._paint_note(painter, right)
        name = QRect(left, 16, right - left, 24)
        role = QRect(left, 40, right - left, 18)
        paint.text(painter, name, self.text(), font("title"), theme.colour("text"))
        paint.text(painter, role, self._role, font("small"), theme.colour("muted"))

    def _paint_note(self, painter: QPainter, right: int) -> int:
        wide = paint.keycap_width(self._note) + 8
        pill = QRect(right - wide, (self.height() - 26) // 2, wide, 26)
        paint.box(painter, pill, theme.colour("accent_soft"), radius=13)
        ink = theme.colour("accent")
        paint.text(painter, pill, self._note, font("small-strong"), ink, paint.Align.AlignCenter)
        return wide + 10

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as Space does; arrows and letters are the screen's."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            # Straight to the grid: the scroll area in between would take the arrows for itself.
            self._keys(event)
