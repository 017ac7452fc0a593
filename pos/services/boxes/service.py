"""Boxes at one till: write, check, take; and what this book knows of the others."""

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import func, select

from pos.clock import DEFAULT_ZONE
from pos.models.prepared import Prepared
from pos.models.stands import stands, tills
from pos.models.tills import entries_aside
from pos.services.boxes.branches import Branches
from pos.services.boxes.check import BoxFacts, check_box
from pos.services.boxes.container import Box
from pos.services.boxes.heads import KnownTill, known_tills
from pos.services.boxes.manifest import SUFFIX, Tick
from pos.services.boxes.take import Taken, take_box
from pos.services.boxes.write import WrittenBox, write_box

if TYPE_CHECKING:
    from pos.services.till import Till

_branches = Prepared(
    select(
        entries_aside.c.till_no,
        entries_aside.c.why,
        func.min(entries_aside.c.seq),
        func.count(),
        func.min(entries_aside.c.at),
        func.max(entries_aside.c.at),
        func.sum(entries_aside.c.kind == "sale_completed"),
    )
    .group_by(entries_aside.c.till_no, entries_aside.c.why)
    .order_by(entries_aside.c.till_no)
)
_joinable = Prepared(
    select(
        stands.c.id,
        stands.c.code,
        stands.c.name,
        stands.c.kind,
        stands.c.first_day,
        stands.c.last_day,
        select(func.count())
        .select_from(tills)
        .where(tills.c.stand_id == stands.c.id)
        .scalar_subquery(),
    ).order_by(stands.c.id.desc())
)


class Branch(msgspec.Struct, frozen=True):
    """Entries that came and contradict what is here: `count` from entry `seq` on, `sales` of them
    sales; times in UTC milliseconds.
    """

    till_no: int
    why: str
    seq: int
    count: int
    first_at: int
    last_at: int
    sales: int


class JoinableStand(msgspec.Struct, frozen=True):
    """A stand that a new till may join; `tills` counts those that it has already."""

    stand_id: int
    code: str
    name: str
    kind: str
    first_day: str
    last_day: str
    tills: int


def _quiet(_what: str, _done: int, _total: int) -> None:
    pass


class Boxes:
    """Commands about boxes; they also work before a machine is set up (`take`, `check`)."""

    def __init__(self, till: "Till") -> None:
        self._till = till
        self.aside = Branches(till)

    def write(self, target: Path, *, meant_for: int = 0, tick: Tick = _quiet) -> WrittenBox:
        """Write a box for a till, or for any; a folder gets a file of a telling name.

        Raises EnvironmentProblem; what `tick` raises ends it without a file.
        """
        till = self._till
        if target.is_dir():
            target = target / self.suggested_name()
        return write_box(
            till.book,
            till.folder,
            target,
            till_no=till.unit.till_no,
            zone=till.unit.zone,
            now=till.clock.now_ms(),
            tick=tick,
            meant_for=meant_for,
        )

    def suggested_name(self) -> str:
        """A file's name that says who wrote it and when."""
        now = self._till.now()
        return f"{self._till.info.till_code}-{now:%Y%m%d-%H%M}{SUFFIX}"

    def check(self, path: Path, *, tick: Tick = _quiet) -> BoxFacts:
        """What a box would bring. Raises BoxError with the reason not to take it."""
        with Box(path, lambda done, total: tick("read", done, total)) as box:
            return check_box(box, self._till.book.reader(), tick)

    def take(
        self, path: Path, *, by: int, tick: Tick = _quiet, checked: BoxFacts | None = None
    ) -> Taken:
        """Check a box, unless that was `checked`, and take what is new.

        Not to be called on the database worker's thread.
        """
        till = self._till
        return take_box(
            path, till.folder, till.unit, till.worker, by=by, tick=tick, checked=checked
        )

    def known(self) -> tuple[KnownTill, ...]:
        """Every till whose journal is here, this one first."""
        found = known_tills(self._till.book.reader())
        mine = self._till.unit.till_no
        return tuple(sorted(found, key=lambda till: (till.till_no != mine, till.stand_name)))

    def branches(self) -> tuple[Branch, ...]:
        """What was put aside because it contradicts what is here."""
        return tuple(Branch(*row) for row in _branches.all(self._till.book.reader()))

    def joinable(self) -> tuple[JoinableStand, ...]:
        """The stands that came in a box, the newest first: bazaars to come before others."""
        found = [JoinableStand(*row) for row in _joinable.all(self._till.book.reader())]
        return tuple(sorted(found, key=lambda stand: (stand.tills > 0, stand.kind != "bazaar")))

    def zone(self) -> str:
        """The time zone in which times are shown."""
        return self._till.info.zone if self._till.is_set_up else DEFAULT_ZONE
