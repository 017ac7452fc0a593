"""Slips of what left the shelf other than by sale: withdrawals, losses and damages."""

import datetime as dt

import msgspec
from sqlalchemy import ColumnElement, bindparam, func, select

from pos.clock import local
from pos.events.consignment import Channel, LossKind, WithdrawalReason
from pos.events.goods import LossBasis
from pos.models.catalog import contact_cards, items, sellers
from pos.models.consignment import loss_lines, losses, withdrawal_lines, withdrawals
from pos.models.engine import Book
from pos.models.prepared import Prepared
from pos.services.papers import LETTERS, paper_number
from pos.services.queries.notes import written
from pos.services.queries.statement import END
from pos.terms import Bearer


class SlipLine(msgspec.Struct, frozen=True):
    """Pieces of one item that went back; `price` is today's at the stand, in rupiah."""

    item_id: int
    code: str
    name: str
    price: int
    qty: int
    online_price: int


class WithdrawalSlip(msgspec.Struct, frozen=True):
    """A withdrawal with all that its paper says."""

    withdrawal_id: int
    number: str
    at: dt.datetime
    staff: str
    seller_id: int
    seller_code: str
    workshop: str
    maker: str
    reason: WithdrawalReason
    channel: Channel
    note: str
    lines: tuple[SlipLine, ...]

    @property
    def pieces(self) -> int:
        """Pieces that went back."""
        return sum(line.qty for line in self.lines)


class WithdrawalRow(msgspec.Struct, frozen=True):
    """A withdrawal in the list."""

    withdrawal_id: int
    number: str
    at: dt.datetime
    seller_id: int
    seller_code: str
    workshop: str
    reason: WithdrawalReason
    channel: Channel
    pieces: int


class LossRow(msgspec.Struct, frozen=True):
    """Pieces lost or damaged; `owed` is what the stand owes the seller for them, in rupiah."""

    item_id: int
    code: str
    name: str
    seller_id: int
    seller_code: str
    kind: LossKind
    qty: int
    bearer: Bearer
    basis: LossBasis
    owed: int


class LossSlip(msgspec.Struct, frozen=True):
    """A loss with all that its paper says."""

    loss_id: int
    number: str
    at: dt.datetime
    staff: str
    reason: str
    lines: tuple[LossRow, ...]

    @property
    def owed(self) -> int:
        """What the stand owes for all of it, in rupiah."""
        return sum(line.owed for line in self.lines)


_withdrawn_from = withdrawals.join(sellers, sellers.c.id == withdrawals.c.seller_id)
_withdrawal = Prepared(
    select(
        withdrawals.c.entry_id,
        withdrawals.c.number,
        sellers.c.id,
        sellers.c.code,
        sellers.c.workshop,
        func.coalesce(contact_cards.c.name, ""),
        withdrawals.c.reason,
        withdrawals.c.channel,
        withdrawals.c.note,
    )
    .select_from(
        _withdrawn_from.outerjoin(contact_cards, contact_cards.c.id == sellers.c.contact_id)
    )
    .where(withdrawals.c.id == bindparam("withdrawal_id"))
)
_slip_lines = Prepared(
    select(
        items.c.id,
        items.c.code,
        items.c.name,
        items.c.price,
        withdrawal_lines.c.qty,
        withdrawal_lines.c.online_price,
    )
    .select_from(withdrawal_lines.join(items, items.c.id == withdrawal_lines.c.item_id))
    .where(withdrawal_lines.c.withdrawal_id == bindparam("withdrawal_id"))
    .order_by(withdrawal_lines.c.no)
)
_pieces = (
    select(func.coalesce(func.sum(withdrawal_lines.c.qty), 0))
    .where(withdrawal_lines.c.withdrawal_id == withdrawals.c.id)
    .scalar_subquery()
)


def _withdrawal_rows(*conditions: ColumnElement[bool]) -> Prepared:
    return Prepared(
        select(
            withdrawals.c.id,
            withdrawals.c.number,
            withdrawals.c.at,
            sellers.c.id,
            sellers.c.code,
            sellers.c.workshop,
            withdrawals.c.reason,
            withdrawals.c.channel,
            _pieces,
        )
        .select_from(_withdrawn_from)
        .where(withdrawals.c.id < bindparam("before"), *conditions)
        .order_by(withdrawals.c.id.desc())
        .limit(bindparam("limit"))
    )


_withdrawals = {
    False: _withdrawal_rows(),
    True: _withdrawal_rows(withdrawals.c.seller_id == bindparam("seller_id")),
}
_loss = Prepared(
    select(losses.c.entry_id, losses.c.number, losses.c.reason).where(
        losses.c.id == bindparam("loss_id")
    )
)
_loss_rows = Prepared(
    select(
        items.c.id,
        items.c.code,
        items.c.name,
        sellers.c.id,
        sellers.c.code,
        loss_lines.c.kind,
        loss_lines.c.qty,
        loss_lines.c.bearer,
        loss_lines.c.basis,
        loss_lines.c.owed,
    )
    .select_from(
        loss_lines.join(items, items.c.id == loss_lines.c.item_id).join(
            sellers, sellers.c.id == loss_lines.c.seller_id
        )
    )
    .where(loss_lines.c.entry_id == bindparam("entry_id"))
    .order_by(loss_lines.c.id)
)


class SlipQueries:
    """Reads of papers about withdrawals and losses."""

    def __init__(self, book: Book, zone: str) -> None:
        self._book = book
        self._zone = zone

    def withdrawal(self, withdrawal_id: int) -> WithdrawalSlip:
        """A withdrawal. Raises KeyError for an unknown id."""
        cursor = self._book.reader()
        row = _withdrawal.one(cursor, withdrawal_id=withdrawal_id)
        if row is None:
            raise KeyError(withdrawal_id)
        at, by = written(cursor, row[0])
        lines = _slip_lines.all(cursor, withdrawal_id=withdrawal_id)
        number = paper_number(LETTERS["withdrawal"], row[1])
        when = local(at, self._zone)
        slip = tuple(SlipLine(*line) for line in lines)
        return WithdrawalSlip(*(withdrawal_id, number, when, by, *row[2:], slip))

    def withdrawals(
        self, *, seller_id: int = 0, limit: int = 50, before: int = END
    ) -> tuple[WithdrawalRow, ...]:
        """Withdrawals, the newest first; `before` is the last id of the page before."""
        rows = _withdrawals[bool(seller_id)].all(
            self._book.reader(), seller_id=seller_id, limit=limit, before=before
        )
        letter = LETTERS["withdrawal"]
        return tuple(
            WithdrawalRow(
                *(row[0], paper_number(letter, row[1]), local(row[2], self._zone), *row[3:])
            )
            for row in rows
        )

    def loss(self, loss_id: int) -> LossSlip:
        """A loss. Raises KeyError for an unknown id."""
        cursor = self._book.reader()
        row = _loss.one(cursor, loss_id=loss_id)
        if row is None:
            raise KeyError(loss_id)
        entry_id, number, reason = row
        at, by = written(cursor, entry_id)
        lines = tuple(LossRow(*line) for line in _loss_rows.all(cursor, entry_id=entry_id))
        paper = paper_number(LETTERS["loss"], number)
        return LossSlip(loss_id, paper, local(at, self._zone), by, reason, lines)
