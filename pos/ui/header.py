"""The line above the screens: stand, till, date and time; printer; who is signed in."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.formats import format_date, format_date_long, format_time
from pos.i18n import _
from pos.ui import theme
from pos.ui.desk import Desk
from pos.ui.fonts import font
from pos.ui.printing.words import printer_line
from pos.ui.widgets import paint
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.tip import plain_tip

if TYPE_CHECKING:
    from pos.receipts.jobs import QueueState

_NARROW: Final = 1040
_TICK_MS: Final = 5_000
_TONES: Final = {"good": "good", "warn": "accent", "bad": "bad", "quiet": "faint"}


class Pill(QWidget):
    """A small coloured mark with a word, such as "Sample stand"."""

    def __init__(self, text: str, ink: str = "accent", fill: str = "accent_soft") -> None:
        super().__init__()
        self._text, self._ink, self._fill = text, ink, fill
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        return QSize(QFontMetrics(font("small-strong")).horizontalAdvance(self._text) + 22, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, self.rect(), theme.colour(self._fill), radius=13)
        ink = theme.colour(self._ink)
        align = paint.Align.AlignCenter
        paint.text(painter, self.rect(), self._text, font("small-strong"), ink, align)


class StatusButton(Button):
    """A dot and a word: how the printer is."""

    def __init__(self) -> None:
        super().__init__("", "ghost")
        self.tone = "good"

    def show_state(self, text: str, tone: str) -> None:
        """Another state; repaints only where it differs."""
        if (text, tone) != (self.text(), self.tone):
            self.tone = tone
            self.setText(text)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Dot, gap, word."""
        wide = QFontMetrics(font("body")).horizontalAdvance(self.text())
        return QSize(wide + 34, theme.TOUCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            paint.box(painter, self.rect(), None, theme.colour("brand"), radius=12, width=2)
        dot = QRect(8, self.height() // 2 - 4, 9, 9)
        paint.box(painter, dot, theme.colour(self.tone), radius=4.5)
        area = self.rect().adjusted(25, 0, -6, 0)
        paint.text(painter, area, self.text(), font("body"), theme.colour("text"))


class Header(QWidget):
    """Keeps its own time; `printer_clicked` asks for the print queue."""

    printer_clicked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setFixedHeight(theme.HEADER_HEIGHT)
        self._desk = desk
        info = desk.till.info
        self._stand = ElidedLabel(info.stand_name, "title")
        self._when = ElidedLabel("", "body", "muted")
        self._printer = StatusButton()
        self._printer.clicked.connect(self.printer_clicked)
        self._since = Label("", "body", "muted")
        self._name = ElidedLabel("", "body-strong")
        line = row(self._stand, gap=18, margins=(20, 0, 20, 0))
        if info.sample:
            line.addWidget(Pill(_("Sample stand")))
        line.addWidget(self._when, 1)
        line.addWidget(self._printer)
        line.addLayout(row(self._since, self._name, gap=5))
        self.setLayout(column(frame("header", line), gap=0))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def refresh(self) -> None:
        """The time of day, and who is here; changes only what is different."""
        now = self._desk.till.now()
        date = format_date if self.width() < _NARROW else format_date_long
        code = self._desk.till.info.till_code
        when = f"{code} · {date(now.date())} · {format_time(now)}"
        if when != self._when.text_in_full():
            self._when.set_text(when)
        session, since = self._desk.session, self._desk.session_since
        if session is None or since is None:
            return
        if session.name != self._name.text_in_full():
            self._name.set_text(session.name)
        self._since.setText(_("In since {time}:").format(time=format_time(since)))

    def show_printer(self, state: "QueueState") -> None:
        """How the printer is."""
        preview = self._desk.till.printing.choice().address.startswith("preview:")
        line = printer_line(state, preview=preview)
        self._printer.show_state(line.words, _TONES[line.tone])
        self._printer.setToolTip(plain_tip(state.problem or ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows show a shorter date."""
        super().resizeEvent(event)
        self._since.setVisible(self.width() >= _NARROW)
        self.refresh()
