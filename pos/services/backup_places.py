"""Where backups lie: the data folder, and a second place such as a stick that may be absent.

Which second place that is stands in a file of its own, not in the book: it is needed most when
the book can't be read.
"""

import contextlib
import hashlib
import os
import shutil
import time
from pathlib import Path
from typing import Literal

import msgspec

from pos.errors import EnvironmentProblem, UserError
from pos.i18n import _
from pos.models.files import sync
from pos.services.backup_names import FOLDER, Stamp, kept, read_stamp, second_folder
from pos.services.pictures import FOLDER as PICTURES

SETTINGS = "backups.json"
MARK = "titip.txt"
"""Lies in a second place, so that an empty mount point is not taken for the stick."""
PART = ".part"
_BLOCK = 1 << 20
_STALE_SECONDS = 3600
_MARK_TEXT = (
    "Cadangan buku Titip. Jangan dihapus.\nBackups of a Titip book. Please keep this folder.\n"
)


Second = Literal["none", "good", "absent", "failed"]
"""How the second place is: not set, served, away, or it refused."""


class _Kept(msgspec.Struct):
    second: str = ""


def here(folder: Path) -> Path:
    """The folder of backups within a data folder."""
    return folder / FOLDER


def second_place(folder: Path) -> Path | None:
    """The second place that was chosen for a data folder."""
    try:
        told = msgspec.json.decode((folder / SETTINGS).read_bytes(), type=_Kept).second
    except (OSError, msgspec.MsgspecError):
        return None
    return Path(told) if told else None


def choose_second(folder: Path, place: Path | None, till_code: str, till_no: int) -> None:
    """Keep backups there too from now on (None: no longer). Raises UserError for a place that won't do."""
    if place is not None:
        _check_place(folder, place)
        own = second_folder(place, till_code, till_no)
        try:
            own.mkdir(exist_ok=True)
            (own / MARK).write_text(_MARK_TEXT, encoding="utf-8")
        except OSError as error:
            raise UserError(
                _("Nothing can be written there. Choose another folder."), field="second"
            ) from error
    try:
        _write_whole(
            folder / SETTINGS, msgspec.json.encode(_Kept(str(place.resolve()) if place else ""))
        )
    except OSError as error:
        raise EnvironmentProblem(
            _("The data folder can't be written to. Check the disk and its permissions.")
        ) from error


def _check_place(folder: Path, place: Path) -> None:
    if not place.is_dir():
        raise UserError(_("There is no such folder."), field="second")
    inside = folder.resolve()
    if place.resolve() == inside or inside in place.resolve().parents:
        raise UserError(
            _("The second place must lie outside the data folder, best on another disk."),
            field="second",
        )


def present(place: Path, till_code: str, till_no: int) -> Path | None:
    """A till's folder in the second place; None while the stick is absent."""
    own = second_folder(place, till_code, till_no)
    try:
        return own if (own / MARK).is_file() else None
    except OSError:
        return None


def stamps_in(folder: Path) -> dict[Stamp, Path]:
    """The backups in a folder by their stamps; none where it can't be read."""
    found: dict[Stamp, Path] = {}
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            stamp = read_stamp(path.name)
            if stamp is not None:
                found[stamp] = path
    return found


def bring_to_second(folder: Path, backup: Path, till_code: str, till_no: int) -> Second:
    """Copy a finished backup to the second place, if one is set and there. Raises OSError."""
    place = second_place(folder)
    if place is None:
        return "none"
    own = present(place, till_code, till_no)
    if own is None:
        return "absent"
    copy_checked(backup, own)
    keep_pictures(folder, own)
    stamp = read_stamp(backup.name)
    if stamp is not None:
        thin_out(own, stamp)
    return "good"


def thin_out(folder: Path, newest: Stamp) -> int:
    """Remove what is no longer kept, and unfinished copies; the count of backups removed."""
    found = stamps_in(folder)
    keep = kept((stamp for stamp in found if stamp.till_code == newest.till_code), newest)
    gone = 0
    for stamp, path in found.items():
        if stamp not in keep and stamp.till_code == newest.till_code:
            path.unlink(missing_ok=True)
            gone += 1
    for unfinished in folder.glob(f"*{PART}"):
        # A young one may be another program's that is just being written.
        if abs(time.time() - unfinished.stat().st_mtime) > _STALE_SECONDS:
            unfinished.unlink(missing_ok=True)
    return gone


def publish(unfinished: Path, target: Path) -> None:
    """Give a checked copy its name, for good."""
    sync(unfinished)
    if os.name == "posix":
        unfinished.chmod(0o400)
    unfinished.replace(target)
    sync(target.parent)


def copy_checked(source: Path, folder: Path) -> Path:
    """Copy a checked backup into another folder and read it back. Raises OSError."""
    target = folder / source.name
    unfinished = folder / (source.name + PART)
    unfinished.unlink(missing_ok=True)
    wanted = hashlib.sha256()
    with source.open("rb") as reading, unfinished.open("wb") as writing:
        while block := reading.read(_BLOCK):
            wanted.update(block)
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
        _forget_cached(writing.fileno())
    if _digest(unfinished) != wanted.hexdigest():
        unfinished.unlink(missing_ok=True)
        raise OSError(_("what was written does not read back"))
    unfinished.replace(target)
    with contextlib.suppress(OSError):  # some sticks' file systems sync no folders
        sync(folder)
    return target


def keep_pictures(data: Path, folder: Path) -> int:
    """Bring the pictures that are not there yet; the count of new ones. Raises OSError.

    Their names are hashes of their contents, so one that is there is the right one. On the same
    disk it is the same file under a second name.
    """
    own = data / PICTURES
    if not own.is_dir():
        return 0
    target = folder / PICTURES
    target.mkdir(parents=True, exist_ok=True)
    there = {entry.name for entry in os.scandir(target)}
    fresh = [
        entry.name
        for entry in os.scandir(own)
        if entry.name.endswith(".png") and entry.name not in there
    ]
    for name in fresh:
        _link_or_copy(own / name, target / name)
    if fresh:
        with contextlib.suppress(OSError):
            sync(target)
    return len(fresh)


def bring_pictures_back(folder: Path, data: Path) -> int:
    """The other way, into a data folder: what is missing there and reads as its name says."""
    source, own = folder / PICTURES, data / PICTURES
    if not source.is_dir():
        return 0
    own.mkdir(exist_ok=True)
    there = {entry.name for entry in os.scandir(own)}
    count = 0
    for entry in os.scandir(source):
        if entry.name in there or not entry.name.endswith(".png"):
            continue
        if _digest(Path(entry.path)) == entry.name.removesuffix(".png"):
            _link_or_copy(Path(entry.path), own / entry.name)
            count += 1
    return count


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except OSError:
        unfinished = target.with_suffix(PART)
        shutil.copyfile(source, unfinished)
        sync(unfinished)
        unfinished.replace(target)


def _write_whole(path: Path, content: bytes) -> None:
    unfinished = path.with_name(path.name + PART)
    unfinished.write_bytes(content)
    sync(unfinished)
    unfinished.replace(path)
    sync(path.parent)


def _digest(path: Path) -> str:
    with path.open("rb") as reading:
        return hashlib.file_digest(reading, "sha256").hexdigest()


def _forget_cached(handle: int) -> None:
    """Let reading back come from the device, not from memory; where the system can."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
