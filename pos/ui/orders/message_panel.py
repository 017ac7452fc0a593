"""A WhatsApp message as a QR code for a phone, or opened on this machine."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.qr import qr_matrix
from pos.ui.orders.card import OrderWork
from pos.ui.selling.side import SidePanel
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.label import Label
from pos.ui.widgets.qr import QrView


class MessagePanel(SidePanel):
    """To the customer, or the maker's list."""

    def __init__(self, work: OrderWork) -> None:
        super().__init__(_("WhatsApp"))
        self.work = work
        to: list[tuple[str, str]] = [
            ("customer", _("To the customer")),
            ("maker", _("To the maker: what is to be made")),
        ]
        self.to: Choice[str] = Choice(to, "customer")
        self.to.changed.connect(self.show_message)
        self.qr = QrView(360)
        self._hint = Label(
            _("Scan this with a phone: WhatsApp opens with the message, ready to be sent."),
            "body",
            "muted",
            wrap=True,
        )
        self._text = Label("", "body", wrap=True)
        self.open_here = Button(_("Open on this machine"), "outline", icon="whatsapp-logo")
        self.open_here.clicked.connect(self._open)
        self.print_list = Button(_("Print the maker's list"), "outline", icon="printer")
        self.print_list.clicked.connect(work.print_maker_list)
        holder = QWidget()
        holder.setLayout(column(row(None, self.qr, None)))
        self.link = ""
        self.open_link = QDesktopServices.openUrl
        self.fill(self.to, self._hint, holder, self._text, None)
        self.foot.addWidget(self.message)
        self.foot.addLayout(row(self.open_here, self.print_list, None))

    def show_message(self) -> None:
        """The message for whom it is."""
        customer = self.to.value == "customer"
        self.link = self.work.customer_message() if customer else self.work.maker_message()
        self.qr.set_matrix(qr_matrix(self.link, mask=0))
        order = self.work.shown
        phone = order.customer.phone if customer else order.maker_phone
        self._text.setText(
            "" if phone else _("There is no number: WhatsApp asks whom to send it to.")
        )
        self.print_list.setVisible(not customer)

    def opened(self) -> None:
        """See SidePanel."""
        self.open_here.setFocus()

    def _open(self) -> None:
        self.open_link(QUrl.fromEncoded(self.link.encode()))
