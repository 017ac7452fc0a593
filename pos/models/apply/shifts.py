"""Shifts, money moved by hand, drawer openings, closings."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import bindparam, select

from pos.events import CashMoved, Counted, DrawerOpened, Event, ShiftClosed, ShiftOpened
from pos.models.apply.numbers import take_number
from pos.models.entries import Entry
from pos.models.ledger import Leg, post
from pos.models.prepared import Cursor, Prepared, insert_into
from pos.models.shifts import (
    cash_moves,
    drawer_openings,
    shift_closings,
    shift_counts,
    shift_left_open,
    shift_methods,
    shifts,
)

_closed = Prepared(
    select(shift_closings.c.id).where(shift_closings.c.shift_id == bindparam("shift_id"))
)
_shift = insert_into(shifts)
_closing = insert_into(shift_closings)
_count = insert_into(shift_counts)
_method = insert_into(shift_methods)
_left_open = insert_into(shift_left_open)
_move = insert_into(cash_moves)
_opening = insert_into(drawer_openings)


class ShiftClosedError(ValueError):
    """An event is about a shift that has its Z already."""


def _still_open(cursor: Cursor, shift_id: int) -> None:
    if _closed.one(cursor, shift_id=shift_id):
        raise ShiftClosedError(f"shift {shift_id} is closed")


def shift_opened(cursor: Cursor, entry: Entry, event: ShiftOpened) -> None:
    """The drawer's money is what was counted: brought from the office, or over or short."""
    cursor.execute(
        _shift.sql,
        (
            event.shift_id,
            entry.id,
            event.stand_id,
            entry.till_no,
            entry.at,
            entry.business_date,
            entry.staff_id,
            event.opening,
            event.brought,
            event.over_short,
            event.reason,
        ),
    )
    _write_counts(cursor, event.shift_id, event.counted)
    stand = event.stand_id
    legs = [
        Leg("cash", stand, entry.till_no, event.brought + event.over_short),
        Leg("office", stand, 0, -event.brought),
        Leg("over_short", stand, 0, -event.over_short),
    ]
    post(cursor, entry.id, legs)


def cash_moved(cursor: Cursor, entry: Entry, event: CashMoved) -> None:
    """In and deposit stand against the office, out is an expense of the stand."""
    _still_open(cursor, event.shift_id)
    take_number(cursor, entry.till_no, "cash_move", event.number)
    cursor.execute(
        _move.sql,
        (
            event.move_id,
            entry.id,
            event.shift_id,
            event.stand_id,
            entry.till_no,
            event.number,
            entry.at,
            entry.business_date,
            entry.staff_id,
            event.kind,
            event.amount,
            event.reason,
            event.picture,
        ),
    )
    signed = event.amount if event.kind == "in" else -event.amount
    other = "expenses" if event.kind == "out" else "office"
    legs = [
        Leg("cash", event.stand_id, entry.till_no, signed),
        Leg(other, event.stand_id, 0, -signed),
    ]
    post(cursor, entry.id, legs)


def drawer_opened(cursor: Cursor, entry: Entry, event: DrawerOpened) -> None:
    """Counted, with its reason; no money moves."""
    _still_open(cursor, event.shift_id)
    row = (
        event.opening_id,
        entry.id,
        event.shift_id,
        entry.staff_id,
        entry.at,
        entry.business_date,
        event.reason,
    )
    cursor.execute(_opening.sql, row)


def shift_closed(cursor: Cursor, entry: Entry, event: ShiftClosed) -> None:
    """The Z, its counts; the difference and the deposit leave the drawer's account."""
    _still_open(cursor, event.shift_id)
    take_number(cursor, entry.till_no, "z", event.number)
    cursor.execute(
        _closing.sql,
        (
            event.closing_id,
            event.shift_id,
            entry.id,
            entry.till_no,
            event.number,
            entry.at,
            entry.staff_id,
            entry.approver_id,
            event.over_short,
            event.reason,
            event.deposit,
            event.left,
        ),
    )
    _write_counts(cursor, event.closing_id, event.counted)
    cursor.executemany(
        _method.sql,
        [(event.closing_id, m.method, m.expected, m.counted) for m in event.methods],
    )
    cursor.executemany(
        _left_open.sql,
        [(event.closing_id, open_.payment_id, open_.by) for open_ in event.left_open],
    )
    stand = event.stand_id
    legs = [
        Leg("cash", stand, entry.till_no, event.over_short - event.deposit),
        Leg("over_short", stand, 0, -event.over_short),
        Leg("office", stand, 0, event.deposit),
    ]
    post(cursor, entry.id, legs)


def _write_counts(cursor: Cursor, document_id: int, counted: Iterable[Counted]) -> None:
    cursor.executemany(
        _count.sql, [(document_id, c.value, c.coin, c.pieces) for c in counted if c.pieces]
    )


APPLY: dict[type[Event], Callable[[Cursor, Entry, Any], None]] = {
    ShiftOpened: shift_opened,
    CashMoved: cash_moved,
    DrawerOpened: drawer_opened,
    ShiftClosed: shift_closed,
}
