"""The frame of every panel that takes the cart's place: title with a way back, body, foot."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos.i18n import _
from pos.ui import icons, theme
from pos.ui.fonts import font
from pos.ui.widgets import paint
from pos.ui.widgets.box import Part, column, frame, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label

TITLE_HEIGHT = 54
LOW = 600


class _Title(Button):
    """The whole line goes back, as the arrow and the Esc cap on it say."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "ghost", icon="arrow-left", key="Esc")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(TITLE_HEIGHT)
        self.setAccessibleName(f"{_('Back')}: {text}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour("field"))
        ink = theme.colour("text")
        middle = self.height() // 2
        area = self.rect().adjusted(18, 0, 0, 0)
        area.setWidth(20)
        icons.paint(painter, area, "arrow-left", ink)
        wide = paint.keycap_width("Esc")
        cap = self.rect()
        cap.setRect(self.width() - 18 - wide, middle - 10, wide, 20)
        fill, line = theme.colour("keycap"), theme.colour("line")
        paint.keycap(painter, cap, "Esc", theme.colour("muted"), fill, line)
        words = self.rect().adjusted(50, 0, -wide - 26, 0)
        paint.text(painter, words, self.text(), font("title"), ink)
        if self.hasFocus():
            ring = self.rect().adjusted(4, 4, -4, -4)
            paint.box(painter, ring, None, theme.colour("brand"), radius=10, width=2)


class SidePanel(QWidget):
    """`closed` is told by Esc or the title. Subclasses fill `body` and `foot`."""

    closed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = _Title(title)
        self._title.clicked.connect(self.closed)
        self._low = False
        self.message = Message()
        self._inner = QWidget()
        self.body = QVBoxLayout(self._inner)
        self.body.setContentsMargins(18, 14, 18, 8)
        self.body.setSpacing(14)
        self.foot = column(gap=12, margins=(18, 6, 18, 16))
        top = frame("header", column(self._title, gap=0))
        self.area = scroll(self._inner)
        self.setLayout(column(top, self.area, self.foot, gap=0))

    def fill(self, *parts: Part) -> None:
        """Put parts into the body, one below the other; what is left over stretches."""
        for part in parts:
            match part:
                case None:
                    self.body.addStretch(1)
                case int():
                    self.body.addSpacing(part)
                case QWidget():
                    self.body.addWidget(part)
                case _:
                    self.body.addLayout(part)

    def set_low(self, low: bool) -> None:
        """The window is low (or no longer): make everything as low as a finger allows."""
        self._title.setFixedHeight(theme.TOUCH if low else TITLE_HEIGHT)
        self.body.setSpacing(8 if low else 14)
        for button in self.findChildren(Button):
            button.set_low(low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Low windows get low parts."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Low parts, where the panel is lower than what is in it wants."""
        low = self.height() < self.wanted_height()
        if low != self._low:
            self._low = low
            self.set_low(low)

    def wanted_height(self) -> int:
        """Below this, the parts become low."""
        return LOW

    def opened(self) -> None:
        """The panel is in view now: put the focus where typing should go."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the fields does not take the focus away from them."""
        event.accept()


class Message(Label):
    """A sentence that says what is wrong; takes no room while there is none."""

    def __init__(self) -> None:
        super().__init__("", "label", "bad", wrap=True)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show it, or take it away ("")."""
        self.setText(sentence)
        self.setVisible(bool(sentence))
