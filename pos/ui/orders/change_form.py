"""Agreeing anew: price, description, details, day; the slip gets its next version."""

from pos.i18n import _
from pos.money import rupiah
from pos.services.orders import PieceChange
from pos.services.queries.order_rows import OrderLine
from pos.ui.orders.card import OrderWork
from pos.ui.orders.forms import OrderForm
from pos.ui.widgets.box import top_row
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.date import DateInput
from pos.ui.widgets.field import Field, MoneyInput, TextInput


class ChangeForm(OrderForm):
    """One piece at a time; those changed before are kept until it is saved."""

    def __init__(self, work: OrderWork) -> None:
        super().__init__(work, _("Agree anew"), _("Save and print the new slip"))
        self.which = ChipRow(self._choose)
        self.name, self.details, self.note = TextInput(), TextInput(), TextInput()
        self.price, self.ceiling = MoneyInput(), MoneyInput()
        self.promised = DateInput(_("Promised for"))
        self.agreement = TextInput("", _("Who agreed, how and when"))
        self._at = 0
        self._changes: dict[int, PieceChange] = {}
        self.fields = {
            "price": Field(_("Price a piece"), self.price),
            "ceiling": Field(_("Estimate: at most"), self.ceiling, _("Empty: the price is agreed")),
            "what": Field(_("What is made"), self.name),
            "details": Field(_("Details (Size: M, Colour: red)"), self.details),
            "promised": Field(_("Promised for"), self.promised),
            "note": Field(_("Note"), self.note),
            "agreement": Field(_("The customer's agreement to the new price"), self.agreement),
        }
        self.fill(
            self.says,
            self.which,
            self.fields["what"],
            self.fields["details"],
            top_row(self.fields["price"], self.fields["ceiling"]),
            top_row(self.fields["promised"], self.fields["note"]),
            self.fields["agreement"],
            None,
        )
        self.foot.addWidget(self.message)
        self.foot.addWidget(self.go)

    def start(self) -> None:
        """See OrderForm."""
        super().start()
        order = self.work.shown
        self._changes = {}
        said = _("Version {number} of the slip is printed, once for the customer.")
        self.says.setText(said.format(number=order.version + 1))
        self.which.set_chips([(at, line.name) for at, line in enumerate(order.lines)], 0)
        self.which.setVisible(len(order.lines) > 1)
        self.promised.set_day(order.promised)
        self.note.setText(order.note)
        self._show(0)

    def _choose(self, at: int) -> None:
        self._keep()
        self._show(at)

    def _show(self, at: int) -> None:
        self._at = at
        line = self.work.shown.lines[at]
        now = self._changes.get(line.line_id) or _same(line)
        self.name.setText(now.name)
        self.details.setText(", ".join(f"{name}: {value}" for name, value in now.fields))
        self.price.set_amount(now.price)
        self.ceiling.set_amount(now.ceiling or None)

    def _keep(self) -> None:
        line = self.work.shown.lines[self._at]
        now = PieceChange(
            line_id=line.line_id,
            name=self.name.text(),
            price=self.price.amount or 0,
            ceiling=self.ceiling.amount or 0,
            fields=_fields(self.details.text()),
            picture=line.picture,
        )
        if now == _same(line):
            self._changes.pop(line.line_id, None)
        else:
            self._changes[line.line_id] = now

    def submit(self) -> None:
        """See OrderForm."""
        self._keep()
        self.work.change(
            self.promised.day,
            self.note.text(),
            tuple(self._changes.values()),
            self.agreement.text(),
        )

    def opened(self) -> None:
        """See SidePanel."""
        self.price.setFocus()
        price = self.work.shown.lines[self._at].price
        self.price.setToolTip(_("Until now {amount}").format(amount=rupiah(price)))


def _same(line: OrderLine) -> PieceChange:
    return PieceChange(
        line_id=line.line_id,
        name=line.name,
        price=line.price,
        ceiling=line.ceiling,
        fields=tuple((one.name, one.value) for one in line.fields),
        picture=line.picture,
    )


def _fields(text: str) -> tuple[tuple[str, str], ...]:
    """As typed, "Size: M, Colour: red", in pairs of name and value."""
    pairs = (part.partition(":") for part in text.split(","))
    return tuple((name.strip(), value.strip()) for name, _colon, value in pairs if value.strip())
