"""Banners across the top of the window: what is wrong with the machine, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.i18n import _
from pos.ui import icons, theme
from pos.ui.notices import Banner
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button, IconButton
from pos.ui.widgets.label import Label

_LOOK = {
    "warning": ("warning", "accent", "accent_soft"),
    "bad": ("warning-octagon", "bad", "bad_soft"),
    "info": ("info", "brand", "brand_soft"),
    "good": ("check-circle", "good", "good_soft"),
}


class _BannerRow(QWidget):
    def __init__(self, area: "BannerArea", banner: Banner) -> None:
        super().__init__()
        self.banner = banner
        text = Label(banner.text, "label", wrap=True)
        text.setMinimumWidth(120)
        line = row(text, gap=8, margins=(56, 4, 8, 4))
        line.setStretch(0, 1)
        for action in banner.actions:
            button = Button(action.text, "outline")
            button.clicked.connect(action.call)
            line.addWidget(button)
        close = IconButton("x", _("Close"))
        close.clicked.connect(lambda: area.hide_banner(banner.key))
        line.addWidget(close)
        self.setLayout(line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        name, ink, fill = _LOOK[self.banner.kind]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour(fill))
        area = self.rect()
        area.setLeft(20)
        area.setWidth(24)
        icons.paint(painter, area, name, theme.colour(ink))


class BannerArea(QWidget):
    """All banners, the newest below; takes no room while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, _BannerRow] = {}
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=False)
        self.hide()

    def show_banner(self, banner: Banner) -> None:
        """Show a banner, in the place of one with the same key."""
        old = self._rows.get(banner.key)
        made = _BannerRow(self, banner)
        if old is not None:
            self._box.replaceWidget(old, made)
            old.deleteLater()
        else:
            self._box.addWidget(made)
        self._rows[banner.key] = made
        self.show()

    def hide_banner(self, key: str) -> None:
        """Take it away; nothing happens where there is none."""
        gone = self._rows.pop(key, None)
        if gone is not None:
            self._box.removeWidget(gone)
            gone.deleteLater()
        self.setVisible(bool(self._rows))

    def banners(self) -> tuple[Banner, ...]:
        """What is shown now, to be shown again when the window is rebuilt."""
        return tuple(shown.banner for shown in self._rows.values())
