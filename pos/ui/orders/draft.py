"""An order that is being taken: kept while one looks elsewhere. No widgets."""

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos.deposits import DepositRule
from pos.errors import TitipError, UserError
from pos.i18n import _
from pos.services.orders import NewOrder, NewPiece, checked_pieces
from pos.services.phone import normal_phone
from pos.ui.goods.work import Work
from pos.ui.selling.paying import Paying

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.services.orders import TakenOrder
    from pos.services.queries.catalog import SellerChoice
    from pos.tender import Tender
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate, Word

PROMISE_DAYS = 14
"""How far ahead the promised day stands before anybody changes it."""


@dataclass(frozen=True)
class PieceDraft:
    """The piece in the form (rupiah a piece; None: not typed yet)."""

    name: str = ""
    qty: int = 1
    price: int | None = None
    ceiling: int | None = None
    category_id: int = 0
    category: str = ""
    model_id: int = 0
    details: tuple[str, ...] = ()
    picture: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.name.strip() and self.price is None


@dataclass(frozen=True)
class OrderDraft:
    """The rest of the form."""

    customer: str = ""
    phone: str = ""
    contact_id: int = 0
    promised: dt.date | None = None
    note: str = ""
    deposit: int | None = None
    if_customer: DepositRule = "kept"
    if_maker: DepositRule = "returned"
    pieces: tuple[NewPiece, ...] = field(default_factory=tuple)


class TakeWork(Work):
    """The form's state; `number` goes up whenever its fields begin anew."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.draft = OrderDraft()
        self.piece = PieceDraft()
        self.seller: SellerChoice | None = None
        self.number = 0
        self.taken: Callable[[TakenOrder], None] = lambda order: None  # noqa: ARG005

    def refresh(self) -> None:
        """See Section: what was typed stays."""
        self.on_change()

    # -- the form --------------------------------------------------------------------------------

    def put(self, **given: Any) -> None:
        """Fields of the order, as they are typed."""
        self.draft = replace(self.draft, **given)

    def put_piece(self, **given: Any) -> None:
        """Fields of the piece, as they are typed."""
        self.piece = replace(self.piece, **given)

    @property
    def promised(self) -> dt.date:
        """The promised day."""
        return self.draft.promised or self._till.business_date() + dt.timedelta(days=PROMISE_DAYS)

    @property
    def field_names(self) -> tuple[str, ...]:
        """The details that this piece's category asks for."""
        return self._till.settings.order_fields(self.piece.category_id)

    @property
    def total(self) -> int:
        """What the order comes to, the piece in the form included."""
        now = self.piece
        own = now.qty * (now.price or 0)
        return own + sum(piece.qty * piece.price for piece in self.draft.pieces)

    def choose_customer(self, contact_id: int) -> None:
        """Somebody who ordered before."""
        from pos.services.contacts import read_card

        card = read_card(self._till.book.reader(), contact_id)
        self.put(customer=card.name, phone=card.phone, contact_id=contact_id)
        self.tell()

    def choose_seller(self, seller_id: int) -> None:
        """Who makes it."""
        found = [s for s in self._till.catalog.sellers() if s.seller_id == seller_id]
        self.seller = found[0] if found else None
        self.tell()

    def choose_category(self, category_id: int) -> None:
        """What kind of thing it is; its details are asked for."""
        names = {shelf.category_id: shelf.name for shelf in self._till.catalog.categories()}
        self.put_piece(category_id=category_id, category=names.get(category_id, ""), details=())
        self.tell()

    def choose_model(self, item_id: int) -> None:
        """Like this item: its name, price and picture, and its maker where none is chosen."""
        item = self._till.intake.item(item_id)
        if self.seller is None:
            self.choose_seller(item.seller_id)
        names = {shelf.category_id: shelf.name for shelf in self._till.catalog.categories()}
        self.put_piece(
            name=item.name,
            price=item.price,
            model_id=item_id,
            category_id=item.category_id or 0,
            category=names.get(item.category_id or 0, ""),
            picture=item.picture,
        )
        self.tell()

    def take_picture(self, source: Path, *, discard: bool = False) -> None:
        """A picture or sketch, read beside the screen; `discard` deletes the file afterwards."""
        from pos.services.pictures import add_picture

        folder = self._till.folder

        def work() -> str:
            try:
                return add_picture(folder, source)
            finally:
                if discard:
                    source.unlink(missing_ok=True)

        def done(name: str) -> None:
            self.put_piece(picture=name)
            self.tell()

        def failed(error: TitipError) -> None:
            self.tell(errors={"picture": error.sentence})

        self._desk.run_aside(work, done, failed, failed)

    def forget_picture(self) -> None:
        """Without a picture."""
        self.put_piece(picture="")
        self.tell()

    def set_fields(self, names: str) -> None:
        """Other details for this category, separated by commas; a manager's word."""
        wanted, category = names.split(","), self.piece.category_id

        def write(word: "Word") -> None:
            settings, by, approver_id = self._till.settings, word.by, word.approver_id
            self.do(
                lambda: settings.set_order_fields(category, wanted, by=by, approver_id=approver_id),
                lambda _done: self.tell(note=_("These details are asked for from now on.")),
            )

        self._gate.ask(_("A manager decides which details are asked for."), write)

    # -- going on --------------------------------------------------------------------------------

    def add_piece(self) -> bool:
        """Put the piece in the form on the order; False with a sentence where it is not complete."""
        try:
            piece = checked_pieces((self._new_piece(),))[0]
        except UserError as error:
            self.tell(errors={error.field: error.sentence})
            return False
        self.put(pieces=(*self.draft.pieces, piece))
        self.piece = PieceDraft(category_id=self.piece.category_id, category=self.piece.category)
        self.number += 1
        self.tell()
        return True

    def _new_piece(self) -> NewPiece:
        now = self.piece
        return NewPiece(
            name=now.name,
            qty=now.qty,
            price=now.price or 0,
            ceiling=now.ceiling or 0,
            category_id=now.category_id,
            model_id=now.model_id,
            fields=tuple(zip(self.field_names, now.details, strict=False)),
            picture=now.picture,
        )

    def remove_piece(self, at: int) -> None:
        """Take a piece off the order."""
        pieces = self.draft.pieces
        if 0 <= at < len(pieces):
            self.put(pieces=(*pieces[:at], *pieces[at + 1 :]))
            self.tell()

    def begin_anew(self) -> None:
        """An empty form."""
        self.draft, self.piece, self.seller = OrderDraft(), PieceDraft(), None
        self.number += 1
        self.tell()

    def save(self) -> Paying | None:
        """Take the order. With a deposit its payment comes first: that is what is returned."""
        if self.busy or ((not self.draft.pieces or not self.piece.empty) and not self.add_piece()):
            return None
        try:
            new = self._new_order()
        except UserError as error:
            self.tell(errors={error.field: error.sentence})
            return None
        session, orders = self.session, self._till.office.orders

        def complete(tenders: "tuple[Tender, ...]") -> "TakenOrder":
            return orders.take(new, tenders, session=session)

        if not new.deposit:
            self.do(lambda: complete(()), self._done)
            return None
        paying = Paying(self._till, self._run, new.deposit, step=1)
        paying.complete = complete
        paying.finished = self._done
        return paying

    def _new_order(self) -> NewOrder:
        """Raises UserError for what can be known to be wrong before anything is paid."""
        draft = self.draft
        normal_phone(draft.phone)
        if not draft.customer.strip():
            raise UserError(_("Type the customer's name."), field="customer")
        if self.seller is None:
            raise UserError(_("Choose who makes it."), field="seller")
        if (draft.deposit or 0) > self.total:
            raise UserError(_("The deposit is more than the order costs."), field="deposit")
        if self.promised < self._till.business_date():
            raise UserError(_("This day is over. Choose a later one."), field="promised")
        return NewOrder(
            customer=draft.customer,
            phone=draft.phone,
            seller_id=self.seller.seller_id,
            promised=self.promised,
            pieces=draft.pieces,
            note=draft.note,
            deposit=draft.deposit or 0,
            contact_id=draft.contact_id,
            if_customer=draft.if_customer,
            if_maker=draft.if_maker,
        )

    def _done(self, order: "TakenOrder") -> None:
        self.begin_anew()
        self.taken(order)
