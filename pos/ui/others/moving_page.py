"""Sending goods: where to and what on the left, the slip as it grows on the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.formats import format_date_short, format_time
from pos.i18n import _
from pos.money import thousands
from pos.ui.goods.finding import find_items, pieces
from pos.ui.goods.item_panels import typed_count
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.side import LinesSide
from pos.ui.goods.type_ahead import TypeAhead
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, TextInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.services.queries.transfers import TransferRow
    from pos.ui.desk import Desk
    from pos.ui.others.moving import MovingLine, MovingWork

_SLIPS = 68
"""The newest slip is always in view."""


class MovingPage(GoodsPage):
    """Scanning a label puts a piece on the slip."""

    def __init__(self, desk: "Desk", work: "MovingWork") -> None:
        super().__init__(work)
        self.moving, self._desk = work, desk
        self.stand = DropDown(_("To which stand"))
        self.stand.currentIndexChanged.connect(self._stand_chosen)
        self.item = TypeAhead(_("Scan, or type name or code"))
        self.item.search = lambda typed: find_items(desk.till, typed, on_shelf=True)
        self.item.picked.connect(self._item_picked)
        self.item.typed.connect(self._item_typed)
        self.qty = TextInput()
        self.qty.setMaxLength(5)
        self.qty.returnPressed.connect(self._qty_typed)
        self.fields = {
            "stand": Field(_("To which stand"), self.stand),
            "item": Field(_("What goes"), self.item),
            "qty": Field(_("Pieces"), self.qty),
        }
        self._arriving = False
        self.all_here = Button(_("Everything has come"), "outline", icon="check")
        self.all_here.clicked.connect(work.all_here)
        self.give_up = Button(_("Not now"), "ghost", icon="x")
        self.give_up.clicked.connect(work.give_up)
        self.lines = LinesSide(
            _("Transfer slip"),
            _("Scan the labels of what goes to the other stand."),
            _("Save and print"),
        )
        self.lines.list.chosen.connect(lambda number: work.mark(number - 1))
        self.lines.mend.connect(self._to_qty)
        self.lines.remove.connect(work.remove)
        self.lines.save.clicked.connect(self.save)
        self.waiting = RowList(_("To be scanned in"), height=60)
        self.waiting.clicked.connect(lambda _index: work.arrive(self.waiting.current_id))
        self.waiting.opened.connect(work.arrive)
        self.slips = RowList(_("Earlier slips"), height=60)
        self.slips.clicked.connect(lambda _index: self._show_papers())
        self.slips.chosen.connect(lambda _id: self._show_papers())
        self.again = Button(_("Print again"), "outline", icon="printer")
        self.again.clicked.connect(lambda: work.reprint(self.slips.current_id))
        self.pdf = Button(_("Save as PDF"), "outline", icon="file-pdf")
        self.pdf.clicked.connect(self._pdf)
        self._lay_out()
        self.start()

    def _lay_out(self) -> None:
        self._title = Label(_("Send to another stand"), "heading")
        self._coming = Label(_("To be scanned in"), "label", "muted")
        self._earlier = Label(_("Earlier slips"), "label", "muted")
        body = column(
            self._title,
            self.fields["stand"],
            self.fields["item"],
            self.fields["qty"],
            row(self.all_here, self.give_up, None, gap=10),
            self.said,
            self._coming,
            self.waiting,
            row(self._earlier, None, self.again, self.pdf, gap=10),
            gap=10,
            margins=(18, 14, 18, 14),
        )
        body.addWidget(self.slips, 1)
        self.waiting.setMaximumHeight(170)
        self.slips.setMinimumHeight(_SLIPS)
        inner = QWidget()
        inner.setLayout(body)
        left = frame("card", column(scroll(inner)))
        self.panel = frame("panel", column(self.lines))
        whole = row(gap=0)
        whole.addLayout(row(left, margins=(18, 0, 18, 18)), 1)
        whole.addWidget(self.panel)
        self.setLayout(whole)

    # -- see GoodsPage ---------------------------------------------------------------------

    def focus_first(self) -> None:
        """See GoodsPage."""
        self.item.setFocus()

    def back(self) -> bool:
        """See GoodsPage."""
        if self.moving.arriving is not None:
            self.moving.give_up()
            return True
        return False

    def save(self) -> None:
        """See GoodsPage."""
        if not self.moving.busy:
            self.moving.save()

    def scanned(self, code: str) -> None:
        """See GoodsPage: one more piece."""
        if self.moving.add_code(code):
            self.item.setFocus()

    def book_changed(self, topics: frozenset[str]) -> None:
        """See GoodsPage."""
        if topics & {"stands", "stock"} and not self.moving.busy:
            note, errors = self.moving.note, self.moving.errors
            self.moving.refresh()
            self.moving.tell(note=note, errors=errors)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del takes the marked line off while the list has the focus."""
        if event.key() == Qt.Key.Key_Delete and self.lines.list.hasFocus():
            self.moving.remove(self.lines.list.current_id - 1)
            return
        super().keyPressEvent(event)

    def show_work(self) -> None:
        """See GoodsPage."""
        super().show_work()
        work = self.moving
        arriving = work.arriving is not None
        self._title.setText(
            _("Scan in {number}").format(number=work.arriving.number)
            if work.arriving
            else _("Send to another stand")
        )
        self.fields["stand"].setVisible(not arriving)
        for part in (self.all_here, self.give_up):
            part.setVisible(arriving)
        self.stand.blockSignals(True)  # noqa: FBT003 (Qt's own)
        choices = [(stand.stand_id, f"{stand.name} ({stand.code})") for stand in work.stands]
        self.stand.set_choices(choices, work.to_stand)
        self.stand.blockSignals(False)  # noqa: FBT003 (Qt's own)
        line = work.lines[work.at] if 0 <= work.at < len(work.lines) else None
        self.fields["qty"].setVisible(line is not None)
        if line is not None and not work.errors.get("qty"):
            self.qty.setText(str(line.qty))
        rows = [_line_row(at, one) for at, one in enumerate(work.lines)]
        self.lines.list.set_rows(rows, work.at + 1)
        self.lines.show_lines(rows, work.pieces, work.value, busy=work.busy)
        self.waiting.set_rows([_slip_row(slip, arriving=True) for slip in work.waiting])
        self._coming.setVisible(bool(work.waiting) and not arriving)
        self.waiting.setVisible(bool(work.waiting) and not arriving)
        newest = work.slips[0].transfer_id if work.slips else 0
        rows = [_slip_row(slip, arriving=False) for slip in work.slips]
        self.slips.set_rows(rows, self.slips.current_id or newest)
        self._earlier.setVisible(bool(work.slips) and not arriving)
        self.slips.setVisible(bool(work.slips) and not arriving)
        for button in (self.again, self.pdf):
            button.setVisible(bool(work.slips) and not arriving)
        self._show_papers()
        if self._arriving != arriving and self.isVisible():
            self.item.setFocus()  # the list that was touched is gone, and keys need a place
        self._arriving = arriving

    # -- inside ------------------------------------------------------------------------------

    def _show_papers(self) -> None:
        ready = bool(self.slips.current_id) and not self.moving.busy
        self.again.setEnabled(ready)
        self.pdf.setEnabled(ready)

    def _pdf(self) -> None:
        chosen = self.slips.current_id
        number = next((one.number for one in self.moving.slips if one.transfer_id == chosen), "")
        target = self.choose_save(f"{number}.pdf", "PDF (*.pdf)") if number else None
        if target is not None:
            self.moving.save_slip_pdf(chosen, target)

    def _stand_chosen(self, _index: int) -> None:
        if self.stand.chosen != self.moving.to_stand:
            self.moving.choose_stand(self.stand.chosen)

    def _item_picked(self, item_id: int) -> None:
        self.item.choose(0, "")
        self.moving.add(item_id)

    def _item_typed(self, text: str) -> None:
        if text and self.moving.add_code(text):
            self.item.choose(0, "")
        elif not text:
            self.item.open_list()

    def _to_qty(self, at: int) -> None:
        self.moving.mark(at)
        self.qty.setFocus()
        self.qty.selectAll()

    def _qty_typed(self) -> None:
        self.moving.set_qty(typed_count(self.qty.text()))
        if not self.moving.errors:
            self.item.setFocus()


def _line_row(at: int, line: "MovingLine") -> Row:
    return Row(
        at + 1,
        line.name,
        line.code,
        thousands(line.qty * line.price),
        f"{thousands(line.qty)} x {thousands(line.price)}",
    )


def _slip_row(slip: "TransferRow", *, arriving: bool) -> Row:
    when = f"{format_date_short(slip.at.date())} {format_time(slip.at)}"
    way = slip.from_name if arriving else f"{slip.from_name} → {slip.to_name}"
    return Row(slip.transfer_id, way, f"{slip.number} · {when}", pieces(slip.pieces))
