"""The words that `titip backups`, `restore` and `erase` take; apart, since every start reads them."""

import argparse
from pathlib import Path

from pos.i18n import _


def add_list(parser: argparse.ArgumentParser) -> None:
    """Of `titip backups`."""
    parser.add_argument("folder", type=Path, nargs="*", help=_("look here too, as on a stick"))
    parser.add_argument("--json", action="store_true", help=_("for programs"))


def add_restore(parser: argparse.ArgumentParser) -> None:
    """Of `titip restore`."""
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--leave-newer", action="store_true", help=_("take nothing over from the present book")
    )
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))


def add_erase(parser: argparse.ArgumentParser) -> None:
    """Of `titip erase`."""
    parser.add_argument("who", help=_("a name, a phone number or a seller's code"))
    parser.add_argument("--yes", action="store_true", help=_("do not ask"))
