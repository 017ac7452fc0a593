"""The payouts that a seller had: copies, PDFs, and taking today's one back. No widgets."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import TitipError, UserError
from pos.i18n import _
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.receipts.documents_consignment import PayoutSlip
    from pos.services.queries.payouts import PayoutRow
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate

MOST = 200


class HistoryWork(Work):
    """`payouts` newest first, `chosen` one of their ids; `paper` is its slip.

    A slip may have any number of lines, so it is read beside the screen: `reading` until it is there.
    """

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.seller_id = 0
        self.payouts: tuple[PayoutRow, ...] = ()
        self.chosen = 0
        self.paper: PayoutSlip | None = None
        self.reading = False
        self._asked = 0
        self.undone: Callable[[], None] = lambda: None

    def open(self, seller_id: int) -> None:
        """Another seller; the last payout is in view."""
        self.seller_id, self.chosen, self.paper = seller_id, 0, None
        self._read()
        self.tell()

    def refresh(self) -> None:
        """See Section."""
        self._read()
        super().refresh()

    def choose(self, payout_id: int) -> None:
        """Show another slip."""
        if payout_id != self.chosen:
            self.chosen, self.paper = payout_id, None
        self._read()
        self.tell()

    @property
    def row(self) -> "PayoutRow | None":
        """The chosen payout."""
        return next((row for row in self.payouts if row.payout_id == self.chosen), None)

    @property
    def can_undo(self) -> bool:
        """Whether the chosen one is the last that stands, and of today."""
        standing = next((row for row in self.payouts if not row.undone), None)
        return (
            standing is not None
            and standing.payout_id == self.chosen
            and standing.business_date == self._till.business_date()
        )

    def print_copy(self) -> None:
        """Print the slip again, marked as a copy."""
        row, papers, now = self.row, self._till.office.seller_papers, self._till.now()
        if row is not None:
            note = _("A copy of {number} goes to the printer.").format(number=row.number)
            self.do(
                lambda: papers.print_payout(row.payout_id, copied_at=now),
                lambda _done: self.tell(note=note),
            )

    def save_slip(self, target: Path) -> None:
        """Write the slip as A4 PDF."""
        if self.paper is not None:
            self.save_pdf(self.paper, target)

    def undo(self, reason: str) -> None:
        """Take the payout back by a counter-entry."""
        row, session = self.row, self.session
        if row is None:
            return
        if not reason.strip():
            missing = UserError(_("Say why it is taken back."), field="reason")
            self.tell(errors={missing.field: missing.sentence})
            return

        def done(_nothing: None) -> None:
            self._read()
            self.undone()
            self.tell(note=_("{number} is taken back.").format(number=row.number))

        self.do_allowed(
            lambda approver: self._till.payouts.undo(
                row.payout_id, reason=reason, session=session, approver_id=approver
            ),
            done,
        )

    def _read(self) -> None:
        if not self.seller_id:
            return
        papers = self._till.office.seller_papers
        before = self.chosen
        self.payouts = papers.payouts_of(self.seller_id, limit=MOST)
        if self.row is None:
            self.chosen = self.payouts[0].payout_id if self.payouts else 0
        if self.chosen != before or not self.chosen:
            self.paper = None
        self._read_slip()

    def _read_slip(self) -> None:
        """What is shown stays until the new paper is there, unless it is another payout's."""
        self._asked += 1
        self.reading = bool(self.chosen)
        if not self.chosen:
            return
        papers, payout_id, asked = self._till.office.seller_papers, self.chosen, self._asked

        def there(paper: "PayoutSlip") -> None:
            if asked == self._asked:
                self.paper, self.reading = paper, False
                self.on_change()

        def failed(error: TitipError) -> None:
            if asked == self._asked:
                self.reading = False
                self.tell(errors={"": error.sentence})

        self._desk.run_aside(lambda: papers.payout(payout_id), there, failed, failed)
