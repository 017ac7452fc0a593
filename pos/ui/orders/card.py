"""One order and what may be done with it. No widgets."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from pos.i18n import _
from pos.services.boxes.words import others_up_to
from pos.services.order_endings import agreed_rule, cancel_quote
from pos.services.order_handover import HandoverQuote, quote
from pos.services.orders import STEPS, OrderChange, PieceChange
from pos.ui.goods.work import Work
from pos.ui.orders.message import customer_link, maker_link
from pos.ui.selling.paying import Paying

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.deposits import DepositRule
    from pos.events.orders import CancelledBy, OrderStep
    from pos.services.order_endings import CancelQuote
    from pos.services.order_settling import SettleWay
    from pos.services.queries.order_rows import Order
    from pos.tender import Method
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate, Word


class OrderWork(Work):
    """`order` is in view; `pieces` is how many of each line would be handed over now."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.order: Order | None = None
        self.pieces: dict[int, int] = {}
        self.moved: Callable[[], None] = lambda: None
        self.erase_asked = False
        """Whether the next press erases the customer."""

    def open(self, order_id: int) -> None:
        """Another order."""
        self.erase_asked = False
        self.order = self._till.office.order_reads.order(order_id)
        self.pieces = {line.line_id: line.left for line in self.order.lines}
        self.tell()

    def refresh(self) -> None:
        """See Section."""
        if self.order is not None:
            self.order = self._till.office.order_reads.order(self.order.order_id)
            left = {line.line_id: line.left for line in self.order.lines}
            self.pieces = {key: min(self.pieces.get(key, n), n) for key, n in left.items()}
        self.on_change()

    @property
    def shown(self) -> "Order":
        """The order in view; RuntimeError where there is none."""
        if self.order is None:
            raise RuntimeError("no order is in view")
        return self.order

    @property
    def elsewhere(self) -> str:
        """Of an order that another stand took: which, and up to when that is known here."""
        if self.order is None or self.order.stand_id == self._till.info.stand_id:
            return ""
        known, info = self._till.boxes.known(), self._till.info
        return ", ".join(others_up_to(known, info.stand_id, info.zone, self.order.stand_id))

    @property
    def today(self) -> dt.date:
        """The business day that it is."""
        return self._till.business_date()

    # -- steps -----------------------------------------------------------------------------------

    @property
    def next_step(self) -> "OrderStep | None":
        """What comes next; None once it is ready, or closed."""
        if self.order is None or not self.order.is_open:
            return None
        at = STEPS.index(self.order.step) + 1
        return STEPS[at] if at < len(STEPS) else None

    def step(self) -> None:
        """Go to the next step."""
        if self.next_step is not None:
            self.move(self.next_step)

    def move(self, step: "OrderStep", note: str = "") -> None:
        """Go to a step; an earlier one needs a reason."""
        order_id, session, orders = self.shown.order_id, self.session, self._till.office.orders
        self.do(
            lambda: orders.move(order_id, step, session=session, note=note),
            lambda _done: self._changed(),
        )

    def _changed(self, note: str = "") -> None:
        self.refresh()
        self.tell(note=note)
        self.moved()

    # -- hand-over and deposits ------------------------------------------------------------------

    def set_pieces(self, line_id: int, count: int) -> None:
        """Hand so many of a line over."""
        line = next(ln for ln in self.shown.lines if ln.line_id == line_id)
        self.pieces[line_id] = max(0, min(count, line.left))
        self.tell()

    def quoted(self) -> HandoverQuote:
        """What the chosen pieces come to. Raises UserError when they can't be handed over."""
        return quote(self.shown, self.pieces, self._till.settings.rounding_step())

    def hand_over(self) -> Paying:
        """The payment of what is handed over. Raises UserError when it can't be."""
        quoted = self.quoted()
        order_id, pieces, session = self.shown.order_id, dict(self.pieces), self.session
        handover = self._till.office.order_handover
        step = self._till.settings.rounding_step()
        paying = Paying(self._till, self._run, quoted.due, step=step)
        paying.complete = lambda tenders: handover.hand_over(
            order_id, pieces, tenders, session=session
        )
        return paying

    def deposit(self, amount: int) -> Paying:
        """The payment of more money ahead."""
        order_id, session, orders = self.shown.order_id, self.session, self._till.office.orders
        paying = Paying(self._till, self._run, amount, step=1)
        paying.complete = lambda tenders: orders.pay(order_id, amount, tenders, session=session)
        return paying

    # -- money out of the deposit ----------------------------------------------------------------

    def advance(self, amount: int, method: str, reference: str) -> None:
        """Money for material to the maker; asks for a manager."""
        order_id, session, endings = self.shown.order_id, self.session, self._till.office
        self.do_allowed(
            lambda approver: endings.order_endings.advance(
                order_id,
                amount,
                method="transfer" if method == "transfer" else "cash",
                reference=reference,
                session=session,
                approver_id=approver,
            ),
            lambda number: self._changed(
                _("Slip {number} goes to the printer; let the maker sign it.").format(number=number)
            ),
        )

    def refund(self, amount: int, method: "Method", reason: str) -> None:
        """Some of the deposit back."""
        order_id, session, endings = self.shown.order_id, self.session, self._till.office
        self.do(
            lambda: endings.order_endings.refund(order_id, amount, method, reason, session=session),
            lambda _done: self._changed(_("The money is given back; the slip is printed.")),
        )

    def agreed(self, by: "CancelledBy") -> "DepositRule":
        """What the slip says about the deposit."""
        return agreed_rule(self.shown, by)

    def cancel_quote(self, rule: "DepositRule") -> "CancelQuote":
        """What cancelling would do with the deposit."""
        return cancel_quote(self.shown, rule)

    def cancel(self, by: "CancelledBy", rule: "DepositRule", method: "Method", reason: str) -> None:
        """End the order; another rule than the slip's asks for a manager."""
        order_id, session, endings = self.shown.order_id, self.session, self._till.office
        self.do_allowed(
            lambda approver: endings.order_endings.cancel(
                order_id,
                by=by,
                rule=rule,
                method=method,
                reason=reason,
                session=session,
                approver_id=approver,
            ),
            lambda _quote: self._changed(_("The order is cancelled; the slip is printed.")),
        )

    def collect(self) -> Paying:
        """The payment of what went back too much."""
        order_id, session, settling = self.shown.order_id, self.session, self._till.office
        paying = Paying(self._till, self._run, -self.shown.unsettled, step=1)
        paying.complete = lambda tenders: settling.order_settling.collect(
            order_id, tenders, session=session
        )
        return paying

    def settle(self, way: "SettleWay", method: "Method", reason: str) -> None:
        """Settle what two tills left of the deposit; asks for a manager."""
        order_id, session, made = self.shown.order_id, self.session, self._till.office
        settling = made.order_settling

        def settled(approver: int) -> int:
            if way == "back":
                return settling.give_back(
                    order_id, method, reason, session=session, approver_id=approver
                )
            do = {"keep": settling.keep, "unkeep": settling.take_back_kept}.get(way, settling.bear)
            return do(order_id, reason, session=session, approver_id=approver)

        self.do_allowed(settled, lambda _amount: self._changed(_("Settled.")))

    def change(
        self, promised: dt.date, note: str, pieces: tuple[PieceChange, ...], agreement: str
    ) -> None:
        """Agree anew; the new version of the slip is printed."""
        order_id, session, orders = self.shown.order_id, self.session, self._till.office.orders
        asked = OrderChange(promised, note, pieces)
        self.do(
            lambda: orders.change(order_id, asked, agreement=agreement, session=session),
            lambda version: self._changed(
                _("Version {number} of the slip is being printed.").format(number=version)
            ),
        )

    # -- the customer -----------------------------------------------------------------------------

    @property
    def erasable(self) -> bool:
        """Whether the order is over and its customer still has a name here."""
        order = self.order
        over = order is not None and not order.is_open and not order.unsettled
        return order is not None and over and bool(order.customer.name)

    def erase(self) -> None:
        """Erase the customer's name and number; asked for twice, and a manager's."""
        if not self.erase_asked:
            self.erase_asked = True
            self.tell()
            return
        contact_id, erasing = self.shown.contact_id, self._till.office.erasing
        said = _("The customer's data is erased. The order stays, without a name.")

        def go(word: "Word") -> None:
            by, approver_id = word.by, word.approver_id
            self.do(
                lambda: erasing.customer(contact_id, by=by, approver_id=approver_id),
                lambda _done: self._changed(said),
            )

        self.erase_asked = False
        self._gate.ask(_("A manager's PIN is needed to erase a person."), go)

    # -- papers and messages ---------------------------------------------------------------------

    def print_slip(self) -> None:
        """A copy of the slip."""
        order_id, papers, now = (
            self.shown.order_id,
            self._till.office.order_papers,
            self._till.now(),
        )
        self.do(
            lambda: papers.print_slip(order_id, copied_at=now),
            lambda _done: self.tell(note=_("A copy is being printed.")),
        )

    def save_slip_pdf(self, target: Path) -> None:
        """The slip as the order stands now, as A4."""
        if self.order is not None:
            self.save_pdf(self._till.office.order_papers.slip(self.order.order_id), target)

    def print_maker_list(self) -> None:
        """What this order's maker has to make."""
        seller_id, papers = self.shown.seller_id, self._till.office.order_papers
        today, staff = self._till.business_date(), self.session.name
        self.do(
            lambda: papers.print_maker_list(seller_id, today, staff=staff),
            lambda _done: self.tell(note=_("The maker's list is being printed.")),
        )

    def customer_message(self) -> str:
        """The link with a message for the customer."""
        return customer_link(self.shown, self._till.info.stand_name)

    def maker_message(self) -> str:
        """The link with the maker's list."""
        reads, order = self._till.office.order_reads, self.shown
        rows = reads.of_seller(order.seller_id, self._till.business_date())
        full = [reads.order(row.order_id) for row in rows]
        return maker_link(full, order.maker_phone, self._till.info.stand_name)
