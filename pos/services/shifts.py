"""The drawer's day: opening, money in and out, the blind count, the Z."""

from collections import Counter
from collections.abc import Callable, Sequence

import msgspec

from pos.clock import business_date, local
from pos.errors import UserError
from pos.events import (
    CashMoved,
    Counted,
    DrawerOpened,
    LeftOpen,
    MethodCount,
    ShiftClosed,
    ShiftOpened,
)
from pos.events.shifts import MoveKind
from pos.i18n import _
from pos.models.entries import Entry
from pos.money import MAX_AMOUNT, rupiah
from pos.receipts.documents import DrawerKick
from pos.receipts.documents_consignment import PaperHead
from pos.receipts.documents_shift import CashMoveSlip
from pos.services.paper_heads import paper_head
from pos.services.papers import LETTERS, paper_number
from pos.services.print_jobs import add_job
from pos.services.printing import Printing
from pos.services.queries.cash_moves import ByHand, by_hand
from pos.services.queries.closings import ClosingQueries
from pos.services.queries.people import staff_name
from pos.services.queries.shifts import OpenPayment, OpenShift, ShiftFigures, ShiftQueries
from pos.services.receipt_papers import Letterhead
from pos.services.shift_papers import closing_paper, shift_paper
from pos.services.staff import Session
from pos.services.texts import one_line
from pos.services.unit_of_work import Transaction, UnitOfWork
from pos.tender import Method

NOTES = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)
COINS = (1_000, 500, 200, 100)
DENOMINATIONS: tuple[tuple[int, bool], ...] = (
    *((value, False) for value in NOTES),
    *((value, True) for value in COINS),
)
"""(value, whether a coin), as a drawer is counted; Bank Indonesia's money in circulation."""


class Closing(msgspec.Struct, frozen=True):
    """What the close asks for, after the count.

    `methods` are the totals counted besides cash (a terminal's slip, the merchant's telephone);
    `kept` stays in the drawer as tomorrow's float, the rest of the cash goes to the office.
    `left_open` are payments that nobody has seen arrive, `left_to` the staff id of who looks after
    them (0: whoever closes).
    """

    counted: tuple[Counted, ...]
    kept: int
    methods: tuple[tuple[Method, int], ...] = ()
    reason: str = ""
    left_open: tuple[int, ...] = ()
    left_to: int = 0


class ClosedShift(msgspec.Struct, frozen=True):
    """A Z that is in the book (rupiah)."""

    closing_id: int
    number: int
    shift: OpenShift
    figures: ShiftFigures
    counted: tuple[Counted, ...]
    methods: tuple[MethodCount, ...]
    over_short: int
    reason: str
    deposit: int
    kept: int
    left_open: tuple[OpenPayment, ...]
    entry_hash: str


class Shifts:
    """Commands about the drawer. One shift is open at a time on a till."""

    def __init__(
        self,
        unit: UnitOfWork,
        queries: ShiftQueries,
        *,
        stand_id: int,
        letterhead: Callable[[], Letterhead],
        printing: Printing,
        closings: ClosingQueries,
    ) -> None:
        self._unit = unit
        self._queries = queries
        self._closings = closings
        self._stand_id = stand_id
        self._letterhead = letterhead
        self._printing = printing
        self.current = queries.current
        self.unchecked = queries.unchecked
        self.drawer = queries.drawer
        self.last_closing = closings.last
        self.recent_closings = closings.recent
        self._follow(queries.current())

    def figures(self) -> ShiftFigures:
        """The X report's figures. Raises UserError without an open shift."""
        return self._queries.figures(self._needed(self._queries.current()))

    def by_hand(self, shift_id: int) -> tuple[ByHand, ...]:
        """Money moved by hand and drawer openings of a shift."""
        return by_hand(self._unit.book, shift_id, self._unit.zone)

    def needs_closing(self) -> bool:
        """Whether the open shift belongs to an earlier business day than now."""
        shift = self._queries.current()
        if shift is None:
            return False
        unit = self._unit
        return (
            business_date(unit.clock.now_ms(), unit.zone, unit.cutoff_minutes) > shift.business_date
        )

    def open(
        self, counted: Sequence[Counted], *, brought: int, reason: str = "", session: Session
    ) -> OpenShift:
        """Open with what lies in the drawer, of which `brought` rupiah came from the office now.

        Raises UserError when a shift is open already, or when the drawer differs from the book
        and no reason is given.
        """
        opening, counted = total(counted), merged(counted)
        with self._unit.write() as tx:
            if self._queries.current(tx.cursor) is not None:
                raise UserError(_("A shift is open already. Close it first."))
            if not 0 <= brought <= opening:
                raise UserError(
                    _("What was brought can't be more than what is in the drawer."), field="brought"
                )
            difference = opening - self._queries.drawer(tx.cursor) - brought
            if difference and not one_line(reason):
                raise UserError(
                    _("The drawer differs from the book by {amount}. Write down why.").format(
                        amount=rupiah(difference)
                    ),
                    field="reason",
                )
            event = ShiftOpened(
                shift_id=tx.new_id(),
                stand_id=self._stand_id,
                counted=counted,
                opening=opening,
                brought=brought,
                over_short=difference,
                reason=one_line(reason),
            )
            tx.append(event, staff_id=session.staff_id)
            shift = self._needed(self._queries.current(tx.cursor))
            tx.changed("shifts")
        self._follow(shift)
        # Read here, beside the screen, what its first look would have to wait for.
        self._queries.figures(shift)
        return shift

    def move(
        self, kind: MoveKind, amount: int, reason: str, *, picture: str = "", session: Session
    ) -> int:
        """Money in, out, or to the office; the number of its slip. Raises UserError."""
        if not 0 < amount <= MAX_AMOUNT:
            raise UserError(_("Type the amount."), field="amount")
        if not one_line(reason):
            raise UserError(_("Write down what it is for."), field="reason")
        with self._unit.write() as tx:
            shift = self._needed(self._queries.current(tx.cursor))
            if kind != "in" and amount > self._queries.drawer(tx.cursor):
                raise UserError(_("There is not so much in the drawer."), field="amount")
            event = CashMoved(
                move_id=tx.new_id(),
                shift_id=shift.shift_id,
                stand_id=self._stand_id,
                number=tx.next_number("cash_move"),
                kind=kind,
                amount=amount,
                reason=one_line(reason),
                picture=picture,
            )
            entry = tx.append(event, staff_id=session.staff_id)
            head = self._head("cash_move", event.number, entry, session)
            slip = CashMoveSlip(head, kind, amount, event.reason)
            add_job(tx.cursor, "slip", slip, title=head.number, at=tx.at)
            tx.changed("shifts", "print_jobs")
        self._printing.wake()
        return event.number

    def open_drawer(self, reason: str, *, session: Session) -> None:
        """Open the drawer without a sale: noted first, kicked when that is durable."""
        if not one_line(reason):
            raise UserError(_("Write down what it is for."), field="reason")
        with self._unit.write() as tx:
            shift = self._needed(self._queries.current(tx.cursor))
            event = DrawerOpened(
                opening_id=tx.new_id(),
                shift_id=shift.shift_id,
                stand_id=self._stand_id,
                reason=one_line(reason),
            )
            tx.append(event, staff_id=session.staff_id)
            add_job(tx.cursor, "drawer", DrawerKick(), title=event.reason, at=tx.at)
            tx.changed("shifts", "print_jobs")
        self._printing.wake()

    def print_so_far(self, *, session: Session, blind: bool) -> None:
        """Queue an X report; `blind` leaves out what the drawer should hold."""
        with self._unit.write() as tx:
            shift = self._needed(self._queries.current(tx.cursor))
            figures = self._queries.figures(shift, cursor=tx.cursor)
            head = paper_head(self._letterhead(), "X", tx.at, session.name)
            paper = shift_paper(head, shift, figures, blind=blind)
            add_job(tx.cursor, "slip", paper, title="X", at=tx.at)
            tx.changed("print_jobs")
        self._printing.wake()

    def close(self, asked: Closing, *, session: Session, approver_id: int = 0) -> ClosedShift:
        """Close the shift: the count stands against the book, and the Z gets its number.

        Raises UserError when the drawer is over or short without a reason, when more is kept than
        was counted, or when unchecked payments are neither ticked nor left open by name.
        """
        with self._unit.write() as tx:
            shift = self._needed(self._queries.current(tx.cursor))
            figures = self._queries.figures(shift, cursor=tx.cursor)
            event, open_payments = self._closing(tx, shift, figures, asked, session)
            entry = tx.append(event, staff_id=session.staff_id, approver_id=approver_id)
            head = self._head("z", event.number, entry, session)
            paper = closing_paper(head, shift, figures, event, open_payments)
            add_job(
                tx.cursor, "z", paper, title=head.number, at=tx.at, document_id=event.closing_id
            )
            tx.changed("shifts", "payments", "print_jobs")
        self._follow(None)
        self._printing.wake()
        return ClosedShift(
            closing_id=event.closing_id,
            number=event.number,
            shift=shift,
            figures=figures,
            counted=event.counted,
            methods=event.methods,
            over_short=event.over_short,
            reason=event.reason,
            deposit=event.deposit,
            kept=event.left,
            left_open=open_payments,
            entry_hash=entry.hash.hex(),
        )

    def reprint(self, closing_id: int) -> None:
        """Queue a copy of a Z, marked as one."""
        with self._unit.write() as tx:
            now = local(tx.at, self._unit.zone)
            paper = self._closings.paper(closing_id, self._letterhead(), now, tx.cursor)
            add_job(
                tx.cursor,
                "z",
                paper,
                title=paper.head.number,
                at=tx.at,
                document_id=closing_id,
                copy=True,
            )
            tx.changed("print_jobs")
        self._printing.wake()

    def _closing(
        self,
        tx: Transaction,
        shift: OpenShift,
        figures: ShiftFigures,
        asked: Closing,
        session: Session,
    ) -> tuple[ShiftClosed, tuple[OpenPayment, ...]]:
        counted = total(asked.counted)
        difference = counted - figures.expected_cash
        if difference and not one_line(asked.reason):
            raise UserError(
                _("The drawer differs from the book by {amount}. Write down why.").format(
                    amount=rupiah(difference)
                ),
                field="reason",
            )
        if not 0 <= asked.kept <= counted:
            raise UserError(_("Not more can stay than is in the drawer."), field="kept")
        unchecked = self._queries.unchecked(tx.cursor)
        if {payment.payment_id for payment in unchecked} != set(asked.left_open):
            raise UserError(
                _("Tick the payments that came, and leave the others open by name."),
                field="payments",
            )
        left_to = asked.left_to or session.staff_id
        name = staff_name(tx.cursor, left_to)
        if unchecked and not name:
            raise UserError(_("Choose who looks after the open payments."), field="payments")
        told = dict(asked.methods)
        methods = tuple(
            MethodCount(m.method, m.net, told.get(m.method, m.net))
            for m in figures.methods
            if m.method != "cash"
        )
        if any(m.expected != m.counted for m in methods) and not one_line(asked.reason):
            raise UserError(
                _("A way to pay differs from the book. Write down why."), field="reason"
            )
        event = ShiftClosed(
            closing_id=tx.new_id(),
            shift_id=shift.shift_id,
            stand_id=self._stand_id,
            number=tx.next_number("z"),
            counted=merged(asked.counted),
            methods=(MethodCount("cash", figures.expected_cash, counted), *methods),
            over_short=difference,
            reason=one_line(asked.reason),
            deposit=counted - asked.kept,
            left=asked.kept,
            left_open=tuple(LeftOpen(p.payment_id, left_to) for p in unchecked),
        )
        return event, tuple(msgspec.structs.replace(p, staff=name) for p in unchecked)

    def _head(self, kind: str, number: int, entry: Entry, session: Session) -> PaperHead:
        shown = paper_number(LETTERS[kind], number)
        return paper_head(
            self._letterhead(), shown, entry.at, session.name, entry_hash=entry.hash.hex()
        )

    def _follow(self, shift: OpenShift | None) -> None:
        """Entries made in a shift bear its business date, also when it runs past the cut-off."""
        self._unit.shift_date = shift.business_date if shift else None

    @staticmethod
    def _needed(shift: OpenShift | None) -> OpenShift:
        if shift is None:
            raise UserError(_("No shift is open. Open one first."))
        return shift


def total(counted: Sequence[Counted]) -> int:
    """What notes and coins come to. Raises UserError for a value that is not in circulation."""
    for line in counted:
        if (line.value, line.coin) not in DENOMINATIONS or line.pieces < 0:
            raise UserError(_("There is no such note or coin."), field="counted")
    amount = sum(line.value * line.pieces for line in counted)
    if amount > MAX_AMOUNT:
        raise UserError(_("So much doesn't fit into a drawer."), field="counted")
    return amount


def merged(counted: Sequence[Counted]) -> tuple[Counted, ...]:
    """One line for each note or coin: a value that was counted in two heaps is added up."""
    pieces = Counter[tuple[int, bool]]()
    for line in counted:
        pieces[line.value, line.coin] += line.pieces
    return tuple(Counted(value, coin, count) for (value, coin), count in pieces.items() if count)
