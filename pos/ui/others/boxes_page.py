"""Boxes: who is known up to when on the left, writing and taking on the right."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from pos.clock import local
from pos.formats import format_date_short, format_datetime, format_time
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.ui.goods.page import GoodsPage
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.columns import Line, Table, TableColumn
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pathlib import Path

    from pos.services.boxes.check import TailFacts
    from pos.ui.others.boxes import BoxWork

_LOOK_MS: Final = 100
_LOST: Final = 150
BOX_FILES: Final = "Titip (*.titipbox)"


class BoxesPage(GoodsPage):
    """A box is looked at first; taking it is a second press."""

    def __init__(self, work: "BoxWork") -> None:
        super().__init__(work)
        self.boxes = work
        self.table = Table(
            _("Tills"),
            (
                TableColumn(_("Stand"), 2.4, tone="name"),
                TableColumn(_("Code"), 0.9, tone="muted"),
                TableColumn(_("Entries"), 0.9, right=True),
                TableColumn(_("Known up to"), 1.8, right=True, tone="strong"),
            ),
        )
        self.target = DropDown(_("For whom"))
        self.target.currentIndexChanged.connect(self._target_chosen)
        self.write = Button(_("Write a box"), "primary", icon="package", big=True)
        self.write.clicked.connect(self._write)
        self.look = Button(_("Open a box"), "outline", icon="folder-open", big=True)
        self.look.clicked.connect(self._look)
        self.take = Button("", "primary", icon="check", key="F9", big=True)
        self.take.clicked.connect(work.take)
        self.drop = Button(_("Do not take it"), "ghost", icon="x")
        self.drop.clicked.connect(work.put_back)
        self.stop = Button(_("Stop"), "danger", icon="x")
        self.stop.clicked.connect(work.cancel)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self._step = Label("", "body", "muted")
        self._found = Label("", "body", wrap=True)
        self._branches = Label("", "body", "bad", wrap=True)
        self.lost = Table(
            _("Sales that are in no book"),
            (
                TableColumn(_("When"), 1.6, tone="muted"),
                TableColumn(_("Receipt"), 1.6, tone="name"),
                TableColumn(_("What"), 2.2),
                TableColumn(_("Paid"), 1.1, right=True, tone="strong"),
                TableColumn(_("To be booked"), 1.4, right=True, tone="muted"),
            ),
        )
        self.lost.setMinimumHeight(_LOST)
        self.again = Button("", "outline", icon="arrow-u-up-left")
        self.again.clicked.connect(work.book_again)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._show_progress)
        self._lay_out()
        self.start()

    def _lay_out(self) -> None:
        self._going = QWidget()
        going = column(self._step, row(self.progress, self.stop, gap=10), gap=6)
        self._going.setLayout(going)
        self._lost_card = frame(
            "card",
            column(self.lost, row(None, self.again, margins=(12, 0, 12, 10)), gap=4),
        )
        left = column(
            Label(_("What this till knows"), "heading", wrap=True),
            Label(
                _("Figures of other stands are as new as the last box from there."),
                "body",
                "muted",
                wrap=True,
            ),
            frame("card", column(self.table)),
            self._branches,
            self._lost_card,
            gap=8,
            margins=(18, 4, 18, 18),
        )
        left.setStretch(2, 1)
        left.setStretch(4, 1)
        side = column(
            Label(_("Give"), "title"),
            Field(_("For whom"), self.target),
            self.write,
            16,
            Label(_("Take"), "title"),
            self.look,
            self._found,
            self.take,
            self.drop,
            self._going,
            self.said,
            None,
            gap=10,
            margins=(18, 16, 18, 18),
        )
        inner = QWidget()
        inner.setLayout(side)
        self.panel = frame("panel", column(scroll(inner)))
        whole = row(gap=0)
        whole.addLayout(left, 1)
        whole.addWidget(self.panel)
        self.setLayout(whole)

    # -- see GoodsPage -----------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        (self.take if self.boxes.facts else self.write).setFocus()

    def save(self) -> None:
        """See GoodsPage: F9 takes the box that was looked at."""
        if self.boxes.facts is not None and not self.boxes.busy:
            self.boxes.take()

    def book_changed(self, topics: frozenset[str]) -> None:
        """See GoodsPage."""
        if "stands" in topics and not self.boxes.busy:
            self.boxes.refresh()

    def show_work(self) -> None:
        """See GoodsPage."""
        super().show_work()
        work = self.boxes
        self.table.set_lines(
            [
                Line(
                    till.till_no,
                    (
                        till.stand_name,
                        till.till_code,
                        thousands(till.seq),
                        _("this till") if till.till_no == work.mine else work.until(till),
                    ),
                )
                for till in work.tills
            ]
        )
        choices = [(0, _("Any till (everything)"))]
        choices += [(till.till_no, f"{till.stand_name} · {till.till_code}") for till in work.others]
        self.target.blockSignals(True)  # noqa: FBT003 (Qt's own)
        self.target.set_choices(choices, work.meant_for)
        self.target.blockSignals(False)  # noqa: FBT003 (Qt's own)
        self._show_box()
        self._show_branches()
        for part in (self.write, self.look, self.take, self.drop, self.target):
            part.setEnabled(not work.busy)
        self._going.setVisible(work.busy)
        if work.busy and not self._timer.isActive():
            self._timer.start()
        elif not work.busy:
            self._timer.stop()
        self._show_progress()

    # -- inside ------------------------------------------------------------------------------

    def _show_box(self) -> None:
        facts = self.boxes.facts
        for part in (self._found, self.take, self.drop):
            part.setVisible(facts is not None)
        if facts is None:
            return
        writer = facts.manifest.writer
        name = writer.stand_name if writer else "?"
        lines = [_("Box of {stand}:").format(stand=name)]
        lines += [self._tail(tail) for tail in facts.tails if tail.fresh]
        if len(lines) == 1:
            lines.append(_("Everything in it is here already."))
        self._found.setText("\n".join(lines))
        words = _("Take {count} entries").format(count=thousands(facts.fresh))
        self.take.setText(words if facts.fresh else _("Take"))

    def _tail(self, facts: "TailFacts") -> str:
        until = format_datetime(local(facts.tail.at, self.boxes.zone))
        words = _("{stand} ({till}): {count} new, up to {date}")
        if facts.state == "forked":
            words = _("{stand} ({till}): goes on in another way than here, up to {date}")
        return words.format(
            stand=facts.tail.stand_name,
            till=facts.tail.till_code,
            count=thousands(facts.fresh),
            date=until,
        )

    def _show_branches(self) -> None:
        branches = [one for one in self.boxes.branches if one.why == "fork"]
        codes = {till.till_no: till.till_code for till in self.boxes.tills}
        words = _(
            "Kept aside: {count} entries of till {till} ({sales} sales) that contradict this book. "
            "That machine was restored or copied and went on selling."
        )
        self._branches.setText(
            "\n".join(
                words.format(count=one.count, till=codes.get(one.till_no, "?"), sales=one.sales)
                for one in branches
            )
        )
        self._branches.setVisible(bool(branches))
        work = self.boxes
        self.lost.set_lines(
            [
                Line(
                    at,
                    (
                        f"{format_date_short(sale.at.date())} {format_time(sale.at)}",
                        sale.number,
                        sale.what,
                        thousands(sale.total),
                        sale.why_not or _("here"),
                    ),
                    faded=bool(sale.why_not),
                )
                for at, sale in enumerate(work.lost, start=1)
            ]
        )
        self._lost_card.setVisible(bool(work.lost))
        self.again.setVisible(bool(work.bookable))
        self.again.setEnabled(not work.busy)
        words = _("Book {count} sales again at this till: {amount}")
        amount = rupiah(sum(sale.total for sale in work.bookable))
        self.again.setText(words.format(count=len(work.bookable), amount=amount))

    def _show_progress(self) -> None:
        work = self.boxes
        names = {
            "read": _("Reading the box"),
            "check": _("Checking the journals"),
            "pictures": _("Pictures"),
            "entries": _("Entries"),
            "cards": _("Contact cards"),
        }
        self._step.setText(names.get(work.step, ""))
        self.progress.setRange(0, work.total)
        self.progress.setValue(work.done)

    def _target_chosen(self, _index: int) -> None:
        if self.target.chosen != self.boxes.meant_for:
            self.boxes.choose_target(self.target.chosen)

    def _write(self) -> None:
        target: Path | None = self.choose_save(self.boxes.suggested_name(), BOX_FILES)
        if target is not None:
            self.boxes.write(target)

    def _look(self) -> None:
        path = self.choose_open(BOX_FILES)
        if path is not None:
            self.boxes.look(path)
