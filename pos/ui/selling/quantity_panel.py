"""How many pieces of a line: for counts that nobody wants to tap together."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from pos.errors import UserError
from pos.i18n import _
from pos.money import rupiah
from pos.ui.selling.presenter import SellingPresenter
from pos.ui.selling.side import SidePanel
from pos.ui.widgets.button import Button
from pos.ui.widgets.field import Field, MoneyInput
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.numpad import NumPad


class QuantityPanel(SidePanel):
    """`show_for(key)` opens it for a line."""

    def __init__(self, presenter: SellingPresenter) -> None:
        super().__init__(_("Quantity"))
        self._presenter = presenter
        self._key = 0
        self._what = ElidedLabel("", "lead")
        self._price = Label("", "body", "muted")
        self.quantity = MoneyInput()
        self._field = Field(_("How many pieces"), self.quantity)
        self.fill(self._what, self._price, self._field, NumPad(self.quantity), None)
        done = Button(_("Set the quantity"), "primary", key="Enter", big=True)
        done.clicked.connect(self.apply)
        self.foot.addWidget(done)

    def show_for(self, key: int) -> None:
        """The quantity of this line."""
        self._key = key
        line = self._presenter.cart.line(key)
        self._what.set_text(line.item.name)
        self._price.setText(rupiah(line.price))
        self.quantity.set_amount(line.qty)
        self._field.show_error("")

    def opened(self) -> None:
        """Typing goes into the number."""
        self.quantity.setFocus()
        self.quantity.selectAll()

    def apply(self) -> None:
        """Set it; what does not fit is said here."""
        quantity = self.quantity.amount
        if not quantity:
            self._field.show_error(_("Type how many pieces. To take the line out, use Del."))
            return
        try:
            self._presenter.set_quantity(self._key, quantity)
        except UserError as error:
            self._field.show_error(error.sentence)
            return
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sets it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply()
        else:
            super().keyPressEvent(event)
