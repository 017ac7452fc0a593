"""The first and the third step: payments that nobody saw arrive; expected against counted."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.slips_shift import method_text
from pos.ui import actions
from pos.ui.closing.page import Page, over_short_name
from pos.ui.receipts.rows import method_label
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button, CheckButton
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from pos.services.queries.shifts import OpenPayment
    from pos.tender import Method
    from pos.ui.closing.presenter import ClosingPresenter
    from pos.ui.closing.state import ClosingState

_COUNTED: Final = 118
"""Room for an amount of eight digits."""


class PaymentTick(CheckButton):
    """Space or a touch ticks; Enter is the step's, Up and Down go from one to the next."""

    def __init__(self, payment: "OpenPayment", *, on: bool) -> None:
        super().__init__(
            f"{payment.number}  ·  {method_text(payment.method)}  ·  {rupiah(payment.amount)}"
        )
        self.payment_id = payment.payment_id
        self.setChecked(on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's hook."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def nextCheckState(self) -> None:
        """What has come in stays so."""
        self.setChecked(True)


class PaymentsPage(Page):
    """Each QRIS payment and transfer that is still open."""

    def __init__(self, presenter: "ClosingPresenter") -> None:
        super().__init__(presenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._hint = Label("", "body", "muted", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.ticks: list[PaymentTick] = []
        self._shown: tuple[tuple[int, bool], ...] = ()
        self._to_whom = Label(_("Who looks after what is not ticked"), "label", "muted")
        self.people = ChipRow(presenter.leave_to)
        self._people_shown: tuple[int, ...] = ()
        self.fill(
            ElidedLabel(_("QRIS & transfers"), "heading"),
            self._hint,
            4,
            self._list,
            6,
            self._to_whom,
            self.people,
            None,
        )

    def show_state(self, state: "ClosingState") -> None:
        """See Page."""
        open_ones = {payment.payment_id for payment in state.unchecked}
        every = sorted(
            {p.payment_id: p for p in (*state.ticked, *state.unchecked)}.values(),
            key=lambda payment: payment.payment_id,
        )
        wanted = tuple((p.payment_id, p.payment_id not in open_ones) for p in every)
        if wanted != self._shown:
            self._shown = wanted
            self._build(every, open_ones)
        self._hint.setText(self._sentence(state))
        self._show_people(state)

    def _show_people(self, state: "ClosingState") -> None:
        self._to_whom.setVisible(bool(state.unchecked))
        self.people.setVisible(bool(state.unchecked))
        people = self.presenter.people()
        chosen = state.left_to or self.presenter.own_id()
        wanted = (*(person_id for person_id, _name in people), chosen)
        if wanted != self._people_shown:
            self._people_shown = wanted
            self.people.set_chips(people, chosen)

    def _build(self, every: "list[OpenPayment]", open_ones: set[int]) -> None:
        had = next((at for at, tick in enumerate(self.ticks) if tick.hasFocus()), -1)
        for old in self.ticks:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.ticks = []
        for payment in every:
            tick = PaymentTick(payment, on=payment.payment_id not in open_ones)
            tick.clicked.connect(lambda _on=False, at=payment.payment_id: self.presenter.tick(at))
            self._list.addWidget(tick)
            self.ticks.append(tick)
        if 0 <= had < len(self.ticks):
            self.ticks[min(had + 1, len(self.ticks) - 1)].setFocus()

    def _sentence(self, state: "ClosingState") -> str:
        if not self.ticks:
            return _("Every QRIS payment and transfer has been seen to arrive.")
        if not state.unchecked:
            return _("All of them have come in.")
        return _(
            "Look at the merchant's telephone or the bank, and tick what has come in. "
            "What is not ticked stays open in somebody's name."
        )

    def focus_first(self) -> None:
        """See Page."""
        first = next((tick for tick in self.ticks if not tick.isChecked()), None)
        self.go_to(first or self)


class DifferencePage(Page):
    """Expected against counted, a row a method; why they differ."""

    def __init__(self, presenter: "ClosingPresenter") -> None:
        super().__init__(presenter)
        self._verdict = ElidedLabel("", "heading")
        self._moved = Label("", "body", "accent", wrap=True)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        for at, share in enumerate((3, 3, 4, 3)):
            self._grid.setColumnStretch(at, share)
        self._shown: tuple[str, ...] = ()
        self._cash: tuple[Label, ...] = ()
        self._told: dict[Method, tuple[MoneyInput, Label]] = {}
        self.reason = TextInput()
        self.reason.textEdited.connect(presenter.type_reason)
        self._reason_field = Field(_("Reason"), self.reason)
        first, second, third = (self._word(word) for word in reasons())
        words = column(row(first, third, gap=8), row(second, None, gap=8), gap=8)
        self.again = Button(
            actions.text("shift-recount"),
            "outline",
            icon="arrow-counter-clockwise",
            key=actions.key_text("shift-recount"),
        )
        self.again.clicked.connect(presenter.recount)
        self.fill(
            self._verdict,
            self._moved,
            4,
            self._table,
            6,
            self._reason_field,
            words,
            4,
            row(self.again, None),
            None,
        )

    def _word(self, word: str) -> Button:
        button = Button(word, "soft")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _on=False: self._say(word))
        return button

    def _say(self, word: str) -> None:
        self.presenter.type_reason(word)
        self.go_to(self.reason)

    def show_state(self, state: "ClosingState") -> None:
        """See Page."""
        figures = state.figures
        if figures is None or state.saved is None:
            return
        difference = state.difference
        amount = rupiah(abs(difference))
        said = over_short_name(difference)
        self._verdict.set_text(f"{said}: {amount}" if difference else said)
        self._verdict.set_tone("accent" if difference else "good")
        self._moved.setText(
            _(
                "{amount} in cash has moved since the count. A manager can have it counted again."
            ).format(amount=rupiah(state.moved_since))
        )
        self._moved.setVisible(bool(state.moved_since))
        used = tuple(m.method for m in figures.methods if m.method != "cash" and m.count)
        if used != self._shown or not self._cash:
            self._shown = used
            self._build(used)
        expected = figures.expected_cash
        for label, text in zip(
            self._cash,
            (thousands(expected), thousands(state.counted_cash), thousands(difference)),
            strict=True,
        ):
            label.setText(text)
        self._cash[2].set_tone("accent" if difference else "good")
        told = dict(state.told)
        for method in figures.methods:
            if method.method in self._told:
                self._show_method(method.method, method.net, told.get(method.method, method.net))
        if self.reason.text() != state.reason:
            self.reason.setText(state.reason)
        wrong = state.error if state.field == "reason" else ""
        self._reason_field.show_error(wrong)
        if wrong and not self.reason.hasFocus():
            self.go_to(self.reason)

    def _show_method(self, method: "Method", expected: int, counted: int) -> None:
        field, label = self._told[method]
        if field.amount != counted and not (field.hasFocus() and field.amount is None):
            field.set_amount(counted)
        label.setText(thousands(counted - expected))
        label.set_tone("accent" if counted != expected else "good")

    def _build(self, used: "tuple[Method, ...]") -> None:
        while (item := self._grid.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        heads = ("", _("By the book"), _("Counted"), _("Difference"))
        for at, head in enumerate(heads):
            self._grid.addWidget(Label(head, "label", "muted", align=right), 0, at)
        self._cash = tuple(Label("", "price", align=right) for _at in range(3))
        self._grid.addWidget(ElidedLabel(method_text("cash"), "body-strong"), 1, 0)
        for at, label in enumerate(self._cash, 1):
            self._grid.addWidget(label, 1, at)
        self._told = {}
        self.inputs = []
        figures = self.presenter.state.figures
        nets = {m.method: m.net for m in figures.methods} if figures else {}
        for line, method in enumerate(used, 2):
            field, label = MoneyInput(), Label("", "price", align=right)
            field.setAccessibleName(method_text(method))
            field.setMinimumWidth(_COUNTED)
            field.edited.connect(lambda amount, method=method: self.presenter.tell(method, amount))
            self._grid.addWidget(ElidedLabel(method_label(method), "body-strong"), line, 0)
            self._grid.addWidget(
                Label(thousands(nets.get(method, 0)), "item", align=right), line, 1
            )
            self._grid.addWidget(field, line, 2)
            self._grid.addWidget(label, line, 3)
            self._told[method] = (field, label)
            self.inputs.append(field)
        self.inputs.append(self.reason)

    def focus_first(self) -> None:
        """See Page: the reason is what is missing most."""
        self.go_to(self.reason)


def reasons() -> tuple[str, ...]:
    """Reasons at hand for a finger."""
    return (_("Wrong change"), _("No small change"), _("Not known"))
