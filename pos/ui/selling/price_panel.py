"""Another price for a line, with a manager's word."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pos.errors import UserError
from pos.i18n import _
from pos.money import rupiah
from pos.ui.selling.presenter import SellingPresenter
from pos.ui.selling.side import SidePanel
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.numpad import NumPad, PadToggle


class PricePanel(SidePanel):
    """`show_for(key)` opens it for a line."""

    def __init__(self, presenter: SellingPresenter) -> None:
        super().__init__(_("Another price"))
        self._presenter = presenter
        self._key = 0
        self._what = ElidedLabel("", "lead")
        self._list_price = Label("", "body", "muted")
        self.price = MoneyInput()
        self._pad = NumPad(self.price)
        self._pad_on = PadToggle(self._pad)
        self.reason = TextInput("", _("Why (may stay empty)"))
        self._apply = Button(_("Change the price"), "primary", key="Enter", big=True)
        self._apply.clicked.connect(self.apply)
        self._back = Button(_("Back to the list price"), "outline", icon="arrow-counter-clockwise")
        self._back.clicked.connect(self._list)
        hint = _("The price of one piece. A manager has to allow it.")
        price = row(gap=8)
        price.addWidget(Field(_("New price"), self.price, hint), 1)
        price.addWidget(self._pad_on)
        self.fill(self._what, self._list_price, price, self._pad)
        self.fill(Field(_("Reason"), self.reason), self._back, self.message, None)
        self.foot.addWidget(self._apply)

    def show_for(self, key: int) -> None:
        """The price of this line."""
        self._key = key
        line = self._presenter.cart.line(key)
        self._what.set_text(line.item.name)
        self._list_price.setText(_("List price {price}").format(price=rupiah(line.item.price)))
        self.price.set_amount(line.price)
        self.reason.setText(line.price_reason)
        self._back.setVisible(line.price != line.item.price)
        self.message.say("")

    def opened(self) -> None:
        """Typing goes into the price."""
        self.price.setFocus()

    def apply(self) -> None:
        """Charge it; what does not fit is said here."""
        price = self.price.amount
        if price is None:
            self.message.say(_("Type the new price."))
            return
        reason = self.reason.text().strip()
        try:
            self._presenter.change_price(self._key, price, reason, self.closed.emit)
        except UserError as error:
            self.message.say(error.sentence)

    def _list(self) -> None:
        self.price.set_amount(self._presenter.cart.line(self._key).item.price)
        self.apply()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter changes the price."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply()
        else:
            super().keyPressEvent(event)
