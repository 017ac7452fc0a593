"""A discount on a line or on everything: how much, why, and who bears it."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.cart import CartLine, Discount, price_cart
from pos.errors import UserError
from pos.i18n import _
from pos.money import rupiah
from pos.terms import Bearer
from pos.ui.selling.notes import bearer_name, minus
from pos.ui.selling.presenter import SellingPresenter
from pos.ui.selling.side import SidePanel
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.numpad import NumPad, PadToggle

_QUICK_PERCENT: Final = (5, 10, 15, 20, 25, 50)
_BEARERS: Final[tuple[Bearer, ...]] = ("seller", "stand", "shared")
_MOST_PERCENT: Final = 100


def _reasons() -> tuple[str, ...]:
    return (_("Bargained"), _("Regular customer"), _("Small flaw"), _("Promotion"))


class DiscountPanel(SidePanel):
    """`show_for(key)`: None is the discount over everything."""

    def __init__(self, presenter: SellingPresenter) -> None:
        super().__init__(_("Discount"))
        self._presenter = presenter
        self._key: int | None = None
        self._what = ElidedLabel("", "lead")
        self._scope = Choice((("line", _("This line")), ("cart", _("Everything"))), "line")
        self._base = Label("", "body", "muted")
        self._unit = Choice((("percent", "%"), ("rupiah", "Rp")), "percent")
        self._unit.setFixedWidth(104)
        self.amount = MoneyInput()
        self.amount.setAccessibleName(_("How much"))
        self._pad = NumPad(self.amount)
        self._pad_on = PadToggle(self._pad)
        self._amount_row = QWidget()
        amount_row = row(gap=8)
        amount_row.addWidget(self.amount, 1)
        amount_row.addWidget(self._unit)
        amount_row.addWidget(self._pad_on)
        self._amount_row.setLayout(amount_row)
        self._quick = [Button(f"{percent}%", "soft") for percent in _QUICK_PERCENT]
        self._bearer: Choice[Bearer] = Choice(
            [(bearer, bearer_name(bearer)) for bearer in _BEARERS], "seller"
        )
        self.reason = TextInput("", _("Why (may stay empty)"))
        self._reasons = [Button(reason, "soft") for reason in _reasons()]
        self._result = Label("", "lead", "accent")
        self._apply = Button(_("Give the discount"), "primary", key="Enter", big=True)
        self._off = Button(_("No discount"), "ghost", icon="x")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        how_much = Field(_("How much"), self._amount_row)
        quick = row(*self._quick, gap=4)
        reasons = row(*self._reasons[:2], gap=6), row(*self._reasons[2:], gap=6)
        for box in (quick, *reasons):
            for at in range(box.count()):
                box.setStretch(at, 1)
        bearer = Field(_("Who bears it"), self._bearer)
        self.fill(
            self._scope,
            column(self._what, self._base, gap=2),
            how_much,
            self._pad,
            quick,
            bearer,
        )
        self.fill(Field(_("Reason"), self.reason), *reasons, self.message, None)
        self.foot.addLayout(row(self._result, None, self._off))
        self.foot.addWidget(self._apply)

    def _connect(self) -> None:
        self._scope.changed.connect(self._scope_changed)
        self._unit.changed.connect(self._unit_changed)
        self._bearer.changed.connect(self._preview)
        self.amount.edited.connect(self._preview)
        self._apply.clicked.connect(self.apply)
        self._off.clicked.connect(self._take_off)
        for percent, button in zip(_QUICK_PERCENT, self._quick, strict=True):
            button.clicked.connect(lambda _c=False, percent=percent: self._choose(percent))
        for button in self._reasons:
            button.clicked.connect(lambda _c=False, b=button: self.reason.setText(b.text()))

    # -- showing ---------------------------------------------------------------------

    def show_for(self, key: int | None) -> None:
        """The discount of this line, or over everything."""
        self._key = key
        self._scope.set_value("cart" if key is None else "line")
        self._scope.setEnabled(self._presenter.line is not None)
        line = self._line
        self._what.set_text(line.item.name if line else _("Everything in the cart"))
        self._base.setText(rupiah(self._whole))
        given = line.discount if line else self._presenter.cart.discount
        in_rupiah = given is not None and not given.percent_bp
        self._unit.set_value("rupiah" if in_rupiah else "percent")
        self._bearer.set_value(given.bearer if given else "seller")
        self.reason.setText(given.reason if given else "")
        self.amount.set_amount(_typed(given))
        self._off.setVisible(given is not None)
        self.message.say("")
        self._preview()

    def opened(self) -> None:
        """Typing goes into the amount."""
        self.amount.setFocus()

    @property
    def _line(self) -> CartLine | None:
        if self._key is None:
            return None
        return self._presenter.cart.line(self._key)

    @property
    def _whole(self) -> int:
        line = self._line
        if line is not None:
            return line.gross
        priced = price_cart(self._presenter.cart)
        return priced.subtotal - priced.line_discounts

    def _scope_changed(self) -> None:
        line = self._presenter.line
        self.show_for(line.key if line and self._scope.value == "line" else None)
        self.opened()

    def _choose(self, percent: int) -> None:
        self._unit.set_value("percent")
        self.amount.set_amount(percent)
        self._preview()

    def _unit_changed(self) -> None:
        self.amount.set_amount(None)
        self.amount.setFocus()
        self._preview()

    def _preview(self, _amount: object = None) -> None:
        discount = self._discount()
        off = discount.on(self._whole) if discount else 0
        self._result.setText(minus(off) if off else "")
        chosen = self.amount.amount if self._unit.value == "percent" else None
        for percent, button in zip(_QUICK_PERCENT, self._quick, strict=True):
            kind = "accent" if percent == chosen else "soft"
            if button.kind != kind:
                button.kind = "accent" if percent == chosen else "soft"
                button.update()

    def _discount(self) -> Discount | None:
        amount = self.amount.amount
        if not amount:
            return None
        reason = self.reason.text().strip()
        if self._unit.value == "percent":
            return Discount(percent_bp=amount * 100, bearer=self._bearer.value, reason=reason)
        return Discount(amount=amount, bearer=self._bearer.value, reason=reason)

    # -- doing -------------------------------------------------------------------------

    def apply(self) -> None:
        """Give it; what does not fit is said here."""
        discount = self._discount()
        if discount is None:
            self.message.say(_("Type how much the discount is."))
            self.amount.setFocus()
            return
        if discount.percent_bp > _MOST_PERCENT * 100:
            self.message.say(_("A discount is 100 percent at most."))
            return
        try:
            self._presenter.discount(self._key, discount, self.closed.emit)
        except UserError as error:
            self.message.say(error.sentence)

    def _take_off(self) -> None:
        self._presenter.undiscount(self._key)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives the discount; % switches to percent."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply()
        elif event.text() == "%":
            self._unit.set_value("percent")
            self._preview()
        else:
            super().keyPressEvent(event)


def _typed(discount: Discount | None) -> int | None:
    if discount is None:
        return None
    return discount.percent_bp // 100 if discount.percent_bp else discount.amount
