"""What commands with many words ask for."""

import argparse
from pathlib import Path

from pos.i18n import _


def add_import(parser: argparse.ArgumentParser) -> None:
    """`titip import`: a table of what, from where."""
    parser.add_argument("what", choices=("items", "sellers"))
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--yes", action="store_true", help=_("take the new rows without asking"))
    parser.add_argument("--json", action="store_true", help=_("for programs; asks nothing"))


def add_export(parser: argparse.ArgumentParser) -> None:
    """`titip export`: a table of what, where to."""
    parser.add_argument("what", choices=("items", "sellers"))
    parser.add_argument("file", type=Path, metavar="FILE.xlsx")


def add_report(parser: argparse.ArgumentParser) -> None:
    """`titip report`: which, of when, where to."""
    parser.add_argument("name", nargs="?", default="", help=_("which one; without it, a list"))
    when = parser.add_argument_group(_("of when (today where nothing is said)"))
    when.add_argument("--date", metavar="2026-11-22", help=_("a business day"))
    when.add_argument("--month", metavar="2026-11", help=_("a month"))
    when.add_argument("--year", metavar="2026", help=_("a year"))
    when.add_argument("--since", metavar="2026-11-01", help=_("from this day"))
    when.add_argument("--until", metavar="2026-11-15", help=_("to this day"))
    parser.add_argument("--account", default="cash", help=_("which account of the ledger"))
    where = parser.add_argument_group(_("where to (the terminal where nothing is said)"))
    where.add_argument("--pdf", type=Path, metavar="FILE", help=_("as A4 pages"))
    where.add_argument("--xlsx", type=Path, metavar="FILE", help=_("as a spreadsheet"))
    where.add_argument("--print", action="store_true", help=_("on the receipt printer"))
    where.add_argument("--slips", action="store_true", help=_("the slips to tear off instead"))
    where.add_argument("--json", action="store_true", help=_("for programs"))
