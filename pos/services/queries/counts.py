"""A stock count as far as it has come: what was scanned, what is missing, what is too much.

While people scan, sales go on. So what was scanned of an item is compared with what the book had
between its first and its last scan, not with what it has now: a piece sold after it was scanned is
not missing, nor is one that was sold before anybody came to scan it. What was never scanned is
compared with the least that the book had since the count began.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import BindParameter, ColumnElement, bindparam, func, select

from pos.clock import local
from pos.models.catalog import contact_cards, items, sellers, stock, stock_moves
from pos.models.consignment import (
    count_answers,
    count_missing,
    count_scans,
    open_counts,
    stock_counts,
)
from pos.models.engine import Book
from pos.models.prepared import Cursor, Prepared, Row
from pos.models.stands import staff
from pos.services.papers import LETTERS, paper_number


class OpenCount(msgspec.Struct, frozen=True):
    """The count that is going on; `seller_id` 0 for the whole stand. `scanned` in pieces."""

    count_id: int
    started_at: dt.datetime
    seller_id: int
    workshop: str
    staff: str
    scanned: int
    start_entry: int


class CountLine(msgspec.Struct, frozen=True):
    """An item in a count, in pieces.

    `missing` and `extra` are what nobody has explained yet; found, lost, damaged, sold and added
    are what was said of the rest.
    """

    item_id: int
    code: str
    name: str
    seller_id: int
    seller_code: str
    price: int
    picture: str
    on_hand: int
    scanned: int
    missing: int
    extra: int
    found: int
    lost: int
    damaged: int
    sold: int
    added: int


class CountResult(msgspec.Struct, frozen=True):
    """A count as it stands: every item that was expected or scanned."""

    count_id: int
    lines: tuple[CountLine, ...]

    @property
    def counted(self) -> int:
        """Pieces that were scanned or found afterwards."""
        return sum(line.scanned + line.found for line in self.lines)

    @property
    def missing(self) -> int:
        """Pieces that nobody has explained ("belum ditemukan")."""
        return sum(line.missing for line in self.lines)

    @property
    def extra(self) -> int:
        """Pieces too many that nobody has explained."""
        return sum(line.extra for line in self.lines)


class CountRow(msgspec.Struct, frozen=True):
    """A count that was closed; `missing` pieces were not found and are still in the book."""

    count_id: int
    number: str
    started_at: dt.datetime
    at: dt.datetime
    workshop: str
    counted: int
    missing: int


_open = Prepared(
    select(
        open_counts.c.id,
        open_counts.c.started_at,
        open_counts.c.seller_id,
        func.coalesce(sellers.c.workshop, ""),
        func.coalesce(contact_cards.c.name, ""),
        select(func.coalesce(func.sum(count_scans.c.qty), 0))
        .where(count_scans.c.count_id == open_counts.c.id)
        .scalar_subquery(),
        open_counts.c.start_entry,
    )
    .select_from(
        open_counts.outerjoin(sellers, sellers.c.id == open_counts.c.seller_id)
        .outerjoin(staff, staff.c.id == open_counts.c.staff_id)
        .outerjoin(contact_cards, contact_cards.c.id == staff.c.contact_id)
    )
    .order_by(open_counts.c.id)
)
_scans = Prepared(
    select(
        count_scans.c.item_id,
        count_scans.c.qty,
        count_scans.c.first_entry,
        count_scans.c.last_entry,
    ).where(count_scans.c.count_id == bindparam("count_id"))
)
_answers = Prepared(
    select(count_answers.c.item_id, count_answers.c.outcome, count_answers.c.qty).where(
        count_answers.c.count_id == bindparam("count_id")
    )
)
_columns = (
    items.c.id,
    items.c.code,
    items.c.name,
    items.c.seller_id,
    sellers.c.code,
    items.c.price,
    items.c.picture,
    func.coalesce(stock.c.on_hand, 0),
)
_here = (stock.c.item_id == items.c.id) & (stock.c.stand_id == bindparam("stand_id"))
_counted_items = items.join(sellers, sellers.c.id == items.c.seller_id).outerjoin(stock, _here)
_in_count = items.c.id.in_(
    select(count_scans.c.item_id).where(count_scans.c.count_id == bindparam("count_id"))
)
_asked_seller: BindParameter[int] = bindparam("seller_id")
_expected = Prepared(
    select(*_columns)
    .select_from(_counted_items)
    .where(
        (func.coalesce(stock.c.on_hand, 0) != 0) | _in_count,
        (_asked_seller == 0) | (items.c.seller_id == _asked_seller) | _in_count,
    )
    .order_by(sellers.c.code, items.c.code)
)
_item = Prepared(
    select(*_columns).select_from(_counted_items).where(items.c.id == bindparam("item_id"))
)


def _moved(*conditions: ColumnElement[bool]) -> Prepared:
    return Prepared(
        select(stock_moves.c.item_id, stock_moves.c.entry_id, func.sum(stock_moves.c.qty))
        .where(
            stock_moves.c.entry_id > bindparam("start_entry"),
            stock_moves.c.stand_id == bindparam("stand_id"),
            *conditions,
        )
        .group_by(stock_moves.c.item_id, stock_moves.c.entry_id)
        .order_by(stock_moves.c.item_id, stock_moves.c.entry_id.desc())
    )


_moves = _moved()
_item_moves = _moved(stock_moves.c.item_id == bindparam("item_id"))
_closed = Prepared(
    select(
        stock_counts.c.id,
        stock_counts.c.number,
        stock_counts.c.started_at,
        stock_counts.c.at,
        func.coalesce(sellers.c.workshop, ""),
        stock_counts.c.counted,
        select(func.coalesce(func.sum(count_missing.c.qty), 0))
        .where(count_missing.c.count_id == stock_counts.c.id)
        .scalar_subquery(),
    )
    .select_from(stock_counts.outerjoin(sellers, sellers.c.id == stock_counts.c.seller_id))
    .order_by(stock_counts.c.id.desc())
    .limit(bindparam("limit"))
)


class CountQueries:
    """Reads of stock counts."""

    def __init__(self, book: Book, stand_id: int, zone: str) -> None:
        self._book = book
        self._stand_id = stand_id
        self._zone = zone

    def open_count(self, cursor: Cursor | None = None) -> OpenCount | None:
        """The count that is going on, if any."""
        row = _open.one(cursor or self._book.reader())
        return OpenCount(*(row[0], local(row[1], self._zone), *row[2:])) if row else None

    def counts(self, limit: int = 50) -> tuple[CountRow, ...]:
        """Counts that were closed, the newest first."""
        letter = LETTERS["stock_count"]
        return tuple(
            CountRow(
                *(row[0], paper_number(letter, row[1])),
                *(local(row[2], self._zone), local(row[3], self._zone), *row[4:]),
            )
            for row in _closed.all(self._book.reader(), limit=limit)
        )

    def result(self, count: OpenCount, cursor: Cursor) -> CountResult:
        """Every item that was expected or scanned, by seller and code."""
        rows = _expected.all(
            cursor,
            stand_id=self._stand_id,
            count_id=count.count_id,
            seller_id=count.seller_id,
        )
        moves = _moves.all(cursor, start_entry=count.start_entry, stand_id=self._stand_id)
        lines = self._lines(count, cursor, rows, moves)
        return CountResult(count.count_id, tuple(line for line in lines if _matters(line)))

    def line(self, count: OpenCount, cursor: Cursor, item_id: int) -> CountLine:
        """One item of a count. Raises KeyError for an unknown id."""
        rows = _item.all(cursor, stand_id=self._stand_id, item_id=item_id)
        moves = _item_moves.all(
            cursor, start_entry=count.start_entry, stand_id=self._stand_id, item_id=item_id
        )
        for line in self._lines(count, cursor, rows, moves):
            return line
        raise KeyError(item_id)

    @staticmethod
    def _lines(
        count: OpenCount, cursor: Cursor, rows: list[Row], moves: list[Row]
    ) -> Iterator[CountLine]:
        scans = {row[0]: row[1:] for row in _scans.all(cursor, count_id=count.count_id)}
        answers: dict[int, dict[str, int]] = {}
        for item_id, outcome, qty in _answers.all(cursor, count_id=count.count_id):
            answers.setdefault(item_id, {})[outcome] = qty
        moved: dict[int, list[tuple[int, int]]] = {}
        for item_id, entry_id, qty in moves:
            moved.setdefault(item_id, []).append((entry_id, qty))
        for *item, on_hand in rows:
            scanned, first, last = scans.get(item[0], (0, count.start_entry, None))
            least, most = span(on_hand, moved.get(item[0], ()), first, last)
            said = explained(scanned, least, most, on_hand, answers.get(item[0], {}))
            yield CountLine(*(*item, on_hand, scanned, *said))


def _matters(line: CountLine) -> bool:
    return bool(line.on_hand > 0 or line.scanned or line.extra)


def span(
    on_hand: int, moves: Iterable[tuple[int, int]], first: int, last: int | None
) -> tuple[int, int]:
    """(least, most) pieces that the book had from just after entry `first` to just after `last`.

    `moves` are (entry, pieces) since the count began, the newest first; `last` None means now.
    """
    level, seen = on_hand, [on_hand] if last is None else []
    for entry_id, qty in moves:
        if last is not None and entry_id <= last and not seen:
            seen.append(level)
        if entry_id <= first:
            break
        level -= qty
        if last is None or entry_id <= last:
            seen.append(level)
    if not seen:
        seen.append(level)
    return min(seen), max(seen)


def explained(
    scanned: int, least: int, most: int, on_hand: int, said: dict[str, int]
) -> tuple[int, ...]:
    """(missing, extra, found, lost, damaged, sold, added), the first two what is not explained.

    Never more is missing than the book still has: what was sold meanwhile was not lost. An answer
    about pieces that turned up since, or were sold, no longer counts.
    """
    missing = max(0, min(least - scanned, on_hand))
    extra = max(0, scanned - most)
    counts = []
    for outcome in ("found", "lost", "damaged", "sold"):
        counts.append(min(missing, said.get(outcome, 0)))
        missing -= counts[-1]
    added = min(extra, said.get("added", 0))
    return (missing, extra - added, *counts, added)
