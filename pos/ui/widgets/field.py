"""Fields with a caption and, when something is wrong, a sentence below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.errors import UserError
from pos.money import MAX_AMOUNT, parse_rupiah, thousands
from pos.ui.fonts import font
from pos.ui.widgets.box import column
from pos.ui.widgets.label import Label

MAX_TEXT = 200
"""Longer than any name on a label; keeps a paste of a whole file out."""


class TextInput(QLineEdit):
    """A line of text."""

    def __init__(self, text: str = "", placeholder: str = "") -> None:
        super().__init__(text)
        self.setFont(font("field"))
        self.setPlaceholderText(placeholder)
        self.setMaxLength(MAX_TEXT)


class MoneyInput(QLineEdit):
    """Whole rupiah: digits only, dotted by thousands while typing. 000 may be typed quickly."""

    edited = Signal(object)

    def __init__(self, amount: int | None = None, placeholder: str = "") -> None:
        super().__init__()
        self.setFont(font("field"))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(len(thousands(MAX_AMOUNT)))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.set_amount(amount)
        self.textEdited.connect(self._dotted)

    @property
    def amount(self) -> int | None:
        """Rupiah, or None while the field is empty."""
        digits = "".join(c for c in self.text() if c.isdigit())
        return int(digits) if digits else None

    def set_amount(self, amount: int | None) -> None:
        """Put an amount in, without telling."""
        self.setText("" if amount is None else thousands(amount))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters never get in, so that the screen's own keys reach it."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
            return
        text = event.text()
        if text and text.isprintable() and not text.isdigit():
            event.ignore()
            return
        super().keyPressEvent(event)

    def _paste(self, text: str) -> None:
        """Take an amount in any of the ways people write one; anything else is left out."""
        try:
            self.set_amount(parse_rupiah(text))
        except UserError:
            return
        self.edited.emit(self.amount)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """All of it is chosen, so that typing begins anew."""
        super().focusInEvent(event)
        self.selectAll()

    def _dotted(self, _text: str) -> None:
        after = sum(c.isdigit() for c in self.text()[self.cursorPosition() :])
        amount = self.amount
        if amount is not None and amount > MAX_AMOUNT:
            amount //= 10
        self.set_amount(amount)
        at = len(self.text())
        while after and at:
            at -= 1
            after -= self.text()[at].isdigit()
        self.setCursorPosition(at)
        self.edited.emit(amount)


class Field(QWidget):
    """Caption, input, and room for the sentence that says what is wrong with it.

    `show_error("")` takes the sentence away; typing does so by itself.
    """

    def __init__(self, caption: str, field: QWidget, hint: str = "") -> None:
        super().__init__()
        self.input = field
        self._hint = hint
        self._caption = Label(caption, "label", "muted")
        self._caption.setBuddy(field)
        field.setAccessibleName(caption)
        self._below = Label(hint, "small", "muted", wrap=True)
        self.setLayout(column(self._caption, field, self._below, gap=6))
        # Only now: shown without a parent, a label would be a window of its own for a moment.
        self._below.setVisible(bool(hint))
        if isinstance(field, QLineEdit):
            field.textEdited.connect(lambda _text: self.show_error(""))

    def set_caption(self, caption: str) -> None:
        """Another caption from now on."""
        self._caption.setText(caption)
        self.input.setAccessibleName(caption)

    def show_error(self, sentence: str) -> None:
        """Say what is wrong, beside the field."""
        wrong = "true" if sentence else "false"
        if self.input.property("wrong") != wrong and (sentence or self.input.property("wrong")):
            self.input.setProperty("wrong", wrong)
            self.input.style().unpolish(self.input)
            self.input.style().polish(self.input)
        self._below.setText(sentence or self._hint)
        self._below.set_tone("bad" if sentence else "muted")
        self._below.setVisible(bool(sentence or self._hint))

    @property
    def error(self) -> str:
        """The sentence that is shown, or ""."""
        return self._below.text() if self._below.property("tone") == "bad" else ""
