"""`titip import items|sellers FILE` and `titip export items|sellers FILE`."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from pos.cli.alone import alone
from pos.config import book_path
from pos.errors import UserError
from pos.i18n import _
from pos.services.spreadsheet.export import export_items, export_sellers
from pos.services.spreadsheet.plan import Plan
from pos.services.spreadsheet.take_over import Taken
from pos.services.till import Till

Progress = Callable[[str, int, int], None]


def run_import(folder: Path, asked: argparse.Namespace, progress: Progress) -> int:
    """Say what can't be taken and why, ask, and write what is new; 1 when nothing was written."""
    with alone(folder):
        till = _open(folder)
        try:
            plan = _read(till, asked.what, asked.file, progress)
            if not asked.json:
                _tell_plan(plan)
            taken = None
            if plan.count("new") and (asked.yes or (not asked.json and _agreed())):
                taken = _take(till, asked.what, plan, progress)
        finally:
            till.close()
    if asked.json:
        print(json.dumps(_as_json(plan, taken), ensure_ascii=False, indent=2))
    elif taken is None:
        print(_("Nothing was written."))
    else:
        said = _("In the book now: {cards} cards, {pieces} pieces, {notes} notes.")
        print(said.format(cards=taken.cards, pieces=taken.pieces, notes=taken.notes))
    return 1 if taken is None else 0


def run_export(folder: Path, what: str, file: Path) -> int:
    """Write all items or sellers as XLSX, also while the till runs."""
    till = _open(folder)
    try:
        export = export_items if what == "items" else export_sellers
        count = export(till.book, file, till.business_date())
    finally:
        till.close()
    print(_("{count} rows written to {file}.").format(count=count, file=file))
    return 0


def _open(folder: Path) -> Till:
    if not book_path(folder).is_file():
        raise UserError(_("There is no book in {folder}.").format(folder=folder))
    return Till.open(folder)


def _read(till: Till, what: str, file: Path, progress: Progress) -> Plan:
    def told(done: int, total: int) -> None:
        progress(_("checking"), done, total)

    importing = till.importing
    plan = (importing.read_items if what == "items" else importing.read_sellers)(file, told)
    _end_of_line()
    return plan


def _take(till: Till, what: str, plan: Plan, progress: Progress) -> Taken:
    def told(done: int, total: int) -> None:
        progress(_("writing"), done, total)

    # Whoever may log in to the machine as the owner of the folder acts as its first manager.
    by = next(tile.staff_id for tile in till.staff.tiles() if tile.role == "manajer")
    importing = till.importing
    take = importing.take_items if what == "items" else importing.take_sellers
    taken = take(plan, told, by=by)
    _end_of_line()
    return taken


def _tell_plan(plan: Plan) -> None:
    for row in plan.rows:
        if row.status == "bad":
            print(_("Row {line}: {why}").format(line=row.line, why=row.reason))
    print(
        _("{new} new, {known} in the book already, {bad} that can't be taken.").format(
            new=plan.count("new"), known=plan.count("known"), bad=plan.count("bad")
        )
    )
    if plan.note:
        print(plan.note)
    if plan.ignored_columns:
        names = ", ".join(plan.ignored_columns)
        print(_("Columns that are not used: {names}.").format(names=names))


def _as_json(plan: Plan, taken: Taken | None) -> dict[str, object]:
    return {
        "new": plan.count("new"),
        "known": plan.count("known"),
        "bad": [{"row": row.line, "why": row.reason} for row in plan.rows if row.status == "bad"],
        "written": taken.cards if taken else 0,
    }


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UserError(_("Nobody is there to ask; --yes takes the new rows without asking."))
    return input(_("Take the new rows? Type yes: ")).strip().casefold() in {"yes", "ya", "y"}


def _end_of_line() -> None:
    if sys.stderr.isatty():
        print("\r" + " " * 40 + "\r", end="", file=sys.stderr)
