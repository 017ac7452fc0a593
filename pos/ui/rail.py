"""The rail on the left: one button a screen, and the lock at its foot."""

from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.i18n import _
from pos.ui import actions, icons, theme
from pos.ui.fonts import font, make_font
from pos.ui.registry import Entry
from pos.ui.widgets import paint
from pos.ui.widgets.box import column, frame, scroll
from pos.ui.widgets.button import Button

_HEIGHT: Final = 60
_LEAST_HEIGHT: Final = 48
_FACE: Final = 42
"""What stands on a button: the icon, and its word below."""
_GAP: Final = 4
_MARGIN: Final = 12
_LOGO: Final = 44 + 8 + 2 * _GAP


class RailButton(Button):
    """Icon above a small label; filled softly while its screen is in view."""

    def __init__(self, text: str, icon: str, tip: str) -> None:
        super().__init__(text, "ghost", icon=icon)
        self._high = _HEIGHT
        self.setToolTip(tip)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_height(self, high: int) -> None:
        """Lower where the window is low."""
        if high != self._high:
            self._high = high
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(theme.RAIL_WIDTH - 16, self._high)

    def minimumSizeHint(self) -> QSize:
        """It does not shrink."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            fill = theme.colour("brand_soft" if on else "field")
            paint.box(painter, self.rect(), fill, radius=12)
        if self.hasFocus():
            ring = self.rect().adjusted(1, 1, -1, -1)
            paint.box(painter, ring, None, theme.colour("brand"), radius=12, width=2)
        ink = theme.colour("brand" if on else "muted")
        top = (self.height() - _FACE) // 2
        icons.paint(painter, QRect(0, top, self.width(), 23), self.icon_name, ink)
        words = QRect(2, top + 24, self.width() - 4, 18)
        paint.text(painter, words, self.text(), font("tiny"), ink, paint.Align.AlignCenter)


class Logo(QWidget):
    """The mark of the product."""

    def __init__(self, side: int = 44) -> None:
        super().__init__()
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, self.rect(), theme.colour("brand"), radius=self.width() * 0.27)
        typeface = make_font(round(self.width() * 0.5), 800)
        area = self.rect().adjusted(0, -round(self.height() * 0.06), 0, 0)
        paint.text(painter, area, "t", typeface, theme.colour("on_brand"), paint.Align.AlignCenter)


class Rail(QWidget):
    """Tells `chosen` with the screen's id, and `lock`."""

    chosen = Signal(str)
    lock = Signal()

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        super().__init__()
        self.setFixedWidth(theme.RAIL_WIDTH)
        self._buttons: dict[str, RailButton] = {}
        self._logo = Logo()
        for entry in entries:
            button = RailButton(entry.label(), entry.icon, actions.tip(entry.action))
            button.setCheckable(True)
            button.clicked.connect(partial(self._clicked, entry.id))
            self._buttons[entry.id] = button
        self._lock = RailButton(_("Lock"), "lock", actions.tip("lock"))
        self._lock.clicked.connect(self.lock)
        self._arrange()

    def _arrange(self) -> None:
        middle = Qt.AlignmentFlag.AlignHCenter
        entries = QWidget()
        inner = column(gap=_GAP)
        for button in self._buttons.values():
            inner.addWidget(button, 0, middle)
        inner.addStretch(1)
        entries.setLayout(inner)
        # Should there ever be more screens than room, the wheel and a finger reach them.
        area = scroll(entries)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = column(gap=_GAP, margins=(0, _MARGIN, 0, _MARGIN))
        box.addWidget(self._logo, 0, middle)
        self._below_logo = QWidget()
        self._below_logo.setFixedHeight(8)
        box.addWidget(self._below_logo)
        box.addWidget(area, 1)
        box.addWidget(self._lock, 0, middle)
        self.setLayout(column(frame("rail", box), gap=0))

    def _clicked(self, screen: str, _checked: bool = False) -> None:
        self.show_current(screen)
        self.chosen.emit(screen)

    def show_current(self, screen: str) -> None:
        """Mark the screen that is in view."""
        for name, button in self._buttons.items():
            button.setChecked(name == screen)

    def show_role(self, entries: tuple[Entry, ...], role: str) -> None:
        """Leave out what this role has no use for."""
        for entry in entries:
            self._buttons[entry.id].setVisible(role in entry.roles)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Low windows get lower buttons, very low ones no logo."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        count = 1 + sum(not button.isHidden() for button in self._buttons.values())
        room = self.height() - 2 * _MARGIN
        logo = room >= _LOGO + count * (_LEAST_HEIGHT + _GAP)
        high = (room - (_LOGO if logo else 0)) // count - _GAP
        self._logo.setVisible(logo)
        self._below_logo.setVisible(logo)
        for button in (*self._buttons.values(), self._lock):
            button.set_height(min(max(high, _LEAST_HEIGHT), _HEIGHT))
