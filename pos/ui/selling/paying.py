"""Taking the money: several payments, what is left, rounding, change. No widgets."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from pos.cart import Cart, price_cart
from pos.errors import ApprovalNeededError, EnvironmentProblem, UserError
from pos.i18n import _
from pos.money import rupiah
from pos.tender import Method, Settlement, Tender, cash_due, quick_amounts, settle
from pos.ui.bridge import Runner

if TYPE_CHECKING:
    from pos.services.staff import Session
    from pos.services.till import Till


def method_name(method: Method | str) -> str:
    """A way to pay, as people call it."""
    return {
        "cash": _("Cash"),
        "qris": _("QRIS"),
        "transfer": _("Transfer"),
        "card": _("Card"),
    }.get(method, method)


class Paying:
    """The payment of a total by `complete(tenders)`, which records it.

    `changed()` tells of every change; `finished(result)` of the end; `recording(on)` when the book
    is asked to record it, and when it did not.
    """

    def __init__(self, till: "Till", run: Runner, total: int, *, step: int) -> None:
        self._till = till
        self._run = run
        self.total = total
        self.step = step
        self.complete: Callable[[tuple[Tender, ...]], Any] = lambda tenders: None  # noqa: ARG005
        self.qris_text = till.settings.qris()
        self.parts: tuple[Tender, ...] = ()
        self.method: Method = "cash"
        self.amount: int | None = None
        self.checked = False
        self.reference = ""
        self.message = ""
        self.busy = False
        self.changed: Callable[[], None] = lambda: None
        self.finished: Callable[[Any], None] = lambda result: None  # noqa: ARG005
        self.approval: Callable[[str], None] = lambda sentence: None  # noqa: ARG005
        self.recording: Callable[[bool], None] = lambda on: None  # noqa: ARG005

    # -- figures ---------------------------------------------------------------------

    @property
    def _noncash(self) -> int:
        return sum(part.amount for part in self.parts if part.method != "cash")

    @property
    def _cash(self) -> int:
        return sum(part.amount for part in self.parts if part.method == "cash")

    @property
    def due(self) -> int:
        """What is still to be paid by the chosen method (cash: rounded)."""
        if self.method == "cash":
            return max(0, cash_due(self.total, self._noncash, self.step) - self._cash)
        return max(0, self.total - self._noncash - self._cash)

    @property
    def offered(self) -> int:
        """What this payment is: the amount typed, or all that is due."""
        return self.due if self.amount is None else self.amount

    @property
    def is_part(self) -> bool:
        """Whether this payment leaves something to be paid."""
        return 0 < self.offered < self.due

    @property
    def tenders(self) -> tuple[Tender, ...]:
        """All payments with this one."""
        if self.offered <= 0:
            return self.parts
        checked = self.checked if self.method in {"qris", "transfer"} else True
        this = Tender(self.method, self.offered, checked=checked, reference=self.reference.strip())
        return (*self.parts, this)

    @property
    def settlement(self) -> Settlement | None:
        """The total paid, rounding and change; None while it is not."""
        try:
            return settle(self.total, self.tenders, self.step)
        except UserError:
            return None

    @property
    def rounding(self) -> int:
        """Rupiah that cash rounding adds to the total, as it looks now."""
        settled = self.settlement
        if settled is not None:
            return settled.rounding
        if self.method == "cash":
            rest = self.total - self._noncash
            return cash_due(self.total, self._noncash, self.step) - rest
        return 0

    @property
    def quick(self) -> tuple[int, ...]:
        """Amounts that people hand over for what is due."""
        return quick_amounts(self.due)

    @property
    def needs_nothing(self) -> bool:
        """Nothing is left to be paid (a cart that costs nothing, or parts that cover it)."""
        return self.due == 0

    # -- choosing --------------------------------------------------------------------------

    def choose(self, method: Method) -> None:
        """Pay by this method now."""
        if self.busy or method == self.method:
            return
        self.method = method
        self.amount = None
        self.checked = False
        self.reference = ""
        self.message = ""
        self.changed()

    def type_amount(self, amount: int | None) -> None:
        """An amount was typed; None for an empty field, which means all that is due."""
        self.amount = amount
        self.message = ""
        self.changed()

    def tick(self, checked: bool) -> None:
        """Staff saw (or did not see) the money come in."""
        self.checked = checked
        self.changed()

    def drop_part(self, at: int) -> None:
        """Take back a payment that was added."""
        if not self.busy and 0 <= at < len(self.parts):
            self.parts = self.parts[:at] + self.parts[at + 1 :]
            self.amount = None
            self.message = ""
            self.changed()

    # -- going on ----------------------------------------------------------------------------

    def go_on(self) -> None:
        """Enter: add this payment where something is left, else finish the sale."""
        if self.busy:
            return
        if self.is_part:
            self._add_part()
        else:
            self.finish()

    def _add_part(self) -> None:
        self.parts = self.tenders
        self.amount = None
        self.reference = ""
        self.checked = False
        self.message = ""
        self.changed()

    def finish(self) -> None:
        """Record the sale; nothing is printed before it is in the book."""
        try:
            settle(self.total, self.tenders, self.step)
        except UserError as error:
            self._refused(error)
            return
        self.busy = True
        self.message = ""
        self.recording(True)  # noqa: FBT003 (a callback's only word)
        self.changed()
        self._run(partial(self.complete, self.tenders), self._done, self._refused, self._problem)

    def _done(self, result: Any) -> None:
        self.busy = False
        self.finished(result)

    def _refused(self, error: UserError) -> None:
        self._not_recorded()
        if isinstance(error, ApprovalNeededError):
            self.approval(error.sentence)
            return
        self.message = error.sentence
        self.changed()

    def _not_recorded(self) -> None:
        if self.busy:
            self.busy = False
            self.recording(False)  # noqa: FBT003 (a callback's only word)

    def _problem(self, error: EnvironmentProblem) -> None:
        self._not_recorded()
        self.message = " ".join(
            (
                error.sentence,
                _(
                    "Nothing was recorded and nothing was printed. The cart and the payments are kept."
                ),
            )
        )
        self.changed()

    def part_words(self, part: Tender) -> tuple[str, str]:
        """A payment of the list: what it is, and its amount."""
        name = method_name(part.method)
        if part.reference:
            name = f"{name} · {part.reference}"
        if not part.checked:
            name = f"{name} · {_('not checked')}"
        return name, rupiah(part.amount)


class PayingPresenter(Paying):
    """The payment of one cart."""

    def __init__(
        self, till: "Till", run: Runner, cart: Cart, session: "Callable[[], Session]"
    ) -> None:
        super().__init__(till, run, price_cart(cart).total, step=till.settings.rounding_step())
        self.cart = cart
        self.complete = lambda tenders: till.selling.complete(self.cart, tenders, session=session())
