"""Goods (Titipan): sections in a row at the top, the chosen one below."""

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
from pos.ui.sections import ScreenSection, SectionsScreen


class GoodsScreen(SectionsScreen):
    """F2 finds, F9 saves."""

    side_least = 280

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.keep(lambda: GoodsGate(lambda: desk.staff), GoodsGate))
        self.tray = desk.keep(LabelTray, LabelTray)
        actions.bind(self, "goods-find", lambda: self.page.begin_search())  # noqa: PLW0108 (the page changes)
        actions.bind(self, "goods-save", lambda: self.page.save())  # noqa: PLW0108 (as above)

    def _make_sections(self) -> tuple[ScreenSection, ...]:
        return (
            ScreenSection("goods-intake", self._intake),
            ScreenSection("goods-shelf", self._shelf),
            ScreenSection("goods-withdraw", self._withdrawal),
            ScreenSection("goods-count", self._count),
            ScreenSection("goods-ageing", self._ageing),
            ScreenSection("goods-labels", self._labels),
            ScreenSection("goods-table", self._table),
        )

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
