"""Sellers, clusters and categories of a period, and the year's gross."""

from pos.i18n import _
from pos.receipts.report import Report
from pos.receipts.reports_sellers import seller_report, yearly_report
from pos.services.boxes.heads import known_tills
from pos.services.boxes.words import others_up_to
from pos.services.queries.reports import (
    category_figures,
    cluster_figures,
    seller_figures,
    yearly_gross,
)
from pos.services.reports.ask import Ask


def sellers(ask: Ask) -> Report:
    """One line a seller."""
    found = seller_figures(ask.cursor, ask.stand_id, ask.period)
    return seller_report(ask.head, "seller", tuple(one for _name, one in found))


def clusters(ask: Ask) -> Report:
    """One line a cluster."""
    found = cluster_figures(seller_figures(ask.cursor, ask.stand_id, ask.period))
    return seller_report(ask.head, "cluster", found)


def by_category(ask: Ask) -> Report:
    """One line a category."""
    none = _("Without a category")
    found = category_figures(ask.cursor, ask.stand_id, ask.period, none)
    return seller_report(ask.head, "category", found)


def year(ask: Ask) -> Report:
    """Each seller's gross over all stands, against the threshold of the final income tax.

    Of other stands the book knows only so much, and the report says up to when.
    """
    number = ask.period.since.year
    others = others_up_to(known_tills(ask.cursor), ask.stand_id, ask.zone)
    notes = (_("With the sales of {stands}.").format(stands=", ".join(others)),) if others else ()
    return yearly_report(ask.head, number, yearly_gross(ask.cursor, number), notes)
