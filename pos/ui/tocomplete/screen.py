"""Items to be completed: the list on the left, the card on the right."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.formats import format_date_short, format_time
from pos.i18n import _
from pos.money import rupiah
from pos.ui import actions
from pos.ui.desk import Desk
from pos.ui.listen import listen
from pos.ui.screen import Screen
from pos.ui.tocomplete.card import Card
from pos.ui.tocomplete.presenter import ToCompletePresenter
from pos.ui.widgets.box import column, frame, row
from pos.ui.widgets.label import Label
from pos.ui.widgets.pin import ApprovalPanel
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.services.queries.catalog import IncompleteItem
    from pos.services.staff import Session

_SIDE: Final = 460
_SIDE_NARROW: Final = 400
_SIDE_TINY: Final = 330
_NARROW: Final = 1000
_TINY: Final = 720
_TOPICS: Final = frozenset({"sales", "items"})


class ToCompleteScreen(Screen):
    """F9 saves and goes on to the next one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.presenter = ToCompletePresenter(desk.till, desk.run, lambda: desk.staff)
        listen(self, self.presenter, self._show)
        self.list = RowList(_("Items to complete"))
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(self._to_card)
        self._empty = Label(
            _("Everything is in the book. Items sold without a label appear here."),
            "body",
            "muted",
            wrap=True,
            align=Qt.AlignmentFlag.AlignCenter,
        )
        self.card = Card(self.presenter)
        self.approval = ApprovalPanel(desk.till, desk.run)
        self.approval.approved.connect(self._approved)
        self.approval.cancelled.connect(self._cancelled)
        asked = QWidget()
        asked.setLayout(column(self.approval, margins=(18, 14, 18, 14)))
        self._side = QStackedWidget()
        self._side.addWidget(self.card)
        self._side.addWidget(asked)
        title = Label(_("To be completed"), "heading")
        self._said = Label(
            _("Sold before they were in the book: give each its card."), "body", "muted", wrap=True
        )
        shelf = frame("card", column(self._empty, self.list, margins=(4, 4, 4, 4)))
        left = column(title, self._said, 4, shelf, gap=6, margins=(18, 16, 18, 18))
        left.setStretch(left.count() - 1, 1)
        self._panel = frame("panel", column(self._side))
        whole = row(gap=0)
        whole.addLayout(left, 1)
        whole.addWidget(self._panel)
        self.setLayout(whole)
        desk.changed.connect(self._book_changed)
        actions.bind(self, "save-card", self.card.save_card)

    # -- see Screen --------------------------------------------------------------------------

    def entered(self) -> None:
        """See Screen."""
        self.card.fill_choices()
        self.presenter.refresh()
        self._show()
        self.list.setFocus()

    def left(self) -> None:
        """See Screen."""
        self.presenter.give_up_asking()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right goes to the card, Esc back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.list.setFocus()
        elif event.key() == Qt.Key.Key_Right and self.list.hasFocus():
            self.card.focus_first()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's hook."""
        super().resizeEvent(event)
        tiny, narrow = self.width() < _TINY, self.width() < _NARROW
        self._panel.setFixedWidth(_SIDE_TINY if tiny else _SIDE_NARROW if narrow else _SIDE)
        self._said.setVisible(not tiny)

    # -- inside ------------------------------------------------------------------------------

    def _to_card(self, _item_id: object) -> None:
        self.card.focus_first()

    def _choose(self, item_id: int) -> None:
        self.presenter.choose(item_id)

    def _show(self) -> None:
        state = self.presenter.state
        chosen = state.chosen.item_id if state.chosen else 0
        self.list.set_rows([_row(item) for item in state.items], chosen)
        self.list.setVisible(bool(state.items))
        self._empty.setVisible(not state.items)
        self.card.show_state()
        asking = self._side.currentIndex() == 1
        if state.ask and not asking:
            self._side.setCurrentIndex(1)
            self.approval.ask(state.ask)
        elif not state.ask and asking:
            self._side.setCurrentIndex(0)
            self.list.setFocus()

    def _approved(self, session: "Session") -> None:
        self.presenter.save(approved_by=session.staff_id)

    def _cancelled(self) -> None:
        self.presenter.give_up_asking()

    def _book_changed(self, topics: frozenset[str]) -> None:
        if self.isVisible() and topics & _TOPICS:
            self.presenter.refresh()


def _row(item: "IncompleteItem") -> Row:
    when = f"{format_date_short(item.sold_at.date())} {format_time(item.sold_at)}"
    return Row(
        item.item_id,
        item.name,
        detail=f"{item.code} · {item.seller_code} · {item.sold_number} · {when}",
        right=rupiah(item.price),
    )
