"""Days to come, as people type them."""

import datetime as dt
import re

from pos.errors import UserError
from pos.i18n import _

_AHEAD = re.compile(r"\+\s*(\d{1,3})")


def parse_coming_day(text: str, today: dt.date) -> dt.date | None:
    """Read "31/12/2026", "31-12" or "+30" (days from today); None for nothing.

    Without a year it is the next such day. Raises UserError when it is none, or past.
    """
    typed = text.strip()
    if not typed:
        return None
    ahead = _AHEAD.fullmatch(typed)
    if ahead:
        return today + dt.timedelta(days=int(ahead[1]))
    parts = re.split(r"[-/. ]+", typed)
    try:
        day, month, *rest = (int(part) for part in parts)
        year = rest[0] if rest else today.year
        found = dt.date(year + 2000 if year < 100 else year, month, day)
        if not rest and found < today:
            found = found.replace(year=today.year + 1)
    except (ValueError, IndexError, OverflowError) as error:
        raise UserError(
            _("Type a date such as 31/12/2026, or +30 for 30 days."), field="return_by"
        ) from error
    if found < today:
        raise UserError(_("The day of return is past."), field="return_by")
    return found


def typed_day(day: dt.date | None) -> str:
    """As the field shows a day."""
    return f"{day.day:02}/{day.month:02}/{day.year}" if day else ""
