"""A parser of the command line that speaks the person's language where argparse has English."""

import argparse
from collections.abc import Iterable
from typing import Any

from pos.i18n import _


class Parser(argparse.ArgumentParser):
    """Usage, headings and `--help` translated; subcommands are made of the same class."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"add_help": False, "formatter_class": _Formatter, **given})
        self._positionals.title = _("what to give")
        self._optionals.title = _("options")
        self.add_argument("-h", "--help", action="help", help=_("show this help and end"))


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)
