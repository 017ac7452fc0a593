"""Paying everybody: the list with its ticks, progress, one PDF of all slips."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from pos.i18n import _
from pos.money import rupiah
from pos.ui import actions
from pos.ui.goods.page import GoodsPage
from pos.ui.sellers.account_page import PDF
from pos.ui.sellers.batch import BatchRow, BatchWork, Method
from pos.ui.sellers.words import figure
from pos.ui.widgets.box import column, frame, row, top_row
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.columns import Line, Table, TableColumn
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label


class BatchPage(GoodsPage):
    """closed: back to one seller."""

    closed = Signal()

    def __init__(self, work: BatchWork) -> None:
        super().__init__(work)
        self.batch = work
        self.table = Table(
            _("Sellers to pay"),
            (
                TableColumn(_("Seller"), 3),
                TableColumn(_("Code"), 0.9, tone="muted"),
                TableColumn(_("Slip"), 2, tone="muted"),
                TableColumn(_("Due"), 1.5, right=True, tone="strong"),
            ),
        )
        self.table.pressed.connect(work.tick)
        methods: list[tuple[Method, str]] = [("cash", _("Cash")), ("transfer", _("Transfer"))]
        self.method: Choice[Method] = Choice(methods, "cash")
        self.method.changed.connect(lambda: work.pay_by(self.method.value))
        self.reference = TextInput()
        self.reference.textEdited.connect(self._typed)
        self.reference.returnPressed.connect(work.run)
        self.fields = {"reference": Field(_("Reference of the transfer"), self.reference)}
        self.run = Button(
            "", "primary", icon="money", key=actions.key_text("sellers-pay"), big=True
        )
        self.run.clicked.connect(work.run)
        self.stop = Button(_("Stop"), "danger", icon="x")
        self.stop.clicked.connect(work.cancel)
        self.pdf = Button(_("All slips as PDF"), "outline", icon="file-pdf")
        self.pdf.clicked.connect(self._save)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self._count = Label("", "body", "muted")
        self._empty = Label(_("Nothing is due to anybody."), "body", "muted", wrap=True)
        self._lay_out()
        self.start()

    def _lay_out(self) -> None:
        back = Button(_("Back"), "ghost", icon="arrow-left", key="Esc")
        back.clicked.connect(self.closed)
        self._card = frame("plain", column(self.table))
        line = top_row(Field(_("Paid by way of"), self.method), self.fields["reference"])
        going = row(self.progress, self._count, self.stop, self.pdf, gap=10)
        going.setStretch(0, 1)
        body = column(
            row(Label(_("Pay all sellers"), "heading"), None, back),
            self._empty,
            self._card,
            self.said,
            line,
            going,
            self.run,
            gap=10,
            margins=(18, 14, 18, 16),
        )
        body.setStretch(2, 1)
        self.setLayout(body)

    # -- see GoodsPage -------------------------------------------------------------------------

    def entered(self) -> None:
        """See GoodsPage."""
        self.batch.open()
        self.focus_first()

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.table.setFocus()

    def show_work(self) -> None:
        """See GoodsPage."""
        work = self.batch
        self.table.set_lines([_line(one, running=work.running) for one in work.rows])
        self._empty.setVisible(not work.rows)
        self._card.setVisible(bool(work.rows))
        self.fields["reference"].setVisible(work.method == "transfer")
        count, paid = len(work.to_pay) + work.paid, work.paid
        self.progress.setRange(0, max(1, count))
        self.progress.setValue(paid)
        self.progress.setVisible(work.running or paid > 0)
        self._count.setText(_("{done} of {all}").format(done=paid, all=count))
        self._count.setVisible(self.progress.isVisibleTo(self))
        self.stop.setVisible(work.running)
        self.pdf.setVisible(bool(work.slips) and not work.running)
        self.run.setVisible(not work.running and bool(work.to_pay))
        self.run.setText(
            _("Pay {count} sellers: {total}").format(
                count=len(work.to_pay), total=rupiah(work.total)
            )
        )
        super().show_work()

    def _typed(self, text: str) -> None:
        self.batch.reference = text

    def _save(self) -> None:
        target = self.choose_save(_("Payout slips") + ".pdf", PDF)
        if target is not None:
            self.batch.save_slips(target)


def _line(one: BatchRow, *, running: bool) -> Line:
    paid = bool(one.number)
    state = one.number or one.problem
    ticked = None if paid or running else one.ticked
    return Line(
        one.seller_id,
        (one.workshop, one.code, state, figure(one.due)),
        ticked=True if paid else ticked,
        faded=not one.ticked,
    )
