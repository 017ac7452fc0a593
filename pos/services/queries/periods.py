"""Periods of business days, and how the sums that are kept by day and by month cover one."""

import datetime as dt
from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, bindparam, func

LAST_DAY = dt.date(9998, 12, 31)
"""Later than any entry; a year before the calendar ends, so that one can count on."""
_ONE = dt.timedelta(days=1)


class Span(msgspec.Struct, frozen=True):
    """Rows of sums to add up: `since` from one date to another, both within."""

    kind: Literal["day", "month"]
    since: dt.date
    until: dt.date

    def bounds(self, stand_id: int) -> dict[str, object]:
        """The parameters of the statements that are bound to a stand and a span."""
        return {
            "span": self.kind,
            "stand_id": stand_id,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
        }


class Period(msgspec.Struct, frozen=True):
    """Business days from `since` to `until`, both within."""

    since: dt.date
    until: dt.date

    @classmethod
    def of_day(cls, day: dt.date) -> "Period":
        """One day."""
        return cls(day, day)

    @classmethod
    def of_month(cls, day: dt.date) -> "Period":
        """The month that a day is in."""
        first = day.replace(day=1)
        return cls(first, _next_month(first) - _ONE)

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """A calendar year."""
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31))

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.since == self.until

    @property
    def is_month(self) -> bool:
        """Whether it is a whole month."""
        return self == Period.of_month(self.since)

    @property
    def is_year(self) -> bool:
        """Whether it is a whole calendar year."""
        return self == Period.of_year(self.since.year)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day of it."""
        count = (self.until - self.since).days + 1
        return tuple(self.since + dt.timedelta(days=n) for n in range(count))

    @property
    def spans(self) -> tuple[Span, ...]:
        """Whole months where there are any, single days before and after them."""
        first = self.since if self.since.day == 1 else _next_month(self.since)
        end = (self.until + _ONE).replace(day=1)
        if end <= first:
            return (Span("day", self.since, self.until),)
        spans = [Span("month", first, end - _ONE)]
        if self.since < first:
            spans.insert(0, Span("day", self.since, first - _ONE))
        if end <= self.until:
            spans.append(Span("day", end, self.until))
        return tuple(spans)

    def bounds(self, stand_id: int) -> dict[str, object]:
        """The parameters of the statements that are bound to a stand and a period."""
        return {
            "stand_id": stand_id,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
        }


def after(day: dt.date) -> Period:
    """Everything later than a day."""
    return Period(day + _ONE, LAST_DAY)


def within(column: ColumnElement[str]) -> ColumnElement[bool]:
    """A business day within the period that is bound as `since` and `until`."""
    return column.between(bindparam("since"), bindparam("until"))


def total(column: ColumnElement[int]) -> ColumnElement[int]:
    """A sum, 0 of nothing."""
    return func.coalesce(func.sum(column), 0)


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
