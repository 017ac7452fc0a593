"""The screen before the till: names, then a keypad. The lock screen is the same one."""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.i18n import _
from pos.ui import actions, theme
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.screen import Screen
from pos.ui.settings.staff import role_label
from pos.ui.sign_in.names import Names
from pos.ui.sign_in.presenter import SignInPresenter
from pos.ui.sign_in.side import Side
from pos.ui.sign_in.tile import Circle
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.pin import PinPad

_NARROW: Final = 1200
_TINY: Final = 900
_LOW: Final = 640


class SignInScreen(Screen):
    """After a lock the keypad of who was there stands open: the next key is their PIN."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = SignInPresenter(desk.till, desk.run, desk.sign_in)
        listen(self, self.presenter, self._show)
        self._side = Side(desk.till.info)
        self.check = Button(
            actions.text("check-titipan"),
            "outline",
            icon="package",
            key=actions.key_text("check-titipan"),
        )
        self.check.clicked.connect(self._to_check)
        self.backups = Button(
            actions.text("backups"),
            "outline",
            icon="clock-counter-clockwise",
            key=actions.key_text("backups"),
        )
        self.backups.clicked.connect(self._to_backups)
        actions.bind(self, "backups", self._to_backups)
        self._side.foot.addSpacing(14)
        self._side.foot.addWidget(self.check)
        self._side.foot.addWidget(self.backups)
        actions.bind(self, "check-titipan", self._to_check)
        self.names = Names(self.presenter.by_letter)
        self.names.chosen.connect(self.presenter.choose)
        self.keypad = _Keypad()
        self.keypad.pad.entered.connect(self.presenter.submit)
        self.keypad.back.clicked.connect(self._back)
        self._kept = Label("", "body", "muted", wrap=True)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.names)
        self._pages.addWidget(self.keypad)
        self._right = column(self._pages, self._kept, gap=12)
        self.setLayout(row(self._side, self._right, gap=0))
        self._minute = QTimer(self)
        self._minute.setInterval(1_000)
        self._minute.timeout.connect(self._tick)

    def entered(self) -> None:
        """See Screen: names, or after a lock the keypad of who was there."""
        self._tick()
        self._minute.start()
        self._show_kept()
        self.presenter.start(self.desk.last_staff_id)
        pins = dict(self.desk.till.info.sample_pins)
        self.names.show_people(self.presenter.state.tiles, pins)
        self._show()

    def left(self) -> None:
        """See Screen."""
        self._minute.stop()

    def scanned(self, code: str) -> bool:
        """See Screen: before signing in nothing is sold."""
        del code
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from the keypad to the names."""
        if event.key() == Qt.Key.Key_Escape and self.presenter.state.chosen is not None:
            self._back()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Less room for the side and around things where the window is small."""
        super().resizeEvent(event)
        tiny, narrow = self.width() < _TINY, self.width() < _NARROW
        self._side.set_room(232 if tiny else 320 if narrow else 420, 22 if tiny else 36)
        low = self.height() < _LOW
        sides, top = (20 if tiny else 48), (14 if low else 56)
        self._right.setContentsMargins(sides, top, sides, 14 if low else 32)
        self.keypad.set_low(low)

    def _to_check(self) -> None:
        """The sellers' own screen, which needs none of the staff."""
        self.desk.navigate.emit("check")

    def _to_backups(self) -> None:
        """The way back to a backup, which needs a manager."""
        self.desk.navigate.emit("backups")

    def _back(self) -> None:
        chosen = self.presenter.state.chosen
        self.presenter.back()
        self.names.focus_on(chosen.staff_id if chosen else 0)

    def _tick(self) -> None:
        self._side.show_time(self.desk.till.now())

    def _show_kept(self) -> None:
        cart = self.desk.till.carts.load_open()
        pieces = sum(line.qty for line in cart.lines) if cart else 0
        said = _("The open cart is kept: {count} pieces.").format(count=pieces)
        self._kept.setText(said)
        self._kept.setVisible(pieces > 0)

    def _show(self) -> None:
        state = self.presenter.state
        if state.chosen is None:
            self._pages.setCurrentWidget(self.names)
            self.names.focus_on(self.desk.last_staff_id)
            return
        self._pages.setCurrentWidget(self.keypad)
        self.keypad.show_person(state.chosen.name, role_label(state.chosen.role))
        pins = dict(self.desk.till.info.sample_pins)
        self.keypad.show_sample(pins.get(state.chosen.name, ""))
        self.keypad.show_locked(state.sentence if state.locked else "")
        pad = self.keypad.pad
        pad.set_busy(state.busy)
        if state.wait:
            pad.wait(state.wait, state.sentence)
        elif not state.busy:
            pad.clear(state.sentence)
        pad.setFocus()


class _Keypad(QWidget):
    """Whose PIN, the pad, and the way back."""

    def __init__(self) -> None:
        super().__init__()
        self.back = Button(_("Other name"), "ghost", icon="arrow-left", key="Esc")
        self.pad = PinPad()
        self._circle = Circle()
        self._name = ElidedLabel("", "heading")
        self._role = Label("", "body", "muted")
        self._sample = Label("", "label", "accent")
        self._locked = Label("", "lead", "bad", wrap=True)
        self._ask = Label(_("Type your PIN"), "label", "muted")
        self._who = QWidget()
        named = column(None, self._name, self._role, None, gap=2)
        self._who.setLayout(row(self._circle, 6, named, gap=10, margins=(0, 0, 0, 12)))
        asked = row(self._ask, None, self._sample)
        self._inner = column(self._who, asked, self.pad, self._locked, gap=8)
        card = frame("card", self._inner)
        card.setFixedWidth(356)
        centred = row(None, column(None, card, None, gap=0), None)
        self._short = ElidedLabel("", "title")
        self._short.hide()
        self.setLayout(column(row(self.back, None, self._short), centred, gap=0))
        self._locked.setMinimumHeight(theme.TOUCH * 2)

    def set_low(self, low: bool) -> None:
        """In a low window the name stands in the line of the way back."""
        self._who.setVisible(not low)
        self._short.setVisible(low)
        top, bottom = (14, 16) if low else (24, 28)
        self._inner.setContentsMargins(28, top, 28, bottom)

    def show_person(self, name: str, role: str) -> None:
        """Whose PIN is asked."""
        self._circle.set_name(name)
        self._name.set_text(name)
        self._short.set_text(name)
        self._role.setText(role)

    def show_sample(self, pin: str) -> None:
        """On the sample stand the PIN is told."""
        self._sample.setText(_("Sample PIN: {pin}").format(pin=pin) if pin else "")

    def show_locked(self, sentence: str) -> None:
        """Instead of the pad: only a manager helps now."""
        self._locked.setText(sentence)
        self._locked.setVisible(bool(sentence))
        self.pad.setVisible(not sentence)
        self._ask.setVisible(not sentence)
