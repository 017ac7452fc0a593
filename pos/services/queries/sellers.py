"""Sellers as lists and cards show them: who they are, what they agreed to, what is theirs."""

import datetime as dt
import unicodedata

import msgspec
from sqlalchemy import ColumnElement, bindparam, func, select
from sqlalchemy import text as sql_text

from pos.events.goods import LossBasis
from pos.models.catalog import clusters, contact_cards, items, sellers, stock, terms
from pos.models.consignment import payouts
from pos.models.engine import Book
from pos.models.ledger import balances
from pos.models.prepared import Cursor, Prepared
from pos.services.contacts import read_card
from pos.services.queries.catalog import SellerChoice
from pos.services.queries.statement import due
from pos.terms import Bearer, Terms


class ClusterRow(msgspec.Struct, frozen=True):
    """A sellers' group."""

    cluster_id: int
    name: str


class SellerRow(msgspec.Struct, frozen=True):
    """A seller in the list. `due` in rupiah (negative: the seller owes), `on_shelf` in pieces."""

    seller_id: int
    code: str
    workshop: str
    maker: str
    phone: str
    cluster_id: int
    cluster: str
    active: bool
    terms: Terms | None
    due: int
    on_shelf: int
    last_payout: dt.date | None


class SellerCard(msgspec.Struct, frozen=True):
    """What staff can change of a seller; maker, phone and bank stand on the contact card only."""

    seller_id: int
    workshop: str
    cluster_id: int
    active: bool = True
    maker: str = ""
    phone: str = ""
    bank: str = ""
    loss_bearer: Bearer = "stand"
    loss_basis: LossBasis = "share"


class Agreement(msgspec.Struct, frozen=True):
    """What was agreed from a day on, for all of a seller's goods or one item; `holds` today."""

    terms_id: int
    item_id: int | None
    item_code: str
    item_name: str
    valid_from: dt.date
    terms: Terms
    holds: bool


class SellerFacts(msgspec.Struct, frozen=True):
    """A seller's own row in the book."""

    seller_id: int
    code: str
    workshop: str
    cluster_id: int
    cluster: str
    contact_id: int
    active: bool
    loss_bearer: Bearer
    loss_basis: LossBasis


_clusters = Prepared(select(clusters.c.id, clusters.c.name).order_by(clusters.c.name))
_one = Prepared(
    select(
        sellers.c.id,
        sellers.c.code,
        sellers.c.workshop,
        sellers.c.cluster_id,
        clusters.c.name,
        sellers.c.contact_id,
        sellers.c.active,
        sellers.c.loss_bearer,
        sellers.c.loss_basis,
    )
    .select_from(sellers.join(clusters, clusters.c.id == sellers.c.cluster_id))
    .where(sellers.c.id == bindparam("seller_id"))
)
_by_code = Prepared(select(sellers.c.id).where(sellers.c.code == bindparam("code")))
_names = Prepared(
    select(sellers.c.id, sellers.c.code, sellers.c.workshop, clusters.c.name)
    .select_from(sellers.join(clusters, clusters.c.id == sellers.c.cluster_id))
    .order_by(sellers.c.id)
)
_paid_on = (
    select(payouts.c.business_date)
    .where(payouts.c.seller_id == sellers.c.id, payouts.c.undone == 0)
    .order_by(payouts.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_list = Prepared(
    select(
        sellers.c.id,
        sellers.c.code,
        sellers.c.workshop,
        func.coalesce(contact_cards.c.name, ""),
        func.coalesce(contact_cards.c.phone, ""),
        sellers.c.cluster_id,
        clusters.c.name,
        sellers.c.active,
        func.coalesce(balances.c.amount, 0),
        _paid_on,
    )
    .select_from(
        sellers.join(clusters, clusters.c.id == sellers.c.cluster_id)
        .outerjoin(contact_cards, contact_cards.c.id == sellers.c.contact_id)
        .outerjoin(
            balances,
            (balances.c.account == "seller")
            & (balances.c.stand_id == bindparam("stand_id"))
            & (balances.c.subject_id == sellers.c.id),
        )
    )
    .where(sellers.c.active >= bindparam("least_active"))
    .order_by(func.lower(sellers.c.workshop), sellers.c.id)
)
# Written out, so that the index of what is on the shelf is used.
_in_the_book: ColumnElement[bool] = sql_text("stock.on_hand > 0")  # type: ignore[assignment]  # a condition as text
_shelves = Prepared(
    select(items.c.seller_id, func.sum(stock.c.on_hand))
    .select_from(stock.join(items, items.c.id == stock.c.item_id))
    .where(stock.c.stand_id == bindparam("stand_id"), _in_the_book)
    .group_by(items.c.seller_id)
)
_of_item = (
    select(stock.c.on_hand)
    .where(
        stock.c.stand_id == bindparam("stand_id"),
        stock.c.item_id == items.c.id,
        stock.c.on_hand > 0,
    )
    .scalar_subquery()
)
_shelf = Prepared(
    select(func.coalesce(func.sum(_of_item), 0)).where(items.c.seller_id == bindparam("seller_id"))
)
"""Item by item: a join would go through the shelf of everybody."""
_terms_columns = (terms.c.kind, terms.c.rate_bp, terms.c.base, terms.c.net_price)
_all_terms = Prepared(
    select(terms.c.seller_id, *_terms_columns)
    .where(terms.c.item_id.is_(None), terms.c.valid_from <= bindparam("date"))
    .order_by(terms.c.valid_from, terms.c.id)
)
_agreements = Prepared(
    select(
        terms.c.id,
        terms.c.item_id,
        func.coalesce(items.c.code, ""),
        func.coalesce(items.c.name, ""),
        terms.c.valid_from,
        *_terms_columns,
    )
    .select_from(terms.outerjoin(items, items.c.id == terms.c.item_id))
    .where(terms.c.seller_id == bindparam("seller_id"))
    .order_by(terms.c.valid_from.desc(), terms.c.id.desc())
)


class SellerQueries:
    """Reads about sellers; `stand_id` is whose shelf and whose account are meant."""

    def __init__(self, book: Book, stand_id: int) -> None:
        self._book = book
        self._stand_id = stand_id

    def clusters(self, cursor: Cursor | None = None) -> tuple[ClusterRow, ...]:
        """All clusters by name; with a transaction's cursor, its own new ones too."""
        return tuple(ClusterRow(*row) for row in _clusters.all(cursor or self._book.reader()))

    def list_all(self, today: dt.date, *, inactive: bool = True) -> tuple[SellerRow, ...]:
        """Sellers by workshop, with what is due to them and what they have on the shelf."""
        cursor = self._book.reader()
        agreed = {row[0]: Terms(*row[1:]) for row in _all_terms.all(cursor, date=today.isoformat())}
        shelves: dict[int, int] = dict(_shelves.all(cursor, stand_id=self._stand_id))
        rows = _list.all(cursor, stand_id=self._stand_id, least_active=0 if inactive else 1)
        return tuple(
            SellerRow(
                *(
                    *row[:7],
                    bool(row[7]),
                    agreed.get(row[0]),
                    -row[8],
                    shelves.get(row[0], 0),
                    dt.date.fromisoformat(row[9]) if row[9] else None,
                )
            )
            for row in rows
        )

    def similar(self, workshop: str) -> tuple[SellerChoice, ...]:
        """Sellers whose name differs only in spaces, case, accents or punctuation."""
        wanted = name_key(workshop)
        if not wanted:
            return ()
        rows = _names.all(self._book.reader())
        return tuple(SellerChoice(*row) for row in rows if name_key(row[2]) == wanted)

    def id_of(self, code: str, cursor: Cursor | None = None) -> int | None:
        """The seller with this code."""
        row = _by_code.one(cursor or self._book.reader(), code=code.strip().upper())
        return int(row[0]) if row else None

    def facts(self, seller_id: int, cursor: Cursor | None = None) -> SellerFacts:
        """A seller's row. Raises KeyError for an unknown id."""
        row = _one.one(cursor or self._book.reader(), seller_id=seller_id)
        if row is None:
            raise KeyError(seller_id)
        return SellerFacts(*(*row[:6], bool(row[6]), *row[7:]))

    def card(self, seller_id: int) -> SellerCard:
        """What can be changed of a seller."""
        facts = self.facts(seller_id)
        person = read_card(self._book.reader(), facts.contact_id)
        return SellerCard(
            seller_id=seller_id,
            workshop=facts.workshop,
            cluster_id=facts.cluster_id,
            active=facts.active,
            maker=person.name,
            phone=person.phone,
            bank=person.bank,
            loss_bearer=facts.loss_bearer,
            loss_basis=facts.loss_basis,
        )

    def due(self, seller_id: int) -> int:
        """What the stand owes: one row read."""
        return due(self._book.reader(), self._stand_id, seller_id)

    def on_shelf(self, seller_id: int) -> int:
        """Pieces on the shelf."""
        row = _shelf.one(self._book.reader(), seller_id=seller_id, stand_id=self._stand_id)
        return int(row[0]) if row else 0

    def agreements(self, seller_id: int, today: dt.date) -> tuple[Agreement, ...]:
        """Everything ever agreed, the latest first; what holds today is marked."""
        found, held = [], set()
        for row in _agreements.all(self._book.reader(), seller_id=seller_id):
            terms_id, item_id, code, name, valid_from, *agreed = row
            date = dt.date.fromisoformat(valid_from)
            holds = date <= today and item_id not in held
            if holds:
                held.add(item_id)
            found.append(Agreement(terms_id, item_id, code, name, date, Terms(*agreed), holds))
        return tuple(found)


def name_key(name: str) -> str:
    """A name without what people type differently: spaces, case, punctuation, accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())
