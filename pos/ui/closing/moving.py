"""Money by hand: how much, what for, and perhaps a picture of the slip."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from pos.i18n import _
from pos.ui import actions
from pos.ui.closing.moved import hand_title
from pos.ui.closing.page import Page
from pos.ui.closing.picture import SlipThumb
from pos.ui.goods.picture import PICTURE_FILES, clipboard_picture
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button, IconButton
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from pos.services.queries.cash_moves import HandKind
    from pos.ui.closing.presenter import ClosingPresenter
    from pos.ui.closing.state import ClosingState
    from pos.ui.desk import Desk


class MovePage(Page):
    """`choose_open` asks for a picture file; None when the person thought better of it."""

    def __init__(self, presenter: "ClosingPresenter", desk: "Desk") -> None:
        super().__init__(presenter)
        self._title = ElidedLabel("", "heading")
        self._hint = Label("", "body", "muted", wrap=True)
        self.amount = MoneyInput()
        self.reason = TextInput()
        self._amount_field = Field(_("Amount"), self.amount)
        self._reason_field = Field(_("What for"), self.reason)
        self.amount.edited.connect(presenter.type_amount)
        self.reason.textEdited.connect(presenter.type_reason)
        self.inputs = [self.amount, self.reason]
        self._choices = QWidget()
        self._chips = row(gap=8)
        self._choices.setLayout(self._chips)
        self._words: list[Button] = []
        self.choose_open = self._choose_open
        self.thumb = SlipThumb(desk)
        self.thumb.pressed.connect(self._view)
        self._picture = QWidget()
        self._picture.setLayout(self._picture_row())
        self._picture_field = Field(_("Picture of the slip"), self._picture)
        self.fill(
            self._title,
            self._hint,
            6,
            self._amount_field,
            self._reason_field,
            self._choices,
            self._picture_field,
            None,
        )

    def _picture_row(self) -> QHBoxLayout:
        text, key = actions.text("shift-picture"), actions.key_text("shift-picture")
        self.pick = Button(text, "outline", icon="image", key=key)
        self.pick.setToolTip(_("From a file; Ctrl+V takes it from the clipboard."))
        self.pick.clicked.connect(self.ask_picture)
        self.forget = IconButton("x", _("Without a picture"))
        self.forget.clicked.connect(self.presenter.forget_picture)
        return row(self.thumb, self.pick, self.forget, None, gap=8)

    def ask_picture(self) -> None:
        """A picture file; kept with the move when it is saved."""
        if self.presenter.state.step == "move" and self.presenter.state.hand != "drawer":
            chosen = self.choose_open()
            if chosen is not None:
                self.presenter.take_picture(chosen)

    def _view(self) -> None:
        state = self.presenter.state
        self.presenter.view_picture(state.picture, hand_title(state.hand))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V with a picture on the clipboard."""
        if event.matches(QKeySequence.StandardKey.Paste):
            source = clipboard_picture()
            if source is not None:
                self.presenter.take_picture(source, discard=True)
                return
        super().keyPressEvent(event)

    def show_state(self, state: "ClosingState") -> None:
        """See Page."""
        title = hand_title(state.hand)
        if title != self._title.text_in_full():
            self._title.set_text(title)
            self._hint.setText(hand_hint(state.hand))
            self._show_words(state.hand)
        self._amount_field.setVisible(state.hand != "drawer")
        self._picture_field.setVisible(state.hand != "drawer")
        self.thumb.show_picture(state.picture)
        self.forget.setVisible(bool(state.picture))
        if self.amount.amount != state.amount:
            self.amount.set_amount(state.amount)
        if self.reason.text() != state.reason:
            self.reason.setText(state.reason)
        self._amount_field.show_error(state.error if state.field == "amount" else "")
        self._reason_field.show_error(state.error if state.field == "reason" else "")
        self._picture_field.show_error(state.error if state.field == "picture" else "")
        wrong = {"amount": self.amount, "reason": self.reason}.get(state.field)
        if wrong is not None and state.error and not wrong.hasFocus():
            self.go_to(wrong)

    def focus_first(self) -> None:
        """See Page."""
        self.go_to(self.reason if self.presenter.state.hand == "drawer" else self.amount)

    def _show_words(self, kind: "HandKind") -> None:
        for old in self._words:
            self._chips.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._words = []
        for word in hand_words(kind):
            button = Button(word, "soft")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, word=word: self._say(word))
            self._chips.addWidget(button)
            self._words.append(button)

    def _say(self, word: str) -> None:
        self.presenter.type_reason(word)
        self.go_to(self.reason)

    def _choose_open(self) -> Path | None:
        kinds = f"{_('Pictures')} ({PICTURE_FILES})"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open"), "", kinds)
        return Path(chosen) if chosen else None


def hand_hint(kind: "HandKind") -> str:
    """What it is for."""
    return {
        "in": _("Money that comes into the drawer without a sale, such as small change."),
        "out": _("Money that is spent from the drawer, such as for packing."),
        "deposit": _("Money that is taken to the office during the day."),
        "drawer": _("The drawer opens without a sale. Who did it, when and why is noted."),
    }[kind]


def hand_words(kind: "HandKind") -> tuple[str, ...]:
    """Reasons at hand for a finger."""
    return {
        "in": (_("Small change"), _("From the office")),
        "out": (_("Packing"), _("Courier"), _("Meals")),
        "deposit": (_("Midday deposit"), _("Evening deposit")),
        "drawer": (_("Change money"), _("Check the drawer")),
    }[kind]
