"""A table of sellers: read, looked at, taken over; and all sellers given back as one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.services.spreadsheet.plan import ItemRow, SellerRow
from pos.ui.goods.table_page import TablePage
from pos.ui.sellers.taking import TakingWork
from pos.ui.widgets.box import Part, column, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.columns import TableColumn
from pos.ui.widgets.label import Label


class TakingPage(TablePage):
    """closed: back to one seller."""

    surface = "plain"
    closed = Signal()

    def __init__(self, work: TakingWork) -> None:
        super().__init__(work)
        self.taking = work

    # -- see TablePage -------------------------------------------------------------------------

    def heading(self) -> tuple[Part, ...]:
        """See TablePage."""
        back = Button(_("Back"), "ghost", icon="arrow-left", key="Esc")
        back.clicked.connect(self.closed)
        return (Label(_("Sellers from a table"), "heading"), None, back)

    def hint(self) -> str:
        """See TablePage."""
        return _(
            "The columns are found by their names: workshop, code, maker, WhatsApp, cluster, bank,"
            " commission. Nothing is written before you confirm."
        )

    def export_text(self) -> str:
        """See TablePage."""
        return _("Write all sellers to a table…")

    def file_name(self) -> str:
        """See TablePage."""
        return _("Sellers")

    def take_text(self, count: int) -> str:
        """See TablePage."""
        return _("Take {count} sellers over").format(count=count)

    def columns(self) -> Sequence[TableColumn]:
        """See TablePage."""
        return (
            TableColumn(_("Row"), 0.6, tone="muted"),
            TableColumn(_("Workshop"), 2.2),
            TableColumn(_("What happens"), 3.4, tone="muted"),
        )

    def cells(self, one: ItemRow | SellerRow) -> tuple[str, ...]:
        """See TablePage."""
        if not isinstance(one, SellerRow):
            raise TypeError(type(one))
        return (one.workshop or "–",)

    def place(self, card: Part) -> None:
        """See TablePage: the sellers' screen has its own frame around."""
        whole = QWidget()
        whole.setLayout(column(card, gap=0))
        self.setLayout(column(scroll(whole), gap=0))

    # -- see GoodsPage -------------------------------------------------------------------------

    def entered(self) -> None:
        """See GoodsPage."""
        self.taking.forget()
        self.focus_first()
