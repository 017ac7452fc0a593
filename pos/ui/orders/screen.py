"""Orders (Pesanan): the board on the left; an order, a new one or a form on the right."""

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.errors import UserError
from pos.i18n import _
from pos.services.orders import TakenOrder
from pos.services.selling import CompletedSale
from pos.ui import actions
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.orders.board import Board
from pos.ui.orders.card import OrderWork
from pos.ui.orders.card_page import (
    ADVANCE,
    BACK,
    CANCEL,
    CHANGE,
    DEPOSIT,
    REFUND,
    SETTLE,
    OrderPage,
)
from pos.ui.orders.change_form import ChangeForm
from pos.ui.orders.draft import TakeWork
from pos.ui.orders.finder import OrderFinder
from pos.ui.orders.forms import (
    AdvanceForm,
    BackForm,
    CancelForm,
    DepositForm,
    OrderForm,
    RefundForm,
)
from pos.ui.orders.message_panel import MessagePanel
from pos.ui.orders.settle_form import SettleForm
from pos.ui.orders.take_page import TakePage
from pos.ui.screen import Screen
from pos.ui.selling.done_panel import DonePanel
from pos.ui.selling.payment_panel import PaymentPanel
from pos.ui.settings.gate import Gate
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label
from pos.ui.widgets.pin import ApprovalPanel

if TYPE_CHECKING:
    from pos.services.staff import Session
    from pos.ui.selling.paying import Paying

_TOPICS: Final = frozenset({"orders", "sales", "payments"})
_LEFT: Final = 400
_LEFT_NARROW: Final = 320
_NARROW: Final = 1100
_ONE: Final = 880


class OrdersGate(Gate):
    """A type of its own, so that the desk keeps it apart from other screens' gates."""


class OrdersScreen(Screen):
    """F2 searches, F7 takes an order, F8 goes a step on, F12 hands over."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.board = desk.keep(lambda: Board(desk.till), Board)
        self.gate = desk.keep(lambda: OrdersGate(lambda: desk.staff), OrdersGate)
        self.finder = OrderFinder()
        self.page = OrderPage(desk, OrderWork(desk, self.gate))
        self.card = self.page.card
        self.take = TakePage(desk, desk.keep(lambda: TakeWork(desk, self.gate), TakeWork))
        self.payment = PaymentPanel(lambda: desk.till.settings.preference("qris_amount") == "1")
        self.done = DonePanel()
        self.messages = MessagePanel(self.card)
        self.forms: dict[str, OrderForm] = {
            DEPOSIT: DepositForm(self.card),
            CHANGE: ChangeForm(self.card),
            ADVANCE: AdvanceForm(self.card),
            REFUND: RefundForm(self.card),
            CANCEL: CancelForm(self.card),
            BACK: BackForm(self.card),
            SETTLE: SettleForm(self.card),
        }
        self.approval = ApprovalPanel(desk.till, desk.run)
        self._reprint_id = 0
        self._form = ""
        self._back_to: QWidget | None = None
        self._lay_out()
        self._connect()
        self._bind()

    # -- building --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._empty = Label(
            _("Choose an order, or take one with F7."),
            "body",
            "muted",
            wrap=True,
            align=Qt.AlignmentFlag.AlignCenter,
        )
        self._approval_box = QWidget()
        self._approval_box.setLayout(column(self.approval, margins=(28, 20, 28, 16)))
        self.right = QStackedWidget()
        for part in (
            self._empty,
            self.page,
            self.take,
            self.payment,
            self.done,
            self.messages,
            *self.forms.values(),
            self._approval_box,
        ):
            self.right.addWidget(part)
        self.add = Button(
            actions.text("orders-new"), "outline", icon="plus", key=actions.key_text("orders-new")
        )
        title = row(Label(_("Orders"), "heading"), None, self.add)
        card = self._card = frame("card", column(self.right, margins=(2, 2, 2, 2)))
        both = row(self.finder, card, gap=16)
        both.setStretch(1, 1)
        whole = column(title, both, gap=12, margins=(18, 12, 18, 18))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _connect(self) -> None:
        listen(self, self.board, lambda: self.finder.show_board(self.board))
        listen(self, self.gate, self._show_gate)
        finder = self.finder
        finder.text_changed.connect(self.board.type)
        finder.only.connect(self.board.show_only)
        finder.chosen.connect(self.open)
        finder.opened.connect(lambda _id: self.page.focus_first())
        finder.best.connect(self._open_best)
        self.add.clicked.connect(self.begin)
        self.page.asked.connect(self.ask)
        self.page.hand_over.connect(self.hand_over)
        self.page.message.connect(self.show_message)
        listen(self.page, self.card, self._card_changed)
        self.card.moved = self._moved
        self.take.closed.connect(self._show_order)
        self.take.paying.connect(partial(self._pay, self.take))
        self.take.take.taken = self._taken
        for form in self.forms.values():
            form.closed.connect(self._show_order)
            form.paying.connect(partial(self._pay, form))
        for panel in (self.messages, self.payment):
            panel.closed.connect(self._leave)
        self.done.next_sale.connect(self._show_order)
        self.done.reprint.connect(self._reprint)
        self.approval.approved.connect(self._approved)
        self.approval.cancelled.connect(self.gate.give_up)
        self.desk.changed.connect(self._book_changed)

    def _bind(self) -> None:
        actions.bind(self, "orders-find", self.finder.focus_search)
        actions.bind(self, "orders-new", self.begin)
        actions.bind(self, "orders-save", self._save)
        for key, call in (
            ("orders-step", self.card.step),
            ("orders-hand-over", self.hand_over),
            ("orders-print", self.card.print_slip),
            ("orders-message", self.show_message),
            ("orders-deposit", partial(self.ask, DEPOSIT)),
            ("orders-change", partial(self.ask, CHANGE)),
            ("orders-advance", partial(self.ask, ADVANCE)),
            ("orders-cancel", partial(self.ask, CANCEL)),
        ):
            actions.bind(self, key, partial(self._on_order, call))

    # -- see Screen --------------------------------------------------------------------------------

    def entered(self) -> None:
        """See Screen."""
        self.board.refresh()
        if self._in_view(self.page):
            self.card.refresh()
        self.finder.focus_search()

    def left(self) -> None:
        """See Screen: what waits for a PIN waits no longer."""
        self.gate.give_up()

    def scanned(self, code: str) -> bool:
        """See Screen: the QR of an order slip opens the order."""
        found = self.desk.till.office.order_reads.find(code)
        if not found:
            return False
        self.open(found)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, in the end to the search."""
        if event.key() == Qt.Key.Key_Escape:
            if self._in_view(self.take):
                self._show_order()
            elif self.width() < _ONE:
                self._show(self._empty)
            self.finder.focus_search()
        elif event.key() == Qt.Key.Key_Right and self.finder.list.hasFocus():
            self.page.focus_first()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        self.finder.setFixedWidth(_LEFT_NARROW if self.width() < _NARROW else _LEFT)
        self._arrange()

    def _arrange(self) -> None:
        """In a small window there is room for the board or for what was opened from it."""
        alone = self.width() < _ONE
        empty = self._in_view(self._empty)
        self.finder.setVisible(not alone or empty)
        self._card.setVisible(not alone or not empty)

    # -- an order ----------------------------------------------------------------------------------

    def open(self, order_id: int) -> None:
        """Show an order; a payment that has begun is finished first."""
        if not order_id or (self._in_view(self.payment) and self.payment.message.isVisible()):
            return
        self.gate.give_up()
        self.board.choose(order_id)
        self.card.open(order_id)
        self._show(self.page, focus=False)

    def _open_best(self) -> None:
        found = self.board.best()
        if found:
            self.open(found)
            self.page.focus_first()

    def begin(self) -> None:
        """An empty form, or the one that was begun."""
        self.gate.give_up()
        self.take.show_work()  # what was begun, or the first day that may be promised
        self._show(self.take)

    def ask(self, name: str) -> None:
        """Open one of the forms about the order in view."""
        if not self.page.forms[name].isEnabled():
            return
        self._form = name
        form = self.forms[name]
        form.start()
        self._show(form)

    def show_message(self) -> None:
        """WhatsApp."""
        self.messages.to.set_value("customer")
        self.messages.show_message()
        self._show(self.messages)

    def hand_over(self) -> None:
        """Pay for what is handed over."""
        try:
            paying = self.card.hand_over()
        except UserError as error:
            self.card.tell(errors={error.field: error.sentence})
            return
        self._pay(self.page, paying)

    def _on_order(self, call: Any) -> None:
        """Keys about an order hold while it is in view."""
        if self._in_view(self.page) and self.card.order is not None:
            call()

    def _save(self) -> None:
        shown = self.right.currentWidget()
        if isinstance(shown, OrderForm):
            shown.submit()
        elif shown is self.take:
            self.take.save()

    # -- paying ------------------------------------------------------------------------------------

    def _pay(self, back_to: QWidget, paying: "Paying") -> None:
        recorded = paying.finished

        def finished(result: Any) -> None:
            recorded(result)
            self._paid(result)

        paying.finished = finished
        self._back_to = back_to
        self.payment.show_payment(paying)
        self._show(self.payment)

    def _leave(self) -> None:
        back, self._back_to = self._back_to, None
        self._show(back or self.page)

    def _paid(self, result: Any) -> None:
        self._back_to = None
        if isinstance(result, TakenOrder):
            self._reprint_id = 0
            shown = CompletedSale(
                sale_id=0,
                number=result.number,
                total=result.deposit,
                paid=result.deposit,
                change=result.change,
                rounding=0,
                has_cash=result.has_cash,
                entry_hash="",
            )
            self.card.open(result.order_id)
        else:
            self._reprint_id = result.sale_id
            shown = result
            self.card.refresh()
        self.board.choose(self.card.shown.order_id)
        self.board.refresh()
        self.done.show_sale(shown)
        self._show(self.done)

    def _taken(self, order: TakenOrder) -> None:
        if order.deposit:
            return
        self.board.refresh()
        self.open(order.order_id)
        self.card.tell(note=_("The order is taken; its slip is printed twice."))
        self.page.focus_first()

    def _reprint(self) -> None:
        desk, sale_id = self.desk, self._reprint_id
        if not sale_id:
            self.card.print_slip()
            return
        desk.run(
            lambda: desk.till.receipts.reprint(sale_id),
            lambda _done: desk.say(_("A copy is being printed.")),
        )

    # -- the right side ------------------------------------------------------------------------------

    def _in_view(self, part: QWidget) -> bool:
        return self.right.currentWidget() is part

    def _show(self, part: QWidget, *, focus: bool = True) -> None:
        self.right.setCurrentWidget(part)
        self._arrange()
        if not focus:
            return
        if isinstance(part, OrderForm | MessagePanel | PaymentPanel):
            part.opened()
        elif part is self.done:
            self.done.take_focus()
        elif part in {self.page, self.take}:
            (self.page if part is self.page else self.take).focus_first()

    def _show_order(self) -> None:
        if self.card.order is None:
            self._show(self._empty)
            self.finder.focus_search()
        else:
            self._show(self.page)

    def _card_changed(self) -> None:
        self.page.show_work()
        shown = self.right.currentWidget()
        if isinstance(shown, OrderForm):
            shown.show_errors()

    def _moved(self) -> None:
        self.board.refresh()
        history = self.card.shown.history
        if self.card.shown.state == "ready" and history[-1].kind == "ready":
            self.desk.say(_("It is ready. Tell the customer?"), _("WhatsApp"), self.show_message)
        if not self._in_view(self.page):
            self._show(self.page)

    def _book_changed(self, topics: frozenset[str]) -> None:
        if self.isVisible() and self.desk.session is not None and topics & _TOPICS:
            self.board.refresh()

    # -- a manager's word ----------------------------------------------------------------------------

    def _show_gate(self) -> None:
        if self.gate.asking:
            if not self._in_view(self._approval_box):
                self._back_to = self.right.currentWidget()
            self.right.setCurrentWidget(self._approval_box)
            self.approval.ask(self.gate.asking)
        elif self._in_view(self._approval_box):
            self._leave()

    def _approved(self, session: "Session") -> None:
        self.gate.approved(session.staff_id)
