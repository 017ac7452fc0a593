"""Code and PIN: by keys, or by touch with letters on the left and digits on the right."""

from functools import partial
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.i18n import _
from pos.ui.check.presenter import MAX_CODE
from pos.ui.fonts import font
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button, IconButton
from pos.ui.widgets.field import TextInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.pin import PinPad

if TYPE_CHECKING:
    from pos.ui.check.presenter import Ask

_COLUMNS: Final = 7
_KEY: Final = 48


class CodeInput(TextInput):
    """Letters of a code in capitals; digits go on to the PIN."""

    digit = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(MAX_CODE)
        self.setFont(font("heading"))
        self.setMinimumHeight(56)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(_("Your code"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing but letters stays here."""
        text = event.text()
        if len(text) == 1 and text in "0123456789":
            self.digit.emit(event)
        elif len(text) == 1 and text.isprintable() and not (text.isascii() and text.isalpha()):
            event.accept()
        elif len(text) == 1 and text.isascii() and text.isalpha() and not _is_command(event):
            self.insert(text.upper())
            self.textEdited.emit(self.text())
        else:
            super().keyPressEvent(event)


class AskPage(QWidget):
    """entered: (code, PIN)."""

    entered = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.code = CodeInput()
        self.code.setPlaceholderText("SRI")
        self.pad = PinPad()
        self.pad.entered.connect(self._entered)
        self.code.returnPressed.connect(self.pad.setFocus)
        self.code.digit.connect(self._digit)
        self.code.textEdited.connect(self._edited)
        letters = column(
            Label(_("The code on your labels"), "label", "muted"),
            self.code,
            4,
            self._make_letters(),
            gap=8,
        )
        digits = column(Label(_("Your PIN"), "label", "muted"), self.pad, None, gap=8)
        both = row(letters, 28, digits, gap=0)
        title = Label(_("Look at your goods and your money"), "heading")
        hint = Label(
            _("The stand's staff give you a PIN. Nobody else sees this."),
            "body",
            "muted",
            wrap=True,
        )
        inner = column(title, hint, 10, both, gap=6, margins=(30, 24, 30, 28))
        card = frame("card", inner)
        card.setMaximumWidth(820)
        self.setLayout(column(None, row(None, card, None), None))

    def _make_letters(self) -> QWidget:
        pad = QWidget()
        grid = QGridLayout(pad)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for at, letter in enumerate(ascii_uppercase):
            key = Button(letter, "soft")
            key.clicked.connect(partial(self._letter, letter))
            _plain_key(key)
            grid.addWidget(key, at // _COLUMNS, at % _COLUMNS)
        back = IconButton("backspace", _("Delete the last letter"), "soft")
        back.clicked.connect(self._rub_out)
        _plain_key(back)
        grid.addWidget(back, 3, 5, 1, 2)
        return pad

    def begin(self) -> None:
        """Empty, ready for the next seller."""
        self.code.clear()
        self.pad.wait(0)
        self.pad.clear()
        self.code.setFocus()

    def show_ask(self, ask: "Ask") -> None:
        """What came of the last try."""
        self.pad.set_busy(ask.busy)
        self.code.setEnabled(not ask.busy)
        if ask.wait:
            self.pad.wait(ask.wait, ask.sentence)
        elif not ask.busy:
            self.pad.clear(ask.sentence)
        if not ask.busy:
            (self.pad if self.code.text() else self.code).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are the code's, wherever the focus is."""
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isalpha() and not _is_command(event):
            self._letter(text.upper())
            return
        super().keyPressEvent(event)

    def _letter(self, letter: str, _checked: bool = False) -> None:
        if self.code.isEnabled() and len(self.code.text()) < MAX_CODE:
            self.code.setText(self.code.text() + letter)
            self._edited()
            self.code.setFocus()

    def _rub_out(self) -> None:
        if self.code.isEnabled():
            self.code.setText(self.code.text()[:-1])
            self._edited()

    def _edited(self, _text: str = "") -> None:
        """Another code: what was said of the last one holds no more."""
        self.pad.wait(0)
        self.pad.clear()

    def _digit(self, event: QKeyEvent) -> None:
        self.pad.setFocus()
        self.pad.keyPressEvent(event)

    def _entered(self, pin: str) -> None:
        self.entered.emit(self.code.text(), pin)


def _plain_key(key: Button) -> None:
    key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    key.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    key.setMinimumSize(_KEY, _KEY)


def _is_command(event: QKeyEvent) -> bool:
    held = Qt.KeyboardModifier
    return bool(event.modifiers() & (held.ControlModifier | held.AltModifier | held.MetaModifier))
