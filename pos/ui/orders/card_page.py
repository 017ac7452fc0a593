"""One order: who, what, for when, what is paid, its history, and what may be done next."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.formats import format_date_short, format_time
from pos.i18n import _
from pos.money import rupiah
from pos.receipts.slips_orders import state_text
from pos.services.queries.order_rows import Order
from pos.ui import actions
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.picture import Thumb
from pos.ui.orders.card import OrderWork
from pos.ui.orders.settle_form import unsettled_text
from pos.ui.orders.words import event_text, late_text, line_row
from pos.ui.selling.totals_big import BigAmount
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button, IconButton
from pos.ui.widgets.columns import Line, Table, TableColumn
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.rows import RowList

if TYPE_CHECKING:
    from pos.ui.desk import Desk

DEPOSIT, CHANGE, ADVANCE, REFUND, CANCEL, BACK, SETTLE = (
    "deposit",
    "change",
    "advance",
    "refund",
    "cancel",
    "back",
    "settle",
)


_WIDE = 700
_LINES = 64
_HISTORY = 120


class _Pieces(RowList):
    """counted: plus (1) or minus (-1) was pressed; a list of words would look for a row instead."""

    counted = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """How many pieces are handed over."""
        by = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Minus: -1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.counted.emit(by)


class OrderPage(GoodsPage):
    """asked: the name of a form to be opened; hand_over and message ask for those."""

    asked = Signal(str)
    hand_over = Signal()
    message = Signal()

    def __init__(self, desk: "Desk", work: OrderWork) -> None:
        super().__init__(work)
        self.card = work
        self._make_head()
        self.lines = _Pieces(_("What is made"), height=56)
        self.lines.counted.connect(self._count)
        self.lines.chosen.connect(lambda _id: self._show_count())
        self.picture = Thumb(desk, QSize(100, 75))
        what = row(self.lines, self.picture, gap=12)
        what.setStretch(0, 1)
        self._make_count()
        self.history = Table(
            _("History"),
            (
                TableColumn(_("When"), 2.0, tone="muted"),
                TableColumn(_("What"), 3.4),
                TableColumn(_("Note"), 1.5, tone="muted"),
                TableColumn(_("Who"), 0.9, tone="muted"),
            ),
        )
        self._make_buttons()
        self._make_erasing()
        inner = QWidget()
        body = column(
            self._head,
            self._facts,
            self._note,
            self._unsettled,
            what,
            self._count_box,
            self._money,
            self._more,
            frame("plain", column(self.history)),
            self._erasing,
            gap=8,
            margins=(20, 14, 20, 4),
        )
        body.setStretch(4, 2)
        body.setStretch(8, 3)
        inner.setLayout(body)
        self.lines.setMinimumHeight(_LINES)
        self.history.setMinimumHeight(_HISTORY)
        foot = column(self.said, self._foot, gap=8, margins=(20, 4, 20, 14))
        whole = column(scroll(inner), gap=0)
        whole.addLayout(foot)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.start()

    # -- building --------------------------------------------------------------------------------

    def _make_head(self) -> None:
        self._customer = ElidedLabel("", "heading")
        self._state = Label("", "label", "brand")
        self._number = Label("", "body", "muted")
        head = row(self._customer, self._state, self._number, gap=12)
        head.setStretch(0, 1)
        self._head = QWidget()
        self._head.setLayout(head)
        self._facts = Label("", "body", "muted", wrap=True)
        self._note = Label("", "body", "accent", wrap=True)
        self._unsettled = Label("", "body", "bad", wrap=True)
        self._sums = Label("", "body", wrap=True)
        self._rest_word = Label(_("Still to pay"), "label", "muted")
        self._rest = BigAmount(30)
        money = row(self._sums, None, self._rest_word, self._rest, gap=12)
        money.setStretch(0, 3)
        money.setStretch(3, 2)
        self._money = QWidget()
        self._money.setLayout(money)

    def _make_count(self) -> None:
        self._count_word = ElidedLabel("", "label", "muted")
        self.less = IconButton("minus", _("One less"), "soft")
        self.more = IconButton("plus", _("One more"), "soft")
        self.less.clicked.connect(lambda: self._count(-1))
        self.more.clicked.connect(lambda: self._count(1))
        self._count_box = QWidget()
        self._count_box.setLayout(row(self._count_word, self.less, self.more, None, gap=10))

    def _make_buttons(self) -> None:
        buttons = (
            (DEPOSIT, "orders-deposit", "wallet"),
            (CHANGE, "orders-change", "pencil-simple"),
            (ADVANCE, "orders-advance", "money"),
            (REFUND, "", "arrow-u-up-left"),
            (BACK, "", "arrow-left"),
            (CANCEL, "orders-cancel", "x-circle"),
            (SETTLE, "", "scales"),
        )
        names = {REFUND: _("Give back"), BACK: _("A step back"), SETTLE: _("Settle the deposit")}
        self.forms: dict[str, Button] = {}
        for name, action, icon in buttons:
            text = actions.text(action) if action else names[name]
            made = Button(
                text, "outline", icon=icon, key=actions.key_text(action) if action else ""
            )
            made.clicked.connect(lambda _on=False, form=name: self.asked.emit(form))
            self.forms[name] = made
        self.slip = Button(
            _("Slip"), "outline", icon="printer", key=actions.key_text("orders-print")
        )
        self.slip.clicked.connect(self.card.print_slip)
        self.pdf = Button(_("As PDF"), "outline", icon="file-pdf")
        self.pdf.clicked.connect(self._pdf)
        self.send = Button(
            _("WhatsApp"), "outline", icon="whatsapp-logo", key=actions.key_text("orders-message")
        )
        self.send.clicked.connect(self.message)
        others = (self.forms[name] for name in (ADVANCE, REFUND, BACK, CANCEL, SETTLE))
        self._grid_of = (
            self.forms[DEPOSIT],
            self.forms[CHANGE],
            self.slip,
            self.send,
            *others,
            self.pdf,
        )
        self._more = QWidget()
        self._grid = QGridLayout(self._more)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._placed: tuple[int, list[Button]] = (0, [])
        self._place(4)
        self.next = Button("", "outline", icon="arrow-right", key=actions.key_text("orders-step"))
        self.next.clicked.connect(self.card.step)
        self.hand = Button(
            _("Hand over and pay"),
            "primary",
            icon="check",
            key=actions.key_text("orders-hand-over"),
            big=True,
        )
        self.hand.set_low(True)
        self.hand.clicked.connect(self.hand_over)
        foot = row(self.next, self.hand, gap=12)
        foot.setStretch(0, 2)
        foot.setStretch(1, 3)
        self._foot = QWidget()
        self._foot.setLayout(foot)

    def _make_erasing(self) -> None:
        self.erase = Button("", "ghost", icon="eraser")
        self.erase.clicked.connect(self.card.erase)
        self._stays = Label(
            _(
                "The name, the number and kept papers that name the customer are erased for good. The "
                "order stays, without a name; backups hold it until they are thinned out (9 months)."
            ),
            "small",
            "muted",
            wrap=True,
        )
        asked = row(self._stays, self.erase, gap=12)
        asked.setStretch(0, 1)
        self._erasing = QWidget()
        self._erasing.setLayout(asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four buttons side by side, or three where they would be cut short."""
        super().resizeEvent(event)
        self._place(self._across, self.card.order)

    @property
    def _across(self) -> int:
        return 4 if self.width() >= _WIDE else 3

    def _pdf(self) -> None:
        target = self.choose_save(f"{self.card.shown.number}.pdf", "PDF (*.pdf)")
        if target is not None:
            self.card.save_slip_pdf(target)

    def _place(self, across: int, order: Order | None = None) -> None:
        """Those that an order offers, without holes; all of them at first, since a button without a
        parent would be a window of its own.
        """
        hidden: set[Button] = set()
        if order is not None:
            hidden = {button for button in self.forms.values() if not order.is_open}
            settle = self.forms[SETTLE]
            hidden = hidden - {settle} if order.unsettled else hidden | {settle}
        offered = [button for button in self._grid_of if button not in hidden]
        if (across, offered) != self._placed:
            self._placed = (across, offered)
            for at, button in enumerate(offered):
                self._grid.addWidget(button, at // across, at % across)

    # -- see GoodsPage ---------------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.lines.setFocus()

    def _count(self, by: int) -> None:
        line_id = self.lines.current_id
        if line_id and self.card.shown.is_open:
            self.card.set_pieces(line_id, self.card.pieces.get(line_id, 0) + by)

    def show_work(self) -> None:
        """See GoodsPage."""
        super().show_work()
        order = self.card.order
        if order is None:
            return
        self._customer.set_text(order.customer.name or _("(customer erased)"))
        self._state.setText(state_text(order.state))
        version = _("version {number}").format(number=order.version) if order.version > 1 else ""
        self._number.setText(" · ".join(filter(None, (order.number, version))))
        self._facts.setText(self._facts_of(order))
        self._note.setText(order.note)
        self._note.setVisible(bool(order.note))
        self._unsettled.setText(unsettled_text(order.unsettled) if order.unsettled else "")
        self._unsettled.setVisible(bool(order.unsettled))
        chosen = self.lines.current_id or order.lines[0].line_id
        self.lines.set_rows([line_row(line) for line in order.lines], chosen)
        self._show_count()
        self._sums.setText(_sums(order))
        self._rest.show_amount(order.rest)
        self._rest.setVisible(order.is_open)
        self._rest_word.setVisible(order.is_open)
        self._show_history(order)
        self._show_buttons(order)

    def _facts_of(self, order: Order) -> str:
        today = self.card.today
        late = late_text((today - order.promised).days) if order.is_open else ""
        day = _("Promised for {day}").format(day=format_date_short(order.promised))
        if late and order.promised < today and order.state != "ready":
            day = f"{day} ({late})"
        phone = f"+{order.customer.phone}" if order.customer.phone else ""
        who = f"{order.seller_code} · {order.workshop}"
        return " · ".join(filter(None, (day, who, phone, self.card.elsewhere)))

    def _show_count(self) -> None:
        order = self.card.order
        if order is None:
            return
        line = next((ln for ln in order.lines if ln.line_id == self.lines.current_id), None)
        self.picture.show_picture(line.picture if line else "")
        self.picture.setVisible(bool(line and line.picture))
        several = sum(ln.left for ln in order.lines) > 1
        self._count_box.setVisible(order.is_open and several and line is not None)
        if line is not None:
            self._count_word.set_text(
                _("Of {name}, {count} of {left} are handed over now").format(
                    name=line.name, count=self.card.pieces.get(line.line_id, 0), left=line.left
                )
            )

    def _show_history(self, order: Order) -> None:
        self.history.set_lines(
            [
                Line(
                    at,
                    (
                        f"{format_date_short(event.at.date())} {format_time(event.at)}",
                        event_text(event),
                        event.note,
                        event.staff,
                    ),
                )
                for at, event in enumerate(reversed(order.history), start=1)
            ]
        )

    def _show_buttons(self, order: Order) -> None:
        open_, free = order.is_open and not self.card.busy, order.deposit - order.advance
        self._foot.setVisible(order.is_open)
        for button in self.forms.values():
            button.setVisible(order.is_open)
            button.setEnabled(open_)
        self.forms[SETTLE].setVisible(bool(order.unsettled))
        self.forms[SETTLE].setEnabled(bool(order.unsettled) and not self.card.busy)
        self.forms[DEPOSIT].setEnabled(open_ and order.rest > 0)
        self.forms[ADVANCE].setEnabled(open_ and free > 0)
        self.forms[REFUND].setEnabled(open_ and order.deposit > 0)
        self.forms[BACK].setEnabled(open_ and order.step != "ordered")
        step = self.card.next_step
        self.next.setVisible(step is not None)
        self.next.setText(_next_text(step or ""))
        self.next.setEnabled(open_)
        self.hand.setEnabled(open_)
        self._place(self._across, order)
        sure = self.card.erase_asked
        self.erase.setText(
            _("Really erase? It can't be undone") if sure else _("Erase personal data")
        )
        self.erase.setEnabled(not self.card.busy)
        self._erasing.setVisible(self.card.erasable)


def _next_text(step: str) -> str:
    return {
        "confirmed": _("The maker confirms"),
        "making": _("It is being made"),
        "ready": _("It is ready"),
    }.get(step, "")


def _sums(order: Order) -> str:
    parts = [_("Total {amount}").format(amount=rupiah(order.total))]
    if order.estimated:
        parts.append(_("estimated"))
    parts.append(_("deposit held {amount}").format(amount=rupiah(order.deposit)))
    if order.advance:
        parts.append(_("advance to the maker {amount}").format(amount=rupiah(order.advance)))
    if order.cancelled is not None and order.cancelled.kept:
        parts.append(_("kept {amount}").format(amount=rupiah(order.cancelled.kept)))
    if order.handovers:
        numbers = ", ".join(one.number for one in order.handovers)
        parts.append(_("receipt {numbers}").format(numbers=numbers))
    return " · ".join(parts)
