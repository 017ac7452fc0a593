"""The log: a few rotating files in the data folder, with nothing private in them.

An error's own words may hold a name, an amount or a PIN, so only its kind and the places that it
went through are written. When the program dies of a fault in a library, its last words go to a
file of their own, which the next start offers.
"""

import contextlib
import copy
import faulthandler
import logging
import logging.handlers
import re
import traceback
from pathlib import Path
from time import gmtime
from types import TracebackType

FOLDER = "logs"
FILE = "titip.log"
CRASH = "crash.log"
_SIZE = 500_000
_FILES = 4
_HERE = Path(__file__).resolve().parent.parent
_PLACE = re.compile(r'File "([^"]*)"')

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def told(error: BaseException) -> list[str]:
    """An error and what caused it: kinds and places, none of its words and none of its values."""
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        code = getattr(seen, "sqlite_errorname", "") or getattr(seen, "errno", "") or ""
        lines.append(f"{type(seen).__name__} {code}".rstrip())
        lines += [
            f"  {_short(f.filename)}:{f.lineno} {f.name}"
            for f in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return lines


def _short(filename: str) -> str:
    """A path without the folders of this machine (they may hold a person's name)."""
    path = Path(filename)
    if path.is_relative_to(_HERE / "pos"):
        return path.relative_to(_HERE).as_posix()
    return f"…/{path.parent.name}/{path.name}"


class _Private(logging.Formatter):
    """Time in UTC, level, who, what; of an exception what `told` tells."""

    converter = staticmethod(gmtime)

    def __init__(self, folder: Path) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._folders = tuple({str(folder), str(folder.resolve()), str(Path.home())})

    def format(self, record: logging.LogRecord) -> str:
        """One line a message, without the folders of this machine."""
        fresh = copy.copy(record)
        fresh.exc_text = None  # another handler may have kept the error's own words there
        said = super().format(fresh)
        for folder in sorted(self._folders, key=len, reverse=True):
            said = said.replace(folder, "~") if len(folder) > 1 else said
        return said

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 (logging's name)
        """See `told`."""
        return "\n".join(told(ei[1])) if ei[1] is not None else ""


class Log:
    """The log of one run. A folder that can't be written to has none: the till goes on."""

    def __init__(self, folder: Path) -> None:
        self._shelf = folder / FOLDER
        self._handler: logging.Handler | None = None
        self._crash = None
        self.last_crash = ""
        with contextlib.suppress(OSError):
            self._shelf.mkdir(mode=0o700, exist_ok=True)
            self.last_crash = self._take_crash()
            handler = logging.handlers.RotatingFileHandler(
                self._shelf / FILE, maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8"
            )
            handler.setFormatter(_Private(folder))
            self._handler = handler
            logging.getLogger().addHandler(handler)
            logging.getLogger().setLevel(logging.INFO)
            self._crash = (self._shelf / CRASH).open("w", encoding="utf-8")
            faulthandler.enable(self._crash)

    def close(self) -> None:
        """The run ended as it should."""
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
            self._handler = None
        if self._crash is not None:
            faulthandler.disable()
            self._crash.close()
            self._crash = None
            with contextlib.suppress(OSError):
                (self._shelf / CRASH).unlink()

    def _take_crash(self) -> str:
        """What the last run left when it died; kept beside the log under another name."""
        path = self._shelf / CRASH
        if not path.is_file() or not path.stat().st_size:
            return ""
        said = path.read_text(encoding="utf-8", errors="replace")
        path.replace(path.with_name("crash-before.log"))
        return _PLACE.sub(lambda found: f'File "{_short(found[1])}"', said)
