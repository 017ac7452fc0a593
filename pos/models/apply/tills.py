"""Stands planned, goods moved between stands, what tills saw of each other, conflicts settled."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy.dialects.sqlite import insert

from pos.events import (
    BoxTaken,
    ConflictSettled,
    Event,
    GoodsTransferred,
    PayerChosen,
    Seen,
    StandPlanned,
    TransferChecked,
)
from pos.models.apply.newest import holds
from pos.models.apply.numbers import take_number
from pos.models.apply.stock import Move, move_stock
from pos.models.entries import Entry
from pos.models.prepared import Cursor, Prepared, insert_into
from pos.models.stands import stands
from pos.models.tills import (
    settlements,
    shared_settings,
    sightings,
    transfer_check_lines,
    transfer_checks,
    transfer_lines,
    transfers,
)

_facts = ("code", "name", "address", "zone", "sample", "kind", "first_day", "last_day")
_stand = Prepared(
    insert(stands).on_conflict_do_update(
        index_elements=[stands.c.id],
        set_={name: getattr(insert(stands).excluded, name) for name in _facts},
    )
)
_sighting = Prepared(
    insert(sightings).on_conflict_do_update(
        index_elements=[sightings.c.till_no, sightings.c.seen_till],
        set_={
            "seq": insert(sightings).excluded.seq,
            "entry_id": insert(sightings).excluded.entry_id,
        },
    )
)
_shared = Prepared(
    insert(shared_settings).on_conflict_do_update(
        index_elements=[shared_settings.c.name],
        set_={"value": insert(shared_settings).excluded.value},
    )
)
_transfer = insert_into(transfers)
_transfer_line = insert_into(transfer_lines)
_check = insert_into(transfer_checks)
_check_line = insert_into(transfer_check_lines)
_settlement = insert_into(settlements)


def record_seen(cursor: Cursor, entry: Entry, seen: Iterable[Seen]) -> None:
    """How far the writer of this entry had the journals of others."""
    cursor.executemany(
        _sighting.sql, [(entry.till_no, other.till_no, other.seq, entry.id) for other in seen]
    )


def box_taken(cursor: Cursor, entry: Entry, event: BoxTaken) -> None:
    """Nothing but that: what the box held has its own entries."""
    record_seen(cursor, entry, event.seen)


def stand_planned(cursor: Cursor, entry: Entry, event: StandPlanned) -> None:
    """A stand that is to come, or new facts of one that is there."""
    if not holds(cursor, entry, event, ("stand", event.stand_id)):
        return
    cursor.execute(
        _stand.sql,
        (
            event.stand_id,
            event.code,
            event.name,
            "\n".join(event.address),
            event.zone,
            event.sample,
            event.kind,
            event.first_day,
            event.last_day,
        ),
    )


def goods_transferred(cursor: Cursor, entry: Entry, event: GoodsTransferred) -> None:
    """Off one shelf and onto the other in the same step, so that a piece is never counted twice."""
    take_number(cursor, entry.till_no, "transfer", event.number)
    cursor.execute(
        _transfer.sql,
        (
            event.transfer_id,
            entry.id,
            event.from_stand,
            event.to_stand,
            entry.till_no,
            event.number,
            entry.at,
            entry.business_date,
            entry.staff_id,
            event.note,
        ),
    )
    cursor.executemany(
        _transfer_line.sql,
        [
            (event.transfer_id, no, line.item_id, line.qty)
            for no, line in enumerate(event.lines, start=1)
        ],
    )
    moves = []
    for line in event.lines:
        moves.append(Move(event.from_stand, line.item_id, "transfer", -line.qty))
        moves.append(Move(event.to_stand, line.item_id, "transfer", line.qty))
    move_stock(cursor, entry.id, event.transfer_id, moves)


def transfer_checked(cursor: Cursor, entry: Entry, event: TransferChecked) -> None:
    """What was scanned where a transfer arrived."""
    cursor.execute(
        _check.sql,
        (event.check_id, entry.id, event.transfer_id, event.stand_id, entry.at, entry.staff_id),
    )
    cursor.executemany(
        _check_line.sql, [(event.check_id, line.item_id, line.qty) for line in event.lines]
    )


def payer_chosen(cursor: Cursor, entry: Entry, event: PayerChosen) -> None:
    """Who pays from now on."""
    if holds(cursor, entry, event, ("payer", 0)):
        cursor.execute(_shared.sql, ("payer", event.payer))


def conflict_settled(cursor: Cursor, entry: Entry, event: ConflictSettled) -> None:
    """The decision; what it means for stock or money was entered by itself."""
    cursor.execute(
        _settlement.sql,
        (
            event.settlement_id,
            entry.id,
            event.kind,
            event.subject_id,
            entry.at,
            entry.staff_id,
            entry.approver_id,
            event.decision,
        ),
    )


APPLY: dict[type[Event], Callable[[Cursor, Entry, Any], None]] = {
    BoxTaken: box_taken,
    StandPlanned: stand_planned,
    GoodsTransferred: goods_transferred,
    TransferChecked: transfer_checked,
    PayerChosen: payer_chosen,
    ConflictSettled: conflict_settled,
}
