"""The card of one item: its fields, and what is wrong with them."""

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from pos.formats import format_date_short, format_time
from pos.i18n import _
from pos.money import rupiah
from pos.ui import actions
from pos.ui.tocomplete.presenter import CardFields, ToCompletePresenter
from pos.ui.widgets.box import column, frame, row, scroll
from pos.ui.widgets.button import Button
from pos.ui.widgets.choice import Choice
from pos.ui.widgets.dropdown import DropDown
from pos.ui.widgets.field import Field, MoneyInput, TextInput
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from pos.cart import ItemKind
    from pos.services.queries.catalog import IncompleteItem

_NAME_LENGTH: Final = 80


class Card(QWidget):
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
