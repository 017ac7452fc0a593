"""Whose pages these are: name, code, cluster, what is due, what is on the shelf."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pos.formats import format_date_short
from pos.i18n import _
from pos.money import thousands
from pos.ui.sellers.words import money, terms_text
from pos.ui.widgets.box import column, row
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from pos.services.sellers import SellerDetail


class SellerHead(QWidget):
    """Two lines on the left, the due amount on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ElidedLabel("", "heading")
        self._facts = ElidedLabel("", "body", "muted")
        self._due = Label("", "amount")
        self._paid = Label("", "small", "muted")
        left = column(self._name, self._facts, gap=2)
        caption = Label(_("Due"), "small", "muted")
        self._money = QWidget()
        self._money.setLayout(
            column(row(None, caption, self._due, gap=10), row(None, self._paid), gap=0)
        )
        line = row(left, self._money, gap=16)
        line.setStretch(0, 1)
        self.setLayout(line)

    def show_seller(self, detail: "SellerDetail | None") -> None:
        """A seller, or a new one."""
        self._money.setVisible(detail is not None)
        if detail is None:
            self._name.set_text(_("New seller"))
            self._facts.set_text("")
            return
        card = detail.card
        self._name.set_text(card.workshop)
        shelf = _("{count} on the shelf").format(count=thousands(detail.on_shelf))
        facts = (detail.code, card.maker, detail.cluster, terms_text(detail.terms), shelf)
        self._facts.set_text(" · ".join(part for part in facts if part))
        self._due.setText(money(detail.due))
        self._due.set_tone("bad" if detail.due < 0 else "brand" if detail.due else "muted")
        last = detail.last_payout
        self._paid.setText(
            _("Last payout {day}: {amount}, {number}").format(
                day=format_date_short(last.business_date),
                amount=money(last.amount),
                number=last.number,
            )
            if last
            else _("Nothing has been paid yet")
        )
