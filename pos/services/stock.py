"""What leaves the shelf other than by sale: withdrawals, losses and damages, corrections."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import get_args

import msgspec
from sqlalchemy import bindparam, select

from pos.errors import ApprovalNeededError, UserError
from pos.events import CorrectedLine, GoodsLost, GoodsWithdrawn, StockCorrected, WithdrawnLine
from pos.events.consignment import Channel, LossKind, WithdrawalReason
from pos.i18n import _
from pos.models.catalog import items
from pos.models.prepared import Prepared
from pos.money import MAX_AMOUNT
from pos.services.losses import Losses, LossValue
from pos.services.queries.ageing import AgeingQueries, AgeRow
from pos.services.queries.slips import LossSlip, SlipQueries, WithdrawalSlip
from pos.services.queries.stock import StockQueries
from pos.services.staff import Session
from pos.services.texts import one_line
from pos.services.unit_of_work import Transaction, UnitOfWork

MAX_NOTE = 200
MAX_PIECES = 9_999
_item = Prepared(
    select(items.c.seller_id, items.c.kind, items.c.name).where(items.c.id == bindparam("item_id"))
)


class LossAsked(msgspec.Struct, frozen=True):
    """Pieces of one item that are lost, or damaged beyond sale."""

    item_id: int
    qty: int
    kind: LossKind = "loss"


class Stock:
    """Commands and reads about the shelf."""

    def __init__(
        self,
        unit: UnitOfWork,
        queries: StockQueries,
        slips: SlipQueries,
        ages: AgeingQueries,
        losses: Losses,
        *,
        stand_id: int,
        today: Callable[[], dt.date],
    ) -> None:
        self._unit = unit
        self._queries = queries
        self._slips = slips
        self._ages = ages
        self._losses = losses
        self._stand_id = stand_id
        self._today = today
        self.on_hand = queries.on_hand
        self.on_shelf = queries.on_shelf
        self.moves = queries.moves
        self.withdrawal = slips.withdrawal
        self.withdrawals = slips.withdrawals
        self.loss = slips.loss

    def ageing(self, *, seller_id: int = 0, least_days: int = 0) -> tuple[AgeRow, ...]:
        """What is on the shelf for long or past its day of return, the oldest first."""
        return self._ages.ageing(self._today(), seller_id=seller_id, least_days=least_days)

    def withdraw(
        self,
        seller_id: int,
        lines: tuple[WithdrawnLine, ...],
        *,
        reason: WithdrawalReason,
        by: int,
        channel: Channel = "",
        note: str = "",
    ) -> WithdrawalSlip:
        """Give pieces back to their seller. Raises UserError for more than is on hand."""
        _check_reason(reason, channel, lines)
        with self._unit.write() as tx:
            self._check_off_shelf(tx, [(line.item_id, line.qty) for line in lines], seller_id)
            event = GoodsWithdrawn(
                withdrawal_id=tx.new_id(),
                stand_id=self._stand_id,
                seller_id=seller_id,
                number=tx.next_number("withdrawal"),
                reason=reason,
                channel=channel,
                note=checked_note(note, "note"),
                lines=lines,
            )
            tx.append(event, staff_id=by)
            tx.changed("stock", "items")
        return self._slips.withdrawal(event.withdrawal_id)

    def loss_value(self, item_id: int, qty: int) -> LossValue:
        """What losing pieces today would come to; nothing is written."""
        return self._losses.value(self._unit.book.reader(), item_id, qty, self._today())

    def lose(
        self,
        lines: tuple[LossAsked, ...],
        *,
        reason: str,
        session: Session,
        approver_id: int = 0,
    ) -> LossSlip:
        """Write pieces off and owe their sellers what their rule says.

        Raises ApprovalNeededError without a manager, UserError for more than is on hand.
        """
        needs_manager(session, approver_id)
        said = needs_reason(reason)
        with self._unit.write() as tx:
            self._check_off_shelf(tx, [(line.item_id, line.qty) for line in lines])
            event = GoodsLost(
                loss_id=tx.new_id(),
                stand_id=self._stand_id,
                number=tx.next_number("loss"),
                reason=said,
                lines=tuple(
                    self._losses.line(tx, line.item_id, line.qty, line.kind) for line in lines
                ),
            )
            tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            tx.changed("stock", "items", "sellers")
        return self._slips.loss(event.loss_id)

    def correct(
        self,
        lines: tuple[CorrectedLine, ...],
        *,
        reason: str,
        session: Session,
        approver_id: int = 0,
    ) -> None:
        """Set the book's count right; nobody owes anybody anything for it.

        Raises ApprovalNeededError without a manager, UserError where a count would fall below
        zero.
        """
        needs_manager(session, approver_id)
        said = needs_reason(reason)
        if not lines or any(not 0 < abs(line.qty) <= MAX_PIECES for line in lines):
            raise UserError(_("Type how many pieces more or fewer there are."), field="qty")
        _check_once(line.item_id for line in lines)
        with self._unit.write() as tx:
            for line in lines:
                self._check_correction(tx, line)
            event = StockCorrected(
                correction_id=tx.new_id(), stand_id=self._stand_id, reason=said, lines=lines
            )
            tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            tx.changed("stock", "items")

    # -- checks ------------------------------------------------------------------------

    def _check_off_shelf(
        self, tx: Transaction, taken: list[tuple[int, int]], seller_id: int | None = None
    ) -> None:
        if not taken or any(not 0 < qty <= MAX_PIECES for _item_id, qty in taken):
            raise UserError(_("Type how many pieces."), field="qty")
        _check_once(item_id for item_id, _qty in taken)
        for item_id, qty in taken:
            owner, _kind, name = _row(tx, item_id)
            if seller_id is not None and owner != seller_id:
                raise UserError(
                    _("{name} belongs to another seller.").format(name=name), field="lines"
                )
            on_hand = self._queries.on_hand(item_id, tx.cursor)
            if qty > on_hand:
                raise not_so_many(name, on_hand)

    def _check_correction(self, tx: Transaction, line: CorrectedLine) -> None:
        _owner, kind, name = _row(tx, line.item_id)
        after = self._queries.on_hand(line.item_id, tx.cursor) + line.qty
        if line.qty < 0 and after < 0:
            raise not_so_many(name, after - line.qty)
        if kind == "made_to_order" or (kind == "unique" and after > 1):
            raise UserError(
                _("There can't be so many pieces of {name}.").format(name=name), field="qty"
            )


def needs_manager(session: Session, approver_id: int) -> None:
    """Raises ApprovalNeededError unless a manager does it or allowed it."""
    if not session.is_manager and not approver_id:
        raise ApprovalNeededError(_("Only a manager can change the count."), action="stock")


def needs_reason(reason: str) -> str:
    """A reason as one line. Raises UserError without one."""
    said = checked_note(reason, "reason")
    if not said:
        raise UserError(_("Type the reason."), field="reason")
    return said


def checked_note(note: str, field: str) -> str:
    """A note as one line. Raises UserError when it is too long."""
    cleaned = one_line(note, MAX_NOTE + 1)
    if len(cleaned) > MAX_NOTE:
        raise UserError(_("Type at most {count} letters here.").format(count=MAX_NOTE), field=field)
    return cleaned


def not_so_many(name: str, on_hand: int) -> UserError:
    """What is said when more should leave than is there."""
    return UserError(
        _("Only {count} of {name} are on hand.").format(count=max(0, on_hand), name=name),
        field="qty",
    )


def _row(tx: Transaction, item_id: int) -> tuple[int, str, str]:
    row = _item.one(tx.cursor, item_id=item_id)
    if row is None:
        raise KeyError(item_id)
    return row[0], row[1], row[2]


def _check_once(item_ids: Iterable[int]) -> None:
    seen = list(item_ids)
    if len(set(seen)) != len(seen):
        raise UserError(_("Each item once, please."), field="lines")


def _check_reason(
    reason: WithdrawalReason, channel: Channel, lines: tuple[WithdrawnLine, ...]
) -> None:
    if reason not in get_args(WithdrawalReason):
        raise UserError(_("Choose a reason."), field="reason")
    if (reason == "online") != bool(channel) or channel not in get_args(Channel):
        raise UserError(_("Choose where it was sold online."), field="channel")
    for line in lines:
        if not 0 <= line.online_price <= MAX_AMOUNT or (line.online_price and reason != "online"):
            raise UserError(_("Type the price at which it was sold."), field="online_price")
