"""Journal entries found by looking at every page of a damaged file and of its log, without SQLite.

A book whose first page is gone is no database any more, and one whose inner pages are gone leads
nowhere; the leaf pages still hold the rows. An entry is taken only if its hash is that of its
content; whether it is the next of its chain is for the reader to check.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from pos.ids import COUNTER_BITS
from pos.models.entries import Entry, expected_hash

PAGE: Final = 4096
"""Bytes; the page size of every book, for the header that says so may be what is gone."""
_COUNTER: Final = (1 << COUNTER_BITS) - 1
_LEAF: Final = 0x0D
_LOG_HEAD, _FRAME_HEAD = 32, 24
_COLUMNS: Final = 12
_TEXTS: Final = frozenset({4, 7, 9})
_HASHES: Final = frozenset({10, 11})
_HASH_TYPE: Final = 12 + 2 * 32
_WIDTHS: Final = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 8: 0, 9: 0}
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes; no entry is larger, so a length beyond it is not one."""


class Pages:
    """The pages of a file, and newer ones of the log beside it."""

    def __init__(self, book: Path) -> None:
        self._book = book
        self._log = book.with_name(book.name + "-wal")
        self._in_log = dict(self._frames())

    def entries(self, after: dict[int, int]) -> dict[int, dict[int, Entry]]:
        """By till and number: the entries beyond the numbers given."""
        found: dict[int, dict[int, Entry]] = {}
        with self._book.open("rb") as file:
            for page in self._all(file):
                for entry in self._rows(page, file, after):
                    if expected_hash(entry) == entry.hash:
                        found.setdefault(entry.till_no, {})[entry.seq] = entry
        return found

    def _all(self, file: IO[bytes]) -> Iterator[bytes]:
        """Every leaf of the file, and of the log."""
        at = 0
        while page := _read(file, at):
            if page[0] == _LEAF and len(page) == PAGE:
                yield page
            at += PAGE  # whoever is given a page reads others of the file
        for number in self._in_log:
            page = self._page(number, file)
            if page[:1] == bytes([_LEAF]):
                yield page

    def _page(self, number: int, file: IO[bytes]) -> bytes:
        """A page by its number, as it was last written."""
        at = self._in_log.get(number)
        if at is None:
            return _read(file, (number - 1) * PAGE)
        with self._log.open("rb") as log:
            return _read(log, at)

    def _frames(self) -> Iterator[tuple[int, int]]:
        """(page, offset) of what was committed to the log in its present round, in its order."""
        if not self._log.is_file():
            return
        with self._log.open("rb") as log:
            salt = log.read(_LOG_HEAD)[16:24]
            at = _LOG_HEAD
            waiting: list[tuple[int, int]] = []
            while len(head := log.read(_FRAME_HEAD)) == _FRAME_HEAD:
                if head[8:16] != salt:
                    return
                number, committed = struct.unpack(">II", head[:8])
                waiting.append((number, at + _FRAME_HEAD))
                if committed:
                    yield from waiting
                    waiting = []
                at += _FRAME_HEAD + PAGE
                log.seek(at)

    # -- rows --------------------------------------------------------------------------

    def _rows(self, page: bytes, file: IO[bytes], after: dict[int, int]) -> Iterator[Entry]:
        count = struct.unpack(">H", page[3:5])[0]
        for at in struct.unpack_from(f">{min(count, (PAGE - 8) // 2)}H", page, 8):
            try:
                size, start = _varint(page, at)
                row_id, start = _varint(page, start)
                till_no, seq = row_id >> COUNTER_BITS, row_id & _COUNTER
                if till_no and seq > after.get(till_no, 0) and 0 < size < _LARGEST:
                    entry = _entry(row_id, self._payload(page, start, size, file))
                    if entry is not None:
                        yield entry
            except (IndexError, struct.error, UnicodeDecodeError):
                continue

    def _payload(self, page: bytes, start: int, size: int, file: IO[bytes]) -> bytes:
        """A row's bytes, with those of its overflow pages."""
        here = size
        if size > PAGE - 35:
            least = (PAGE - 12) * 32 // 255 - 23
            here = least + (size - least) % (PAGE - 4)
            here = here if here <= PAGE - 35 else least
        parts = [page[start : start + here]]
        left = size - here
        following = struct.unpack_from(">I", page, start + here)[0] if left else 0
        while left > 0 and following:
            more = self._page(following, file)
            following = struct.unpack_from(">I", more)[0]
            parts.append(more[4 : 4 + left])
            left -= len(parts[-1])
        return b"".join(parts)


def _read(file: IO[bytes], at: int) -> bytes:
    file.seek(at)
    return file.read(PAGE)


def _entry(row_id: int, payload: bytes) -> Entry | None:
    """The row as an entry; None where it is not of the journal's shape."""
    head, at = _varint(payload, 0)
    kinds = []
    while at < head:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if len(kinds) != _COLUMNS or any(kinds[n] != _HASH_TYPE for n in _HASHES):
        return None
    values: list[int | str | bytes] = []
    for number, kind in enumerate(kinds):
        if (number in _TEXTS) != (kind >= 13 and kind % 2 == 1):
            return None
        width = (kind - 12) // 2 if kind >= 12 else _WIDTHS.get(kind, -1)
        raw = payload[at : at + width]
        if width < 0 or len(raw) != width:
            return None
        at += width
        values.append(_value(number, kind, raw))
    values[0] = row_id  # stored as the row's own number
    entry = Entry(*values)  # type: ignore[arg-type]  # their kinds were looked at above
    ours = entry.id == (entry.till_no << COUNTER_BITS) + entry.seq
    return entry if ours else None


def _value(number: int, kind: int, raw: bytes) -> int | str | bytes:
    if number in _TEXTS:
        return raw.decode()
    if number in _HASHES:
        return raw
    return kind - 8 if kind in {8, 9} else int.from_bytes(raw, "big", signed=True)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """SQLite's integer of one to nine bytes, and where the next thing begins."""
    value = 0
    for count in range(8):
        byte = data[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    return value << 8 | data[at + 8], at + 9
