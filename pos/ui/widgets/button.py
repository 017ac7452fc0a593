"""Buttons, painted by us: a quick repaint, and the next key shown on the button."""

from typing import Final, Literal

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos.ui import icons, theme
from pos.ui.fonts import font
from pos.ui.widgets import paint

Kind = Literal["primary", "outline", "soft", "ghost", "danger", "accent"]

BIG: Final = 66
BIG_LOW: Final = 52
_ICON: Final = 20
_ICON_BIG: Final = 26
_INNER: Final = 8
_LEAST_PADDING: Final = 6
_DISABLED: Final = 0.45
# Roles of fill, border and ink.
_LOOKS: Final[dict[Kind, tuple[str, str, str]]] = {
    "primary": ("brand", "", "on_brand"),
    "outline": ("surface", "line", "text"),
    "soft": ("field", "", "text"),
    "ghost": ("", "", "muted"),
    "danger": ("bad_soft", "", "bad"),
    "accent": ("accent_soft", "", "accent"),
}

_SMALLER: Final = {"button-big": "title", "label": "tiny"}


class Button(QAbstractButton):
    """A push button. `key` is drawn as a keycap; it does not bind the key (see actions.bind)."""

    def __init__(
        self,
        text: str = "",
        kind: Kind = "outline",
        *,
        icon: str = "",
        key: str = "",
        big: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind: Kind = kind
        self.icon_name = icon
        self.key = key
        self.big = big
        self.low = False
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding if big else policy.Preferred, policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    # -- size --------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As wide as its parts."""
        high = (BIG_LOW if self.low else BIG) if self.big else theme.TOUCH
        return QSize(self._content_width() + 2 * self._padding(), high)

    def set_low(self, low: bool) -> None:
        """Lower, where the window is low."""
        if low != self.low:
            self.low = low
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Text may be elided, icon and key not."""
        text = min(self._text_width(), 64)
        rest = self._content_width() - self._text_width()
        return QSize(max(theme.TOUCH, text + rest + 2 * _LEAST_PADDING), self.sizeHint().height())

    def _padding(self) -> int:
        return 24 if self.big else (16 if self.text() else 12)

    def _text_font(self) -> str:
        return "button-big" if self.big else "label"

    def _text_width(self, role: str = "") -> int:
        return QFontMetrics(font(role or self._text_font())).horizontalAdvance(self.text()) + 1

    def _icon_size(self) -> int:
        return _ICON_BIG if self.big else _ICON

    def _content_width(self, role: str = "") -> int:
        parts = [self._text_width(role)] if self.text() else []
        if self.icon_name:
            parts.append(self._icon_size())
        if self.key:
            parts.append(paint.keycap_width(self.key) + (6 if self.big else 0))
        return sum(parts) + _INNER * max(0, len(parts) - 1)

    # -- colours -------------------------------------------------------------------

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, border, ink."""
        fill, border, ink = self._look()
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            share = 0.12 if self.isDown() else 0.06
            under = theme.colour("surface") if fill is None else fill
            fill = paint.blend(ink, under, share)
        return fill, border, ink

    def _look(self) -> tuple[QColor | None, QColor | None, QColor]:
        c = theme.colour
        if self.isChecked():
            return c("brand_soft"), c("brand"), c("brand")
        fill, border, ink = _LOOKS[self.kind]
        return c(fill) if fill else None, c(border) if border else None, c(ink)

    # -- painting --------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(_DISABLED)
        fill, border, ink = self._colours()
        radius = 16 if self.big else theme.RADIUS_SMALL + 2
        paint.box(
            painter, self.rect(), fill, border, radius=radius, width=2 if self.isChecked() else 1
        )
        self._paint_content(painter, ink, fill)
        if self.hasFocus():
            inside = self.rect().adjusted(3, 3, -3, -3)
            ring = theme.colour("on_brand" if self.kind == "primary" else "brand")
            paint.box(painter, inside, None, ring, radius=radius - 3, width=2)

    def _paint_content(self, painter: QPainter, ink: QColor, fill: QColor | None) -> None:
        room = self.width() - 2 * _LEAST_PADDING
        # A long word in a narrow button is rather smaller than cut off.
        role = self._text_font()
        if self._content_width() > room:
            role = _SMALLER.get(role, role)
        left = max((self.width() - self._content_width(role)) // 2, (self.width() - room) // 2)
        end = self.width() - left
        height = self.height()
        if self.icon_name:
            size = self._icon_size()
            area = QRect(left, (height - size) // 2, size, size)
            icons.paint(painter, area, self.icon_name, ink)
            left += size + _INNER
        if self.key:
            wide = paint.keycap_width(self.key)
            cap = QRect(end - wide, (height - 20) // 2, wide, 20)
            under = theme.colour("surface") if fill is None else fill
            paint.keycap(
                painter,
                cap,
                self.key,
                ink,
                paint.blend(ink, under, 0.14),
                paint.blend(ink, under, 0.4),
            )
            end = cap.left() - _INNER - (6 if self.big else 0)
        area = QRect(left, 0, max(0, end - left), height)
        align = paint.Align.AlignVCenter | paint.Align.AlignLeft
        if not self.icon_name and not self.key:
            align = paint.Align.AlignCenter
        paint.text(painter, area, self.text(), font(role), ink, align)

    # -- keys ----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt's hook."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Qt's hook."""
        self.update()
        super().leaveEvent(event)


class IconButton(Button):
    """Only an icon, 44 px square; `name` is what it is called, for the tooltip and for readers."""

    def __init__(self, icon: str, name: str, kind: Kind = "ghost") -> None:
        super().__init__("", kind, icon=icon)
        self.setToolTip(name)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(theme.TOUCH, theme.TOUCH)

    def minimumSizeHint(self) -> QSize:
        """It does not shrink."""
        return self.sizeHint()


class TileButton(Button):
    """Icon above text, checkable: a way to pay."""

    def __init__(self, text: str, icon: str) -> None:
        super().__init__(text, "outline", icon=icon)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for an icon and a line."""
        return QSize(max(72, self._text_width() + 16), 50 if self.low else 60)

    def minimumSizeHint(self) -> QSize:
        """Narrow windows elide the text."""
        return QSize(56, self.sizeHint().height())

    def _paint_content(self, painter: QPainter, ink: QColor, fill: QColor | None) -> None:
        del fill
        muted = theme.colour("muted") if not self.isChecked() and self.kind == "outline" else ink
        top = 4 if self.low else 8
        icons.paint(painter, QRect(0, top, self.width(), 22), self.icon_name, muted)
        area = QRect(4, top + 23, self.width() - 8, 20)
        paint.text(painter, area, self.text(), font("label"), muted, paint.Align.AlignCenter)


class CheckButton(Button):
    """Something that is so or not: a tick, the words, and the key that switches it."""

    def __init__(self, text: str, *, key: str = "") -> None:
        super().__init__(text, "outline", icon="circle", key=key)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._ticked)

    def _ticked(self) -> None:
        self.icon_name = "check-circle" if self.isChecked() else "circle"
        self.update()

    def sizeHint(self) -> QSize:
        """A little higher than a plain button."""
        return QSize(super().sizeHint().width(), 50)
