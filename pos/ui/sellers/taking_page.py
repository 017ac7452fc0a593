"""A table of sellers: read, looked at, taken over; and all sellers given back as one."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar

from pos.i18n import _
from pos.services.spreadsheet.plan import SellerRow
from pos.ui.goods.page import GoodsPage
from pos.ui.sellers.taking import TakingWork
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.columns import Line, Table, TableColumn
from pos.ui.widgets.label import Label

_LOOK_MS: Final = 100
_MOST_SHOWN: Final = 2_000
_TABLES: Final = "XLSX, CSV (*.xlsx *.csv *.txt)"


class TakingPage(GoodsPage):
    """closed: back to one seller."""

    closed = Signal()

    def __init__(self, work: TakingWork) -> None:
        super().__init__(work)
        self.taking = work
        self.choose = Button(_("Choose a table…"), "outline", icon="file-arrow-up")
        self.choose.clicked.connect(self._open)
        self.export = Button(_("Write all sellers to a table…"), "outline", icon="file-arrow-down")
        self.export.clicked.connect(self._export)
        self.take = Button("", "primary", icon="check", big=True)
        self.take.clicked.connect(work.take)
        self.stop = Button(_("Stop"), "danger", icon="x")
        self.stop.clicked.connect(work.cancel)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self._said = Label("", "body", wrap=True)
        self.table = Table(
            _("Rows of the table"),
            (
                TableColumn(_("Row"), 0.6, tone="muted"),
                TableColumn(_("Workshop"), 2.2),
                TableColumn(_("What happens"), 3.4, tone="muted"),
            ),
        )
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self.start()

    def _lay_out(self) -> None:
        back = Button(_("Back"), "ghost", icon="arrow-left", key="Esc")
        back.clicked.connect(self.closed)
        hint = Label(
            _(
                "The columns are found by their names: workshop, code, maker, WhatsApp, cluster, bank, commission. Nothing is written before you confirm."
            ),
            "small",
            "muted",
            wrap=True,
        )
        self._card = frame("plain", column(self.table))
        going = row(self.progress, self.stop, gap=10)
        going.setStretch(0, 1)
        body = column(
            row(Label(_("Sellers from a table"), "heading"), None, back),
            hint,
            row(self.choose, self.export, None),
            going,
            self.said,
            self._said,
            self._card,
            self.take,
            None,
            gap=10,
            margins=(18, 14, 18, 16),
        )
        body.setStretch(6, 100)
        self.setLayout(body)

    # -- see GoodsPage -------------------------------------------------------------------------

    def entered(self) -> None:
        """See GoodsPage."""
        self.taking.forget()
        self.focus_first()

    def focus_first(self) -> None:
        """See GoodsPage."""
        (self.take if self.taking.plan else self.choose).setFocus()

    def show_work(self) -> None:
        """See GoodsPage."""
        work, plan = self.taking, self.taking.plan
        busy = work.busy
        self.progress.setVisible(busy)
        self.stop.setVisible(busy)
        if busy and not self._timer.isActive():
            self._look()
            self._timer.start()
        elif not busy:
            self._timer.stop()
        self.choose.setEnabled(not busy)
        self.export.setEnabled(not busy)
        self.table.set_lines([_line(one) for one in work.rows[:_MOST_SHOWN]])
        self._card.setVisible(plan is not None)
        self._said.setVisible(plan is not None)
        new = plan.count("new") if plan else 0
        if plan is not None:
            said = _("{new} new, {known} in the book already, {bad} that can't be taken.").format(
                new=new, known=plan.count("known"), bad=plan.count("bad")
            )
            self._said.setText(" ".join(filter(None, (said, plan.note))))
        self.take.setVisible(new > 0)
        self.take.setEnabled(not busy)
        self.take.setText(_("Take {count} sellers over").format(count=new))
        super().show_work()

    def _look(self) -> None:
        self.progress.setRange(0, self.taking.total)
        self.progress.setValue(self.taking.done)

    def _open(self) -> None:
        path = self.choose_open(_TABLES)
        if path is not None:
            self.taking.read(path)

    def _export(self) -> None:
        target = self.choose_save(_("Sellers") + ".xlsx", "XLSX (*.xlsx)")
        if target is not None:
            self.taking.export(target)


def _line(one: SellerRow) -> Line:
    said = {
        "new": _("will be added"),
        "known": _("is in the book already"),
        "bad": one.reason,
    }
    return Line(
        one.line,
        (str(one.line), one.workshop or "–", said[one.status]),
        faded=one.status == "known",
    )
