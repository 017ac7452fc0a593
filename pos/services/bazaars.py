"""Stands that move: planned, reconciled when they come home; who pays; what tills contradict in."""

import datetime as dt
import re
from collections.abc import Iterable

import msgspec
from sqlalchemy import bindparam, select

from pos.errors import ApprovalNeededError, UserError
from pos.events import (
    ConflictSettled,
    CorrectedLine,
    GoodsLost,
    PayerChosen,
    StandPlanned,
    StockCorrected,
)
from pos.events.tills import ConflictKind
from pos.i18n import _
from pos.models.catalog import items, stock
from pos.models.prepared import Prepared
from pos.models.stands import stands, tills
from pos.services.goods import checked_name
from pos.services.losses import Losses
from pos.services.queries.conflicts import ConflictQueries
from pos.services.queries.others import OtherQueries
from pos.services.staff import Session
from pos.services.stock import LossAsked, needs_reason, not_so_many
from pos.services.unit_of_work import Transaction, UnitOfWork

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,5}")
_codes = Prepared(select(stands.c.id).where(stands.c.code == bindparam("code")))
_facts = Prepared(
    select(stands.c.code, stands.c.zone, stands.c.sample, stands.c.kind).where(
        stands.c.id == bindparam("stand_id")
    )
)
_till = Prepared(select(tills.c.till_no).where(tills.c.till_no == bindparam("till_no")))
_left = Prepared(
    select(items.c.name, stock.c.on_hand)
    .select_from(stock.join(items, items.c.id == stock.c.item_id))
    .where(stock.c.stand_id == bindparam("stand_id"), stock.c.item_id == bindparam("item_id"))
)

_short = Prepared(
    select(stock.c.stand_id, stock.c.on_hand)
    .where(stock.c.item_id == bindparam("item_id"), stock.c.on_hand < 0)
    .order_by(stock.c.stand_id)
)


class BazaarPlan(msgspec.Struct, frozen=True):
    """A stand that moves, as staff enter it."""

    name: str
    code: str
    place: str
    first_day: dt.date
    last_day: dt.date


class Bazaars:
    """Commands about other stands; the reads are those of OtherQueries and ConflictQueries."""

    def __init__(
        self,
        unit: UnitOfWork,
        others: OtherQueries,
        conflicts: ConflictQueries,
        losses: Losses,
        *,
        stand_id: int,
        zone: str,
    ) -> None:
        self._unit = unit
        self._others = others
        self._losses = losses
        self._stand_id = stand_id
        self._zone = zone
        self.stands = others.stands
        self.payer = others.payer
        self.dues = others.dues
        self.seller_by_stand = others.seller_by_stand
        self.conflicts = conflicts.open

    def plan(self, asked: BazaarPlan, *, session: Session, approver_id: int = 0) -> int:
        """A new bazaar's id. Raises UserError, ApprovalNeededError without a manager."""
        _needs_manager(session, approver_id)
        with self._unit.write() as tx:
            if _codes.one(tx.cursor, code=asked.code) is not None:
                raise UserError(_("Another stand has this code. Choose another."), field="code")
            stand_id = tx.new_id()
            event = self._planned(tx, stand_id, asked)
            tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            tx.changed("stands")
        return stand_id

    def change(
        self, stand_id: int, asked: BazaarPlan, *, session: Session, approver_id: int = 0
    ) -> None:
        """Other days, place or name; the code, which stands on papers, remains."""
        _needs_manager(session, approver_id)
        with self._unit.write() as tx:
            row = _facts.one(tx.cursor, stand_id=stand_id)
            if row is None or row[3] != "bazaar":
                raise KeyError(stand_id)
            event = self._planned(tx, stand_id, msgspec.structs.replace(asked, code=row[0]))
            tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            tx.changed("stands")

    def write_off(
        self,
        stand_id: int,
        lines: Iterable[LossAsked],
        *,
        reason: str,
        session: Session,
        approver_id: int = 0,
    ) -> int:
        """Pieces that a bazaar had and nobody found: lost there; the loss's id.

        Their sellers are owed by that stand what their rule says.
        """
        _needs_manager(session, approver_id)
        said = needs_reason(reason)
        asked = tuple(lines)
        if not asked or any(line.qty <= 0 for line in asked):
            raise UserError(_("Type how many pieces."), field="qty")
        with self._unit.write() as tx:
            for line in asked:
                name, left = _left.one(tx.cursor, stand_id=stand_id, item_id=line.item_id) or (
                    "?",
                    0,
                )
                if line.qty > left:
                    raise not_so_many(name, left)
            event = GoodsLost(
                loss_id=tx.new_id(),
                stand_id=stand_id,
                number=tx.next_number("loss"),
                reason=said,
                lines=tuple(
                    self._losses.line(tx, line.item_id, line.qty, line.kind) for line in asked
                ),
            )
            tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            tx.changed("stock", "items", "sellers")
        return event.loss_id

    def choose_payer(self, till_no: int, *, session: Session, approver_id: int = 0) -> None:
        """Let one till pay for all stands, and no other; 0: each stand pays what it sold."""
        _needs_manager(session, approver_id)
        with self._unit.write() as tx:
            if till_no and _till.one(tx.cursor, till_no=till_no) is None:
                raise UserError(_("Choose a till."), field="payer")
            tx.append(
                PayerChosen(payer=till_no), staff_id=session.staff_id, approver_id=approver_id
            )
            tx.changed("stands", "sellers")

    def settle(
        self,
        kind: ConflictKind,
        subject_id: int,
        decision: str,
        *,
        session: Session,
        approver_id: int = 0,
    ) -> None:
        """A manager's decision about a conflict, in words; it leaves the list."""
        _needs_manager(session, approver_id)
        said = needs_reason(decision)
        with self._unit.write() as tx:
            event = ConflictSettled(
                settlement_id=tx.new_id(), kind=kind, subject_id=subject_id, decision=said
            )
            tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            tx.changed("stands")

    def two_pieces(self, item_id: int, *, session: Session, approver_id: int = 0) -> None:
        """There were as many pieces as were sold: where the book has too few, it is set right.

        The sellers keep what each sale brought them.
        """
        _needs_manager(session, approver_id)
        said = _("There were two pieces under one label.")
        with self._unit.write() as tx:
            short = _short.all(tx.cursor, item_id=item_id)
            if not short:
                raise UserError(_("This is settled already."))
            for stand_id, on_hand in short:
                correction = StockCorrected(
                    correction_id=tx.new_id(),
                    stand_id=stand_id,
                    reason=said,
                    lines=(CorrectedLine(item_id, -on_hand),),
                )
                tx.append(correction, staff_id=session.staff_id, approver_id=approver_id)
            event = ConflictSettled(
                settlement_id=tx.new_id(), kind="sold_twice", subject_id=item_id, decision=said
            )
            tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            tx.changed("stands", "stock", "items")

    def _planned(self, tx: Transaction, stand_id: int, asked: BazaarPlan) -> StandPlanned:
        if not _CODE.fullmatch(asked.code):
            raise UserError(
                _("A code has 2 to 6 capital letters and digits and begins with a letter."),
                field="code",
            )
        if asked.last_day < asked.first_day:
            raise UserError(_("The last day is before the first."), field="last_day")
        sample = _facts.one(tx.cursor, stand_id=self._stand_id)
        return StandPlanned(
            stand_id=stand_id,
            code=asked.code,
            name=checked_name(asked.name),
            kind="bazaar",
            address=tuple(line.strip() for line in asked.place.splitlines() if line.strip()),
            zone=self._zone,
            first_day=asked.first_day.isoformat(),
            last_day=asked.last_day.isoformat(),
            sample=bool(sample and sample[2]),
        )


def _needs_manager(session: Session, approver_id: int) -> None:
    if not session.is_manager and not approver_id:
        raise ApprovalNeededError(_("Only a manager can do this."), action="stands")
