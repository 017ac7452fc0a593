"""Which reports there are: one entry each. A new report is an entry here and its function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from pos.i18n import _
from pos.receipts.report import Report
from pos.services.reports.ask import Ask
from pos.services.reports.day import day_report
from pos.services.reports.day_sellers import seller_slips, sellers_day
from pos.services.reports.ledger import cash_book, ledger_report, trial_report
from pos.services.reports.month import month_report
from pos.services.reports.online import online_report
from pos.services.reports.orders import months_report, open_report
from pos.services.reports.sellers import by_category, clusters, sellers, year

Picks = Literal["day", "month", "year", "period"]


@dataclass(frozen=True)
class ReportKind:
    """A report. `picks` is what it is made for; `slips` makes papers to tear off, one each.

    `has_account`: one of the ledger's accounts is chosen too. `shows_drawer`: it tells how much
    cash there should be, which a cashier who counts blind does not see before the count is in.
    """

    id: str
    title: Callable[[], str]
    about: Callable[[], str]
    picks: Picks
    make: Callable[[Ask], Report]
    slips: Callable[[Ask], tuple[Report, ...]] | None = None
    has_account: bool = False
    shows_drawer: bool = False


KINDS: Final[tuple[ReportKind, ...]] = (
    ReportKind(
        "day",
        lambda: _("Daily report"),
        lambda: _("Hours, payments, sellers, the drawer"),
        "day",
        day_report,
        shows_drawer=True,
    ),
    ReportKind(
        "day-sellers",
        lambda: _("Sellers of the day"),
        lambda: _("One line a seller; slips to tear off"),
        "day",
        sellers_day,
        slips=seller_slips,
    ),
    ReportKind(
        "month",
        lambda: _("Month report"),
        lambda: _("Day by day, offline and online"),
        "month",
        month_report,
    ),
    ReportKind(
        "sellers",
        lambda: _("Sellers"),
        lambda: _("Gross, commission, dues, payouts"),
        "period",
        sellers,
    ),
    ReportKind(
        "clusters",
        lambda: _("Clusters"),
        lambda: _("The same by the sellers' clusters"),
        "period",
        clusters,
    ),
    ReportKind(
        "categories",
        lambda: _("Categories"),
        lambda: _("The same by the goods' categories"),
        "period",
        by_category,
    ),
    ReportKind(
        "year",
        lambda: _("Gross of a year"),
        lambda: _("Beside the limit of Rp 500.000.000"),
        "year",
        year,
    ),
    ReportKind(
        "online",
        lambda: _("Offline and online"),
        lambda: _("What the stand sold and what sellers sold online, by month, cluster, seller"),
        "year",
        online_report,
    ),
    ReportKind(
        "orders-open",
        lambda: _("Open orders"),
        lambda: _("What waited at the end of a day, its deposits, what was late by maker"),
        "day",
        open_report,
    ),
    ReportKind(
        "orders-months",
        lambda: _("Orders by month"),
        lambda: _("The orders of a year and what became of them"),
        "year",
        months_report,
    ),
    ReportKind(
        "cash-book",
        lambda: _("Cash book"),
        lambda: _("Every movement of cash"),
        "period",
        cash_book,
        shows_drawer=True,
    ),
    ReportKind(
        "ledger",
        lambda: _("Ledger extract"),
        lambda: _("Every movement of one account"),
        "period",
        ledger_report,
        has_account=True,
        shows_drawer=True,
    ),
    ReportKind(
        "trial-balance",
        lambda: _("Trial balance"),
        lambda: _("All accounts; they must sum to zero"),
        "period",
        trial_report,
        shows_drawer=True,
    ),
)


def kind_of(kind_id: str) -> ReportKind:
    """The entry with this id; KeyError for an unknown one."""
    for kind in KINDS:
        if kind.id == kind_id:
            return kind
    raise KeyError(kind_id)
