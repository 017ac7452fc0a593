"""Paying one seller: what is in it, what is left out, how much, how. No widgets."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from pos.errors import TitipError, UserError
from pos.i18n import _
from pos.money import rupiah
from pos.receipts.documents_consignment import STAMP_DUTY_ABOVE
from pos.services.payouts import CompletedPayout, PayoutAsked, chosen
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.services.queries.statement import OpenAccount, StatementLine
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate

Choice = Literal["everything", "yesterday", "month", "last_month", "days"]
CHOICES: tuple[Choice, ...] = ("everything", "yesterday", "month", "last_month", "days")
Method = Literal["cash", "transfer"]
LONG = 500
"""Lines sold; reading more than that would hold up the screen, so it is done beside it."""


@dataclass(frozen=True)
class PayState:
    """What is chosen so far. `amount` None pays all that is owed."""

    choice: Choice = "everything"
    since: dt.date | None = None
    until: dt.date | None = None
    left_out: frozenset[int] = field(default_factory=frozenset)
    method: Method = "cash"
    reference: str = ""
    note: str = ""
    amount: int | None = None


class PayoutWork(Work):
    """`account` is what is open, `lines` those of the period; `paid` is the payout just made.

    A long account is read beside the screen: `reading` is True until it is there.
    """

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.seller_id = 0
        self.state = PayState()
        self.account: OpenAccount | None = None
        self.lines: tuple[StatementLine, ...] = ()
        self.paid: CompletedPayout | None = None
        self.reading = False
        self._asked = 0
        self.number = 0
        """Goes up whenever the fields begin anew."""

    def open(self, seller_id: int) -> None:
        """Another seller, or the same one anew."""
        self.seller_id, self.state, self.paid = seller_id, PayState(), None
        self.number += 1
        self.account, self.lines = None, ()
        self._read()
        self.tell()

    def refresh(self) -> None:
        """See Section: what is open may have changed; what was typed stays."""
        self._read()
        self.on_change()

    def today(self) -> dt.date:
        """The business day that it is."""
        return self._till.business_date()

    # -- choosing ----------------------------------------------------------------------------

    def choose(
        self, choice: Choice, since: dt.date | None = None, until: dt.date | None = None
    ) -> None:
        """Everything due, or the lines of some days only."""
        today = self.today()
        first = today.replace(day=1)
        if choice == "yesterday":
            until = today - dt.timedelta(days=1)
        elif choice == "month":
            since = first
        elif choice == "last_month":
            until = first - dt.timedelta(days=1)
            since = until.replace(day=1)
        self._edit(replace(self.state, choice=choice, since=since, until=until))

    def tick(self, line_id: int) -> None:
        """Take a line out (it is in dispute), or in again."""
        self._edit(replace(self.state, left_out=self.state.left_out ^ {line_id}))

    def pay_by(self, method: Method) -> None:
        """Cash from the drawer, or a transfer."""
        self._edit(replace(self.state, method=method))

    def type(self, *, reference: str | None = None, note: str | None = None) -> None:
        """The transfer's reference, and a note for the slip."""
        state = self.state
        if reference is not None:
            state = replace(state, reference=reference)
        if note is not None:
            state = replace(state, note=note)
        self.state = state

    def type_amount(self, amount: int | None) -> None:
        """Another amount than all that is owed; None for that."""
        self._edit(replace(self.state, amount=amount))

    # -- what it comes to ---------------------------------------------------------------------

    @property
    def carried(self) -> int:
        """What earlier payouts left over, in rupiah; negative when the seller owes it."""
        return self.account.carried if self.account else 0

    @property
    def total(self) -> int:
        """What the ticked lines come to."""
        left_out = self.state.left_out
        return sum(line.amount for line in self.lines if line.line_id not in left_out)

    @property
    def owed(self) -> int:
        """What can be paid without an advance."""
        due = self.account.due if self.account else 0
        return max(0, min(self.carried + self.total, due))

    @property
    def amount(self) -> int:
        """What will be paid."""
        return self.owed if self.state.amount is None else self.state.amount

    @property
    def advance(self) -> int:
        """How much more than owed."""
        return max(0, self.amount - self.owed)

    @property
    def rest(self) -> int:
        """What stays open of the chosen lines and what was carried over."""
        return self.carried + self.total - self.amount

    @property
    def needs_stamp(self) -> bool:
        """Whether the slip needs a duty stamp."""
        return self.amount > STAMP_DUTY_ABOVE

    @property
    def drawer(self) -> int | None:
        """What the drawer holds by the book, where more is to be paid out of it; else None."""
        if self.state.method != "cash" or self.amount <= 0:
            return None
        held = self._till.shifts.drawer()
        return held if self.amount > held else None

    # -- paying -------------------------------------------------------------------------------

    def pay(self) -> None:
        """Pay and print the slip; an advance asks for a manager first."""
        if self.paid is not None or self.reading:
            return
        state, session, papers = self.state, self.session, self._till.office.seller_papers
        if state.method == "transfer" and not state.reference.strip():
            missing = UserError(_("Type the reference of the transfer."), field="reference")
            self.tell(errors={missing.field: missing.sentence})
            return
        asked = PayoutAsked(
            seller_id=self.seller_id,
            method=state.method,
            reference=state.reference if state.method == "transfer" else "",
            since=state.since,
            until=state.until,
            left_out=state.left_out,
            amount=state.amount,
            note=state.note,
        )
        self.do_allowed(
            lambda approver: papers.pay(asked, session=session, approver_id=approver), self._done
        )

    def _done(self, paid: CompletedPayout) -> None:
        self.paid = paid
        self._read()
        said = _("Paid {amount} on slip {number}, which goes to the printer.")
        self.tell(note=said.format(amount=rupiah(paid.amount), number=paid.number))

    def _edit(self, state: PayState) -> None:
        self.state = state
        self._choose_lines()
        self.tell()

    def _choose_lines(self) -> None:
        asked = PayoutAsked(self.seller_id, since=self.state.since, until=self.state.until)
        self.lines = chosen(self.account, asked) if self.account else ()

    def _read(self) -> None:
        self._asked += 1
        self.reading = False
        if not self.seller_id:
            return
        statements, seller_id, asked = self._till.statements, self.seller_id, self._asked
        if not statements.is_long(seller_id, LONG):
            self._put(statements.open_account(seller_id))
            return

        def there(account: "OpenAccount") -> None:
            # Another seller may have been opened meanwhile, or the account may have moved.
            if asked == self._asked:
                self.reading = False
                self._put(account)
                self.on_change()

        def failed(error: TitipError) -> None:
            if asked == self._asked:
                self.reading = False
                self.tell(errors={"": error.sentence})

        self.reading = True
        self._desk.run_aside(lambda: statements.open_account(seller_id), there, failed, failed)

    def _put(self, account: "OpenAccount") -> None:
        self.account = account
        self._choose_lines()


def drawer_sentence(held: int) -> str:
    """That the money has to come from elsewhere; paying is not forbidden, cash can be brought."""
    return _(
        "By the book there is {amount} in the drawer. Bring the rest in under Close (cash in) first."
    ).format(amount=rupiah(held))


def choice_text(choice: Choice) -> str:
    """What a payout covers, for people."""
    names: dict[Choice, str] = {
        "everything": _("Everything due"),
        "yesterday": _("Up to yesterday"),
        "month": _("This month"),
        "last_month": _("Last month"),
        "days": _("Other days"),
    }
    return names[choice]
