"""The fields of an agreement: percent of the price paid or listed, or a net price a piece."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.ui.sellers.terms import TermsKind, read_terms
from pos.ui.sellers.words import percent_text
from pos.ui.widgets.box import column
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.field import Field, MoneyInput, TextInput

if TYPE_CHECKING:
    from pos.terms import Terms

_PERCENT_LETTERS = 6


class TermsForm(QWidget):
    """Shows the field that the chosen kind needs."""

    def __init__(self) -> None:
        super().__init__()
        kinds: list[tuple[TermsKind, str]] = [
            ("paid", _("% of price paid")),
            ("list", _("% of list price")),
            ("net", _("Net price")),
        ]
        self.kind: Choice[TermsKind] = Choice(kinds, "paid")
        self.kind.changed.connect(self._show)
        self.percent_input = TextInput(percent_text(2_000))
        self.percent_input.setMaxLength(_PERCENT_LETTERS)
        self.net_input = MoneyInput()
        self.percent = Field(_("The stand keeps, in percent"), self.percent_input)
        self.net = Field(_("The seller gets for a piece"), self.net_input)
        self.setLayout(column(self.kind, self.percent, self.net, gap=8))
        self._show()

    def begin(self) -> None:
        """What most stands agree."""
        self.kind.set_value("paid")
        self.percent_input.setText(percent_text(2_000))
        self.net_input.set_amount(None)
        self._show()

    def read(self) -> "Terms":
        """What the fields say. Raises UserError (field "terms")."""
        return read_terms(self.kind.value, self.percent_input.text(), self.net_input.amount)

    def show_error(self, sentence: str) -> None:
        """Beside the field that is in view."""
        (self.net if self.kind.value == "net" else self.percent).show_error(sentence)

    def _show(self) -> None:
        net = self.kind.value == "net"
        self.percent.setVisible(not net)
        self.net.setVisible(net)
