"""The payouts so far: their slips, copies, and the way back on the same day."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.ui.goods.page import GoodsPage
from pos.ui.printing.paper import PaperView
from pos.ui.sellers.account_page import PDF
from pos.ui.sellers.history import HistoryWork
from pos.ui.sellers.words import payout_row
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from pos.ui.desk import Desk

_LIST = 250


class HistoryPage(GoodsPage):
    """The list on the left, the slip as it is printed on the right."""

    def __init__(self, desk: "Desk", work: HistoryWork) -> None:
        super().__init__(work)
        self.history = work
        self._printing = desk.till.printing
        self.list = RowList(_("Payouts"), height=58)
        self.list.chosen.connect(work.choose)
        self.paper = PaperView(_("The payout slip"), desk.till.catalog.picture_path)
        self.copy = Button(_("Print a copy"), "outline", icon="printer")
        self.copy.clicked.connect(work.print_copy)
        self.pdf = Button(_("PDF"), "outline", icon="file-pdf")
        self.pdf.clicked.connect(self._save)
        self.undo = Button(_("Take back…"), "danger", icon="arrow-counter-clockwise")
        self.undo.clicked.connect(self._ask)
        self.reason = TextInput()
        self.reason.returnPressed.connect(self._undo)
        self.fields = {"reason": Field(_("Why is it taken back?"), self.reason)}
        self.confirm = Button(_("Take the payout back"), "danger", icon="check")
        self.confirm.clicked.connect(self._undo)
        self._asking = QWidget()
        self._asking.setLayout(column(self.fields["reason"], row(self.confirm, None), gap=6))
        self._asking.hide()
        self._empty = Label(_("Nothing has been paid to this seller yet."), "body", "muted")
        shelf = frame("card", column(self.list, margins=(2, 4, 2, 4)))
        shelf.setMinimumWidth(_LIST - 40)
        shelf.setMaximumWidth(_LIST + 90)
        buttons = row(self.copy, self.pdf, self.undo, None, gap=8)
        self._both = QWidget()
        both = row(shelf, self.paper, gap=12)
        both.setStretch(0, 2)
        both.setStretch(1, 3)
        body = column(buttons, self._asking, both, gap=8)
        body.setStretch(2, 1)
        self._both.setLayout(body)
        self.setLayout(column(self._empty, self.said, self._both, gap=8))
        self.start()

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.list.setFocus()

    def back(self) -> bool:
        """See GoodsPage: from the question to the slip."""
        if self._asking.isHidden():
            return False
        self._asking.hide()
        self.list.setFocus()
        return True

    def show_work(self) -> None:
        """See GoodsPage."""
        work = self.history
        self.list.set_rows([payout_row(one) for one in work.payouts], work.chosen)
        self._empty.setVisible(not work.payouts)
        self._both.setVisible(bool(work.payouts))
        self.paper.show_document(work.paper, self._printing.profile())
        self.undo.setVisible(work.can_undo)
        if not work.can_undo:
            self._asking.hide()
        for button in (self.copy, self.undo, self.confirm):
            button.setEnabled(not work.busy)
        self.pdf.setEnabled(not work.busy and work.paper is not None)
        super().show_work()

    def _ask(self) -> None:
        self.reason.clear()
        self._asking.show()
        self.reason.setFocus()

    def _undo(self) -> None:
        self.history.undo(self.reason.text())

    def _save(self) -> None:
        row_ = self.history.row
        target = self.choose_save(f"{row_.number}.pdf", PDF) if row_ else None
        if target is not None:
            self.history.save_slip(target)
