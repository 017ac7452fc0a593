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
from pos.ui.tocomplete.presenter import CardFields, ToCompletePresenter
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import ElidedLabel, Label
from pos.ui.widgets.pin import ApprovalPanel
from pos.ui.widgets.rows import Row, RowList

if TYPE_CHECKING:
    from pos.cart import ItemKind
    from pos.services.queries.catalog import IncompleteItem
    from pos.services.staff import Session

_SIDE: Final = 460
_SIDE_NARROW: Final = 400
_NARROW: Final = 1000
_TOPICS: Final = frozenset({"sales", "items"})
_NAME_LENGTH: Final = 80


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
        self.card = _Card(self.presenter)
        self.approval = ApprovalPanel(desk.till, desk.run)
        self.approval.approved.connect(self._approved)
        self.approval.cancelled.connect(self._cancelled)
        asked = QWidget()
        asked.setLayout(column(self.approval, margins=(18, 14, 18, 14)))
        self._side = QStackedWidget()
        self._side.addWidget(self.card)
        self._side.addWidget(asked)
        title = Label(_("To be completed"), "heading")
        said = Label(
            _("Sold before they were in the book: give each its card."), "body", "muted", wrap=True
        )
        shelf = frame("card", column(self._empty, self.list, margins=(4, 4, 4, 4)))
        left = column(title, said, 4, shelf, gap=6, margins=(18, 16, 18, 18))
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
        self._panel.setFixedWidth(_SIDE_NARROW if self.width() < _NARROW else _SIDE)

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


class _Card(QWidget):
    """The fields of one item's card."""

    def __init__(self, presenter: ToCompletePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._title = ElidedLabel("", "title")
        self._sold = Label("", "small", "muted", wrap=True)
        self._name = TextInput()
        self._name.setMaxLength(_NAME_LENGTH)
        kinds: list[tuple[ItemKind, str]] = [
            ("stock", _("Several alike")),
            ("unique", _("One of a kind")),
            ("made_to_order", _("On order")),
        ]
        self.kind: Choice[ItemKind] = Choice(kinds, "stock")
        self._price = MoneyInput()
        self.category = DropDown(_("Category"))
        self.seller = DropDown(_("Seller"))
        self.fields = {
            "name": Field(_("Name"), self._name),
            "price": Field(_("Price from now on"), self._price),
            "category_id": Field(_("Category"), self.category),
            "seller_id": Field(_("Whose it is"), self.seller),
        }
        self._said = Label("", "body", wrap=True)
        self.save = Button(
            actions.text("save-card"),
            "primary",
            icon="check",
            key=actions.key_text("save-card"),
            big=True,
        )
        self.save.clicked.connect(self.save_card)
        self._form = self._lay_out()
        self._name.textEdited.connect(self._edited)
        self._price.edited.connect(self._edited)
        self.kind.changed.connect(self._edited)
        self.category.activated.connect(self._edited)
        self.seller.activated.connect(self._edited)
        for field in (self._name, self._price):
            field.returnPressed.connect(self._next)

    def _lay_out(self) -> QWidget:
        head = frame("header", row(self._title, margins=(18, 0, 18, 0)))
        head.setFixedHeight(54)
        form = QWidget()
        fields = self.fields
        form.setLayout(
            column(
                self._sold,
                fields["name"],
                Label(_("Kind"), "label", "muted"),
                self.kind,
                fields["price"],
                fields["category_id"],
                fields["seller_id"],
                None,
                gap=10,
                margins=(18, 12, 18, 12),
            )
        )
        foot = column(self._said, self.save, gap=8, margins=(18, 8, 18, 16))
        body = column(head, scroll(form), foot, gap=0)
        body.setStretch(1, 1)
        self.setLayout(body)
        return form

    def fill_choices(self) -> None:
        """Categories and sellers as they are in the book."""
        self.category.set_choices([(c.category_id, c.name) for c in self._presenter.categories])
        self.seller.set_choices(
            [(s.seller_id, f"{s.code} · {s.workshop}") for s in self._presenter.sellers]
        )

    def focus_first(self) -> None:
        """Into the name."""
        self._name.setFocus()
        self._name.selectAll()

    def save_card(self) -> None:
        """Save; what needs mending gets the focus."""
        self._presenter.save()
        wrong = [name for name in self.fields if self._presenter.state.error(name)]
        if wrong:
            self.fields[wrong[0]].input.setFocus()

    def _next(self) -> None:
        if self._name.hasFocus():
            self._price.setFocus()
        else:
            self.category.setFocus()

    def _edited(self, *_told: object) -> None:
        self._presenter.edit(
            CardFields(
                name=self._name.text(),
                kind=self.kind.value,
                price=self._price.text(),
                category_id=self.category.chosen,
                seller_id=self.seller.chosen,
            )
        )

    def show_state(self) -> None:
        """The chosen item's card."""
        state = self._presenter.state
        item, card = state.chosen, state.card
        self._title.set_text(item.code if item else _("Nothing to do"))
        self._form.setVisible(item is not None)
        self.save.setVisible(item is not None)
        self.save.setEnabled(not state.busy)
        if item is not None:
            self._sold.setText(_sold(item))
        if self._name.text() != card.name:
            self._name.setText(card.name)
            self._name.setCursorPosition(0)
        if self._price.text() != card.price:
            self._price.setText(card.price)
        self.kind.set_value(card.kind)
        self.category.choose(card.category_id)
        self.seller.choose(card.seller_id)
        for name, field in self.fields.items():
            field.show_error(state.error(name))
        self._said.set_tone("bad" if state.error("") else "good")
        self._said.setText(state.error("") or state.note)
        self._said.setVisible(bool(state.error("") or state.note))


def _sold(item: "IncompleteItem") -> str:
    when = item.sold_at
    return _("Sold {date} {time} for {price} on receipt {number}.").format(
        date=format_date_short(when.date()),
        time=format_time(when),
        price=rupiah(item.price),
        number=item.sold_number,
    )


def _row(item: "IncompleteItem") -> Row:
    when = f"{format_date_short(item.sold_at.date())} {format_time(item.sold_at)}"
    return Row(
        item.item_id,
        item.name,
        detail=f"{item.code} · {item.seller_code} · {item.sold_number} · {when}",
        right=rupiah(item.price),
    )
