"""`python -m tests.benchmarks [--book FOLDER] [GROUP ...]`: measure, print, write RESULTS.md.

Each group runs in a process of its own, so that none pays for what another has loaded. The figures
of each are kept in build/bench: a single group can be measured again, on a quiet machine, and
RESULTS.md is written anew from the last figures of all of them.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from tests.benchmarks import report, slowsync
from tests.benchmarks.measure import Figure

GROUPS = (
    "commit",
    "screen",
    "start",
    "paper",
    "account",
    "tables",
    "drawer",
    "reports",
    "boxes",
    "proof",
)
ROOT = Path(__file__).parents[2]
BOOK = ROOT / "build" / "big-book"


def main() -> int:
    """Measure what was asked for, or everything; written down once every group has its figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("--book", type=Path, default=BOOK, help="a data folder to measure on")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=", ".join(GROUPS))
    asked = parser.parse_args()
    if not asked.book.is_dir():
        print("The big book is missing: make big-book", file=sys.stderr)
        return 1
    if asked.child:
        _child(asked.groups[0], asked.book.resolve(), asked.child)
        return 0
    (ROOT / "build").mkdir(exist_ok=True)
    found: list[Figure] = []
    broken: list[str] = []
    for group in asked.groups or GROUPS:
        print(f"measuring: {group}", file=sys.stderr, flush=True)
        # Beside the book, not in the system's temporary folder: that may be memory.
        with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "build") as work:
            try:
                figures = _measure(group, asked.book.resolve(), Path(work))
                _kept(group).parent.mkdir(exist_ok=True)
                _kept(group).write_bytes(msgspec.json.encode(figures))
                found += figures
            except subprocess.CalledProcessError:
                broken.append(group)
    print(report.table(found))
    if broken:
        print(f"broken off: {', '.join(broken)}; nothing is written down", file=sys.stderr)
    elif all(_kept(group).exists() for group in GROUPS):
        whole = [_kept(group).read_bytes() for group in GROUPS]
        report.write([row for raw in whole for row in _read(raw)], asked.book)
    return int(bool(broken))


def _kept(group: str) -> Path:
    return ROOT / "build" / "bench" / f"{group}.json"


def _read(raw: bytes) -> list[Figure]:
    return msgspec.json.decode(raw, type=list[Figure])


def _measure(group: str, book: Path, work: Path) -> list[Figure]:
    result = work / "figures.json"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    library = slowsync.build(work)
    if library:
        environment["LD_PRELOAD"] = str(library)
    command = [sys.executable, "-m", "tests.benchmarks"]
    command += ["--book", str(book), "--child", str(result), group]
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
    return _read(result.read_bytes())


def _child(group: str, book: Path, result: Path) -> None:
    # What this process starts is measured as it is.
    os.environ.pop("LD_PRELOAD", None)
    module = importlib.import_module(f"tests.benchmarks.{group}")
    result.write_bytes(msgspec.json.encode(module.figures(book, result.parent)))


if __name__ == "__main__":
    sys.exit(main())
