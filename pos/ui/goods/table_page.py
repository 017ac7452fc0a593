"""A table: chosen, looked at row by row, taken over; and everything given back as one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from pos.i18n import _
from pos.money import thousands
from pos.services.spreadsheet.plan import ItemRow, SellerRow, Status
from pos.ui import actions
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.table_work import TABLES, TableWork
from pos.ui.widgets.box import Part, column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.columns import Line, Table, TableColumn
from pos.ui.widgets.label import Label

_LOOK_MS: Final = 100
_MOST_SHOWN: Final = 1_000
_LOWEST: Final = 170
"""Of the preview: its head and a few rows; where the window is lower, the page scrolls."""
_ONLY: Final[tuple[Status | None, ...]] = (None, "bad", "new", "known")


class TablePage(GoodsPage):
    """Nothing is written before the large button is pressed."""

    surface = "card"

    def __init__(self, work: TableWork) -> None:
        super().__init__(work)
        self.tables = work
        self._shown: object = None
        self._was_busy = False
        self.choose = Button(_("Choose a table…"), "outline", icon="file-arrow-up")
        self.choose.clicked.connect(self.open_table)
        self.export = Button(self.export_text(), "outline", icon="file-arrow-down")
        self.export.clicked.connect(self._export)
        self.take = Button(
            "", "primary", icon="check", key=actions.key_text("goods-save"), big=True
        )
        self.take.clicked.connect(work.take)
        self.stop = Button(_("Stop"), "danger", icon="x")
        self.stop.clicked.connect(work.cancel)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self._count = Label("", "body", "muted")
        self._about = Label("", "body", wrap=True)
        self.chips = ChipRow(lambda at: work.show_only(_ONLY[at]))
        self.table = Table(_("Rows of the table"), self.columns())
        self.table.pressed.connect(self._tell_row)
        self._row = Label("", "body", wrap=True)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()
        self.start()

    # -- what the two kinds of table say differently ----------------------------------------------

    def heading(self) -> tuple[Part, ...]:
        """The line at the top."""
        return (Label(_("Goods from a table"), "heading"), None)

    def hint(self) -> str:
        """Which columns are understood."""
        return _(
            "The columns are found by their names: name, seller, price; and if they are there code,"
            " barcode, category, kind, count, return by, net price, commission. Sellers must be in the"
            " book already. Nothing is written before you confirm."
        )

    def export_text(self) -> str:
        """On the button that gives the table back."""
        return _("Write all goods to a table…")

    def file_name(self) -> str:
        """What that file is called, without its ending."""
        return _("Goods")

    def take_text(self, count: int) -> str:
        """On the large button."""
        return _("Take {count} items over").format(count=thousands(count))

    def columns(self) -> Sequence[TableColumn]:
        """The columns of the preview."""
        return (
            TableColumn(_("Row"), 0.7, tone="muted"),
            TableColumn(_("Item"), 2.4),
            TableColumn(_("Seller"), 1.2),
            TableColumn(_("Price"), 1.1, right=True),
            TableColumn(_("Qty"), 0.9, right=True),
            TableColumn(_("What happens"), 4, tone="muted"),
        )

    def cells(self, one: ItemRow | SellerRow) -> tuple[str, ...]:
        """A row of it, without what happens."""
        if not isinstance(one, ItemRow):
            raise TypeError(type(one))
        bad = one.status == "bad"
        return (
            one.name or "–",
            one.seller,
            "" if bad else thousands(one.price),
            "" if bad else thousands(one.qty),
        )

    # -- how it looks ----------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._card = frame("plain", column(self.table))
        going = row(self.progress, self._count, self.stop, gap=10)
        going.setStretch(0, 1)
        inner = column(
            row(*self.heading()),
            Label(self.hint(), "small", "muted", wrap=True),
            row(self.choose, self.export, None),
            going,
            self.said,
            self._about,
            self.chips,
            self._card,
            self._row,
            self.take,
            None,
            gap=10,
            margins=(18, 14, 18, 16),
        )
        inner.setStretch(7, 100)
        self._card.setMinimumHeight(_LOWEST)
        self.place(frame(self.surface, inner))

    def place(self, card: "Part") -> None:
        """Put the whole page into its place."""
        whole = QWidget()
        whole.setLayout(column(card, gap=0, margins=(18, 0, 18, 18)))
        self.setLayout(column(scroll(whole), gap=0))

    # -- see GoodsPage -----------------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        work = self.tables
        can_take = work.counts["new"] > 0
        (self.stop if work.busy else self.take if can_take else self.choose).setFocus()

    def save(self) -> None:
        """See GoodsPage: take over what is new, or choose a table first."""
        if self.tables.plan is None:
            self.open_table()
        else:
            self.tables.take()

    def back(self) -> bool:
        """See GoodsPage: stop what goes on, or put the table away."""
        work = self.tables
        if work.busy:
            work.cancel()
        elif work.plan is not None:
            work.forget()
        else:
            return False
        return True

    def show_work(self) -> None:
        """See GoodsPage."""
        work, plan = self.tables, self.tables.plan
        busy = work.busy
        for going in (self.progress, self._count, self.stop):
            going.setVisible(busy)
        if busy and not self._timer.isActive():
            self._look()
            self._timer.start()
        elif not busy:
            self._timer.stop()
        self.choose.setEnabled(not busy)
        self.export.setEnabled(not busy)
        for part in (self._card, self._about, self.chips):
            part.setVisible(plan is not None)
        if (plan, work.only) != self._shown:
            self._shown = (plan, work.only)
            self._show_plan()
        new = work.counts["new"]
        self.take.setVisible(new > 0)
        self.take.setEnabled(not busy)
        self.take.setText(self.take_text(new))
        super().show_work()
        if busy != self._was_busy:
            self._was_busy = busy
            if self.isVisible():
                # The button that was pressed is shut now; its focus would go astray.
                self.focus_first()

    def _show_plan(self) -> None:
        work, plan = self.tables, self.tables.plan
        rows = work.rows
        self._tell_row(0)
        self.table.set_lines([self._line(one) for one in rows[:_MOST_SHOWN]])
        if plan is None:
            return
        new, known, bad = (work.counts[status] for status in ("new", "known", "bad"))
        said = [
            _("{new} new, {known} in the book already, {bad} that can't be taken.").format(
                new=thousands(new), known=thousands(known), bad=thousands(bad)
            ),
            plan.note,
        ]
        if plan.ignored_columns:
            names = ", ".join(plan.ignored_columns[:6])
            said.append(_("Columns that are not used: {names}.").format(names=names))
        if len(rows) > _MOST_SHOWN:
            said.append(_("The first {count} are shown.").format(count=thousands(_MOST_SHOWN)))
        self._about.setText(" ".join(filter(None, said)))
        counts = (len(plan.rows), bad, new, known)
        groups = (_("All"), _("Can't be taken"), _("New"), _("In the book"))
        chips = [
            (at, f"{group} · {thousands(count)}")
            for at, (group, count) in enumerate(zip(groups, counts, strict=True))
        ]
        self.chips.set_chips(chips, _ONLY.index(work.only))

    def _line(self, one: ItemRow | SellerRow) -> Line:
        said = {
            "new": _("will be added"),
            "known": _("is in the book already"),
            "bad": one.reason,
        }
        cells = (str(one.line), *self.cells(one), said[one.status])
        return Line(one.line, cells, faded=one.status == "known")

    def _tell_row(self, number: object) -> None:
        """The whole sentence of the row that was touched: in the table it may be cut."""
        found = [line for line in self.table.lines if line.id == number]
        said = _("Row {line}: {why}")
        self._row.setText(said.format(line=number, why=found[0].cells[-1].strip()) if found else "")
        self._row.setVisible(bool(found))

    def _look(self) -> None:
        done, total = self.tables.done, self.tables.total
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        said = _("{done} of {all}").format(done=thousands(done), all=thousands(total))
        self._count.setText(said if total else _("Reading the file…"))

    def open_table(self) -> None:
        """Ask for a file and read it."""
        path = self.choose_open(TABLES)
        if path is not None:
            self.tables.read(path)

    def _export(self) -> None:
        target = self.choose_save(self.file_name() + ".xlsx", "XLSX (*.xlsx)")
        if target is not None:
            self.tables.export(target)
