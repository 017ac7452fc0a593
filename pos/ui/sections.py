"""A screen of sections: their names in a row at the top, the chosen one below."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.ui import actions
from pos.ui.desk import Desk
from pos.ui.goods.page import GoodsPage
from pos.ui.listen import listen
from pos.ui.screen import Screen
from pos.ui.settings.gate import Gate
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.pin import ApprovalPanel

if TYPE_CHECKING:
    from pos.services.staff import Session

_SIDE: Final = 432
_SIDE_NARROW: Final = 372
_NARROW: Final = 1000
_NARROWEST: Final = 700
_APPROVAL_WIDTH: Final = 520


@dataclass(frozen=True)
class ScreenSection:
    """A section: the action whose name and key it bears, and its maker."""

    action: str
    make: Callable[[], GoodsPage]


class SectionsScreen(Screen):
    """Alt and a digit choose a section, Esc goes back; where a manager is needed, the PIN panel
    stands in the section's place. A section is made when it is first opened.

    `side_least` is how wide the panel at the right is in the narrowest windows.
    """

    side_least = _SIDE_NARROW

    def __init__(self, desk: Desk, gate: Gate) -> None:
        super().__init__(desk)
        self.gate = gate
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
        for at, section in enumerate(self._sections):
            actions.bind(self, section.action, partial(self.open, at))
        desk.changed.connect(self._book_changed)

    def _make_sections(self) -> tuple[ScreenSection, ...]:
        """The sections, in their order; called once, before anything else is there."""
        raise NotImplementedError  # a Qt widget can not be abstract; each screen says its own

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
        return self.side_least if wide < _NARROWEST else _SIDE_NARROW if wide < _NARROW else _SIDE

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
