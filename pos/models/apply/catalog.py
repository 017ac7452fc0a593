"""Clusters, categories, sellers, terms, items, goods taken in."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, update

from pos.events import (
    CategoryAdded,
    ClusterAdded,
    Event,
    GoodsReceived,
    ItemAdded,
    ItemChanged,
    ReturnByChanged,
    SellerAdded,
    TermsAgreed,
)
from pos.models.apply import search, sums
from pos.models.apply.newest import holds
from pos.models.apply.numbers import note_number, take_number
from pos.models.apply.stock import Move, move_stock
from pos.models.catalog import (
    categories,
    clusters,
    consignment_lines,
    consignment_notes,
    items,
    sellers,
    terms,
)
from pos.models.entries import Entry
from pos.models.prepared import Cursor, Prepared, insert_into

_cluster = insert_into(clusters)
_category = insert_into(categories)
_seller = insert_into(sellers)
_terms = insert_into(terms)
_item = insert_into(items)
_note = insert_into(consignment_notes)
_note_line = insert_into(consignment_lines)
_item_change = Prepared(
    update(items)
    .where(items.c.id == bindparam("item_id"))
    .values(
        barcode=bindparam("new_barcode"),
        name=bindparam("new_name"),
        kind=bindparam("new_kind"),
        price=bindparam("new_price"),
        category_id=bindparam("new_category"),
        seller_id=bindparam("new_seller"),
        picture=bindparam("new_picture"),
        to_complete=0,
    )
)


_return_by = Prepared(
    update(items)
    .where(items.c.id == bindparam("item_id"))
    .values(return_by=bindparam("new_return_by"))
)


def cluster_added(cursor: Cursor, _entry: Entry, event: ClusterAdded) -> None:
    """A cluster."""
    cursor.execute(_cluster.sql, (event.cluster_id, event.name))


def category_added(cursor: Cursor, _entry: Entry, event: CategoryAdded) -> None:
    """A category."""
    cursor.execute(_category.sql, (event.category_id, event.name))


def seller_added(cursor: Cursor, _entry: Entry, event: SellerAdded) -> None:
    """A seller, active."""
    cursor.execute(
        _seller.sql,
        (
            event.seller_id,
            event.code,
            event.workshop,
            event.cluster_id,
            event.contact_id,
            1,
            event.loss_bearer,
            event.loss_basis,
        ),
    )


def terms_agreed(cursor: Cursor, _entry: Entry, event: TermsAgreed) -> None:
    """An agreement is added; none is ever changed."""
    agreed = event.terms
    cursor.execute(
        _terms.sql,
        (
            event.terms_id,
            event.seller_id,
            event.item_id,
            event.valid_from,
            agreed.kind,
            agreed.rate_bp,
            agreed.base,
            agreed.net_price,
        ),
    )


def item_added(cursor: Cursor, entry: Entry, event: ItemAdded) -> None:
    """An item in the catalogue and in the search index."""
    if event.number:
        note_number(cursor, entry.till_no, "item", event.number)
    cursor.execute(
        _item.sql,
        (
            event.item_id,
            event.code,
            event.barcode,
            event.name,
            event.kind,
            event.price,
            event.category_id,
            event.seller_id,
            event.picture,
            0,
            "",
        ),
    )
    search.index_item(cursor, event.item_id)


def item_changed(cursor: Cursor, entry: Entry, event: ItemChanged) -> None:
    """An item's card; it is complete from now on."""
    if not holds(cursor, entry, event, ("item", event.item_id)):
        return
    search.forget_item(cursor, event.item_id)
    sums.category_changed(cursor, event.item_id, event.category_id)
    _item_change.run(
        cursor,
        item_id=event.item_id,
        new_barcode=event.barcode,
        new_name=event.name,
        new_kind=event.kind,
        new_price=event.price,
        new_category=event.category_id,
        new_seller=event.seller_id,
        new_picture=event.picture,
    )
    search.index_item(cursor, event.item_id)


def return_by_changed(cursor: Cursor, entry: Entry, event: ReturnByChanged) -> None:
    """Until when it may stay; what the note said remains on the note."""
    if holds(cursor, entry, event, ("return_by", event.item_id)):
        _return_by.run(cursor, item_id=event.item_id, new_return_by=event.return_by)


def goods_received(cursor: Cursor, entry: Entry, event: GoodsReceived) -> None:
    """The note, its number, and pieces onto the shelf."""
    take_number(cursor, entry.till_no, "consignment_note", event.number)
    cursor.execute(
        _note.sql,
        (
            event.note_id,
            entry.id,
            event.stand_id,
            event.seller_id,
            entry.till_no,
            event.number,
            entry.business_date,
        ),
    )
    cursor.executemany(
        _note_line.sql,
        [
            (event.note_id, no, line.item_id, line.qty, line.return_by, line.name, line.price)
            for no, line in enumerate(event.lines, start=1)
        ],
    )
    for line in event.lines:
        if line.return_by and holds(cursor, entry, event, ("return_by", line.item_id)):
            _return_by.run(cursor, item_id=line.item_id, new_return_by=line.return_by)
    moves = [Move(event.stand_id, line.item_id, "intake", line.qty) for line in event.lines]
    move_stock(cursor, entry.id, event.note_id, moves)


APPLY: dict[type[Event], Callable[[Cursor, Entry, Any], None]] = {
    ClusterAdded: cluster_added,
    CategoryAdded: category_added,
    SellerAdded: seller_added,
    TermsAgreed: terms_agreed,
    ItemAdded: item_added,
    ItemChanged: item_changed,
    ReturnByChanged: return_by_changed,
    GoodsReceived: goods_received,
}
