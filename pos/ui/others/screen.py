"""Other stands (Stan lain): sections in a row at the top, the chosen one below."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.ui import actions
from pos.ui.desk import Desk
from pos.ui.goods.page import GoodsPage
from pos.ui.goods.screen import NARROW, SIDE, SIDE_NARROW
from pos.ui.listen import listen
from pos.ui.screen import Screen
from pos.ui.settings.gate import Gate
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.pin import ApprovalPanel

if TYPE_CHECKING:
    from pos.services.staff import Session

_APPROVAL_WIDTH: Final = 520


class OthersGate(Gate):
    """A type of its own, so that the desk keeps it apart from other screens' gates."""


class OthersScreen(Screen):
    """Alt and a digit choose a section; F9 saves, Esc goes back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.gate = desk.keep(lambda: OthersGate(lambda: desk.staff), OthersGate)
        self._sections: tuple[tuple[str, Callable[[], GoodsPage]], ...] = (
            ("others-stands", self._stands),
            ("others-box", self._boxes),
            ("others-send", self._moving),
            ("others-home", self._home),
        )
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
        whole = column(row(self.chips, margins=(18, 10, 18, 10)), self._whole, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        listen(self, self.gate, self._show_gate)
        for at, (action, _make) in enumerate(self._sections):
            actions.bind(self, action, partial(self.open, at))
        actions.bind(self, "others-save", lambda: self.page.save())  # noqa: PLW0108 (the page changes)
        desk.changed.connect(self._book_changed)

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

    @property
    def page(self) -> GoodsPage:
        """The section in view."""
        return self._page(self.current)

    def open(self, at: int) -> None:
        """Show a section."""
        self.gate.give_up()
        if at != self.current and self.current in self._pages:
            self._pages[self.current].left()
        self.current = at
        names = [(n, actions.text(action)) for n, (action, _make) in enumerate(self._sections)]
        self.chips.set_chips(names, at)
        page = self._page(at)
        self.stack.setCurrentWidget(page)
        page.set_side_width(SIDE_NARROW if self.width() < NARROW else SIDE)
        page.entered()

    def _page(self, at: int) -> GoodsPage:
        if at not in self._pages:
            made = self._sections[at][1]()
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
            page.set_side_width(SIDE_NARROW if self.width() < NARROW else SIDE)

    # -- inside ------------------------------------------------------------------------------

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
