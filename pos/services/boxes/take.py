"""Taking a box: pictures, then other tills' entries in slices, then cards.

Each slice is one short transaction on the database worker, so that a sale never waits for a box,
and ends with an entry of this till that says what it has now. A cancel, a full disk or a power cut
between two slices leaves a whole book; taking the same box again goes on from there.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy.dialects.sqlite import insert

from pos.events import BoxTaken, Seen
from pos.i18n import _
from pos.models.catalog import contact_cards
from pos.models.causal import MissingEntriesError, causal, rests_on
from pos.models.engine import Book, driver
from pos.models.entries import Entry
from pos.models.gathering import gathering
from pos.models.prepared import Prepared
from pos.models.tills import entries_aside
from pos.services.boxes.check import BoxFacts, check_box, fresh_entries, still_true
from pos.services.boxes.container import Box
from pos.services.boxes.heads import hash_at, known_tills
from pos.services.boxes.manifest import BoxError, Card, Tick, damaged
from pos.services.changes import TOPICS
from pos.services.pictures import keep_picture, picture_path
from pos.services.unit_of_work import Transaction, UnitOfWork

if TYPE_CHECKING:
    from pos.services.worker import Worker

SLICE = 2_000
"""Entries in one transaction at most; as soon as something else waits for the book, it ends."""
BATCH = 50
"""... after at most so many more."""
_card = Prepared(insert(contact_cards))
_NEWER = (
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone, "
    "bank = excluded.bank, updated_at = excluded.updated_at, updated_by = excluded.updated_by "
    "WHERE (excluded.updated_at, excluded.updated_by, excluded.name, excluded.phone, "
    "excluded.bank) > (contact_cards.updated_at, contact_cards.updated_by, contact_cards.name, "
    "contact_cards.phone, contact_cards.bank)"
)
_aside = Prepared(insert(entries_aside).on_conflict_do_nothing())
_REFUSED = (driver.IntegrityError, driver.DataError, OverflowError, ValueError, KeyError)
"""How an entry that fits no honest journal ends; gaps in numbers and unbalanced legs are values."""


class Taken(msgspec.Struct, frozen=True):
    """What a box brought."""

    facts: BoxFacts
    entries: int
    aside: int
    cards: int
    pictures: int


def take_box(
    path: Path,
    folder: Path,
    unit: UnitOfWork,
    worker: "Worker",
    *,
    by: int,
    tick: Tick,
    checked: BoxFacts | None = None,
) -> Taken:
    """Check a box and take what is new in it. Call from a thread that is not the worker's.

    `by` is who does it, or 0 on a machine that is not set up yet. What was `checked` before is
    not looked through again while it holds. Raises BoxError when the box can't be used,
    EnvironmentProblem for the disk, and what `tick` raises.
    """
    with Box(path, lambda done, total: tick("read", done, total)) as box:
        reader = unit.book.reader()
        facts = (
            checked
            if checked is not None and still_true(checked, box, reader)
            else check_box(box, reader, tick)
        )
        pictures = _take_pictures(box, folder, tick)
        taking = _Taking(box, facts, unit, worker, by, tick)
        entries = taking.entries()
        aside = taking.put_aside()
        cards = taking.cards()
        if by:  # before set-up there is nothing that could show it
            unit.changes.publish(TOPICS)
        return Taken(facts, entries, aside, cards, pictures)


def _take_pictures(box: Box, folder: Path, tick: Tick) -> int:
    names = box.manifest.pictures
    taken = 0
    for done, name in enumerate(names, start=1):
        if len(name) != 64 or not name.isalnum():
            raise damaged("pictures")
        if not picture_path(folder, name).is_file():
            keep_picture(folder, name, box.picture(name))
            taken += 1
        tick("pictures", done, len(names))
    return taken


class _Taking:
    """One box on its way into one book."""

    def __init__(
        self, box: Box, facts: BoxFacts, unit: UnitOfWork, worker: "Worker", by: int, tick: Tick
    ) -> None:
        self._box = box
        self._facts = facts
        self._unit = unit
        self._worker = worker
        self._by = by
        self._tick = tick
        self._known = {till.till_no: till.seq for till in known_tills(unit.book.reader())}
        self._done = 0
        self._came: dict[tuple[int, int], bytes] = {}
        self._stopped: dict[int, int] = {}
        """Tills whose entries from a sequence number on rest on a branch that is not ours."""

    def entries(self) -> int:
        """Take everything that continues what is here, slice by slice; how many came."""
        fresh = [facts for facts in self._facts.tails if facts.state == "new"]
        # A book restored from a backup gets its own entries back: in one go, since what this till
        # writes between two slices would take the place of the next of them.
        mine = any(facts.tail.till_no == self._unit.till_no for facts in fresh)
        streams = [fresh_entries(self._box, facts) for facts in fresh]
        found = causal(streams, self._known, stop=self._rests_on_other_branch)
        try:
            self._take_all(_slices(found, whole=mine), whole=mine)
        except MissingEntriesError as error:
            if not self._stopped and not self._facts.forks:
                raise damaged(str(error)) from error
            self._stop_waiting(fresh)
        return self._done

    def put_aside(self) -> int:
        """Keep the entries of other branches and what rests on them, from this box; how many."""
        rows: list[tuple[Any, ...]] = []
        for facts in self._facts.tails:
            till_no = facts.tail.till_no
            if facts.state == "forked":
                rows += [_aside_row(entry, "fork") for entry in fresh_entries(self._box, facts)]
            elif till_no in self._stopped:
                rows += [
                    _aside_row(entry, "rests_on_fork")
                    for entry in fresh_entries(self._box, facts)
                    if entry.seq >= self._stopped[till_no]
                ]
        reader = self._unit.book.reader()
        for entry, why in self._box.aside():
            if hash_at(reader, entry.till_no, entry.seq) != entry.hash:
                rows.append(_aside_row(entry, "fork" if why == "fork" else "rests_on_fork"))
        if rows:
            self._worker.call(_write_rows, self._unit.book, _aside.sql, rows)
        return len(rows)

    def cards(self) -> int:
        """Keep the newer of each contact card; how many were looked at."""
        done, total = 0, self._box.manifest.cards
        found = self._box.cards()
        while part := list(islice(found, 1_000)):
            rows = [msgspec.structs.astuple(card) for card in part if _sound(card)]
            self._worker.call(_write_rows, self._unit.book, _card.sql + _NEWER, rows)
            done += len(part)
            self._tick("cards", done, total)
        return done

    # -- inside ------------------------------------------------------------------------------

    def _take_all(self, slices: Iterator[list[Entry]], *, whole: bool) -> None:
        """The next slice is read from the box while the book takes the one before it.

        What goes wrong meanwhile, or a cancel, waits for the slice that is on its way.
        """
        missing: MissingEntriesError | None = None
        read = next(slices, [])
        while read:
            part = read if whole else read[:SLICE]
            taking = self._worker.submit(self._take_slice, part, whole)
            following: list[Entry] = []
            try:
                if len(read) <= SLICE:  # sales that come in between must not make it grow
                    following = next(slices, [])
            except MissingEntriesError as error:
                missing = error
            finally:
                taken = taking.result()
            self._done += taken
            self._tick("entries", self._done, self._facts.fresh)
            read = read[taken:] + following
        if missing is not None:
            raise missing

    def _take_slice(self, part: list[Entry], whole: bool) -> int:  # noqa: FBT001 (called by the worker)
        """One transaction; how many entries it took before somebody else wanted the book."""
        at = part[0]
        taken = 0
        try:
            with self._unit.write() as tx:
                with gathering(tx.cursor):
                    for begin in range(0, len(part), BATCH):
                        batch = part[begin : begin + BATCH]
                        tx.enter(batch)
                        for at in batch:
                            tx.take(at)
                        taken += len(batch)
                        if self._worker.wanted and not whole:
                            break
                if self._by:
                    self._record(tx, part[:taken])
        except _REFUSED as error:
            raise BoxError(
                _("Entry {seq} of till {till} does not fit what is in this book: {why}.").format(
                    seq=at.seq, till=at.till_no, why=error
                ),
                field="box",
            ) from error
        return taken

    def _record(self, tx: Transaction, part: list[Entry]) -> None:
        last = {entry.till_no: entry for entry in part if entry.till_no != self._unit.till_no}
        seen = tuple(
            Seen(entry.till_no, entry.seq, entry.hash.hex()) for _no, entry in sorted(last.items())
        )
        if seen:
            tx.append(BoxTaken(seen=seen), staff_id=self._by)

    def _rests_on_other_branch(self, entry: Entry) -> bool:
        self._came[entry.till_no, entry.seq] = entry.hash
        for seen in rests_on(entry):
            here = self._came.get((seen.till_no, seen.seq)) or hash_at(
                self._unit.book.reader(), seen.till_no, seen.seq
            )
            if here is not None and here.hex() != seen.hash:
                self._stopped[entry.till_no] = entry.seq
                return True
        return False

    def _stop_waiting(self, fresh: Any) -> None:
        """What still waits rests on entries that were put aside, and goes there as well."""
        reader = self._unit.book.reader()
        for till in known_tills(reader):
            self._known[till.till_no] = till.seq
        for facts in fresh:
            till_no = facts.tail.till_no
            reached = self._known.get(till_no, 0)
            if reached < facts.tail.seq:
                self._stopped.setdefault(till_no, reached + 1)


def _slices(found: Iterator[Entry], *, whole: bool) -> Iterator[list[Entry]]:
    if not whole:
        while part := list(islice(found, SLICE)):
            yield part
        return
    part = []
    try:  # what came before something is missing is taken all the same
        for entry in found:
            part.append(entry)
    except MissingEntriesError:
        if part:
            yield part
        raise
    if part:
        yield part


def _aside_row(entry: Entry, why: str) -> tuple[Any, ...]:
    values = msgspec.structs.astuple(entry)
    return (entry.hash, *values[1:11], why)


def _write_rows(book: Book, sql: str, rows: list[tuple[Any, ...]]) -> None:
    with book.transaction() as cursor:
        cursor.executemany(sql, rows)


def _sound(card: Card) -> bool:
    return (
        0 < card.id < 1 << 63 and 0 <= card.updated_at < 1 << 53 and 0 <= card.updated_by < 1 << 20
    )
