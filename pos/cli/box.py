"""`titip box write|check|take FILE`: what the screens do with boxes, without a window."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos.clock import local
from pos.errors import UserError
from pos.formats import format_datetime
from pos.i18n import _
from pos.services.boxes.check import BoxFacts
from pos.services.boxes.words import fork_sentence, up_to
from pos.services.till import Till

Progress = Callable[[str, int, int], None]


def run_box(
    folder: Path, what: str, file: Path, *, meant_for: str, as_json: bool, progress: Progress
) -> int:
    """Do one of the three and say what came of it; 1 when the box holds a fork."""
    till = Till.open(folder)
    try:
        if what == "write":
            return _write(till, file, meant_for, as_json=as_json, progress=progress)
        if what == "check":
            facts = till.boxes.check(file, tick=progress)
            return _tell(till, facts, {}, as_json=as_json)
        taken = till.boxes.take(file, by=_by(till), tick=progress)
        counts = {"entries": taken.entries, "aside": taken.aside, "pictures": taken.pictures}
        status = _tell(till, taken.facts, counts, as_json=as_json)
        if not till.is_set_up and not as_json:
            print(_("Open Titip to choose the stand and set a manager's PIN."))
        return status
    finally:
        till.close()


def _by(till: Till) -> int:
    """Whoever may log in to the machine as the owner of the folder acts as its first manager."""
    if not till.is_set_up:
        return 0
    return next(tile.staff_id for tile in till.staff.tiles() if tile.role == "manajer")


def _write(till: Till, file: Path, meant_for: str, *, as_json: bool, progress: Progress) -> int:
    if not till.is_set_up:
        raise UserError(_("This machine is not set up; it has nothing to write."))
    number = 0
    if meant_for:
        found = [known for known in till.boxes.known() if known.till_code == meant_for.upper()]
        if len(found) != 1:
            codes = ", ".join(known.till_code for known in till.boxes.known())
            raise UserError(
                _("No till {code} is known here. There are: {codes}.").format(
                    code=meant_for, codes=codes
                )
            )
        number = found[0].till_no
    written = till.boxes.write(file, meant_for=number, tick=progress)
    _end_of_line()
    said: dict[str, Any] = {
        "file": str(written.path),
        "bytes": written.size,
        "entries": written.manifest.entries,
        "pictures": len(written.manifest.pictures),
    }
    if as_json:
        print(json.dumps(said))
    else:
        print(
            _("{file}: {entries} entries, {pictures} pictures, {size} kB").format(
                file=written.path,
                entries=written.manifest.entries,
                pictures=len(written.manifest.pictures),
                size=-(-written.size // 1024),
            )
        )
    return 0


def _tell(till: Till, facts: BoxFacts, counts: dict[str, int], *, as_json: bool) -> int:
    _end_of_line()
    zone = till.boxes.zone()
    if as_json:
        rows = [
            {
                "till": row.tail.till_code,
                "stand": row.tail.stand_name,
                "state": row.state,
                "seq": row.tail.seq,
                "new": row.fresh,
                "up_to": local(row.tail.at, zone).isoformat(),
            }
            for row in facts.tails
        ]
        print(json.dumps({"fresh": facts.fresh, "tills": rows, **counts}))
        return 1 if facts.forks else 0
    written = format_datetime(local(facts.manifest.written_at, zone))
    print(_("Box of {date}").format(date=written))
    for row in facts.tails:
        known = up_to(row.tail.stand_name, row.tail.at, zone)
        if row.state == "forked":
            print(f"{row.tail.till_code:<8} {fork_sentence(row, zone)}")
        else:
            print(f"{row.tail.till_code:<8} {known}, " + _("{count} new").format(count=row.fresh))
    return 1 if facts.forks else 0


def _end_of_line() -> None:
    if sys.stderr.isatty():
        print("\r" + " " * 40 + "\r", end="", file=sys.stderr)
