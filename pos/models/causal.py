"""Putting several tills' journals into one order in which nothing comes before what it rests on.

A till's first entry and its entries "box_taken" say how far it had the journals of others. Between
two such entries tills are independent of each other, and every order of theirs gives the same rows
(docs/decisions/boxes.md says why).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from pos.events import BoxTaken, Seen, TillOpened
from pos.models.entries import Entry

RESTING = frozenset({"box_taken", "till_opened"})
"""Kinds of entries that say what they rest on."""


class MissingEntriesError(ValueError):
    """Entries rest on others that are nowhere to be found."""

    def __init__(self, entry: Entry, needed: Seen) -> None:
        super().__init__(
            f"entry {entry.seq} of till {entry.till_no} rests on entry {needed.seq} "
            f"of till {needed.till_no}, which is missing"
        )
        self.entry = entry
        self.needed = needed


def rests_on(entry: Entry) -> tuple[Seen, ...]:
    """What must have been applied before this entry, beside its own till's entries."""
    if entry.kind not in RESTING:
        return ()
    event = entry.event()
    return event.seen if isinstance(event, (BoxTaken, TillOpened)) else ()


def causal(
    streams: Iterable[Iterable[Entry]],
    have: Mapping[int, int] | None = None,
    stop: Callable[[Entry], bool] = lambda _entry: False,
) -> Iterator[Entry]:
    """The entries of all streams (one a till, each in its order), none before what it rests on.

    `have` says how far each till's journal is applied already. A stream ends before an entry that
    `stop` says yes to. Raises MissingEntriesError when what an entry rests on is in no stream.
    """
    known = dict(have or {})
    waiting: list[tuple[Entry, Iterator[Entry]]] = []
    for stream in streams:
        entries = iter(stream)
        first = next(entries, None)
        if first is not None:
            waiting.append((first, entries))
    while waiting:
        still: list[tuple[Entry, Iterator[Entry]]] = []
        moved = False
        for first, entries in waiting:
            entry: Entry | None = first
            while entry is not None and _lacks(entry, known) is None:
                if stop(entry):
                    moved, entry = True, None
                    break
                yield entry
                known[entry.till_no] = entry.seq
                moved = True
                entry = next(entries, None)
            if entry is not None:
                still.append((entry, entries))
        if still and not moved:
            stuck = still[0][0]
            needed = _lacks(stuck, known)
            raise MissingEntriesError(stuck, needed or Seen(0, 0, ""))
        waiting = still


def _lacks(entry: Entry, known: Mapping[int, int]) -> Seen | None:
    for seen in rests_on(entry):
        if seen.till_no != entry.till_no and known.get(seen.till_no, 0) < seen.seq:
            return seen
    return None
