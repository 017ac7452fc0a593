"""Between the stand and the sellers."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import bindparam, update

from pos.events import (
    CorrectedLine,
    Event,
    GoodsLost,
    GoodsWithdrawn,
    ItemsImported,
    LostLine,
    PaidOut,
    PayoutUndone,
    SellerChanged,
    SellerPinChanged,
    SellersImported,
    StockCorrected,
    StockCounted,
    UnrecordedLine,
)
from pos.ids import till_of
from pos.models.apply import search, sums
from pos.models.apply.catalog import item_added, seller_added, terms_agreed
from pos.models.apply.newest import holds
from pos.models.apply.numbers import take_number
from pos.models.apply.stock import Move, move_stock
from pos.models.catalog import sellers
from pos.models.consignment import (
    corrections,
    count_missing,
    loss_lines,
    losses,
    payout_left_out,
    payout_undos,
    payouts,
    stock_counts,
    unrecorded_lines,
    withdrawal_lines,
    withdrawals,
)
from pos.models.entries import Entry
from pos.models.ledger import Leg, post
from pos.models.prepared import Cursor, Prepared, insert_into
from pos.models.tills import payout_reach

_withdrawal = insert_into(withdrawals)
_withdrawal_line = insert_into(withdrawal_lines)
_losses = insert_into(losses)
_loss = insert_into(loss_lines)
_correction = insert_into(corrections)
_missing = insert_into(count_missing)
_unrecorded = insert_into(unrecorded_lines)
_count = insert_into(stock_counts)
_payout = insert_into(payouts)
_left_out = insert_into(payout_left_out)
_reach = insert_into(payout_reach)
_undo = insert_into(payout_undos)
_undone = Prepared(update(payouts).where(payouts.c.id == bindparam("payout_id")).values(undone=1))
_seller = Prepared(
    update(sellers)
    .where(sellers.c.id == bindparam("seller_id"))
    .values(
        workshop=bindparam("new_workshop"),
        cluster_id=bindparam("new_cluster"),
        active=bindparam("new_active"),
        loss_bearer=bindparam("new_bearer"),
        loss_basis=bindparam("new_basis"),
    )
)
_items_of = "SELECT id FROM items WHERE seller_id = ?"


def seller_changed(cursor: Cursor, entry: Entry, event: SellerChanged) -> None:
    """The card; the workshop's name is in the search index of each of its items."""
    if not holds(cursor, entry, event, ("seller", event.seller_id)):
        return
    cursor.execute(_items_of, (event.seller_id,))
    owned = [row[0] for row in cursor.fetchall()]
    for item_id in owned:
        search.forget_item(cursor, item_id)
    _seller.run(
        cursor,
        seller_id=event.seller_id,
        new_workshop=event.workshop,
        new_cluster=event.cluster_id,
        new_active=int(event.active),
        new_bearer=event.loss_bearer,
        new_basis=event.loss_basis,
    )
    for item_id in owned:
        search.index_item(cursor, item_id)


def seller_pin_changed(_cursor: Cursor, _entry: Entry, _event: SellerPinChanged) -> None:
    """Leaves its trace in the journal only: PINs are local to a machine."""


def sellers_imported(cursor: Cursor, entry: Entry, event: SellersImported) -> None:
    """Each as if entered by hand."""
    for seller in event.sellers:
        seller_added(cursor, entry, seller)
    for agreed in event.terms:
        terms_agreed(cursor, entry, agreed)


def items_imported(cursor: Cursor, entry: Entry, event: ItemsImported) -> None:
    """Each as if entered by hand."""
    for item in event.items:
        item_added(cursor, entry, item)
    for agreed in event.terms:
        terms_agreed(cursor, entry, agreed)


def goods_withdrawn(cursor: Cursor, entry: Entry, event: GoodsWithdrawn) -> None:
    """The slip, and pieces off the shelf."""
    take_number(cursor, entry.till_no, "withdrawal", event.number)
    cursor.execute(
        _withdrawal.sql,
        (
            event.withdrawal_id,
            entry.id,
            event.stand_id,
            event.seller_id,
            entry.till_no,
            event.number,
            entry.at,
            entry.business_date,
            event.reason,
            event.channel,
            event.note,
        ),
    )
    cursor.executemany(
        _withdrawal_line.sql,
        [
            (event.withdrawal_id, no, line.item_id, line.qty, line.online_price)
            for no, line in enumerate(event.lines, start=1)
        ],
    )
    moves = [Move(event.stand_id, line.item_id, "withdrawal", -line.qty) for line in event.lines]
    move_stock(cursor, entry.id, event.withdrawal_id, moves)


def goods_lost(cursor: Cursor, entry: Entry, event: GoodsLost) -> None:
    """Pieces off the shelf, and what the stand owes for them."""
    take_number(cursor, entry.till_no, "loss", event.number)
    cursor.execute(
        _losses.sql,
        (
            event.loss_id,
            entry.id,
            event.stand_id,
            entry.till_no,
            event.number,
            entry.at,
            entry.business_date,
            event.reason,
        ),
    )
    _lose(cursor, entry, event.loss_id, event.stand_id, event.lines)
    move_stock(cursor, entry.id, event.loss_id, _loss_moves(event.stand_id, event.lines))
    post(cursor, entry.id, _loss_legs(event.stand_id, event.lines))


def stock_corrected(cursor: Cursor, entry: Entry, event: StockCorrected) -> None:
    """The count as it really is."""
    cursor.execute(
        _correction.sql,
        (
            event.correction_id,
            entry.id,
            event.stand_id,
            entry.at,
            entry.business_date,
            event.reason,
        ),
    )
    moves = _correction_moves(event.stand_id, event.lines)
    move_stock(cursor, entry.id, event.correction_id, moves)


def stock_counted(cursor: Cursor, entry: Entry, event: StockCounted) -> None:
    """A count with what came out of it: losses, corrections, pieces sold unrecorded.

    What was sold unrecorded left its money in the drawer, where it shows as too much; the same
    account (over_short) is where the seller's share and the commission come from.
    """
    stand = event.stand_id
    take_number(cursor, entry.till_no, "stock_count", event.number)
    cursor.execute(
        _count.sql,
        (
            event.count_id,
            entry.id,
            stand,
            entry.till_no,
            event.number,
            event.seller_id,
            event.started_at,
            entry.at,
            entry.business_date,
            event.counted,
        ),
    )
    cursor.executemany(
        _missing.sql, [(event.count_id, line.item_id, line.qty) for line in event.missing]
    )
    _lose(cursor, entry, event.count_id, stand, event.lost)
    cursor.executemany(
        _unrecorded.sql,
        [
            (
                line.line_id,
                entry.id,
                event.count_id,
                stand,
                line.item_id,
                line.seller_id,
                entry.at,
                entry.business_date,
                line.qty,
                line.share,
                line.commission,
            )
            for line in event.unrecorded
        ],
    )
    moves = [
        *_loss_moves(stand, event.lost),
        *_correction_moves(stand, event.corrected),
        *(Move(stand, line.item_id, "sale", -line.qty) for line in event.unrecorded),
    ]
    move_stock(cursor, entry.id, event.count_id, moves)
    legs = [*_loss_legs(stand, event.lost), *_unrecorded_legs(stand, event.unrecorded)]
    post(cursor, entry.id, legs)
    sums.unrecorded(cursor, entry, stand, map(_found_sold, event.unrecorded))


def paid_out(cursor: Cursor, entry: Entry, event: PaidOut) -> None:
    """Money to a seller; the lines it settles are those up to `upto_id` but the ones left out."""
    take_number(cursor, entry.till_no, "payout", event.number)
    cursor.execute(
        _payout.sql,
        (
            event.payout_id,
            entry.id,
            event.stand_id,
            event.seller_id,
            entry.till_no,
            event.number,
            entry.at,
            entry.business_date,
            event.method,
            event.reference,
            event.amount,
            event.advance,
            event.upto_id,
            event.note,
            0,
        ),
    )
    cursor.executemany(_left_out.sql, [(event.payout_id, line) for line in event.left_out])
    reach = {till_of(upto): upto for upto in (event.upto_id, *event.also_upto) if upto}
    cursor.executemany(
        _reach.sql, [(event.payout_id, till_no, upto) for till_no, upto in reach.items()]
    )
    post(cursor, entry.id, _payout_legs(entry.till_no, event, event.amount))
    sums.seller_paid(cursor, entry, event.stand_id, event.seller_id, event.amount)


def payout_undone(cursor: Cursor, entry: Entry, event: PayoutUndone) -> None:
    """The counter-entry: the same legs the other way round, and its lines are open again."""
    cursor.execute(
        _undo.sql,
        (
            event.undo_id,
            entry.id,
            event.payout_id,
            event.seller_id,
            entry.at,
            entry.business_date,
            event.reason,
        ),
    )
    _undone.run(cursor, payout_id=event.payout_id)
    cursor.execute(
        "SELECT account, stand_id, subject_id, amount FROM postings WHERE entry_id = "
        "(SELECT entry_id FROM payouts WHERE id = ?)",
        (event.payout_id,),
    )
    legs = [
        Leg(account, stand_id, subject_id, -amount)
        for account, stand_id, subject_id, amount in cursor.fetchall()
    ]
    post(cursor, entry.id, legs)
    paid_back = sum(leg.amount for leg in legs if leg.account == "seller")
    sums.seller_paid(cursor, entry, event.stand_id, event.seller_id, paid_back)


def _payout_legs(till_no: int, event: PaidOut, amount: int) -> list[Leg]:
    """Where another stand pays, its office lends it to the one that owes."""
    subject = till_no if event.method == "cash" else 0
    payer = event.paid_by_stand or event.stand_id
    legs = [
        Leg("seller", event.stand_id, event.seller_id, amount),
        Leg(event.method, payer, subject, -amount),
    ]
    if payer != event.stand_id:
        legs += [
            Leg("office", event.stand_id, 0, -amount),
            Leg("office", payer, 0, amount),
        ]
    return legs


def _lose(
    cursor: Cursor,
    entry: Entry,
    document_id: int,
    stand_id: int,
    lines: Iterable[LostLine],
) -> None:
    cursor.executemany(
        _loss.sql,
        [
            (
                line.line_id,
                entry.id,
                document_id,
                stand_id,
                line.item_id,
                line.seller_id,
                entry.at,
                entry.business_date,
                line.kind,
                line.qty,
                line.bearer,
                line.basis,
                line.owed,
            )
            for line in lines
        ],
    )
    for line in lines:
        sums.compensated(cursor, entry, stand_id, line.seller_id, line.owed)


def _unrecorded_legs(stand_id: int, lines: Iterable[UnrecordedLine]) -> Iterator[Leg]:
    for line in lines:
        yield Leg("seller", stand_id, line.seller_id, -line.share)
        yield Leg("commission", stand_id, 0, -line.commission)
        yield Leg("over_short", stand_id, 0, line.share + line.commission)


def _found_sold(line: UnrecordedLine) -> sums.Moved:
    price = line.share + line.commission
    return sums.Moved(
        line.item_id, line.seller_id, line.qty, 0, price, 0, 0, line.commission, line.share
    )


def _loss_moves(stand_id: int, lines: Iterable[LostLine]) -> list[Move]:
    return [Move(stand_id, line.item_id, line.kind, -line.qty) for line in lines]


def _correction_moves(stand_id: int, lines: Iterable[CorrectedLine]) -> list[Move]:
    return [Move(stand_id, line.item_id, "correction", line.qty) for line in lines]


def _loss_legs(stand_id: int, lines: Iterable[LostLine]) -> list[Leg]:
    legs = []
    for line in lines:
        legs.append(Leg("seller", stand_id, line.seller_id, -line.owed))
        legs.append(Leg("losses", stand_id, 0, line.owed))
    return legs


APPLY: dict[type[Event], Callable[[Cursor, Entry, Any], None]] = {
    SellerChanged: seller_changed,
    SellerPinChanged: seller_pin_changed,
    SellersImported: sellers_imported,
    ItemsImported: items_imported,
    GoodsWithdrawn: goods_withdrawn,
    GoodsLost: goods_lost,
    StockCorrected: stock_corrected,
    StockCounted: stock_counted,
    PaidOut: paid_out,
    PayoutUndone: payout_undone,
}
