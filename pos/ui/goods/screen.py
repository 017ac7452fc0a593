"""Goods (Titipan): sections in a row at the top, the chosen one below."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.i18n import _
from pos.receipts.labels import ItemLabel
from pos.ui import actions
from pos.ui.desk import Desk
from pos.ui.goods.intake import IntakeWork
from pos.ui.goods.intake_page import IntakePage
from pos.ui.goods.labelled import LabelTray
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.withdrawal import WithdrawalWork
from pos.ui.goods.work import GoodsGate
from pos.ui.listen import listen
from pos.ui.screen import Screen
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.pin import ApprovalPanel

if TYPE_CHECKING:
    from pos.services.staff import Session

SIDE: Final = 432
SIDE_NARROW: Final = 372
SIDE_LEAST: Final = 280
NARROW: Final = 1000
NARROWEST: Final = 700
_APPROVAL_WIDTH: Final = 520


@dataclass(frozen=True)
class _Section:
    """A section: the action whose name and key it bears, and its maker."""

    action: str
    make: Callable[[], GoodsPage]


class GoodsScreen(Screen):
    """Alt and a digit choose a section; F2 finds, F9 saves, Esc goes back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.gate = desk.keep(lambda: GoodsGate(lambda: desk.staff), GoodsGate)
        self.tray = desk.keep(LabelTray, LabelTray)
        self._sections = self._make_sections()
        self._pages: dict[int, GoodsPage] = {}
        self.current = 0
        self.chips = ChipRow(self.open)
        self.stack = QStackedWidget()
        self.approval = ApprovalPanel(desk.till, desk.run)
        self.approval.approved.connect(self._approved)
        self.approval.cancelled.connect(self.gate.give_up)
        asked = frame("card", column(self.approval, margins=(28, 20, 28, 16)))
        asked.setMaximumWidth(_APPROVAL_WIDTH)
        middle = row(None, asked, None, margins=(18, 0, 18, 18))
        middle.setStretch(1, 10)
        holder = QWidget()
        holder.setLayout(middle)
        self._whole = QStackedWidget()
        self._whole.addWidget(self.stack)
        self._whole.addWidget(holder)
        top = row(self.chips, margins=(18, 10, 18, 10))
        whole = column(top, self._whole, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        listen(self, self.gate, self._show_gate)
        self._bind()
        desk.changed.connect(self._book_changed)

    def _make_sections(self) -> tuple[_Section, ...]:
        return (
            _Section("goods-intake", self._intake),
            _Section("goods-shelf", self._shelf),
            _Section("goods-withdraw", self._withdrawal),
            _Section("goods-count", self._count),
            _Section("goods-ageing", self._ageing),
            _Section("goods-labels", self._labels),
            _Section("goods-table", self._table),
        )

    def _bind(self) -> None:
        for at, section in enumerate(self._sections):
            actions.bind(self, section.action, partial(self.open, at))
        actions.bind(self, "goods-find", self._begin_search)
        actions.bind(self, "goods-save", self._save)

    # -- sections ----------------------------------------------------------------------------

    def _intake(self) -> GoodsPage:
        work = self.desk.keep(lambda: IntakeWork(self.desk, self.gate), IntakeWork)
        page = IntakePage(self.desk, work)
        page.labels_wanted.connect(self._labels_wanted)
        return page

    def _shelf(self) -> GoodsPage:
        from pos.ui.goods.shelf import ShelfWork
        from pos.ui.goods.shelf_page import ShelfPage

        page = ShelfPage(self.desk, ShelfWork(self.desk, self.gate))
        page.label_wanted.connect(self._label_wanted)
        page.withdraw_wanted.connect(self._withdraw_wanted)
        return page

    def _withdrawal(self) -> GoodsPage:
        from pos.ui.goods.withdrawal_page import WithdrawalPage

        return WithdrawalPage(self.desk, self._withdrawal_work())

    def _count(self) -> GoodsPage:
        from pos.ui.goods.count import CountWork
        from pos.ui.goods.count_page import CountPage

        return CountPage(self.desk, CountWork(self.desk, self.gate))

    def _ageing(self) -> GoodsPage:
        from pos.ui.goods.ageing import AgeingWork
        from pos.ui.goods.ageing_page import AgeingPage

        page = AgeingPage(self.desk, AgeingWork(self.desk, self.gate))
        page.withdraw_wanted.connect(self._withdraw_all)
        return page

    def _withdraw_all(self, item_ids: object) -> None:
        self.open_section("goods-withdraw")
        work = self._withdrawal_work()
        for item_id in item_ids if isinstance(item_ids, tuple) else ():
            work.add(item_id, max(1, self.desk.till.stock.on_hand(item_id)))

    def _labels(self) -> GoodsPage:
        from pos.ui.goods.labels import LabelWork
        from pos.ui.goods.labels_page import LabelsPage

        return LabelsPage(self.desk, LabelWork(self.desk, self.gate, self.tray))

    def _table(self) -> GoodsPage:
        from pos.ui.goods.table_page import TablePage
        from pos.ui.goods.table_work import ItemTableWork

        return TablePage(ItemTableWork(self.desk, self.gate))

    def _withdrawal_work(self) -> WithdrawalWork:
        return self.desk.keep(lambda: WithdrawalWork(self.desk, self.gate), WithdrawalWork)

    def _withdraw_wanted(self, item_id: int) -> None:
        self.open_section("goods-withdraw")
        self._withdrawal_work().add(item_id)

    def _label_wanted(self, label: object) -> None:
        if isinstance(label, ItemLabel):
            self.tray.add(label)
            words = _("{count} labels wait to be printed.").format(count=self.tray.count)
            self.desk.say(words, _("Labels"), lambda: self.open_section("goods-labels"))

    def _labels_wanted(self, labels: object) -> None:
        self.tray.put(labels)  # type: ignore[arg-type]  # signals carry plain objects
        self.open_section("goods-labels")

    @property
    def page(self) -> GoodsPage:
        """The section in view."""
        return self._page(self.current)

    def open_section(self, action: str) -> None:
        """Show the section of this action."""
        for at, section in enumerate(self._sections):
            if section.action == action:
                self.open(at)

    def open(self, at: int) -> None:
        """Show a section."""
        self.gate.give_up()
        if at != self.current and self.current in self._pages:
            self._pages[self.current].left()
        self.current = at
        names = [(n, actions.text(section.action)) for n, section in enumerate(self._sections)]
        self.chips.set_chips(names, at)
        page = self._page(at)
        self.stack.setCurrentWidget(page)
        page.set_side_width(self._side_width())
        page.entered()

    def _page(self, at: int) -> GoodsPage:
        if at not in self._pages:
            made = self._sections[at].make()
            self._pages[at] = made
            self.stack.addWidget(made)
        return self._pages[at]

    # -- see Screen --------------------------------------------------------------------------

    def entered(self) -> None:
        """See Screen: where one was before."""
        self.open(self.current)

    def left(self) -> None:
        """See Screen."""
        self.gate.give_up()
        self.page.left()

    def scanned(self, code: str) -> bool:
        """See Screen: what is scanned here is not sold."""
        if not self.gate.asking:
            self.page.scanned(code)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back a step."""
        if event.key() == Qt.Key.Key_Escape:
            if not self.page.back():
                self.page.focus_first()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        for page in self._pages.values():
            page.set_side_width(self._side_width())

    # -- inside ------------------------------------------------------------------------------

    def _side_width(self) -> int:
        wide = self.width()
        return SIDE_LEAST if wide < NARROWEST else SIDE_NARROW if wide < NARROW else SIDE

    def _begin_search(self) -> None:
        self.page.begin_search()

    def _save(self) -> None:
        self.page.save()

    def _show_gate(self) -> None:
        asking = self.gate.asking
        shown = self._whole.currentIndex() == 1
        self._whole.setCurrentIndex(1 if asking else 0)
        if asking:
            self.approval.ask(asking)
        elif shown and self.isVisible():
            self.page.focus_first()

    def _approved(self, session: "Session") -> None:
        self.gate.approved(session.staff_id)

    def _book_changed(self, topics: frozenset[str]) -> None:
        if self.isVisible():
            self.page.book_changed(topics)
