"""How much goes into the big book, and on which day."""

import datetime as dt
from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import NamedTuple

YEARS = 5
MOST_LINES = 8
_WEEKDAYS = (7, 7, 8, 8, 10, 15, 13)
"""How busy each weekday is, from Monday on."""


class Plan(NamedTuple):
    """Counts over the whole time; `opening_*` are there on the first morning."""

    first: dt.date
    last: dt.date
    sellers: int
    items: int
    uniques: int
    stock: int
    made_to_order: int
    opening_uniques: int
    opening_stock: int
    sales: int
    lines: int

    @property
    def days(self) -> int:
        """Days from the first to the last, both counted."""
        return (self.last - self.first).days + 1


def plan_for(scale: float, yesterday: dt.date) -> Plan:
    """The plan at a scale; 1.0 is 100,000 items, 500 sellers, 300,000 sales, 1,000,000 lines.

    A small book keeps enough goods on its shelf that a sale of MOST_LINES different ones can be
    made. At full scale about 15,000 items are on the shelf in the end.
    """
    items = max(50, round(100_000 * scale))
    stock = max(18 * items // 100, min(26, items // 2))
    made_to_order = max(1, 2 * items // 100)
    uniques = items - stock - made_to_order
    sales = max(1, round(300_000 * scale))
    return Plan(
        first=dt.date(yesterday.year - YEARS, yesterday.month, min(yesterday.day, 28)),
        last=yesterday,
        sellers=max(5, round(500 * scale)),
        items=items,
        uniques=uniques,
        stock=stock,
        made_to_order=made_to_order,
        opening_uniques=max(1, uniques // 10),
        opening_stock=max(min(16, stock), 38 * stock // 100),
        sales=sales,
        lines=min(max(sales, round(1_000_000 * scale)), MOST_LINES * sales),
    )


def spread_over(days: int, total: int, first: int = 0) -> list[int]:
    """`first` on the first day, the rest of `total` evenly over all days after it."""
    rest = total - first
    ends = [rest * day // max(1, days - 1) for day in range(days)]
    return [
        first + (rest if days == 1 else 0),
        *(b - a for a, b in pairwise(ends)),
    ]


def sales_per_day(plan: Plan) -> list[int]:
    """Sales of each day; they sum to the plan's."""
    dates = (plan.first + dt.timedelta(days=day) for day in range(plan.days))
    weights = list(accumulate(_WEEKDAYS[date.weekday()] for date in dates))
    ends = [plan.sales * weight // weights[-1] for weight in weights]
    return [end - before for before, end in zip([0, *ends], ends, strict=False)]


class LineCounts:
    """Draws how many lines each sale has, so that all of them together have the plan's number."""

    # 1 to 8 lines; the mean is 3.33.
    _ENDS = tuple(accumulate((18, 22, 20, 15, 10, 7, 5, 3)))

    def __init__(self, sales: int, lines: int) -> None:
        self._sales = sales
        self._lines = lines

    def next(self, roll: float) -> int:
        """The count for the next sale; `roll` is a random number from 0 to 1."""
        drawn = 1 + bisect_left(self._ENDS, roll * self._ENDS[-1])
        ahead = self._lines * 3 - self._sales * 10
        if ahead > 100:
            drawn += 1
        elif ahead < -100:
            drawn -= 1
        self._sales -= 1
        least = max(1, self._lines - MOST_LINES * self._sales)
        most = min(MOST_LINES, self._lines - self._sales)
        count = max(least, min(drawn, most))
        self._lines -= count
        return count
