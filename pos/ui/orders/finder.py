"""The left side: search, filters, the board by due date."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.i18n import _
from pos.ui.orders.board import FILTERS, filter_name
from pos.ui.orders.words import board_row
from pos.ui.widgets.box import column, frame
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.find_input import FindInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from pos.ui.orders.board import Board


class OrderFinder(QWidget):
    """text_changed, only (a filter of board), chosen and opened (an order's id), best (Enter)."""

    text_changed = Signal(str)
    only = Signal(object)
    chosen = Signal(object)
    opened = Signal(object)
    best = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = FindInput(
            "orders-find",
            _("Customer, number, maker, what"),
            _("Search orders"),
            takes_scans=True,
        )
        self.list = RowList(_("Orders"))
        self.chips = ChipRow(self._chip)
        self._names: tuple[str, ...] = ()
        self._empty = Label("", "body", "muted", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        self.search.textEdited.connect(self.text_changed)
        self.search.returnPressed.connect(self.best)
        self.search.step.connect(self.list.step)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        card = frame("card", column(self._empty, self.list, margins=(2, 4, 2, 4)))
        body = column(self.search, self.chips, card, gap=8)
        body.setStretch(2, 1)
        self.setLayout(body)

    def focus_search(self) -> None:
        """To where one types."""
        self.search.setFocus()
        self.search.selectAll()

    def show_board(self, board: "Board") -> None:
        """The orders that fit."""
        names = tuple(filter_name(only, board.open) for only in FILTERS)
        on = -1 if board.text.strip() else FILTERS.index(board.only)
        if (*names, str(on)) != self._names:
            self._names = (*names, str(on))
            self.chips.set_chips(list(enumerate(names)), on)
        if self.search.text() != board.text and not self.search.hasFocus():
            self.search.setText(board.text)
        rows = [board_row(one) for one in board.rows]
        self.list.set_rows(rows, board.chosen)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(board.empty_sentence)

    def _chip(self, at: int) -> None:
        self.search.clear()
        self.only.emit(FILTERS[at])
