"""The selling screen: goods on the left, cart (or the panel in its place) on the right."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.i18n import _
from pos.ui import actions
from pos.ui.desk import Desk
from pos.ui.receipts.query import scanned_number, scanned_order
from pos.ui.screen import Screen
from pos.ui.selling.cart_panel import CartPanel
from pos.ui.selling.goods import GoodsPresenter
from pos.ui.selling.notice import Notice
from pos.ui.selling.panels import Panels
from pos.ui.selling.presenter import SellingPresenter
from pos.ui.selling.qris_sheet import LEAST, QrisSheet
from pos.ui.selling.search import SearchField
from pos.ui.selling.tiles import TileView
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.chip import ChipRow
from pos.ui.widgets.combo import Combo

if TYPE_CHECKING:
    from pos.services.staff import Session

_SAVE_MS: Final = 20
"""After a change the cart is painted first and saved then."""
_CART_SHARE: Final = 0.336
_CART_LEAST: Final = 340
_CART_MOST: Final = 520


class SellingScreen(Screen):
    """Wires the parts; what is true stands in the presenters."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._last_session: Session | None = desk.session
        self.presenter = desk.keep(self._make_presenter, SellingPresenter)
        self.goods = desk.keep(lambda: GoodsPresenter(desk.till), GoodsPresenter)
        self.search = SearchField()
        self.tiles = TileView(desk)
        self.notice = Notice(self.tiles)
        self.chips = ChipRow(self._category_chosen)
        self.sellers = Combo("label", _("Seller"))
        self.cart = CartPanel(self.presenter)
        self.side = QStackedWidget()
        self.side.addWidget(self.cart)
        self._left = QStackedWidget()
        self._sheet: QrisSheet | None = None
        self.panels = Panels(self)
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(_SAVE_MS)
        self._save.timeout.connect(self.presenter.save)
        self._arrange()
        self._connect()
        self._bind()
        self._read_filters()
        self.goods.read()

    def _make_presenter(self) -> SellingPresenter:
        return SellingPresenter(self.desk.till, self.desk.run, self.session)

    def session(self) -> "Session":
        """Who is signed in; while locked, who was (a cart is still being saved)."""
        self._last_session = self.desk.session or self._last_session
        if self._last_session is None:
            raise RuntimeError("nobody has signed in yet")
        return self._last_session

    # -- building ---------------------------------------------------------------------

    def _arrange(self) -> None:
        filters = row(gap=8)
        filters.addWidget(self.chips, 1)
        filters.addWidget(self.sellers)
        # Room on the right is the tiles' own, for their scroll bar.
        head = column(self.search, filters, gap=10, margins=(0, 0, 22, 0))
        goods = column(head, gap=10, margins=(18, 16, 0, 0))
        goods.addWidget(self.tiles, 1)
        shelf = QWidget()
        shelf.setLayout(goods)
        self._left.addWidget(shelf)
        self._side_frame = frame("panel", column(self.side, gap=0))
        body = row(gap=0)
        body.addWidget(self._left, 1)
        body.addWidget(self._side_frame)
        self.setLayout(body)

    def _connect(self) -> None:
        presenter, goods = self.presenter, self.goods
        presenter.changed = self.cart.refresh
        presenter.say = self.say
        presenter.tell = self.desk.say
        presenter.offer = lambda sentence, undo: self.desk.say(sentence, _("Undo"), undo)
        presenter.ask = self.panels.ask
        presenter.save_soon = self._save.start
        goods.changed, goods.room = self._show_tiles, self.tiles.room
        self.tiles.empty_text = self._nothing_found
        self.tiles.picked.connect(self._picked)
        self.tiles.near_end.connect(goods.read_more)
        self.search.input.typed.connect(self._typed)
        self.search.input.entered.connect(self._entered)
        self.cart.asked.connect(self.act)
        self.desk.changed.connect(self._book_changed)
        self.sellers.activated.connect(self._seller_chosen)

    def _bind(self) -> None:
        actions.bind(self, "search", self.search_anew)
        for name in _CART_ACTIONS:
            actions.bind(self, name, partial(self.act, name))

    def _read_filters(self) -> None:
        chips = [(0, _("All"))] + [(c.category_id, c.name) for c in self.goods.categories()]
        self.chips.set_chips(chips, self.goods.category_id)
        self.sellers.clear()
        self.sellers.addItem(_("All sellers"), 0)
        for seller in self.goods.sellers():
            self.sellers.addItem(f"{seller.code} · {seller.workshop}", seller.seller_id)
        self.sellers.setCurrentIndex(max(0, self.sellers.findData(self.goods.seller_id)))

    # -- Screen --------------------------------------------------------------------------

    def entered(self) -> None:
        """Ready to scan."""
        self.session()
        self.presenter.restore()
        self.presenter.holding.refresh()
        self.panels.focus()

    def scanned(self, code: str) -> bool:
        """A scanned code goes into the cart, whatever panel was open (but no half-paid sale).

        The code of a receipt or of an order is not for the cart: it opens that paper.
        """
        if not self.panels.leave_for_scan():
            return True
        if scanned_number(code) or scanned_order(code):
            return False
        prefix = self.search.input.text() if "*" in self.search.input.text() else ""
        self.say("")
        self.presenter.add_code(f"{prefix}{code}" if prefix.rstrip().endswith("*") else code)
        if self.search.input.text():
            self.search.input.clear_quietly()
        return True

    # -- goods ------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        if text:
            self.panels.leave_done()
            self.say("")
        self.goods.search(text)

    def _entered(self, text: str) -> None:
        """A code first; else the tile that is highlighted."""
        if not text.strip():
            return
        if not self.panels.leave_for_scan():
            return
        tile = self.tiles.chosen if self.goods.text else None
        added = self.presenter.add_typed(text, tile.item_id if tile else 0)
        if added:
            self.search.input.clear_quietly()
        else:
            self.search.input.selectAll()

    def _picked(self, item_id: int) -> None:
        self.panels.leave_done()
        if not self.panels.leave_for_scan():
            return
        self.say("")
        if self.presenter.add_typed(_star(self.search.input.text()), item_id):
            self.search.input.clear_quietly()
        self.focus_search()

    def _show_tiles(self, kept: int) -> None:
        searching = bool(self.goods.text)
        self.tiles.show_tiles(self.goods.tiles, kept, choose_first=searching)

    def _nothing_found(self) -> str:
        if self.goods.text:
            return _("Nothing found for “{text}”").format(text=self.goods.text)
        if self.goods.category_id or self.goods.seller_id:
            return _("Nothing on the shelf here")
        # The first day: the screen that people see first says where goods come from.
        goods, sellers = actions.text("go-goods"), actions.text("go-sellers")
        if self.sellers.count() == 1:
            return _("Begin with {sellers}, then take goods in with {goods}.").format(
                sellers=sellers, goods=goods
            )
        return _("Nothing on the shelf yet: take goods in with {goods}.").format(goods=goods)

    def _category_chosen(self, category_id: int) -> None:
        self.goods.show_category(category_id)
        self.focus_search()

    def _seller_chosen(self, at: int) -> None:
        self.goods.show_seller(self.sellers.itemData(at))
        self.focus_search()

    def _book_changed(self, topics: frozenset[str]) -> None:
        if topics & {"items", "sellers", "settings"}:
            self._read_filters()
        if topics & {"items", "stock"}:
            self.goods.read()

    # -- the customer's code ------------------------------------------------------------------

    def has_sheet(self) -> bool:
        """Whether a QRIS code has room in the place of the goods."""
        return min(self._left.width(), self._left.height()) >= LEAST

    def show_code(self, code: tuple[str, int] | None) -> None:
        """A QRIS code and its amount in the place of the goods; None for the goods."""
        if code is None or not self.has_sheet():
            self._left.setCurrentIndex(0)
            return
        if self._sheet is None:
            self._sheet = QrisSheet()
            self._left.addWidget(self._sheet)
        self._sheet.show_code(*code)
        self._left.setCurrentWidget(self._sheet)

    # -- cart -----------------------------------------------------------------------------------

    def act(self, name: str) -> None:
        """Do what a key or a button of the cart asks for."""
        if self.side.currentWidget() is not self.cart:
            return
        simple: dict[str, Callable[[], None]] = {
            "more": lambda: self.presenter.more(1),
            "less": lambda: self.presenter.more(-1),
            "remove": self.presenter.remove,
            "clear": self.presenter.clear,
            "undo": self.presenter.undo,
        }
        refused = self.presenter.refusal(name)
        self.say(refused)
        if refused:
            return
        if name in simple:
            simple[name]()
        else:
            self.panels.open(name)

    def say(self, sentence: str) -> None:
        """A sentence below the search field; "" takes it away."""
        if sentence != self.notice.text:
            self.notice.say(sentence)

    def focus_search(self) -> None:
        """Typing and scanning go into the search field."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def search_anew(self) -> None:
        """F2, or back from a panel: the next letter begins another search."""
        self.focus_search()
        self.search.input.selectAll()

    # -- Qt's hooks --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no widget wanted: the cart's, the highlight's, or the beginning of a search."""
        key = Qt.Key(event.key())
        searching = bool(self.search.input.text())
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key, 0)
        if step and searching:
            self.tiles.step(0, step)
        elif step:
            self.presenter.step(step)
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key in _TYPED_ACTIONS:
            self.act(_TYPED_ACTIONS[key])
        elif event.text().isprintable() and event.text() and not self.search.input.hasFocus():
            self.search.input.setFocus()
            self.search.input.insert(event.text())
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        """Out of the panel in view, else out of the search."""
        self.say("")
        if self.side.currentWidget() is not self.cart:
            self.panels.close()
        else:
            self.search.input.clear_quietly()
            self.focus_search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The cart takes its share of the width."""
        super().resizeEvent(event)
        share = round(self.width() * _CART_SHARE)
        self._side_frame.setFixedWidth(min(max(share, _CART_LEAST), _CART_MOST))
        self.notice.place()
        self.sellers.setFixedWidth(150)
        self.panels.resized()


_CART_ACTIONS: Final = (
    "line-discount",
    "cart-discount",
    "price",
    "quantity",
    "unlisted",
    "hold",
    "held",
    "clear",
    "undo",
    "pay",
)
_TYPED_ACTIONS: Final = {
    Qt.Key.Key_Plus: "more",
    Qt.Key.Key_Minus: "less",
    Qt.Key.Key_Delete: "remove",
}


def _star(text: str) -> str:
    """The "3*" of a typed text, for a tile that is tapped after it."""
    head, star, _rest = text.partition("*")
    return f"{head}{star}" if star and head.strip().isdecimal() else ""
