"""Making reports and giving them out: printed, as A4 PDF, as XLSX."""

from collections.abc import Callable
from pathlib import Path

from pos.clock import Clock, local
from pos.errors import ApprovalNeededError, TitipError, UserError
from pos.i18n import _
from pos.models.engine import Book
from pos.models.entries import read_head
from pos.models.ledger import ACCOUNTS
from pos.models.prepared import Cursor
from pos.receipts.report import Report
from pos.receipts.reports_sellers import ReportHead
from pos.services.print_jobs import add_job
from pos.services.printing import Printing
from pos.services.queries.periods import Period
from pos.services.receipt_papers import Letterhead
from pos.services.reports.ask import Ask, Told, nobody, period_text
from pos.services.reports.kinds import ReportKind, kind_of
from pos.services.staff import Session
from pos.services.unit_of_work import UnitOfWork

LONGEST_STRIP = 400
"""Rows that go on the receipt printer at most: about eight metres of paper."""


class StoppedError(TitipError):
    """Somebody stopped what was going on."""


class Reports:
    """Reading is done on the caller's thread, on one state of the book; printing is a command."""

    def __init__(
        self,
        book: Book,
        unit: UnitOfWork,
        *,
        stand_id: int,
        letterhead: Callable[[], Letterhead],
        printing: Printing,
        blind: Callable[[], bool],
        has_open_shift: Callable[[], bool],
    ) -> None:
        self._book = book
        self._unit = unit
        self._stand_id = stand_id
        self._letterhead = letterhead
        self._printing = printing
        self._blind = blind
        self._has_open_shift = has_open_shift

    @property
    def _clock(self) -> Clock:
        return self._unit.clock

    def check_allowed(self, kind: ReportKind, session: Session, approver_id: int = 0) -> None:
        """Raises ApprovalNeededError where the figures would tell a cashier, before the count is
        in, how much the drawer should hold.
        """
        if not kind.shows_drawer or session.is_manager or approver_id:
            return
        if self._blind() and self._has_open_shift():
            raise ApprovalNeededError(
                _(
                    "This report tells what the drawer should hold. Count it first, or ask a manager."
                ),
                action="report",
            )

    def make(
        self,
        kind_id: str,
        period: Period,
        *,
        staff: str = "",
        account: str = "cash",
        told: Told = nobody,
    ) -> Report:
        """The report over a period. KeyError for an unknown one; what `told` raises passes."""
        kind = kind_of(kind_id)
        if kind.has_account and account not in ACCOUNTS:
            raise UserError(
                _("There is no account “{name}”. There are: {names}.").format(
                    name=account, names=", ".join(ACCOUNTS)
                ),
                field="account",
            )
        with self._book.snapshot() as cursor:
            return kind.make(self._ask(cursor, period_for(kind, period), staff, account, told))

    def slips(self, kind_id: str, period: Period, *, staff: str = "") -> tuple[Report, ...]:
        """The papers to tear off that belong to a report; none for one that has none."""
        kind = kind_of(kind_id)
        if kind.slips is None:
            return ()
        with self._book.snapshot() as cursor:
            return kind.slips(self._ask(cursor, period_for(kind, period), staff, "cash", nobody))

    def print_all(self, reports: tuple[Report, ...]) -> None:
        """Queue them for the receipt printer, all or none. Raises UserError for far too long ones."""
        longest = max((sum(len(t.rows) for t in one.tables) for one in reports), default=0)
        if longest > LONGEST_STRIP:
            raise UserError(
                _(
                    "This report has {rows} rows, too many for the receipt printer. "
                    "Save it as a PDF and print that."
                ).format(rows=longest)
            )
        with self._unit.write() as tx:
            for one in reports:
                add_job(tx.cursor, "report", one, title=one.title, at=tx.at)
            tx.changed("print_jobs")
        self._printing.wake()

    def _ask(self, cursor: Cursor, period: Period, staff: str, account: str, told: Told) -> Ask:
        letterhead = self._letterhead()
        made = local(self._clock.now_ms(), letterhead.zone)
        head = ReportHead(
            stand_name=letterhead.stand_name,
            stand_code=letterhead.stand_code,
            period=period_text(period),
            made_local=made.replace(microsecond=0, tzinfo=None).isoformat(),
            staff=staff,
            footer_hash=read_head(cursor, self._unit.till_no).hash.hex(),
            sample=letterhead.sample,
        )
        return Ask(cursor, self._stand_id, letterhead.zone, period, head, account, told)


def period_for(kind: ReportKind, period: Period) -> Period:
    """The period that a kind of report is made for, around the one that was asked for."""
    if kind.picks == "day":
        return Period.of_day(period.since)
    if kind.picks == "month":
        return Period.of_month(period.since)
    if kind.picks == "year":
        return Period.of_year(period.since.year)
    return period


def pdf_of(report: Report, told: Told = nobody) -> bytes:
    """Its A4 pages."""
    from pos.receipts.pdf_report import report_pdf

    return report_pdf(report, told)


def save_xlsx(report: Report, target: Path, told: Told = nobody) -> None:
    """Its tables as a spreadsheet. Raises EnvironmentProblem when the disk refuses."""
    from pos.services.spreadsheet.report import write_report

    write_report(report, target, told)
