"""The sums that reports read, made in one go from the documents of a whole book.

What `sums` adds up entry by entry, said once more and otherwise: verify compares the two.
"""

from typing import Final

from pos.models.prepared import Cursor
from pos.models.sums import DAY_SUMS, MOVED, SELLER_SUMS

_LINES: Final = """
    SELECT s.stand_id, s.business_date, l.seller_id, l.item_id, l.qty AS pieces, 0 AS returned,
           l.qty * l.price AS gross, l.seller_discount, l.stand_discount, l.commission, l.share
    FROM sale_lines l JOIN sales s ON s.id = l.sale_id
    UNION ALL
    SELECT r.stand_id, r.business_date, l.seller_id, l.item_id, -l.qty, l.qty,
           -(l.paid + l.seller_discount + l.stand_discount), -l.seller_discount,
           -l.stand_discount, -l.commission, -l.share
    FROM return_lines l JOIN returns r ON r.id = l.return_id
"""
_UNRECORDED: Final = """
    UNION ALL
    SELECT stand_id, business_date, seller_id, item_id, qty, 0, share + commission, 0, 0,
           commission, share
    FROM unrecorded_lines
"""
_DOCUMENTS: Final = """
    SELECT stand_id, business_date, 1 AS sales, pieces, subtotal AS gross,
           line_discounts + cart_discount AS discounts, rounding, paid, 0 AS returns, 0 AS voids,
           0 AS refunded, 0 AS commission
    FROM sales
    UNION ALL
    SELECT stand_id, business_date, 0, 0, 0, 0, 0, 0, 1, void, refunded, 0 FROM returns
    UNION ALL
    SELECT s.stand_id, s.business_date, 0, 0, 0, 0, 0, 0, 0, 0, 0, l.commission
    FROM sale_lines l JOIN sales s ON s.id = l.sale_id
    UNION ALL
    SELECT r.stand_id, r.business_date, 0, 0, 0, 0, 0, 0, 0, 0, 0, -l.commission
    FROM return_lines l JOIN returns r ON r.id = l.return_id
    UNION ALL
    SELECT stand_id, business_date, 0, 0, 0, 0, 0, 0, 0, 0, 0, commission FROM unrecorded_lines
    UNION ALL
    SELECT stand_id, business_date, 0, 0, 0, 0, 0, 0, 0, 0, 0, commission
    FROM order_cancellations WHERE share <> 0 OR commission <> 0
"""
_MONEY: Final = """
    SELECT s.stand_id, s.business_date, p.method, 1 AS payments, p.amount AS taken, 0 AS refunded,
           0 AS moved
    FROM payments p JOIN sales s ON s.id = p.sale_id
    UNION ALL
    SELECT d.stand_id, d.business_date, p.method, 1, p.amount, 0, 0
    FROM payments p JOIN order_deposits d ON d.id = p.deposit_id
    UNION ALL
    SELECT r.stand_id, r.business_date, f.method, 0, 0, f.amount, 0
    FROM refunds f JOIN returns r ON r.id = f.return_id
    UNION ALL
    SELECT o.stand_id, o.business_date, f.method, 0, 0, f.amount, 0
    FROM refunds f JOIN order_refunds o ON o.id = f.order_refund_id
    UNION ALL
    SELECT g.stand_id, j.business_date, g.account, 0, 0, 0, g.amount
    FROM postings g JOIN journal j ON j.id = g.entry_id
    WHERE g.account IN ('cash', 'qris', 'transfer', 'card')
"""
_NONE: Final = ", ".join("0" for _name in MOVED)
_SELLERS: Final = f"""
    SELECT stand_id, business_date, seller_id, {", ".join(MOVED)}, 0 AS paid_out,
           0 AS compensation, 0 AS owed
    FROM ({_LINES} {_UNRECORDED})
    UNION ALL
    SELECT stand_id, business_date, seller_id, {_NONE}, amount, 0, 0 FROM payouts
    UNION ALL
    SELECT p.stand_id, u.business_date, p.seller_id, {_NONE}, -p.amount, 0, 0
    FROM payout_undos u JOIN payouts p ON p.id = u.payout_id
    UNION ALL
    SELECT stand_id, business_date, seller_id, {_NONE}, amount, 0, 0 FROM order_advances
    UNION ALL
    SELECT stand_id, business_date, seller_id, {_NONE}, 0, owed, 0 FROM loss_lines WHERE owed <> 0
    UNION ALL
    SELECT stand_id, business_date, seller_id, 0, 0, 0, 0, 0, commission, 0, 0, share, 0
    FROM order_cancellations WHERE share <> 0 OR commission <> 0
    UNION ALL
    SELECT g.stand_id, j.business_date, g.subject_id, {_NONE}, 0, 0, -g.amount
    FROM postings g JOIN journal j ON j.id = g.entry_id WHERE g.account = 'seller'
"""  # noqa: S608 (names from the schema)


def _summed(names: tuple[str, ...]) -> str:
    return ", ".join(f"sum({name})" for name in names)


def _fill(table: str, shown: str, source: str, keys: str) -> str:
    return f"INSERT INTO {table} SELECT {shown} FROM {source} GROUP BY {keys}"  # noqa: S608 (constants)


def _months(table: str, key: str, names: tuple[str, ...]) -> str:
    shown = f"'month', stand_id, substr(since, 1, 7) || '-01', {key}, {_summed(names)}"
    return _fill(table, shown, f"{table} WHERE span = 'day'", "2, 3, 4")


_DAY: Final = "stand_id, business_date"
_PAID: Final = "sum(gross - seller_discount - stand_discount)"
_CATEGORY: Final = "coalesce(i.category_id, 0)"
_STATEMENTS: Final = (
    _fill("day_sums", f"{_DAY}, {_summed(DAY_SUMS)}", f"({_DOCUMENTS})", "1, 2"),
    _fill("day_quarters", f"{_DAY}, at / 900000, count(*), sum(paid)", "sales", "1, 2, 3"),
    _fill(
        "day_methods",
        f"{_DAY}, method, sum(payments), sum(taken), sum(refunded), sum(moved)",
        f"({_MONEY})",
        "1, 2, 3",
    ),
    _fill(
        "day_bearers",
        "s.stand_id, s.business_date, d.bearer, count(*), sum(d.amount), sum(d.seller_part)",
        "line_discounts d JOIN sale_lines l ON l.id = d.line_id JOIN sales s ON s.id = l.sale_id",
        "1, 2, 3",
    ),
    _fill("day_items", f"{_DAY}, item_id, sum(pieces), {_PAID}", f"({_LINES})", "1, 2, 3"),
    _fill(
        "seller_sums",
        f"'day', {_DAY}, seller_id, {_summed(SELLER_SUMS)}",
        f"({_SELLERS})",
        "2, 3, 4",
    ),
    _months("seller_sums", "seller_id", SELLER_SUMS),
    _fill(
        "category_sums",
        f"'day', l.stand_id, l.business_date, {_CATEGORY}, {_summed(MOVED)}",
        f"({_LINES} {_UNRECORDED}) l JOIN items i ON i.id = l.item_id",
        "2, 3, 4",
    ),
    _months("category_sums", "category_id", MOVED),
)


def refill(cursor: Cursor) -> None:
    """Fill the empty tables of sums; all documents are there."""
    for statement in _STATEMENTS:
        cursor.execute(statement)
