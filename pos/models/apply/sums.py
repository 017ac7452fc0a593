"""Keeping the sums that reports read in step with the documents.

Whoever writes lines of sales, returns or losses calls the function for them here; sellers'
accounts are followed by their postings, whatever moved them.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import NamedTuple, ParamSpec

from sqlalchemy import Table

from pos.events import (
    Refund,
    ReturnedLine,
    SaleCompleted,
    SaleLine,
    SalePayment,
    SaleReturned,
)
from pos.models.entries import Entry
from pos.models.gathering import add, flush, is_gathering, noted_legs
from pos.models.prepared import Cursor
from pos.models.sums import (
    DAY_SUMS,
    MOVED,
    SELLER_SUMS,
    category_sums,
    day_bearers,
    day_items,
    day_methods,
    day_quarters,
    day_sums,
    seller_sums,
)
from pos.tender import METHODS

_QUARTER_MS = 900_000


_later: ContextVar[bool] = ContextVar("later", default=False)
Parameters = ParamSpec("Parameters")


@contextmanager
def later() -> Iterator[None]:
    """Within it, in this thread, nothing is added up: whoever applies a whole journal does that
    at its end, in a tenth of the time (`sums_again.refill`).
    """
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


def _unless_later(keep: Callable[Parameters, None]) -> Callable[Parameters, None]:
    @wraps(keep)
    def kept(*given: Parameters.args, **named: Parameters.kwargs) -> None:
        if not _later.get():
            keep(*given, **named)

    return kept


class Moved(NamedTuple):
    """What a line comes to: pieces, pieces returned, rupiah. What came back is negative."""

    item_id: int
    seller_id: int
    pieces: int
    returned: int
    gross: int
    seller_discount: int
    stand_discount: int
    commission: int
    share: int


def _adding(table: Table, *values: str, source: str = "") -> str:
    """An INSERT that adds its figures to the row that is there already."""
    keys = [column.name for column in table.primary_key.columns]
    sums = [column.name for column in table.columns if column.name not in keys]
    shown = ", ".join(values or ["?"] * len(table.columns))
    rows = f"SELECT {shown} {source}" if source else f"VALUES ({shown})"
    added = ", ".join(f"{name} = {name} + excluded.{name}" for name in sums)
    names = ", ".join(column.name for column in table.columns)
    return (
        f"INSERT INTO {table.name} ({names}) {rows} "
        f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {added}"
    )


_day = _adding(day_sums)
_quarter = _adding(day_quarters)
_method = _adding(day_methods)
_bearer = _adding(day_bearers)
_item = _adding(day_items)
_seller = _adding(seller_sums)
_category = _adding(
    category_sums,
    *("?", "?", "?"),
    "coalesce((SELECT category_id FROM items WHERE id = ?), 0)",
    *("?" for _name in MOVED),
)
_account = _adding(
    seller_sums,
    *("?", "stand_id", "?", "subject_id"),
    *("0" for _name in SELLER_SUMS[:-1]),
    "-amount",
    source="FROM postings WHERE entry_id = ? AND account = 'seller'",
)
_money = _adding(
    day_methods,
    *("stand_id", "?", "account", "0", "0", "0", "sum(amount)"),
    source=(
        "FROM postings WHERE entry_id = ? AND account IN "
        f"({', '.join(repr(method) for method in METHODS)}) GROUP BY stand_id, account"
    ),
)
_LINES_OF_ITEM = """
    SELECT s.stand_id, s.business_date, l.qty AS pieces, 0 AS returned, l.qty * l.price AS gross,
           l.seller_discount, l.stand_discount, l.commission, l.share
    FROM sale_lines l JOIN sales s ON s.id = l.sale_id WHERE l.item_id = :item
    UNION ALL
    SELECT r.stand_id, r.business_date, -l.qty, l.qty,
           -(l.paid + l.seller_discount + l.stand_discount), -l.seller_discount,
           -l.stand_discount, -l.commission, -l.share
    FROM sale_lines s JOIN return_lines l ON l.line_id = s.id JOIN returns r ON r.id = l.return_id
    WHERE s.item_id = :item
    UNION ALL
    SELECT stand_id, business_date, qty, 0, share + commission, 0, 0, commission, share
    FROM unrecorded_lines WHERE item_id = :item
"""
_emptied = "DELETE FROM category_sums WHERE category_id = ? AND pieces = 0 AND returned = 0"
_SINCE = "iif(span.column1 = 'day', business_date, substr(business_date, 1, 7) || '-01')"
_recategorised = _adding(
    category_sums,
    *("span.column1", "stand_id", _SINCE, ":category"),
    *(f":sign * sum({name})" for name in MOVED),
    source=f"FROM ({_LINES_OF_ITEM}), (VALUES ('day'), ('month')) AS span WHERE true GROUP BY 1, 2, 3",
)


@_unless_later
def sold(cursor: Cursor, entry: Entry, event: SaleCompleted) -> None:
    """A sale in all sums of its day and month."""
    stand, date = event.stand_id, entry.business_date
    lines = [_sold_line(line) for line in event.lines]
    paid = event.deposit
    for payment in event.payments:
        paid += payment.amount
    pieces = gross = discounts = commission = 0
    for line in lines:
        pieces += line.pieces
        gross += line.gross
        discounts += line.seller_discount + line.stand_discount
        commission += line.commission
    _add_day(
        cursor,
        stand,
        date,
        sales=1,
        pieces=pieces,
        gross=gross,
        discounts=discounts,
        rounding=event.rounding,
        paid=paid,
        commission=commission,
    )
    add(cursor, _quarter, 3, [(stand, date, entry.at // _QUARTER_MS, 1, paid)])
    add(cursor, _method, 3, [(stand, date, p.method, 1, p.amount, 0, 0) for p in event.payments])
    given = [
        (stand, date, d.bearer, 1, d.amount, d.seller_part)
        for line in event.lines
        for d in line.discounts
    ]
    if given:
        add(cursor, _bearer, 3, given)
    add_lines(cursor, entry, stand, lines)
    _add_items(cursor, stand, date, lines)


@_unless_later
def returned(cursor: Cursor, entry: Entry, event: SaleReturned) -> None:
    """A return counts on its own day."""
    stand, date = event.stand_id, entry.business_date
    lines = [_back(line) for line in event.lines]
    _add_day(
        cursor,
        stand,
        date,
        returns=1,
        voids=int(event.void),
        refunded=sum(refund.amount for refund in event.refunds),
        commission=sum(line.commission for line in lines),
    )
    given = [(stand, date, refund.method, 0, 0, refund.amount, 0) for refund in event.refunds]
    add(cursor, _method, 3, given)
    add_lines(cursor, entry, stand, lines)
    _add_items(cursor, stand, date, lines)


@_unless_later
def prepaid(cursor: Cursor, entry: Entry, stand_id: int, paid: Iterable[SalePayment]) -> None:
    """Money ahead for an order: it came by its method, and is no turnover."""
    date = entry.business_date
    add(cursor, _method, 3, [(stand_id, date, p.method, 1, p.amount, 0, 0) for p in paid])


@_unless_later
def prepaid_back(cursor: Cursor, entry: Entry, stand_id: int, given: Iterable[Refund]) -> None:
    """Money ahead that went back."""
    date = entry.business_date
    add(cursor, _method, 3, [(stand_id, date, r.method, 0, 0, r.amount, 0) for r in given])


@_unless_later
def deposit_kept(
    cursor: Cursor, entry: Entry, stand_id: int, seller_id: int, share: int, commission: int
) -> None:
    """What stayed of a cancelled order's deposit, for maker and stand."""
    if share or commission:
        _add_seller(cursor, entry, stand_id, seller_id, compensation=share, commission=commission)
        _add_day(cursor, stand_id, entry.business_date, commission=commission)


@_unless_later
def unrecorded(cursor: Cursor, entry: Entry, stand_id: int, lines: Iterable[Moved]) -> None:
    """Pieces that a count found sold: at their price, no discount, nothing rung up."""
    found = list(lines)
    if found:
        commission = sum(line.commission for line in found)
        _add_day(cursor, stand_id, entry.business_date, commission=commission)
        add_lines(cursor, entry, stand_id, found)


@_unless_later
def seller_paid(cursor: Cursor, entry: Entry, stand_id: int, seller_id: int, amount: int) -> None:
    """A payout (negative: taken back)."""
    _add_seller(cursor, entry, stand_id, seller_id, paid_out=amount)


@_unless_later
def compensated(cursor: Cursor, entry: Entry, stand_id: int, seller_id: int, owed: int) -> None:
    """What the stand owes for a piece lost or damaged."""
    if owed:
        _add_seller(cursor, entry, stand_id, seller_id, compensation=owed)


@_unless_later
def accounts_moved(cursor: Cursor, entry: Entry) -> None:
    """By how much sellers' and money accounts changed, by an entry's postings: after each entry."""
    if is_gathering():
        _gather_postings(cursor, entry)
        return
    cursor.execute(_money, (entry.business_date, entry.id))
    cursor.executemany(
        _account, [(span, since, entry.id) for span, since in _spans(entry.business_date)]
    )


def _gather_postings(cursor: Cursor, entry: Entry) -> None:
    """As `_money` and `_account` say it."""
    date = entry.business_date
    for account, stand_id, subject_id, amount in noted_legs():
        if account == "seller":
            _add_seller(cursor, entry, stand_id, subject_id, **{SELLER_SUMS[-1]: -amount})
        elif account in METHODS:
            add(cursor, _method, 3, [(stand_id, date, account, 0, 0, 0, amount)])


@_unless_later
def category_changed(cursor: Cursor, item_id: int, category_id: int | None) -> None:
    """An item gets another category; to be called while it still has the old one."""
    cursor.execute("SELECT coalesce(category_id, 0) FROM items WHERE id = ?", (item_id,))
    row = cursor.fetchone()
    new = category_id or 0
    if row is None or row[0] == new:
        return
    flush(cursor)
    for category, sign in ((row[0], -1), (new, 1)):
        cursor.execute(_recategorised, {"category": category, "sign": sign, "item": item_id})
    # What no line is left in is no row: one with lines has pieces, or pieces that came back.
    cursor.execute(_emptied, (row[0],))


def add_lines(cursor: Cursor, entry: Entry, stand_id: int, lines: Iterable[Moved]) -> None:
    """Lines by seller and category."""
    lines = list(lines)
    sellers: list[tuple[object, ...]] = []
    groups: list[tuple[object, ...]] = []
    for span, since in _spans(entry.business_date):
        for line in lines:
            figures = line[2:]
            sellers.append((span, stand_id, since, line.seller_id, *figures, 0, 0, 0))
            groups.append((span, stand_id, since, line.item_id, *figures))
    add(cursor, _seller, 4, sellers)
    add(cursor, _category, 4, groups)


def _sold_line(line: SaleLine) -> Moved:
    seller_part = stand_part = 0
    for discount in line.discounts:
        seller_part += discount.seller_part
        stand_part += discount.amount - discount.seller_part
    return Moved(
        line.item_id,
        line.seller_id,
        line.qty,
        0,
        line.qty * line.price,
        seller_part,
        stand_part,
        line.commission,
        line.share,
    )


def _back(line: ReturnedLine) -> Moved:
    return Moved(
        line.item_id,
        line.seller_id,
        -line.qty,
        line.qty,
        -(line.paid + line.seller_discount + line.stand_discount),
        -line.seller_discount,
        -line.stand_discount,
        -line.commission,
        -line.share,
    )


def _add_items(cursor: Cursor, stand_id: int, date: str, lines: Iterable[Moved]) -> None:
    add(
        cursor,
        _item,
        3,
        [
            (
                stand_id,
                date,
                line.item_id,
                line.pieces,
                line.gross - line.seller_discount - line.stand_discount,
            )
            for line in lines
        ],
    )


def _add_day(cursor: Cursor, stand_id: int, date: str, **sums: int) -> None:
    add(cursor, _day, 2, [(stand_id, date, *(sums.get(name, 0) for name in DAY_SUMS))])


def _add_seller(cursor: Cursor, entry: Entry, stand_id: int, seller_id: int, **sums: int) -> None:
    figures = [sums.get(name, 0) for name in SELLER_SUMS]
    add(
        cursor,
        _seller,
        4,
        [
            (span, stand_id, since, seller_id, *figures)
            for span, since in _spans(entry.business_date)
        ],
    )


def _spans(business_date: str) -> Iterator[tuple[str, str]]:
    yield "day", business_date
    yield "month", f"{business_date[:7]}-01"
