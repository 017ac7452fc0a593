"""`titip verify`: one line a check."""

import sys
from collections.abc import Callable
from pathlib import Path

from pos.errors import UserError
from pos.i18n import _
from pos.models.verify import Report, findings


def run_verify(book: Path, *, as_json: bool, progress: Callable[[str, int, int], None]) -> int:
    """Print each check's outcome as it is known; 1 when one failed."""
    if not book.is_file():
        raise UserError(_("There is no book in {folder}.").format(folder=book.parent))
    found = []
    for finding in findings(book, progress):
        found.append(finding)
        if not as_json:
            if sys.stderr.isatty():
                print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
            word = _("ok") if finding.ok else _("WRONG")
            print(f"{word:<8} {finding.check}: {finding.detail}", flush=True)
    report = Report(tuple(found))
    if as_json:
        print(report.to_json())
    return 0 if report.ok else 1
