"""All stands, who pays, what is to be settled, and a new bazaar. No widgets."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos.formats import format_date_short, format_datetime
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.services.bazaars import BazaarPlan
from pos.services.payouts import PayoutAsked
from pos.ui.goods.work import Work
from pos.ui.orders.settle_form import unsettled_text
from pos.ui.orders.words import step_text
from pos.ui.receipts.query import SCAN_MARK

if TYPE_CHECKING:
    from pos.services.queries.conflict_rows import Conflict
    from pos.services.queries.others import StandFacts
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate


@dataclass
class PlanFields:
    """The new bazaar as it stands in the fields."""

    name: str = ""
    code: str = ""
    place: str = ""
    first_day: dt.date | None = None
    last_day: dt.date | None = None


class StandsWork(Work):
    """`chosen` is the stand whose facts are shown, `conflict` what is being settled."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.stands: tuple[StandFacts, ...] = ()
        self.conflicts: tuple[Conflict, ...] = ()
        self.payer = 0
        self.chosen = 0
        self.plan = PlanFields()
        self.decision = ""

    def refresh(self) -> None:
        """See Section; what was typed stays."""
        bazaars = self._till.office.bazaars
        self.stands, self.payer = bazaars.stands(), bazaars.payer()
        self.conflicts = bazaars.conflicts()
        if not any(stand.stand_id == self.chosen for stand in self.stands):
            self.chosen = self.stands[0].stand_id if self.stands else 0
        super().refresh()

    @property
    def stand(self) -> "StandFacts | None":
        """The stand whose facts are shown."""
        return next((one for one in self.stands if one.stand_id == self.chosen), None)

    @property
    def conflict(self) -> "Conflict | None":
        """The first that is not settled."""
        return self.conflicts[0] if self.conflicts else None

    @property
    def can_pay_chosen(self) -> bool:
        """Whether this till pays the sellers of the chosen stand for it."""
        stand = self.stand
        mine = self.payer == self._till.unit.till_no
        return stand is not None and not stand.mine and mine and stand.due > 0

    def choose(self, stand_id: int) -> None:
        """Show a stand's facts."""
        self.chosen = stand_id
        self.tell()

    def choose_payer(self, till_no: int) -> None:
        """Which till pays for all; 0: each stand pays what it sold."""
        bazaars, session = self._till.office.bazaars, self.session

        def done(_nothing: object) -> None:
            self.refresh()
            said = _("From now on each stand pays what it sold.")
            if till_no:
                said = _("From now on only this till pays. Others hear of it with the next box.")
                if till_no != self._till.unit.till_no:
                    said = _("From now on only the chosen till pays.")
            self.tell(note=said)

        self.do_allowed(
            lambda approver: bazaars.choose_payer(till_no, session=session, approver_id=approver),
            done,
        )

    def pay_chosen(self) -> None:
        """Pay in cash what the chosen stand owes its sellers, one payout each."""
        stand, till, session = self.stand, self._till, self.session
        if stand is None or not self.can_pay_chosen:
            return
        owed = [one for one in till.office.bazaars.dues() if one.stand_id == stand.stand_id]

        def work() -> int:
            paid = 0
            for one in owed:
                if one.due > 0:
                    asked = PayoutAsked(one.seller_id, stand_id=stand.stand_id)
                    till.office.seller_papers.pay(asked, session=session, drawer_opens=not paid)
                    paid += 1
                    till.worker.give_way()  # a sale that waits goes first
            return paid

        def done(count: int) -> None:
            self.refresh()
            self.tell(note=_("{count} sellers are paid.").format(count=thousands(count)))

        self.do(work, done)

    def save(self) -> None:
        """Plan the bazaar in the fields."""
        fields = self.plan
        errors: dict[str, str] = {}
        if not fields.name.strip():
            errors["name"] = _("Type the bazaar's name.")
        if fields.first_day is None or fields.last_day is None:
            errors["first_day"] = _("Type the first and the last day.")
        if errors or fields.first_day is None or fields.last_day is None:
            self.tell(errors=errors)
            return
        asked = BazaarPlan(
            name=fields.name,
            code=fields.code.strip().upper(),
            place=fields.place,
            first_day=fields.first_day,
            last_day=fields.last_day,
        )
        bazaars, session = self._till.office.bazaars, self.session

        def done(stand_id: int) -> None:
            self.plan, self.chosen = PlanFields(), stand_id
            self.refresh()
            said = _("{name} is planned. Send goods to it, then write a box for its laptop.")
            self.tell(note=said.format(name=asked.name))

        self.do_allowed(
            lambda approver: bazaars.plan(asked, session=session, approver_id=approver), done
        )

    def settle(self) -> None:
        """Settle the first conflict with the decision that was typed."""
        found, session, said = self.conflict, self.session, self.decision
        if found is None:
            return
        if not said.strip():
            self.tell(errors={"decision": _("Type what was decided.")})
            return
        bazaars = self._till.office.bazaars

        def done(_nothing: object) -> None:
            self.decision = ""
            self.refresh()
            self.tell(note=_("Settled."))

        self.do_allowed(
            lambda approver: bazaars.settle(
                found.kind, found.subject_id, said, session=session, approver_id=approver
            ),
            done,
        )

    def two_pieces(self) -> None:
        """The piece sold twice was two pieces: the book's count follows."""
        found, session, bazaars = self.conflict, self.session, self._till.office.bazaars
        if found is None:
            return

        def done(_nothing: object) -> None:
            self.refresh()
            self.tell(note=_("Settled: the book counts two pieces."))

        self.do_allowed(
            lambda approver: bazaars.two_pieces(
                found.subject_id, session=session, approver_id=approver
            ),
            done,
        )

    def show_paper(self) -> None:
        """The order, or the last of this stand's receipts, that the conflict is about."""
        found = self.conflict
        if found is not None and paper_of(found):
            self._desk.paper.emit(paper_of(found))

    def facts(self) -> str:
        """The chosen stand in a few lines."""
        stand = self.stand
        if stand is None:
            return ""
        lines = []
        if stand.first_day and stand.last_day:
            days = f"{format_date_short(stand.first_day)} – {format_date_short(stand.last_day)}"
            lines.append(" · ".join(part for part in (days, stand.place) if part))
        elif stand.place:
            lines.append(stand.place)
        lines += [
            _("{count} receipts, {amount} sold").format(
                count=thousands(stand.receipts), amount=rupiah(stand.sold)
            ),
            _("{count} pieces on the shelf").format(count=thousands(stand.pieces)),
            _("due to sellers: {amount}").format(amount=rupiah(stand.due)),
        ]
        return "\n".join(lines)

    def until(self, stand: "StandFacts") -> str:
        """Up to when a stand is known here."""
        if stand.mine:
            return _("this stand")
        if stand.known_until is None:
            return _("no box yet")
        return format_datetime(stand.known_until)


def paper_of(found: "Conflict") -> str:
    """The code of the paper where a conflict is settled; "" where there is none here."""
    if found.order_id:
        return f"{SCAN_MARK}{found.code}|"
    mine = [one.paper for one in found.happenings if one.here]
    return f"{SCAN_MARK}{mine[-1]}|" if found.kind == "sold_twice" and mine else ""


def conflict_words(found: "Conflict") -> str:
    """What two tills did without knowing of each other."""
    head = {
        "sold_twice": _("{name} ({code}) was sold by two tills. Both sales stand."),
        "returned_twice": _("{name} ({code}) was taken back more often than it was sold."),
        "code_twice": _("Two items bear the code {code}."),
        "seller_code_twice": _("Two sellers bear the code {code}."),
        "order_twice": _("Order {code} ({name}) was handed over by two tills. Both sales stand."),
        "order_money": _("Order {code} ({name}): two tills moved its deposit. {left}"),
    }[found.kind].format(name=found.name, code=found.code, left=unsettled_text(found.amount))
    lines = []
    for one in found.happenings:
        when = format_datetime(one.at) if one.at else ""
        amount = rupiah(one.amount) if one.amount and not one.step else ""
        what = one.paper or step_text(one.step, one.amount)
        lines.append(" · ".join(part for part in (one.stand_name, what, when, amount) if part))
    return "\n".join((head, *lines))
