"""The drawer's day, step by step. No widgets."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from pos.errors import TitipError, UserError
from pos.i18n import _
from pos.money import rupiah
from pos.services.shifts import Closing
from pos.ui.closing import saved
from pos.ui.closing.state import (
    MOST_PIECES,
    MOVES,
    NOTHING,
    ClosingState,
    SavedCount,
    Step,
    counted_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pos.services.queries.cash_moves import HandKind
    from pos.services.staff import Session
    from pos.services.till import Till
    from pos.tender import Method
    from pos.ui.bridge import Runner


class ClosingPresenter:
    """Kept by the desk, so that a half-counted drawer outlives another screen or language."""

    def __init__(
        self,
        till: "Till",
        run: "Runner",
        run_aside: "Runner",
        session: "Callable[[], Session]",
    ) -> None:
        self._till, self._run, self._run_aside, self._session = till, run, run_aside, session
        self._approver_id = 0
        self.state = ClosingState()
        self.on_change: Callable[[], None] = lambda: None

    # -- reading -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the shift anew, and stand where it stands."""
        shifts, state = self._till.shifts, self.state
        shift = shifts.current()
        blind = self._till.settings.blind_count()
        kept = saved.read(self._till.settings, shift.shift_id) if shift else None
        step = state.step
        if shift is None:
            step = step if step in {"open", "done"} else "open"
        elif step in {"open", "done"} or (step in {"difference", "deposit"} and kept is None):
            step = "day"
        elif step in {"payments", "count"} and kept is not None:
            step = "difference"
        if step != state.step:
            state = replace(state, pieces=NOTHING, reason="")
        self._set(
            replace(
                state,
                step=step,
                shift=shift,
                figures=shifts.figures() if shift else None,
                moves=shifts.by_hand(shift.shift_id) if shift else (),
                last=shifts.last_closing(),
                closings=() if shift else shifts.recent_closings(),
                drawer=shifts.drawer(),
                blind=blind,
                hidden=blind and kept is None and not self._session().is_manager,
                late=shifts.needs_closing(),
                unchecked=shifts.unchecked(),
                saved=kept,
            )
        )

    # -- the sheet -----------------------------------------------------------------------------

    def set_pieces(self, at: int, pieces: int | None) -> None:
        """So many of one note or coin; None for an empty field."""
        counts = list(self.state.pieces)
        counts[at] = None if pieces is None else min(pieces, MOST_PIECES)
        self._set(replace(self.state, pieces=tuple(counts), sure_empty=False, error="", field=""))

    # -- opening -------------------------------------------------------------------------------

    def type_brought(self, amount: int | None) -> None:
        """Another amount from the office than the suggested one; None for the suggestion."""
        self._set(replace(self.state, brought=amount, error="", field=""))

    def type_reason(self, text: str) -> None:
        """Why the drawer differs, or what the money is for."""
        self._set(replace(self.state, reason=text, error="", field=""))

    def open_shift(self) -> None:
        """Begin the shift with what was counted."""
        if self.state.total == 0 and not self._sure_empty():
            return
        state, session = self.state, self._session()

        def done(_shift: object) -> None:
            self._set(ClosingState(note=_("The shift is open.")))
            self.refresh()

        self._do(
            lambda: self._till.shifts.open(
                counted_of(state.pieces),
                brought=state.brought_now,
                reason=state.reason,
                session=session,
            ),
            done,
        )

    # -- money by hand -------------------------------------------------------------------------

    def start_hand(self, kind: "HandKind") -> None:
        """Money in, out, to the office; or the drawer opened without a sale."""
        if self.state.step in {"day", "move"}:
            self._set(
                replace(
                    self.state,
                    step="move",
                    hand=kind,
                    amount=None,
                    reason="",
                    picture="",
                    viewed="",
                    error="",
                    note="",
                )
            )

    def type_amount(self, amount: int | None) -> None:
        """The amount moved."""
        self._set(replace(self.state, amount=amount, error="", field=""))

    def take_picture(self, source: "Path", *, discard: bool = False) -> None:
        """Read a picture of the slip beside the screen; `discard` deletes the file afterwards."""
        from pos.services.pictures import SLIP_SIZE, add_picture

        folder = self._till.folder

        def work() -> str:
            try:
                return add_picture(folder, source, SLIP_SIZE, colours=64)
            finally:
                if discard:
                    source.unlink(missing_ok=True)

        def taken(name: str) -> None:
            self._set(replace(self.state, picture=name, error="", field=""))

        def failed(error: TitipError) -> None:
            self._set(replace(self.state, error=error.sentence, field="picture"))

        self._run_aside(work, taken, failed, failed)

    def forget_picture(self) -> None:
        """Without a picture."""
        self._set(replace(self.state, picture="", error="", field=""))

    def view_picture(self, name: str, title: str) -> None:
        """Show the picture of a slip large; "" for no longer."""
        self._set(replace(self.state, viewed=name, viewed_title=title))

    def do_hand(self) -> None:
        """Write it down; its slip goes to the printer, or the drawer opens."""
        state, session, shifts = self.state, self._session(), self._till.shifts
        kind = MOVES.get(state.hand)
        if kind is None:
            work: Callable[[], Any] = partial(shifts.open_drawer, state.reason, session=session)
            note = _("The drawer opens. It has been noted.")
        else:
            amount = state.amount or 0
            work = partial(
                shifts.move, kind, amount, state.reason, picture=state.picture, session=session
            )
            note = _("{amount} noted; the slip goes to the printer.").format(amount=rupiah(amount))

        def done(_result: object) -> None:
            self._to("day", note=note)

        self._do(work, done)

    def print_x(self) -> None:
        """The figures so far, on paper."""
        session, hidden = self._session(), self.state.hidden

        def done(_result: object) -> None:
            self._to(self.state.step, note=_("The X report goes to the printer."))

        self._do(lambda: self._till.shifts.print_so_far(session=session, blind=hidden), done)

    # -- the close -----------------------------------------------------------------------------

    def begin_close(self) -> None:
        """The first of the five steps, or the third where the count is in already."""
        if self.state.shift is not None:
            self._approver_id = 0
            self._to("difference" if self.state.saved else "payments")

    def back(self) -> bool:
        """One step back; False where there is none: a count that is in stays in."""
        if self.state.viewed:
            self.view_picture("", "")
            return True
        steps: dict[Step, Step] = {
            "move": "day",
            "payments": "day",
            "count": "payments",
            "deposit": "difference",
        }
        before = steps.get(self.state.step)
        if before is None or self.state.busy:
            return False
        self._set(replace(self.state, step=before, error="", field="", note=""))
        return True

    def tick(self, payment_id: int) -> None:
        """Somebody saw the money of this payment arrive."""
        session = self._session()
        payment = next((p for p in self.state.unchecked if p.payment_id == payment_id), None)
        if payment is None:
            return

        def done(_result: object) -> None:
            self._set(replace(self.state, busy=False, ticked=(*self.state.ticked, payment)))
            self.refresh()

        self._do(lambda: self._till.selling.check_payment(payment_id, session=session), done)

    def people(self) -> tuple[tuple[int, str], ...]:
        """Who can be left to look after open payments: id and name."""
        return tuple((tile.staff_id, tile.name) for tile in self._till.staff.tiles())

    def own_id(self) -> int:
        """Who is signed in; 0 for nobody."""
        try:
            return self._session().staff_id
        except RuntimeError:
            return 0

    def leave_to(self, staff_id: int) -> None:
        """Who looks after the payments that are not ticked."""
        self._set(replace(self.state, left_to=staff_id, error="", field=""))

    def to_count(self) -> None:
        """The payments that are not ticked stay open, in somebody's name."""
        self._to("count")

    def save_count(self) -> None:
        """From here on the count stands."""
        state, shift = self.state, self.state.shift
        if shift is None or (state.total == 0 and not self._sure_empty()):
            return
        shifts, settings = self._till.shifts, self._till.settings

        def work() -> None:
            expected = shifts.figures().expected_cash
            count = SavedCount(shift.shift_id, state.pieces, expected, self._approver_id)
            saved.write(settings, count)

        def done(_result: object) -> None:
            self._set(replace(self.state, busy=False, step="difference", reason="", told=()))
            self.refresh()

        self._do(work, done)

    def recount(self) -> None:
        """Count again: a manager's word is needed."""
        if self._session().is_manager:
            self.approved(self._session())
        else:
            self._set(replace(self.state, asking=_("A saved count is done again by a manager.")))

    def approved(self, manager: "Session") -> None:
        """A manager typed the PIN."""
        self._approver_id = manager.staff_id

        def done(_result: object) -> None:
            self._set(replace(self.state, busy=False, step="count", saved=None, pieces=NOTHING))
            self.refresh()

        self._set(replace(self.state, asking=""))
        self._do(lambda: saved.write(self._till.settings, None), done)

    def give_up_asking(self) -> None:
        """The PIN panel was left."""
        self._set(replace(self.state, asking=""))

    def tell(self, method: "Method", amount: int | None) -> None:
        """What a terminal's slip or the merchant's telephone says; None as the book has it."""
        told = {m: a for m, a in self.state.told if m != method}
        if amount is not None:
            told[method] = amount
        self._set(replace(self.state, told=tuple(told.items()), error="", field=""))

    def to_deposit(self) -> None:
        """On to tomorrow's float; a difference needs its reason first."""
        if self.state.differs and not self.state.reason.strip():
            said = _("Write down why the drawer differs.")
            if not self.state.difference:
                said = _("A way to pay differs from the book. Write down why.")
            self._set(replace(self.state, error=said, field="reason"))
            return
        self._to("deposit")

    def type_kept(self, amount: int | None) -> None:
        """Another float for tomorrow."""
        self._set(replace(self.state, kept=amount or 0, error="", field=""))

    def close(self) -> None:
        """The Z: from here on nothing of this shift changes."""
        state, session, till = self.state, self._session(), self._till
        count = state.saved
        if count is None:
            return
        asked = Closing(
            counted=count.counted,
            kept=state.kept_now,
            methods=state.told,
            reason=state.reason,
            left_open=tuple(payment.payment_id for payment in state.unchecked),
            left_to=state.left_to,
        )

        def work() -> object:
            closed = till.shifts.close(asked, session=session, approver_id=count.approver_id)
            saved.write(till.settings, None)
            return closed

        def done(closed: Any) -> None:
            self._set(ClosingState(step="done", closed=closed))
            self.refresh()

        self._do(work, done)

    def choose_z(self, closing_id: int) -> None:
        """An earlier Z than the last one."""
        self._set(replace(self.state, z_id=closing_id, note=""))

    def reprint(self) -> None:
        """The last Z again, or the one chosen, marked as a copy."""
        state = self.state
        chosen = next((z for z in state.closings if z.closing_id == state.z_id), state.last)
        if chosen is None:
            return

        def done(_result: object) -> None:
            note = _("A copy of {number} goes to the printer.").format(number=chosen.number)
            self._set(replace(self.state, busy=False, note=note))

        self._do(lambda: self._till.shifts.reprint(chosen.closing_id), done)

    def new_shift(self) -> None:
        """After the Z: the next drawer."""
        self._set(ClosingState(step="open"))
        self.refresh()

    # -- inside --------------------------------------------------------------------------------

    def _sure_empty(self) -> bool:
        """An empty sheet is taken only when it is asked for twice."""
        if self.state.sure_empty:
            return True
        said = _("Nothing is counted. If the drawer is empty, confirm once more.")
        self._set(replace(self.state, sure_empty=True, error=said, field="counted"))
        return False

    def _to(self, step: Step, *, note: str = "") -> None:
        self._set(replace(self.state, step=step, busy=False, note=note, error="", field=""))
        self.refresh()

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if self.state.busy:
            return
        self._set(replace(self.state, busy=True, note="", error="", field=""))
        self._run(work, done, self._fail, self._fail)

    def _fail(self, error: TitipError) -> None:
        field = error.field if isinstance(error, UserError) else ""
        if field == "payments":
            self._to("payments")
        self._set(replace(self.state, busy=False, error=error.sentence, field=field))

    def _set(self, state: ClosingState) -> None:
        self.state = state
        self.on_change()
