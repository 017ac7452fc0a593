"""Taking something back: which pieces, how the money goes back, and why. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pos.errors import ApprovalNeededError, TitipError, UserError
from pos.services.returns import ReturnAsked

if TYPE_CHECKING:
    from pos.services.queries.returns import Returnable, ReturnableLine
    from pos.services.returns import CompletedReturn, RefundWay
    from pos.services.staff import Session
    from pos.services.till import Till
    from pos.tender import Method
    from pos.ui.bridge import Runner


@dataclass(frozen=True)
class Chosen:
    """What comes back of one line."""

    line_id: int
    qty: int = 0
    damaged: bool = False


@dataclass(frozen=True)
class ReturningState:
    """`sale` is None while nothing is taken back.

    `quote` is what would be handed back now, by method (rupiah); `asking` says why a manager's PIN
    is needed; `done` is the return that was just written, `field` the input that `error` belongs to.
    """

    sale: "Returnable | None" = None
    chosen: tuple[Chosen, ...] = ()
    current: int = 0
    refund: "RefundWay" = "cash"
    reason: str = ""
    quote: "tuple[tuple[Method, int], ...]" = ()
    can_void: bool = False
    asking: str = ""
    done: "CompletedReturn | None" = None
    busy: bool = False
    error: str = ""
    field: str = ""

    @property
    def pieces(self) -> int:
        """How many pieces come back."""
        return sum(choice.qty for choice in self.chosen)

    @property
    def amount(self) -> int:
        """What is handed back: quoted, or done (rupiah)."""
        shares = self.done.refunds if self.done else self.quote
        return sum(amount for _method, amount in shares)


class ReturningPresenter:
    """One return at a time; thrown away by `leave`."""

    def __init__(self, till: "Till", run: "Runner", session: "Callable[[], Session]") -> None:
        self._till, self._run, self._session = till, run, session
        self.state = ReturningState()
        self.on_change: Callable[[], None] = lambda: None

    # -- beginning and leaving -----------------------------------------------------------------

    def begin(self, sale_id: int) -> None:
        """Look at what of this sale can still come back."""
        sale = self._till.returns.returnable(sale_id)
        first = next((at for at, line in enumerate(sale.lines) if line.left), 0)
        self._set(
            ReturningState(
                sale=sale,
                chosen=tuple(Chosen(line.line_id) for line in sale.lines),
                current=first,
                can_void=self._till.returns.can_void(sale),
            )
        )

    def leave(self) -> None:
        """Take nothing back."""
        self._set(ReturningState())

    # -- choosing ------------------------------------------------------------------------------

    def line(self, at: int) -> "ReturnableLine":
        """A line of the sale."""
        if self.state.sale is None:
            raise IndexError(at)
        return self.state.sale.lines[at]

    def go_to(self, at: int) -> None:
        """Another line is the one that keys are about."""
        if 0 <= at < len(self.state.chosen):
            self._set(replace(self.state, current=at))

    def set_qty(self, at: int, qty: int) -> None:
        """So many pieces of a line: none to as many as are left."""
        self._change(at, qty=max(0, min(qty, self.line(at).left)))

    def add(self, at: int, by: int) -> None:
        """One more or less."""
        self.set_qty(at, self.state.chosen[at].qty + by)

    def set_damaged(self, at: int, *, damaged: bool) -> None:
        """Damaged goods do not go back to the shelf."""
        self._change(at, damaged=damaged)

    def toggle_damaged(self) -> None:
        """The current line's pieces: damaged, or good for the shelf again."""
        at = self.state.current
        if self.state.chosen:
            self.set_damaged(at, damaged=not self.state.chosen[at].damaged)

    def take_all(self) -> None:
        """Everything that is left comes back."""
        if self.state.sale is None or self.state.done:
            return
        lines = self.state.sale.lines
        chosen = tuple(
            replace(choice, qty=line.left)
            for choice, line in zip(self.state.chosen, lines, strict=True)
        )
        self._quoted(replace(self.state, chosen=chosen, error="", field=""))

    def take_code(self, code: str) -> bool:
        """A label was scanned: one piece of that line. False where this sale has none."""
        sale = self.state.sale
        if sale is None or self.state.done:
            return False
        for at, line in enumerate(sale.lines):
            if line.code.upper() == code.strip().upper() and self.state.chosen[at].qty < line.left:
                self.go_to(at)
                self.add(at, 1)
                return True
        return False

    def choose_refund(self, way: "RefundWay") -> None:
        """In cash, or as it was paid."""
        self._quoted(replace(self.state, refund=way, error="", field=""))

    def toggle_refund(self) -> None:
        """The other way."""
        self.choose_refund("as_paid" if self.state.refund == "cash" else "cash")

    def type_reason(self, text: str) -> None:
        """Why it comes back."""
        self._set(replace(self.state, reason=text, error="", field=""))

    # -- doing ---------------------------------------------------------------------------------

    def give_back(self) -> None:
        """Write the return; its slip goes to the printer, and the drawer opens for cash."""
        state, session = self.state, self._session()
        if state.sale is None or state.done:
            return
        sale_id = state.sale.sale_id
        asked = tuple(
            ReturnAsked(choice.line_id, choice.qty, to_shelf=not choice.damaged)
            for choice in state.chosen
            if choice.qty
        )
        self._do(
            lambda: self._till.returns.give_back(
                sale_id, asked, refund=state.refund, reason=state.reason, session=session
            )
        )

    def void(self, manager: "Session | None" = None) -> None:
        """Cancel the whole sale; a kasir is asked for a manager's PIN."""
        state, session = self.state, self._session()
        if state.sale is None or state.done:
            return
        sale_id, approver = state.sale.sale_id, manager.staff_id if manager else 0
        self._set(replace(state, asking=""))
        self._do(
            lambda: self._till.returns.void(
                sale_id, reason=state.reason, session=session, approver_id=approver
            )
        )

    def give_up_asking(self) -> None:
        """The PIN panel was left."""
        self._set(replace(self.state, asking=""))

    # -- inside --------------------------------------------------------------------------------

    def _change(self, at: int, **changes: Any) -> None:
        if self.state.done:
            return
        chosen = list(self.state.chosen)
        chosen[at] = replace(chosen[at], **changes)
        self._quoted(replace(self.state, chosen=tuple(chosen), current=at, error="", field=""))

    def _quoted(self, state: ReturningState) -> None:
        quote: tuple[tuple[Method, int], ...] = ()
        if state.sale is not None and state.pieces:
            back = {choice.line_id: choice.qty for choice in state.chosen}
            quote = self._till.returns.quote(state.sale, back, state.refund)
        self._set(replace(state, quote=quote))

    def _do(self, work: "Callable[[], CompletedReturn]") -> None:
        if self.state.busy:
            return
        self._set(replace(self.state, busy=True, error="", field=""))

        def done(result: "CompletedReturn") -> None:
            self._set(replace(self.state, busy=False, done=result))

        self._run(work, done, self._fail, self._fail)

    def _fail(self, error: TitipError) -> None:
        if isinstance(error, ApprovalNeededError):
            self._set(replace(self.state, busy=False, asking=error.sentence))
            return
        field = error.field if isinstance(error, UserError) else ""
        self._set(replace(self.state, busy=False, error=error.sentence, field=field))

    def _set(self, state: ReturningState) -> None:
        if state != self.state:
            self.state = state
            self.on_change()
