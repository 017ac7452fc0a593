"""Orders: what is to be made, for when, what was paid ahead, and what became of it."""

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint

from pos.models.base import BOOK, key, number, one_of, ref, table, text

STEPS = ("ordered", "confirmed", "making", "ready", "cancelled")
STATES = (*STEPS, "handed")

orders = table(
    "orders",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("stand_id", "stands.id"),
    number("till_no"),
    number("number"),
    number("at"),
    text("business_date"),
    ref("staff_id", "staff.id"),
    number("contact_id"),
    ref("seller_id", "sellers.id"),
    text("promised"),
    text("note"),
    text("if_customer"),
    text("if_maker"),
    text("step"),
    number("step_at"),
    number("step_entry"),
    text("state"),
    number("version"),
    number("version_entry"),
    number("total"),
    number("deposit"),
    number("advance"),
    one_of("if_customer", "returned", "kept", "split"),
    one_of("if_maker", "returned", "kept", "split"),
    one_of("step", *STEPS),
    one_of("state", *STATES),
    Index("uq_orders_number", "till_no", "number", unique=True),
    Index(None, "state", "promised"),
    Index(None, "seller_id"),
    Index(None, "contact_id"),
    Index(None, "business_date"),
)
"""`step` is what was last said of the order, `state` the same or "handed" once no piece is left.
`deposit` is what the stand holds for the customer, `advance` what the maker had of it (rupiah)."""

order_lines = table(
    "order_lines",
    BOOK,
    key(),
    ref("order_id", "orders.id"),
    number("no"),
    number("item_id"),
    number("model_id"),
    number("category_id"),
    text("name"),
    number("qty"),
    number("price"),
    number("ceiling"),
    text("terms_kind"),
    number("rate_bp"),
    text("base"),
    number("net_price"),
    text("picture"),
    number("handed"),
    CheckConstraint("qty > 0", name="qty"),
    CheckConstraint("price >= 0 AND ceiling >= 0", name="price"),
    Index("uq_order_lines_no", "order_id", "no", unique=True),
)
"""`handed` pieces are with the customer. The item comes into being with the first of them."""

order_fields = table(
    "order_fields",
    BOOK,
    ref("line_id", "order_lines.id"),
    number("no"),
    text("name"),
    text("value"),
    PrimaryKeyConstraint("line_id", "no"),
    sqlite_with_rowid=False,
)

order_steps = table(
    "order_steps",
    BOOK,
    key("entry_id"),
    ref("order_id", "orders.id"),
    number("at"),
    text("business_date"),
    number("staff_id"),
    text("kind"),
    number("amount"),
    text("note"),
    one_of(
        "kind",
        *STEPS,
        "paid",
        "changed",
        "advance",
        "refunded",
        "handed",
        "returned",
    ),
    Index(None, "order_id", "entry_id"),
)
"""The order's history, one row an entry of the journal (rupiah where money moved)."""

order_deposits = table(
    "order_deposits",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("order_id", "orders.id"),
    ref("stand_id", "stands.id"),
    number("till_no"),
    text("business_date"),
    number("amount"),
    number("change"),
    CheckConstraint("amount > 0 AND change >= 0", name="amount"),
    Index(None, "order_id"),
    Index(None, "business_date"),
)
"""Money paid ahead; its payments are rows of payments."""

order_refunds = table(
    "order_refunds",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("order_id", "orders.id"),
    ref("stand_id", "stands.id"),
    number("till_no"),
    text("business_date"),
    number("amount"),
    CheckConstraint("amount > 0", name="amount"),
    Index(None, "order_id"),
    Index(None, "business_date"),
)
"""Deposits given back; the money is in rows of refunds."""

order_advances = table(
    "order_advances",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("order_id", "orders.id"),
    ref("stand_id", "stands.id"),
    ref("seller_id", "sellers.id"),
    number("till_no"),
    number("number"),
    number("at"),
    text("business_date"),
    text("method"),
    text("reference"),
    number("amount"),
    one_of("method", "cash", "transfer"),
    CheckConstraint("amount > 0", name="amount"),
    Index("uq_order_advances_number", "till_no", "number", unique=True),
    Index(None, "order_id"),
    Index(None, "seller_id", "id"),
    Index(None, "business_date"),
)
"""Money for material that the maker got before anything was earned."""

order_cancellations = table(
    "order_cancellations",
    BOOK,
    key(),
    ref("entry_id", "journal.id"),
    ref("order_id", "orders.id"),
    ref("stand_id", "stands.id"),
    ref("seller_id", "sellers.id"),
    number("at"),
    text("business_date"),
    text("by"),
    text("reason"),
    text("rule"),
    number("returned"),
    number("kept"),
    number("share"),
    number("commission"),
    one_of("by", "customer", "maker", "stand"),
    one_of("rule", "returned", "kept", "split"),
    CheckConstraint("share + commission = kept AND returned >= 0", name="kept"),
    Index(None, "order_id"),
    Index(None, "seller_id", "id"),
    Index(None, "business_date"),
)

order_handovers = table(
    "order_handovers",
    BOOK,
    key("sale_id"),
    ref("order_id", "orders.id"),
    number("deposit"),
    CheckConstraint("deposit >= 0", name="deposit"),
    Index(None, "order_id"),
)
"""Sales that handed an order over, and how much of its deposit paid for them."""

order_handed = table(
    "order_handed",
    BOOK,
    key("sale_line_id"),
    ref("line_id", "order_lines.id"),
    number("qty"),
    CheckConstraint("qty > 0", name="qty"),
    Index(None, "line_id"),
)
"""Which line of the order a line sold handed over."""
