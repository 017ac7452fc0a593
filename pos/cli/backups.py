"""`titip backup`, `titip backups`, `titip restore FILE`."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from pos.cli.alone import alone
from pos.clock import SystemClock
from pos.config import book_path
from pos.errors import UserError
from pos.i18n import _
from pos.services.backups_alone import back_up_alone
from pos.services.restore import Choice, list_choices, look_ahead, restore
from pos.services.restore_words import foretell, says, took_over

Progress = Callable[[str, int, int], None]


def make_backup(folder: Path, progress: Progress) -> int:
    """Make one now, whether or not the till runs; prints where it lies."""
    if not book_path(folder).is_file():
        raise UserError(_("There is no book in {folder}.").format(folder=folder))
    print(back_up_alone(folder, SystemClock(), progress))
    return 0


def list_backups(folder: Path, others: list[Path], *, as_json: bool) -> int:
    """One line a backup, the newest first."""
    choices = list_choices(folder, *others)
    if as_json:
        print(json.dumps([_as_json(choice) for choice in choices], indent=2))
        return 0
    for choice in choices:
        print(f"{choice.path}\t{says(choice)}")
    return 0


def restore_backup(
    folder: Path, backup: Path, *, leave_newer: bool, yes: bool, progress: Progress
) -> int:
    """Say what it holds and what would be lost, ask, and restore it. The till must be closed."""
    if not backup.is_file():
        raise UserError(_("There is no file {path}.").format(path=backup))
    with alone(folder):
        for line in foretell(look_ahead(folder, backup), take_newer=not leave_newer):
            print(line)
        if not yes and not _agreed():
            print(_("Nothing was changed."))
            return 1
        done = restore(folder, backup, take_newer=not leave_newer, progress=progress)
    print(took_over(done))
    if done.aside is not None:
        print(_("The earlier book lies in {folder}.").format(folder=done.aside))
    return 0


def _as_json(choice: Choice) -> dict[str, object]:
    facts = choice.facts
    return {
        "path": str(choice.path),
        "place": choice.place,
        "made": choice.stamp.at.isoformat(),
        "size": choice.size,
        "readable": facts is not None,
        "entries": facts.entries if facts else 0,
        "receipt": facts.receipt if facts else "",
        "business_date": facts.business_date if facts else "",
    }


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UserError(_("Nobody is there to ask; --yes restores without asking."))
    return input(_("Restore it? Type yes: ")).strip().casefold() in {"yes", "ya", "y"}
