"""The drawer's day (Tutup): three cards, by keys alone or by fingers alone."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from pos.ui import actions
from pos.ui.closing.checking import DifferencePage, PaymentsPage
from pos.ui.closing.left import HANDS, LeftCard
from pos.ui.closing.moving import MovePage
from pos.ui.closing.page import DayPage, DepositPage, DonePage, Page
from pos.ui.closing.picture import PicturePage
from pos.ui.closing.presenter import ClosingPresenter
from pos.ui.closing.right import RightCard
from pos.ui.closing.sheet import CountSheet
from pos.ui.closing.words import foot_of
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.screen import Screen
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.pin import ApprovalPanel

if TYPE_CHECKING:
    from pos.ui.closing.state import Step

_TOPICS: Final = frozenset({"shifts", "payments", "sales"})
_NARROW: Final = 1100
_TINY: Final = 760


class ClosingScreen(Screen):
    """Enter goes to the next field and then on; F12 goes on from anywhere; Esc one step back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = desk.keep(
            lambda: ClosingPresenter(desk.till, desk.run, desk.run_aside, lambda: desk.staff),
            ClosingPresenter,
        )
        listen(self, self.presenter, self._show)
        self._at: Step | None = None
        self._asked = False
        self._viewed = False
        self.sheet = CountSheet()
        self.moving = MovePage(self.presenter, desk)
        self.pages: dict[Step, Page] = {
            "day": DayPage(self.presenter, desk),
            "move": self.moving,
            "payments": PaymentsPage(self.presenter),
            "difference": DifferencePage(self.presenter),
            "deposit": DepositPage(self.presenter),
            "done": DonePage(self.presenter),
        }
        self.picture = PicturePage(self.presenter, desk)
        self.left_card = LeftCard(self.presenter)
        self.right = RightCard(self._digits_to)
        self.approval = ApprovalPanel(desk.till, desk.run)
        self._middle = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        # Scrolled, since the PIN's keys do not shrink in a low window.
        self._asked_part = scroll(self.approval)
        for part in (self.sheet, *self.pages.values(), self.picture, self._asked_part):
            self._middle.addWidget(part)
        self._card = frame("card", column(self._middle, margins=(18, 4, 18, 14)))
        self._right_card = frame("card", column(self.right))
        self._whole = row(self.left_card, self._card, self._right_card, gap=18)
        self._whole.setStretch(1, 1)
        self.setLayout(self._whole)

    def _connect(self) -> None:
        show = self.presenter
        self.sheet.edited.connect(show.set_pieces)
        self.sheet.finished.connect(self._counted)
        self.sheet.moved.connect(self._show_foot)
        self.left_card.back.connect(self._back)
        self.right.go.connect(self._go)
        self.right.other.connect(show.reprint)
        self.approval.approved.connect(show.approved)
        self.approval.cancelled.connect(show.give_up_asking)
        self.desk.changed.connect(self._book_changed)
        actions.bind(self, "shift-next", self._go)
        actions.bind(self, "shift-print", self._reprint)
        actions.bind(self, "shift-print-x", self._print_x)
        actions.bind(self, "shift-recount", self._recount)
        actions.bind(self, "shift-picture", self.moving.ask_picture)
        for action, kind, _icon in HANDS:
            actions.bind(self, action, partial(show.start_hand, kind))

    # -- see Screen --------------------------------------------------------------------------

    def entered(self) -> None:
        """See Screen."""
        if self.presenter.state.step == "done":
            self.presenter.new_shift()
        self.presenter.refresh()
        self._focus()

    def left(self) -> None:
        """See Screen: what waits for a PIN waits no longer."""
        self.presenter.give_up_asking()
        self.presenter.view_picture("", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc, where no field used them."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows give the count what they have."""
        super().resizeEvent(event)
        wide = self.width()
        left, right = (290, 330) if wide >= _NARROW else (226, 266)
        around, gap = (22, 18) if wide >= _NARROW else (14, 12)
        if wide < _TINY:
            left, right, around, gap = 156, 186, 8, 8
        self.left_card.setFixedWidth(left)
        self._right_card.setFixedWidth(right)
        top = around - 4 if around > 8 else around
        self._whole.setContentsMargins(around, top, around, top)
        self._whole.setSpacing(gap)
        self._make_room()
        inner = 18 if wide >= _NARROW else 10
        layout = self._card.layout()
        if layout is not None:
            layout.setContentsMargins(inner, 4, inner, 10)

    def _make_room(self) -> None:
        """A picture gets all; in little width the PIN's keys and the differences get more."""
        tiny, state = self.width() < _TINY, self.presenter.state
        alone = bool(state.viewed) and not state.asking
        self._right_card.setVisible(not alone and not (tiny and state.asking))
        self.left_card.setVisible(not alone and not (tiny and state.step == "difference"))

    # -- going on ----------------------------------------------------------------------------

    def _enter(self) -> None:
        state = self.presenter.state
        if state.asking:
            return
        if state.viewed:
            self.presenter.back()
            return
        if state.step == "open":
            side = self.left_card.opening
            if side.brought.hasFocus() and side.reason.isVisible() and not state.reason.strip():
                side.reason.setFocus()
                return
        page = self.pages.get(state.step)
        if page is None or not page.enter():
            self._go()

    def _counted(self) -> None:
        """Enter on the last coin: the count is whole."""
        if self.presenter.state.step == "open":
            self.left_card.opening.brought.setFocus()
        else:
            self._go()

    def _go(self) -> None:
        show = self.presenter
        if show.state.viewed and not show.state.asking:
            show.back()
            return
        if show.state.asking or show.state.busy:
            return
        {
            "open": show.open_shift,
            "day": show.begin_close,
            "move": show.do_hand,
            "payments": show.to_count,
            "count": show.save_count,
            "difference": show.to_deposit,
            "deposit": show.close,
            "done": show.new_shift,
        }[show.state.step]()

    def _back(self) -> None:
        if self.presenter.state.asking:
            self.presenter.give_up_asking()
        else:
            self.presenter.back()

    def _reprint(self) -> None:
        if self.presenter.state.step in {"open", "done"}:
            self.presenter.reprint()

    def _print_x(self) -> None:
        if self.presenter.state.step == "day":
            self.presenter.print_x()

    def _recount(self) -> None:
        if self.presenter.state.step == "difference":
            self.presenter.recount()

    # -- showing -----------------------------------------------------------------------------

    def _show(self) -> None:
        state = self.presenter.state
        self.left_card.show_state(state)
        self.sheet.show_pieces(state.pieces)
        page = self.pages.get(state.step)
        if page is not None:
            page.show_state(state)
        self._show_foot()
        asked = bool(state.asking)
        part: QWidget = self._asked_part if asked else page or self.sheet
        self.picture.show_state(state)
        if state.viewed and not asked:
            part = self.picture
        viewed = part is self.picture
        self._middle.setCurrentWidget(part)
        self._make_room()
        if asked and not self._asked:
            self.approval.ask(state.asking)
        elif (state.step, asked, viewed) != (
            self._at,
            self._asked,
            self._viewed,
        ) and self.isVisible():
            self._at, self._asked, self._viewed = state.step, asked, viewed
            self._focus()
        self._at, self._asked, self._viewed = state.step, asked, viewed

    def _show_foot(self) -> None:
        state = self.presenter.state
        beside = {"reason", "brought", "amount", "kept", "picture"}
        message = "" if state.field in beside else state.error
        foot = foot_of(state, at_end=self.sheet.at_end)
        self.right.show_foot(foot, message, enabled=not state.busy and not state.asking)

    def _focus(self) -> None:
        state = self.presenter.state
        if state.asking:
            self.approval.take_focus()
        elif state.viewed:
            self.picture.setFocus()
        elif state.step in {"open", "count"}:
            empty = next((at for at, count in enumerate(state.pieces) if count is None), 0)
            self.sheet.focus_row(empty)
        else:
            self.pages[state.step].focus_first()

    def _digits_to(self) -> QWidget | None:
        """The keypad's digits go to the field in use, else to the first one that takes digits."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QLineEdit) and self.isAncestorOf(focused):
            return focused
        state = self.presenter.state
        if state.step in {"open", "count"}:
            return self.sheet.rows[0].input
        page = self.pages[state.step]
        return page.inputs[0] if page.inputs else None

    def _book_changed(self, topics: frozenset[str]) -> None:
        if self.isVisible() and topics & _TOPICS and not self.presenter.state.busy:
            self.presenter.refresh()
