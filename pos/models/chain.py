"""Walking the journal's chain of hashes: is every entry the one that was written, in its place?"""

from collections.abc import Iterable, Iterator

from pos.models.entries import GENESIS, Entry, expected_hash

Ends = dict[int, tuple[int, bytes]]
"""By till: the number and the hash of the last entry that held."""


class ChainBrokenError(Exception):
    """An entry does not hold; `str` names it and says why."""


def links(entries: Iterable[Entry], ends: Ends) -> Iterator[Entry]:
    """Each entry that continues its till's chain; `ends` says where the chains stand, and grows.

    Raises ChainBrokenError at the first entry that is missing, moved or changed.
    """
    for entry in entries:
        seq, previous = ends.get(entry.till_no, (0, GENESIS))
        where = f"journal till {entry.till_no} entry {entry.seq}"
        if entry.seq != seq + 1:
            raise ChainBrokenError(f"{where}: entry {seq + 1} is missing")
        if entry.previous != previous:
            raise ChainBrokenError(f"{where}: does not continue the entry before it")
        if expected_hash(entry) != entry.hash:
            raise ChainBrokenError(f"{where}: its content is not what was written")
        ends[entry.till_no] = (entry.seq, entry.hash)
        yield entry
