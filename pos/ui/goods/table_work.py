"""A table of items or sellers: looked at, taken over, given back. No widgets."""

import threading
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos.errors import TitipError
from pos.i18n import _
from pos.services.spreadsheet.plan import CancelledError, ItemRow, Plan, SellerRow, Status
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.services.spreadsheet.plan import Progress
    from pos.services.spreadsheet.take_over import Taken
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate

TABLES: Final = "XLSX, CSV (*.xlsx *.csv *.txt)"
_ORDER: Final = {"bad": 0, "new": 1, "known": 2}
_NONE: Final[Mapping[Status, int]] = {"bad": 0, "new": 0, "known": 0}


@dataclass(frozen=True)
class _Looked:
    """A plan ready to be shown: sorted and counted where it does not hold up the screen."""

    plan: Plan
    rows: tuple[ItemRow | SellerRow, ...]
    counts: Mapping[Status, int]


class TableWork(Work):
    """`plan` is the checked table, None before one is read, `counts` its rows by what becomes of
    them. `done` of `total` rows are through.

    Reading and writing go on beside the screen: the figures are looked at, not told. `taken` is
    called after rows have been written.
    """

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.plan: Plan | None = None
        self.only: Status | None = None
        self.counts: Mapping[Status, int] = _NONE
        self.done = self.total = 0
        self.taken: Callable[[], None] = lambda: None
        self._rows: tuple[ItemRow | SellerRow, ...] = ()
        self._stop = threading.Event()

    # -- what the two kinds of table do differently -----------------------------------------------

    @abstractmethod
    def check(self, path: Path, progress: "Progress") -> Plan:
        """Read a table and say what each row is."""

    @abstractmethod
    def write(self, plan: Plan, progress: "Progress", by: int) -> "Taken":
        """Write what is new in it."""

    @abstractmethod
    def write_table(self, target: Path) -> int:
        """All that the book has, as a table; the number of rows."""

    @abstractmethod
    def said_taken(self, taken: "Taken") -> str:
        """What was written, in a sentence."""

    @abstractmethod
    def said_given(self, count: int, file: str) -> str:
        """What went into a file, in a sentence."""

    # -- looking ---------------------------------------------------------------------------------

    @property
    def rows(self) -> tuple[ItemRow | SellerRow, ...]:
        """The rows that are shown: those that need mending first."""
        if self.only is None:
            return self._rows
        return tuple(row for row in self._rows if row.status == self.only)

    def show_only(self, status: Status | None) -> None:
        """The rows with this status, or all."""
        self.only = status
        self.tell()

    def forget(self) -> None:
        """Another table, or none."""
        if not self.busy:
            self._put(None)
            self.tell()

    def refresh(self) -> None:
        """See Section: a table that is being looked at stays."""
        if not self.busy:
            super().refresh()

    def read(self, path: Path) -> None:
        """Check a table; nothing is written."""
        if self.busy:
            return
        self._put(None)

        def done(looked: _Looked | None) -> None:
            self._put(looked)
            self.tell(note="" if looked else _("Stopped. Nothing was written."))

        self._beside(lambda: _looked(self.check(path, self._told)), done, aside=True)

    # -- writing ---------------------------------------------------------------------------------

    def take(self) -> None:
        """Write what is new in the table."""
        plan, by = self.plan, self.session.staff_id
        if plan is None or self.busy:
            return

        def done(taken: "Taken | None") -> None:
            if taken is None:
                self.tell(note=_("Stopped. Nothing was written."))
                return
            self._put(None)
            said = self.said_taken(taken)
            if taken.left:
                more = _("Stopped; {count} rows were not written. Read the table again for them.")
                said = f"{said} {more.format(count=taken.left)}"
            self.tell(note=said)
            self.taken()

        self._beside(partial(self.write, plan, self._told, by), done)

    def cancel(self) -> None:
        """Stop what is going on."""
        self._stop.set()

    def export(self, target: Path) -> None:
        """Everything as a table."""

        def done(count: int) -> None:
            self.tell(note=self.said_given(count, target.name))

        self._beside(lambda: self.write_table(target), done, aside=True)

    # -- inside ----------------------------------------------------------------------------------

    def _put(self, looked: _Looked | None) -> None:
        self.only = None
        self.plan = looked.plan if looked else None
        self.counts = looked.counts if looked else _NONE
        self._rows = looked.rows if looked else ()

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


def _looked(plan: Plan) -> _Looked:
    rows = tuple(sorted(plan.rows, key=lambda row: (_ORDER[row.status], row.line)))
    return _Looked(plan, rows, {status: plan.count(status) for status in _NONE})


class ItemTableWork(TableWork):
    """The stand's table of goods."""

    def check(self, path: Path, progress: "Progress") -> Plan:
        """See TableWork."""
        return self._till.importing.read_items(path, progress)

    def write(self, plan: Plan, progress: "Progress", by: int) -> "Taken":
        """See TableWork."""
        return self._till.importing.take_items(plan, progress, by=by)

    def write_table(self, target: Path) -> int:
        """See TableWork."""
        from pos.services.spreadsheet.export import export_items

        return export_items(self._till.book, target, self._till.business_date())

    def said_taken(self, taken: "Taken") -> str:
        """See TableWork."""
        said = _("{cards} items are in the book now, with {pieces} pieces on {notes} notes.")
        return said.format(cards=taken.cards, pieces=taken.pieces, notes=taken.notes)

    def said_given(self, count: int, file: str) -> str:
        """See TableWork."""
        return _("{count} items written to {file}.").format(count=count, file=file)
