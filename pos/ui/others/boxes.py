"""Writing and taking boxes, off the GUI thread, with progress and a way to stop. No widgets."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pos.errors import TitipError
from pos.formats import format_datetime
from pos.i18n import _
from pos.services.boxes.manifest import CancelledError
from pos.services.boxes.words import fork_sentence
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.services.boxes.branches import BranchSale
    from pos.services.boxes.check import BoxFacts
    from pos.services.boxes.heads import KnownTill
    from pos.services.boxes.service import Branch
    from pos.services.boxes.take import Taken
    from pos.services.boxes.write import WrittenBox
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate


T = TypeVar("T")


class BoxWork(Work):
    """`facts` is what the box at `path` would bring, looked at before it is taken.

    `step`, `done` and `total` say how far the work is; they are read by a timer, since the work
    goes on beside the screen.
    """

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.tills: tuple[KnownTill, ...] = ()
        self.branches: tuple[Branch, ...] = ()
        self.lost: tuple[BranchSale, ...] = ()
        self.meant_for = 0
        self.path: Path | None = None
        self.facts: BoxFacts | None = None
        self.step, self.done, self.total = "", 0, 1
        self._stop = False

    def refresh(self) -> None:
        """See Section; a box that was looked at stays."""
        self.tills = self._till.boxes.known()
        self.branches = self._till.boxes.branches()
        self.lost = self._till.boxes.aside.sales() if self.branches else ()
        super().refresh()

    @property
    def mine(self) -> int:
        """This till's number."""
        return self._till.unit.till_no

    @property
    def zone(self) -> str:
        """In which times are shown."""
        return self._till.info.zone

    @property
    def others(self) -> "tuple[KnownTill, ...]":
        """Every other till."""
        return tuple(till for till in self.tills if till.till_no != self.mine)

    def suggested_name(self) -> str:
        """What a box that is written now is called."""
        return self._till.boxes.suggested_name()

    def choose_target(self, till_no: int) -> None:
        """Whom the box is for; 0: for anybody, with everything in it."""
        self.meant_for = till_no
        self.tell()

    def write(self, target: Path) -> None:
        """Write a box."""
        meant_for = self.meant_for

        def written(box: "WrittenBox") -> None:
            self.tell(
                note=_("{file} is written: {entries} entries, {pictures} pictures.").format(
                    file=box.path.name,
                    entries=box.manifest.entries,
                    pictures=len(box.manifest.pictures),
                )
            )

        boxes = self._till.boxes
        self._aside(lambda: boxes.write(target, meant_for=meant_for, tick=self._tick), written)

    def look(self, path: Path) -> None:
        """Look into a box before it is taken."""
        self.path, self.facts = None, None

        def seen(facts: "BoxFacts") -> None:
            self.path, self.facts = path, facts
            self.tell()

        self._aside(lambda: self._till.boxes.check(path, tick=self._tick), seen)

    def take(self) -> None:
        """Take what is new in the box that was looked at."""
        path, facts, by = self.path, self.facts, self.session.staff_id
        if path is None:
            return

        def taken(result: "Taken") -> None:
            self.path, self.facts = None, None
            self.refresh()
            forks = [fork_sentence(fork, self._till.info.zone) for fork in result.facts.forks]
            if forks:
                self.tell(errors={"": forks[0]})
            elif result.entries:
                self.tell(
                    note=_("{count} entries of other tills are in the book now.").format(
                        count=result.entries
                    )
                )
            else:
                self.tell(note=_("Everything in this box was here already."))

        boxes = self._till.boxes
        self._aside(lambda: boxes.take(path, by=by, tick=self._tick, checked=facts), taken)

    @property
    def bookable(self) -> "tuple[BranchSale, ...]":
        """Sales of another branch that can be booked again here."""
        return tuple(sale for sale in self.lost if not sale.why_not)

    def book_again(self) -> None:
        """Book the sales of the other branch as sales of this till, in a manager's name."""
        aside, session = self._till.boxes.aside, self.session

        def booked(count: int) -> None:
            self.refresh()
            self.tell(note=_("{count} sales are booked again.").format(count=count))

        self.do_allowed(lambda approver: aside.book(session=session, approver_id=approver), booked)

    def put_back(self) -> None:
        """The box is not wanted after all."""
        self.path, self.facts = None, None
        self.tell()

    def cancel(self) -> None:
        """Stop at the next step; what was taken so far is whole and stays."""
        self._stop = True

    def until(self, till: "KnownTill") -> str:
        """Up to when a till is known here."""
        return format_datetime(till.when(self._till.info.zone))

    # -- inside ------------------------------------------------------------------------------

    def _tick(self, step: str, done: int, total: int) -> None:
        if self._stop:
            raise CancelledError
        self.step, self.done, self.total = step, done, max(1, total)

    def _aside(self, work: "Callable[[], T]", done: "Callable[[T], None]") -> None:
        if self.busy:
            return
        self.busy, self.errors, self.note, self._stop = True, {}, "", False
        self.step, self.done, self.total = "", 0, 1
        self.on_change()

        def quiet() -> "T | None":
            try:
                return work()
            except CancelledError:
                return None

        def finished(result: "T | None") -> None:
            self.busy = False
            if result is None:
                self.refresh()
                self.tell(note=_("Stopped. What was taken so far stays; take the box again later."))
            else:
                done(result)

        def failed(error: TitipError) -> None:
            self.busy = False
            self.tell(errors={"": error.sentence})

        self._desk.run_aside(quiet, finished, failed, failed)
