"""Sums that reports read: a day's, a month's, kept beside the documents that they are made of.

Like every book table they are a consequence of the journal: `apply.sums` keeps them, verify
compares them. A report of a day with thousands of lines reads some hundred rows here instead.
"""

from sqlalchemy import PrimaryKeyConstraint

from pos.models.base import BOOK, number, one_of, ref, table, text
from pos.tender import METHODS

MOVED = (
    "pieces",
    "returned",
    "gross",
    "seller_discount",
    "stand_discount",
    "commission",
    "share",
)
"""What lines come to; all but `returned` (pieces that came back) has returns taken off."""
SELLER_SUMS = (*MOVED, "paid_out", "compensation", "owed")
"""... and what a seller was paid, is owed for losses, and by how much the account changed."""
DAY_SUMS = (
    "sales",
    "pieces",
    "gross",
    "discounts",
    "rounding",
    "paid",
    "returns",
    "voids",
    "refunded",
    "commission",
)

day_sums = table(
    "day_sums",
    BOOK,
    ref("stand_id", "stands.id"),
    text("business_date"),
    *(number(name) for name in DAY_SUMS),
    PrimaryKeyConstraint("stand_id", "business_date"),
    sqlite_with_rowid=False,
)
"""The documents of a day. `gross`, `discounts`, `rounding`, `paid` are the sales' own."""

day_quarters = table(
    "day_quarters",
    BOOK,
    ref("stand_id", "stands.id"),
    text("business_date"),
    number("quarter"),
    number("sales"),
    number("paid"),
    PrimaryKeyConstraint("stand_id", "business_date", "quarter"),
    sqlite_with_rowid=False,
)
"""Sales by quarter hours since 1970 (UTC): no time zone is offset by less."""

day_methods = table(
    "day_methods",
    BOOK,
    ref("stand_id", "stands.id"),
    text("business_date"),
    text("method"),
    number("payments"),
    number("taken"),
    number("refunded"),
    number("moved"),
    PrimaryKeyConstraint("stand_id", "business_date", "method"),
    one_of("method", *METHODS),
    sqlite_with_rowid=False,
)
"""What sales took and returns gave; `moved` is all that the ledger's account of that name did."""

day_bearers = table(
    "day_bearers",
    BOOK,
    ref("stand_id", "stands.id"),
    text("business_date"),
    text("bearer"),
    number("discounts"),
    number("amount"),
    number("seller_part"),
    PrimaryKeyConstraint("stand_id", "business_date", "bearer"),
    one_of("bearer", "seller", "stand", "shared"),
    sqlite_with_rowid=False,
)

day_items = table(
    "day_items",
    BOOK,
    ref("stand_id", "stands.id"),
    text("business_date"),
    ref("item_id", "items.id"),
    number("pieces"),
    number("paid"),
    PrimaryKeyConstraint("stand_id", "business_date", "item_id"),
    sqlite_with_rowid=False,
)
"""Returns taken off."""

seller_sums = table(
    "seller_sums",
    BOOK,
    text("span"),
    ref("stand_id", "stands.id"),
    text("since"),
    ref("seller_id", "sellers.id"),
    *(number(name) for name in SELLER_SUMS),
    PrimaryKeyConstraint("span", "stand_id", "since", "seller_id"),
    one_of("span", "day", "month"),
    sqlite_with_rowid=False,
)
"""`since` is the day, or of a month its first day."""

category_sums = table(
    "category_sums",
    BOOK,
    text("span"),
    ref("stand_id", "stands.id"),
    text("since"),
    number("category_id"),
    *(number(name) for name in MOVED),
    PrimaryKeyConstraint("span", "stand_id", "since", "category_id"),
    one_of("span", "day", "month"),
    sqlite_with_rowid=False,
)
"""By the category that an item has now (0: none): it moves along when the item's changes."""
