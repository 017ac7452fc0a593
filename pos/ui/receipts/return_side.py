"""The right side of the receipts while something is taken back."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos.i18n import _
from pos.money import rupiah
from pos.services.papers import LETTERS, paper_number
from pos.ui import actions
from pos.ui.listen import listen
from pos.ui.receipts.return_row import ReturnRow
from pos.ui.receipts.rows import method_label
from pos.ui.selling.totals_big import BigAmount
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.pin import ApprovalPanel

if TYPE_CHECKING:
    from pos.services.returns import RefundWay
    from pos.ui.desk import Desk
    from pos.ui.receipts.returning import ReturningPresenter, ReturningState
    from pos.ui.widgets.button import Kind


class ReturnSide(QStackedWidget):
    """closed: the paper is wanted again."""

    closed = Signal()

    def __init__(self, desk: "Desk", presenter: "ReturningPresenter") -> None:
        super().__init__()
        self.presenter = presenter
        self.rows: list[ReturnRow] = []
        self._sale_id = 0
        self._asked = False
        self._make()
        self._lay_out()
        self.approval = ApprovalPanel(desk.till, desk.run)
        self.approval.approved.connect(presenter.void)
        self.approval.cancelled.connect(presenter.give_up_asking)
        asked = QWidget()
        asked.setLayout(column(self.approval, margins=(18, 16, 18, 16)))
        self.addWidget(scroll(asked))
        for action, call in (
            ("return-all", presenter.take_all),
            ("return-damaged", presenter.toggle_damaged),
            ("return-refund", presenter.toggle_refund),
            ("return-do", self._go),
            ("void", presenter.void),
        ):
            actions.bind(self, action, call)
        listen(self, presenter, self.show_state)

    def _make(self) -> None:
        presenter = self.presenter
        self._title = ElidedLabel("", "title")
        self._back = Button(_("Back"), "ghost", icon="arrow-left", key="Esc")
        self._back.clicked.connect(self.closed)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.all = _button("return-all", "soft", "arrow-u-up-left")
        self.all.clicked.connect(presenter.take_all)
        ways: tuple[tuple[RefundWay, str], ...] = (
            ("cash", _("In cash")),
            ("as_paid", _("As it was paid")),
        )
        self.way: Choice[RefundWay] = Choice(ways, "cash")
        self.way.changed.connect(lambda: presenter.choose_refund(self.way.value))
        self.reason = TextInput()
        self.reason.textEdited.connect(presenter.type_reason)
        self.reason.returnPressed.connect(self._go)
        self._reason_field = Field(_("Reason"), self.reason)
        self._words = []
        for word in reasons():
            button = Button(word, "soft")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, word=word: self._say(word))
            self._words.append(button)
        self.void = _button("void", "outline", "prohibit")
        self.void.clicked.connect(lambda _on=False: presenter.void())
        self._caption = Label("", "label", "muted", wrap=True)
        self.amount = BigAmount(34, "accent")
        self._shares = Label("", "body", "muted", wrap=True)
        self._error = Label("", "body", "bad", wrap=True)
        self.main = Button("", "accent", key=actions.key_text("return-do"), big=True)
        self.main.clicked.connect(self._go)

    def _lay_out(self) -> None:
        head = frame("header", row(self._title, None, self._back, margins=(18, 0, 8, 0)))
        head.setFixedHeight(54)
        self._choices = QWidget()
        self._choices.setLayout(
            column(
                self._lines,
                self.all,
                6,
                Label(_("The money goes back"), "label", "muted"),
                self.way,
                self._reason_field,
                row(*self._words, gap=6),
                8,
                self.void,
                None,
                gap=8,
                margins=(18, 12, 18, 8),
            )
        )
        foot = column(
            self._caption,
            self.amount,
            self._shares,
            self._error,
            self.main,
            gap=4,
            margins=(18, 8, 18, 16),
        )
        page = QWidget()
        self._area = scroll(self._choices)
        whole = column(head, self._area, foot, gap=0)
        whole.setStretch(1, 1)
        page.setLayout(whole)
        self.addWidget(page)

    # -- showing -------------------------------------------------------------------------------

    def entered(self) -> None:
        """In view: keys are about the first line that can come back."""
        state = self.presenter.state
        if self.rows:
            self.rows[min(state.current, len(self.rows) - 1)].setFocus()

    def show_state(self) -> None:
        """Show what has changed."""
        state = self.presenter.state
        if state.sale is None:
            self._sale_id = 0
            return
        if state.sale.sale_id != self._sale_id:
            self._sale_id = state.sale.sale_id
            self._build(state)
        asked, self._asked = self._asked, bool(state.asking)
        self.setCurrentIndex(1 if state.asking else 0)
        if state.asking and not asked:
            self.approval.ask(state.asking)
        self._title.set_text(_("Return of {number}").format(number=state.sale.number))
        self._choices.setEnabled(state.done is None and not state.busy)
        for shown, choice in zip(self.rows, state.chosen, strict=True):
            shown.show_choice(choice)
        self.way.set_value(state.refund)
        if self.reason.text() != state.reason:
            self.reason.setText(state.reason)
        self._reason_field.show_error(state.error if state.field == "reason" else "")
        if state.field == "reason" and state.error and not self.reason.hasFocus():
            self._to_reason()
        self.void.setVisible(state.can_void)
        self._show_foot(state)

    def _show_foot(self, state: "ReturningState") -> None:
        done = state.done
        shares = done.refunds if done else state.quote
        if done:
            number = paper_number(LETTERS["return"], done.number)
            self._caption.setText(_("{number} is written. Hand back:").format(number=number))
        else:
            self._caption.setText(_("To hand back"))
        self.amount.show_amount(state.amount)
        mixed = [f"{method_label(method)} {rupiah(amount)}" for method, amount in shares]
        self._shares.setText(" · ".join(mixed))
        self._shares.setVisible(bool(mixed))
        self._error.setText("" if state.field == "reason" else state.error)
        self._error.setVisible(bool(state.error) and state.field != "reason")
        text = _("Done") if done else actions.text("return-do")
        self.main.setText(text)
        self.main.updateGeometry()
        self.main.update()
        self.main.setEnabled(not state.busy and (done is not None or state.pieces > 0))
        if done and not self.main.hasFocus():
            self.main.setFocus()

    def _build(self, state: "ReturningState") -> None:
        for old in self.rows:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = []
        for at, line in enumerate(state.sale.lines if state.sale else ()):
            made = ReturnRow(line)
            made.qty_wanted.connect(lambda qty, at=at: self.presenter.set_qty(at, qty))
            made.more_wanted.connect(lambda by, at=at: self.presenter.add(at, by))
            made.damaged_wanted.connect(
                lambda on, at=at: self.presenter.set_damaged(at, damaged=on)
            )
            made.reached.connect(lambda at=at: self._reached(at))
            made.step.connect(lambda by, at=at: self._step(at, by))
            self._lines.addWidget(made)
            self.rows.append(made)
        # Made last, they would come last: Tab would lead out of the panel, where its keys are dead.
        chain = [*self.rows, self.way.button("cash"), self.way.button("as_paid"), self.reason]
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)

    def _step(self, at: int, by: int) -> None:
        at += by
        while 0 <= at < len(self.rows) and not self.rows[at].isEnabled():
            at += by
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus()
        elif by > 0:
            self._to_reason()

    def _reached(self, at: int) -> None:
        self.presenter.go_to(at)
        self._area.ensureWidgetVisible(self.rows[at], 0, 8)

    def _to_reason(self) -> None:
        """Into view too: many lines push it below the edge of a low window."""
        self.reason.setFocus()
        self._area.ensureWidgetVisible(self._reason_field, 0, 8)

    def _say(self, word: str) -> None:
        self.presenter.type_reason(word)
        self._to_reason()

    # -- going on ------------------------------------------------------------------------------

    def _go(self) -> None:
        if self.presenter.state.done:
            self.closed.emit()
        elif not self.presenter.state.asking:
            self.presenter.give_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads from the lines to the reason and on; Esc back to the paper."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            if self.presenter.state.done:
                self.closed.emit()
            elif not self.presenter.state.asking:
                self._to_reason()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _button(action: str, kind: "Kind", icon: str) -> Button:
    made = Button(actions.text(action), kind, icon=icon, key=actions.key_text(action))
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def reasons() -> tuple[str, ...]:
    """Reasons at hand for a finger."""
    return (_("Damaged"), _("Does not fit"), _("Wrong item"))
