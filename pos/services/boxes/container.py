"""The box as a file: a zip whose comment holds the SHA-256 of every byte before it.

A zip can be looked into with any tool. Its own checksums leave dates, names and the directory
uncovered; the digest in the comment covers all of it, and the comment must be exact itself, so
that a file that was cut short or changed at any byte is refused before anything in it is read.
"""

import contextlib
import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from pos.errors import EnvironmentProblem
from pos.i18n import _
from pos.models.entries import Entry
from pos.services.boxes.manifest import (
    FORMAT,
    BoxError,
    Card,
    Manifest,
    damaged,
    no_box,
    too_new,
)

T = TypeVar("T")
MARK = b"titip-box-1 sha256 "
_COMMENT = len(MARK) + 64
_BLOCK = 1 << 20
_MOST = (1 << 63) - 1
MAX_LINE = 64 * 1024 * 1024
"""A journal entry is never longer; a crafted box that says otherwise is refused."""
_ODD = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, NotImplementedError)
"""What reading a file that is no box, or a damaged one, ends in: NotImplementedError is what zipfile
raises for a way of packing that it does not know."""
_ODD_VALUES = (KeyError, ValueError, OverflowError, msgspec.MsgspecError)
_encode = msgspec.json.Encoder().encode
_decode_row = msgspec.json.Decoder(
    tuple[int, int, int, str, int, int, str, int, str, str, str]
).decode
_decode_aside = msgspec.json.Decoder(
    tuple[int, int, int, str, int, int, str, int, str, str, str, str]
).decode
_decode_card = msgspec.json.Decoder(Card).decode
_decode_manifest = msgspec.json.Decoder(Manifest).decode


class _Named(msgspec.Struct):
    format: int


class BoxWriter:
    """Fills a new box; nothing is at `target` before `finish`."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._unfinished = target.with_name(target.name + ".new")
        self._zip = zipfile.ZipFile(
            self._unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1, strict_timestamps=False
        )

    def lines(self, name: str, rows: Iterable[bytes]) -> None:
        """A member of one row a line."""
        with self._zip.open(name, "w", force_zip64=True) as out:
            block: list[bytes] = []
            for row in rows:
                block.append(row)
                if len(block) == 500:
                    out.write(b"\n".join(block) + b"\n")
                    block.clear()
            if block:
                out.write(b"\n".join(block) + b"\n")

    def picture(self, name: str, raw: bytes) -> None:
        """A picture, which is compressed as it is."""
        self._zip.writestr(f"pictures/{name}.png", raw, zipfile.ZIP_STORED)

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the digest, and put the file in its place."""
        self._zip.writestr("manifest.json", _encode(manifest))
        self._zip.comment = MARK + b"0" * 64
        self._zip.close()
        with self._unfinished.open("r+b") as file:
            size = self._unfinished.stat().st_size
            digest = _digest(file, size - _COMMENT, lambda _done, _total: None)
            file.seek(size - 64)
            file.write(digest.encode())
            file.flush()
            os.fsync(file.fileno())
        self._unfinished.replace(self._target)

    def abandon(self) -> None:
        """Leave nothing behind."""
        with contextlib.suppress(OSError, ValueError):
            self._zip.close()
        with contextlib.suppress(OSError):
            self._unfinished.unlink(missing_ok=True)


@contextlib.contextmanager
def writing(target: Path) -> Iterator[BoxWriter]:
    """A box being written; what fails leaves no file. Raises EnvironmentProblem for the disk."""
    try:
        writer = BoxWriter(target)
    except OSError as error:
        raise _not_written(error) from error
    try:
        yield writer
    except OSError as error:
        writer.abandon()
        raise _not_written(error) from error
    except BaseException:
        writer.abandon()
        raise


def _not_written(error: OSError) -> EnvironmentProblem:
    return EnvironmentProblem(
        _("The box could not be written: {why}. Is the stick in, with space on it?").format(
            why=error.strerror or type(error).__name__
        )
    )


class Box:
    """An open box whose bytes are those that were written. Use as a context manager."""

    def __init__(self, path: Path, progress: Callable[[int, int], None]) -> None:
        try:
            self._file: IO[bytes] = path.open("rb")
        except OSError as error:
            raise EnvironmentProblem(
                _("The box can't be read: {why}.").format(why=error.strerror or error)
            ) from error
        try:
            self._open(path, progress)
        except BaseException:
            self._file.close()
            raise

    def _open(self, path: Path, progress: Callable[[int, int], None]) -> None:
        try:
            self.digest = _check_digest(self._file, path.stat().st_size, progress)
            self._file.seek(0)
            self._zip = zipfile.ZipFile(self._file)
            raw = self._read("manifest.json", MAX_LINE)
            if msgspec.json.decode(raw, type=_Named).format != FORMAT:
                raise too_new()
            self.manifest = _decode_manifest(raw)
        except OSError as error:
            raise EnvironmentProblem(
                _("The box can't be read: {why}.").format(why=error.strerror or error)
            ) from error
        except (*_ODD, *_ODD_VALUES) as error:
            raise damaged("manifest") from error

    def __enter__(self) -> "Box":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()
        self._file.close()

    def entries(self, till_no: int) -> Iterator[Entry]:
        """A till's entries, in the order in which they lie there. Raises BoxError."""
        yield from self._lines(f"journal/{till_no}.jsonl", lambda raw: _entry(_decode_row(raw)))

    def aside(self) -> Iterator[tuple[Entry, str]]:
        """Entries of other branches, with why they were put aside."""
        yield from self._lines("aside.jsonl", _aside_entry)

    def cards(self) -> Iterator[Card]:
        """Contact cards."""
        yield from self._lines("cards.jsonl", _decode_card)

    def picture(self, name: str) -> bytes:
        """A picture, checked against its name. Raises BoxError."""
        try:
            raw = self._read(f"pictures/{name}.png", MAX_LINE)
        except (*_ODD, *_ODD_VALUES) as error:
            raise damaged("pictures") from error
        if hashlib.sha256(raw).hexdigest() != name:
            raise damaged("pictures")
        return raw

    def _read(self, name: str, limit: int) -> bytes:
        with self._zip.open(name) as member:
            raw = member.read(limit + 1)
        if len(raw) > limit:
            raise ValueError(name)
        return raw

    def _lines(self, name: str, decode: Callable[[bytes], T]) -> Iterator[T]:
        try:
            with self._zip.open(name) as member:
                while line := member.readline(MAX_LINE):
                    yield decode(line)
        except OSError as error:
            raise EnvironmentProblem(
                _("The box can't be read: {why}.").format(why=error.strerror or error)
            ) from error
        except (*_ODD, *_ODD_VALUES) as error:
            raise damaged(name) from error


def row_of(entry: Entry) -> bytes:
    """An entry as it stands in a box."""
    values = msgspec.structs.astuple(entry)
    return _encode((*values[1:10], values[10].hex(), values[11].hex()))


def aside_row(entry: Entry, why: str) -> bytes:
    """An entry of another branch as it stands in a box."""
    values = msgspec.structs.astuple(entry)
    return _encode((*values[1:10], values[10].hex(), values[11].hex(), why))


def card_row(card: Card) -> bytes:
    """A card as it stands in a box."""
    return _encode(card)


def _entry(row: tuple[int, int, int, str, int, int, str, int, str, str, str]) -> Entry:
    till_no, seq, *middle, previous, digest = row
    raw = bytes.fromhex(str(previous)), bytes.fromhex(str(digest))
    if len(raw[0]) != 32 or len(raw[1]) != 32 or not 0 < seq < 1 << 40 or not 0 < till_no < 1 << 20:
        raise ValueError("an entry out of bounds")
    if any(isinstance(value, int) and not -_MOST <= value <= _MOST for value in middle):
        raise ValueError("a number out of bounds")
    return Entry(*((till_no << 40) + seq, till_no, seq, *middle, *raw))  # type: ignore[arg-type]  # typed by the decoder


def _aside_entry(raw: bytes) -> tuple[Entry, str]:
    row = _decode_aside(raw)
    return _entry(row[:11]), row[11]


def _check_digest(file: IO[bytes], size: int, progress: Callable[[int, int], None]) -> str:
    if size < _COMMENT + 22:
        raise no_box() if file.read(2) != b"PK" else damaged()
    file.seek(size - _COMMENT)
    comment = file.read(_COMMENT)
    file.seek(0)
    if not comment.startswith(MARK):
        raise no_box() if file.read(2) != b"PK" else damaged()
    digest = _digest(file, size - _COMMENT, progress)
    if comment[len(MARK) :] != digest.encode():
        raise damaged()
    return digest


def _digest(file: IO[bytes], size: int, progress: Callable[[int, int], None]) -> str:
    file.seek(0)
    made = hashlib.sha256()
    done = 0
    while done < size:
        block = file.read(min(_BLOCK, size - done))
        if not block:
            break
        made.update(block)
        done += len(block)
        progress(done, size)
    return made.hexdigest()


__all__ = ["Box", "BoxError", "BoxWriter", "aside_row", "card_row", "row_of", "writing"]
