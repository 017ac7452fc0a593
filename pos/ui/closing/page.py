"""The base of what stands in the middle card, and the pages that are short."""

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.formats import format_date_long, format_time
from pos.i18n import _
from pos.money import rupiah, thousands
from pos.receipts.slips_shift import method_text
from pos.services.queries.prepaid import Prepaid
from pos.ui.closing.facts import Fact, Facts
from pos.ui.closing.moved import MovedList
from pos.ui.widgets.box import Part, column, scroll
from pos.ui.widgets.field import Field, MoneyInput
from pos.ui.widgets.label import ElidedLabel, Label

if TYPE_CHECKING:
    from pos.ui.closing.presenter import ClosingPresenter
    from pos.ui.closing.state import ClosingState
    from pos.ui.desk import Desk

SHORT_HASH: Final = 16


class Page(QWidget):
    """One step in the middle. `inputs` are its fields in the order in which Enter goes."""

    def __init__(self, presenter: "ClosingPresenter") -> None:
        super().__init__()
        self.presenter = presenter
        self.inputs: list[QLineEdit] = []

    def fill(self, *parts: Part, gap: int = 12) -> None:
        """Parts one below the other; scrolls in a low window."""
        inner = QWidget()
        inner.setLayout(column(*parts, gap=gap, margins=(4, 4, 8, 4)))
        self._area = scroll(inner)
        self.setLayout(column(self._area, gap=0))

    def go_to(self, field: QWidget) -> None:
        """The focus into a field, and the field into view."""
        field.setFocus()
        self._area.ensureWidgetVisible(field, 0, 24)

    def show_state(self, state: "ClosingState") -> None:
        """Show what has changed."""

    def focus_first(self) -> None:
        """Put the focus where typing should go."""
        if self.inputs:
            self.go_to(self.inputs[0])
        else:
            self.setFocus()

    def enter(self) -> bool:
        """Enter: on to the next field; False when there is none and the step is done."""
        shown = [field for field in self.inputs if field.isVisible()]
        for field, after in pairwise(shown):
            if field.hasFocus():
                self.go_to(after)
                return True
        return False


class DayPage(Page):
    """The figures so far: what an X report says."""

    def __init__(self, presenter: "ClosingPresenter", desk: "Desk") -> None:
        super().__init__(presenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = ElidedLabel(_("This shift"), "heading")
        self._since = Label("", "body", "muted", wrap=True)
        self.facts = Facts()
        self.moved = MovedList(desk, presenter.view_picture)
        self.fill(self._title, self._since, self.facts, 6, self.moved, None)

    def show_state(self, state: "ClosingState") -> None:
        """See Page."""
        shift, figures = state.shift, state.figures
        if shift is None or figures is None:
            return
        self._since.setText(
            _("{day}, opened {time} by {name}").format(
                day=format_date_long(shift.business_date),
                time=format_time(shift.opened_at),
                name=shift.opened_by,
            )
        )
        self.facts.show_facts(day_facts(state))
        self.moved.show_moves(state.moves)


def day_facts(state: "ClosingState") -> tuple[Fact, ...]:
    """The figures of the open shift; cash is left out while the count is blind."""
    figures = state.figures
    if figures is None:
        return ()
    later = _("after the count")
    facts = [
        Fact(_("Sales")),
        Fact(_("Sales, pieces"), f"{thousands(figures.sales)}, {thousands(figures.pieces)}"),
    ]
    if figures.early_sales:
        facts.append(Fact(_("of these before the opening"), thousands(figures.early_sales)))
    if figures.returns or figures.voids:
        facts.append(Fact(_("Returns, cancelled"), f"{figures.returns}, {figures.voids}"))
    if not state.hidden:
        # Sold, less what came by the other ways, is the cash: a blind count shows neither.
        facts.append(Fact(_("Sold"), rupiah(figures.paid), strong=True))
        if figures.returned:
            facts.append(Fact(_("Given back"), rupiah(-figures.returned)))
        facts.append(Fact(_("Commission of the stand"), rupiah(figures.commission)))
    facts.append(Fact(_("Payments")))
    for method in figures.methods:
        cash = method.method == "cash"
        value = later if cash and state.hidden else rupiah(method.net)
        name = f"{method_text(method.method)} ({thousands(method.count)})"
        facts.append(Fact(name, value, "faint" if value == later else ""))
    ahead = Prepaid() if state.hidden else figures.prepaid
    facts += [
        Fact(name, rupiah(amount))
        for name, amount in (
            (_("Deposits for orders"), ahead.taken),
            (_("Deposits used at hand-over"), -ahead.used),
            (_("Deposits given back"), -ahead.back),
        )
        if amount
    ]
    facts.append(Fact(_("Drawer")))
    if not state.hidden:
        facts.append(Fact(_("Opening float"), rupiah(figures.opening)))
        if figures.early_cash:
            facts.append(Fact(_("In it from before the opening"), rupiah(-figures.early_cash)))
    facts += [
        Fact(name, rupiah(amount))
        for name, amount in (
            (_("Cash in"), figures.cash_in),
            (_("Cash out"), -figures.cash_out),
            (_("To the office"), -figures.deposits),
            (_("Paid to sellers"), -figures.payouts_cash),
        )
        if amount
    ]
    if figures.drawer_openings:
        facts.append(Fact(_("Drawer opened without a sale"), thousands(figures.drawer_openings)))
    expected = later if state.hidden else rupiah(figures.expected_cash)
    facts.append(Fact(_("Should be there"), expected, "faint" if state.hidden else "", strong=True))
    return tuple(facts)


class DepositPage(Page):
    """Tomorrow's float, and what goes to the office."""

    def __init__(self, presenter: "ClosingPresenter") -> None:
        super().__init__(presenter)
        self.kept = MoneyInput()
        self.kept.edited.connect(presenter.type_kept)
        self._field = Field(_("Float for tomorrow"), self.kept)
        self.facts = Facts()
        self.inputs = [self.kept]
        self.fill(
            ElidedLabel(_("Deposit & float for tomorrow"), "heading"),
            Label(_("What stays in the drawer; the rest goes to the office."), "body", "muted"),
            6,
            self._field,
            6,
            self.facts,
            10,
            Label(
                _("Closing prints the Z report. A closed shift can't be changed any more."),
                "body",
                "muted",
                wrap=True,
            ),
            None,
        )

    def show_state(self, state: "ClosingState") -> None:
        """See Page."""
        if (self.kept.amount or 0) != state.kept_now or state.kept is None:
            self.kept.set_amount(state.kept_now)
            if self.kept.hasFocus() and state.kept is None:
                self.kept.selectAll()
        self._field.show_error(state.error if state.field == "kept" else "")
        self.facts.show_facts(
            (
                Fact(_("Counted"), rupiah(state.counted_cash)),
                Fact(_("Float for tomorrow"), rupiah(-state.kept_now)),
                Fact(_("To the office"), rupiah(state.deposit), strong=True),
            )
        )


class DonePage(Page):
    """The Z is in the book: its number, its short hash, what to do with the money."""

    def __init__(self, presenter: "ClosingPresenter") -> None:
        super().__init__(presenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        centre = Qt.AlignmentFlag.AlignCenter
        self.said = Label(_("The till is closed"), "lead", "good", align=centre)
        self.number = Label("", "figure", align=centre)
        self.hash = Label("", "lead", "muted", align=centre)
        self._hint = Label(
            _("The same signs stand on the paper. Keep it in the binder."),
            "small",
            "muted",
            align=centre,
            wrap=True,
        )
        self.facts = Facts()
        self.fill(20, self.said, self.number, self.hash, self._hint, 18, self.facts, None, gap=8)

    def show_state(self, state: "ClosingState") -> None:
        """See Page."""
        closed, last = state.closed, state.last
        if closed is None or last is None:
            return
        self.number.setText(last.number)
        short = closed.entry_hash[:SHORT_HASH]
        self.hash.setText(" ".join(short[at : at + 4] for at in range(0, len(short), 4)))
        facts = [
            Fact(over_short_name(closed.over_short), rupiah(closed.over_short)),
            Fact(_("Float for tomorrow"), rupiah(closed.kept)),
            Fact(_("To the office"), rupiah(closed.deposit), strong=True),
        ]
        if closed.left_open:
            amount = sum(payment.amount for payment in closed.left_open)
            facts.insert(0, Fact(_("Not checked yet"), rupiah(amount), "accent"))
        self.facts.show_facts(tuple(facts))


def over_short_name(amount: int) -> str:
    """A difference in words."""
    if amount == 0:
        return _("No difference")
    return _("Too much") if amount > 0 else _("Too little")
