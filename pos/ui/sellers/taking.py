"""Taking a table of sellers over, and giving it back. No widgets."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import TitipError
from pos.i18n import _
from pos.services.spreadsheet.export import export_sellers
from pos.services.spreadsheet.plan import CancelledError, Plan, SellerRow
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.services.spreadsheet.take_over import Taken
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate


class TakingWork(Work):
    """`plan` is the checked table, None before one is read. `done` of `total` rows are through.

    Reading and writing go on beside the screen: the figures are looked at, not told.
    """

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.plan: Plan | None = None
        self.done = self.total = 0
        self.taken: Callable[[], None] = lambda: None
        self._stop = threading.Event()

    @property
    def rows(self) -> tuple[SellerRow, ...]:
        """The rows of the table: those that need mending first."""
        rows = self.plan.rows if self.plan else ()
        sellers = tuple(row for row in rows if isinstance(row, SellerRow))
        order = {"bad": 0, "new": 1, "known": 2}
        return tuple(sorted(sellers, key=lambda row: (order[row.status], row.line)))

    def forget(self) -> None:
        """Another table, or none."""
        if not self.busy:
            self.plan = None
            self.tell()

    def read(self, path: Path) -> None:
        """Check a table; nothing is written."""
        self.plan = None
        importing = self._till.importing

        def done(plan: Plan | None) -> None:
            self.plan = plan
            self.tell(note="" if plan else _("Stopped. Nothing was written."))

        self._beside(partial(importing.read_sellers, path, self._told), done, aside=True)

    def take(self) -> None:
        """Write what is new in the table, all of it or nothing."""
        plan, by = self.plan, self.session.staff_id
        if plan is None or self.busy:
            return

        def done(taken: "Taken | None") -> None:
            if taken is None:
                self.tell(note=_("Stopped. Nothing was written."))
                return
            self.plan = None
            self.tell(note=_("{count} sellers are in the book now.").format(count=taken.cards))
            self.taken()

        self._beside(partial(self._till.importing.take_sellers, plan, self._told, by=by), done)

    def cancel(self) -> None:
        """Stop what is going on."""
        self._stop.set()

    def export(self, target: Path) -> None:
        """All sellers as a table."""
        book = self._till.book

        def done(count: int) -> None:
            said = _("{count} sellers written to {file}.")
            self.tell(note=said.format(count=count, file=target.name))

        self._beside(lambda: export_sellers(book, target), done, aside=True)

    def _told(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if self._stop.is_set():
            raise CancelledError

    def _beside(
        self, work: Callable[[], object], done: Callable[..., None], *, aside: bool = False
    ) -> None:
        if self.busy:
            return
        self.busy, self.errors, self.note = True, {}, ""
        self.done = self.total = 0
        self._stop.clear()
        self.on_change()

        def until_stopped() -> object:
            try:
                return work()
            except CancelledError:
                return None

        def finished(result: object) -> None:
            self.busy = False
            done(result)

        def failed(error: TitipError) -> None:
            self.busy = False
            self.tell(errors={"": error.sentence})

        run = self._desk.run_aside if aside else self._run
        run(until_stopped, finished, failed, failed)
