"""Ageing: the oldest goods on the left, their seller's slip on the right."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.formats import format_date
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.ui import actions
from pos.ui.goods.ageing import OVERDUE, Age, AgeingWork
from pos.ui.goods.finding import pieces
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.side import head
from pos.ui.selling.totals_big import BigAmount
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.services.queries.ageing import AgeRow
    from pos.ui.desk import Desk

_AGES: Final[tuple[Age, ...]] = (30, 60, 90, OVERDUE, 0)


class AgeingPage(GoodsPage):
    """`withdraw_wanted` carries the ids of the items that go back."""

    withdraw_wanted = Signal(object)

    def __init__(self, desk: "Desk", work: AgeingWork) -> None:
        super().__init__(work)
        self._desk, self._ages = desk, work
        self.chips = ChipRow(lambda at: work.choose_age(_AGES[at]))
        self._chips_shown: object = None
        self.seller = DropDown(_("Seller"))
        self.seller.activated.connect(lambda _at: work.choose_seller(self.seller.chosen))
        self.list = RowList(_("Ageing"))
        self.list.chosen.connect(work.choose)
        self.list.opened.connect(self._to_print)
        self._empty = Label("", "body", "muted", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        self._who = ElidedLabel("", "title")
        self._count = ElidedLabel("", "body", "muted")
        self._value = BigAmount(34)
        self.own = RowList(_("To be picked up"), height=54)
        self.print = Button(
            _("Print the pick-up slip"),
            "primary",
            icon="printer",
            key=actions.key_text("goods-save"),
            big=True,
        )
        self.pdf = Button(_("Save as PDF"), "outline", icon="file-pdf")
        self.withdraw = Button(_("Withdraw these"), "outline", icon="arrow-u-up-left")
        self.print.clicked.connect(self.save)
        self.pdf.clicked.connect(self._pdf)
        self.withdraw.clicked.connect(
            lambda: self.withdraw_wanted.emit(tuple(own.item_id for own in work.own))
        )
        self._lay_out()
        self.start()

    def _lay_out(self) -> None:
        shelf = frame("card", column(self._empty, self.list, margins=(4, 4, 4, 4)))
        left = column(self.seller, self.chips, shelf, gap=8, margins=(18, 0, 18, 18))
        left.setStretch(2, 1)
        body = QWidget()
        whole = column(
            self._count,
            self._value,
            row(self.pdf, self.withdraw),
            self.said,
            4,
            gap=6,
            margins=(18, 14, 18, 4),
        )
        stacked = column(whole, self.own, gap=0)
        stacked.setStretch(1, 1)
        body.setLayout(stacked)
        self._body = body
        foot = frame("footer", column(self.print, margins=(18, 10, 18, 16)))
        side = column(head(self._who, None), body, foot, gap=0)
        side.setStretch(1, 1)
        self.panel = frame("panel", side)
        page = row(gap=0)
        page.addLayout(left, 1)
        page.addWidget(self.panel)
        self.setLayout(page)

    # -- see GoodsPage ---------------------------------------------------------------------

    def entered(self) -> None:
        """See GoodsPage."""
        sellers = self._desk.till.catalog.sellers()
        names = [(s.seller_id, f"{s.code} · {s.workshop}") for s in sellers]
        self.seller.set_choices([(0, _("All sellers")), *names], self._ages.seller_id)
        super().entered()

    def focus_first(self) -> None:
        """See GoodsPage."""
        (self.list if self._ages.rows else self.seller).setFocus()

    def save(self) -> None:
        """See GoodsPage."""
        self._ages.print_slip()

    def scanned(self, code: str) -> None:
        """See GoodsPage: to the row of that item."""
        found = [r.item_id for r in self._ages.rows if r.code == code.strip().upper()]
        if found:
            self._ages.choose(found[0])

    def book_changed(self, topics: frozenset[str]) -> None:
        """See GoodsPage."""
        if topics & {"stock", "items"}:
            self._ages.refresh()

    # -- inside ------------------------------------------------------------------------------

    def _to_print(self, _item_id: int) -> None:
        self.print.setFocus()

    def _pdf(self) -> None:
        row_ = self._ages.row
        if row_ is not None:
            target = self.choose_save(f"{row_.seller_code}.pdf", "PDF (*.pdf)")
            if target is not None:
                self._ages.save_slip(target)

    def show_work(self) -> None:
        """See GoodsPage."""
        super().show_work()
        work = self._ages
        names = {
            30: _("30 days"),
            60: _("60 days"),
            90: _("90 days"),
            OVERDUE: _("Past its day"),
            0: _("All"),
        }
        chips = [
            (at, f"{names[age]} · {thousands(work.count(age))}") for at, age in enumerate(_AGES)
        ]
        shown = (tuple(chips), work.age)
        if shown != self._chips_shown:
            self._chips_shown = shown
            self.chips.set_chips(chips, _AGES.index(work.age))
        rows = [_row(aged) for aged in work.rows]
        self.list.set_rows(rows, work.chosen)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.setText(_("Nothing has been here that long."))
        self._show_side()

    def _show_side(self) -> None:
        work = self._ages
        chosen, own = work.row, work.own
        self._body.setVisible(chosen is not None)
        self.print.setEnabled(chosen is not None and not work.busy)
        if chosen is None:
            self._who.set_text(_("To be picked up"))
            return
        self._who.set_text(f"{chosen.seller_code} · {chosen.workshop}")
        count = sum(aged.on_hand for aged in own)
        self._count.set_text(
            _("To be picked up: {items} items, {pieces}").format(
                items=thousands(len(own)), pieces=pieces(count)
            )
        )
        self._value.show_amount(sum(aged.on_hand * aged.price for aged in own))
        self.own.set_rows([_own_row(aged) for aged in own])


def _days(aged: "AgeRow") -> str:
    return _("{count} days").format(count=thousands(aged.days))


def _row(aged: "AgeRow") -> Row:
    until = ""
    if aged.return_by is not None:
        until = _("Return by {day}").format(day=format_date(aged.return_by))
    parts = (aged.code, aged.seller_code, pieces(aged.on_hand), until)
    return Row(
        aged.item_id,
        aged.name,
        " · ".join(part for part in parts if part),
        _days(aged),
        rupiah(aged.price),
        badge=_("past its day") if aged.overdue else "",
        badge_tone="bad",
    )


def _own_row(aged: "AgeRow") -> Row:
    return Row(
        aged.item_id,
        aged.name,
        f"{aged.code} · {_days(aged)}",
        thousands(aged.on_hand * aged.price),
        f"{thousands(aged.on_hand)} x {thousands(aged.price)}",
    )
