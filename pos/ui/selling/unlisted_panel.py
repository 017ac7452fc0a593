"""Something that is not in the book: name, price, seller, and a manager's word."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pos.errors import UserError
from pos.i18n import _
from pos.ui.selling.goods import GoodsPresenter
from pos.ui.selling.presenter import SellingPresenter
from pos.ui.selling.side import SidePanel
from pos.ui.widgets.box import row
from pos.ui.widgets.button import Button
from pos.ui.widgets.combo import Combo
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.numpad import NumPad, PadToggle

if TYPE_CHECKING:
    from pos.services.staff import Session


class UnlistedPanel(SidePanel):
    """A short form; what is sold so shows up in the list of things to be completed."""

    def __init__(self, presenter: SellingPresenter, goods: GoodsPresenter) -> None:
        super().__init__(_("Not in the book"))
        self._presenter = presenter
        self._goods = goods
        self.name = TextInput()
        self.price = MoneyInput()
        self.seller = Combo()
        self.fields = {
            "name": Field(_("What it is"), self.name),
            "price": Field(_("Price"), self.price),
            "seller_id": Field(_("Whose it is"), self.seller),
        }
        self._pad = NumPad(self.price)
        self._pad_on = PadToggle(self._pad)
        price = row(gap=8)
        price.addWidget(self.fields["price"], 1)
        price.addWidget(self._pad_on)
        hint = _("It can be sold at once and completed later, in the list of goods to complete.")
        self.fill(Label(hint, "body", "muted", wrap=True), self.fields["name"], price, self._pad)
        self.fill(self.fields["seller_id"], self.message, None)
        add = Button(_("Put into the cart"), "primary", key="Enter", big=True)
        add.clicked.connect(self.apply)
        self.foot.addWidget(add)

    def start(self, name: str = "") -> None:
        """An empty form, with what was searched for as the name."""
        self.name.setText(name)
        self.price.set_amount(None)
        self.seller.clear()
        for seller in self._goods.sellers():
            self.seller.addItem(f"{seller.code} · {seller.workshop}", seller.seller_id)
        self.seller.setCurrentIndex(-1)
        self.message.say("")
        for field in self.fields.values():
            field.show_error("")

    def opened(self) -> None:
        """Typing goes into what is still empty."""
        (self.price if self.name.text() else self.name).setFocus()

    def apply(self) -> None:
        """Ask a manager, then put it into the cart."""
        price, seller = self.price.amount, self.seller.currentData()
        missing = {
            "name": _("Type what it is.") if not self.name.text().strip() else "",
            "price": _("Type the price.") if price is None else "",
            "seller_id": _("Choose whose it is.") if seller is None else "",
        }
        for name, sentence in missing.items():
            self.fields[name].show_error(sentence)
        if price is None or any(missing.values()):
            first = next(name for name, sentence in missing.items() if sentence)
            self.fields[first].input.setFocus()
            return
        why = _("Selling something that is not in the book needs a manager.")

        def allowed(manager: "Session") -> None:
            self._add(price, seller, manager.staff_id)

        self._presenter.with_manager(why, allowed)

    def _add(self, price: int, seller_id: int, manager_id: int) -> None:
        try:
            self._presenter.add_unlisted(self.name.text().strip(), price, seller_id, manager_id)
        except UserError as error:
            field = self.fields.get(error.field)
            (field.show_error if field else self.message.say)(error.sentence)
            return
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply()
        else:
            super().keyPressEvent(event)
