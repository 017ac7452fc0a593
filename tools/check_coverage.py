"""Compare a coverage report with what the project asks of itself.

Two demands: the files that tools/full_coverage.txt lists have every line and branch run, and the
whole package reaches FLOOR. A listed file that is missing from the report is a failure, so that
renaming a file can't take it out of the check unseen.
"""

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tools" / "full_coverage.txt"
FLOOR = 90.0
"""Percent of all lines and branches of pos together."""
SHOWN = 12
"""Lines and branches named for one file."""


def listed(text: str) -> list[str]:
    """The paths of a list file, without comments and empty lines."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def _shortfall(path: str, file: dict[str, Any] | None) -> str | None:
    """Why a file that must be run in full is not, as a sentence; None when it is."""
    if file is None:
        return f"{path} is listed for full coverage, but the report does not know it."
    missing = [str(line) for line in file["missing_lines"]]
    # A negative number stands for the way out of the function or module.
    missing += [f"{start}->{end if end > 0 else 'exit'}" for start, end in file["missing_branches"]]
    if not missing:
        return None
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    return f"{path} must be run in full; not run: {', '.join(missing[:SHOWN])}{more}."


def shortfalls(report: dict[str, Any], full: list[str], floor: float) -> list[str]:
    """A sentence for each demand that the report does not meet."""
    if not report["meta"]["branch_coverage"]:
        return ["The report counts no branches; coverage must run with branch = true."]
    files = {path.replace("\\", "/"): file for path, file in report["files"].items()}
    found = [why for path in full if (why := _shortfall(path, files.get(path)))]
    total = report["totals"]["percent_covered"]
    if total < floor:
        found.append(f"{total:.2f} % of pos is run by the tests; at least {floor:.2f} % must be.")
    return found


def main(arguments: list[str]) -> int:
    """Exit status 1 and a sentence each for what falls short."""
    report = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    full = listed(LIST.read_text(encoding="utf-8"))
    found = shortfalls(report, full, FLOOR)
    for sentence in found:
        print(sentence)
    if not found:
        print(f"{report['totals']['percent_covered']:.2f} % of pos, {len(full)} files in full.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
