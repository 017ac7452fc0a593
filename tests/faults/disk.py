"""Building, preloading and steering disk.c: a disk that is written down, or that fails."""

import ctypes
import errno
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_name("disk.c")
NO_COMPILER = "it takes a C compiler (cc), and Linux"
OPENS, WRITES, SYNCS, CUTS, READS, NAMES, MAPS = (1 << bit for bit in range(7))
ANY = OPENS | WRITES | SYNCS | CUTS | READS | NAMES | MAPS
CHANGES = WRITES | CUTS | MAPS
"""What a full disk refuses; it can still be read, synced and tidied."""
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "EROFS": errno.EROFS}


def why_not() -> str:
    """Why the library can't be had here; "" if it can."""
    there = platform.system() == "Linux" and (shutil.which("cc") or shutil.which("gcc"))
    return "" if there else NO_COMPILER


def build(folder: Path) -> Path:
    """Compile the library into a folder."""
    compiler = shutil.which("cc") or shutil.which("gcc") or "cc"
    library = folder / "disk.so"
    options = ["-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl", "-lpthread"]
    subprocess.run([compiler, *options], check=True)
    return library


def run_with_it(arguments: list[str]) -> int:
    """Run `python -m tests.faults ...` anew with the library before all others."""
    with tempfile.TemporaryDirectory(prefix="titip-disk-") as work:
        environment = {**os.environ, "LD_PRELOAD": str(build(Path(work)))}
        command = [sys.executable, "-m", "tests.faults", *arguments]
        return subprocess.run(command, env=environment, check=False).returncode


class Disk:
    """The library as it is loaded in this process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self.loaded = hasattr(self._library, "disk_watch")
        if self.loaded:
            self._library.disk_mark.argtypes = [ctypes.c_int64, ctypes.c_char_p]
            self._library.disk_fail.argtypes = [ctypes.c_long, *[ctypes.c_int] * 3]
            self._library.disk_calls.restype = ctypes.c_long
            self._library.disk_failures.restype = ctypes.c_long

    def watch(self, folder: Path) -> None:
        """Look after this folder; files that are open already are not seen."""
        self._library.disk_watch(os.fsencode(folder))

    def record(self, log: Path) -> None:
        """Write down from now on all that changes."""
        if self._library.disk_record(os.fsencode(log)) < 0:
            raise OSError("the log can't be opened")

    def mark(self, value: int) -> None:
        """Put a number between the changes."""
        self._library.disk_mark(value, b"")

    def fail(self, nth: int, error: int, *, on: bool, kinds: int = ANY) -> None:
        """Make the nth call from now fail, and with `on` all behind it; 0 is none."""
        self._library.disk_fail(nth, error, int(on), kinds)

    @property
    def calls(self) -> int:
        """Calls that could have failed since `fail`."""
        return int(self._library.disk_calls())

    @property
    def failures(self) -> int:
        """Calls that did."""
        return int(self._library.disk_failures())
