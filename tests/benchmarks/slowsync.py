"""Building, preloading and steering slowsync.c."""

import ctypes
import platform
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

_SOURCE = Path(__file__).with_name("slowsync.c")
NO_COMPILER = "it takes a C compiler (cc), and Linux"


def build(folder: Path) -> Path | None:
    """Compile the library into a folder; None on a machine without a compiler or preloading."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or platform.system() != "Linux":
        return None
    library = folder / "slowsync.so"
    command = [compiler, "-O2", "-shared", "-fPIC", "-o", str(library), str(_SOURCE), "-ldl"]
    built = subprocess.run(command, check=False, capture_output=True)
    return library if built.returncode == 0 else None


class SlowSync:
    """The library as it is loaded in this process; counts nothing where it is not."""

    def __init__(self) -> None:
        process = ctypes.CDLL(None)
        self.loaded = hasattr(process, "slowsync_count")
        self.count: Callable[[], int] = lambda: 0
        if self.loaded:
            process.slowsync_count.restype = ctypes.c_long
            process.slowsync_extra_ns.argtypes = [ctypes.c_long]
            self.count = process.slowsync_count
            process.slowsync_spent_ns.restype = ctypes.c_long
            process.slowsync_kept_ns.restype = ctypes.c_long
            process.slowsync_kept_ns.argtypes = [ctypes.c_long]
            self._process = process

    def extra_ms(self, milliseconds: int) -> None:
        """Make each sync this much slower from now on."""
        if self.loaded:
            self._process.slowsync_extra_ns(milliseconds * 1_000_000)

    def last_ms(self, count: int) -> list[float]:
        """What each of the last syncs took, a few thousand at most."""
        if not self.loaded:
            return [0.0]
        end = self.count()
        return [float(self._process.slowsync_kept_ns(at)) / 1e6 for at in range(end - count, end)]

    def spent_ms(self) -> float:
        """What all syncs so far took, waiting included."""
        return float(self._process.slowsync_spent_ns()) / 1e6 if self.loaded else 0.0
