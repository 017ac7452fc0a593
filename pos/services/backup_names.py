"""Names of backups, and which of them are kept. Pure: no file is touched here."""

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path

import msgspec

FOLDER = "backups"
"""Within the data folder."""
WHOLE_DAYS = 2
DAILY, WEEKLY, MONTHLY = 12, 10, 9
_NAME = re.compile(r"titip-([A-Z0-9]{2,6})-(\d{8}-\d{6})-(\d{8,})\.db")
_TIME = "%Y%m%d-%H%M%S"


class Stamp(msgspec.Struct, frozen=True, order=True):
    """When a backup was made (local time at the stand) and where its journal ends."""

    at: dt.datetime
    seq: int
    till_code: str = ""

    @property
    def file_name(self) -> str:
        """The name that says so."""
        return f"titip-{self.till_code}-{self.at.strftime(_TIME)}-{self.seq:08d}.db"


def read_stamp(name: str) -> Stamp | None:
    """What a file's name says; None for a file that is no backup of ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        at = dt.datetime.strptime(found[2], _TIME)  # noqa: DTZ007 (local time at the stand)
    except ValueError:
        return None
    return Stamp(at, int(found[3]), found[1])


def second_folder(place: Path, till_code: str, till_no: int) -> Path:
    """A till's own folder in a second place: several tills may share one stick."""
    return place / f"titip-{till_code}-{till_no:05x}"


def kept(stamps: Iterable[Stamp], newest: Stamp) -> frozenset[Stamp]:
    """The backups to keep: all of two days, then the last of 12 days, 10 weeks and 9 months.

    Days, weeks and months are those that have a backup, so that neither a long holiday nor a clock
    that jumped empties the shelf. `newest` is the one just made: it stays whatever the clock said.
    """
    ordered = sorted({*stamps, newest}, reverse=True)
    keep = {newest}
    for latest in (ordered[0], newest):
        since = latest.at - dt.timedelta(days=WHOLE_DAYS)
        keep.update(stamp for stamp in ordered if since < stamp.at <= latest.at)
    rules: tuple[tuple[int, Callable[[dt.date], Hashable]], ...] = (
        (DAILY, lambda day: day),
        (WEEKLY, lambda day: day.isocalendar()[:2]),
        (MONTHLY, lambda day: (day.year, day.month)),
    )
    for count, period in rules:
        keep.update(_last_of_each(ordered, period, count))
    return frozenset(keep)


def _last_of_each(
    ordered: list[Stamp], period: Callable[[dt.date], Hashable], count: int
) -> Iterable[Stamp]:
    found: dict[Hashable, Stamp] = {}
    for stamp in ordered:
        found.setdefault(period(stamp.at.date()), stamp)
    return list(found.values())[:count]
