"""Transfers as slips and lists show them, and what became of what a stand was given."""

import datetime as dt

import msgspec
from sqlalchemy import bindparam, func, or_, select

from pos.clock import local
from pos.models.catalog import contact_cards, items, sellers, stock, stock_moves
from pos.models.engine import Book
from pos.models.prepared import Cursor, Prepared
from pos.models.stands import staff, stands
from pos.models.tills import (
    transfer_check_lines,
    transfer_checks,
    transfer_lines,
    transfers,
)
from pos.services.papers import LETTERS, paper_number


class SentLine(msgspec.Struct, frozen=True):
    """Pieces of one item on a transfer slip; `arrived` None: nobody has scanned them in yet."""

    item_id: int
    code: str
    name: str
    seller_code: str
    price: int
    qty: int
    arrived: int | None


class Transfer(msgspec.Struct, frozen=True):
    """A transfer with all that its slip says."""

    transfer_id: int
    number: str
    at: dt.datetime
    staff: str
    from_stand: int
    from_name: str
    to_stand: int
    to_name: str
    note: str
    lines: tuple[SentLine, ...]

    @property
    def pieces(self) -> int:
        """Pieces that went."""
        return sum(line.qty for line in self.lines)


class TransferRow(msgspec.Struct, frozen=True):
    """A transfer in the list; `checked` says that it was scanned where it arrived."""

    transfer_id: int
    number: str
    at: dt.datetime
    from_stand: int
    from_name: str
    to_stand: int
    to_name: str
    pieces: int
    checked: bool


class Whereabouts(msgspec.Struct, frozen=True):
    """What became of an item that a stand was given: `left` is what its book still has there."""

    item_id: int
    code: str
    name: str
    seller_id: int
    seller_code: str
    price: int
    sent: int
    sold: int
    came_back: int
    other: int
    left: int


_from = stands.alias("from_stands")
_to = stands.alias("to_stands")
_joined = transfers.join(_from, _from.c.id == transfers.c.from_stand).join(
    _to, _to.c.id == transfers.c.to_stand
)
_one = Prepared(
    select(
        transfers.c.id,
        transfers.c.number,
        transfers.c.at,
        func.coalesce(contact_cards.c.name, ""),
        transfers.c.from_stand,
        _from.c.name,
        transfers.c.to_stand,
        _to.c.name,
        transfers.c.note,
    )
    .select_from(
        _joined.join(staff, staff.c.id == transfers.c.staff_id).outerjoin(
            contact_cards, contact_cards.c.id == staff.c.contact_id
        )
    )
    .where(transfers.c.id == bindparam("transfer_id"))
)
_last_check = (
    select(func.max(transfer_checks.c.id))
    .where(transfer_checks.c.transfer_id == transfers.c.id)
    .correlate(transfers)
    .scalar_subquery()
)
_check = Prepared(select(_last_check).where(transfers.c.id == bindparam("transfer_id")))
_lines = Prepared(
    select(
        items.c.id,
        items.c.code,
        items.c.name,
        sellers.c.code,
        items.c.price,
        transfer_lines.c.qty,
        transfer_check_lines.c.qty,
    )
    .select_from(
        transfer_lines.join(items, items.c.id == transfer_lines.c.item_id)
        .join(sellers, sellers.c.id == items.c.seller_id)
        .outerjoin(
            transfer_check_lines,
            (transfer_check_lines.c.check_id == bindparam("check_id"))
            & (transfer_check_lines.c.item_id == items.c.id),
        )
    )
    .where(transfer_lines.c.transfer_id == bindparam("transfer_id"))
    .order_by(transfer_lines.c.no)
)
_pieces = (
    select(func.sum(transfer_lines.c.qty))
    .where(transfer_lines.c.transfer_id == transfers.c.id)
    .scalar_subquery()
)
_list = Prepared(
    select(
        transfers.c.id,
        transfers.c.number,
        transfers.c.at,
        transfers.c.from_stand,
        _from.c.name,
        transfers.c.to_stand,
        _to.c.name,
        _pieces,
        _last_check.is_not(None),
    )
    .select_from(_joined)
    .where(
        or_(
            transfers.c.from_stand == bindparam("stand_id"),
            transfers.c.to_stand == bindparam("stand_id"),
        )
    )
    .order_by(transfers.c.at.desc(), transfers.c.id.desc())
    .limit(bindparam("limit"))
)


_in = func.sum(
    func.iif((stock_moves.c.kind == "transfer") & (stock_moves.c.qty > 0), stock_moves.c.qty, 0)
)
_out = func.sum(
    func.iif((stock_moves.c.kind == "transfer") & (stock_moves.c.qty < 0), stock_moves.c.qty, 0)
)
_sold = func.sum(
    func.iif(
        (stock_moves.c.kind == "sale") | (stock_moves.c.kind == "return"), stock_moves.c.qty, 0
    )
)
_whereabouts = Prepared(
    select(
        items.c.id,
        items.c.code,
        items.c.name,
        sellers.c.id,
        sellers.c.code,
        items.c.price,
        _in,
        -_sold,
        -_out,
        func.sum(stock_moves.c.qty),
    )
    .select_from(
        stock_moves.join(items, items.c.id == stock_moves.c.item_id).join(
            sellers, sellers.c.id == items.c.seller_id
        )
    )
    .where(stock_moves.c.stand_id == bindparam("stand_id"))
    .group_by(items.c.id)
    .order_by(sellers.c.code, items.c.code)
)
_left_at = Prepared(
    select(func.coalesce(func.sum(stock.c.on_hand), 0)).where(
        stock.c.stand_id == bindparam("stand_id"), stock.c.on_hand > 0
    )
)


class TransferQueries:
    """Reads about goods between stands."""

    def __init__(self, book: Book, stand_id: int, zone: str) -> None:
        self._book = book
        self._stand_id = stand_id
        self._zone = zone

    def transfer(self, transfer_id: int) -> Transfer:
        """A transfer. Raises KeyError for an unknown id."""
        cursor = self._book.reader()
        row = _one.one(cursor, transfer_id=transfer_id)
        if row is None:
            raise KeyError(transfer_id)
        checked = _check.one(cursor, transfer_id=transfer_id)
        check_id = checked[0] if checked and checked[0] else 0
        lines = tuple(
            SentLine(*(*line[:6], (line[6] or 0) if check_id else None))
            for line in _lines.all(cursor, transfer_id=transfer_id, check_id=check_id)
        )
        number = paper_number(LETTERS["transfer"], row[1])
        return Transfer(*(row[0], number, local(row[2], self._zone), *row[3:], lines))

    def transfers(self, *, stand_id: int = 0, limit: int = 100) -> tuple[TransferRow, ...]:
        """To and from a stand (this one unless another is named), the newest first."""
        rows = _list.all(self._book.reader(), stand_id=stand_id or self._stand_id, limit=limit)
        letter = LETTERS["transfer"]
        return tuple(
            TransferRow(
                *(
                    row[0],
                    paper_number(letter, row[1]),
                    local(row[2], self._zone),
                    *row[3:8],
                    bool(row[8]),
                )
            )
            for row in rows
        )

    def unchecked(self) -> tuple[TransferRow, ...]:
        """What came for this stand and was not scanned in yet."""
        return tuple(
            row for row in self.transfers() if row.to_stand == self._stand_id and not row.checked
        )

    def whereabouts(self, stand_id: int, cursor: Cursor | None = None) -> tuple[Whereabouts, ...]:
        """What became of everything that a stand was given, as far as this book knows it."""
        rows = _whereabouts.all(cursor or self._book.reader(), stand_id=stand_id)
        return tuple(
            Whereabouts(*(*row[:6], *row[6:9], row[9] - row[6] + row[7] + row[8], row[9]))
            for row in rows
        )

    def pieces_at(self, stand_id: int) -> int:
        """Pieces that the book has at a stand."""
        row = _left_at.one(self._book.reader(), stand_id=stand_id)
        return int(row[0]) if row else 0
