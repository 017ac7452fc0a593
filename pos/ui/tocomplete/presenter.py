"""Completing the cards of items that were sold unlisted. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos.errors import ApprovalNeededError, TitipError, UserError
from pos.i18n import _
from pos.money import parse_rupiah, thousands
from pos.services.goods import ItemCard

if TYPE_CHECKING:
    from pos.cart import ItemKind
    from pos.services.queries.catalog import Category, IncompleteItem, SellerChoice
    from pos.services.staff import Session
    from pos.services.till import Till
    from pos.ui.bridge import Runner


@dataclass(frozen=True)
class CardFields:
    """The card as it stands in the fields, unchecked."""

    name: str = ""
    kind: "ItemKind" = "stock"
    price: str = ""
    category_id: int = 0
    seller_id: int = 0


@dataclass(frozen=True)
class ToCompleteState:
    """What the screen shows. `errors` holds a sentence by field; `ask` asks for a manager's PIN."""

    items: "tuple[IncompleteItem, ...]" = ()
    chosen: "IncompleteItem | None" = None
    card: CardFields = CardFields()
    errors: tuple[tuple[str, str], ...] = ()
    ask: str = ""
    busy: bool = False
    note: str = ""

    def error(self, field: str) -> str:
        """The sentence beside a field, or ""."""
        return dict(self.errors).get(field, "")


class ToCompletePresenter:
    """Shows one item after the other until none is left."""

    def __init__(self, till: "Till", run: "Runner", session: "Callable[[], Session]") -> None:
        self._till, self._run, self._session = till, run, session
        self.state = ToCompleteState()
        self.on_change: Callable[[], None] = lambda: None

    @property
    def categories(self) -> "tuple[Category, ...]":
        """The shelves to choose from."""
        return self._till.catalog.categories()

    @property
    def sellers(self) -> "tuple[SellerChoice, ...]":
        """The sellers to choose from."""
        return self._till.catalog.sellers()

    def refresh(self) -> None:
        """Read the list anew; the chosen item stays chosen while it is there."""
        items = self._till.catalog.to_complete()
        ids = [item.item_id for item in items]
        chosen = self.state.chosen
        self._set(replace(self.state, items=items))
        if chosen is None or chosen.item_id not in ids:
            self.choose(ids[0] if ids else 0)

    def choose(self, item_id: int) -> None:
        """Put an item's card into the fields."""
        item = next((item for item in self.state.items if item.item_id == item_id), None)
        card = CardFields()
        if item is not None:
            card = CardFields(name=item.name, price=thousands(item.price), seller_id=item.seller_id)
        self._set(replace(self.state, chosen=item, card=card, errors=(), ask="", busy=False))

    def edit(self, card: CardFields) -> None:
        """The fields as they are now; the sentences of changed fields go."""
        kept = tuple(
            (field, said)
            for field, said in self.state.errors
            if getattr(card, field, None) == getattr(self.state.card, field, None)
        )
        self._set(replace(self.state, card=card, errors=kept, note=""))

    def save(self, approved_by: int = 0) -> None:
        """Check and write the card; a kasir is asked for a manager's PIN first."""
        if self.state.chosen is None or self.state.busy:
            return
        try:
            price = self._check()
        except UserError as error:
            self._set(replace(self.state, errors=((error.field, error.sentence),)))
            return
        if not approved_by and not self._session().is_manager:
            ask = _("A manager's PIN is needed to complete an item.")
            self._set(replace(self.state, ask=ask, errors=()))
            return
        self._write(price, approved_by)

    def give_up_asking(self) -> None:
        """The PIN panel was left without a PIN."""
        self._set(replace(self.state, ask=""))

    def _check(self) -> int:
        """The price in rupiah; raises UserError with the field that needs mending."""
        card = self.state.card
        if not card.name.strip():
            raise UserError(_("Type the item's name."), field="name")
        if not card.price.strip():
            raise UserError(_("Type the price."), field="price")
        try:
            price = parse_rupiah(card.price)
        except UserError as error:
            raise UserError(error.sentence, field="price") from error
        if not card.category_id:
            raise UserError(_("Choose a category."), field="category_id")
        if not card.seller_id:
            raise UserError(_("Choose whose it is."), field="seller_id")
        return price

    def _write(self, price: int, approver_id: int) -> None:
        item = self.state.chosen
        if item is None:
            return
        fields = self.state.card
        card = ItemCard(
            item_id=item.item_id,
            name=fields.name.strip(),
            kind=fields.kind,
            price=price,
            category_id=fields.category_id,
            seller_id=fields.seller_id,
        )
        self._set(replace(self.state, busy=True, errors=(), ask=""))

        def done(_result: object) -> None:
            note = _("{name} is in the book now.").format(name=card.name)
            self._set(replace(self.state, busy=False, chosen=None, note=note))
            self.refresh()

        def failed(error: TitipError) -> None:
            if isinstance(error, ApprovalNeededError):
                self._set(replace(self.state, busy=False, ask=error.sentence))
                return
            field = getattr(error, "field", "")
            self._set(replace(self.state, busy=False, errors=((field, error.sentence),)))

        by, complete = self._session().staff_id, self._till.catalog.complete_item
        self._run(lambda: complete(card, by=by, approver_id=approver_id), done, failed, failed)

    def _set(self, state: ToCompleteState) -> None:
        if state != self.state:
            self.state = state
            self.on_change()
