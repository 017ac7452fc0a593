"""The rhythm of a stand's days: how many sales, and when."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

from pos.clock import DEFAULT_ZONE, to_ms

OPENS, CLOSES = 9, 20
"""Hours, local time."""
_BY_HOUR = (3, 5, 7, 10, 9, 6, 6, 8, 10, 9, 5)
"""How busy each hour from OPENS on is: lunch time and the way home from work."""
_BY_WEEKDAY = (15, 22), (15, 22), (16, 24), (16, 25), (20, 32), (32, 45), (28, 42)


def busy_count(dice: random.Random, day: dt.date) -> int:
    """Sales of one day; the weekend is the best of the week."""
    return dice.randint(*_BY_WEEKDAY[day.weekday()])


def sale_times(
    dice: random.Random, day: dt.date, count: int, zone: str = DEFAULT_ZONE
) -> list[int]:
    """`count` moments of a day (UTC milliseconds), rising, each at least a second after the last."""
    opened = to_ms(dt.datetime.combine(day, dt.time(OPENS), tzinfo=ZoneInfo(zone)))
    hours = dice.choices(range(CLOSES - OPENS), weights=_BY_HOUR, k=count)
    moments = sorted(hour * 3_600_000 + dice.randrange(3_600_000) for hour in hours)
    for at in range(1, count):
        moments[at] = max(moments[at], moments[at - 1] + 1_000)
    return [opened + moment for moment in moments]
