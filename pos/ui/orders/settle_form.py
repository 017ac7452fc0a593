"""What is left of a closed order's deposit, or went back too much: a manager says what becomes of it."""

from pos.i18n import _
from pos.money import rupiah
from pos.services.order_settling import SettleWay, ways
from pos.tender import METHODS, Method
from pos.ui.orders.card import OrderWork
from pos.ui.orders.forms import OrderForm
from pos.ui.selling.paying import method_name
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label


class SettleForm(OrderForm):
    """Two tills took, used or gave back money of one order without knowing of each other."""

    def __init__(self, work: OrderWork) -> None:
        super().__init__(work, _("Settle the deposit"), _("Settle"))
        self.reason = TextInput()
        choices: list[tuple[SettleWay, str]] = [
            ("back", _("Give it back")),
            ("keep", _("Keep it")),
            ("unkeep", _("Not kept after all")),
            ("pay", _("The customer pays")),
            ("bear", _("The stand bears it")),
        ]
        self.way: Choice[SettleWay] = Choice(choices, "back")
        self.way.changed.connect(self._show)
        self.method: Choice[Method] = Choice([(m, method_name(m)) for m in METHODS], "cash")
        self._method = Field(_("Given back by way of"), self.method)
        self._result = Label("", "body", "muted", wrap=True)
        self.fields = {"reason": Field(_("Reason"), self.reason)}
        self.finish(
            Field(_("What becomes of it"), self.way),
            self._result,
            self._method,
            self.fields["reason"],
        )

    def start(self) -> None:
        """See OrderForm."""
        super().start()
        order = self.work.shown
        offered = ways(order)
        for way in ("back", "keep", "unkeep", "pay", "bear"):
            self.way.button(way).setVisible(way in offered)
        if offered:
            self.way.set_value(offered[0])
        self.says.setText(unsettled_text(order.unsettled))
        self._show()

    def _show(self) -> None:
        way, amount = self.way.value, rupiah(abs(self.work.shown.unsettled))
        self._result.setText(
            {
                "back": _("{amount} goes back to the customer; a slip is printed."),
                "keep": _("{amount} is shared by maker and stand as the price would have been."),
                "unkeep": _("{amount} that was kept pays; maker and stand give their parts back."),
                "pay": _("The customer pays {amount}; a slip is printed."),
                "bear": _("{amount} is taken off the stand's commission of today."),
            }[way].format(amount=amount)
        )
        self._method.setVisible(way == "back")
        self.fields["reason"].setVisible(way != "pay")

    def submit(self) -> None:
        """See OrderForm."""
        way = self.way.value
        if way == "pay":
            self.paying.emit(self.work.collect())
        else:
            self.work.settle(way, self.method.value, self.reason.text())


def unsettled_text(amount: int) -> str:
    """What two tills left over, in a sentence."""
    if amount > 0:
        said = _("The order is closed, but {amount} of its deposit is still held.")
    else:
        said = _("{amount} more of the deposit was used or given back than was held.")
    return said.format(amount=rupiah(abs(amount)))
