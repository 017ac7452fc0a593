"""After the payment: the change to give back, readable until the next customer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.money import rupiah
from pos.ui import actions
from pos.ui.selling.totals_big import BigAmount
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from pos.services.selling import CompletedSale


class DonePanel(QWidget):
    """`reprint` and `next_sale` are asked for here."""

    reprint = Signal()
    next_sale = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = Label(_("Paid"), "heading", "good")
        self._number = ElidedLabel("", "body", "muted")
        self._caption = Label(_("Total paid"), "body", "muted")
        self._paid = BigAmount(34)
        self._change_caption = Label(_("Give back"), "lead", "accent")
        self._change = BigAmount(64, "accent")
        self._exact = Label(_("No change"), "lead", "muted")
        self._rounding = Label("", "body", "muted")
        self._printing = Label("", "body", "muted", wrap=True)
        again = Button(
            _("Print again"), "outline", icon="printer", key=actions.key_text("reprint-last")
        )
        again.clicked.connect(self.reprint)
        onward = Button(_("Next customer"), "primary", icon="arrow-right", key="Esc", big=True)
        onward.clicked.connect(self.next_sale)
        actions.bind(self, "reprint-last", self.reprint.emit)
        actions.bind(self, "next-sale", self.next_sale.emit)
        self.setLayout(
            column(
                self._title,
                self._number,
                16,
                self._caption,
                self._paid,
                self._rounding,
                None,
                self._change_caption,
                self._change,
                self._exact,
                None,
                row(self._printing),
                again,
                8,
                onward,
                gap=4,
                margins=(18, 18, 18, 16),
            )
        )

    def show_sale(self, sale: "CompletedSale") -> None:
        """This sale has just been recorded."""
        self._number.set_text(sale.number)
        self._paid.show_amount(sale.paid)
        self._change.show_amount(sale.change)
        for widget in (self._change, self._change_caption):
            widget.setVisible(bool(sale.change))
        self._exact.setVisible(not sale.change)
        self._rounding.setVisible(bool(sale.rounding))
        sign = "+" if sale.rounding > 0 else "−"
        words = f"{sign}{rupiah(abs(sale.rounding))}"
        self._rounding.setText(_("Rounding {amount}").format(amount=words))
        self._printing.setText(_("The sale is recorded. The receipt prints by itself."))

    def take_focus(self) -> None:
        """Enter and Esc go on; typing begins the next sale."""
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next customer."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.next_sale.emit()
            return
        super().keyPressEvent(event)
