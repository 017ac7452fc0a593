"""Money moved by hand and drawer openings of a shift, in the order in which they happened."""

import datetime as dt
from typing import Literal

import msgspec
from sqlalchemy import bindparam, func, select

from pos.clock import local
from pos.models.catalog import contact_cards
from pos.models.engine import Book
from pos.models.prepared import Prepared
from pos.models.shifts import cash_moves, drawer_openings
from pos.models.stands import staff
from pos.services.papers import LETTERS, paper_number

HandKind = Literal["in", "out", "deposit", "drawer"]


class ByHand(msgspec.Struct, frozen=True):
    """One move (rupiah; 0 where the drawer was only opened). `picture` is "" without one."""

    document_id: int
    number: str
    at: dt.datetime
    staff: str
    kind: HandKind
    amount: int
    reason: str
    picture: str


_name = func.coalesce(contact_cards.c.name, "")
_moves = Prepared(
    select(
        cash_moves.c.id,
        cash_moves.c.number,
        cash_moves.c.at,
        _name,
        cash_moves.c.kind,
        cash_moves.c.amount,
        cash_moves.c.reason,
        cash_moves.c.picture,
    )
    .select_from(
        cash_moves.join(staff, staff.c.id == cash_moves.c.staff_id).outerjoin(
            contact_cards, contact_cards.c.id == staff.c.contact_id
        )
    )
    .where(cash_moves.c.shift_id == bindparam("shift_id"))
    .order_by(cash_moves.c.id)
)
_openings = Prepared(
    select(drawer_openings.c.id, drawer_openings.c.at, _name, drawer_openings.c.reason)
    .select_from(
        drawer_openings.join(staff, staff.c.id == drawer_openings.c.staff_id).outerjoin(
            contact_cards, contact_cards.c.id == staff.c.contact_id
        )
    )
    .where(drawer_openings.c.shift_id == bindparam("shift_id"))
    .order_by(drawer_openings.c.id)
)


def by_hand(book: Book, shift_id: int, zone: str) -> tuple[ByHand, ...]:
    """Everything done to the drawer by hand in this shift, the last one last."""
    cursor = book.reader()
    done = [
        ByHand(
            document_id,
            paper_number(LETTERS["cash_move"], number),
            local(at, zone),
            name,
            kind,
            amount,
            reason,
            picture,
        )
        for document_id, number, at, name, kind, amount, reason, picture in _moves.all(
            cursor, shift_id=shift_id
        )
    ]
    done += [
        ByHand(document_id, "", local(at, zone), name, "drawer", 0, reason, "")
        for document_id, at, name, reason in _openings.all(cursor, shift_id=shift_id)
    ]
    return tuple(sorted(done, key=lambda move: move.document_id))
