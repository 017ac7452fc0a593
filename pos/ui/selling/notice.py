"""A sentence over the top of the goods: what could not be done. Nothing moves to make room."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.ui import icons, theme
from pos.ui.widgets import paint
from pos.ui.widgets.box import row
from pos.ui.widgets.button import IconButton
from pos.ui.widgets.label import Label

_LEFT = 46


class Notice(QWidget):
    """Laid over `below`, as wide as that; gone with the next thing done, or by its button."""

    def __init__(self, below: QWidget) -> None:
        super().__init__(below)
        self._below = below
        self._text = Label("", "label", "bad", wrap=True)
        close = IconButton("x", _("Close"))
        close.clicked.connect(self.hide)
        line = row(gap=4, margins=(_LEFT, 2, 4, 2))
        line.addWidget(self._text, 1)
        line.addWidget(close)
        self.setLayout(line)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown, or ""."""
        return self._text.text() if not self.isHidden() else ""

    def say(self, sentence: str) -> None:
        """Show a sentence; "" takes it away."""
        if not sentence:
            if not self.isHidden():
                self.hide()
            return
        self._text.setText(sentence)
        self.place()
        self.show()

    def place(self) -> None:
        """Over the top of what is below, after that changed its size."""
        wide = max(200, self._below.width() - 22)
        room = wide - _LEFT - theme.TOUCH - 12
        self._text.setFixedWidth(room)
        high = self._text.heightForWidth(room) + 16
        self.setGeometry(0, 0, wide, max(48, high))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap on it picks no tile."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, self.rect(), theme.colour("bad_soft"), theme.colour("bad"), radius=12)
        area = QRect(14, (self.height() - 22) // 2, 22, 22)
        icons.paint(painter, area, "warning-circle", theme.colour("bad"))
