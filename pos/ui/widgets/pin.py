"""PINs: the keypad, and a manager's word asked for in place.

`PinPad` is for the sign-in screen and for `ApprovalPanel`. The digits never leave it but through
`entered`, are never shown, and are forgotten as soon as they were handed over.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.errors import EnvironmentProblem, UserError
from pos.i18n import _
from pos.ui import theme
from pos.ui.bridge import Runner
from pos.ui.widgets import paint
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button, IconButton
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from pos.services.staff import Session, StaffTile
    from pos.services.till import Till

SHORTEST: Final = 4
LONGEST: Final = 8
_KEYS: Final = "123456789"


class _Dots(QWidget):
    """One dot a digit, and the places of a shortest PIN."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(28)
        self.setMinimumWidth(LONGEST * 24)
        self.filled = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's hook."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = max(SHORTEST, self.filled)
        left = (self.width() - places * 24) // 2
        for at in range(places):
            dot = QRect(left + at * 24 + 5, 7, 14, 14)
            full = at < self.filled
            fill = theme.colour("brand") if full else None
            paint.box(
                painter, dot, fill, None if full else theme.colour("faint"), radius=7, width=2
            )


class PinPad(QWidget):
    """Digits by touch or keyboard, Enter to hand over. Takes the keyboard when it has the focus."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pin = ""
        self._busy = False
        self._wait = 0
        self._message = ""
        self._dots = _Dots()
        self._said = Label("", "small", "bad", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        self._said.setMinimumHeight(34)
        self._keys = self._make_keys()
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self.setLayout(column(self._dots, self._said, self._keys, gap=6))
        self.setMaximumWidth(300)

    def _make_keys(self) -> QWidget:
        keys = QWidget()
        grid = QGridLayout(keys)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for at, digit in enumerate(_KEYS):
            grid.addWidget(self._digit(digit), at // 3, at % 3)
        back = IconButton("backspace", _("Delete the last digit"), "soft")
        back.clicked.connect(self._rub_out)
        self._enter = IconButton("arrow-right", _("Enter"), "primary")
        self._enter.clicked.connect(self._hand_over)
        for button, at in ((back, 0), (self._enter, 2)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            button.setMinimumHeight(theme.TOUCH)
            grid.addWidget(button, 3, at)
        grid.addWidget(self._digit("0"), 3, 1)
        return keys

    def _digit(self, digit: str) -> Button:
        button = _DigitButton(digit)
        button.clicked.connect(partial(self._type, digit))
        return button

    # -- what others may do ------------------------------------------------------------

    def clear(self, message: str = "") -> None:
        """Empty, ready for another try; `message` says why the last one failed."""
        self._pin = ""
        self._message = message
        self._show()

    def set_busy(self, busy: bool) -> None:
        """While a PIN is being checked nothing can be typed."""
        self._busy = busy
        self._show()

    def wait(self, seconds: int, message: str = "") -> None:
        """Wrong PINs slow down: closed for so many seconds, which are counted down."""
        self._pin = ""
        self._wait = seconds
        self._message = message
        if seconds > 0:
            self._clock.start()
        self._show()

    # -- typing ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, Backspace, Enter; the rest goes to the screen."""
        text = event.text()
        if len(text) == 1 and text in "0123456789":
            self._type(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self._rub_out()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self._hand_over()
        else:
            event.ignore()

    def _type(self, digit: str, _checked: bool = False) -> None:
        if self._closed or len(self._pin) >= LONGEST:
            return
        self._pin += digit
        self._message = ""
        self._show()

    def _rub_out(self) -> None:
        if not self._closed:
            self._pin = self._pin[:-1]
            self._show()

    def _hand_over(self) -> None:
        if self._closed:
            return
        if len(self._pin) < SHORTEST:
            self.clear(
                _("A PIN has {least} to {most} digits.").format(least=SHORTEST, most=LONGEST)
            )
            return
        pin, self._pin = self._pin, ""
        self.entered.emit(pin)
        self._show()

    @property
    def _closed(self) -> bool:
        return self._busy or self._wait > 0

    def _tick(self) -> None:
        self._wait -= 1
        if self._wait <= 0:
            self._clock.stop()
            self._message = ""
        self._show()

    def _show(self) -> None:
        self._dots.filled = LONGEST if self._busy else len(self._pin)
        self._dots.update()
        self._keys.setEnabled(not self._closed)
        if self._wait > 0:
            again = _("Try again in {seconds} s.").format(seconds=self._wait)
            self._said.setText(f"{self._message} {again}".strip())
        else:
            self._said.setText(self._message)


class _DigitButton(Button):
    """A key of the pad: large, and it leaves the focus where it is."""

    def __init__(self, digit: str) -> None:
        super().__init__(digit, "soft")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(64, 52)

    def _text_font(self) -> str:
        return "button-big"


class ApprovalPanel(QWidget):
    """A manager allows something in place: pick the name, type the PIN.

    `approved` carries the manager's Session; `cancelled` comes with Esc or the back button. The
    panel is made once and shown with `ask`.
    """

    approved = Signal(object)
    cancelled = Signal()

    def __init__(self, till: "Till", run: Runner) -> None:
        super().__init__()
        self._till = till
        self._run = run
        self._manager: StaffTile | None = None
        self._tiles: list[Button] = []
        self._why = Label("", "body", wrap=True)
        self._names = QWidget()
        self._names_box = column(gap=8)
        self._names.setLayout(self._names_box)
        self._pad = PinPad()
        self._pad.entered.connect(self._check)
        back = Button(_("Back"), "ghost", icon="arrow-left", key="Esc")
        back.clicked.connect(self.cancelled)
        title = ElidedLabel(_("A manager's PIN"), "lead")
        centred = row(None, self._pad, None)
        self.setLayout(
            column(row(title, None, back), self._why, self._names, 4, centred, None, gap=12)
        )

    def ask(self, why: str) -> None:
        """Show the managers and wait for one's PIN."""
        self._why.setText(why)
        managers = [tile for tile in self._till.staff.tiles() if tile.role == "manajer"]
        self._show_names(managers)
        self._choose(managers[0] if managers else None)
        self._pad.clear()
        self._pad.setFocus()

    def take_focus(self) -> None:
        """Digits type the PIN."""
        self._pad.setFocus()

    def _show_names(self, managers: "Sequence[StaffTile]") -> None:
        for old in self._tiles:
            self._names_box.removeWidget(old)
            old.deleteLater()
        self._tiles = []
        for manager in managers:
            tile = Button(manager.name, "outline", icon="user")
            tile.setCheckable(True)
            tile.setAutoExclusive(True)
            tile.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tile.clicked.connect(partial(self._choose, manager))
            self._names_box.addWidget(tile)
            self._tiles.append(tile)
        if self._tiles:
            self._tiles[0].setChecked(True)

    def _choose(self, manager: "StaffTile | None", _checked: bool = False) -> None:
        self._manager = manager
        seconds = self._till.staff.wait_seconds(manager.staff_id) if manager else 0
        self._pad.wait(seconds)
        self._pad.setFocus()

    def _check(self, pin: str) -> None:
        manager = self._manager
        if manager is None:
            return
        self._pad.set_busy(True)
        self._run(
            partial(self._till.staff.approve, manager.staff_id, pin),
            self._allowed,
            partial(self._refused, manager.staff_id),
            self._problem,
        )

    def _allowed(self, session: "Session") -> None:
        self._pad.set_busy(False)
        self._pad.clear()
        self.approved.emit(session)

    def _refused(self, staff_id: int, error: UserError) -> None:
        self._pad.set_busy(False)
        self._pad.clear(error.sentence)
        seconds = self._till.staff.wait_seconds(staff_id)
        if seconds:
            self._pad.wait(seconds, error.sentence)
        self._pad.setFocus()

    def _problem(self, error: EnvironmentProblem) -> None:
        self._pad.set_busy(False)
        self._pad.clear(error.sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)
