"""Picking a report and its period, making it beside the screen, giving it out. No widgets."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos.errors import ApprovalNeededError, TitipError, UserError
from pos.i18n import _
from pos.services.files import write_whole
from pos.services.queries.periods import Period
from pos.services.reports.making import StoppedError, pdf_of, save_xlsx
from pos.ui.reports.state import Doing, ReportsState, stepped

if TYPE_CHECKING:
    from pos.receipts.report import Report
    from pos.services.reports.ask import Told
    from pos.services.reports.making import Reports
    from pos.services.staff import Session
    from pos.services.till import Till
    from pos.ui.bridge import Runner


class ReportsPresenter:
    """`progress` is (done, all) of what is under way, all 0 where nobody knows; ask it while
    `state.doing` is set.
    """

    def __init__(
        self,
        till: "Till",
        run: "Runner",
        run_aside: "Runner",
        session: "Callable[[], Session]",
    ) -> None:
        self._till, self._run, self._run_aside, self._session = till, run, run_aside, session
        today = till.business_date()
        self.state = ReportsState(today, today, Period.of_month(today))
        self.progress = (0, 0)
        self._task = 0
        self._approver = 0
        self.on_change: Callable[[], None] = lambda: None

    @property
    def _reports(self) -> "Reports":
        return self._till.office.reports

    # -- choosing ----------------------------------------------------------------------------

    def entered(self) -> None:
        """The screen is in view: what a manager allowed before holds no more."""
        self._approver = 0
        self._set(replace(self.state, today=self._till.business_date()))
        self.make()

    def choose(self, kind_id: str) -> None:
        """Another report."""
        if kind_id != self.state.kind_id:
            self._choose(replace(self.state, kind_id=kind_id))

    def choose_day(self, day: dt.date) -> None:
        """A day, or the month or year that it is in."""
        if day != self.state.day:
            self._choose(replace(self.state, day=day))

    def choose_period(self, since: dt.date, until: dt.date) -> None:
        """From day to day; what is turned round is put right."""
        period = Period(min(since, until), max(since, until))
        if period != self.state.free:
            self._choose(replace(self.state, free=period))

    def choose_account(self, account: str) -> None:
        """Another account of the ledger."""
        if account != self.state.account:
            self._choose(replace(self.state, account=account))

    def step(self, by: int) -> None:
        """The period before (-1) or after (1)."""
        if by > 0 and not self.state.may_go_later:
            return
        period = stepped(self.state.period, by)
        if self.state.kind.picks == "period":
            self._choose(replace(self.state, free=period))
        else:
            self._choose(replace(self.state, day=period.since))

    def now(self) -> None:
        """Today, this month, this year."""
        today = self._till.business_date()
        self._choose(replace(self.state, day=today, free=Period.of_month(today), today=today))

    # -- making ------------------------------------------------------------------------------

    def make(self) -> None:
        """Read the figures anew, beside the window's thread; only the last one asked for counts."""
        state = self.state
        try:
            self._reports.check_allowed(state.kind, self._session(), self._approver)
        except ApprovalNeededError as error:
            self._stop()
            self._set(replace(state, report=None, doing="", asking=error.sentence))
            return
        told = self._begin("make")
        session = self._session()

        def work() -> "Report | None":
            try:
                return self._reports.make(
                    state.kind_id,
                    state.period,
                    staff=session.name,
                    account=state.account,
                    told=told,
                )
            except StoppedError:
                return None

        def done(report: "Report | None") -> None:
            self._set(replace(self.state, report=report, doing=""))

        self._aside(work, done)

    def approved(self, manager_id: int) -> None:
        """A manager typed the PIN: the figures may be seen until the screen is left."""
        self._approver = manager_id
        self._set(replace(self.state, asking=""))
        self.make()

    def left(self) -> None:
        """The screen is out of view: nothing more is made, and nothing that needed a PIN stays."""
        self._stop()
        keep = None if self._approver else self.state.report
        self._approver = 0
        self._set(replace(self.state, report=keep, doing="", asking="", note="", sentence=""))

    def cancel(self) -> None:
        """Stop what is under way; what was there before stays."""
        if self.state.doing:
            self._stop()
            self._set(replace(self.state, doing="", note=_("Stopped.")))

    # -- giving out --------------------------------------------------------------------------

    def print_it(self) -> None:
        """Give the report to the receipt printer."""
        report = self.state.report
        if report is None or self.state.doing:
            return
        title = report.title
        self._print(
            lambda: (report,),
            lambda _count: _("“{title}” goes to the printer.").format(title=title),
        )

    def print_slips(self) -> None:
        """Give the slips to tear off to the receipt printer."""
        state, staff = self.state, self._session().name
        if state.kind.slips is None or state.doing or state.report is None:
            return

        def slips() -> "tuple[Report, ...]":
            made = self._reports.slips(state.kind_id, state.period, staff=staff)
            if not made:
                raise UserError(_("There is nothing to print."))
            return made

        self._print(slips, lambda count: _("{count} slips go to the printer.").format(count=count))

    def _print(self, make: "Callable[[], tuple[Report, ...]]", said: Callable[[int], str]) -> None:
        self._begin("print")
        mine = self._task

        def work() -> int:
            made = make()
            self._reports.print_all(made)
            return len(made)

        def done(count: int) -> None:
            if mine == self._task:
                self._set(replace(self.state, doing="", note=said(count)))

        self._run(work, done, self._failed(mine), self._failed(mine))

    def save_pdf(self, target: Path) -> None:
        """Write the A4 pages."""
        self._save("pdf", target, lambda report, told: write_whole(target, pdf_of(report, told)))

    def save_xlsx(self, target: Path) -> None:
        """Write the spreadsheet."""
        self._save("xlsx", target, lambda report, told: save_xlsx(report, target, told))

    def file_name(self, suffix: str) -> str:
        """What a file of this report is called unless a person says otherwise."""
        period = self.state.period
        when = period.since.isoformat()
        if period.is_year:
            when = when[:4]
        elif period.is_month:
            when = when[:7]
        elif not period.is_day:
            when += f"_{period.until.isoformat()}"
        title = self.state.kind.title().replace("/", "-")
        return f"{title} {self._till.info.stand_code} {when}.{suffix}"

    def _save(self, doing: Doing, target: Path, write: "Callable[[Report, Told], None]") -> None:
        report = self.state.report
        if report is None or self.state.doing:
            return
        told = self._begin(doing)

        def work() -> bool:
            try:
                write(report, told)
            except StoppedError:
                return False
            return True

        def done(written: bool) -> None:
            if written:
                note = _("Saved as {file}.").format(file=target.name)
                self._set(replace(self.state, doing="", note=note))

        self._aside(work, done)

    # -- inside ------------------------------------------------------------------------------

    def _choose(self, state: ReportsState) -> None:
        self._set(replace(state, note="", sentence="", asking=""))
        self.make()

    def _begin(self, doing: Doing) -> "Told":
        """A new task; what was under way stops at its next step."""
        self._task += 1
        self.progress = (0, 0)
        mine = self._task
        self._set(replace(self.state, doing=doing, note="", sentence=""))

        def told(done: int, every: int) -> None:
            if mine != self._task:
                raise StoppedError(_("Stopped."))
            self.progress = (done, every)

        return told

    def _stop(self) -> None:
        self._task += 1

    def _aside(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        mine = self._task

        def ended(result: Any) -> None:
            if mine == self._task:
                done(result)

        self._run_aside(work, ended, self._failed(mine), self._failed(mine))

    def _failed(self, mine: int) -> Callable[[TitipError], None]:
        def failed(error: TitipError) -> None:
            if mine == self._task:
                self._set(replace(self.state, doing="", sentence=error.sentence))

        return failed

    def _set(self, state: ReportsState) -> None:
        self.state = state
        self.on_change()
