"""Which orders are shown, and which is chosen. No widgets."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, Literal

from pos.i18n import _
from pos.services.queries.order_rows import OPEN

if TYPE_CHECKING:
    from pos.services.queries.order_rows import OrderRow
    from pos.services.till import Till

Only = Literal["open", "late", "ready", "closed"]
FILTERS: Final[tuple[Only, ...]] = ("open", "late", "ready", "closed")


def filter_name(only: Only, rows: "tuple[OrderRow, ...]") -> str:
    """A filter with how many orders it shows."""
    late = sum(1 for row in rows if row.late)
    ready = sum(1 for row in rows if row.state == "ready")
    return {
        "open": _("Open ({count})").format(count=len(rows)),
        "late": _("Late ({count})").format(count=late),
        "ready": _("Ready ({count})").format(count=ready),
        "closed": _("Closed"),
    }[only]


class Board:
    """`rows` is what is shown, `chosen` the order in view (0 for none)."""

    def __init__(self, till: "Till") -> None:
        self._till = till
        self.open: tuple[OrderRow, ...] = ()
        self.rows: tuple[OrderRow, ...] = ()
        self.only: Only = "open"
        self.text = ""
        self.chosen = 0
        self.on_change: Callable[[], None] = lambda: None

    def refresh(self) -> None:
        """Read the board anew."""
        reads, today = self._till.office.order_reads, self._till.business_date()
        self.open = reads.board(today)
        if self.text.strip():
            self.rows = reads.search(self.text, today)
        elif self.only == "closed":
            self.rows = reads.closed(today)
        else:
            self.rows = tuple(row for row in self.open if self._shows(row))
        self.on_change()

    def _shows(self, row: "OrderRow") -> bool:
        if self.only == "late":
            return row.late > 0
        return row.state == "ready" if self.only == "ready" else row.state in OPEN or row.unsettled

    def show_only(self, only: Only) -> None:
        """Another filter."""
        self.only, self.text = only, ""
        self.refresh()

    def type(self, text: str) -> None:
        """What is searched for; looks through all orders."""
        self.text = text
        self.refresh()

    def choose(self, order_id: int) -> None:
        """This order is in view."""
        self.chosen = order_id
        self.on_change()

    def best(self) -> int:
        """The order that Enter opens: that of a typed number, else the first one shown."""
        found = self._till.office.order_reads.find(self.text)
        return found or (self.rows[0].order_id if self.rows else 0)

    @property
    def empty_sentence(self) -> str:
        """What stands where no order is shown."""
        if self.text.strip():
            return _("No order fits this.")
        return {
            "open": _("No order waits. F7 takes one."),
            "late": _("Nothing is late."),
            "ready": _("Nothing waits to be fetched."),
            "closed": _("No order is closed yet."),
        }[self.only]
