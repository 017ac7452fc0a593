"""Putting a backup in the place of the book: what there is, what it would mean, doing it.

All work happens on a new file beside the book; see restore_moves for how it takes its place.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

from pos.clock import Clock, SystemClock, local
from pos.config import book_path
from pos.errors import BookTooNewError, EnvironmentProblem, UserError
from pos.events import BookRestored
from pos.i18n import _
from pos.models.backup import Facts, check_copy, read_facts
from pos.models.engine import Book, translated_errors
from pos.models.files import sync
from pos.models.loose import open_best
from pos.models.migrate import SCHEMA_VERSION, migrate
from pos.models.salvage import (
    Newer,
    make_local_safe,
    take_over,
    take_over_local,
)
from pos.services import backup_places as places
from pos.services.backup_names import Stamp
from pos.services.changes import Changes
from pos.services.restore_moves import NEW, drop_unfinished, finish_interrupted, put_in_place
from pos.services.settings import Settings
from pos.services.trace import forget_trace, keep_trace, knows_others
from pos.services.unit_of_work import UnitOfWork

Progress = Callable[[str, int, int], None]
Present = Literal["absent", "unreadable", "damaged", "whole"]


class Choice(msgspec.Struct, frozen=True):
    """A backup that may be restored. `facts` is None when it can't even be opened."""

    path: Path
    place: Literal["here", "second"]
    stamp: Stamp
    size: int
    facts: Facts | None


class Outlook(msgspec.Struct, frozen=True):
    """What restoring means: `newer` is what can be taken over from the present book.

    `other` says that the present book is not a continuation of the backup: nothing of it can be.
    """

    facts: Facts
    present: Present
    newer: Newer
    other: bool = False


class Restored(msgspec.Struct, frozen=True):
    """What was done. `aside` is where the earlier book lies now, None where there was none.

    `others` says that other tills know this one, so that a box may bring back what is lost.
    """

    facts: Facts
    newer: Newer
    aside: Path | None
    others: bool = False


class _NotBefore:
    """A clock that is never behind the last entry of the book."""

    def __init__(self, clock: Clock, least: int) -> None:
        self._clock, self._least = clock, least

    def now_ms(self) -> int:
        return max(self._clock.now_ms(), self._least)

    def monotonic(self) -> float:
        return self._clock.monotonic()


def list_choices(folder: Path, *others: Path) -> tuple[Choice, ...]:
    """Backups of a data folder, of its second place, and of other folders; the newest first.

    One that lies in two places is listed once.
    """
    found: dict[Stamp, Choice] = {}
    second = places.second_place(folder)
    shelves: list[tuple[Path, Literal["here", "second"]]] = [(places.here(folder), "here")]
    for place in (second, *others):
        if place is not None and place.is_dir():
            shelves.append((place, "second"))
            shelves += [
                (inner, "second") for inner in sorted(place.glob("titip-*")) if inner.is_dir()
            ]
    for shelf, name in shelves:
        for stamp, path in places.stamps_in(shelf).items():
            if stamp not in found:
                found[stamp] = Choice(path, name, stamp, path.stat().st_size, _facts(path))
    return tuple(found[stamp] for stamp in sorted(found, reverse=True))


def look_ahead(folder: Path, backup: Path) -> Outlook:
    """What restoring this backup would mean for the present book. Raises EnvironmentProblem."""
    facts = read_facts(backup)
    path = book_path(folder)
    if not path.exists():
        return Outlook(facts, "absent", Newer())
    damaged = open_best(path, facts.heads)
    if damaged is None:
        return Outlook(facts, "unreadable", Newer())
    try:
        newer = Newer()
        other = not damaged.is_of(facts.till_no)
        if not other:
            for _entry in damaged.newer_than(facts.heads, newer):
                pass
        whole = damaged.is_whole()
        present: Present = "whole" if whole else "damaged"
        return Outlook(facts, present, newer, other=other or (whole and newer.broken))
    finally:
        damaged.close()


def restore(
    folder: Path,
    backup: Path,
    *,
    take_newer: bool = True,
    by: int = 0,
    clock: Clock | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Make a backup the book. The till must be closed.

    `take_newer` takes over what the present book holds beyond it, as far as its chain holds. `by`
    is the manager in whose name it is done, 0 where nobody can sign in. Raises EnvironmentProblem,
    BookDamagedError for a backup that does not hold, BookTooNewError.
    """
    clock, tell = clock or SystemClock(), progress or _silent
    finish_interrupted(folder)
    facts = check_copy(backup, tell)
    if facts.schema > SCHEMA_VERSION:
        raise BookTooNewError(
            _("This backup was written by a newer version of Titip. Install that version first.")
        )
    if not facts.till_no:
        raise UserError(_("This backup is of a till that was never set up."))
    new = folder / NEW
    try:
        _copy_in(backup, new)
        if facts.schema < SCHEMA_VERSION:
            migrate(new)
        newer, others = _complete(
            folder, new, facts, clock, by=by, take_newer=take_newer, tell=tell
        )
        check_copy(new, tell)
        aside = put_in_place(folder, local(clock.now_ms(), facts.zone))
        places.bring_pictures_back(backup.parent, folder)
    except OSError as error:
        raise EnvironmentProblem(
            _("The backup could not be restored: {why}").format(why=error.strerror or error)
        ) from error
    return Restored(facts, newer, aside, others)


def _copy_in(backup: Path, new: Path) -> None:
    drop_unfinished(new)
    shutil.copyfile(backup, new)
    if os.name == "posix":
        new.chmod(0o600)
    sync(new)


def _complete(
    folder: Path,
    new: Path,
    facts: Facts,
    clock: Clock,
    *,
    by: int,
    take_newer: bool,
    tell: Progress,
) -> tuple[Newer, bool]:
    """Take over what is newer, and write down that and what was done; whether others know it."""
    newer = Newer()
    book = Book(new)
    try:
        damaged = open_best(book_path(folder), facts.heads) if take_newer else None
        if damaged is not None and not damaged.is_of(facts.till_no):
            damaged.close()
            damaged = None
        with book.transaction() as cursor:
            if damaged is None:
                make_local_safe(cursor)
            else:
                newer = take_over(cursor, damaged, facts.heads, lambda n: tell("salvage", n, n + 1))
                take_over_local(cursor, damaged)
        if damaged is not None:
            damaged.close()
        others = _leave_trace(book, facts, newer, clock, by=by)
    finally:
        book.close()
    if new.with_name(new.name + "-wal").exists():
        raise EnvironmentProblem(
            _("The disk reports an error: nothing was saved. Check the disk before going on.")
        )
    sync(new)
    return newer, others


def _leave_trace(book: Book, facts: Facts, newer: Newer, clock: Clock, *, by: int) -> bool:
    unit = UnitOfWork(book, _NotBefore(clock, max(facts.at, newer.at)), Changes(), facts.till_no)
    unit.zone = facts.zone
    with translated_errors():
        stand_id = (
            book.reader()
            .execute("SELECT stand_id FROM tills WHERE till_no = ?", (facts.till_no,))
            .fetchone()[0]
        )
    Settings(book, unit, stand_id)
    head = next(digest for till, _seq, digest in facts.heads if till == facts.till_no)
    event = BookRestored(seq=facts.seq, head=head.hex(), taken=newer.entries)
    with unit.write() as tx:
        forget_trace(tx.cursor)
        others = knows_others(tx.cursor, facts.till_no)
        if others:
            keep_trace(tx.cursor, event, by)
        else:
            tx.append(event, staff_id=by)
    return others


def _facts(path: Path) -> Facts | None:
    try:
        return read_facts(path)
    except EnvironmentProblem:
        return None


def _silent(_what: str, _done: int, _total: int) -> None:
    pass
