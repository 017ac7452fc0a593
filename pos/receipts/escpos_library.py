"""The door to python-escpos: imported on first use, without what its import does on the side.

Its import reads a YAML file of 200 printers for 0.15 s, or a pickle of it that a power cut or a
second process can leave half written, makes a temporary folder that nobody removes, and calls
`logging.basicConfig()`. Our profiles are our own, so it is given a file with the one entry that it
insists on, in a folder that is gone when the import is done.
"""

import json
import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

_importing = threading.Lock()

_FONTS = {"0": {"name": "Font A", "columns": 0}, "1": {"name": "Font B", "columns": 0}}
_CAPABILITIES = {
    "encodings": {"CP437": {"name": "CP437", "python_encode": "cp437"}},
    "profiles": {
        "default": {
            "name": "Default",
            "vendor": "",
            "notes": "",
            "codePages": {"0": "CP437"},
            "colors": {"0": "black"},
            "features": {},
            "fonts": _FONTS,
            "media": {"width": {"pixels": 0}},
        }
    },
}
"""In the library's own format; JSON is YAML as well."""


@contextmanager
def _quiet_import() -> Iterator[None]:
    """Give the library its file, and keep its temporary folder and log handler from staying."""
    root = logging.getLogger()
    # basicConfig() leaves a root logger alone that has a handler.
    placeholder = logging.NullHandler()
    root.addHandler(placeholder)
    before = tempfile.tempdir
    try:
        with tempfile.TemporaryDirectory(prefix="titip-escpos-") as folder:
            told = Path(folder) / "capabilities.json"
            told.write_text(json.dumps(_CAPABILITIES), encoding="utf-8")
            os.environ["ESCPOS_CAPABILITIES_FILE"] = str(told)
            os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = folder
            tempfile.tempdir = folder
            yield
    finally:
        tempfile.tempdir = before
        root.removeHandler(placeholder)
        for name in ("ESCPOS_CAPABILITIES_FILE", "ESCPOS_CAPABILITIES_PICKLE_DIR"):
            os.environ.pop(name, None)


@lru_cache(maxsize=1)
def _classes() -> tuple[Any, Any]:
    """The library's Dummy and a profile class of our own."""
    with _importing, _quiet_import():
        from escpos.capabilities import Profile
        from escpos.printer import Dummy

    class PaperRoll(Profile):  # type: ignore[misc]  # the library has no types
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
