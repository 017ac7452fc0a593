"""What a lost or damaged piece costs the stand, by the seller's loss rule.

The value of lost pieces is their price today (basis "price"), or the seller's share of it at the
terms of the day (basis "share"). Borne by the stand, it is owed in full; borne by the seller,
nothing is; shared, the stand bears half, and of an odd rupiah the larger half.
"""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, select

from pos.events import LostLine
from pos.events.consignment import LossKind
from pos.events.goods import LossBasis
from pos.models.catalog import items, sellers
from pos.models.prepared import Cursor, Prepared
from pos.services.queries.catalog import CatalogQueries
from pos.services.unit_of_work import Transaction
from pos.terms import Bearer, Split, divide_discount, split_line

_rule = Prepared(
    select(items.c.seller_id, items.c.price, sellers.c.loss_bearer, sellers.c.loss_basis)
    .select_from(items.join(sellers, sellers.c.id == items.c.seller_id))
    .where(items.c.id == bindparam("item_id"))
)


class LossValue(msgspec.Struct, frozen=True):
    """What pieces are worth by their seller's rule, and what the stand owes for them (rupiah)."""

    seller_id: int
    bearer: Bearer
    basis: LossBasis
    value: int
    owed: int


class Losses:
    """Works out what is owed; writes nothing."""

    def __init__(self, catalog: CatalogQueries) -> None:
        self._catalog = catalog

    def split(self, tx: Transaction, item_id: int, qty: int) -> tuple[int, Split]:
        """(seller, who would get what of `qty` pieces sold today at their price)."""
        row = _rule.one(tx.cursor, item_id=item_id)
        if row is None:
            raise KeyError(item_id)
        seller_id, price = row[0], row[1]
        return seller_id, self._split(seller_id, item_id, price, qty, _day(tx))

    def value(self, cursor: Cursor, item_id: int, qty: int, day: dt.date) -> LossValue:
        """What `qty` pieces lost on a day come to."""
        row = _rule.one(cursor, item_id=item_id)
        if row is None:
            raise KeyError(item_id)
        seller_id, price, bearer, basis = row
        if basis == "price":
            value = price * qty
        else:
            value = max(0, self._split(seller_id, item_id, price, qty, day).share)
        owed = divide_discount(value, bearer)[1]
        return LossValue(seller_id, bearer, basis, value, owed)

    def line(self, tx: Transaction, item_id: int, qty: int, kind: LossKind) -> LostLine:
        """A line for the journal, its rule frozen."""
        worth = self.value(tx.cursor, item_id, qty, _day(tx))
        return LostLine(
            line_id=tx.new_id(),
            item_id=item_id,
            seller_id=worth.seller_id,
            kind=kind,
            qty=qty,
            bearer=worth.bearer,
            basis=worth.basis,
            owed=worth.owed,
        )

    def _split(self, seller_id: int, item_id: int, price: int, qty: int, day: dt.date) -> Split:
        terms = self._catalog.terms_for(seller_id, item_id, day)
        return split_line(price * qty, qty, 0, terms)


def _day(tx: Transaction) -> dt.date:
    return dt.date.fromisoformat(tx.business_date)
