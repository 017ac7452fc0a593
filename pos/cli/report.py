"""`titip report NAME`: what the report screen does, without a window."""

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec

from pos.config import book_path
from pos.errors import UserError
from pos.i18n import _
from pos.receipts.escpos import compose
from pos.receipts.layout import layout, render_text
from pos.receipts.report import Report
from pos.services.files import write_whole
from pos.services.queries.periods import Period
from pos.services.reports.kinds import KINDS, ReportKind, kind_of
from pos.services.reports.making import pdf_of, save_xlsx
from pos.services.till import Till

Progress = Callable[[str, int, int], None]
_COLUMNS = 48


def run_report(folder: Path, asked: argparse.Namespace, *, progress: Progress) -> int:
    """Make it and give it out; 1 when a printer refused. Raises UserError for what can't be."""
    if not asked.name:
        _list()
        return 0
    if not book_path(folder).is_file():
        raise UserError(_("There is no book in {folder}.").format(folder=folder))
    till = Till.open(folder)
    try:
        if not till.is_set_up:
            raise UserError(_("There is no book in {folder}.").format(folder=folder))
        kind = _kind(asked.name)
        period = _period(asked, till.business_date())
        reports = till.office.reports

        def told(done: int, every: int) -> None:
            progress(kind.title(), done, every or done + 1)

        if asked.slips:
            made = reports.slips(kind.id, period)
            if kind.slips is None:
                raise UserError(_("This report has no slips to tear off."))
        else:
            made = (reports.make(kind.id, period, account=asked.account, told=told),)
        return _give_out(till, asked, made, told)
    finally:
        till.close()


def _give_out(
    till: Till,
    asked: argparse.Namespace,
    made: tuple[Report, ...],
    told: Callable[[int, int], None],
) -> int:
    if (asked.pdf or asked.xlsx) and asked.slips:
        raise UserError(_("Slips go to the receipt printer only."))
    if asked.pdf:
        write_whole(asked.pdf, pdf_of(made[0], told))
    if asked.xlsx:
        save_xlsx(made[0], asked.xlsx, told)
    if asked.json:
        shown = [msgspec.to_builtins(one) for one in made]
        print(msgspec.json.encode(shown if asked.slips else shown[0]).decode())
    status = _print(till, made) if asked.print else 0
    if not (asked.pdf or asked.xlsx or asked.json or asked.print):
        for one in made:
            print(render_text(layout(one, _COLUMNS), _COLUMNS))
    return status


def _print(till: Till, made: tuple[Report, ...]) -> int:
    """Straight to the printer, not through the queue: a till with a window may be at that."""
    from pos.cli.printers import send

    printing = till.printing
    for one in made:
        raw = compose(one, printing.profile())
        if send(raw, printing.choice().address, printing.preview_folder):
            return 1
    return 0


def _list() -> None:
    wide = max(len(kind.id) for kind in KINDS)
    for kind in KINDS:
        print(f"{kind.id:<{wide}}  {kind.title()}: {kind.about()}")


def _kind(name: str) -> ReportKind:
    try:
        return kind_of(name)
    except KeyError:
        raise UserError(
            _("There is no report “{name}”. There are: {names}.").format(
                name=name, names=", ".join(kind.id for kind in KINDS)
            )
        ) from None


def _period(asked: argparse.Namespace, today: dt.date) -> Period:
    if asked.date:
        return Period.of_day(_date(asked.date))
    if asked.month:
        return Period.of_month(_date(f"{asked.month}-01"))
    if asked.year:
        return Period.of_year(_date(f"{asked.year}-01-01").year)
    if not (asked.since or asked.until):
        return Period.of_month(today) if asked.name not in _OF_TODAY else Period.of_day(today)
    until = _date(asked.until) if asked.until else today
    since = _date(asked.since) if asked.since else until.replace(day=1)
    if since > until:
        raise UserError(_("The period ends before it begins."))
    return Period(since, until)


_OF_TODAY = frozenset(kind.id for kind in KINDS if kind.picks in {"day", "year"})


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UserError(
            _("“{text}” is not a date; write it as 2026-11-22.").format(text=text)
        ) from None
