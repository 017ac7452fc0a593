"""Sellers (Penitip): the list on the left; account, payout, card and terms on the right."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from pos.i18n import _
from pos.ui import actions
from pos.ui.desk import Desk
from pos.ui.goods.page import GoodsPage
from pos.ui.listen import listen
from pos.ui.screen import Screen
from pos.ui.sellers.account import AccountWork
from pos.ui.sellers.account_page import AccountPage
from pos.ui.sellers.batch import BatchWork
from pos.ui.sellers.batch_page import BatchPage
from pos.ui.sellers.card import CardWork
from pos.ui.sellers.card_page import CardPage
from pos.ui.sellers.directory import Directory
from pos.ui.sellers.finder import SellerFinder
from pos.ui.sellers.head import SellerHead
from pos.ui.sellers.history import HistoryWork
from pos.ui.sellers.history_page import HistoryPage
from pos.ui.sellers.payout import PayoutWork
from pos.ui.sellers.payout_page import PayoutPage
from pos.ui.sellers.tabs import Tabs
from pos.ui.sellers.taking import TakingWork
from pos.ui.sellers.taking_page import TakingPage
from pos.ui.sellers.terms import TermsWork
from pos.ui.sellers.terms_page import TermsPage
from pos.ui.settings.gate import Gate
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.label import Label
from pos.ui.widgets.pin import ApprovalPanel

if TYPE_CHECKING:
    from pos.services.staff import Session

_TOPICS: Final = frozenset({"sellers", "sales", "stock", "items", "payments"})
_LEFT: Final = 400
_LEFT_NARROW: Final = 320
_LEFT_LEAST: Final = 200
_NARROW: Final = 1100
_NARROWEST: Final = 700
ACCOUNT, PAY, PAYOUTS, CARD, TERMS = range(5)
_ASIDE: Final = ("empty", "seller", "batch", "taking", "approval")


class SellersScreen(Screen):
    """F2 searches, F7 adds, F8 pays all, Alt+1 to Alt+5 turn the pages, F9 saves, F12 pays."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.directory = Directory(desk.till)
        listen(self, self.directory, self._show)
        self.gate = Gate(lambda: desk.staff)
        listen(self, self.gate, self._show_gate)
        self.finder = SellerFinder()
        self.head = SellerHead()
        self._make_pages()
        self.tab = ACCOUNT
        names = ("account", "payout", "payouts", "card", "terms")
        self.tabs = Tabs(
            [(actions.text(f"sellers-{n}"), actions.tip(f"sellers-{n}")) for n in names]
        )
        self.tabs.chosen.connect(self.turn)
        self.approval = ApprovalPanel(desk.till, desk.run)
        self.approval.approved.connect(self._approved)
        self.approval.cancelled.connect(self.gate.give_up)
        self.add = _button("sellers-add", "user-plus")
        self.pay_all = _button("sellers-pay-all", "money")
        self.table = Button(_("Table"), "outline", icon="table")
        self._lay_out()
        self._connect()
        # A book without sellers has nothing to tell of, and the list would stay undrawn.
        self._show()

    def _make_pages(self) -> None:
        desk, gate = self.desk, self.gate
        self.account = AccountPage(AccountWork(desk, gate))
        self.payout = PayoutPage(PayoutWork(desk, gate))
        self.history = HistoryPage(desk, HistoryWork(desk, gate))
        self.card = CardPage(CardWork(desk, gate))
        self.terms = TermsPage(TermsWork(desk, gate))
        self.batch = BatchPage(BatchWork(desk, gate))
        self.taking = TakingPage(TakingWork(desk, gate))
        self._pages: tuple[GoodsPage, ...] = (
            self.account,
            self.payout,
            self.history,
            self.card,
            self.terms,
        )

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for page in self._pages:
            # A list may be low, a form may not: where the window is, its page scrolls.
            scrolls = page in {self.card, self.payout, self.terms}
            self._stack.addWidget(scroll(page) if scrolls else page)
        pages = column(self.head, self.tabs, self._stack, gap=10, margins=(20, 16, 20, 16))
        pages.setStretch(2, 1)
        hint = Label(
            _("Choose a seller, or add one."),
            "body",
            "muted",
            wrap=True,
            align=Qt.AlignmentFlag.AlignCenter,
        )
        self._right = QStackedWidget()
        asked = column(self.approval, margins=(28, 20, 28, 16))
        for inside in (column(hint), pages):
            self._right.addWidget(frame("plain", inside))
        for page in (self.batch, self.taking):
            self._right.addWidget(page)
        self._right.addWidget(frame("plain", asked))
        card = frame("card", column(self._right, margins=(2, 2, 2, 2)))
        title = row(Label(_("Sellers"), "heading"), None)
        for button in (self.table, self.pay_all, self.add):
            title.addWidget(button)
        both = row(self.finder, card, gap=16)
        both.setStretch(1, 1)
        self.setLayout(column(title, both, gap=12, margins=(18, 12, 18, 18)))

    def _connect(self) -> None:
        finder = self.finder
        finder.text_changed.connect(self.directory.type)
        finder.only.connect(self.directory.show_only)
        finder.chosen.connect(self.open)
        finder.opened.connect(lambda _id: self.page.focus_first())
        finder.best.connect(lambda: self.open(self.directory.best()))
        self.add.clicked.connect(self.begin_new)
        self.pay_all.clicked.connect(partial(self._aside, self.batch))
        self.table.clicked.connect(partial(self._aside, self.taking))
        for page in (self.batch, self.taking):
            page.closed.connect(self._back_to_seller)
        self.card.open_other.connect(self.open)
        self.payout.slip_wanted.connect(partial(self.turn, PAYOUTS))
        self.card.card.saved = self._saved
        self.history.history.undone = self._book_moved
        self.batch.batch.finished = self._book_moved
        self.taking.taking.taken = self._book_moved
        self.desk.changed.connect(self._book_changed)
        actions.bind(self, "sellers-find", finder.focus_search)
        actions.bind(self, "sellers-add", self.begin_new)
        actions.bind(self, "sellers-pay-all", partial(self._aside, self.batch))
        actions.bind(self, "sellers-save", self._save)
        actions.bind(self, "sellers-pay", self._pay)
        for tab, name in enumerate(("account", "payout", "payouts", "card", "terms")):
            actions.bind(self, f"sellers-{name}", partial(self.turn, tab))

    # -- see Screen --------------------------------------------------------------------------

    def entered(self) -> None:
        """See Screen."""
        self.directory.refresh()
        self._refresh_page()
        self.finder.focus_search()

    def left(self) -> None:
        """See Screen: what waits for a PIN waits no longer."""
        self.gate.give_up()

    def scanned(self, code: str) -> bool:
        """See Screen: a seller's code opens the seller; a label's goes to the till."""
        found = next((s for s in self.directory.state.sellers if s.code == code.upper()), None)
        if found is None:
            return False
        self.open(found.seller_id)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, in the end to the search."""
        if event.key() == Qt.Key.Key_Escape:
            if self._right.currentWidget() in {self.batch, self.taking}:
                self._back_to_seller()
            elif not self.page.back():
                self.finder.focus_search()
        elif event.key() == Qt.Key.Key_Right and self.finder.list.hasFocus():
            self.page.focus_first()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        wide = self.width()
        least = _LEFT_LEAST if wide < _NARROWEST else _LEFT_NARROW
        self.finder.setFixedWidth(least if wide < _NARROW else _LEFT)

    # -- one seller ----------------------------------------------------------------------------

    @property
    def page(self) -> GoodsPage:
        """The page in view."""
        shown = self._right.currentWidget()
        return shown if isinstance(shown, GoodsPage) else self._pages[self.tab]

    @property
    def seller_id(self) -> int:
        """Whose pages are in view; 0 for nobody's or a new seller's."""
        return self.directory.state.chosen

    def open(self, seller_id: int) -> None:
        """Show a seller, on the page that is in view."""
        if not seller_id:
            return
        self.gate.give_up()
        self.directory.choose(seller_id)
        self.turn(self.tab, focus=False)

    def begin_new(self) -> None:
        """An empty card."""
        self.gate.give_up()
        self.directory.choose(0)
        self.card.card.open(0)
        self.head.show_seller(None)
        self._show_tab(CARD)
        self.tabs.hide()
        self.page.focus_first()

    def turn(self, tab: int, *, focus: bool = True) -> None:
        """Show a page of the chosen seller."""
        seller_id = self.seller_id
        if not seller_id:
            return
        self.head.show_seller(self.desk.till.sellers.card(seller_id))
        works = (
            self.account.account,
            self.payout.payout,
            self.history.history,
            self.card.card,
            self.terms.terms_work,
        )
        works[tab].open(seller_id)
        self.tabs.show()
        self.tabs.mark(tab)
        self._show_tab(tab)
        if focus:
            self.page.focus_first()

    def _show_tab(self, tab: int) -> None:
        self.tab = tab
        self._stack.setCurrentIndex(tab)
        self._put("seller")

    def _save(self) -> None:
        self.page.save()

    def _pay(self) -> None:
        if self._right.currentWidget() is self.batch:
            self.batch.batch.run()
        elif self.tab == PAY and self._right.currentIndex() == _ASIDE.index("seller"):
            self.payout.payout.pay()
        else:
            self.turn(PAY)

    # -- the rest of the right side --------------------------------------------------------------

    def _put(self, which: str) -> None:
        self._right.setCurrentIndex(_ASIDE.index(which))

    def _aside(self, page: GoodsPage, _checked: bool = False) -> None:
        self.gate.give_up()
        self._right.setCurrentWidget(page)
        page.entered()

    def _back_to_seller(self) -> None:
        self._put("seller" if self.seller_id else "empty")
        self.finder.focus_search()

    def _show(self) -> None:
        self.finder.show_state(self.directory.state)

    def _saved(self, seller_id: int) -> None:
        self.directory.refresh()
        self.directory.choose(seller_id)
        note, work = self.card.card.note, self.card.card
        self.turn(CARD, focus=False)
        work.tell(note=note)

    def _book_moved(self) -> None:
        self.directory.refresh()
        if self.seller_id:
            self.head.show_seller(self.desk.till.sellers.card(self.seller_id))

    def _book_changed(self, topics: frozenset[str]) -> None:
        busy = self.batch.batch.running
        if self.isVisible() and self.desk.session is not None and topics & _TOPICS and not busy:
            self._book_moved()
            self._refresh_page()

    def _refresh_page(self) -> None:
        """Read what may be another now; what is being typed stays."""
        if self.seller_id and self.tab in {ACCOUNT, PAY, PAYOUTS}:
            work = self._pages[self.tab].work
            note, errors = work.note, work.errors
            work.refresh()
            work.tell(note=note, errors=errors)

    # -- a manager's word --------------------------------------------------------------------

    def _show_gate(self) -> None:
        shown = self._right.currentIndex() == _ASIDE.index("approval")
        if self.gate.asking:
            self._put("approval")
            self.approval.ask(self.gate.asking)
        elif shown:
            self._put("seller")
            self.page.focus_first()

    def _approved(self, session: "Session") -> None:
        self.gate.approved(session.staff_id)


def _button(action: str, icon: str) -> Button:
    return Button(actions.text(action), "outline", icon=icon, key=actions.key_text(action))
