"""Receipts (Struk): the list on the left, the paper or the print queue on the right."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from pos.i18n import _
from pos.ui import actions
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.printing.panel import QueuePanel
from pos.ui.receipts.finder import Finder
from pos.ui.receipts.presenter import ReceiptsPresenter, empty_sentence
from pos.ui.receipts.query import scanned_number, scanned_order
from pos.ui.receipts.return_side import ReturnSide
from pos.ui.receipts.returning import ReturningPresenter
from pos.ui.receipts.rows import payment_row, receipt_row
from pos.ui.receipts.side import PaperSide
from pos.ui.screen import Screen
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from pos.ui.receipts.presenter import DayChoice

_TOPICS: Final = frozenset({"sales", "payments"})
_SIDE: Final = 432
_SIDE_NARROW: Final = 390
_SIDE_TINY: Final = 290
_NARROW: Final = 1000
_TINY: Final = 720


class ReceiptsScreen(Screen):
    """F2 searches, arrows move, F8 takes back, F9 prints a copy, F10 ticks, F6 shows the print queue."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        till = desk.till
        self.presenter = ReceiptsPresenter(till, desk.run, desk.run_aside, lambda: desk.staff)
        listen(self, self.presenter, self._show)
        self.finder = Finder(till.catalog.sellers(), till.business_date)
        self.list = RowList(_("Receipts"))
        self._empty = Label("", "body", "muted", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        self.paper = PaperSide(desk.till.catalog.picture_path)
        self.queue = QueuePanel(desk)
        self.returning = ReturningPresenter(till, desk.run, lambda: desk.staff)
        self.returns = ReturnSide(desk, self.returning)
        self._queue_button = Button(
            actions.text("print-queue"),
            "outline",
            icon="printer",
            key=actions.key_text("print-queue"),
        )
        self._queue_button.setCheckable(True)
        self._queue_button.setToolTip(actions.tip("print-queue"))
        self._side = QStackedWidget()
        self._side.addWidget(self.paper)
        self._side.addWidget(self.queue)
        self._side.addWidget(self.returns)
        self._lay_out()
        self._connect()
        # A book without a sale has nothing to tell of, and the screen would stay undrawn.
        self._show()

    def _lay_out(self) -> None:
        shelf = column(self._empty, self.list, margins=(4, 4, 4, 4))
        card = frame("card", shelf)
        self.finder.add_beside_search(self._queue_button)
        left = column(self.finder, card, gap=12, margins=(18, 16, 18, 18))
        left.setStretch(1, 1)
        self._panel = frame("panel", column(self._side))
        whole = row(gap=0)
        whole.addLayout(left, 1)
        whole.addWidget(self._panel)
        self.setLayout(whole)

    def _connect(self) -> None:
        show = self.presenter
        self.finder.text_changed.connect(show.type)
        self.finder.search.returnPressed.connect(self._open)
        self.finder.search.step.connect(self.list.step)
        self.finder.day_chosen.connect(self._day)
        self.finder.seller_chosen.connect(show.choose_seller)
        self.finder.till_chosen.connect(show.choose_till)
        self.finder.unchecked_chosen.connect(self._toggle_unchecked)
        self.list.chosen.connect(self._choose)
        self.list.near_end.connect(show.load_more)
        self.paper.reprint.connect(show.reprint)
        self.paper.reprint_return.connect(show.reprint_return)
        self.paper.check.connect(show.check)
        self.paper.give_back.connect(self._take_back)
        self.returns.closed.connect(self._leave_return)
        self._queue_button.toggled.connect(self._show_queue)
        self.queue.closed.connect(lambda: self._queue_button.setChecked(False))
        self.desk.changed.connect(self._book_changed)
        actions.bind(self, "find-receipt", self._focus_search)
        actions.bind(self, "unchecked", self._toggle_unchecked)
        actions.bind(self, "print-queue", self._queue_button.toggle)
        actions.bind(self, "reprint", show.reprint)
        actions.bind(self, "check-payment", self._check_first)
        actions.bind(self, "return", self._take_back)

    # -- see Screen --------------------------------------------------------------------------

    def entered(self) -> None:
        """See Screen. While papers wait, the queue is what one comes for."""
        self.presenter.refresh()
        self._queue_button.setChecked(bool(self.desk.till.printing.jobs()))
        self._focus_search()

    def left(self) -> None:
        """See Screen: what was not given back is forgotten."""
        self._leave_return()

    def scanned(self, code: str) -> bool:
        """See Screen: a receipt's own code opens it; a label's goes to the till.

        While something is taken back, a label is one more piece of it, and another receipt's code
        begins that one's return.
        """
        if scanned_order(code):
            return False
        if not scanned_number(code):
            return self.returns.isVisible() and self.returning.take_code(code)
        taking = self._side.currentWidget() is self.returns
        self._queue_button.setChecked(False)
        self._leave_return()
        self.presenter.type(code)
        if taking and not self.presenter.state.sentence:
            self._take_back()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads back: from the queue to the paper, from there to the search."""
        if event.key() == Qt.Key.Key_Escape:
            self._queue_button.setChecked(False)
            self._leave_return()
            self._focus_search()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        tiny, narrow = self.width() < _TINY, self.width() < _NARROW
        self._panel.setFixedWidth(_SIDE_TINY if tiny else _SIDE_NARROW if narrow else _SIDE)
        self._queue_button.setText("" if tiny else actions.text("print-queue"))
        self._queue_button.updateGeometry()

    # -- inside ------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self.presenter.state
        self.finder.show_state(state)
        self.finder.show_tills(self.presenter.tills, state.till_no)
        if state.unchecked_only:
            rows = [payment_row(payment) for payment in state.unchecked]
            chosen = next((p.payment_id for p in state.to_tick), 0)
        else:
            rows = [receipt_row(receipt) for receipt in state.rows]
            chosen = state.chosen
        self.list.set_rows(rows, chosen)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(empty_sentence(state))
        self.paper.show_state(state, self.desk.till.printing.profile())

    def _choose(self, row_id: int) -> None:
        state = self.presenter.state
        sale_id = row_id
        if state.unchecked_only:
            found = [p.sale_id for p in state.unchecked if p.payment_id == row_id]
            sale_id = found[0] if found else 0
        if sale_id:
            self._queue_button.setChecked(False)
            self._leave_return()
            self.presenter.choose(sale_id)

    def _open(self) -> None:
        self._queue_button.setChecked(False)
        self.presenter.open_best()

    def _day(self, day: "DayChoice", date: object) -> None:
        import datetime as dt

        self.presenter.choose_day(day, date if isinstance(date, dt.date) else None)

    def _toggle_unchecked(self) -> None:
        self.presenter.show_unchecked(not self.presenter.state.unchecked_only)

    def _check_first(self) -> None:
        to_tick = self.presenter.state.to_tick
        if to_tick:
            self.presenter.check(to_tick[0].payment_id)

    def _take_back(self) -> None:
        """What of the chosen receipt comes back."""
        if self.presenter.state.paper is None:
            return
        self._queue_button.setChecked(False)
        self.returning.begin(self.presenter.state.chosen)
        self._side.setCurrentWidget(self.returns)
        self.returns.entered()

    def _leave_return(self) -> None:
        if self._side.currentWidget() is self.returns:
            self._side.setCurrentWidget(self.paper)
            self.presenter.reread()
            self._focus_search()
        self.returning.leave()

    def _show_queue(self, on: bool) -> None:
        self.returning.leave()
        self._side.setCurrentWidget(self.queue if on else self.paper)
        if on:
            self.queue.entered()

    def _focus_search(self) -> None:
        self.finder.search.setFocus()
        self.finder.search.selectAll()

    def _book_changed(self, topics: frozenset[str]) -> None:
        if self.isVisible() and topics & _TOPICS:
            self.presenter.refresh()
