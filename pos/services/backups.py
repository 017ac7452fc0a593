"""Backups without thinking: after each close, at the end, and every half hour of selling.

The copy is made on the database worker, which serves every sale between two steps of it; checking
and everything slow happens on a thread of its own, at a pace that leaves the screen quick.
"""

import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pos.clock import Clock, local
from pos.config import make_private
from pos.errors import BookDamagedError, EnvironmentProblem
from pos.i18n import _
from pos.models.backup import Facts, Heads, check_copy, contains, copy_book, heads_of, read_facts
from pos.models.engine import Book, translated_errors
from pos.services import backup_places as places
from pos.services.backup_names import Stamp

if TYPE_CHECKING:
    from pos.services.changes import Changes
    from pos.services.till_info import TillInfo
    from pos.services.worker import Worker

EVERY_SECONDS = 30 * 60
ROOM = 20 * 1024 * 1024
"""Bytes that must stay free beside a copy: a backup never takes a sale's room."""

log = logging.getLogger(__name__)


class BackupState(msgspec.Struct, frozen=True):
    """What the screens show. `at` is UTC milliseconds of the last good backup of this run (0: none
    yet); `problem` a sentence while the last try failed; `second` how the second place is.
    """

    running: bool = False
    at: int = 0
    facts: Facts | None = None
    path: Path | None = None
    problem: str = ""
    second: places.Second = "none"
    second_problem: str = ""


Listener = Callable[[BackupState], None]


class Backups:
    """Makes backups of one till. Nothing happens by itself before `start`."""

    def __init__(
        self, book: Book, worker: "Worker", clock: Clock, folder: Path, info: "TillInfo"
    ) -> None:
        self._book, self._worker, self._clock = book, worker, clock
        self.folder = folder
        self._info = info
        self._one = threading.Lock()
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = False
        self._started = False
        self._heads: Heads = ()
        self._last_try: float | None = None
        self._listeners: list[Listener] = []
        self._unsubscribe: Callable[[], None] = lambda: None
        self.state = BackupState()

    # -- by itself -------------------------------------------------------------------

    def start(self, changes: "Changes", is_closed: Callable[[], bool]) -> None:
        """From now on after each close (`is_closed` says that no shift is open), and in quiet
        moments when half an hour has passed.
        """
        self._started = True
        self._remember_newest()

        def changed(topics: frozenset[str]) -> None:
            if "shifts" in topics and is_closed():
                self.ask()

        self._unsubscribe = changes.subscribe(changed)

    def idle(self) -> None:
        """A quiet moment of the worker: is a backup due?"""
        if not self._started:
            return
        now = self._clock.monotonic()
        if self._last_try is None or now - self._last_try >= EVERY_SECONDS:
            self.ask(only_if_changed=True)

    def ask(self, *, only_if_changed: bool = False) -> None:
        """Begin one beside everything else; while one is under way, another follows it."""
        with self._guard:
            if self._thread is not None and self._thread.is_alive():
                self._again = self._again or not only_if_changed
                return
            self._last_try = self._clock.monotonic()
            self._thread = threading.Thread(
                target=self._run, args=(only_if_changed,), name="backup", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """At the end: wait for one that is under way, then make the last one if anything changed."""
        if not self._started:
            return
        self._started = False
        self._unsubscribe()
        if self._thread is not None:
            self._thread.join()
        if self._changed():
            self._quietly(gently=False)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told each new state, on whatever thread; call what is returned to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    # -- one backup ------------------------------------------------------------------

    def make(self, *, gently: bool = False) -> Path:
        """Make one now and wait for it; where it lies. Raises EnvironmentProblem.

        Not on the worker's thread: it serves the worker's other callers meanwhile.
        """
        with self._one:
            self._tell(running=True)
            try:
                path, facts = self._make(gently=gently)
            except (EnvironmentProblem, OSError) as error:
                problem = _as_problem(error)
                self._tell(running=False, problem=problem.sentence)
                raise problem from error
            except BaseException:
                self._tell(running=False)
                raise
            self._heads = facts.heads
            self._bring_to_second(path)
            self._tell(running=False, at=self._clock.now_ms(), facts=facts, path=path, problem="")
            return path

    def choose_second(self, place: Path | None) -> None:
        """Another second place (None: none). Raises UserError, EnvironmentProblem."""
        places.choose_second(self.folder, place, self._info.till_code, self._info.till_no)
        self._tell(second="none", second_problem="")

    def _make(self, *, gently: bool) -> tuple[Path, Facts]:
        folder = places.here(self.folder)
        make_private(folder)
        need = self._book.path.stat().st_size + ROOM
        if shutil.disk_usage(folder).free < need:
            raise EnvironmentProblem(
                _("There is too little space on the disk for a backup. Selling goes on.")
            )
        unfinished = folder / f"new{places.PART}"
        before = self._worker.call(self._heads_now)
        self._worker.call(self._copy, unfinished)
        facts = check_copy(unfinished, gently=gently)
        if not self._worker.call(self._is_ours, facts, before):
            raise BookDamagedError(_("The backup is not what the book says. It was not kept."))
        stamp = self._stamp(facts)
        target = folder / stamp.file_name
        places.publish(unfinished, target)
        places.keep_pictures(self.folder, folder)
        places.thin_out(folder, stamp)
        return target, facts

    def _copy(self, unfinished: Path) -> None:
        copy_book(
            self._book.driver_connection, unfinished, lambda _done, _total: self._worker.give_way()
        )

    def _is_ours(self, facts: Facts, before: Heads) -> bool:
        """Whether a copy holds all that was there before it, and nothing that is not in the book."""
        reached = {till: seq for till, seq, _hash in facts.heads}
        with translated_errors():
            ours = contains(self._book.driver_connection, facts.heads)
        return ours and all(reached.get(till, 0) >= seq for till, seq, _hash in before)

    def _heads_now(self) -> Heads:
        with translated_errors():
            return heads_of(self._book.driver_connection)

    def _stamp(self, facts: Facts) -> Stamp:
        at = local(self._clock.now_ms(), self._info.zone).replace(tzinfo=None, microsecond=0)
        return Stamp(at, facts.seq, self._info.till_code)

    def _bring_to_second(self, path: Path) -> None:
        info = self._info
        try:
            how = places.bring_to_second(self.folder, path, info.till_code, info.till_no)
        except OSError as error:
            log.warning("the second place failed", exc_info=True)
            self._tell(second="failed", second_problem=error.strerror or str(error))
        else:
            self._tell(second=how, second_problem="")

    # -- inside ----------------------------------------------------------------------

    def _run(self, only_if_changed: bool) -> None:  # noqa: FBT001 (a thread's argument)
        if not only_if_changed or self._changed():
            self._quietly(gently=True)
        while True:
            with self._guard:
                if not self._again:
                    self._thread = None
                    return
                self._again = False
            self._quietly(gently=True)

    def _quietly(self, *, gently: bool) -> None:
        try:
            self.make(gently=gently)
        except EnvironmentProblem:
            log.warning("no backup was made", exc_info=True)
        except Exception:  # a bug in it must not stop the worker that sells
            log.exception("a backup failed")
            self._tell(
                problem=_("The backup failed. Selling goes on; please tell who looks after Titip.")
            )

    def _changed(self) -> bool:
        try:
            return self._worker.call(self._heads_now) != self._heads
        except EnvironmentProblem:
            return True

    def _remember_newest(self) -> None:
        """What an earlier run has backed up need not be backed up again."""
        found = places.stamps_in(places.here(self.folder))
        if not found:
            return
        try:
            self._heads = read_facts(found[max(found)]).heads
        except EnvironmentProblem:
            log.warning("the newest backup can't be read", exc_info=True)

    def _tell(self, **changed: object) -> None:
        self.state = msgspec.structs.replace(self.state, **changed)
        for listener in tuple(self._listeners):
            try:
                listener(self.state)
            except Exception:  # what is shown must not decide what is backed up
                log.exception("a listener of the backups failed")


def _as_problem(error: Exception) -> EnvironmentProblem:
    if isinstance(error, EnvironmentProblem):
        return error
    why = getattr(error, "strerror", "") or str(error)
    return EnvironmentProblem(_("No backup could be made: {why}").format(why=why))
