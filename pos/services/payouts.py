"""Paying sellers, and taking a payout back on its day."""

import datetime as dt
from typing import Literal

import msgspec
from sqlalchemy import bindparam, select

from pos.errors import ApprovalNeededError, UserError
from pos.events import PaidOut, PayoutUndone
from pos.i18n import _
from pos.models.consignment import payouts
from pos.models.prepared import Prepared
from pos.money import rupiah
from pos.services.papers import paper_number
from pos.services.queries.statement import OpenAccount, StatementLine, StatementQueries
from pos.services.staff import Session
from pos.services.texts import one_line
from pos.services.unit_of_work import Transaction, UnitOfWork

STAMP_DUTY_ABOVE = 5_000_000
"""Rupiah; papers about more than this bear a stamp of Rp 10.000 (UU 10/2020 on bea meterai)."""

_payout = Prepared(
    select(payouts.c.seller_id, payouts.c.business_date, payouts.c.undone, payouts.c.number).where(
        payouts.c.id == bindparam("payout_id")
    )
)


class PayoutAsked(msgspec.Struct, frozen=True):
    """What to pay. `left_out` are the ids of lines in dispute; `until` limits to lines up to a day.

    `amount` None pays all of what is chosen.
    """

    seller_id: int
    method: Literal["cash", "transfer"] = "cash"
    reference: str = ""
    until: dt.date | None = None
    since: dt.date | None = None
    left_out: frozenset[int] = frozenset()
    amount: int | None = None
    note: str = ""


class CompletedPayout(msgspec.Struct, frozen=True):
    """A payout that is in the book (rupiah). `rest` is carried over to the next one."""

    payout_id: int
    number: str
    seller_id: int
    amount: int
    advance: int
    rest: int
    lines: tuple[StatementLine, ...]
    carried: int
    carried_from: str


class Payouts:
    """Commands about payouts."""

    def __init__(self, unit: UnitOfWork, statements: StatementQueries, stand_id: int) -> None:
        self._unit = unit
        self._statements = statements
        self._stand_id = stand_id

    def proposal(self, asked: PayoutAsked) -> tuple[OpenAccount, tuple[StatementLine, ...]]:
        """The open account, and the lines of it that this payout would settle."""
        account = self._statements.open_account(asked.seller_id)
        return account, _chosen(account, asked)

    def pay(self, asked: PayoutAsked, *, session: Session, approver_id: int = 0) -> CompletedPayout:
        """Pay a seller in one transaction.

        Raises UserError when nothing is due, ApprovalNeededError when more is asked for than is
        owed and no manager allowed the advance.
        """
        with self._unit.write() as tx:
            return self.pay_in(tx, asked, session=session, approver_id=approver_id)

    def pay_in(
        self, tx: Transaction, asked: PayoutAsked, *, session: Session, approver_id: int = 0
    ) -> CompletedPayout:
        """As pay, within a transaction of the caller's (a batch)."""
        account = self._statements.open_account(asked.seller_id, tx.cursor)
        chosen = _chosen(account, asked)
        worth = account.carried + sum(line.amount for line in chosen)
        owed = max(0, min(worth, account.due))
        amount = owed if asked.amount is None else asked.amount
        if amount <= 0:
            raise UserError(_("Nothing is due to this seller."), field="amount")
        if asked.method == "transfer" and not one_line(asked.reference):
            raise UserError(_("Type the reference of the transfer."), field="reference")
        advance = max(0, amount - owed)
        if advance and not session.is_manager and not approver_id:
            raise ApprovalNeededError(
                _("{amount} more than is owed. A manager can allow it as an advance.").format(
                    amount=rupiah(advance)
                ),
                action="advance",
            )
        settled = {line.line_id for line in chosen}
        seen = (*account.lines, *account.pending)
        upto_id = max((line.line_id for line in seen), default=0)
        upto_id = max(upto_id, self._settled_so_far(tx, asked.seller_id))
        event = PaidOut(
            payout_id=tx.new_id(),
            stand_id=self._stand_id,
            seller_id=asked.seller_id,
            number=tx.next_number("payout"),
            method=asked.method,
            reference=one_line(asked.reference),
            amount=amount,
            advance=advance,
            upto_id=upto_id,
            left_out=tuple(line.line_id for line in seen if line.line_id not in settled),
            note=one_line(asked.note),
        )
        tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
        tx.changed("sellers")
        return CompletedPayout(
            payout_id=event.payout_id,
            number=paper_number("S", event.number),
            seller_id=asked.seller_id,
            amount=amount,
            advance=advance,
            rest=worth - amount,
            lines=chosen,
            carried=account.carried,
            carried_from=account.carried_from,
        )

    def undo(self, payout_id: int, *, reason: str, session: Session, approver_id: int = 0) -> None:
        """Take the seller's last payout back, on its business day, by a counter-entry."""
        with self._unit.write() as tx:
            row = _payout.one(tx.cursor, payout_id=payout_id)
            if row is None:
                raise KeyError(payout_id)
            seller_id, date, undone, _number = row
            if undone:
                raise UserError(_("This payout was taken back already."))
            if date != tx.business_date:
                raise UserError(_("A payout can be taken back on its own day only."))
            last = self._statements.last_payout(seller_id)
            if last is None or last.payout_id != payout_id:
                raise UserError(_("Take back the later payout first."))
            event = PayoutUndone(
                undo_id=tx.new_id(),
                payout_id=payout_id,
                stand_id=self._stand_id,
                seller_id=seller_id,
                reason=one_line(reason),
            )
            tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            tx.changed("sellers")

    def _settled_so_far(self, tx: Transaction, seller_id: int) -> int:
        row = _upto.one(tx.cursor, seller_id=seller_id)
        return int(row[0]) if row else 0


_upto = Prepared(
    select(payouts.c.upto_id)
    .where(payouts.c.seller_id == bindparam("seller_id"), payouts.c.undone == 0)
    .order_by(payouts.c.id.desc())
    .limit(1)
)


def _chosen(account: OpenAccount, asked: PayoutAsked) -> tuple[StatementLine, ...]:
    return tuple(
        line
        for line in account.lines
        if line.line_id not in asked.left_out
        and (asked.until is None or line.business_date <= asked.until)
        and (asked.since is None or line.business_date >= asked.since)
    )
