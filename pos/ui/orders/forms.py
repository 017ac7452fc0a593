"""Small forms about one order: a deposit, an advance, money back, the end, a step back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.money import rupiah
from pos.receipts.slips_orders import rule_text, state_text
from pos.services.orders import STEPS
from pos.tender import METHODS, Method
from pos.ui import actions
from pos.ui.orders.card import OrderWork
from pos.ui.selling.paying import method_name
from pos.ui.selling.side import SidePanel
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.deposits import DepositRule
    from pos.events.orders import CancelledBy, OrderStep


class OrderForm(SidePanel):
    """F9 or Enter goes on. Errors of the card's presenter stand beside their fields.

    paying   a Paying that takes the money
    """

    paying = Signal(object)

    def __init__(self, work: OrderWork, title: str, button: str) -> None:
        super().__init__(title)
        self.work = work
        self.fields: dict[str, Field] = {}
        self.says = Label("", "body", "muted", wrap=True)
        self.go = Button(
            button, "primary", icon="check", key=actions.key_text("orders-save"), big=True
        )
        self.go.clicked.connect(self.submit)

    def finish(self, *parts: QWidget) -> None:
        """Put the fields, and the button below; call at the end of the maker."""
        self.fill(self.says, *parts, None)
        self.foot.addWidget(self.message)
        self.foot.addWidget(self.go)

    def start(self) -> None:
        """The form is opened: begin anew."""
        for field in self.fields.values():
            field.show_error("")
            if isinstance(field.input, MoneyInput):
                field.input.set_amount(None)
            elif isinstance(field.input, TextInput):
                field.input.clear()
        self.message.say("")

    def opened(self) -> None:
        """See SidePanel."""
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.input.setFocus()

    def show_errors(self) -> None:
        """What the presenter says."""
        errors = self.work.errors
        for name, field in self.fields.items():
            field.show_error(errors.get(name, ""))
        rest = [words for name, words in errors.items() if name not in self.fields]
        self.message.say(rest[0] if rest else "")
        self.go.setEnabled(not self.work.busy)

    def submit(self) -> None:
        """Do it."""
        raise NotImplementedError  # a Qt widget can not be abstract; each form says its own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.submit()
            return
        super().keyPressEvent(event)


class DepositForm(OrderForm):
    """More money ahead."""

    def __init__(self, work: OrderWork) -> None:
        super().__init__(work, _("Deposit"), _("Go on to the payment"))
        self.amount = MoneyInput()
        self.fields = {"deposit": Field(_("Amount"), self.amount)}
        self.finish(self.fields["deposit"])

    def start(self) -> None:
        """See OrderForm."""
        super().start()
        order = self.work.shown
        said = _("Held {held}, still to pay {rest}.")
        self.says.setText(said.format(held=rupiah(order.deposit), rest=rupiah(order.rest)))

    def submit(self) -> None:
        """See OrderForm: the payment follows."""
        amount, rest = self.amount.amount or 0, self.work.shown.rest
        if not 0 < amount <= rest:
            most = _("A deposit is at most {amount}, what the order still costs.")
            self.fields["deposit"].show_error(most.format(amount=rupiah(rest)))
            return
        self.paying.emit(self.work.deposit(amount))


class AdvanceForm(OrderForm):
    """Money for material, to the maker."""

    def __init__(self, work: OrderWork) -> None:
        super().__init__(work, _("Advance for material"), _("Give the advance"))
        self.amount, self.reference = MoneyInput(), TextInput()
        ways: list[tuple[Method, str]] = [(m, method_name(m)) for m in METHODS[:3:2]]
        self.method: Choice[Method] = Choice(ways, "cash")
        self.method.changed.connect(self._show)
        self.fields = {
            "amount": Field(_("Amount"), self.amount),
            "reference": Field(_("Reference of the transfer"), self.reference),
        }
        self.finish(
            self.fields["amount"],
            Field(_("Paid by way of"), self.method),
            self.fields["reference"],
        )

    def start(self) -> None:
        """See OrderForm."""
        super().start()
        order = self.work.shown
        self.method.set_value("cash")
        said = _("To {workshop}, at most {amount} of the deposit. It is nothing earned.")
        free = rupiah(max(0, order.deposit - order.advance))
        self.says.setText(said.format(workshop=order.workshop, amount=free))
        self._show()

    def _show(self) -> None:
        self.fields["reference"].setVisible(self.method.value == "transfer")

    def submit(self) -> None:
        """See OrderForm."""
        self.work.advance(self.amount.amount or 0, self.method.value, self.reference.text())


class RefundForm(OrderForm):
    """Some of the deposit back to the customer."""

    def __init__(self, work: OrderWork) -> None:
        super().__init__(work, _("Give some of the deposit back"), _("Give it back"))
        self.amount, self.reason = MoneyInput(), TextInput()
        self.method: Choice[Method] = Choice([(m, method_name(m)) for m in METHODS], "cash")
        self.fields = {
            "amount": Field(_("Amount"), self.amount),
            "reason": Field(_("Reason"), self.reason),
        }
        self.finish(
            self.fields["amount"], Field(_("Paid by way of"), self.method), self.fields["reason"]
        )

    def start(self) -> None:
        """See OrderForm."""
        super().start()
        held = rupiah(self.work.shown.deposit)
        self.says.setText(_("Held for the customer: {amount}.").format(amount=held))

    def submit(self) -> None:
        """See OrderForm."""
        self.work.refund(self.amount.amount or 0, self.method.value, self.reason.text())


class CancelForm(OrderForm):
    """The end of an order, and what becomes of its deposit."""

    def __init__(self, work: OrderWork) -> None:
        super().__init__(work, _("Cancel the order"), _("Cancel the order"))
        self.reason = TextInput()
        who: list[tuple[CancelledBy, str]] = [
            ("customer", _("the customer")),
            ("maker", _("the maker")),
            ("stand", _("the stand")),
        ]
        rules: list[tuple[DepositRule, str]] = [
            ("returned", _("given back")),
            ("split", _("half back")),
            ("kept", _("kept")),
        ]
        self.by: Choice[CancelledBy] = Choice(who, "customer")
        self.rule: Choice[DepositRule] = Choice(rules, "kept")
        self.method: Choice[Method] = Choice([(m, method_name(m)) for m in METHODS], "cash")
        self.by.changed.connect(self._by_agreement)
        self.rule.changed.connect(self._show)
        self._result = Label("", "body", wrap=True)
        self._way = Field(_("Given back by way of"), self.method)
        self.fields = {"reason": Field(_("Reason"), self.reason)}
        self.finish(
            Field(_("Who withdraws"), self.by),
            Field(_("The deposit is"), self.rule),
            self._way,
            self.fields["reason"],
            self._result,
        )

    def start(self) -> None:
        """See OrderForm."""
        super().start()
        self.by.set_value("customer")
        self._by_agreement()

    def _by_agreement(self) -> None:
        agreed = self.work.agreed(self.by.value)
        self.rule.set_value(agreed)
        self.says.setText(_("As the slip says: {rule}.").format(rule=rule_text(agreed)))
        self._show()

    def _show(self) -> None:
        quoted = self.work.cancel_quote(self.rule.value)
        parts = [_("Back to the customer: {amount}.").format(amount=rupiah(quoted.back))]
        if quoted.kept:
            kept = _("Kept: {share} for the maker, {commission} for the stand.")
            parts.append(
                kept.format(share=rupiah(quoted.share), commission=rupiah(quoted.commission))
            )
        self._result.setText(" ".join(parts))
        self._way.setVisible(quoted.back > 0)

    def submit(self) -> None:
        """See OrderForm."""
        self.work.cancel(self.by.value, self.rule.value, self.method.value, self.reason.text())


class BackForm(OrderForm):
    """An earlier step again, with the reason."""

    def __init__(self, work: OrderWork) -> None:
        super().__init__(work, _("A step back"), _("Go back a step"))
        self.reason = TextInput()
        self.fields = {"note": Field(_("Reason"), self.reason)}
        self.finish(self.fields["note"])

    @property
    def _step(self) -> "OrderStep":
        return STEPS[max(0, STEPS.index(self.work.shown.step) - 1)]

    def start(self) -> None:
        """See OrderForm."""
        super().start()
        now, before = state_text(self.work.shown.step), state_text(self._step)
        said = _("From “{now}” back to “{before}”.")
        self.says.setText(said.format(now=now, before=before))

    def submit(self) -> None:
        """See OrderForm."""
        self.work.move(self._step, self.reason.text())
