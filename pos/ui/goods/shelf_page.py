"""The shelf: the list on the left, the chosen item on the right."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from pos.i18n import _
from pos.money import rupiah, thousands
from pos.ui.goods.finding import pieces
from pos.ui.goods.item_panels import CardPanel, CorrectPanel, ItemPanel, LossPanel
from pos.ui.goods.kinds import kind_name
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.picture import PICTURE_FILES
from pos.ui.goods.shelf import ShelfWork
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.find_input import FindInput
from pos.ui.widgets.label import Label
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.services.queries.catalog import Tile
    from pos.services.queries.stock import ShelfRow
    from pos.ui.desk import Desk


class ShelfPage(GoodsPage):
    """`label_wanted` carries an ItemLabel, `withdraw_wanted` an item's id."""

    label_wanted = Signal(object)
    withdraw_wanted = Signal(object)

    def __init__(self, desk: "Desk", work: ShelfWork) -> None:
        super().__init__(work)
        self._desk, self._shelf = desk, work
        self.search = FindInput("goods-find", _("Name, code, seller or category"))
        self.search.textEdited.connect(work.type)
        self.search.returnPressed.connect(self._enter)
        self.seller = DropDown(_("Seller"))
        self.seller.activated.connect(lambda _at: work.choose_seller(self.seller.chosen))
        self.list = RowList(_("Shelf"))
        self.search.step.connect(self.list.step)
        self.list.chosen.connect(work.choose)
        self.list.near_end.connect(work.load_more)
        self.list.opened.connect(self._to_item)
        self._count = Label("", "label", "muted")
        self._empty = Label("", "body", "muted", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        self.item = ItemPanel(desk)
        self.card = CardPanel(desk, work)
        self.loss = LossPanel(work)
        self.correction = CorrectPanel(work)
        self.item.edit.connect(lambda: work.begin("edit"))
        self.item.lose.connect(lambda: work.begin("lose"))
        self.item.correct.connect(lambda: work.begin("correct"))
        self.item.label.connect(self._label)
        self.item.withdraw.connect(self._withdraw)
        self.card.picture_wanted.connect(self._choose_picture)
        self.card.save.clicked.connect(self.save)
        self.side = QStackedWidget()
        self._panels = {
            "detail": self.item,
            "edit": self.card,
            "lose": self.loss,
            "correct": self.correction,
        }
        for made in self._panels.values():
            self.side.addWidget(made)
        for form in (self.card, self.loss, self.correction):
            form.closed.connect(work.give_up)
        self._lay_out()
        self.start()

    def _lay_out(self) -> None:
        line = row(self.search, self.seller, gap=10)
        line.setStretch(0, 3)
        line.setStretch(1, 2)
        body = column(self._empty, self.list, margins=(4, 4, 4, 4))
        left = column(line, self._count, frame("card", body), gap=8, margins=(18, 0, 18, 18))
        left.setStretch(2, 1)
        self.panel = frame("panel", column(self.side))
        whole = row(gap=0)
        whole.addLayout(left, 1)
        whole.addWidget(self.panel)
        self.setLayout(whole)

    # -- see GoodsPage ---------------------------------------------------------------------

    def entered(self) -> None:
        """See GoodsPage."""
        sellers = self._desk.till.catalog.sellers()
        names = [(s.seller_id, f"{s.code} · {s.workshop}") for s in sellers]
        self.seller.set_choices([(0, _("All sellers")), *names], self._shelf.seller_id)
        super().entered()

    def focus_first(self) -> None:
        """See GoodsPage."""
        form = self.side.currentWidget()
        if isinstance(form, CardPanel | LossPanel | CorrectPanel):
            form.take_focus()
            return
        self.search.setFocus()
        self.search.selectAll()

    def begin_search(self) -> None:
        """See GoodsPage."""
        self._shelf.give_up()
        self.search.setFocus()
        self.search.selectAll()

    def back(self) -> bool:
        """See GoodsPage: from a form to the item."""
        if self._shelf.mode == "detail":
            return False
        self._shelf.give_up()
        self.list.setFocus()
        return True

    def save(self) -> None:
        """See GoodsPage."""
        match self._shelf.mode:
            case "edit":
                self._shelf.save_card()
                self.card.focus_wrong()
            case "lose":
                self.loss.write()
            case "correct":
                self.correction.write()
            case _:
                pass

    def scanned(self, code: str) -> None:
        """See GoodsPage: that item, or the barcode of the card that is being changed."""
        if self._shelf.mode == "edit" and self.card.barcode.hasFocus():
            self.card.barcode.setText(code)
            self.card.barcode.textEdited.emit(code)
        else:
            self._shelf.open_code(code)

    def book_changed(self, topics: frozenset[str]) -> None:
        """See GoodsPage."""
        if topics & {"stock", "items"} and self._shelf.mode == "detail":
            note = self._shelf.note
            self._shelf.refresh()
            self._shelf.tell(note=note)

    # -- inside ------------------------------------------------------------------------------

    def _to_item(self, _item_id: int) -> None:
        self.item.buttons["edit"].setFocus()

    def _enter(self) -> None:
        rows = self._shelf.rows
        if rows:
            self._shelf.choose(self.list.current_id or rows[0].item_id)
            self.list.setFocus()

    def _label(self) -> None:
        label = self._shelf.label()
        if label is not None:
            self.label_wanted.emit(label)

    def _withdraw(self) -> None:
        if self._shelf.item is not None:
            self.withdraw_wanted.emit(self._shelf.item.item_id)

    def _choose_picture(self) -> None:
        chosen = self.choose_open(f"{_('Pictures')} ({PICTURE_FILES})")
        if chosen is not None:
            self._shelf.take_picture(chosen)

    def show_work(self) -> None:
        """See GoodsPage; the panels say what there is to say."""
        work = self._shelf
        rows = [_row(row) for row in work.rows]
        self.list.set_rows(rows, work.item.item_id if work.item else 0)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        if self.search.text() != work.text:
            self.search.setText(work.text)
        asked = work.text or work.seller_id
        self._empty.setText(
            _("Nothing was found.") if asked else _("The shelf is empty. Take goods in first.")
        )
        error = work.errors.get("search", "")
        count = _("{count} items").format(count=thousands(len(work.all_rows)))
        self._count.setText(error or f"{count} · {pieces(work.pieces)}")
        self._count.set_tone("bad" if error else "muted")
        self.item.show_item(work)
        for form in (self.loss, self.correction):
            form.show_errors(dict(work.errors))
            form.save.setEnabled(not work.busy)
        self.card.save.setEnabled(not work.busy)
        if work.mode == "edit":
            self.card.show_fields()
        wanted = self._panels[work.mode]
        if self.side.currentWidget() is not wanted:
            self.side.setCurrentWidget(wanted)
            if isinstance(wanted, CardPanel | LossPanel | CorrectPanel):
                wanted.opened()
            elif self.isVisible():
                self.list.setFocus()


def _row(item: "ShelfRow | Tile") -> Row:
    detail = " · ".join(part for part in (item.code, item.seller_code, item.category or "") if part)
    badge = ""
    if item.kind != "stock":
        badge = kind_name(item.kind)
    return Row(
        item.item_id,
        item.name,
        detail,
        rupiah(item.price),
        pieces(item.on_hand),
        badge=badge,
        faded=item.on_hand <= 0 and item.kind != "made_to_order",
    )
