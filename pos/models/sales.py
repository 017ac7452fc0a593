"""Sales, their lines, discounts and payments."""

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint

from pos.models.base import BOOK, flag, key, number, one_of, ref, table, text

sales = table(
    "sales",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("stand_id", "stands.id"),
    number("till_no"),
    number("number"),
    number("at"),
    text("business_date"),
    ref("staff_id", "staff.id"),
    number("approver_id"),
    number("pieces"),
    number("subtotal"),
    number("line_discounts"),
    number("cart_discount"),
    number("rounding"),
    number("paid"),
    number("change"),
    CheckConstraint(
        "paid = subtotal - line_discounts - cart_discount + rounding AND paid >= 0", name="paid"
    ),
    Index("uq_sales_number", "till_no", "number", unique=True),
    Index(None, "business_date"),
    Index(None, "paid"),
)

sale_lines = table(
    "sale_lines",
    BOOK,
    key(),
    ref("sale_id", "sales.id"),
    number("no"),
    ref("item_id", "items.id"),
    ref("seller_id", "sellers.id"),
    text("code"),
    text("name"),
    number("qty"),
    number("list_price"),
    number("price"),
    number("seller_discount"),
    number("stand_discount"),
    number("paid"),
    text("terms_kind"),
    number("rate_bp"),
    text("base"),
    number("net_price"),
    number("share"),
    number("commission"),
    number("price_approved_by"),
    text("price_reason"),
    *flag("unlisted"),
    number("over_stock"),
    CheckConstraint("paid = qty * price - seller_discount - stand_discount", name="paid"),
    CheckConstraint("share + commission = paid + stand_discount", name="split"),
    CheckConstraint("qty > 0", name="qty"),
    Index("uq_sale_lines_no", "sale_id", "no", unique=True),
    Index(None, "item_id"),
    Index(None, "seller_id"),
)

line_discounts = table(
    "line_discounts",
    BOOK,
    ref("line_id", "sale_lines.id"),
    number("no"),
    text("scope"),
    number("percent_bp"),
    number("amount"),
    number("seller_part"),
    text("bearer"),
    text("reason"),
    number("approved_by"),
    PrimaryKeyConstraint("line_id", "no"),
    one_of("scope", "line", "cart"),
    one_of("bearer", "seller", "stand", "shared"),
    sqlite_with_rowid=False,
)

payments = table(
    "payments",
    BOOK,
    key(),
    ref("sale_id", "sales.id", optional=True),
    ref("deposit_id", "order_deposits.id", optional=True),
    text("method"),
    number("amount"),
    number("tendered"),
    *flag("checked"),
    text("reference"),
    one_of("method", "cash", "qris", "transfer", "card"),
    CheckConstraint("(sale_id IS NULL) <> (deposit_id IS NULL)", name="what_for"),
    Index(None, "sale_id"),
)
"""Money that came in: for a sale, or ahead for an order."""
Index(
    "ix_payments_deposit_id", payments.c.deposit_id, sqlite_where=payments.c.deposit_id.is_not(None)
)
Index("ix_payments_unchecked", payments.c.id, sqlite_where=payments.c.checked == 0)
