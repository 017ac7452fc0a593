"""Paying all sellers who have something due, one after the other. No widgets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final, Literal

from pos.errors import TitipError, UserError
from pos.i18n import _
from pos.money import rupiah
from pos.services.payouts import PayoutAsked
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.services.staff import Session
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate

Method = Literal["cash", "transfer"]
_SLICE_SECONDS: Final = 0.08


@dataclass(frozen=True)
class BatchRow:
    """A seller to pay. `number` is the slip once it is paid, `problem` why it could not be."""

    seller_id: int
    code: str
    workshop: str
    due: int
    ticked: bool = True
    number: str = ""
    problem: str = ""


@dataclass(frozen=True)
class _Result:
    """What became of one seller."""

    seller_id: int
    number: str = ""
    amount: int = 0
    problem: str = ""


class BatchWork(Work):
    """Some sellers are paid in one transaction, then the next: a stop in between leaves nothing half.

    `running` while it goes on. `today` are the payouts of the day that stand, whoever made them:
    their slips can be had as one file, also after a restart; `drawn` of them are in it so far.
    """

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.rows: tuple[BatchRow, ...] = ()
        self.method: Method = "cash"
        self.reference = ""
        self.running = False
        self.today: tuple[int, ...] = ()
        self.drawn = 0
        self.finished: Callable[[], None] = lambda: None
        self.slice_seconds = _SLICE_SECONDS
        self._stop = False
        self._drawer_open = False

    def open(self) -> None:
        """Everybody to whom something is due."""
        if self.running:
            return
        self.rows = tuple(
            BatchRow(row.seller_id, row.code, row.workshop, row.due)
            for row in self._till.sellers.list_all()
            if row.due > 0
        )
        self._look_at_today()
        self.tell()

    def tick(self, seller_id: int) -> None:
        """Leave a seller out, or take them in again."""
        if not self.running:
            self._put(
                tuple(
                    replace(row, ticked=not row.ticked)
                    if row.seller_id == seller_id and not row.number
                    else row
                    for row in self.rows
                )
            )

    def pay_by(self, method: Method) -> None:
        """Cash for all, or transfers."""
        self.method = method
        self.tell()

    @property
    def to_pay(self) -> tuple[BatchRow, ...]:
        """Who is still to be paid."""
        return tuple(row for row in self.rows if row.ticked and not row.number)

    @property
    def total(self) -> int:
        """What that comes to."""
        return sum(row.due for row in self.to_pay)

    @property
    def drawer(self) -> int | None:
        """What the drawer holds by the book, where more is to be paid out of it; else None."""
        if self.method != "cash" or not self.to_pay:
            return None
        held = self._till.shifts.drawer()
        return held if self.total > held else None

    @property
    def paid(self) -> int:
        """How many are done."""
        return sum(bool(row.number) for row in self.rows)

    def run(self) -> None:
        """Pay them, in their order."""
        if self.running or not self.to_pay:
            return
        if self.method == "transfer" and not self.reference.strip():
            missing = UserError(_("Type the reference of the transfer."), field="reference")
            self.tell(errors={missing.field: missing.sentence})
            return
        self.running, self._stop, self._drawer_open = True, False, False
        self.tell()
        self._next(tuple(row.seller_id for row in self.to_pay), self.session)

    def cancel(self) -> None:
        """Stop after the seller who is being paid now, or after the slip that is being drawn."""
        self._stop = True

    def save_slips(self, target: Path) -> None:
        """The day's list and all its slips in one PDF."""
        payout_ids, papers = self.today, self._till.office.seller_papers

        def make() -> bytes:
            from pos.receipts.pdf import payout_slips_pdf

            return payout_slips_pdf(papers.payouts(payout_ids), drawn)

        def drawn(count: int) -> None:
            self.drawn = count
            if self._stop:
                raise UserError(_("Stopped. Nothing was written."))

        if payout_ids and not self.busy:
            self.drawn, self._stop = 0, False
            self.save_file(target, make)

    # -- one after the other ------------------------------------------------------------------

    def _next(self, seller_ids: tuple[int, ...], session: "Session") -> None:
        if not seller_ids or self._stop:
            self._end(len(seller_ids))
            return
        reference = self.reference if self.method == "transfer" else ""
        asked = tuple(
            PayoutAsked(seller_id, method=self.method, reference=reference)
            for seller_id in seller_ids
        )

        def done(results: list[_Result]) -> None:
            self._note(results)
            self._next(seller_ids[len(results) :], session)

        def failed(error: TitipError) -> None:
            self._end(len(seller_ids))
            self.tell(errors={"": error.sentence})

        self._run(lambda: self._pay_some(asked, session), done, failed, failed)

    def _pay_some(self, asked: tuple[PayoutAsked, ...], session: "Session") -> "list[_Result]":
        """On the database worker: some sellers in one transaction, as long as a moment lasts and
        no sale waits, so that few messages go to the screen and stopping is heard all the same.
        """
        till, begun = self._till, monotonic()

        def enough() -> bool:
            return self._stop or till.worker.wanted or monotonic() - begun >= self.slice_seconds

        done = till.office.seller_papers.pay_some(
            asked, session=session, enough=enough, drawer_opens=not self._drawer_open
        )
        paid_one = any(not isinstance(one, UserError) for one in done)
        self._drawer_open = self._drawer_open or paid_one
        return [
            _Result(one.seller_id, problem=paid.sentence)
            if isinstance(paid, UserError)
            else _Result(one.seller_id, paid.number, paid.amount)
            for one, paid in zip(asked, done, strict=False)
        ]

    def _note(self, results: "list[_Result]") -> None:
        by_seller = {result.seller_id: result for result in results}
        rows = []
        for row in self.rows:
            result = by_seller.get(row.seller_id)
            if result is None:
                rows.append(row)
            elif result.number:
                rows.append(replace(row, number=result.number, problem="", due=result.amount))
            else:
                rows.append(replace(row, problem=result.problem))
        self._put(tuple(rows))

    def _end(self, left: int) -> None:
        self.running = False
        self._look_at_today()
        total = rupiah(sum(row.due for row in self.rows if row.number))
        said = _("{count} sellers paid, {total} in all.")
        if left:
            said = _("Stopped: {count} sellers paid, {total} in all; {left} are still to be paid.")
        self.tell(note=said.format(count=self.paid, total=total, left=left))
        self.finished()

    def _look_at_today(self) -> None:
        day = self._till.business_date()
        self.today = self._till.office.seller_papers.payouts_of_day(day)

    def _put(self, rows: tuple[BatchRow, ...]) -> None:
        self.rows = rows
        self.on_change()
