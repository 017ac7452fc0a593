"""The payouts that a seller had: copies, PDFs, and taking today's one back. No widgets."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.i18n import _
from pos.ui.goods.work import Work

if TYPE_CHECKING:
    from pos.receipts.documents_consignment import PayoutSlip
    from pos.services.queries.payouts import PayoutRow
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate

MOST = 200


class HistoryWork(Work):
    """`payouts` newest first, `chosen` one of their ids; `paper` is its slip."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.seller_id = 0
        self.payouts: tuple[PayoutRow, ...] = ()
        self.chosen = 0
        self.paper: PayoutSlip | None = None
        self.undone: Callable[[], None] = lambda: None

    def open(self, seller_id: int) -> None:
        """Another seller; the last payout is in view."""
        self.seller_id, self.chosen = seller_id, 0
        self._read()
        self.tell()

    def refresh(self) -> None:
        """See Section."""
        self._read()
        super().refresh()

    def choose(self, payout_id: int) -> None:
        """Show another slip."""
        self.chosen = payout_id
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
        self.payouts = papers.payouts_of(self.seller_id, limit=MOST)
        if self.row is None:
            self.chosen = self.payouts[0].payout_id if self.payouts else 0
        self.paper = papers.payout(self.chosen) if self.chosen else None
