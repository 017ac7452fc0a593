"""Paying sellers, and taking a payout back on its day."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec
from sqlalchemy import bindparam, select

from pos.errors import ApprovalNeededError, UserError
from pos.events import PaidOut, PayoutUndone
from pos.i18n import _
from pos.ids import till_of
from pos.models.consignment import payouts
from pos.models.prepared import Prepared
from pos.models.stands import stands, tills
from pos.models.tills import shared_settings
from pos.money import rupiah
from pos.services.papers import paper_number
from pos.services.queries.open_lines import reach
from pos.services.queries.statement import OpenAccount, StatementLine, StatementQueries
from pos.services.staff import Session
from pos.services.texts import one_line
from pos.services.unit_of_work import Transaction, UnitOfWork

STAMP_DUTY_ABOVE = 5_000_000
"""Rupiah; papers about more than this bear a stamp of Rp 10.000 (UU 10/2020 on bea meterai)."""

_payout = Prepared(
    select(
        payouts.c.seller_id,
        payouts.c.business_date,
        payouts.c.undone,
        payouts.c.till_no,
        payouts.c.stand_id,
    ).where(payouts.c.id == bindparam("payout_id"))
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
    stand_id: int = 0
    """The stand whose debt this is, where it is not this till's: the payer pays for all."""


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
        account = self._statements.open_account(asked.seller_id, stand_id=asked.stand_id)
        return account, chosen(account, asked)

    def payer(self) -> int:
        """The till that pays for all stands, or 0."""
        row = _payer.one(self._unit.book.reader())
        return int(row[0]) if row else 0

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
        stand = asked.stand_id or self._stand_id
        self._check_payer(tx, stand)
        account = self._statements.open_account(asked.seller_id, tx.cursor, stand_id=stand)
        lines = chosen(account, asked)
        worth = account.carried + sum(line.amount for line in lines)
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
        settled = {line.line_id for line in lines}
        reached = _reach(tx, asked.seller_id, stand, lines)
        passed_over = tuple(
            line.line_id
            for line in (*account.lines, *account.pending)
            if line.line_id not in settled and line.line_id <= reached.get(till_of(line.line_id), 0)
        )
        event = PaidOut(
            payout_id=tx.new_id(),
            stand_id=stand,
            seller_id=asked.seller_id,
            number=tx.next_number("payout"),
            method=asked.method,
            reference=one_line(asked.reference),
            amount=amount,
            advance=advance,
            upto_id=reached.pop(self._unit.till_no, 0),
            also_upto=tuple(sorted(reached.values())),
            paid_by_stand=self._stand_id if stand != self._stand_id else 0,
            left_out=passed_over,
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
            lines=lines,
            carried=account.carried,
            carried_from=account.carried_from,
        )

    def pay_some(
        self, asked: Sequence[PayoutAsked], *, session: Session, enough: Callable[[], bool]
    ) -> list[CompletedPayout | UserError]:
        """Pay one seller after the other in one transaction, with one sync for all of them.

        Who can't be paid is passed over, with the reason in their place. Ends before the next
        one when `enough` says so, so that the answer may be shorter than what was asked; the
        first is always tried. When the transaction fails nobody is paid, and that is raised.
        """
        done: list[CompletedPayout | UserError] = []
        with self._unit.write() as tx:
            for one in asked:
                try:
                    done.append(self.pay_in(tx, one, session=session))
                except UserError as error:
                    done.append(error)
                if enough():
                    break
        return done

    def undo(self, payout_id: int, *, reason: str, session: Session, approver_id: int = 0) -> None:
        """Take the seller's last payout back, on its business day, by a counter-entry."""
        with self._unit.write() as tx:
            row = _payout.one(tx.cursor, payout_id=payout_id)
            if row is None:
                raise KeyError(payout_id)
            seller_id, date, undone, till_no, stand_id = row
            if till_no != self._unit.till_no:
                raise UserError(_("The till that paid it can take it back."))
            if undone:
                raise UserError(_("This payout was taken back already."))
            if date != tx.business_date:
                raise UserError(_("A payout can be taken back on its own day only."))
            last = self._statements.last_payout(seller_id, stand_id=stand_id)
            if last is None or last.payout_id != payout_id:
                raise UserError(_("Take back the later payout first."))
            event = PayoutUndone(
                undo_id=tx.new_id(),
                payout_id=payout_id,
                stand_id=stand_id,
                seller_id=seller_id,
                reason=one_line(reason),
            )
            tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            tx.changed("sellers")

    def _check_payer(self, tx: Transaction, stand_id: int) -> None:
        """Each stand pays what it sold, unless one till was chosen to pay for all."""
        row = _payer.one(tx.cursor)
        payer = int(row[0]) if row else 0
        if payer and payer != self._unit.till_no:
            known = _payer_name.one(tx.cursor, till_no=payer) or ("?", "?")
            raise UserError(
                _("Only till {till} at {stand} pays sellers now.").format(
                    till=known[0], stand=known[1]
                )
            )
        if stand_id != self._stand_id and not payer:
            raise UserError(_("Each stand pays for what it sold itself."))


def _reach(
    tx: Transaction, seller_id: int, stand_id: int, lines: tuple[StatementLine, ...]
) -> dict[int, int]:
    """The last id of each till that is settled after this payout."""
    reached: dict[int, int] = dict(reach.all(tx.cursor, seller_id=seller_id, stand_id=stand_id))
    for line in lines:
        till_no = till_of(line.line_id)
        reached[till_no] = max(reached.get(till_no, 0), line.line_id)
    return reached


_payer = Prepared(select(shared_settings.c.value).where(shared_settings.c.name == "payer"))
_payer_name = Prepared(
    select(tills.c.code, stands.c.name)
    .select_from(tills.join(stands, stands.c.id == tills.c.stand_id))
    .where(tills.c.till_no == bindparam("till_no"))
)


def chosen(account: OpenAccount, asked: PayoutAsked) -> tuple[StatementLine, ...]:
    """The lines of an account that a payout would settle."""
    return tuple(
        line
        for line in account.lines
        if line.line_id not in asked.left_out
        and (asked.until is None or line.business_date <= asked.until)
        and (asked.since is None or line.business_date >= asked.since)
    )
