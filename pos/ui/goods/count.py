"""The stock count: scanning, what is missing, what became of it. No widgets.

Everything that was scanned or said is in the book at once, so leaving the screen, another language
and a restart change nothing.
"""

from typing import TYPE_CHECKING, Literal

from pos.errors import TitipError
from pos.i18n import _
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.services.queries.counts import CountLine, CountResult, CountRow, OpenCount
    from pos.services.stocktake import Answer, ClosedCount, Scanned
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate

View = Literal["missing", "extra", "explained", "all"]


class CountWork(Work):
    """`count` is the one that goes on, None for none; `last` what was scanned last."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.count: OpenCount | None = None
        self.result: CountResult | None = None
        self.earlier: tuple[CountRow, ...] = ()
        self.last: Scanned | None = None
        self.refused = ""
        self.view: View = "missing"
        self.chosen = 0
        self.closed: ClosedCount | None = None
        self._waiting: list[str] = []

    # -- reading -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """See Section: the count as it stands in the book."""
        self._read()
        super().refresh()

    def _read(self) -> None:
        self.count = self._till.stocktake.open_count()
        self.result = self._till.stocktake.result(self.count.count_id) if self.count else None
        self.earlier = self._till.stocktake.counts(20)

    def refresh_after_failure(self) -> None:
        """See Section: the count may be gone."""
        self._read()

    @property
    def lines(self) -> "tuple[CountLine, ...]":
        """What the list shows."""
        if self.result is None:
            return ()
        return tuple(line for line in self.result.lines if self._is_shown(line))

    def _is_shown(self, line: "CountLine") -> bool:
        match self.view:
            case "missing":
                return line.missing > 0
            case "extra":
                return line.extra > 0
            case "explained":
                return bool(line.found or line.lost or line.damaged or line.sold or line.added)
            case _:
                return True

    @property
    def expected(self) -> int:
        """Pieces that the book has of what is counted."""
        return sum(max(0, line.on_hand) for line in self.result.lines) if self.result else 0

    @property
    def line(self) -> "CountLine | None":
        """The chosen line."""
        if self.result is None:
            return None
        return next((ln for ln in self.result.lines if ln.item_id == self.chosen), None)

    def show(self, view: View) -> None:
        """Other lines."""
        self.view = view
        self.on_change()

    def choose(self, item_id: int) -> None:
        """A line, to say what became of it."""
        self.chosen = item_id
        self.on_change()

    # -- counting ----------------------------------------------------------------------------

    def start(self, seller_id: int) -> None:
        """Begin; 0 for the whole stand."""
        till, session = self._till, self.session

        def begun(_count_id: int) -> None:
            self.last, self.refused, self.closed, self.view = None, "", None, "missing"
            self._read()

        self.do(lambda: till.stocktake.start(session=session, seller_id=seller_id), begun)

    def scan(self, code: str) -> None:
        """One more piece. Scans that come while one is written wait in their order."""
        if self.count is None or not code.strip():
            return
        self._waiting.append(code.strip())
        if len(self._waiting) == 1:
            self._next_scan()

    def _next_scan(self) -> None:
        if self.count is None or not self._waiting:
            self._waiting.clear()
            return
        count_id, code = self.count.count_id, self._waiting[0]

        def counted(found: "Scanned") -> None:
            self.last, self.refused, self.chosen = found, "", found.item_id
            goes_on()

        def refused(error: TitipError) -> None:
            self.last, self.refused = None, error.sentence
            goes_on()

        def goes_on() -> None:
            self._waiting.pop(0)
            self.errors, self.note = {}, ""
            if not self._waiting:
                self._read()
            self.on_change()
            self._next_scan()

        self._run(lambda: self._till.stocktake.scan(count_id, code), counted, refused, refused)

    def set_scanned(self, qty: int) -> None:
        """So many pieces of the chosen item were counted, whatever was scanned."""
        line, count = self.line, self.count
        if line is None or count is None:
            return
        item_id = line.item_id
        self.do(
            lambda: self._till.stocktake.set_scanned(count.count_id, item_id, qty),
            lambda _done: self._read(),
        )

    def answer(self, outcome: "Answer", qty: int) -> None:
        """What became of so many missing (or extra) pieces of the chosen item."""
        line, count = self.line, self.count
        if line is None or count is None:
            return
        item_id, had = line.item_id, said_of(line, outcome)

        def said(_done: object) -> None:
            self._read()
            self._next_line(item_id)

        self.do(
            lambda: self._till.stocktake.answer(count.count_id, item_id, outcome, had + qty), said
        )

    def take_back(self) -> None:
        """Whatever was said of the chosen item is unsaid."""
        line, count = self.line, self.count
        if line is None or count is None:
            return
        item_id = line.item_id
        outcomes: tuple[Answer, ...] = ("found", "lost", "damaged", "sold", "added")
        said = [outcome for outcome in outcomes if said_of(line, outcome)]

        def work() -> None:
            for outcome in said:
                self._till.stocktake.answer(count.count_id, item_id, outcome, 0)

        self.do(work, lambda _done: self._read())

    def _next_line(self, item_id: int) -> None:
        """Stay while something of the item is open, else go on to the next."""
        shown = [line.item_id for line in self.lines]
        if item_id not in shown:
            self.chosen = shown[0] if shown else 0

    # -- ending ------------------------------------------------------------------------------

    def close(self) -> None:
        """Write what came out; a manager's word is asked for where the book changes."""
        from pos.services.goods_papers import count_paper, queue_paper

        count = self.count
        if count is None:
            return
        till, session = self._till, self.session

        def work(approver_id: int) -> "ClosedCount":
            result = till.stocktake.result(count.count_id)
            approver = 0 if approver_id == session.staff_id else approver_id
            closed = till.stocktake.close(count.count_id, session=session, approver_id=approver)
            paper = count_paper(
                result,
                count,
                till.letterhead(),
                number=closed.number,
                owed=closed.owed,
                at=till.now(),
                staff=session.name,
            )
            queue_paper(till.unit, till.printing, "count", paper, title=closed.number)
            return closed

        def written(closed: "ClosedCount") -> None:
            self.closed, self.last, self.chosen = closed, None, 0
            self._read()
            self.tell(
                note=_("{number} is in the book; its paper goes to the printer.").format(
                    number=closed.number
                )
            )

        self.do_allowed(work, written)

    def cancel(self) -> None:
        """Forget the count; the book is as it was."""
        count = self.count
        if count is None:
            return

        def gone(_done: object) -> None:
            self.last, self.chosen = None, 0
            self._read()
            self.tell(note=_("The count was cancelled. The book is as it was."))

        self.do(lambda: self._till.stocktake.cancel(count.count_id), gone)


def said_of(line: "CountLine", outcome: "Answer") -> int:
    """How many pieces of a line were said to be so."""
    return {
        "found": line.found,
        "lost": line.lost,
        "damaged": line.damaged,
        "sold": line.sold,
        "added": line.added,
    }[outcome]
