"""Sellers, their terms, items and goods taken in: the part that selling needs."""

import msgspec
from sqlalchemy import bindparam, select

from pos.cart import ItemKind
from pos.errors import UserError
from pos.events import (
    CategoryAdded,
    ClusterAdded,
    GoodsLine,
    GoodsReceived,
    ItemAdded,
    ItemChanged,
    SellerAdded,
    TermsAgreed,
)
from pos.events.goods import LossBasis
from pos.i18n import _
from pos.models.catalog import items
from pos.models.prepared import Prepared
from pos.money import MAX_AMOUNT
from pos.services.contacts import put_card
from pos.services.roles import refuse_but_a_manager
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.terms import Bearer, Terms

MAX_NAME = 80
_on_paper = Prepared(select(items.c.name, items.c.price).where(items.c.id == bindparam("item_id")))
_card = Prepared(select(items.c.picture, items.c.barcode).where(items.c.id == bindparam("item_id")))


class ItemCard(msgspec.Struct, frozen=True):
    """An item's card as staff fill it in."""

    item_id: int
    name: str
    kind: ItemKind
    price: int
    category_id: int | None
    seller_id: int


class NewSeller(msgspec.Struct, frozen=True):
    """A seller as staff enter one; maker, phone and bank go to the contact card only.

    `bank` is a bank account or e-wallet in words. Who bears a lost piece, and whether its price or
    the seller's share of it counts, is the loss rule.
    """

    code: str
    workshop: str
    cluster_id: int
    terms: Terms
    maker: str = ""
    phone: str = ""
    bank: str = ""
    loss_bearer: Bearer = "stand"
    loss_basis: LossBasis = "share"


class NewItem(msgspec.Struct, frozen=True):
    """An item as staff enter one; `terms` only where it differs from its seller's."""

    code: str
    name: str
    kind: ItemKind
    price: int
    seller_id: int
    category_id: int | None = None
    picture: str = ""
    barcode: str = ""
    terms: Terms | None = None
    number: int = 0
    """The running number in a code that the till gave."""


class Goods:
    """Commands about goods; each helper also works within a transaction of the caller's."""

    def __init__(self, unit: UnitOfWork, stand_id: int) -> None:
        self._unit = unit
        self._stand_id = stand_id

    def complete_item(self, card: ItemCard, *, by: int, approver_id: int = 0) -> None:
        """Complete an item that was sold unlisted, with a manager's word.

        Raises UserError for what does not fit.
        """
        name = checked_name(card.name)
        if not 0 < card.price <= MAX_AMOUNT:
            raise UserError(_("Type its price."), field="price")
        with self._unit.write() as tx:
            refuse_but_a_manager(tx.cursor, by, approver_id)
            row = _card.one(tx.cursor, item_id=card.item_id)
            if row is None:
                raise KeyError(card.item_id)
            event = ItemChanged(
                item_id=card.item_id,
                name=name,
                kind=card.kind,
                price=card.price,
                category_id=card.category_id,
                seller_id=card.seller_id,
                picture=row[0],
                barcode=row[1],
            )
            tx.append(event, staff_id=by, approver_id=approver_id)
            tx.changed("items")

    def receive(self, seller_id: int, lines: tuple[GoodsLine, ...], *, by: int) -> int:
        """Take goods in; the consignment note's id. Raises UserError without pieces."""
        if not lines or any(line.qty <= 0 for line in lines):
            raise UserError(_("Type how many pieces came."), field="qty")
        with self._unit.write() as tx:
            return self.receive_in(tx, seller_id, lines, by=by)

    def receive_in(
        self, tx: Transaction, seller_id: int, lines: tuple[GoodsLine, ...], *, by: int
    ) -> int:
        """As receive, within a transaction of the caller's."""
        note_id = tx.new_id()
        event = GoodsReceived(
            note_id=note_id,
            stand_id=self._stand_id,
            seller_id=seller_id,
            number=tx.next_number("consignment_note"),
            lines=tuple(_as_on_paper(tx, line) for line in lines),
        )
        tx.append(event, staff_id=by)
        tx.changed("stock", "items")
        return note_id


def _as_on_paper(tx: Transaction, line: GoodsLine) -> GoodsLine:
    """The line with the name and price that the seller's paper shows."""
    row = _on_paper.one(tx.cursor, item_id=line.item_id)
    if row is None:
        raise KeyError(line.item_id)
    return msgspec.structs.replace(line, name=row[0], price=row[1])


def add_cluster(tx: Transaction, name: str, *, by: int) -> int:
    """A new cluster's id."""
    cluster_id = tx.new_id()
    tx.append(ClusterAdded(cluster_id=cluster_id, name=name), staff_id=by)
    return cluster_id


def add_category(tx: Transaction, name: str, *, by: int) -> int:
    """A new category's id."""
    category_id = tx.new_id()
    tx.append(CategoryAdded(category_id=category_id, name=name), staff_id=by)
    return category_id


def add_seller(tx: Transaction, new: NewSeller, *, by: int) -> int:
    """A new seller with an agreement that holds from today; the seller's id."""
    contact_id, seller_id = tx.new_id(), tx.new_id()
    put_card(tx.cursor, contact_id, new.maker, tx.at, phone=new.phone, bank=new.bank)
    event = SellerAdded(
        seller_id=seller_id,
        code=new.code.upper(),
        workshop=checked_name(new.workshop),
        cluster_id=new.cluster_id,
        contact_id=contact_id,
        loss_bearer=new.loss_bearer,
        loss_basis=new.loss_basis,
    )
    tx.append(event, staff_id=by)
    agree(tx, seller_id, None, new.terms, by=by)
    tx.changed("sellers")
    return seller_id


def agree(
    tx: Transaction,
    seller_id: int,
    item_id: int | None,
    terms: Terms,
    *,
    by: int,
    approver_id: int = 0,
    valid_from: str = "",
) -> None:
    """An agreement that holds from a day on (ISO date), or from today."""
    event = TermsAgreed(
        terms_id=tx.new_id(),
        seller_id=seller_id,
        item_id=item_id,
        valid_from=valid_from or tx.business_date,
        terms=terms,
    )
    tx.append(event, staff_id=by, approver_id=approver_id)


def add_item(tx: Transaction, new: NewItem, *, by: int) -> int:
    """A new item's id; its pieces come with Goods.receive."""
    item_id = tx.new_id()
    event = ItemAdded(
        item_id=item_id,
        code=new.code.upper(),
        name=checked_name(new.name),
        kind=new.kind,
        price=new.price,
        category_id=new.category_id,
        seller_id=new.seller_id,
        picture=new.picture,
        barcode=new.barcode.upper(),
        number=new.number,
    )
    tx.append(event, staff_id=by)
    if new.terms is not None:
        agree(tx, new.seller_id, item_id, new.terms, by=by)
    tx.changed("items")
    return item_id


def checked_name(name: str) -> str:
    """A name with single spaces. Raises UserError when it is empty, too long or not to be shown."""
    cleaned = " ".join(name.split())
    if not cleaned.isprintable():
        raise UserError(_("A name has no control characters."), field="name")
    if not cleaned or len(cleaned) > MAX_NAME:
        raise UserError(
            _("Type a name of at most {count} letters.").format(count=MAX_NAME), field="name"
        )
    return cleaned
