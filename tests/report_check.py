"""Do a till's reports say what its journal says? For the ends of the random machines."""

import datetime as dt

from pos.config import book_path
from pos.services.queries.check import SoldSums
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
    for row in till.sellers.list_all():
        _check_agrees(till, row.seller_id)
        _slips_follow(till, row.seller_id)


def _check_agrees(till: Till, seller_id: int) -> None:
    """What a seller sees summed up (it is read where sums are kept) is what the lines come to."""
    check, today = till.office.check, till.business_date()
    lines = check.lines(seller_id, limit=1_000_000)

    def summed(since: dt.date) -> SoldSums:
        own = [line for line in lines if line.business_date >= since]
        return SoldSums(
            price=sum(line.price for line in own),
            commission=sum(line.commission for line in own),
            amount=sum(line.amount for line in own),
            stand_discount=sum(line.stand_discount for line in own),
        )

    assert check.of_all(seller_id) == summed(dt.date.min)
    assert check.of_month(seller_id, today) == summed(today.replace(day=1))
    assert check.of_day(seller_id, today) == summed(today)
    counted = [one for one in lines if one.kind not in {"loss", "damage"}]
    pieces = sum(one.qty for one in counted if one.business_date == today)
    assert check.pieces_sold(seller_id, today) == pieces
    first = today - dt.timedelta(days=9)
    for day in check.days(seller_id, first, today):
        assert day.price == sum(one.price for one in lines if one.business_date == day.day)


def _slips_follow(till: Till, seller_id: int) -> None:
    """Whatever came later: a slip says what its payout settled, and begins with what the one
    before left over.
    """
    papers = till.office.seller_papers
    rows = papers.payouts_of(seller_id, limit=1_000_000)[::-1]
    slips = [papers.payout(row.payout_id) for row in rows if not row.undone]
    left = 0
    for slip in slips:
        assert slip.carried == left
        assert bool(slip.carried_from) == (slip is not slips[0])
        left = slip.rest
    account = till.statements.open_account(seller_id)
    assert account.carried == left
    open_lines = (*account.lines, *account.pending)
    assert till.statements.due(seller_id) == left + sum(line.amount for line in open_lines)


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
