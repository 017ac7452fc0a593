"""Paying a seller: the lines with their ticks, what it comes to, how it is paid."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from pos.formats import format_date_short
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.ui import actions, theme
from pos.ui.goods.page import GoodsPage
from pos.ui.sellers.payout import CHOICES, Method, PayoutWork, choice_text, drawer_sentence
from pos.ui.sellers.words import figure, line_name, money
from pos.ui.widgets.box import column, frame, row, top_row
from pos.ui.widgets.button import Button
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.columns import Line, Table, TableColumn
from pos.ui.widgets.date import DateInput
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.services.queries.statement import StatementLine

_NARROW = 640
_LOWEST = 150
"""Of the lines: the head and two of them; where the window is lower, the page scrolls."""
_MORE = 200
"""Lines that are shown at first, and added when the list is scrolled to its end."""
CARRIED = -1
"""The id of the row that shows what earlier payouts left over."""


class PayoutPage(GoodsPage):
    """Space or a touch takes a line out; F12 pays. slip_wanted: show the slip just printed."""

    slip_wanted = Signal()

    def __init__(self, work: PayoutWork) -> None:
        super().__init__(work)
        self.payout = work
        self._begun = -1
        self._was_paid = False
        self._choice = ""
        self._most = _MORE
        self.chips = ChipRow(self._choose)
        self.since, self.until = DateInput(_("From")), DateInput(_("Up to"))
        for field in (self.since, self.until):
            field.dateChanged.connect(self._days_changed)
        self._days = QWidget()
        self._days.setLayout(row(self.since, Label("–"), self.until, None, gap=8))
        self.table = Table(
            _("Lines"),
            (
                TableColumn(_("Date"), 1.1, tone="muted"),
                TableColumn(_("What"), 2.7),
                TableColumn(_("Paper"), 1.9, tone="muted"),
                TableColumn(_("For the seller"), 1.6, right=True, tone="strong"),
            ),
        )
        self.table.pressed.connect(self._tick)
        self.table.near_end.connect(self._show_more)
        self._empty = Label("", "body", "muted", wrap=True)
        self._make_foot()
        card = frame("plain", column(self.table))
        body = column(
            self.chips,
            self._days,
            self._empty,
            card,
            self._form,
            self.said,
            row(self.slip, None),
            None,
            gap=8,
        )
        body.setStretch(3, 100)
        card.setMinimumHeight(_LOWEST)
        # It takes what the form leaves: the way to pay stays in view.
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._card = card
        self.setLayout(body)
        self.start()

    def _make_foot(self) -> None:
        work = self.payout
        methods: list[tuple[Method, str]] = [("cash", _("Cash")), ("transfer", _("Transfer"))]
        self.method: Choice[Method] = Choice(methods, "cash")
        self.method.changed.connect(lambda: work.pay_by(self.method.value))
        self.reference, self.amount = TextInput(), MoneyInput()
        self.note = TextInput()
        self.reference.textEdited.connect(lambda text: work.type(reference=text))
        self.note.textEdited.connect(lambda text: work.type(note=text))
        self.amount.edited.connect(work.type_amount)
        self.fields = {
            "amount": Field(_("Another amount"), self.amount),
            "reference": Field(_("Reference of the transfer"), self.reference),
            "note": Field(_("Note on the slip"), self.note),
        }
        self.pay = Button(
            "", "primary", icon="money", key=actions.key_text("sellers-pay"), big=True
        )
        self.pay.clicked.connect(work.pay)
        for low in (self.method, self.amount, self.pay):
            low.setMinimumHeight(theme.TOUCH)  # the page scrolls rather than make them lower
        for field in (self.reference, self.amount, self.note):
            field.returnPressed.connect(work.pay)
        self.pay.set_low(True)
        self.slip = Button(_("Show the slip"), "outline", icon="receipt")
        self.slip.clicked.connect(self.slip_wanted)
        self._sums = Label("", "body", wrap=True)
        self._stamp = Label("", "small", "accent", wrap=True)
        self._drawer = Label("", "small", "accent", wrap=True)
        chosen = Field(_("Paid by way of"), self.method)
        fields = self.fields
        first = top_row(chosen, fields["amount"], shares=(4, 3))
        second = top_row(fields["reference"], fields["note"])
        self._line = row(first, second, gap=12)
        self._foot = row(self._sums, self.pay, gap=12)
        for line, shares in ((self._line, (7, 6)), (self._foot, (1, 1))):
            for at, share in enumerate(shares):
                line.setStretch(at, share)
        self._form = QWidget()
        self._form.setLayout(column(self._line, self._stamp, self._drawer, self._foot, gap=8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, things stand below each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow, way = self.width() < _NARROW, QBoxLayout.Direction
        crowded = narrow and self.payout.state.method == "transfer"
        self._line.setDirection(way.TopToBottom if crowded else way.LeftToRight)
        self._foot.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._foot.setSpacing(4 if narrow else 12)

    # -- see GoodsPage -------------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        (self.table if self.payout.paid is None else self.slip).setFocus()

    def show_work(self) -> None:
        """See GoodsPage."""
        work, state = self.payout, self.payout.state
        if work.number != self._begun:
            self._begun = work.number
            self._begin()
        if state.choice != self._choice:
            self._choice = state.choice
            chips = [(at, choice_text(choice)) for at, choice in enumerate(CHOICES)]
            self.chips.set_chips(chips, CHOICES.index(state.choice))
        self._days.setVisible(state.choice == "days")
        self._show_lines()
        self.fields["reference"].setVisible(state.method == "transfer")
        self._arrange()
        open_ = work.paid is None
        self._form.setVisible(open_ and (bool(self.table.lines) or work.owed > 0))
        self._sums.setText(_sums(work))
        self.slip.setVisible(not open_)
        self.chips.setVisible(open_)
        self._empty.setVisible(open_ and not self.table.lines)
        self.amount.setPlaceholderText(thousands(work.owed))
        self._stamp.setText(
            _("Above {amount}: needs a duty stamp (meterai) of {stamp}.").format(
                amount=rupiah(5_000_000), stamp=rupiah(10_000)
            )
        )
        self._stamp.setVisible(work.needs_stamp)
        held = work.drawer
        self._drawer.setVisible(held is not None)
        self._drawer.setText(drawer_sentence(held) if held is not None else "")
        self.pay.setText(_("Pay {amount}").format(amount=rupiah(work.amount)))
        self.pay.setEnabled(not work.busy and not work.reading and work.amount > 0)
        super().show_work()
        self.go_to_error()
        if not open_ and not self._was_paid:
            self.slip.setFocus()
        self._was_paid = not open_

    # -- inside --------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._most = _MORE
        self.method.set_value(self.payout.state.method)
        self.reference.clear()
        self.note.clear()
        self.amount.set_amount(None)

    def _show_lines(self) -> None:
        work = self.payout
        shown = work.lines[: self._most] if work.paid is None else ()
        lines = [_line(line, work) for line in shown]
        if work.carried and work.paid is None:
            lines.insert(0, _carried(work))
        self.table.set_lines(lines)
        reading = work.reading and work.account is None
        # The table keeps the focus while its lines are on their way.
        self._card.setVisible(bool(lines) or reading)
        self._empty.setText(
            _("Reading the account…")
            if reading
            else _("Nothing is open in this account.")
            if work.state.choice == "everything"
            else _("Nothing was sold in these days.")
        )

    def _show_more(self) -> None:
        if self._most < len(self.payout.lines) and self.payout.paid is None:
            self._most += _MORE
            self._show_lines()

    def _tick(self, line_id: int) -> None:
        if line_id != CARRIED and not self.payout.busy:
            self.payout.tick(line_id)

    def _choose(self, at: int) -> None:
        choice = CHOICES[at]
        # The chip is on already, and keeps the focus.
        self._choice = choice
        if choice != "days":
            self.payout.choose(choice)
            return
        today = self.payout.today()
        for field, day in ((self.since, today.replace(day=1)), (self.until, today)):
            with QSignalBlocker(field):
                field.set_day(day)
        self._days_changed()

    def _days_changed(self) -> None:
        self.payout.choose("days", self.since.day, self.until.day)


def _line(line: "StatementLine", work: PayoutWork) -> Line:
    ticked = line.line_id not in work.state.left_out
    return Line(
        line.line_id,
        (
            format_date_short(line.business_date),
            line_name(line),
            line.paper,
            figure(line.amount),
        ),
        ticked=ticked,
        faded=not ticked,
    )


def _carried(work: PayoutWork) -> Line:
    number = work.account.carried_from if work.account else ""
    said = _("Carried over from {number}").format(number=number) if number else _("Carried over")
    return Line(CARRIED, ("", said, number, figure(work.carried)))


def _sums(work: PayoutWork) -> str:
    parts = [
        _("Due in all: {amount}").format(amount=money(work.account.due if work.account else 0))
    ]
    if work.advance:
        parts.append(_("advance: {amount}").format(amount=rupiah(work.advance)))
    elif work.rest:
        parts.append(_("carried over: {amount}").format(amount=money(work.rest)))
    waiting = -sum(line.amount for line in work.account.pending) if work.account else 0
    if waiting:
        parts.append(_("advances for open orders: {amount}").format(amount=rupiah(waiting)))
    if work.state.left_out:
        parts.append(_("left out: {count}").format(count=len(work.state.left_out)))
    return " · ".join(parts)
