"""Do a till's reports say what its journal says? For the ends of the random machines."""

import datetime as dt

from pos.config import book_path
from pos.services.queries.periods import Period
from pos.services.queries.reports import category_figures, seller_figures
from pos.services.queries.reports_day import day_figures
from pos.services.till import Till
from tests.report_oracle import LINE, Oracle

_SHOWN = (*LINE, "paid_out", "compensation")


def reports_agree(till: Till) -> None:
    """Every day on which something happened, and all of them together."""
    oracle = Oracle(str(book_path(till.folder)))
    dates = sorted({entry.date for entry in oracle.entries})
    days = [Period.of_day(dt.date.fromisoformat(date)) for date in dates]
    for period in (*days, Period(days[0].since, days[-1].until)):
        _agree(till, oracle, period)


def _agree(till: Till, oracle: Oracle, period: Period) -> None:
    cursor, info = till.book.reader(), till.info
    since, until = period.since.isoformat(), period.until.isoformat()
    expected, dues = oracle.between(since, until), oracle.dues(until)
    sellers = seller_figures(cursor, info.stand_id, period)
    found = {
        name.seller_id: ({key: getattr(one, key) for key in _SHOWN}, one.due)
        for name, one in sellers
    }
    for seller_id in {*expected.sellers, *dues}:
        sums = {key: expected.sellers[seller_id][key] for key in _SHOWN}
        nothing = dict.fromkeys(_SHOWN, 0), 0
        assert found.get(seller_id, nothing) == (sums, dues[seller_id])
    categories = category_figures(cursor, info.stand_id, period, "")
    for key in LINE:
        assert sum(getattr(one, key) for one in categories) == sum(
            one[key] for one in expected.categories.values()
        )
    day = day_figures(cursor, info.stand_id, period, info.zone)
    for key in ("sales", "pieces", "gross", "discounts", "rounding", "paid", "refunded"):
        assert getattr(day, key) == expected.total[key]
    assert day.commission == expected.total["commission"]
    assert (day.returns, day.voids) == (expected.total["returns"], expected.total["voids"])
    assert {one.method: one.taken for one in day.methods if one.taken} == {
        method: sums["taken"] for method, sums in expected.methods.items() if sums["taken"]
    }
    assert day.cash.end == oracle.drawer(until)
    assert day.cash.other == 0
