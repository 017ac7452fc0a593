"""A seller's account, page by page. No widgets."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pos.i18n import _
from pos.ui.goods.work import Work
from pos.ui.sellers.words import elsewhere_text

if TYPE_CHECKING:
    from pos.services.queries.statement import StatementLine
    from pos.ui.desk import Desk
    from pos.ui.settings.gate import Gate

PAGE = 50
Period = Literal["all", "today", "month", "quarter", "year"]
PERIODS: tuple[Period, ...] = ("all", "today", "month", "quarter", "year")


class AccountWork(Work):
    """`lines` newest first; `more` says that older ones are there to load."""

    def __init__(self, desk: "Desk", gate: "Gate") -> None:
        super().__init__(desk, gate)
        self.seller_id = 0
        self.period: Period = "all"
        self.lines: tuple[StatementLine, ...] = ()
        self.more = False
        self.due = 0
        self.elsewhere = ""
        """The account at other stands in a few words, each with up to when it is known."""

    def open(self, seller_id: int) -> None:
        """Another seller, the same period."""
        self.seller_id = seller_id
        self._read()
        self.tell()

    def refresh(self) -> None:
        """See Section: as many lines as were there."""
        self._read(max(PAGE, len(self.lines)))
        super().refresh()

    def choose_period(self, period: Period) -> None:
        """Only lines from a day on."""
        self.period = period
        self._read()
        self.tell()

    def load_more(self) -> None:
        """The next page of older lines."""
        if self.more and self.lines:
            older = self._till.statements.page(
                self.seller_id, limit=PAGE, before=self.lines[-1].line_id, since=self.since
            )
            self.lines += older
            self.more = len(older) == PAGE
            self.on_change()

    @property
    def since(self) -> dt.date | None:
        """The first day of the period, None for all."""
        return first_day(self.period, self._till.business_date())

    def print_it(self) -> None:
        """Queue the account for the receipt printer."""
        papers, seller_id = self._till.office.seller_papers, self.seller_id
        since, staff = self.since, self.session.name
        self.do(
            lambda: papers.print_statement(seller_id, since=since, staff=staff),
            lambda _done: self.tell(note=_("The statement goes to the printer.")),
        )

    def save_account(self, target: Path) -> None:
        """Write the account of the period as A4 PDF: read and drawn beside till and screen."""
        papers, seller_id = self._till.office.seller_papers, self.seller_id
        since, staff = self.since, self.session.name

        def make() -> bytes:
            from pos.receipts.pdf import paper_pdf

            return paper_pdf(papers.statement(seller_id, since=since, staff=staff))

        self.save_file(target, make)

    def _read(self, count: int = PAGE) -> None:
        if not self.seller_id:
            return
        statements = self._till.statements
        self.due = statements.due(self.seller_id)
        self.lines = statements.page(self.seller_id, limit=count, since=self.since)
        self.more = len(self.lines) == count
        self.elsewhere = self._elsewhere()

    def _elsewhere(self) -> str:
        if len(self._till.boxes.known()) < 2:
            return ""
        sold = self._till.office.bazaars.seller_by_stand(self.seller_id)
        return elsewhere_text(sold, self._till.info.stand_id)


def first_day(period: Period, today: dt.date) -> dt.date | None:
    """From when a period lasts."""
    match period:
        case "all":
            return None
        case "today":
            return today
        case "month":
            return today.replace(day=1)
        case "quarter":
            return today - dt.timedelta(days=90)
        case "year":
            return today.replace(month=1, day=1)


def period_text(period: Period) -> str:
    """A period, for people."""
    names: dict[Period, str] = {
        "all": _("All"),
        "today": _("Today"),
        "month": _("This month"),
        "quarter": _("90 days"),
        "year": _("This year"),
    }
    return names[period]
