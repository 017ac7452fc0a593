"""The door to python-escpos: imported on first use, without what its import does on the side.

Its import reads a YAML file for 0.15 s unless it finds a pickle of it, makes a temporary folder
that nobody removes, and calls `logging.basicConfig()`.
"""

import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

_importing = threading.Lock()

_FONTS = {"0": {"name": "Font A", "columns": 0}, "1": {"name": "Font B", "columns": 0}}


def cache_folder() -> Path:
    """Where the library's pickle is kept; a folder of this user alone, since a pickle is code."""
    import platformdirs

    folder = Path(platformdirs.user_cache_dir("titip", appauthor=False)) / "escpos"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="titip-escpos-"))


@contextmanager
def _quiet_import(folder: Path) -> Iterator[None]:
    """Keep the import's temporary folder and its root log handler from staying behind."""
    os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = str(folder)
    root = logging.getLogger()
    # basicConfig() leaves a root logger alone that has a handler.
    placeholder = logging.NullHandler()
    root.addHandler(placeholder)
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
        root.removeHandler(placeholder)
        for left in folder.glob("tmp*"):
            # A folder that another thread made meanwhile is not empty or is not a folder.
            with suppress(OSError):
                left.rmdir()


@lru_cache(maxsize=1)
def _classes() -> tuple[Any, Any]:
    """The library's Dummy and a profile class of our own."""
    with _importing, _quiet_import(cache_folder()):
        from escpos.capabilities import Profile
        from escpos.printer import Dummy

    class PaperRoll(Profile):  # type: ignore[misc]
        """A roll of `dots` and `columns`, with code page 437 and nothing else."""

        def __init__(self, dots: int, columns: int, *, cut: bool) -> None:
            super().__init__(
                columns=columns, features={"paperPartCut": cut, "paperFullCut": cut, "qrCode": True}
            )
            self.profile_data = {
                "media": {"width": {"pixels": dots}},
                "codePages": {"0": "CP437"},
                "fonts": _FONTS,
            }

    return Dummy, PaperRoll


@lru_cache(maxsize=8)
def _profile(dots: int, columns: int, *, cut: bool) -> Any:
    _dummy, roll = _classes()
    return roll(dots, columns, cut=cut)


def dummy_printer(dots: int, columns: int, *, cut: bool) -> Any:
    """An empty job of python-escpos; its text goes out in CP437, with no switching in between."""
    dummy, _roll = _classes()
    return dummy(
        profile=_profile(dots, columns, cut=cut),
        magic_encode_args={"encoding": "CP437", "disabled": True},
    )
