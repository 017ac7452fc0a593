"""Returns and voids, line by line, and the money given back."""

from sqlalchemy import CheckConstraint, Index

from pos.models.base import BOOK, flag, key, number, one_of, ref, table, text

returns = table(
    "returns",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("stand_id", "stands.id"),
    number("till_no"),
    number("number"),
    ref("sale_id", "sales.id"),
    *flag("void"),
    number("at"),
    text("business_date"),
    ref("staff_id", "staff.id"),
    number("approver_id"),
    text("reason"),
    number("paid"),
    number("rounding"),
    number("refunded"),
    CheckConstraint("refunded = paid + rounding", name="refunded"),
    Index("uq_returns_number", "till_no", "number", unique=True),
    Index(None, "sale_id"),
    Index(None, "business_date"),
)

return_lines = table(
    "return_lines",
    BOOK,
    key(),
    ref("return_id", "returns.id"),
    ref("line_id", "sale_lines.id"),
    ref("item_id", "items.id"),
    ref("seller_id", "sellers.id"),
    number("qty"),
    number("seller_discount"),
    number("stand_discount"),
    number("paid"),
    number("share"),
    number("commission"),
    *flag("to_shelf"),
    CheckConstraint("share + commission = paid + stand_discount", name="split"),
    CheckConstraint("qty > 0", name="qty"),
    Index(None, "return_id"),
    Index(None, "line_id"),
    Index(None, "seller_id", "id"),
)

refunds = table(
    "refunds",
    BOOK,
    key(),
    ref("return_id", "returns.id", optional=True),
    ref("order_refund_id", "order_refunds.id", optional=True),
    text("method"),
    number("amount"),
    one_of("method", "cash", "qris", "transfer", "card"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("(return_id IS NULL) <> (order_refund_id IS NULL)", name="what_for"),
    Index(None, "return_id"),
)
"""Money that went back: for what was returned, or out of an order's deposit."""
Index(
    "ix_refunds_order_refund_id",
    refunds.c.order_refund_id,
    sqlite_where=refunds.c.order_refund_id.is_not(None),
)
