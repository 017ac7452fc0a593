"""All stands on the left with what is known of them; a new bazaar on the right."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QBoxLayout, QWidget

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.ui.goods.page import GoodsPage
from pos.ui.others.stands import conflict_words, paper_of
from pos.ui.widgets.box import column, frame, row, scroll, top_row
from pos.ui.widgets.button import Button
from pos.ui.widgets.columns import Line, Table, TableColumn
from pos.ui.widgets.date import DateInput
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.services.queries.conflict_rows import Conflict
    from pos.ui.desk import Desk
    from pos.ui.others.stands import StandsWork

_TWO_DAYS: Final = 370


class StandsPage(GoodsPage):
    """Everything of others says up to when it is known."""

    def __init__(self, desk: "Desk", work: "StandsWork") -> None:
        super().__init__(work)
        self.stands, self._desk = work, desk
        self.table = Table(
            _("Stands"),
            (
                TableColumn(_("Stand"), 2.2, tone="name"),
                TableColumn(_("Sold"), 1.4, right=True),
                TableColumn(_("Due"), 1.5, right=True, tone="strong"),
                TableColumn(_("Known up to"), 1.7, right=True, tone="muted"),
            ),
        )
        self.table.pressed.connect(work.choose)
        self.payer = DropDown(_("Who pays the sellers"))
        self.payer.currentIndexChanged.connect(self._payer_chosen)
        self.pay = Button("", "primary", icon="money")
        self.pay.clicked.connect(work.pay_chosen)
        self.name = TextInput("", _("Bazaar in the square"))
        self.code = TextInput("", "BZR")
        self.code.setMaxLength(6)
        self.place = TextInput("", _("May be empty"))
        self.first = DateInput(_("First day"))
        self.last = DateInput(_("Last day"))
        today = desk.till.business_date()
        for day in (self.first, self.last):
            day.set_day(today)
        self.decision = TextInput()
        self.fields = {
            "name": Field(_("Name"), self.name),
            "code": Field(_("Code on receipts"), self.code),
            "place": Field(_("Place"), self.place),
            "first_day": Field(_("First day"), self.first),
            "last_day": Field(_("Last day"), self.last),
            "payer": Field(_("Who pays the sellers"), self.payer),
            "decision": Field(_("What was decided"), self.decision),
        }
        self.decision.textEdited.connect(self._decided)
        self.settle = Button(_("Settle"), "outline", icon="check")
        self.settle.clicked.connect(work.settle)
        self.two = Button(_("There were two pieces"), "outline", icon="copy")
        self.two.clicked.connect(work.two_pieces)
        self.show_paper = Button("", "outline", icon="receipt")
        self.show_paper.clicked.connect(work.show_paper)
        self.plan = Button(_("Plan the bazaar"), "primary", icon="check", key="F9", big=True)
        self.plan.clicked.connect(self.save)
        self._facts = Label("", "body", wrap=True)
        self._conflict = Label("", "body", "bad", wrap=True)
        self._lay_out()
        self.start()

    def _lay_out(self) -> None:
        self._settling = frame(
            "card",
            column(
                self._conflict,
                self.fields["decision"],
                row(self.show_paper, self.two, None, self.settle, gap=8),
                gap=8,
                margins=(14, 12, 14, 12),
            ),
        )
        left = column(
            frame("card", column(self.table)),
            frame("card", column(row(self._facts, self.pay), margins=(14, 12, 14, 12))),
            self._settling,
            gap=10,
            margins=(18, 4, 18, 18),
        )
        left.setStretch(0, 1)
        inner = QWidget()
        self._days = top_row(self.fields["first_day"], self.fields["last_day"])
        inner.setLayout(
            column(
                Label(_("A new bazaar"), "title"),
                self.fields["name"],
                self.fields["code"],
                self.fields["place"],
                self._days,
                self.plan,
                self.said,
                12,
                Label(_("Payouts"), "title"),
                self.fields["payer"],
                None,
                gap=10,
                margins=(18, 16, 18, 18),
            )
        )
        self.panel = frame("panel", column(scroll(inner)))
        whole = row(gap=0)
        whole.addLayout(left, 1)
        whole.addWidget(self.panel)
        self.setLayout(whole)

    # -- see GoodsPage -----------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.name.setFocus()

    def set_side_width(self, pixels: int) -> None:
        """See GoodsPage: two days beside each other need room."""
        super().set_side_width(pixels)
        way = QBoxLayout.Direction
        self._days.setDirection(way.LeftToRight if pixels >= _TWO_DAYS else way.TopToBottom)

    def save(self) -> None:
        """See GoodsPage."""
        plan = self.stands.plan
        plan.name, plan.code, plan.place = self.name.text(), self.code.text(), self.place.text()
        plan.first_day, plan.last_day = self.first.day, self.last.day
        self.stands.save()

    def book_changed(self, topics: frozenset[str]) -> None:
        """See GoodsPage."""
        if topics & {"stands", "sales", "sellers", "stock"} and not self.stands.busy:
            note, errors = self.stands.note, self.stands.errors
            self.stands.refresh()
            self.stands.tell(note=note, errors=errors)

    def show_work(self) -> None:
        """See GoodsPage."""
        super().show_work()
        work = self.stands
        self.table.set_lines(
            [
                Line(
                    one.stand_id,
                    (
                        f"{one.name} ({one.code})",
                        thousands(one.sold),
                        thousands(one.due),
                        work.until(one),
                    ),
                    faded=one.stand_id != work.chosen,
                )
                for one in work.stands
            ]
        )
        stand = work.stand
        self._facts.setText(
            f"{stand.name}, {work.until(stand)}\n{work.facts()}" if stand else work.facts()
        )
        self.pay.setVisible(work.can_pay_chosen)
        if stand is not None:
            self.pay.setText(_("Pay its sellers: {amount}").format(amount=rupiah(stand.due)))
        self._show_payer()
        conflict = work.conflict
        self._settling.setVisible(conflict is not None)
        if conflict is not None:
            self._show_conflict(conflict)
        if self.decision.text() != work.decision:
            self.decision.setText(work.decision)
        if not work.plan.name and not work.busy and work.note:
            for field in (self.name, self.code, self.place):
                field.clear()

    # -- inside ------------------------------------------------------------------------------

    def _show_conflict(self, conflict: "Conflict") -> None:
        """What can be done about it here; money of an order is settled in the order itself."""
        words, more = conflict_words(conflict), len(self.stands.conflicts) - 1
        if more:
            words = _("{words}\n({count} more after this one)").format(words=words, count=more)
        self._conflict.setText(words)
        self.two.setVisible(conflict.kind == "sold_twice")
        in_words = conflict.kind != "order_money"
        for part in (self.fields["decision"], self.settle):
            part.setVisible(in_words)
        self.show_paper.setVisible(bool(paper_of(conflict)))
        self.show_paper.setText(
            _("Open the order") if conflict.order_id else _("Open the receipt to take it back")
        )

    def _show_payer(self) -> None:
        choices = [(0, _("Each stand pays what it sold"))]
        choices += [
            (till.till_no, _("Only {till} at {stand}").format(till=till.code, stand=stand.name))
            for stand in self.stands.stands
            for till in stand.tills
        ]
        self.payer.blockSignals(True)  # noqa: FBT003 (Qt's own)
        self.payer.set_choices(choices, self.stands.payer)
        self.payer.blockSignals(False)  # noqa: FBT003 (Qt's own)

    def _payer_chosen(self, _index: int) -> None:
        if self.payer.chosen != self.stands.payer:
            self.stands.choose_payer(self.payer.chosen)

    def _decided(self, text: str) -> None:
        self.stands.decision = text
