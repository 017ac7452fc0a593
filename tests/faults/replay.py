"""What a disk may hold after a power cut, from a record of all that was written and synced.

Until a sync, each sector of each write may have reached the disk or not, whatever came later; so
may a change of a file's length. A name that was made, moved or removed is certain only when its
folder was synced after that. What a sync has confirmed stays.
"""

import random
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
_HEAD = struct.Struct("=BBHIq")
OPENED, WROTE, CUT, SYNCED, FOLDER_SYNCED, REMOVED, RENAMED, MARK = range(1, 9)


class Step(NamedTuple):
    """One record of disk.c."""

    kind: int
    created: int
    file: int
    offset: int
    data: bytes


def read_log(path: Path) -> list[Step]:
    """All steps in their order."""
    raw = path.read_bytes()
    steps, at = [], 0
    while at < len(raw):
        kind, created, file, length, offset = _HEAD.unpack_from(raw, at)
        at += _HEAD.size
        steps.append(Step(kind, created, file, offset, raw[at : at + length]))
        at += length
    return steps


class File:
    """A file's certain content, and the changes that no sync has confirmed."""

    def __init__(self, content: bytes = b"") -> None:
        self.certain = bytearray(content)
        self.pending: list[tuple[int, bytes | None]] = []

    def sync(self) -> None:
        for offset, data in self.pending:
            _apply(self.certain, offset, data)
        self.pending.clear()


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    """A write, or with None a change of the length."""
    if data is None:
        del content[offset:]
        content.extend(bytes(offset - len(content)))
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class Disk:
    """The files of a folder as the steps change them."""

    def __init__(self, start: dict[str, bytes]) -> None:
        self.names = {name: File(content) for name, content in start.items()}
        self.certain_names = dict(self.names)
        self._files: dict[int, File] = {}

    def take(self, step: Step) -> None:
        """Let one step happen."""
        if step.kind == OPENED:
            name = step.data.decode()
            file = self.names.setdefault(name, File())
            self._files[step.file] = file
            if step.offset == 0:
                file.pending.append((0, None))
        elif step.kind == WROTE:
            self._files[step.file].pending.append((step.offset, step.data))
        elif step.kind == CUT:
            self._files[step.file].pending.append((step.offset, None))
        elif step.kind == SYNCED:
            self._files[step.file].sync()
        elif step.kind == FOLDER_SYNCED:
            self.certain_names = dict(self.names)
        elif step.kind == REMOVED:
            self.names.pop(step.data.decode(), None)
        elif step.kind == RENAMED:
            old, new = step.data.decode().split("\n")
            self.names[new] = self.names.pop(old)

    def after_cut(self, how: str, rng: random.Random) -> dict[str, bytes]:
        """The files as one power cut may leave them; see WAYS."""
        names = self.certain_names if how == "lost" else self.names
        if how == "torn":
            names = {
                name: files[name]
                for name in sorted(self.names.keys() | self.certain_names.keys())
                for files in [rng.choice((self.names, self.certain_names))]
                if name in files
            }
        return {name: bytes(_after_cut(file, how, rng)) for name, file in names.items()}


WAYS = ("kept", "lost", "last torn", "only the last", "length alone", "torn")
"""All of the unsynced kept; none; the last write cut short; all lost but the last; files as long as
written, but zeros within; each sector by chance."""


def _after_cut(file: File, how: str, rng: random.Random) -> bytearray:
    content = bytearray(file.certain)
    pending = file.pending
    if how == "lost" or not pending:
        return content
    if how == "only the last":
        pending = pending[-1:]
    for number, (offset, data) in enumerate(pending, start=1):
        if how == "torn":
            _torn(content, offset, data, rng)
        elif how == "length alone" and data is not None:
            _apply(content, max(len(content), offset + len(data)), None)
        elif how == "last torn" and number == len(pending) and data:
            _apply(content, offset, data[: rng.randrange(len(data))])
        else:
            _apply(content, offset, data)
    return content


def _torn(content: bytearray, offset: int, data: bytes | None, rng: random.Random) -> None:
    if data is None:
        if rng.random() < 0.5:
            _apply(content, offset, None)
        return
    end = offset + len(data)
    start = offset
    while start < end:
        # Sectors lie at their places on the disk, whatever the write's own edges are.
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        if rng.random() < 0.5:
            _apply(content, start, data[start - offset : stop - offset])
        start = stop


def states(
    start: dict[str, bytes], steps: list[Step], rng: random.Random, torn: int, share: float = 1.0
) -> Iterator[tuple[int, str, int, dict[str, bytes]]]:
    """(steps so far, way, last mark, files) for each prefix; `torn` draws of chance at each.

    Of all these a `share` is given, drawn by chance.
    """
    disk = Disk(start)
    mark = 0
    for count, step in enumerate(steps, start=1):
        if step.kind == MARK:
            mark = step.offset
            continue
        disk.take(step)
        for way in (*WAYS[:-1], *["torn"] * torn):
            if rng.random() < share:
                yield count, way, mark, disk.after_cut(way, rng)
