"""Writing a box: the journals as far as they are here, the cards, and the pictures they name.

A box for a certain till begins where that till's own entries say it stood; one for anybody is
whole. What was sent before and never arrived is simply in the next one again.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from sqlalchemy import select

from pos import __version__
from pos.models.catalog import contact_cards
from pos.models.engine import Book
from pos.models.entries import Entry
from pos.models.journal import walk_till
from pos.models.migrate import SCHEMA_VERSION
from pos.models.prepared import Cursor, Prepared
from pos.models.tills import entries_aside
from pos.services.boxes.container import BoxWriter, aside_row, card_row, row_of, writing
from pos.services.boxes.heads import KnownTill, hash_at, known_tills, seen_by
from pos.services.boxes.manifest import FORMAT, Card, Manifest, Tail, Tick
from pos.services.pictures import picture_path

_PICTURE = re.compile(r'"([0-9a-f]{64})"')
"""Pictures stand in events by name (SHA-256), in whatever field; a name without a file is none."""
_EVERY = 1_000
_cards = Prepared(
    select(
        contact_cards.c.id,
        contact_cards.c.name,
        contact_cards.c.phone,
        contact_cards.c.bank,
        contact_cards.c.updated_at,
        contact_cards.c.updated_by,
    ).order_by(contact_cards.c.id)
)
_aside = Prepared(select(entries_aside).order_by(entries_aside.c.till_no, entries_aside.c.seq))


class WrittenBox(msgspec.Struct, frozen=True):
    """A box that is on the disk."""

    path: Path
    manifest: Manifest
    size: int


class _Contents:
    """What goes in, counted and collected while it is written."""

    def __init__(self, cursor: Cursor, tick: Tick, total: int) -> None:
        self.cursor = cursor
        self.pictures: set[str] = set()
        self._tick = tick
        self._total = total
        self._done = 0

    def rows(self, till_no: int, after: int, upto: int) -> Iterator[bytes]:
        """A till's tail."""
        for entry in walk_till(self.cursor, till_no, after):
            if entry.seq > upto:
                break
            self.pictures.update(_PICTURE.findall(entry.body))
            self._done += 1
            if self._done % _EVERY == 0:
                self._tick("entries", self._done, self._total)
            yield row_of(entry)


def write_box(
    book: Book,
    folder: Path,
    target: Path,
    *,
    till_no: int,
    zone: str,
    now: int,
    tick: Tick,
    meant_for: int = 0,
) -> WrittenBox:
    """Write a box of what this book knows; the till goes on meanwhile.

    Raises EnvironmentProblem for the disk, and what `tick` raises; then there is no file.
    """
    with writing(target) as box, book.snapshot() as cursor:
        known = known_tills(cursor)
        has = seen_by(cursor, meant_for) if meant_for else {}
        tails = tuple(_tail(cursor, till, has.get(till.till_no, 0)) for till in known)
        contents = _Contents(cursor, tick, sum(tail.seq - tail.after for tail in tails))
        for tail in tails:
            if tail.seq > tail.after:
                name = f"journal/{tail.till_no}.jsonl"
                box.lines(name, contents.rows(tail.till_no, tail.after, tail.seq))
        aside = [
            aside_row(Entry(*((row[1] << 40) + row[2], *row[1:11], row[0])), row[11])
            for row in _aside.all(cursor)
        ]
        box.lines("aside.jsonl", aside)
        cards = [card_row(Card(*row)) for row in _cards.all(cursor)]
        box.lines("cards.jsonl", cards)
        pictures = _write_pictures(box, folder, contents.pictures, tick)
        manifest = Manifest(
            format=FORMAT,
            schema=SCHEMA_VERSION,
            program=__version__,
            written_at=now,
            zone=zone,
            till_no=till_no,
            meant_for=meant_for,
            tails=tails,
            aside=len(aside),
            cards=len(cards),
            pictures=pictures,
        )
        box.finish(manifest)
    return WrittenBox(target, manifest, target.stat().st_size)


def _tail(cursor: Cursor, till: KnownTill, has: int) -> Tail:
    after = min(has, till.seq)
    return Tail(
        till_no=till.till_no,
        after=after,
        previous=(hash_at(cursor, till.till_no, after) or b"").hex(),
        seq=till.seq,
        hash=till.hash.hex(),
        at=till.at,
        till_code=till.till_code,
        stand_id=till.stand_id,
        stand_code=till.stand_code,
        stand_name=till.stand_name,
    )


def _write_pictures(box: BoxWriter, folder: Path, names: set[str], tick: Tick) -> tuple[str, ...]:
    written = []
    for done, name in enumerate(sorted(names), start=1):
        path = picture_path(folder, name)
        if path.is_file():
            box.picture(name, path.read_bytes())
            written.append(name)
        tick("pictures", done, len(names))
    return tuple(written)
