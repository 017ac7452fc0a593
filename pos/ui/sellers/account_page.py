"""The account of a seller: a table that goes on while it is scrolled, printed or as A4."""

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtGui import QResizeEvent

from pos.formats import format_date_short
from pos.i18n import _
from pos.ui.goods.page import GoodsPage
from pos.ui.sellers.account import PERIODS, AccountWork, period_text
from pos.ui.sellers.words import figure, line_name, moment
from pos.ui.widgets.box import column, row
from pos.ui.widgets.button import Button
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.columns import Line, Table, TableColumn
from pos.ui.widgets.label import Label

if TYPE_CHECKING:
    from pos.services.queries.statement import StatementLine

PDF: Final = "PDF (*.pdf)"
Width = Literal["narrow", "middle", "wide"]
_NARROW: Final = 640
_WIDE: Final = 740


class AccountPage(GoodsPage):
    """Newest first, with what the stand owed after each line."""

    def __init__(self, work: AccountWork) -> None:
        super().__init__(work)
        self.account = work
        self.chips = ChipRow(self._choose)
        self._period = ""
        self._shown: tuple[StatementLine, ...] = ()
        self.print = Button(_("Print"), "outline", icon="printer")
        self.print.clicked.connect(work.print_it)
        self.pdf = Button(_("PDF"), "outline", icon="file-pdf")
        self.pdf.clicked.connect(self._save)
        self._width: Width = "middle"
        self.table = Table(_("Account"), _columns("middle"))
        self.table.near_end.connect(work.load_more)
        self._empty = Label(_("Nothing happened in this period."), "body", "muted")
        top = row(self.chips, self.print, self.pdf, gap=8)
        top.setStretch(0, 1)
        self.elsewhere = Label("", "body", "muted", wrap=True)
        body = column(top, self.said, self._empty, self.table, self.elsewhere, gap=8)
        body.setStretch(3, 1)
        self.setLayout(body)
        self.start()

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow the time of day goes; where it is wide, price and rate are told."""
        super().resizeEvent(event)
        width: Width = "narrow" if self.width() < _NARROW else "middle"
        if self.width() >= _WIDE:
            width = "wide"
        if width != self._width:
            self._width, self._shown = width, ()
            self.table.set_columns(_columns(width))
            self._show_lines()

    def show_work(self) -> None:
        """See GoodsPage."""
        work = self.account
        if work.period != self._period:
            self._period = work.period
            chips = [(at, period_text(period)) for at, period in enumerate(PERIODS)]
            self.chips.set_chips(chips, PERIODS.index(work.period))
        self._show_lines()
        self.elsewhere.setText(work.elsewhere)
        self.elsewhere.setVisible(bool(work.elsewhere))
        self._empty.setVisible(not work.lines)
        self.table.setVisible(bool(work.lines))
        for button in (self.print, self.pdf):
            button.setEnabled(not work.busy)
        super().show_work()

    def _choose(self, at: int) -> None:
        # The chip is on already, and keeps the focus.
        self._period = PERIODS[at]
        self.account.choose_period(PERIODS[at])

    def _show_lines(self) -> None:
        """Only what came since is made into rows: an account may have 35,000 lines."""
        lines, shown = self.account.lines, self._shown
        if lines is shown:
            return
        rows = self.table.lines if shown and lines[: len(shown)] == shown else ()
        self._shown = lines
        new = (_row(line, self._width) for line in lines[len(rows) :])
        self.table.set_lines((*rows, *new))

    def _save(self) -> None:
        target = self.choose_save(_("Statement") + ".pdf", PDF)
        if target is not None:
            self.account.save_account(target)


def _columns(width: Width) -> tuple[TableColumn, ...]:
    if width == "wide":
        return (
            TableColumn(_("Date"), 0.9, tone="muted"),
            TableColumn(_("What"), 2.6),
            TableColumn(_("Paper"), 1.5, tone="muted"),
            TableColumn(_("Price sold"), 1.3, right=True),
            TableColumn(_("Stand's part"), 1.3, right=True, tone="muted"),
            TableColumn(_("For the seller"), 1.4, right=True),
            TableColumn(_("Balance"), 1.4, right=True, tone="strong"),
        )
    narrow = width == "narrow"
    return (
        TableColumn(_("Time"), 1.3 if narrow else 1.5, tone="muted"),
        TableColumn(_("What"), 2.0 if narrow else 2.4),
        TableColumn(_("Paper"), 1.75, tone="muted"),
        TableColumn(_("For the seller"), 1.8 if narrow else 1.5, right=True),
        TableColumn(_("Balance"), 1.55, right=True, tone="strong"),
    )


def _row(line: "StatementLine", width: Width) -> Line:
    day = moment(line.at) if width == "middle" else format_date_short(line.business_date)
    # What is left to the stand: with the seller's part it is the price, whoever bore a discount.
    sold = (figure(line.price), figure(line.price - line.amount))
    if not line.price and not line.commission:
        sold = ("", "")
    told = sold if width == "wide" else ()
    cells = (day, line_name(line), line.paper, *told, figure(line.amount), figure(line.balance))
    return Line(line.line_id, cells)
