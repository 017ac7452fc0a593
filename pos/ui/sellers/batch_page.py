"""Paying everybody: the list with its ticks, progress, one PDF of all slips."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar

from pos.i18n import _
from pos.money import rupiah
from pos.ui import actions
from pos.ui.goods.page import GoodsPage
from pos.ui.sellers.account_page import PDF
from pos.ui.sellers.batch import BatchRow, BatchWork, Method
from pos.ui.sellers.payout import drawer_sentence
from pos.ui.sellers.words import figure
from pos.ui.widgets.box import column, frame, row, top_row
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.columns import Line, Table, TableColumn
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label

_LOOK_MS = 100


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
        self.pdf = Button("", "outline", icon="file-pdf")
        self.pdf.clicked.connect(self._save)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self._count = Label("", "body", "muted")
        self._empty = Label(_("Nothing is due to anybody."), "body", "muted", wrap=True)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._show_progress)
        self._lay_out()
        self.start()

    def _lay_out(self) -> None:
        self._drawer = Label("", "small", "accent", wrap=True)
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
            self._drawer,
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
        going = work.running or work.busy
        if work.busy and not self._timer.isActive():
            self._timer.start()
        elif not work.busy:
            self._timer.stop()
        self._show_progress()
        for part in (self.progress, self._count):
            part.setVisible(going or work.paid > 0)
        self.stop.setVisible(going)
        self.pdf.setVisible(bool(work.today) and not going)
        said = _("All slips of today as PDF ({count})")
        self.pdf.setText(said.format(count=len(work.today)))
        held = None if going else work.drawer
        self._drawer.setVisible(held is not None)
        self._drawer.setText(drawer_sentence(held) if held is not None else "")
        self.run.setVisible(not going and bool(work.to_pay))
        self.run.setText(
            _("Pay {count} sellers: {total}").format(
                count=len(work.to_pay), total=rupiah(work.total)
            )
        )
        super().show_work()

    def _show_progress(self) -> None:
        """How far the payments are, or while the slips are being drawn, these."""
        work = self.batch
        done, count = work.paid, len(work.to_pay) + work.paid
        if work.busy:
            done, count = work.drawn, len(work.today)
        self.progress.setRange(0, max(1, count))
        self.progress.setValue(done)
        self._count.setText(_("{done} of {all}").format(done=done, all=count))

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
