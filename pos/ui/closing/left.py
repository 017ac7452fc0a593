"""The left card: what is asked for at the opening, what can be done, how far the close is."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from pos.formats import format_date_short, format_datetime
from pos.i18n import _
from pos.money import rupiah
from pos.ui import actions
from pos.ui.closing.state import CLOSING_STEPS
from pos.ui.closing.steps import StepList
from pos.ui.widgets.box import Part, column, frame, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from pos.services.queries.cash_moves import HandKind
    from pos.ui.closing.presenter import ClosingPresenter
    from pos.ui.closing.state import ClosingState

HANDS: Final[tuple[tuple[str, "HandKind", str], ...]] = (
    ("shift-in", "in", "arrow-down-left"),
    ("shift-out", "out", "arrow-up-right"),
    ("shift-deposit", "deposit", "bank"),
    ("shift-drawer", "drawer", "archive"),
)


class LeftCard(QStackedWidget):
    """`back` asks for the step before."""

    back = Signal()

    def __init__(self, presenter: "ClosingPresenter") -> None:
        super().__init__()
        self.opening = OpeningSide(presenter)
        self.day = DaySide(presenter)
        self.closing = ClosingSide()
        self.closing.back.clicked.connect(self.back)
        for side in (self.opening, self.day, self.closing):
            self.addWidget(_carded(side))

    def show_state(self, state: "ClosingState") -> None:
        """Show what has changed."""
        at = 0 if state.step == "open" else 1 if state.step in {"day", "move"} else 2
        self.setCurrentIndex(at)
        (self.opening, self.day, self.closing)[at].show_state(state)


def _carded(inner: QWidget) -> QWidget:
    return frame("card", column(scroll(inner), margins=(1, 8, 1, 8)))


def _side(widget: QWidget, *parts: Part, gap: int = 10) -> None:
    widget.setLayout(column(*parts, gap=gap, margins=(17, 8, 17, 8)))


class OpeningSide(QWidget):
    """What came from the office, and why the drawer differs; the last Z."""

    def __init__(self, presenter: "ClosingPresenter") -> None:
        super().__init__()
        self._presenter = presenter
        self._book = Label("", "body", "muted", wrap=True)
        self.brought, self.reason = MoneyInput(), TextInput()
        self.brought.edited.connect(presenter.type_brought)
        self.reason.textEdited.connect(presenter.type_reason)
        self._brought_field = Field(_("Brought from the office"), self.brought)
        self._reason_field = Field(_("Why it differs"), self.reason)
        self._last = Label("", "small", "muted", wrap=True)
        self.copy = Button(
            actions.text("shift-print"),
            "outline",
            icon="printer",
            key=actions.key_text("shift-print"),
        )
        self.copy.clicked.connect(presenter.reprint)
        self.earlier = DropDown(_("Earlier Z reports"))
        self.earlier.activated.connect(lambda _at: presenter.choose_z(self.earlier.chosen))
        self._offered: tuple[int, ...] = ()
        self._note = Label("", "label", "good", wrap=True)
        _side(
            self,
            ElidedLabel(_("Open the shift"), "heading"),
            Label(_("Count what is in the drawer, then open."), "body", "muted", wrap=True),
            self._book,
            4,
            self._brought_field,
            self._reason_field,
            None,
            self._note,
            self._last,
            self.earlier,
            self.copy,
        )

    def show_state(self, state: "ClosingState") -> None:
        """Show what has changed."""
        self._book.setText(_("In the book: {amount}").format(amount=rupiah(state.drawer)))
        if self.brought.amount != state.brought_now:
            self.brought.set_amount(state.brought_now)
        if self.reason.text() != state.reason:
            self.reason.setText(state.reason)
        self._brought_field.show_error(state.error if state.field == "brought" else "")
        self._reason_field.show_error(state.error if state.field == "reason" else "")
        differs = bool(state.opening_difference) and state.total > 0
        self._reason_field.setVisible(differs or state.field == "reason")
        wrong = {"brought": self.brought, "reason": self.reason}.get(state.field)
        if wrong is not None and state.error and not wrong.hasFocus():
            wrong.setFocus()
        last = state.last
        self._last.setVisible(last is not None)
        self.copy.setVisible(last is not None)
        self.earlier.setVisible(len(state.closings) > 1)
        offered = tuple(z.closing_id for z in state.closings)
        chosen = state.z_id or (offered[0] if offered else 0)
        if offered != self._offered:
            self._offered = offered
            choices = [
                (z.closing_id, f"{z.number} · {format_date_short(z.business_date)}")
                for z in state.closings
            ]
            self.earlier.set_choices(choices, chosen)
        else:
            self.earlier.choose(chosen)
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note))
        if last is not None:
            self._last.setText(
                _("Last closed: {number}, {when}, {name}").format(
                    number=last.number, when=format_datetime(last.at), name=last.closed_by
                )
            )


class DaySide(QWidget):
    """What can be done with the drawer while the shift is open."""

    def __init__(self, presenter: "ClosingPresenter") -> None:
        super().__init__()
        self.hands: dict[HandKind, Button] = {}
        for action, kind, icon in HANDS:
            button = _wide(actions.text(action), icon, actions.key_text(action))
            button.setCheckable(True)
            button.clicked.connect(partial(self._start, presenter, kind))
            self.hands[kind] = button
        self.x_report = _wide(
            actions.text("shift-print-x"), "printer", actions.key_text("shift-print-x")
        )
        self.x_report.clicked.connect(presenter.print_x)
        self._late = Label(
            _("This shift is from an earlier day. Count and close it."),
            "label",
            "accent",
            wrap=True,
        )
        self._note = Label("", "label", "good", wrap=True)
        _side(
            self,
            ElidedLabel(_("Drawer"), "heading"),
            self._late,
            4,
            *self.hands.values(),
            6,
            self.x_report,
            None,
            self._note,
        )

    @staticmethod
    def _start(presenter: "ClosingPresenter", kind: "HandKind", _on: bool = False) -> None:
        presenter.start_hand(kind)

    def show_state(self, state: "ClosingState") -> None:
        """Show what has changed."""
        for kind, button in self.hands.items():
            button.setChecked(state.step == "move" and state.hand == kind)
        self._late.setVisible(state.late)
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note))


class ClosingSide(QWidget):
    """The five steps."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = StepList()
        self._hint = Label("", "body", "muted", wrap=True)
        self.back = Button(_("Back"), "outline", icon="arrow-left", key="Esc")
        _side(
            self,
            ElidedLabel(_("Close the till"), "heading"),
            2,
            self.steps,
            12,
            self._hint,
            None,
            self.back,
        )

    def show_state(self, state: "ClosingState") -> None:
        """Show what has changed."""
        at = CLOSING_STEPS.index(state.step) if state.step in CLOSING_STEPS else 0
        self.steps.show_step(at, all_done=state.step == "done")
        hint = ""
        if state.step in {"payments", "count"}:
            hint = _("What the book says shows only when the count is saved.")
            if state.step == "count" and not state.blind and state.figures:
                amount = rupiah(state.figures.expected_cash)
                hint = _("In the book: {amount}").format(amount=amount)
        elif state.step in {"difference", "deposit"}:
            hint = _("The count is saved and stays as it is.")
        self._hint.setText(state.note or hint)
        self._hint.set_tone("good" if state.note else "muted")
        self.back.setVisible(state.step in {"payments", "count", "deposit"})


def _wide(text: str, icon: str, key: str) -> Button:
    button = Button(text, "outline", icon=icon, key=key)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
