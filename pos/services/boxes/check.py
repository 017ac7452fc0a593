"""Checking a box before anything of it is applied: chains, versions, and who these tills are."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from pos.events import TillOpened, UnknownEventError, read_event
from pos.i18n import _
from pos.models.entries import Entry, expected_hash, read_head
from pos.models.migrate import SCHEMA_VERSION
from pos.models.prepared import Cursor
from pos.services.boxes.container import Box
from pos.services.boxes.heads import hash_at
from pos.services.boxes.manifest import BoxError, Manifest, Tail, Tick, damaged, too_new

State = Literal["new", "known", "forked"]
_EVERY = 500


class TailFacts(msgspec.Struct, frozen=True):
    """What a box brings of one till: `fresh` entries behind `from_seq` that are not here yet.

    "forked" means that the till's journal in the box and the one here part at entry `fork_seq`.
    """

    tail: Tail
    state: State
    from_seq: int
    fresh: int
    fork_seq: int = 0
    head: bytes = b""
    """The hash of the last entry of that till here."""


class BoxFacts(msgspec.Struct, frozen=True):
    """A box that may be taken, and what taking it would bring; `digest` is that of its bytes."""

    manifest: Manifest
    tails: tuple[TailFacts, ...]
    digest: str

    @property
    def fresh(self) -> int:
        """Entries that would be new here."""
        return sum(facts.fresh for facts in self.tails if facts.state == "new")

    @property
    def forks(self) -> tuple[TailFacts, ...]:
        """Tills whose journals part from those here."""
        return tuple(facts for facts in self.tails if facts.state == "forked")


def check_box(box: Box, cursor: Cursor, tick: Tick) -> BoxFacts:
    """Look through a whole box. Raises BoxError with the first reason not to take it."""
    manifest = box.manifest
    if manifest.schema > SCHEMA_VERSION:
        raise too_new()
    if len({tail.till_no for tail in manifest.tails}) != len(manifest.tails):
        raise damaged("manifest")
    done, total = 0, manifest.entries
    facts = []
    for tail in manifest.tails:
        chain = _Chain(tail, cursor)
        for entry in box.entries(tail.till_no) if tail.seq > tail.after else ():
            chain.see(entry)
            done += 1
            if done % _EVERY == 0:
                tick("check", done, total)
        facts.append(chain.end())
    return BoxFacts(manifest, tuple(facts), box.digest)


def still_true(facts: BoxFacts, box: Box, cursor: Cursor) -> bool:
    """Whether what was found before holds: the same bytes, and the book has what it had of them.

    A journal that was known wholly stays so, since it only grows.
    """
    return box.digest == facts.digest and all(
        read_head(cursor, tail.tail.till_no).hash == tail.head
        for tail in facts.tails
        if tail.state != "known"
    )


class _Chain:
    """Follows one till's journal in the box, and beside it the one here."""

    def __init__(self, tail: Tail, cursor: Cursor) -> None:
        self._tail = tail
        self._cursor = cursor
        self._head = read_head(cursor, tail.till_no)
        self._seq = tail.after
        self._previous = _hex(tail.previous)
        self._fork = 0
        if tail.seq < tail.after or tail.after < 0:
            raise damaged("manifest")
        if tail.after <= self._head.seq:
            here = hash_at(cursor, tail.till_no, tail.after)
            if here != self._previous:
                self._fork = tail.after
        else:
            raise _gap(tail, self._head.seq)

    def see(self, entry: Entry) -> None:
        """Check the next entry."""
        where = f"{self._tail.till_code} {entry.seq}"
        if (
            entry.till_no != self._tail.till_no
            or entry.seq != self._seq + 1
            or entry.previous != self._previous
            or expected_hash(entry) != entry.hash
        ):
            raise damaged(where)
        self._check_event(entry, where)
        if not self._fork and entry.seq <= self._head.seq:
            here = hash_at(self._cursor, entry.till_no, entry.seq)
            if here != entry.hash:
                if entry.seq == 1:
                    raise _taken(self._tail)
                self._fork = entry.seq
        self._seq, self._previous = entry.seq, entry.hash

    def end(self) -> TailFacts:
        """What came out; the chain must end where the manifest says."""
        tail, head = self._tail, self._head
        if self._seq != tail.seq or self._previous != _hex(tail.hash):
            raise damaged(tail.till_code)
        if self._fork:
            known = max(self._fork - 1, tail.after)
            return TailFacts(tail, "forked", known, tail.seq - known, self._fork, head.hash)
        fresh = max(0, tail.seq - max(head.seq, tail.after)) if tail.seq > tail.after else 0
        state: State = "new" if fresh else "known"
        return TailFacts(tail, state, max(head.seq, tail.after), fresh, head=head.hash)

    def _check_event(self, entry: Entry, where: str) -> None:
        try:
            event = read_event(entry.kind, entry.body)
        except UnknownEventError as error:
            raise too_new() from error
        except (msgspec.MsgspecError, ValueError) as error:
            raise damaged(where) from error
        if (entry.seq == 1) != isinstance(event, TillOpened):
            raise damaged(where)
        if isinstance(event, TillOpened) and event.till_no != entry.till_no:
            raise damaged(where)


def fresh_entries(box: Box, facts: TailFacts) -> Iterator[Entry]:
    """The entries of one till that are not here yet (of a fork: those of the other branch)."""
    return (entry for entry in box.entries(facts.tail.till_no) if entry.seq > facts.from_seq)


def _hex(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise damaged("manifest") from error


def _gap(tail: Tail, here: int) -> BoxError:
    return BoxError(
        _(
            "This box goes on from entry {begin} of {stand}, but this till has only {here}. "
            "Have a whole box written, for any till."
        ).format(begin=tail.after, stand=tail.stand_name, here=here),
        field="box",
    )


def _taken(tail: Tail) -> BoxError:
    return BoxError(
        _(
            "Another till has the same number as {till} of {stand}. "
            "One of the two must be set up anew before they can exchange boxes."
        ).format(till=tail.till_code, stand=tail.stand_name),
        field="box",
    )
