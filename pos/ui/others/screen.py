"""Other stands (Stan lain): sections in a row at the top, the chosen one below."""

from pos.ui import actions
from pos.ui.desk import Desk
from pos.ui.goods.page import GoodsPage
from pos.ui.sections import ScreenSection, SectionsScreen
from pos.ui.settings.gate import Gate


class OthersGate(Gate):
    """A type of its own, so that the desk keeps it apart from other screens' gates."""


class OthersScreen(SectionsScreen):
    """F9 saves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.keep(lambda: OthersGate(lambda: desk.staff), OthersGate))
        actions.bind(self, "others-save", lambda: self.page.save())  # noqa: PLW0108 (the page changes)

    def _make_sections(self) -> tuple[ScreenSection, ...]:
        return (
            ScreenSection("others-stands", self._stands),
            ScreenSection("others-box", self._boxes),
            ScreenSection("others-send", self._moving),
            ScreenSection("others-home", self._home),
        )

    # -- sections ----------------------------------------------------------------------------

    def _stands(self) -> GoodsPage:
        from pos.ui.others.stands import StandsWork
        from pos.ui.others.stands_page import StandsPage

        return StandsPage(self.desk, StandsWork(self.desk, self.gate))

    def _boxes(self) -> GoodsPage:
        from pos.ui.others.boxes import BoxWork
        from pos.ui.others.boxes_page import BoxesPage

        return BoxesPage(self.desk.keep(lambda: BoxWork(self.desk, self.gate), BoxWork))

    def _moving(self) -> GoodsPage:
        from pos.ui.others.moving import MovingWork
        from pos.ui.others.moving_page import MovingPage

        work = self.desk.keep(lambda: MovingWork(self.desk, self.gate), MovingWork)
        return MovingPage(self.desk, work)

    def _home(self) -> GoodsPage:
        from pos.ui.others.home import HomeWork
        from pos.ui.others.home_page import HomePage

        work = self.desk.keep(lambda: HomeWork(self.desk, self.gate), HomeWork)
        return HomePage(work)
