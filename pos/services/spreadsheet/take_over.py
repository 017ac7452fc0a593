"""Writing a checked table into the book: one event a family of rows.

A long table of items is written in slices, each a whole transaction with its cards and notes, so
that a sale that is paid meanwhile waits for one slice at most. Taking the same file over again
finds its rows known, and writes nothing twice, also after it was stopped between two slices.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec
from sqlalchemy import bindparam, select

from pos.errors import UserError
from pos.events import (
    GoodsLine,
    ItemAdded,
    ItemsImported,
    SellerAdded,
    SellersImported,
    TermsAgreed,
)
from pos.i18n import _
from pos.models.catalog import categories, items
from pos.models.prepared import Prepared
from pos.services.contacts import put_card
from pos.services.goods import Goods, NewSeller, add_category, add_cluster
from pos.services.intake import Intake
from pos.services.queries.sellers import SellerQueries
from pos.services.sellers import Sellers
from pos.services.spreadsheet.cells import folded
from pos.services.spreadsheet.plan import (
    CancelledError,
    ItemRow,
    Known,
    Plan,
    Progress,
    SellerRow,
    plan_items,
    plan_sellers,
)
from pos.services.spreadsheet.reading import read_sheet
from pos.services.unit_of_work import Transaction, UnitOfWork

SLICE = 200
"""Rows in one transaction, some 60 ms of work, for which a sale may have to wait."""
NOTE_LINES = SLICE
"""As many lines as one consignment note gets; a seller with more gets several notes."""
_EVERY = 100
_items = Prepared(
    select(items.c.code, items.c.seller_id, items.c.name, items.c.price, items.c.barcode)
)
_items_of = Prepared(
    select(items.c.name, items.c.price).where(items.c.seller_id == bindparam("seller_id"))
)
_with_code = Prepared(select(items.c.id).where(items.c.code == bindparam("code")).limit(1))
_categories = Prepared(select(categories.c.id, categories.c.name))


class Taken(msgspec.Struct, frozen=True):
    """What was written: cards, pieces put on the shelf, consignment notes.

    `left` rows were not, since somebody stopped it between two slices.
    """

    cards: int
    pieces: int = 0
    notes: int = 0
    left: int = 0


class Importing:
    """Reads tables, and writes what a person confirmed."""

    def __init__(
        self,
        unit: UnitOfWork,
        goods: Goods,
        intake: Intake,
        sellers: Sellers,
        queries: SellerQueries,
        *,
        give_way: Callable[[], None],
    ) -> None:
        self._unit = unit
        self._goods = goods
        self._intake = intake
        self._sellers = sellers
        self._queries = queries
        self._give_way = give_way

    def read_items(self, path: Path, progress: Progress) -> Plan:
        """Check a table of items; nothing is written. Raises UserError, CancelledError.

        Reads the book but takes no turn on the database worker: run it beside.
        """
        return plan_items(read_sheet(path), self._known(), progress)

    def read_sellers(self, path: Path, progress: Progress) -> Plan:
        """Check a table of sellers; nothing is written. Raises UserError, CancelledError."""
        return plan_sellers(read_sheet(path), self._known(), progress)

    def take_items(self, plan: Plan, progress: Progress, *, by: int) -> Taken:
        """Write the new rows of an item plan, letting other commands in between two slices.

        `progress` may raise CancelledError. That passes on if nothing was written yet; else what
        is written stays, and `left` says how many rows are not.
        """
        rows = [row for row in plan.rows if isinstance(row, ItemRow) and row.status == "new"]
        brought = {row.code for row in rows if row.code}
        through = cards = pieces = notes = 0
        for part in _slices(rows):
            try:
                written = self._take_slice(
                    part, brought, partial(_told, progress, through, len(rows)), by=by
                )
            except CancelledError:
                if not cards:
                    raise
                return Taken(cards, pieces, notes, left=len(rows) - through)
            through += len(part)
            cards, pieces = cards + written.cards, pieces + written.pieces
            notes += written.notes
            self._give_way()
        if not cards:
            raise UserError(_("There is nothing new in this table."))
        return Taken(cards, pieces, notes)

    def take_sellers(self, plan: Plan, progress: Progress, *, by: int) -> Taken:
        """Write the new rows of a seller plan, all or none."""
        rows = [row for row in plan.rows if isinstance(row, SellerRow) and row.status == "new"]
        if not rows:
            raise UserError(_("There is nothing new in this table."))
        with self._unit.write() as tx:
            tx.append(self._new_sellers(tx, rows, progress, by=by), staff_id=by)
            progress(len(rows), len(rows))
            tx.changed("sellers")
        return Taken(len(rows))

    # -- inside ----------------------------------------------------------------------

    def _known(self) -> Known:
        known = Known(item_codes=set(), items=set(), sellers={})
        for code, seller_id, name, price, barcode in _items.all(self._unit.book.reader()):
            known.item_codes.add(code)
            known.items.add((seller_id, folded(name), price))
            if barcode:
                known.barcodes[barcode] = code
        for seller in self._sellers.list_all():
            name = folded(seller.workshop)
            if name in known.sellers:
                known.namesakes.add(name)
            known.sellers[seller.code] = seller.seller_id
            if name:
                known.sellers[name] = seller.seller_id
            if not seller.active:
                known.inactive.add(seller.seller_id)
        return known

    def _take_slice(
        self, part: list[ItemRow], brought: set[str], progress: Callable[[int], None], *, by: int
    ) -> Taken:
        """One transaction: the cards of these rows, and the notes for their pieces."""
        with self._unit.write() as tx:
            rows = _still_new(tx, part)
            if not rows:
                return Taken(0)
            shelves = self._categories(tx, rows, by=by)
            event, lines = self._items(tx, rows, shelves, brought, progress)
            tx.append(event, staff_id=by)
            notes = list(self._received(tx, lines, by=by))
            progress(len(part))
            tx.changed("items", "stock")
        pieces = sum(line.qty for own in lines.values() for line in own)
        return Taken(len(rows), pieces, len(notes))

    def _categories(self, tx: Transaction, rows: list[ItemRow], *, by: int) -> dict[str, int]:
        found = {folded(name): category_id for category_id, name in _categories.all(tx.cursor)}
        for row in rows:
            if row.category and folded(row.category) not in found:
                found[folded(row.category)] = add_category(tx, row.category, by=by)
        return found

    def _items(
        self,
        tx: Transaction,
        rows: list[ItemRow],
        shelves: dict[str, int],
        brought: set[str],
        progress: Callable[[int], None],
    ) -> tuple[ItemsImported, dict[int, list[GoodsLine]]]:
        codes = self._codes(tx, brought)
        cards, terms = [], []
        lines: dict[int, list[GoodsLine]] = {}
        for done, row in enumerate(rows):
            if done % _EVERY == 0:
                progress(done)
            code, number = (row.code, 0) if row.code else next(codes)
            item_id = tx.new_id()
            cards.append(
                ItemAdded(
                    item_id=item_id,
                    code=code,
                    name=row.name,
                    kind=row.kind,
                    price=row.price,
                    category_id=shelves.get(folded(row.category)) if row.category else None,
                    seller_id=row.seller_id,
                    barcode=row.barcode,
                    number=number,
                )
            )
            if row.terms is not None:
                agreed = TermsAgreed(
                    terms_id=tx.new_id(),
                    seller_id=row.seller_id,
                    item_id=item_id,
                    valid_from=tx.business_date,
                    terms=row.terms,
                )
                terms.append(agreed)
            if row.qty:
                line = GoodsLine(item_id, row.qty, row.return_by)
                lines.setdefault(row.seller_id, []).append(line)
        return ItemsImported(items=tuple(cards), terms=tuple(terms)), lines

    def _codes(self, tx: Transaction, taken: set[str]) -> Iterator[tuple[str, int]]:
        """Free codes from where the till's own stand, past those that the table brings."""
        code, number = self._intake.new_code(tx)
        prefix = code.rsplit("-", 1)[0]
        while True:
            code = f"{prefix}-{number}"
            if code not in taken and _with_code.one(tx.cursor, code=code) is None:
                yield code, number
            number += 1

    def _received(
        self, tx: Transaction, lines: dict[int, list[GoodsLine]], *, by: int
    ) -> Iterator[int]:
        for seller_id, own in lines.items():
            for start in range(0, len(own), NOTE_LINES):
                part = tuple(own[start : start + NOTE_LINES])
                yield self._goods.receive_in(tx, seller_id, part, by=by)

    def _new_sellers(
        self,
        tx: Transaction,
        rows: list[SellerRow],
        progress: Progress,
        *,
        by: int,
    ) -> SellersImported:
        clusters = {folded(row.name): row.cluster_id for row in self._queries.clusters()}
        added, terms = [], []
        taken: set[str] = {row.code for row in rows if row.code}
        for done, row in enumerate(rows):
            if done % _EVERY == 0:
                progress(done, len(rows))
            cluster = row.cluster or _("Other")
            if folded(cluster) not in clusters:
                clusters[folded(cluster)] = add_cluster(tx, cluster, by=by)
            checked = self._checked(tx, row, clusters[folded(cluster)], taken)
            taken.add(checked.code)
            contact_id, seller_id = tx.new_id(), tx.new_id()
            put_card(
                tx.cursor, contact_id, checked.maker, tx.at, phone=checked.phone, bank=checked.bank
            )
            added.append(
                SellerAdded(
                    seller_id=seller_id,
                    code=checked.code,
                    workshop=checked.workshop,
                    cluster_id=checked.cluster_id,
                    contact_id=contact_id,
                )
            )
            terms.append(
                TermsAgreed(
                    terms_id=tx.new_id(),
                    seller_id=seller_id,
                    item_id=None,
                    valid_from=tx.business_date,
                    terms=row.terms,
                )
            )
        return SellersImported(sellers=tuple(added), terms=tuple(terms))

    def _checked(
        self, tx: Transaction, row: SellerRow, cluster_id: int, taken: set[str]
    ) -> NewSeller:
        new = NewSeller(
            code=row.code,
            workshop=row.workshop,
            cluster_id=cluster_id,
            terms=row.terms,
            maker=row.maker,
            phone=row.phone,
            bank=row.bank,
        )
        try:
            return self._sellers.checked(new, tx, taken - {row.code})
        except UserError as error:
            raise UserError(
                _("Row {line}: {why}").format(line=row.line, why=error.sentence)
            ) from error


def _told(progress: Progress, before: int, total: int, done: int) -> None:
    progress(before + done, total)


def _slices(rows: list[ItemRow]) -> Iterator[list[ItemRow]]:
    """At most SLICE rows each, a seller's rows together as far as they fit: fewer notes to print."""
    if len(rows) <= SLICE:
        yield rows
        return
    by_seller: dict[int, list[ItemRow]] = {}
    for row in rows:
        by_seller.setdefault(row.seller_id, []).append(row)
    part: list[ItemRow] = []
    for own in by_seller.values():
        for start in range(0, len(own), SLICE):
            more = own[start : start + SLICE]
            if len(part) + len(more) > SLICE:
                yield part
                part = []
            part += more
    yield part


def _still_new(tx: Transaction, rows: list[ItemRow]) -> list[ItemRow]:
    """Without what came into the book since the table was checked."""
    there = {
        (seller_id, folded(name), price)
        for seller_id in {row.seller_id for row in rows if not row.code}
        for name, price in _items_of.all(tx.cursor, seller_id=seller_id)
    }
    return [
        row
        for row in rows
        if (
            _with_code.one(tx.cursor, code=row.code) is None
            if row.code
            else (row.seller_id, folded(row.name), row.price) not in there
        )
    ]
